"""Every rupiah, by programme: what was released, and where it is now.

Each account is moved by an event of its own and none is the remainder of the others, so a rupiah that is lost shows as
an imbalance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PROGRAMMES = ("pkh", "sembako", "empowerment", "emergency", "operations")
ACCOUNTS = ("allocated_idr", "paid_idr", "waiting_idr", "returned_idr", "forfeited_idr")


@dataclass(slots=True)
class Account:
    """The books of one programme, in whole rupiah since the run began.

    ``allocated``: released for orders. ``paid``: credited to a usable account, or handed over. ``waiting``: ordered and
    not yet credited. ``returned``: failed, waiting for repair. ``forfeited``: paid back to the treasury.
    """

    allocated_idr: int = 0
    paid_idr: int = 0
    waiting_idr: int = 0
    returned_idr: int = 0
    forfeited_idr: int = 0

    def release(self, amount: int) -> None:
        """Release money for new orders; it waits until it is credited."""
        self.allocated_idr += int(amount)
        self.waiting_idr += int(amount)

    def credit(self, amount: int) -> None:
        """Credit ordered money to the families' accounts."""
        self.waiting_idr -= int(amount)
        self.paid_idr += int(amount)

    def fail(self, amount: int) -> None:
        """Take back an order that could not be credited."""
        self.waiting_idr -= int(amount)
        self.returned_idr += int(amount)

    def repair(self, amount: int) -> None:
        """Order failed money again."""
        self.returned_idr -= int(amount)
        self.waiting_idr += int(amount)

    def forfeit_returned(self, amount: int) -> None:
        """Pay failed money back to the treasury at the end of the budget year."""
        self.returned_idr -= int(amount)
        self.forfeited_idr += int(amount)

    def forfeit_paid(self, amount: int) -> None:
        """Take untouched money back from accounts."""
        self.paid_idr -= int(amount)
        self.forfeited_idr += int(amount)

    def row(self) -> dict[str, int]:
        """Return the five accounts by name."""
        return {name: getattr(self, name) for name in ACCOUNTS}

    def balanced(self) -> bool:
        """Tell whether all that was released is accounted for."""
        return self.allocated_idr == self.paid_idr + self.waiting_idr + self.returned_idr + self.forfeited_idr


@dataclass(slots=True)
class Ledger:
    """The books of all programmes."""

    pkh: Account = field(default_factory=Account)
    sembako: Account = field(default_factory=Account)
    empowerment: Account = field(default_factory=Account)
    emergency: Account = field(default_factory=Account)
    operations: Account = field(default_factory=Account)

    def rows(self) -> list[dict[str, object]]:
        """Return a row for each programme."""
        return [{"programme": name, **getattr(self, name).row()} for name in PROGRAMMES]

    def reopened(self, on_accounts_idr: Mapping[str, int]) -> Ledger:
        """Return books that begin with what is still open: what waits, what failed, and what stands on accounts.

        ``on_accounts_idr`` is the money of each programme that families have not collected; it may yet be taken back.
        """
        fresh = Ledger()
        for name in PROGRAMMES:
            old, new = getattr(self, name), getattr(fresh, name)
            new.paid_idr = on_accounts_idr.get(name, 0)
            new.waiting_idr, new.returned_idr = old.waiting_idr, old.returned_idr
            new.allocated_idr = new.paid_idr + new.waiting_idr + new.returned_idr
        return fresh
