"""Single rules on five families and chosen luck: tables that somebody who knows the programme can check by hand."""

from dataclasses import replace
from types import SimpleNamespace

import mesa
import numpy as np
import pytest
from conftest import make_plan

from simulation.agents.acting import AgentPlaces, open_accounts
from simulation.agents.bank import Bank
from simulation.agents.ewarong import EWarong
from simulation.agents.offices import Operations, SocialOffice
from simulation.agents.staffing import post_pendamping
from simulation.clock import Month, is_due, months_to_next
from simulation.context import Cutoffs, Now, Standing
from simulation.households import NEVER, Account, Barred, Households, Stage
from simulation.ledger import Account as Books
from simulation.ledger import Ledger
from simulation.measures.cascade import Inclusion, Status, inclusion_of, status_of
from simulation.month.accompany import choose_for_visits
from simulation.month.hours import Workload, hours_available, hours_needed, next_motivation, spend
from simulation.month.pay import arrive, order_again, order_stage
from simulation.month.redeem import choose_agents, load, sell_goods
from simulation.month.select import cutoff, price_entitlements, quota_of, select, smallest
from simulation.month.use import poverty_line_idr
from simulation.randomness import Luck, uniform


def families(count: int = 5, **columns) -> Households:
    """Return families with some columns set, everything else as in an empty row."""
    hh = Households.empty(count)
    hh.luck_id[:] = np.arange(count)
    hh.active[:] = True
    for name, values in columns.items():
        hh[name][:] = values
    return hh


def month_of(hh: Households, date: str = "2023-03", **settings) -> Now:
    """Return a month for these families, under the baseline but for the settings."""
    plan = make_plan(months=1, scale=1.0, start=date, **settings)
    standing = Standing(quotas={})
    return Now(
        0, plan.start, 1, 1.0, hh, plan.policy_in(0), plan.assumptions, None, None, standing, Ledger()
    )  # fmt: skip


# Money --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "million"),
    [
        ({"sd_pupils": 1}, 0.9),
        ({"sd_pupils": 1, "smp_pupils": 1, "sma_pupils": 1}, 0.9 + 1.5 + 2.0),
        ({"young_children": 3}, 3.0 + 3.0),  # two small children at most
        ({"elderly": 2}, 2.4),  # one elderly person at most
        ({"pregnant": 1, "young_children": 2, "disabled": 1, "sma_pupils": 2}, 3.0 + 6.0 + 2.4),  # four, dearest first
        ({"sd_pupils": 5}, 4 * 0.9),
        ({}, 0.0),
    ],
    ids=str,
)
def test_pkh_owes_what_the_record_shows(members, million):
    hh = families(**{f"recorded_{name}": count for name, count in members.items()})
    month_of(hh, pkh_payment_scale=1.0).apply(price_entitlements, unconditional=False)
    assert (hh.pkh_entitlement_idr == round(million * 1e6)).all()


def test_where_categories_do_not_bind_a_family_without_component_gets_the_mean():
    hh = families(recorded_sd_pupils=[0, 1, 0, 0, 0])
    month_of(hh, pkh_payment_scale=1.0).apply(price_entitlements, unconditional=True)
    assert hh.pkh_entitlement_idr.tolist() == [2_870_000, 900_000, 2_870_000, 2_870_000, 2_870_000]
    month_of(hh, pkh_payment_scale=0.7).apply(price_entitlements, unconditional=True)
    assert hh.pkh_entitlement_idr.tolist() == [2_009_000, 630_000, 2_009_000, 2_009_000, 2_009_000]


def city_with(entitlements: tuple[int, ...]) -> Households:
    """Return a city of families, the first of them on the PKH list with these entitlements a year."""
    hh = families(20_000)
    hh.in_pkh[: len(entitlements)] = True
    hh.pkh_entitlement_idr[: len(entitlements)] = entitlements
    return hh


def test_a_budget_buys_as_many_seats_as_it_can_pay():
    empty = month_of(city_with(()), pkh_payment_scale=1.0)
    assert quota_of(empty, "sembako") == round(42.845e9 / 2.4e6) == 17_852
    assert quota_of(empty, "pkh") == round(33e9 / 2.87e6)
    served = city_with((3_000_000, 5_000_000))
    assert quota_of(month_of(served), "pkh") == 33e9 / 4e6  # the mean of who is on the list
    assert quota_of(month_of(served, benefit_multiplier=2.0), "pkh") == 33e9 / 8e6
    assert quota_of(month_of(served, benefit_multiplier=0.0), "pkh") == 0
    assert quota_of(month_of(served, pkh_quota_families=123), "pkh") == 123
    assert quota_of(month_of(served, benefit_multiplier=1e-9), "pkh") < 300_000  # however little a seat costs


def test_seats_are_counted_once_a_year_and_when_the_terms_change():
    hh = city_with((3_000_000,))
    now = month_of(hh)
    assert quota_of(now, "pkh") == 11_000
    hh.pkh_entitlement_idr[0] = 6_000_000
    assert quota_of(now, "pkh") == 11_000
    dearer = month_of(hh, benefit_multiplier=0.5)
    dearer.standing.quotas = dict(now.standing.quotas)
    assert quota_of(dearer, "pkh") == 11_000  # twice as dear, at half the rate
    next_year = month_of(hh, "2024-01")
    next_year.standing.quotas = dict(now.standing.quotas)
    assert quota_of(next_year, "pkh") == 5_500


def test_the_books_move_by_events():
    books = Books()
    books.release(1_000)
    books.credit(600)
    books.fail(300)
    assert books.row() == {
        "allocated_idr": 1_000, "paid_idr": 600, "waiting_idr": 100, "returned_idr": 300, "forfeited_idr": 0,
    }  # fmt: skip
    books.repair(200)
    books.credit(250)
    books.forfeit_returned(100)
    books.forfeit_paid(50)
    assert books.row() == {
        "allocated_idr": 1_000, "paid_idr": 800, "waiting_idr": 50, "returned_idr": 0, "forfeited_idr": 150,
    }  # fmt: skip
    assert books.balanced()
    books.paid_idr -= 1
    assert not books.balanced()


def pkh_orders(hh: Households) -> dict[str, np.ndarray]:
    """Return the columns of PKH under the names that the rules of payment use."""
    names = ("stage", "months_late", "waiting_months", "waiting_idr", "credited_idr", "returned_idr")
    return {name: hh[f"pkh_{name}"] for name in names}


@pytest.mark.parametrize(
    ("older_waits", "new_takes", "months", "waiting"),
    [
        (0, 3, 3, 100),  # nothing older
        (1, 3, 1, 600),  # the older money comes when it was due, and the new with it
        (4, 2, 2, 600),  # the new is sooner, and the older comes with it
        (4, 0, 4, 500),  # the new comes at once, the older when it was due
    ],
)
def test_a_new_order_never_delays_older_money(older_waits, new_takes, months, waiting):
    """Rp 500 of an earlier stage still wait for some months when Rp 100 are ordered."""
    hh = families(1, pkh_waiting_months=older_waits, pkh_waiting_idr=500 if older_waits else 0)
    now, orders, row, yes = month_of(hh, delay_family_sd=0.0), pkh_orders(hh), np.arange(1), np.ones(1, bool)
    ordered = now.apply(
        order_stage, **orders, rows=row, due=np.array([100]), funded=yes, matched=yes, at_once=False,
        days_of_bank=np.array([30.0 * new_takes + 1]), noise=np.zeros(1),
    )  # fmt: skip
    assert ordered == (100, 0 if new_takes else 100, 0)
    assert (hh.pkh_waiting_months[0], hh.pkh_waiting_idr[0]) == (months, waiting)
    for month in range(1, months + 1):
        assert now.apply(arrive, rows=row, **orders) == (waiting if month == months else 0)
    assert (Stage(hh.pkh_stage[0]), hh.pkh_months_late[0]) == (
        (Stage.LATE, months) if new_takes else (Stage.ON_TIME, 0)
    )


@pytest.mark.parametrize("already_waits", [0, 1, 5])
def test_a_repaired_payment_arrives_next_month_with_whatever_waits(already_waits):
    hh = families(1, pkh_returned_idr=70, pkh_waiting_months=already_waits, pkh_waiting_idr=30 if already_waits else 0)
    orders = pkh_orders(hh)
    assert order_again(np.arange(1), *(orders[name] for name in order_again.argument_names[1:])) == 70
    arrived = month_of(hh).apply(arrive, rows=np.arange(1), **orders)
    assert arrived == hh.pkh_credited_idr[0] == (100 if already_waits else 70)


def accounts(hh: Households, programme: str) -> dict[str, np.ndarray]:
    """Return the columns of a programme under the names that the rules of collecting use."""
    return {name: hh[f"{programme}_{name}"] for name in ("credited_idr", "balance_idr", "collected", "idle_stages")}


def test_money_goes_back_after_three_stages_of_its_own_programme():
    """Credits of PKH and Sembako by month: each meets its own balance, and neither hurries nor saves the other."""
    hh = families(1)
    left = []
    for pkh, sembako in [(750, 400), (0, 400), (750, 0), (0, 400), (750, 400), (750, 0)]:
        hh.pkh_credited_idr[:], hh.sembako_credited_idr[:] = pkh, sembako
        now = month_of(hh, idle_stages_before_return=3)
        back = [
            now.apply(load, rows=np.flatnonzero(hh[f"{name}_credited_idr"]), **accounts(hh, name))
            for name in ("pkh", "sembako")
        ]
        left.append((*back, hh.pkh_balance_idr[0], hh.sembako_balance_idr[0]))
        if len(left) == 4:
            hh.pkh_balance_idr[:] = hh.pkh_idle_stages[:] = 0  # PKH is collected, Sembako still is not
    assert left == [
        (0, 0, 750, 400),
        (0, 0, 750, 800),
        (0, 0, 1500, 800),
        (0, 0, 1500, 1200),
        (0, 1200, 750, 400),
        (0, 0, 1500, 400),
    ]


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2023-03", 810_507),
        ("2024-03", 820_354),
        ("2025-03", 840_710),
        ("2023-09", (810_507 * 820_354) ** 0.5),  # half a year between: the geometric mean
        ("2026-03", 840_710 * 1.025),
        ("2022-03", 810_507 / 1.025),
    ],
)
def test_the_poverty_line_is_published_in_march_and_grows_in_between(date, line):
    assert poverty_line_idr(month_of(families(), date)) == pytest.approx(line)


@pytest.mark.parametrize(
    ("date", "interval", "due", "to_next"),
    [
        ("2023-01", 3, True, 3), ("2023-02", 3, False, 2), ("2023-03", 3, False, 1), ("2023-04", 3, True, 3),
        ("2023-03", 2, True, 2), ("2023-04", 2, False, 1), ("2024-01", 12, True, 12), ("2023-12", 12, False, 1),
        ("2023-07", 1, True, 1),
    ],
)  # fmt: skip
def test_stages_begin_in_january(date, interval, due, to_next):
    month = Month.parse(date)
    assert is_due(month, interval) == due
    assert months_to_next(month, interval) == to_next


# People -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "visits", "sessions", "verification"),
    [
        (194, 1.0, 1.0, 1.0),  # the city: 110 hours of 135, nothing is dropped
        (250, 1.0, 0.89, 1.0),
        (294, 1.0, 0.34, 1.0),  # the national mean
        (350, 0.70, 0.0, 1.0),
        (412, 0.0, 0.0, 0.94),
        (450, 0.0, 0.0, 0.46),
    ],
)
def test_what_the_hours_of_a_pendamping_reach(number, visits, sessions, verification):
    """The table of the design: manual reports, motivation .7, as many kelurahan as so many of 15,325 families fill."""
    now = month_of(families())
    kelurahan = max(number * 67 / 15_325, 1.0)
    work = Workload(number, 0.012 * number, 0.02 * number, kelurahan)
    available = hours_available(0.7, kelurahan, now.assumptions)
    share = spend(hours_needed(work, available, now.policy, now.assumptions))
    assert (share.report, share.payment) == (1.0, 1.0)
    assert share.verification == pytest.approx(verification, abs=0.02)
    assert share.visits == pytest.approx(visits, abs=0.01)
    assert share.sessions == pytest.approx(sessions, abs=0.01)


def test_single_entry_makes_room_for_everything_at_the_national_mean():
    now = month_of(families(), digital_reporting=True)
    work = Workload(294, 0.012 * 294, 0.02 * 294, 1.0)
    share = spend(hours_needed(work, hours_available(0.7, 1.0, now.assumptions), now.policy, now.assumptions))
    assert (share.visits, share.sessions) == (1.0, 1.0)


def test_a_campaign_pushes_visits_and_sessions_aside():
    """250 checks in two months (Lebak, Bengkulu 2025): reports and payments go on, visits and sessions do not."""
    now = month_of(families())
    work = Workload(194, 2.3, 3.9, 1.0, campaign_families=125.0)
    share = spend(hours_needed(work, hours_available(0.7, 1.0, now.assumptions), now.policy, now.assumptions))
    assert share.campaign == 1.0
    assert (share.visits, share.sessions) == (0.0, 0.0)


def test_every_further_kelurahan_costs_six_hours():
    assumptions = month_of(families()).assumptions
    assert hours_available(0.7, 1, assumptions) - hours_available(0.7, 3, assumptions) == pytest.approx(12)
    assert hours_available(0.7, 99, assumptions) == 0


def test_motivation_falls_with_overload_and_rises_with_pay():
    now = month_of(families())
    at_ease, swamped = (hours_needed(Workload(n, 0, 0, 1.0), 135.0, now.policy, now.assumptions) for n in (100, 450))
    pay = now.assumptions.umk_idr_per_month

    def moved(hours, pay_idr):
        return next_motivation(0.7, hours, spend(hours), pay_idr, now.assumptions)

    assert moved(at_ease, pay) == pytest.approx(0.7 + 0.15 * (0.75 - 0.7))
    assert moved(swamped, pay) < 0.7 < moved(at_ease, 2 * pay)


@pytest.mark.parametrize(
    "order", [[0, 1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1, 0], [3, 6, 1, 4, 7, 0, 5, 2]], ids=str
)
@pytest.mark.parametrize("visits", [0, 1, 3, 5, 8, 20])
def test_visits_go_to_who_was_visited_longest_ago_whatever_its_row(order, visits):
    """Then to the oldest record or none, the poorest by it, and by lottery; months of long ago hide nothing."""
    hh = families(
        8,
        pendamping=0,
        visited_month=[NEVER, NEVER, NEVER, NEVER, -40, -40, -2, -1],
        record_month=[NEVER, NEVER, -90, -90, -1, 0, NEVER, NEVER],
        record_score=[0.0, 0.0, -11.0, -10.5, 2.0, -2.0, -3.0, -3.0],
        lottery=[0.2, 0.7, 0.9, 0.1, 0.5, 0.5, 0.5, 0.5],
    )
    turns = np.argsort(order)  # where the first, the second ... of them lives
    chosen = month_of(hh.take(np.array(order))).apply(
        choose_for_visits, rows=np.arange(8), start=np.array([0, 8]), visits=np.array([visits])
    )
    assert chosen.tolist() == turns[:visits].tolist()


def test_a_post_that_was_cut_is_filled_with_somebody_new():
    """Two facilitators come with their past; the second post is cut for a month and filled again, and not vacant."""
    model = mesa.Model()
    model.pendamping, model.now = [], None
    model.habits = {"motivation": np.array([0.31, 0.52]), "vacant_until": np.array([-2, 9])}
    paid = iter([2, 1, 2])
    model.social_office = SimpleNamespace(plan_operations=lambda now, wanted: next(paid))
    past = {(0, 0.31, -2), (1, 0.52, 9)}
    for month, posts in enumerate([past, {(0, 0.31, -2)}, {(0, 0.31, -2), (1, 0.7, 2)}]):
        now = replace(month_of(families(), motivation_start=0.7), month=month)
        post_pendamping(model, now)
        model.now = now
        assert {(one.number, one.motivation, one.vacant_until) for one in model.pendamping} == posts


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1]], ids=str)
def test_help_goes_to_who_has_waited_longest_then_by_lottery(order):
    """Hours of a TKSK for two families, none of an operator."""
    hh = families(
        5, in_sembako=True, account=Account.GAGAL_OMSPAN, account_month=[-1, -1, -5, -1, -1],
        lottery=[0.4, 0.2, 0.9, 0.5, 0.3],
    ).take(np.array(order))  # fmt: skip
    now = month_of(hh, tksk_count=1, tksk_hours_per_month=4.0, repair_hours=2.0)
    office = SocialOffice(mesa.Model())
    office.operations, office.visits_left = Operations({}, {"operators": 1.0}, 0.0), np.zeros(67, np.int64)
    assert hh.luck_id[office.help_sembako_families(now)].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("luck", "days"), [(0.0, 6), (0.64, 6), (0.66, 5), (0.93, 5), (0.95, 4), (0.999, 3), (0.9999, 2), (1 - 1e-12, 0)]
)
def test_an_agent_is_open_on_the_days_with_a_network(luck, days):
    """Six days a stage, each down with a chance of .07: all six with .93^6 = .647, five or six with .939."""
    now = month_of(families(), agent_days_per_stage=6, agent_down_per_day=0.07)
    assert EWarong.days_with_network(None, now, luck) == days


def test_a_freeze_ends_even_if_another_begins_in_the_same_month():
    """The accounts frozen before work again; the new freeze, here of no account, begins after that."""
    hh = families(account=[Account.DIBEKUKAN, Account.DIBEKUKAN, Account.AKTIF, Account.DIBEKUKAN, Account.AKTIF])
    hh.bank[3] = 1
    luckless = next(month for month in range(500) if uniform(1, Luck.BANK_MONTH, month, 0, 1) < 1 / 12)
    now = month_of(hh, freeze_per_year=1.0, freeze_accounts_share=0.0, freeze_recovered_share=1.0)
    bank = Bank(mesa.Model(), 0, 1.0, frozen_until=luckless)
    open_accounts(replace(now, month=luckless), [bank])
    assert bank.frozen_until > luckless
    assert hh.account.tolist() == [Account.AKTIF, Account.AKTIF, Account.AKTIF, Account.DIBEKUKAN, Account.AKTIF]


@pytest.mark.parametrize(
    ("frequency", "informed", "inspected", "value"),
    [
        (0.0, False, False, 400_000),
        (1.0, False, False, 360_000),  # a tenth is missing
        (1.0, True, False, 400_000),  # who knows the price is never given less (shield 1)
        (1.0, False, True, 400_000),  # nor is anybody while an inspector looks (shield 1)
    ],
)
def test_goods_are_short_by_habit_unless_somebody_knows_or_looks(frequency, informed, inspected, value):
    hh = families(sembako_balance_idr=400_000, informed=informed)
    paid, received, shorted = month_of(hh).apply(
        sell_goods, rows=np.arange(5), chosen=np.zeros(5, int), queue_place=np.arange(5), luck=np.full((4, 5), 0.5),
        served=np.array([3]), unhurried=np.array([1]), short_depth=np.array([0.1]),
        short_frequency=np.array([frequency]), bad_quality_share=np.zeros(1),
        inspected=np.array([inspected]), short_depth_spread=0.0, informed_shield=1.0, inspected_shield=1.0,
    )  # fmt: skip
    assert (paid, received) == (3 * 400_000, 3 * value)
    assert shorted == (3 if value < 400_000 else 0)
    assert hh.goods_received_idr.tolist() == [value] * 3 + [0, 0]
    assert hh.sembako_balance_idr.tolist() == [0, 0, 0, 400_000, 400_000]
    assert hh.long_wait.tolist() == [False, True, True, False, False]
    assert hh.sembako_value_share[0] == pytest.approx(value / 400_000)


@pytest.mark.parametrize(
    ("queue", "noise", "option", "chosen"),
    [
        ([0, 0, 0], 0.9, 0.0, 3),  # the nearest
        ([50, 0, 0], 0.9, 0.0, 40_000),  # five minutes further, but no queue
        ([200, 200, 0], 0.9, 0.0, 70_000),  # far away, but much shorter queues
        ([50, 0, 0], 0.1, 0.99, 70_000),  # no matter what, the last of the three
    ],
)
def test_an_agent_is_chosen_by_way_and_queue_whatever_its_number(queue, noise, option, chosen):
    nearest = np.tile(np.array([3, 40_000, 70_000], np.int32), (5, 1))
    agent_queue = np.zeros(70_001)
    agent_queue[nearest[0]] = queue
    found = month_of(families()).apply(
        choose_agents, rows=np.arange(5), luck=np.array([[noise] * 5, [option] * 5]), nearest=nearest,
        minutes=np.tile([5.0, 10.0, 30.0], (5, 1)), agent_queue=agent_queue, agent_value=np.zeros(70_001),
        agent_bad_quality=np.zeros(70_001), choice_minutes_per_queue=0.2, choice_noise_share=0.5,
    )  # fmt: skip
    assert found.tolist() == [chosen] * 5


def test_the_nearest_agent_is_found_among_forty_thousand():
    places = AgentPlaces([SimpleNamespace(x_km=float(place), y_km=0.0) for place in range(40_000)], 5, 3)
    places.look_up(month_of(families(x_km=39_999.0, in_sembako=True)), np.arange(5))
    assert places.nearest.tolist() == [[39_999, 39_998, 39_997]] * 5


# Lists --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seats", "chosen", "enough"),
    [(0, [], -np.inf), (1, [3], -2.0), (2, [1, 3], 0.5), (4, [0, 1, 3, 4], 3.0), (9, [0, 1, 3, 4], np.inf)],
)
def test_seats_go_to_the_smallest_keys(seats, chosen, enough):
    keys = np.array([1.0, 0.5, np.inf, -2.0, 3.0])
    assert sorted(smallest(keys, seats).tolist()) == chosen
    finite = keys[np.isfinite(keys)]
    assert cutoff(finite, seats) == (enough if seats != finite.size else np.inf)


def test_who_moves_in_after_a_selection_had_no_consumption_then():
    """The last two rows are spare: one of them is somebody's next month, and nobody was poor in it."""
    hh = families(5, active=[1, 1, 1, 0, 0], log_consumption=[-0.2, 0.0, 0.4, 0.0, 0.0])
    select(month_of(hh))
    assert hh.log_consumption_at_selection.tolist() == [-0.2, 0.0, 0.4, np.inf, np.inf]


def test_only_who_is_taken_off_and_put_on_by_one_decree_keeps_the_date_of_entry():
    """The first two were on Sembako years ago and come back now, the second from PKH, which it now leaves."""
    hh = families(
        5, listed=True, nik_ok=True, in_pkh=[0, 1, 0, 0, 0], pkh_since=[NEVER, -9, NEVER, NEVER, NEVER],
        in_sembako=[0, 0, 1, 1, 0], sembako_since=[-50, -50, -7, -7, NEVER], exit_month=[-20, -20, NEVER, NEVER, NEVER],
    )  # fmt: skip
    select(month_of(hh, sembako_quota_families=5))
    assert not hh.in_pkh.any()  # no component, no PKH
    assert hh.in_sembako.all()
    assert hh.sembako_since.tolist() == [0, 0, -7, -7, 0]

    hh.barred[3] = Barred.INELIGIBLE  # leaves by rule, and is poor enough for who knows everybody
    hh.log_consumption[:] = -0.3
    late = replace(month_of(hh, targeting_method="perfect", sembako_quota_families=5), month=6)
    select(late)
    assert hh.in_sembako.all()
    assert late.tally["sembako_admitted"] == 1
    assert hh.sembako_since.tolist() == [0, 0, -7, -7, 0]


LADDER = [
    # what is true of the family besides what was said before, and the status that it has then
    ({}, "not_registered"),
    ({"proposal_month": -2}, "awaiting_verification"),
    ({"proposal_month": NEVER, "listed": True, "listed_month": -20, "nik_ok": False}, "excluded_by_rule"),
    ({"nik_ok": True, "barred": Barred.INELIGIBLE}, "excluded_by_rule"),
    ({"barred": Barred.NO}, "no_vacancy"),  # the record alone would do, were the list drawn anew
    ({"score_at_selection": 0.5, "sembako_key": 0.5, "seen_welfare": -1.0}, "stale_record"),
    ({"seen_welfare": 0.5}, "ranking_error"),  # poor enough then, but no score shows it
    ({"log_consumption_at_selection": 0.2}, "fell_poor_since"),
    ({"log_consumption": -0.05}, "beyond_quota"),  # poor, but not among the poorest for whom there are seats
    ({"in_sembako": True, "sembako_stage": Stage.NO_ACCOUNT}, "awaiting_account"),
    ({"account": Account.AKTIF, "sembako_stage": Stage.FAILED}, "payment_failed_or_late"),
    ({"sembako_stage": Stage.LATE}, "payment_failed_or_late"),
    ({"sembako_stage": Stage.ON_TIME, "sembako_balance_idr": 400_000}, "not_collected"),
    ({"sembako_balance_idr": 0, "sembako_value_share": 0.9}, "short_value"),
    ({"sembako_value_share": 1.0}, "reached"),
    ({"in_pkh": True, "pkh_stage": Stage.ON_TIME, "suspended": True}, "suspended"),
    ({"suspended": False, "pkh_stage": Stage.LATE}, "payment_failed_or_late"),  # the weaker programme decides
    ({"pkh_stage": Stage.NOTHING_DUE}, "awaiting_account"),
    ({"log_consumption": 0.05}, "not_poor"),
    ({"log_consumption": -0.5, "active": False}, "not_poor"),
]


def cut_offs() -> Standing:
    """Return cut-offs of a Sembako list by score, three months ago: score -0.5 or 0.9 of the line would have done."""
    sembako = Cutoffs(month=-3, quota=10, recorded=-0.5, true_log=np.log(0.9), score_weight=1.0)
    return Standing(pkh=Cutoffs(month=-3), sembako=sembako)


def test_a_family_climbs_the_ladder_rung_by_rung():
    hh = families(
        1, log_consumption=-0.3, log_consumption_at_selection=-0.3, sembako_key=-1.0, pkh_key=np.inf,
        score_at_selection=-1.0, seen_welfare=-1.0, nik_ok=True,
    )  # fmt: skip
    for change, status in LADDER:
        for name, value in change.items():
            hh[name][:] = value
        found = status_of(hh, cut_offs(), month_of(hh).assumptions, "ewarong", 0)
        assert Status(found[0]).name == status, change


def test_a_list_entry_that_is_not_poor_is_wrong_for_the_first_reason_that_holds():
    """Leavers, doubles, outdated and misleading scores; what is left the rule itself could not know."""
    reasons = [
        "rightly", "departed", "duplicate", "stale_record", "ranking_error", "true_error_of_rule",
    ]  # fmt: skip
    hh = families(
        6, in_sembako=True, log_consumption=[-0.1, -0.1, 0.5, 0.5, 0.5, 0.5], active=[1, 0, 1, 1, 1, 1],
        duplicate=[0, 0, 1, 0, 0, 0], sembako_key=-1.0, score_at_selection=-1.0,
        seen_welfare=[-1.0, -1.0, -1.0, 0.3, -1.0, -1.0],
        log_consumption_at_selection=[-0.3, -0.3, -0.3, -0.3, 0.4, -0.3],
    )  # fmt: skip
    found = inclusion_of(hh, cut_offs(), month_of(hh).assumptions, local_judgement=False)
    assert [Inclusion(kind).name for kind in found] == reasons


def test_connections_count_where_neighbours_judge():
    hh = families(in_sembako=True, log_consumption=0.5, log_consumption_at_selection=-0.3, sembako_key=-0.6)
    hh.connected[:2] = True
    standing = cut_offs()
    standing.sembako.score_weight = 0.0
    found = inclusion_of(hh, standing, month_of(hh).assumptions, local_judgement=True)
    assert [Inclusion(kind).name for kind in found] == ["connection"] * 2 + ["true_error_of_rule"] * 3


def test_an_agent_who_cannot_finance_stock_serves_fewer():
    """Own capital turns over every time the bank settles; a supplier's credit has no such limit."""
    now = month_of(families())
    days = now.assumptions.agent_restock_days
    agent = SimpleNamespace(tied=False, customers=500, days_open=2 * days, capital_idr=40_000_000)
    assert EWarong.packages_in_stock(agent, now, 400_000.0) == 300
    agent.tied = True
    assert EWarong.packages_in_stock(agent, now, 400_000.0) == 500
