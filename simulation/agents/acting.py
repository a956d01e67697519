"""The steps of the month in which agents act: each function lets all of them act in turn."""

from __future__ import annotations

import math

import numpy as np
from scipy.spatial import cKDTree

from simulation.agents.bank import Bank, PosOffice
from simulation.agents.ewarong import EWarong
from simulation.agents.offices import Ministry, SocialOffice
from simulation.agents.pendamping import Pendamping
from simulation.context import Now
from simulation.month import open_accounts as accounts
from simulation.month import pay as payments
from simulation.month import redeem as collecting
from simulation.month.accompany import (
    assign_caseloads,
    choose_for_visits,
    count_work,
    do_rounds,
    find_failed,
    meet_unlisted,
    who_seems_poor,
)
from simulation.month.hours import Workload
from simulation.month.proposals import propose_on_sight
from simulation.month.records import visit
from simulation.randomness import Luck, uniform_lanes


def open_accounts(now: Now, banks: list[Bank]) -> None:
    """Let every bank work off its queue."""
    rows = accounts.queue_entrants(now)
    bank_of = now.hh.bank[rows]
    for bank in banks:
        own = rows[bank_of == bank.number]
        bank.end_freeze(now, own)
        bank.freeze_sometimes(now)
        bank.process_queue(now, own)


def pay(now: Now, ministry: Ministry, banks: list[Bank], post: PosOffice) -> None:
    """Let what was ordered arrive, and the ministry order what is due through banks or the post office."""
    payments.start_budget_year(now)
    payments.credit_arrivals(now)
    days = np.array([bank.transfer(now) for bank in banks])
    if now.policy.delivery_channel == "cash_post":
        days[:] = post.transfer(now)
    ministry.order_payments(now, days)


def redeem(now: Now, ewarong: list[EWarong], post: PosOffice, places: AgentPlaces) -> None:
    """Let families collect: PKH as cash, Sembako through the channel in force."""
    collecting.load_accounts(now)
    channel = now.policy.delivery_channel
    comers, arrival = collecting.who_comes(now, now.hh.pkh_balance_idr)
    if channel == "cash_post":
        post.open_counters(now)
        post.serve(now, "pkh", comers[np.argsort(arrival)])
        comers, arrival = collecting.who_comes(now, now.hh.sembako_balance_idr)
        post.serve(now, "sembako", comers[np.argsort(arrival)])
        return
    now.apply(
        collecting.withdraw_cash,
        rows=comers,
        balance_idr=now.hh.pkh_balance_idr,
        received_idr=now.hh.cash_received_idr,
        collected=now.hh.pkh_collected,
        idle_stages=now.hh.pkh_idle_stages,
        fee_share=0.0,
        fee_idr=0,
        instead_of_goods=False,
    )
    if channel == "in_kind":
        collecting.share_rice(now)
    else:
        _visit_agents(now, ewarong, places)


class AgentPlaces:
    """How far families are from the agents nearest to them, looked up for all on the list when one needs to know."""

    def __init__(self, ewarong: list[EWarong], rows: int, considered: int) -> None:
        self.tree = cKDTree(np.array([[agent.x_km, agent.y_km] for agent in ewarong]))
        self.considered = min(considered, len(ewarong))
        self.nearest = np.full((rows, self.considered), -1, np.int32)
        self.minutes = np.zeros((rows, self.considered))
        self.asked = np.zeros(rows, bool)
        """Who has come to an agent since these agents are there."""

    def look_up(self, now: Now, rows: np.ndarray) -> None:
        """Find the nearest agents of ``rows``, and the minutes to get there, unless they are known.

        All others on the list look around with the first of them: a search takes as long for one as for a hundred.
        """
        self.asked[rows] = True
        if (self.nearest[rows, 0] >= 0).all():
            return
        on_list = now.hh.in_sembako | (now.hh.sembako_balance_idr > 0)
        new = np.flatnonzero(on_list & (self.nearest[: now.hh.rows, 0] < 0))
        points = np.column_stack([now.hh.x_km[new], now.hh.y_km[new]]).astype(float)
        km, nearest = self.tree.query(points, k=range(1, self.considered + 1))
        self.nearest[new] = nearest
        self.minutes[new] = travel_minutes(now, new, km)


def travel_minutes(now: Now, rows: np.ndarray, km: np.ndarray) -> np.ndarray:
    """Return the minutes on the way: on foot to near places, by motorcycle to far ones, a few minutes in any case."""
    assumptions = now.assumptions
    road = km * assumptions.travel_detour_factor
    luck = uniform_lanes(now.seed, int(Luck.AGENT_CHOICE), 0, now.hh.luck_id[rows], 1)[0][:, None]
    walks = luck < np.exp(-km / assumptions.walk_decay_km)
    speed = np.where(walks, assumptions.walk_km_per_hour, assumptions.motorcycle_km_per_hour)
    return assumptions.travel_fixed_minutes + 60 * road / speed


def _visit_agents(now: Now, ewarong: list[EWarong], places: AgentPlaces) -> None:
    """Let families choose an agent, and every agent open and serve its queue."""
    comers, arrival = collecting.who_comes(now, now.hh.sembako_balance_idr)
    places.look_up(now, comers)
    chosen = now.apply(
        collecting.choose_agents,
        rows=comers,
        luck=now.lanes_of(Luck.AGENT_CHOICE, comers),
        nearest=places.nearest,
        minutes=places.minutes,
        agent_queue=np.array([agent.queue_last for agent in ewarong]),
        agent_value=np.array([agent.value_last for agent in ewarong]),
        agent_bad_quality=np.array([_bad_quality(agent, now) for agent in ewarong]),
    )
    customers = np.zeros(len(ewarong), np.int64)
    queue_place = now.apply(collecting.queue_up, chosen=chosen, arrival_order=np.argsort(arrival), customers=customers)
    package = int(now.hh.sembako_balance_idr[comers].mean()) if comers.size else 0
    luck = uniform_lanes(now.seed, int(Luck.AGENT_MONTH), now.month, np.arange(len(ewarong), dtype=np.uint32)).tolist()
    for agent, came, opening_luck in zip(ewarong, customers.tolist(), luck[0], strict=True):
        agent.open(now, came, opening_luck, package)
    if now.policy.delivery_channel == "ewarong":
        _sell(now, ewarong, comers, chosen, queue_place)
    else:
        for agent in ewarong:
            agent.pay_out(now, comers[(chosen == agent.number) & (queue_place < agent.served)])
    for agent, finding_luck in zip(ewarong, luck[1], strict=True):
        agent.end_month(now, finding_luck)
    now.tally.add("sembako_spent_idr", sum(agent.sales_idr for agent in ewarong))
    now.tally.add("sembako_value_idr", sum(agent.value_idr for agent in ewarong))


def _sell(now: Now, ewarong: list[EWarong], rows: np.ndarray, chosen: np.ndarray, queue_place: np.ndarray) -> None:
    """Let every agent sell goods to its part of the queue, on its own terms."""
    paid, received, shorted = now.apply(
        collecting.sell_goods,
        rows=rows,
        chosen=chosen,
        queue_place=queue_place,
        luck=now.lanes_of(Luck.TRANSACTION, rows),
        served=np.array([agent.served for agent in ewarong]),
        unhurried=np.array([agent.unhurried for agent in ewarong]),
        short_depth=np.array([agent.short_depth for agent in ewarong]),
        short_frequency=np.array([agent.short_frequency for agent in ewarong]),
        bad_quality_share=np.array([_bad_quality(agent, now) for agent in ewarong]),
        inspected=np.array([agent.inspected for agent in ewarong]),
    )
    for agent, *sold in zip(ewarong, paid.tolist(), received.tolist(), shorted.tolist(), strict=True):
        agent.sales_idr, agent.value_idr, agent.shorted = sold


def _bad_quality(agent: EWarong, now: Now) -> float:
    return now.assumptions.bad_quality_share_tied if agent.tied else now.assumptions.bad_quality_share_independent


def accompany(now: Now, pendamping: list[Pendamping], office: SocialOffice) -> None:
    """Let every pendamping on duty spend its hours, and operators and TKSK help who has no pendamping."""
    numbers = np.array([agent.number for agent in pendamping], np.uint32)
    luck = uniform_lanes(now.seed, int(Luck.STAFF), now.month, numbers)[0]
    for agent, chance in zip(pendamping, luck.tolist(), strict=True):
        if agent.on_duty(now.month):
            agent.consider_leaving(now, chance)
    on_duty = [agent for agent in pendamping if agent.on_duty(now.month)]
    works, in_trouble = _workloads(now, pendamping, office)
    for agent in on_duty:
        agent.plan_month(now, works[agent.number])
    if on_duty:
        _go_round(now, on_duty, len(pendamping))
        _meet_unlisted(now, on_duty)
    now.tally.add("home_visits", sum(agent.visits for agent in on_duty))
    office.finish_campaign(now, [agent.share.campaign * works[agent.number].campaign_families for agent in on_duty])
    helped = [_seen_to(agent, in_trouble[agent.number]) for agent in on_duty]
    office.repair_payments(now, np.concatenate([*helped, office.help_sembako_families(now)]))


def _go_round(now: Now, on_duty: list[Pendamping], posts: int) -> None:
    """Let those on duty do their rounds, and renew the records of the families that they visit."""
    shares = np.zeros((3, posts))
    for agent in on_duty:
        share = agent.share
        shares[:, agent.number] = share.verification, share.sessions, share.payment
    rows = now.rows("pkh")
    attended, settled = now.apply(
        do_rounds,
        rows=rows,
        luck=now.lanes_of(Luck.SESSIONS, rows),
        verified_share=shares[0],
        session_share=shares[1],
        handled_share=shares[2],
    )
    now.tally.add("complaints_settled", settled)
    for agent, came in zip(on_duty, attended[[agent.number for agent in on_duty]].tolist(), strict=True):
        agent.end_month(now, came)
    _visit_homes(now, on_duty)


def _visit_homes(now: Now, on_duty: list[Pendamping]) -> None:
    """Let those on duty visit whom they have not seen for longest, and put their records right as well as they can."""
    visits = np.array([agent.visits for agent in on_duty])
    chosen = now.apply(
        choose_for_visits,
        rows=np.concatenate([agent.caseload for agent in on_duty]),
        start=np.cumsum([0, *(agent.families for agent in on_duty)]),
        visits=visits,
    )
    quality = np.array([agent.visit_quality(now.assumptions) for agent in on_duty])
    visit(now, chosen, known=True, quality=np.repeat(quality, visits))


def _meet_unlisted(now: Now, on_duty: list[Pendamping]) -> None:
    """Let those with time to spare write down poor-looking families without a record whom they meet on the way."""
    places = now.places
    wanted = np.zeros(places.kecamatan_of_kelurahan.size, np.int64)
    for agent in on_duty:
        if agent.families:
            wanted[now.hh.kelurahan[agent.caseload[0]]] += agent.unlisted_met(now)
    unlisted = now.apply(
        meet_unlisted,
        wanted=wanted,
        route=places.route,
        route_key=places.route_key,
        route_start=places.route_start,
        seems_poor=who_seems_poor(now),
    )
    propose_on_sight(now, unlisted)


def _seen_to(agent: Pendamping, in_trouble: np.ndarray) -> np.ndarray:
    """Return the families with a failed payment that the pendamping's hours reach."""
    return in_trouble[: math.ceil(agent.share.payment * in_trouble.size)]


def _workloads(
    now: Now, pendamping: list[Pendamping], office: SocialOffice
) -> tuple[dict[int, Workload], dict[int, np.ndarray]]:
    """Share the families out among those on duty; return what each finds to do, and whose payments failed."""
    on_duty = [agent for agent in pendamping if agent.on_duty(now.month)]
    rows = office.families_by_place(now)
    start = assign_caseloads(now, rows, np.array([agent.on_duty(now.month) for agent in pendamping], bool))
    if not on_duty:
        return {}, {}
    failed = now.apply(find_failed)
    complaint_open = now.hh.complaint_month > now.hh.complaint_handled_month
    counts = now.apply(
        count_work, rows=now.rows("pkh"), posts=len(pendamping), failed=failed, complaint_open=complaint_open
    )
    failures, complaints, places = (count.tolist() for count in counts)
    works, in_trouble = {}, {}
    for agent, to_check in zip(on_duty, office.run_campaign(now, on_duty), strict=True):
        number = agent.number
        agent.caseload = rows[start[number] : start[number + 1]]
        in_trouble[number] = agent.caseload[failed[agent.caseload]]
        spread = 1 + (places[number] - 1) * min(now.scale, 1.0)
        works[number] = Workload(agent.caseload.size, failures[number], complaints[number], spread, to_check)
    return works, in_trouble
