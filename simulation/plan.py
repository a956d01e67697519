"""The plan of a run: every setting resolved, checked and frozen, month by month."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from simulation.clock import Month
from simulation.errors import InputError, nearest
from simulation.geography import kelurahan_names
from simulation.microdata.layout import TAKEN, SurveySource
from simulation.parameters import ASSUMPTIONS, LEVERS, PARAMETERS, Disaster, Text
from simulation.settings import Settings, check_setting, full_name

MOST_COPIES = 250
"""How many families a household of a survey may stand for; beyond, the city is larger than its survey can bear."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the author of a scenario expects of one measure against the scenario it extends: ``+``, ``-`` or ``0``."""

    measure: str
    sign: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a run; two equal plans give the same numbers.

    ``opening`` is the policy at the start, ``dated`` what later months change. ``changes`` holds, for each month of the
    run in which something changes, the whole policy from then on; ``notes`` says which changes the run leaves out.
    """

    name: str
    title: Text
    question: Text
    start: Month
    months: int
    seed: int
    scale: float
    microdata: SurveySource | None
    assumptions: Settings
    opening: Settings
    dated: tuple[tuple[Month, Settings], ...] = ()
    population_seed: int | None = None
    expects: tuple[Expectation, ...] = ()
    declared_months: int = 0
    changes: tuple[tuple[int, Settings], ...] = field(init=False)
    notes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "declared_months", max(self.declared_months, self.months))
        object.__setattr__(self, "changes", tuple(_timeline(self)))
        object.__setattr__(self, "notes", tuple(_notes(self)))

    @property
    def city_seed(self) -> int:
        """Return the seed of the city and its history: that of the run, unless the population has one of its own."""
        return self.seed if self.population_seed is None else self.population_seed

    def history(self) -> Plan:
        """Return the plan of the years before the first month: the same city under the baseline, one month reported."""
        baseline = Settings({key: lever.default for key, lever in LEVERS.items()})
        return dataclasses.replace(
            self, name="history", months=1, declared_months=1, seed=self.city_seed, opening=baseline, dated=()
        )

    def policy_in(self, month: int) -> Settings:
        """Return the policy in force in that month of the run; before the start the first one."""
        return self.changes[max(bisect_right(self.changes, month, key=itemgetter(0)) - 1, 0)][1]

    def with_(self, *, months: int | None = None, seed: int | None = None, scale: float | None = None) -> Plan:
        """Return the plan with another length, seed or scale."""
        given = {"run.months": months, "run.seed": seed, "population.scale": scale}
        return self.override({key: value for key, value in given.items() if value is not None}, self.name)

    def override(self, sets: Mapping[str, object], where: str = "--set") -> Plan:
        """Return the plan with settings such as ``policy.caseload_per_pendamping`` replaced in every month."""
        plan = self
        for full_key, value in sets.items():
            section, dot, key = full_key.partition(".")
            if not dot:
                raise InputError(f"{where}: '{full_key}' lacks its section; {full_name(full_key)}")
            _check_survey(plan, section, key, where)
            plan = _replaced(plan, section, key, check_setting(section, key, value, where))
        return plan.checked(where)

    def checked(self, where: str) -> Plan:
        """Return the plan itself; raise ``InputError`` where settings contradict each other."""
        for month, policy in self.changes:
            if policy.max_years_in_programme is not None and policy.targeting_method == "universal":
                raise InputError(
                    f"{where}: max_years_in_programme is {policy.max_years_in_programme} in {self.start.plus(month)}, "
                    "but targeting_method 'universal' admits everybody; set one of the two to its baseline."
                )
            for disaster in policy.disaster:
                _check_disaster(self, disaster, where)
        return self

    def check_size(self) -> None:
        """Raise ``InputError`` where each household of the survey would stand for very many families of the city."""
        families, survey = self.assumptions.families_start * self.scale, self.microdata
        if survey and families > MOST_COPIES * survey.complete:
            largest = MOST_COPIES * survey.complete / self.assumptions.families_start
            raise InputError(
                f"{self.name}: scale {self.scale:g} makes {families:,.0f} families out of {survey.complete:,} "
                f"households of {survey.name}, more than {MOST_COPIES} of each; the largest scale for it is "
                f"{largest:.3g}."
            )

    def to_dict(self) -> dict[str, object]:
        """Return all settings for a record, in a fixed order, ready for JSON."""
        frame = {key: getattr(self, key) for key in ("months", "declared_months", "seed")}
        return {
            "name": self.name,
            "title": dataclasses.asdict(self.title),
            "question": dataclasses.asdict(self.question),
            "expects": [dataclasses.asdict(one) for one in self.expects],
            "run": {"start": str(self.start)} | frame,
            "population": {
                "scale": self.scale,
                "microdata": self.microdata and self.microdata.to_dict(),
                "seed": self.population_seed,
            },
            "policy": _plain(self.opening, LEVERS),
            "change": [{"from": str(month)} | _plain(values, LEVERS) for month, values in self.dated],
            "assumptions": _plain(self.assumptions, ASSUMPTIONS),
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, record: Mapping) -> Plan:
        """Rebuild the plan that ``to_dict`` wrote."""
        run, population = record["run"], record["population"]
        dated = tuple(
            (Month.parse(one["from"]), _settings({key: one[key] for key in one if key != "from"}, record["name"]))
            for one in record["change"]
        )
        return cls(
            record["name"], Text(**record["title"]), Text(**record["question"]), Month.parse(run["start"]),
            run["months"], run["seed"], population["scale"],
            population["microdata"] and SurveySource.from_dict(population["microdata"]),
            _settings(record["assumptions"], record["name"]), _settings(record["policy"], record["name"]), dated,
            population["seed"], tuple(Expectation(**one) for one in record["expects"]), run["declared_months"],
        )


def _timeline(plan: Plan) -> Iterator[tuple[int, Settings]]:
    policies = {0: plan.opening}
    policy = plan.opening
    for month, values in plan.dated:
        policy = policy.replace(values)
        policies[max(month.minus(plan.start), 0)] = policy
    yield from ((month, one) for month, one in policies.items() if month < plan.months)


def _notes(plan: Plan) -> Iterator[str]:
    if plan.microdata:
        yield plan.microdata.describe()
    last = plan.start.plus(plan.months - 1)
    for month, values in plan.dated:
        what = f"The change of {', '.join(values)} in {month}"
        if month < plan.start:
            yield f"{what} lies before the start ({plan.start}) and holds from the first month."
        if month > last:
            yield f"{what} lies after the last month ({last}) and is left out."
    for disaster in dict.fromkeys(one for _, policy in plan.changes for one in policy.disaster):
        if disaster.month > str(last):
            yield f"The disaster of {disaster.month} in {disaster.kelurahan} lies after the last month ({last})."


def _check_survey(plan: Plan, section: str, key: str, where: str) -> None:
    """Refuse settings that a survey decides, or that decide how it is read."""
    if section == "population" and key in ("microdata", "columns", "survey"):
        raise InputError(f"{where}: {section}.{key} is read together with the scenario; set it when you load the file.")
    if section == "assumptions" and key in TAKEN and plan.microdata:
        raise InputError(f"{where}: {key} is what the survey {plan.microdata.name} says; leave it out.")


def _check_disaster(plan: Plan, disaster: Disaster, where: str) -> None:
    if disaster.kelurahan not in kelurahan_names():
        remedy = nearest(disaster.kelurahan, kelurahan_names()) or "; use the name of one of its 67 kelurahan."
        raise InputError(f"{where}: disaster.kelurahan '{disaster.kelurahan}' is not in the city{remedy}")
    month = Month.parse(disaster.month).minus(plan.start)
    if not 0 <= month < plan.declared_months:
        last = plan.start.plus(plan.declared_months - 1)
        raise InputError(
            f"{where}: disaster.month is {disaster.month}, but it must lie within the run, {plan.start} to {last}."
        )
    if month < plan.months and disaster not in plan.policy_in(month).disaster:
        raise InputError(
            f"{where}: the disaster of {disaster.month} in {disaster.kelurahan} is not set in that month; "
            "date the change of 'disaster' no later and end it no sooner."
        )


def _replaced(plan: Plan, section: str, key: str, value: object) -> Plan:
    if section == "policy":
        dated = ((month, Settings({k: v for k, v in one.items() if k != key})) for month, one in plan.dated)
        kept = tuple((month, one) for month, one in dated if one)
        return dataclasses.replace(plan, opening=plan.opening.replace({key: value}), dated=kept)
    if section == "assumptions":
        return dataclasses.replace(plan, assumptions=plan.assumptions.replace({key: value}))
    name = "population_seed" if (section, key) == ("population", "seed") else key
    return dataclasses.replace(plan, **{name: value})


def _plain(settings: Settings, order: Iterable[str]) -> dict[str, object]:
    return {key: _json_value(settings[key]) for key in order if key in settings}


def _json_value(value: object) -> object:
    return [dataclasses.asdict(one) for one in value] if isinstance(value, tuple) else value


def _settings(values: Mapping[str, object], where: str) -> Settings:
    return Settings({
        key: value if PARAMETERS[key].role == "constant" else PARAMETERS[key].check(value, where)
        for key, value in values.items()
    })
