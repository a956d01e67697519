"""Mesa's own tools: batch runs and what SolaraViz asks of a model, on whatever Mesa is installed."""

import inspect
import pickle
from contextlib import nullcontext

import mesa
import pandas as pd
import pytest
from conftest import make_plan, tables_of
from mesa.batchrunner import batch_run

from simulation.agents.pendamping import Pendamping
from simulation.errors import InputError
from simulation.experiments.mesa_adapter import SETTINGS, CityModel, model_params
from simulation.measures import MEASURES
from simulation.parameters import LEVERS

SMALL = {"months": 3, "scale": 0.02}


def run(model: CityModel) -> pd.DataFrame:
    while model.running:
        model.step()
    return model.datacollector.get_model_vars_dataframe()


def table(**parameters: object) -> pd.DataFrame:
    rows = batch_run(
        CityModel, {**SMALL, **parameters}, number_processes=1, data_collection_period=1, display_progress=False
    )
    return pd.DataFrame(rows)


def test_a_model_by_keywords_is_the_run_of_its_plan():
    found = run(CityModel(luck=2, caseload_per_pendamping=150, measures="all", **SMALL))
    plan = make_plan(months=3, seed=2, scale=0.02, caseload_per_pendamping=150)
    months = tables_of(plan)["months"]
    pd.testing.assert_frame_equal(found[list(MEASURES)], months[list(MEASURES)], check_dtype=False, check_exact=True)
    assert found["month"].tolist() == ["2023-03", "2023-04", "2023-05"]


def test_batch_run_tries_every_combination_for_as_many_months_as_asked():
    found = table(luck=[1, 2], caseload_per_pendamping=[100.0, 400.0], measures="exclusion_error,pendamping")
    assert len(found) == 2 * 2 * 3
    assert found.groupby("RunId").size().tolist() == [3, 3, 3, 3]
    for (seed, caseload), rows in found.groupby(["luck", "caseload_per_pendamping"]):
        plan = make_plan(months=3, seed=seed, scale=0.02, caseload_per_pendamping=caseload)
        expected = tables_of(plan)["months"]
        assert rows["exclusion_error"].tolist() == expected["exclusion_error"].tolist()
        assert rows["pendamping"].tolist() == expected["pendamping"].tolist()
        assert rows["month"].tolist() == ["2023-03", "2023-04", "2023-05"]


def test_a_scenario_and_an_assumption_are_keywords_too():
    found = run(CityModel("cash-post", **SMALL))
    assert (found["value_received_share"].dropna() > 0.99).all()
    assert CityModel(dependency=False, **SMALL).plan.assumptions["dependency"] is False
    assert CityModel(max_years_in_programme="none", **SMALL).plan.opening["max_years_in_programme"] is None


def test_replicates_come_from_luck_and_not_from_iterations():
    """The trap that the adapter documents: without a seed of their own iterations are one run repeated."""
    newer = "rng" in inspect.signature(batch_run).parameters
    with pytest.warns(DeprecationWarning, match="iterations") if newer else nullcontext():
        rows = batch_run(CityModel, dict(SMALL), number_processes=1, iterations=2, display_progress=False)
    first, second = ({k: v for k, v in row.items() if k not in ("RunId", "iteration")} for row in rows)
    assert first == second
    found = table(luck=[1, 2], measures="exclusion_error")
    one, other = (rows["exclusion_error"].tolist() for _, rows in found.groupby("luck"))
    assert one != other


def _silent():
    return nullcontext()


def test_mesas_own_seed_goes_before_luck():
    assert CityModel(rng=5, luck=3, **SMALL).plan.seed == 5
    assert CityModel(luck=3, **SMALL).plan.seed == 3
    assert CityModel(**SMALL).plan.seed == 1


def test_agents_are_collected_by_type_where_asked_for():
    model = CityModel(agents=True, **SMALL)
    run(model)
    officers = model.datacollector.get_agenttype_vars_dataframe(Pendamping)
    assert officers.columns.tolist() == ["families", "motivation"]
    assert len(officers) == 3  # one officer for a fiftieth of the city
    assert officers["motivation"].between(0, 1).all()


def test_a_run_that_ended_is_let_go():
    model = CityModel(**SMALL)
    run(model)
    assert model not in getattr(mesa.Agent, "_ids", {})


def test_the_model_can_be_handed_to_other_processes():
    assert pickle.loads(pickle.dumps(CityModel)) is CityModel


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"caseload": 150}, "no lever or assumption 'caseload'"),
        ({"delivery_chanel": "cash_post"}, "did you mean 'delivery_channel'"),
        ({"caseload_per_pendamping": 1}, "CityModel: caseload_per_pendamping is 1, but it must be a number from 25"),
        ({"measures": "exclusion"}, "no measure 'exclusion'"),
        ({"base": "baselin"}, "did you mean 'baseline'"),
    ],
)
def test_wrong_keywords_are_explained(keywords, words):
    with pytest.raises(InputError, match=words):
        CityModel(**keywords)


def test_solara_finds_every_keyword_by_name_and_nothing_to_fill_in():
    """``SolaraViz`` refuses positional arguments and unknown names, and in Mesa 3.5 fills in any ``scenario``."""
    parameters = inspect.signature(CityModel.__init__).parameters
    assert parameters.keys() == inspect.signature(CityModel).parameters.keys() | {"self"}
    kinds = {one.kind for one in parameters.values()}
    assert not kinds & {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    assert all(one.default is not inspect.Parameter.empty for name, one in parameters.items() if name != "self")
    assert set(SETTINGS) <= set(parameters)
    assert not {"scenario", "time", "steps", "seed"} & set(parameters)


def test_inputs_for_solara_come_from_the_declarations():
    params = model_params(
        "caseload_per_pendamping", "delivery_channel", "digital_reporting", "registry_update_interval_months",
        "pkh_quota_families", language="en", **SMALL,
    )  # fmt: skip
    assert params["months"] == 3
    caseload = params["caseload_per_pendamping"]
    assert (caseload["type"], caseload["min"], caseload["value"], caseload["max"]) == ("SliderFloat", 100, 194, 450)
    assert caseload["label"] == LEVERS["caseload_per_pendamping"].label.en
    assert params["delivery_channel"]["values"] == ["ewarong", "cash_bank", "cash_post", "in_kind"]
    assert params["digital_reporting"] == {
        "type": "Checkbox", "label": "Single-entry digital reporting", "value": False
    }  # fmt: skip
    assert params["registry_update_interval_months"]["type"] == "SliderInt"
    assert isinstance(params["pkh_quota_families"]["value"], int)
    values = {key: one["value"] if isinstance(one, dict) else one for key, one in params.items()}
    assert CityModel(**values).plan.opening.caseload_per_pendamping == 194
    with pytest.raises(InputError, match="cannot be set with a slider"):
        model_params("disaster")
    with pytest.raises(InputError, match="no lever or assumption 'caseload'"):
        model_params("caseload")


def test_solara_shows_the_city():
    """With Solara and Altair installed: a page is drawn, a step taken, and the model made anew with another lever."""
    import ipywidgets
    import reacton
    import solara
    from mesa.visualization import SolaraViz, make_plot_component

    model = CityModel(**SMALL)
    params = model_params("caseload_per_pendamping", language="en", **SMALL)

    @solara.component
    def Page():
        with solara.AppLayout():
            SolaraViz(model, components=[make_plot_component("exclusion_error")], model_params=params)

    box, context = reacton.render(Page(), handle_error=False)

    def shown() -> list[ipywidgets.Widget]:
        found, left = [], [box]
        while left:
            one = left.pop()
            if isinstance(one, ipywidgets.Widget) and one not in found:
                found.append(one)
                left += getattr(one, "children", None) or []
        return found

    def click(label: str) -> None:
        button = next(one for one in shown() if type(one).__name__ == "Btn" and label in one.children)
        button._handle_event(None, {"event": "click", "data": {}}, None)

    click("Step")
    assert model.month == 1
    assert any(type(one).__name__ == "Image" for one in shown() for one in getattr(one, "items", None) or [])
    context.close()
