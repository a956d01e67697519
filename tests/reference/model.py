"""The month told slowly: one Mesa agent for every family, plain loops, plain attributes.

It is the oracle of the fast program (``tests/test_oracle.py``): begun from the same starting state and fed the same
draws, it must come to the same state after any number of months. And it is what the benchmark compares the fast
program with: what a Mesa modeller would write, with ``shuffle_do`` for what families do and reporters that loop.

Left unoptimised on purpose: families are objects and are visited in a new order in each of the six to eight parts of
the month (draws are keyed by family, so the order does not matter); offices find families by looping over all of them;
every reporter makes a loop of its own; a family measures the way to every e-warong, once. Not slowed down: families use
``__slots__``; draws are made for all families at once and read as plain floats; chances that are the same for everybody
are worked out once a month; a family without a claim on a programme is passed over; a bank or facilitator keeps a list
of its own families.

Everything is told again but families from microdata, which the fast program does not know yet either.
"""

import math
from collections import Counter

import mesa
import numpy as np

from simulation.city.synthesis import synthesise
from simulation.geography import KELURAHAN
from simulation.households import COLUMNS
from simulation.parameters import PARAMETERS

from .books import Books
from .counters import RefBank, RefEWarong, RefPost
from .draws import Draws
from .household import RefHousehold
from .living import Rates
from .ministry import RefMinistry
from .offices import RefSocialOffice
from .posting import nearest_agents, place_ewarong, post_pendamping, share_out_caseloads
from .recorded import Neighbourhood
from .reporters import REPORTERS
from .rice import share_rice

NAMES = [column.name for column in COLUMNS]


class ReferenceModel(mesa.Model):
    """The city under one plan.

    Parameters
    ----------
    plan : the scenario. start : the state to begin with.

    Attributes
    ----------
    month, date, policy, line_idr : of the month that is lived.
    draws, rates, counts : its luck, its chances, what happens in it.
    by_row : the families in the order of their rows, None where nobody has come yet.
    routes : the rows of each kelurahan in the order of a walk through it. route_keys : what orders them, RT and luck.
    """

    def __init__(self, plan, start) -> None:
        super().__init__(rng=plan.seed)
        assert plan.microdata is None, "the slow program begins with any families but builds none from a survey"
        self.plan, self.assumptions, self.month = plan, plan.assumptions, 0
        self.welfare_map = _read_map(start.welfare_map)
        self.habits = start.habits
        self.kelurahan_names = [place.name for place in KELURAHAN]
        self.counts = Counter()
        self.ledger = {name: Books(account) for name, account in _accounts(start.ledger)}
        self._settle(start)
        self.ministry = RefMinistry(self, start.standing)
        self.social_office = RefSocialOffice(self, start.standing)
        self.post = RefPost(self)
        self.banks = []
        for number, name in enumerate(("bri", "bni", "mandiri", "btn")):
            bank = RefBank(
                self, number, plan.assumptions[f"bank_share_{name}"], self.habit("bank_frozen_until", number, -9999)
            )
            self.banks.append(bank)
        for family in self.households:
            self.banks[family.bank].customers.append(family)
        self.pendamping, self.ewarong = [], []
        self.package_idr = 0
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def _settle(self, start) -> None:
        """Make the families of the starting state, and remember who will move in when there is room."""
        coming = _families_to_come(self.plan, start)
        self.luck_ids = np.concatenate([start.hh.luck_id, coming.luck_id])
        self.rows = self.luck_ids.size
        rt = np.concatenate([start.hh.rt, coming.rt]).tolist()
        kelurahan = np.concatenate([start.hh.kelurahan, coming.kelurahan]).tolist()
        self.doors = [*zip(start.hh.x_km.tolist(), start.hh.y_km.tolist(), strict=True)]
        self.doors += zip(coming.x_km.tolist(), coming.y_km.tolist(), strict=True)
        self.neighbourhoods = [Neighbourhood() for _ in range(max(rt) + 1)]
        self.routes = [[] for _ in KELURAHAN]
        self.route_keys = [[] for _ in KELURAHAN]
        for row in sorted(range(self.rows), key=lambda row: (rt[row], self.luck_ids[row])):
            self.routes[kelurahan[row]].append(row)
            self.route_keys[kelurahan[row]].append(rt[row] << 32 | int(self.luck_ids[row]))
        self.by_row = [None] * self.rows
        for row, values in enumerate(_rows(start.hh)):
            self.by_row[row] = RefHousehold(self, row, values)
        self.to_come = iter(enumerate(_rows(coming), start=start.hh.rows))
        self.entitlement_of_newcomers = 0

    @property
    def households(self):
        return self.agents_by_type[RefHousehold]

    def habit(self, name: str, number: int, otherwise):
        """Return what an agent carries over from the years before the start."""
        known = self.habits.get(name, ())
        return known[number].item() if number < len(known) else otherwise

    def is_due(self, interval: int) -> bool:
        return self.date.count % interval == 0

    def whole(self, per_month: float) -> int:
        """Return a monthly number in whole units that add up over the months to the fractional ones."""
        return math.floor((self.date.count + 1) * per_month) - math.floor(self.date.count * per_month)

    def nearest_agents(self, family) -> list:
        return nearest_agents(self, family)

    def step(self) -> None:
        """Live one month, in the order in which it happens."""
        self.begin_month()
        households = self.households
        households.shuffle_do("grow")
        self.welcome_newcomers()
        households.shuffle_do("step")
        self.social_office.prepare_register()
        households.shuffle_do("deal_with_registry")
        self.social_office.keep_register()
        if self.is_due(self.policy.registry_update_interval_months):
            self.decree()
        self.pay()
        self.redeem()
        self.accompany()
        households.shuffle_do("use")
        self.social_office.send_aid()
        self.social_office.give_places()
        self.social_office.close_books()
        self.datacollector.collect(self)
        self.month += 1
        self.running = self.month < self.plan.months

    def begin_month(self) -> None:
        self.date = self.plan.start.plus(self.month)
        self.policy = self.plan.policy_in(self.month)
        self.line_idr = poverty_line_idr(self.date, self.assumptions)
        self.draws = Draws(self.plan.seed, self.month, self.luck_ids)
        self.rates = Rates(self)
        self.counts.clear()
        self.paid_before = {name: books.paid_idr for name, books in self.ledger.items()}
        for neighbourhood in self.neighbourhoods:
            neighbourhood.forget()
        post_pendamping(self)
        place_ewarong(self)

    def welcome_newcomers(self) -> None:
        """Let families move in for those who left, and for the city's growth."""
        a = self.assumptions
        wanted = round(a.families_start * self.plan.scale * (1 + a.families_growth_per_year) ** (self.month / 12))
        for _ in range(wanted - sum(family.active for family in self.households)):
            row, values = next(self.to_come)
            family = self.by_row[row] = RefHousehold(self, row, values)
            family.active = True
            family.arrived_month = self.month
            family.pkh_entitlement_idr = self.entitlement_of_newcomers
            self.banks[family.bank].customers.append(family)

    def decree(self) -> None:
        """Have the lists made anew; families who move in later find their entry in the files blank."""
        self.ministry.decree()
        a = self.assumptions
        mean = round(a.pkh_mean_entitlement_idr_per_year * a.pkh_payment_scale)
        self.entitlement_of_newcomers = mean if self.ministry.knows_all else 0

    def pay(self) -> None:
        """Let banks work off their queues, orders arrive, and the ministry order what is due."""
        for bank in self.banks:
            bank.step()
        by_post = self.policy.delivery_channel == "cash_post"
        self.bank_days = [self.post.days() if by_post else bank.days for bank in self.banks]
        self.ministry.announce_payments()
        self.households.shuffle_do("expect_payment")
        self.ministry.fund_payments()

    def redeem(self) -> None:
        """Let families collect: cash from bank or post, goods at an e-warong, rice in the neighbourhood."""
        self.social_office.inspect()
        for agent in self.ewarong:
            agent.be_known()
        self.households.shuffle_do("collect")
        self.ministry.close_year()
        channel = self.policy.delivery_channel
        if channel == "cash_post":
            self.post.step()
        elif channel == "in_kind":
            share_rice(self)
        else:
            carried = [family.sembako.balance_idr for agent in self.ewarong for _, family in agent.queue]
            self.package_idr = int(sum(carried) / len(carried)) if carried else 0
            self.agents_by_type[RefEWarong].shuffle_do("step")

    def accompany(self) -> None:
        """Let every pendamping on duty spend its hours, and operators and TKSK help who has no pendamping."""
        for agent in self.pendamping:
            agent.consider_leaving()
        on_duty = [agent for agent in self.pendamping if agent.on_duty]
        self.social_office.plan_campaign(on_duty)
        share_out_caseloads(self, on_duty)
        for family in self.households:
            family.verified = False
        for agent in on_duty:
            agent.step()
        helped, wanted = [], Counter()
        for agent in on_duty:
            helped += agent.families_to_help()
            if agent.caseload:
                wanted[agent.caseload[0].kelurahan] += agent.families_to_meet()
        for agent in on_duty:
            agent.write_down()
        self.social_office.meet_unlisted(wanted)
        self.social_office.finish_campaign(on_duty)
        for family in helped + self.social_office.help_others():
            family.be_repaired()


def poverty_line_idr(date, assumptions) -> float:
    """Return the poverty line of a month, rupiah a person: published each March, interpolated between."""
    years = date.year + (date.number - 3) / 12
    lines = {year: PARAMETERS[f"poverty_line_idr_{year}_03"].default for year in (2023, 2024, 2025)}
    growth = 1 + assumptions.poverty_line_growth_per_year
    if years >= 2025:
        return lines[2025] * growth ** (years - 2025)
    if years < 2023:
        return lines[2023] * growth ** (years - 2023)
    year = int(years)
    return lines[year] * (lines[year + 1] / lines[year]) ** (years - year)


def _families_to_come(plan, start):
    """Return who may move in within the months of the run; their doors are on the routes from the first day."""
    a = plan.assumptions
    families = a.families_start * plan.scale * (1 + a.families_growth_per_year) ** 8
    yearly = a.turnover_per_year + a.families_growth_per_year + 0.01
    count = int(families * yearly * plan.months / 12 * 1.2 + 6 * math.sqrt(families) + 20)
    first = start.standing.next_luck_id
    return synthesise(np.arange(first, first + count, dtype=np.uint32), start.residents, plan.city_seed, a)


def _rows(hh):
    """Return an iterator over families, each a dictionary of its columns."""
    columns = [hh[name].tolist() for name in NAMES]
    return (dict(zip(NAMES, values, strict=True)) for values in zip(*columns, strict=True))


def _read_map(welfare_map) -> tuple:
    one = welfare_map
    return one.table_start, one.table_step, one.rank_table.tolist(), one.log_quantile_table.tolist()


def _accounts(ledger):
    return ((name, getattr(ledger, name)) for name in ("pkh", "sembako", "empowerment", "emergency", "operations"))
