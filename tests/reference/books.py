"""The books of one programme, kept apart from those of the fast program."""


class Books:
    """What was released, and where it is: paid, waiting, returned or forfeited."""

    def __init__(self, begun_with) -> None:
        self.allocated_idr = begun_with.allocated_idr
        self.paid_idr = begun_with.paid_idr
        self.waiting_idr = begun_with.waiting_idr
        self.returned_idr = begun_with.returned_idr
        self.forfeited_idr = begun_with.forfeited_idr

    def release(self, idr: int) -> None:
        self.allocated_idr += idr
        self.waiting_idr += idr

    def credit(self, idr: int) -> None:
        self.waiting_idr -= idr
        self.paid_idr += idr

    def fail(self, idr: int) -> None:
        self.waiting_idr -= idr
        self.returned_idr += idr

    def repair(self, idr: int) -> None:
        self.returned_idr -= idr
        self.waiting_idr += idr

    def forfeit_returned(self, idr: int) -> None:
        self.returned_idr -= idr
        self.forfeited_idr += idr

    def forfeit_paid(self, idr: int) -> None:
        self.paid_idr -= idr
        self.forfeited_idr += idr
