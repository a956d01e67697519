"""The researcher's page: Mesa's own SolaraViz with the city, in English, without its console that runs any code."""

from __future__ import annotations

import solara

from simulation.dashboard.parts import element
from simulation.dashboard.shop import the_shop

PATH = "solaraviz"
SLIDERS = (
    "caseload_per_pendamping", "delivery_channel", "digital_reporting", "families_per_ewarong", "benefit_multiplier",
    "registry_update_interval_months",
)  # fmt: skip
_SCALE = 0.02
_PLOTS = ("effective_exclusion_error", "exclusion_error", "poverty_headcount", "paid_on_time_share")
_ABOUT = (
    "For researchers, in English only: Mesa's SolaraViz on a small city. It shows one run without replicates or "
    "intervals, its parts are Mesa's and not all accessible, and it has no console."
)


@solara.component
def Frame(children):
    """Show a page in the frame that SolaraViz fills, without tabs for the other pages."""
    return solara.AppLayout(navigation=False, children=children)


@solara.component
def Researcher():
    """Show SolaraViz, or why it is not there."""
    try:
        from mesa.visualization import SolaraViz, make_plot_component
    except ImportError as error:
        return element("p", f"Mesa's page needs another package ({error}); install salur[dashboard].", role="alert")
    from simulation.experiments.mesa_adapter import CityModel, model_params

    shop = the_shop()
    fixed = {"months": shop.baseline.months, "scale": min(_SCALE, shop.baseline.scale)}
    model = solara.use_memo(lambda: CityModel(**fixed), [])
    params = solara.use_memo(lambda: model_params(*SLIDERS, language="en", **fixed), [])
    plots = solara.use_memo(lambda: [make_plot_component(name) for name in _PLOTS], [])
    back = element("a", "Back to Salur", href="/amati?lang=en")
    viz = SolaraViz(model, components=plots, model_params=params, name="Salur, for researchers", play_interval=200)
    return solara.Column(children=[element("p", f"{_ABOUT} ", back), viz])
