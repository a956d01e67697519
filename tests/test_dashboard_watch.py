"""A city that is watched lives the months that ``salur run`` lives, one at a time, and few live at once."""

import numpy as np
import pytest
from conftest import make_plan, tables_of

from simulation.analysis.words import Words
from simulation.dashboard import living, researcher
from simulation.dashboard.living import LivingCity
from simulation.dashboard.watching import charts_of
from simulation.measures import MEASURES

PLANS = tuple(make_plan(months=6, scale=0.01, city_seed=1, **sets) for sets in ({}, {"delivery_channel": "cash_post"}))


def watched(plans=PLANS, months: int = 6):
    city = LivingCity(plans)
    frames = [city.step() for _ in range(months)]
    return city, frames


def test_the_months_are_those_of_a_run():
    city, frames = watched()
    for side, plan in enumerate(PLANS):
        table = tables_of(plan)["months"]
        for name in MEASURES:
            np.testing.assert_array_equal(frames[-1].months[side][name], table[name].to_numpy(float), err_msg=name)
        cascade = tables_of(plan)["cascade"]
        last = cascade[cascade["month"] == cascade["month"].max()]["persons"]
        assert frames[-1].persons[side].tolist() == last.tolist()
    assert city.step() is None
    city.close()


def test_months_to_come_are_unknown():
    city, frames = watched(months=2)
    values = frames[-1].months[0]["exclusion_error"]
    assert np.isfinite(values[:2]).all()
    assert np.isnan(values[2:]).all()
    city.close()
    assert city.step() is None


def test_few_cities_live_at_once(monkeypatch):
    monkeypatch.setattr(living, "MOST_LIVES", 2)
    first, second, third = (LivingCity(PLANS[:1]) for _ in range(3))
    assert first.closed
    assert first.step() is None
    assert second.step().done == 1
    fourth = LivingCity(PLANS[:1])
    assert third.closed, "the one that nobody has moved for longest makes room"
    second.close()
    fourth.close()
    assert not living._living


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("plans", [PLANS, PLANS[:1]], ids=["choice", "baseline"])
def test_charts_grow(language, plans):
    city, frames = watched(plans, 3)
    for frame in frames:
        charts = charts_of(plans, frame, Words(plans[0], language), False, "cost_idr")
        assert [chart.key for chart in charts] == ["cascade", "months", "headlines"]
        assert len(charts[1].table.rows) == frame.done
        assert len(charts[2].table.columns) == 1 + 4 * len(plans)
        assert all(len(row) == len(chart.table.columns) for chart in charts for row in chart.table.rows)
    city.close()


def test_the_researchers_page_has_no_console():
    """SolaraViz shows a console, which runs any Python, only where it is named among the components."""
    import inspect

    assert "CommandConsole" not in inspect.getsource(researcher)
