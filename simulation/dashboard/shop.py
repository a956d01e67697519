"""What all who have the page open share: the baseline, the desk, and how many replicates a question gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulation.dashboard.desk import Desk, Job, Question
from simulation.dashboard.links import UPLOADED, Address, chosen_plan, written
from simulation.dashboard.lives import Wish
from simulation.dashboard.shelf import Shelf
from simulation.parameters import LEVERS
from simulation.plan import Plan

QUICK_SCALE = 0.1
"""The share of the city that gives the first answer."""

_open: list[Shop] = []


@dataclass(frozen=True)
class Shop:
    """One baseline served to everybody; nothing in it belongs to one visitor."""

    baseline: Plan
    desk: Desk
    replicates: int
    shelf: Shelf = Shelf()

    def question(self, address: Address) -> Question:
        """Return the question that an address asks."""
        chosen = chosen_plan(self.baseline, address) or self.baseline
        last = address.seed + self.replicates
        seeds = tuple(seed % 2**32 for seed in range(address.seed, last))
        return Question(self.baseline, chosen, seeds, self.quick_scale)

    def question_of(self, address: Address, plans: Sequence[Plan]) -> Question:
        """Return the question what some plans change against the baseline, on the seeds of an address."""
        chosen, *others = plans
        return replace(self.question(address), chosen=chosen, others=tuple(others))

    def wish(self, address: Address) -> Wish:
        """Return whose life an address asks for, in the small city and with the first seed."""
        question = self.question(address)
        return Wish(*question.quick(), address.status, address.family)

    @property
    def quick_scale(self) -> float:
        """The share of the city in first answers."""
        return min(QUICK_SCALE, self.baseline.scale)

    def warm_up(self) -> Job:
        """Let the desk run the baseline of the usual seeds in the time when nobody waits."""
        return self.desk.ask(self.question(Address(seed=self.baseline.seed)), patient=True)

    def commands(self, address: Address) -> str:
        """Return the commands that repeat the first replicate of the baseline and of the choice."""
        frame = self.command(self.baseline.name, address)
        sets = "".join(f" --set policy.{key}={written(address.sets[key])}" for key in LEVERS if key in address.sets)
        return f"{frame}\n{frame}{sets}" if sets else frame

    def command(self, scenario: str, address: Address) -> str:
        """Return the command that repeats the first replicate of a scenario."""
        plan = self.baseline
        name = f"{scenario.removeprefix(UPLOADED)}.toml" if scenario.startswith(UPLOADED) else scenario
        said = f"salur run {name} --seed {address.seed} --set population.seed={plan.city_seed}"
        said += f" --scale {plan.scale:g}" if plan.scale != 1 else ""
        return said + (f" --months {plan.months}" if plan.months != 60 or scenario != plan.name else "")


def open_shop(shop: Shop) -> None:
    """Let the page find its shop."""
    _open[:] = [shop]


def the_shop() -> Shop:
    """Return the shop that is open in this process."""
    return _open[0]
