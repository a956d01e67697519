"""A family as an agent: an object with plain attributes."""

import mesa

from simulation.households import COLUMN, COLUMNS

from .assisted import Assisted, Claim
from .living import Living
from .recorded import Recorded

CLAIM = (
    "stage",
    "months_late",
    "waiting_months",
    "waiting_idr",
    "returned_idr",
    "credited_idr",
    "balance_idr",
    "collected",
    "idle_stages",
)
CLAIMED = {f"{programme}_{name}": (programme, name) for programme in ("pkh", "sembako") for name in CLAIM}
OWN = tuple(column.name for column in COLUMNS if column.name not in CLAIMED)
"""What a family keeps itself; the rest belongs to its claims on the programmes."""


class RefHousehold(Living, Recorded, Assisted, mesa.Agent):
    """One family.

    Attributes
    ----------
    row : its place in the columns of the fast program. neighbourhood : its RT. shops : the e-warong it considers.
    pkh, sembako : its claims, None for a family that never had one.
    """

    __slots__ = (*OWN, "neighbourhood", "pkh", "row", "sembako", "shops")

    def __init__(self, model, row: int, values: dict[str, object]) -> None:
        super().__init__(model)
        self.row = row
        for name in OWN:
            setattr(self, name, values[name])
        self.neighbourhood = model.neighbourhoods[self.rt]
        self.shops = None
        self.pkh = claim_of("pkh", values, self.in_pkh or self.suspended or self.suspended_stages > 0)
        self.sembako = claim_of("sembako", values, self.in_sembako)

    def enrol(self, programme: str, month: int) -> None:
        """Enter the list of a programme."""
        setattr(self, f"in_{programme}", True)
        setattr(self, f"{programme}_since", month)
        if getattr(self, programme) is None:
            setattr(self, programme, Claim())

    def value(self, name: str) -> object:
        """Return what the fast program keeps in a column."""
        if name not in CLAIMED:
            return getattr(self, name)
        programme, attribute = CLAIMED[name]
        claim = getattr(self, programme)
        return COLUMN[name].initial if claim is None else getattr(claim, attribute)


def claim_of(programme: str, values: dict[str, object], enrolled: bool) -> Claim | None:
    """Return the claim that the starting state describes, None where there is nothing to it."""
    kept = {name: values[f"{programme}_{name}"] for name in CLAIM}
    if not enrolled and not any(kept.values()):
        return None
    claim = Claim()
    for name, value in kept.items():
        setattr(claim, name, value)
    return claim
