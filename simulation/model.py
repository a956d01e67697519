"""The model: a city of families, the agents of the programme, and the month in the order in which it happens."""

from __future__ import annotations

from dataclasses import replace

import mesa
import numpy as np

from simulation.agents.acting import AgentPlaces, accompany, open_accounts, pay, redeem
from simulation.agents.bank import Bank, PosOffice
from simulation.agents.offices import Ministry, SocialOffice
from simulation.agents.staffing import place_ewarong, post_pendamping
from simulation.agents.views import HouseholdViews
from simulation.city.distribution import default_map, fit_map, fit_survey_map, knots, survey_map
from simulation.city.places import KECAMATAN_OF_KELURAHAN
from simulation.city.synthesis import first_index, synthesise
from simulation.context import Now, Places, Standing, WelfareMap
from simulation.households import LISTS, Households
from simulation.ledger import Ledger
from simulation.microdata.donors import Donors
from simulation.microdata.opening import open_survey
from simulation.month.live import live, price
from simulation.month.use import poverty_line_idr, use
from simulation.plan import Plan
from simulation.start import Start, cached_start


class AssistanceModel(HouseholdViews):
    """One city under one plan, month by month.

    Parameters
    ----------
    plan : the scenario. rng : seed of the run's luck, in place of the plan's.
    start, first_month : the state to begin with, and when; by default that of the plan's city, built once and cached.

    Attributes
    ----------
    hh : the families, as columns. month : the next month to be lived, 0 the first. now : the month last lived.
    """

    def __init__(self, plan: Plan, rng: int | None = None, start: Start | None = None, first_month: int = 0) -> None:
        plan = plan if rng is None else plan.with_(seed=int(rng))
        plan.check_size()
        super().__init__(rng=plan.seed)
        self.plan = plan
        start = start or cached_start(plan, live_through_history)
        start = start.copy(start.hh.extended(_spare_families(plan, start, plan.months - first_month)))
        self.hh = start.hh
        self.standing, self.ledger, self.welfare_map = start.standing, start.ledger, start.welfare_map
        self.places = Places.of(self.hh, KECAMATAN_OF_KELURAHAN)
        self.month = first_month
        self.now: Now | None = None
        self._hire(start.habits)

    def _hire(self, habits: dict[str, np.ndarray]) -> None:
        """Put the programme's people and places into the city, with the habits that they carry over."""
        assumptions = self.plan.assumptions
        self.habits = habits
        self.ministry = Ministry(self)
        self.social_office = SocialOffice(self)
        self.post = PosOffice(self)
        shares = [assumptions[f"bank_share_{name}"] for name in ("bri", "bni", "mandiri", "btn")]
        frozen = habits.get("bank_frozen_until", np.full(len(shares), -9999))
        self.banks = [Bank(self, number, share, int(frozen[number])) for number, share in enumerate(shares)]
        self.pendamping, self.ewarong = [], []
        self.agent_places: AgentPlaces | None = None

    def begin_month(self) -> Now:
        """Return the month that is about to be lived, with the policy in force and the staff that it calls for."""
        plan = self.plan
        now = Now(
            month=self.month,
            date=plan.start.plus(self.month),
            seed=plan.seed,
            scale=plan.scale,
            hh=self.hh.first(self._rows_in_use()),
            policy=plan.policy_in(self.month),
            assumptions=plan.assumptions,
            welfare_map=self.welfare_map,
            places=self.places,
            standing=self.standing,
            ledger=self.ledger,
        )
        now.line_idr = poverty_line_idr(now)
        post_pendamping(self, now)
        place_ewarong(self, now)
        return now

    def _rows_in_use(self) -> int:
        """Return how many rows the month can need: those in use and some for the month's newcomers."""
        assumptions = self.plan.assumptions
        yearly = assumptions.turnover_per_year + abs(assumptions.families_growth_per_year) + 0.05
        room = int(50 + self.hh.rows * yearly / 6)
        return min(self.standing.next_spare_row + room, self.hh.rows)

    def step(self) -> None:
        """Advance the city by one month, in the order in which it happens."""
        now = self.begin_month()
        live(now)  # shocks, births, school, moving in and out
        self.social_office.keep_register(now)  # matching, proposals, visits; records age
        if now.is_due(now.policy.registry_update_interval_months):
            self.ministry.decree(now)  # score, rank, quota, admit and remove
        open_accounts(now, self.banks)  # queues, cards, freezes
        pay(now, self.ministry, self.banks, self.post)  # orders, transfers, failures
        self.social_office.inspect(now, self.ewarong)
        redeem(now, self.ewarong, self.post, self.agent_places)  # e-warong, bank, post, rice
        accompany(now, self.pendamping, self.social_office)  # each pendamping spends its hours
        use(now)  # consumption, school, learning, complaints, aid
        self.social_office.give_places(now)
        self.social_office.close_books(now)
        self.now = now
        self.month += 1
        self.running = self.month < self.plan.months
        self.measure(now)

    def measure(self, now: Now) -> None:
        """Take the month's measures; whoever records a run puts a recorder here."""

    def current_habits(self) -> dict[str, np.ndarray]:
        """Return what agents carry from month to month, by number."""
        return {
            "motivation": np.array([agent.motivation for agent in self.pendamping]),
            "vacant_until": np.array([agent.vacant_until for agent in self.pendamping]),
            "queue_last": np.array([agent.queue_last for agent in self.ewarong]),
            "value_last": np.array([agent.value_last for agent in self.ewarong]),
            "short_frequency": np.array([agent.short_frequency for agent in self.ewarong]),
            "bank_frozen_until": np.array([bank.frozen_until for bank in self.banks]),
        }


def _spare_families(plan: Plan, start: Start, months: int) -> Households:
    """Return spare rows for all who may move in or be formed within the months of the run."""
    growth = plan.assumptions.families_growth_per_year
    # At most as many as there are at either end of history and run: a city that shrinks was larger before.
    families = plan.assumptions.families_start * plan.scale * (1 + abs(growth)) ** 8
    yearly = plan.assumptions.turnover_per_year + growth + 0.01
    count = int(families * yearly * months / 12 * 1.2 + 6 * np.sqrt(families) + 20)
    first = start.standing.next_luck_id
    numbers = np.arange(first, first + count, dtype=np.uint32)
    return synthesise(numbers, start.residents, plan.city_seed, plan.assumptions, _donors(plan))


def _donors(plan: Plan) -> Donors | None:
    """Return the households of the plan's survey; none where the city is built from margins."""
    return open_survey(plan.microdata).donors if plan.microdata else None


def live_through_history(plan: Plan) -> Start:
    """Return the starting state: the city lives through the years since the last door-to-door sweep.

    History runs under the baseline policy, whatever the plan, and its months are discarded. Then the distribution of
    consumption is fitted to what is known of the first month.
    """
    past = plan.history()
    city = _found_city(past)
    model = AssistanceModel(past, start=city, first_month=-past.assumptions.history_months)
    while model.month < 0:
        model.step()
    on_accounts = {name: int(model.hh[f"{name}_balance_idr"].sum()) for name in LISTS}
    ledger, habits = model.ledger.reopened(on_accounts), model.current_habits()
    before = Start(model.hh, city.residents, model.standing, ledger, model.welfare_map, habits).copy()
    model.step()
    before.welfare_map = _fitted(model)
    _price_anew(model, before)
    discard(model)
    return _trimmed(before)


def release(model: AssistanceModel) -> None:
    """Let a model go that is done with: Mesa 3.3 keeps every model in a table of its own otherwise."""
    identities = getattr(mesa.Agent, "_ids", None)
    if hasattr(identities, "pop"):
        identities.pop(model, None)


def discard(model: AssistanceModel) -> None:
    """Let a model go for good, and its columns at once: model and agents hold each other and would stay for long."""
    release(model)
    vars(model).clear()


def _found_city(plan: Plan) -> Start:
    """Return the city as it is settled when history begins, with nobody on a list."""
    assumptions = plan.assumptions
    growth = (1 + assumptions.families_growth_per_year) ** (-assumptions.history_months / 12)
    residents = max(round(assumptions.families_start * plan.scale * growth), 50)
    donors = _donors(plan)
    hh = synthesise(np.arange(residents, dtype=np.uint32), residents, plan.city_seed, assumptions, donors)
    standing = Standing(
        next_spare_row=residents, next_luck_id=residents, route_position=np.zeros(KECAMATAN_OF_KELURAHAN.size, np.int64)
    )
    index, persons = first_index(hh, assumptions), hh.size.astype(float)
    welfare_map = survey_map(donors) if donors else default_map(index, persons, assumptions)
    return Start(hh, residents, standing, Ledger(), welfare_map)


def _fitted(model: AssistanceModel) -> WelfareMap:
    """Fit the distribution of consumption on the first month of the baseline."""
    now, hh = model.now, model.hh
    rows = np.flatnonzero(hh.active)
    support, persons = hh.consumption_after[rows] - hh.consumption[rows], hh.size[rows].astype(float)
    donors = _donors(model.plan)
    if donors:
        index = hh.welfare_index[rows]
        quantile = np.interp(index, knots(), now.welfare_map.log_quantile_table)
        return fit_survey_map(donors, index, hh.log_consumption[rows] - quantile, support, persons)
    quantile = np.interp(hh.welfare_rank[rows], now.welfare_map.rank_table, now.welfare_map.log_quantile_table)
    events_log = hh.log_consumption[rows] - quantile
    return fit_map(now.welfare_map.rank_table, hh.welfare_rank[rows], events_log, support, persons, now.assumptions)


def _price_anew(model: AssistanceModel, start: Start) -> None:
    """Price the starting state's consumption with the fitted distribution."""
    before = start.hh.consumption.copy()
    year = start.hh.consumption_year.copy()
    past = replace(model.now, hh=start.hh, welfare_map=start.welfare_map, month=-1)
    price(past)
    start.hh.consumption_year[:] = year * start.hh.consumption / np.where(before > 0, before, 1.0)
    start.hh.consumption_after[:] = start.hh.consumption + start.hh.support_idr / (
        np.maximum(start.hh.size, 1) * model.now.line_idr
    )
    _translate_selection(start, model.welfare_map)


def _translate_selection(start: Start, old: WelfareMap) -> None:
    """Say what consumption was at the last selection, and what would have sufficed, by the fitted distribution.

    Both maps grow with the index, so families keep their order.
    """
    new = start.welfare_map

    def translated(log: np.ndarray) -> np.ndarray:
        return np.interp(log, old.log_quantile_table, new.log_quantile_table)

    then = start.hh.log_consumption_at_selection
    then[np.isfinite(then)] = translated(then[np.isfinite(then)])
    for cutoffs in (start.standing.pkh, start.standing.sembako):
        if np.isfinite(cutoffs.true_log):
            cutoffs.true_log = float(translated(np.array([cutoffs.true_log]))[0])


def _trimmed(start: Start) -> Start:
    """Leave out rows that nobody occupies, and families that left without a trace on any list or account."""
    hh, used = start.hh, start.standing.next_spare_row
    trace = hh.active | hh.listed | hh.in_pkh | hh.in_sembako
    for name in hh:
        if name.endswith(("_waiting_idr", "_returned_idr", "_balance_idr")) or name == "aid_due_idr":
            trace |= hh[name] > 0
    kept = np.flatnonzero(trace[:used])
    standing = replace(start.standing, next_luck_id=used, next_spare_row=kept.size)
    return replace(start, hh=hh.take(kept), standing=standing)
