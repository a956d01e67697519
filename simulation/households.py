"""The families of the city as columns: one row per family (one family card, KK), each column declared once.

A row is never deleted, reordered or reused: families that leave turn inactive, spare rows wait for newcomers. Inside a
run months are counted from its start; events before the start have negative months.

Who compares a column with an enumeration outside the rules takes ``int(Account.AKTIF)``: NumPy compares the number with
int8 at once, but the member by way of int64, thirty times as slowly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

NEVER = -30_000
"""The month of something that has not happened."""

SLOW_STEP_MONTHS = 6
"""Slow welfare moves in half-yearly steps, each family in its own months."""

LISTS = ("pkh", "sembako")
"""The programmes that keep a list of families; columns bear their names."""

COMPONENTS = ("pregnant", "young_children", "sd_pupils", "smp_pupils", "sma_pupils", "elderly", "disabled")
"""The seven groups that PKH pays for, in the order of every table of components."""


class Barred(IntEnum):
    """Why a rule keeps a family off the lists."""

    NO = 0
    NOT_FOUND = 1
    INELIGIBLE = 2


class Account(IntEnum):
    """The state of a family's account and card, named as SIKS-NG names them."""

    NONE = 0
    PROSES_BUREKOL = 1
    GAGAL_BUREKOL = 2
    MENUNGGU_KARTU = 3
    AKTIF = 4
    GAGAL_OMSPAN = 5
    DIBEKUKAN = 6
    KARTU_TIDAK_TERDISTRIBUSI = 7


class Stage(IntEnum):
    """What became of a family's last due payment of a programme."""

    NOTHING_DUE = 0
    ORDERED = 1
    ON_TIME = 2
    LATE = 3
    FAILED = 4
    UNFUNDED = 5
    NO_ACCOUNT = 6
    SUSPENDED = 7


class Exit(IntEnum):
    """Why a family last left a programme."""

    NONE = 0
    NATURAL = 1
    REMOVED = 2
    DEPARTED = 3
    TIME_LIMIT = 4
    OWN_WISH = 5
    EMPOWERED = 6
    DECILE = 7
    OUTRANKED = 8
    SANCTION = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, unit, meaning, and the one module that writes it once the city is built."""

    name: str
    dtype: type
    unit: str
    writer: str
    meaning: str
    initial: float = 0


def _columns(writer: str, *rows: tuple) -> tuple[Column, ...]:
    return tuple(Column(name, dtype, unit, writer, meaning, *rest) for name, dtype, unit, meaning, *rest in rows)


_F, _I8, _I16, _I32, _I64, _B = np.float64, np.int8, np.int16, np.int32, np.int64, np.bool_

COLUMNS: tuple[Column, ...] = (
    *_columns(
        "city",
        ("luck_id", np.uint32, "", "number that names the family's luck in every draw"),
        ("turn", _I8, "month", "which months of the half-year move the family's slow welfare"),
        ("kelurahan", _I16, "", "place in the table of kelurahan"),
        ("rt", _I16, "", "neighbourhood (rukun tetangga) of about a hundred families, nested in the kelurahan"),
        ("x_km", np.float32, "km", "east of the city centre"),
        ("y_km", np.float32, "km", "north of the city centre"),
        ("rt_seen", _F, "sd", "the neighbourhood's part of slow welfare that proxies see"),
        ("rt_unseen", _F, "sd", "the neighbourhood's part of slow welfare that proxies do not see"),
        ("self_view", _F, "sd", "second welfare concept: what neighbours see beside consumption"),
        ("record_error", _F, "sd", "the family's lasting error of enumeration: a fresh record repeats it"),
        ("formula_direction", _F, "sd", "where an outdated formula puts the family wrongly"),
        ("judgement_noise", _F, "sd", "where local judgement puts the family wrongly"),
        ("meeting_noise", _F, "sd", "where a meeting of the neighbourhood puts the family wrongly"),
        ("lottery", _F, "share", "the family's number in a lottery for places"),
        ("application_luck", _F, "share", "what it takes to make the family apply"),
        ("connected", _B, "", "kin of a formal leader"),
        ("bank", _I8, "", "bank that keeps the family's account"),
        ("idle_prone", _B, "", "seldom uses an account"),
        ("recordable", _I16, "bits", "components that reach the record when the family is visited, one bit each"),
    ),
    *_columns(
        "live",
        ("active", _B, "", "the family lives in the city"),
        ("departed_month", _I16, "month", "when the family left or dissolved", NEVER),
        ("arrived_month", _I16, "month", "when the family came or was formed", NEVER),
        ("size", _I8, "persons", "members"),
        ("pregnant", _I8, "months", "months until birth, 0 when nobody is pregnant"),
        ("young_children", _I8, "persons", "children from 0 to 6"),
        ("sd_pupils", _I8, "persons", "children of primary school age"),
        ("smp_pupils", _I8, "persons", "children of junior secondary age"),
        ("sma_pupils", _I8, "persons", "children of senior secondary age"),
        ("adults", _I8, "persons", "members from 19 to 59"),
        ("elderly", _I8, "persons", "members of 60 and more"),
        ("disabled", _I8, "persons", "severely disabled members, also counted by age"),
        ("own_seen", _F, "sd", "the family's own part of slow welfare that proxies see"),
        ("own_unseen", _F, "sd", "the family's own part of slow welfare that proxies do not see"),
        ("transitory", _F, "sd", "what passes within months"),
        ("out_of_work", _B, "", "the main earner has lost work"),
        ("better_work", _B, "", "a spell of better work"),
        ("ill_months", _I8, "months", "months of illness left"),
        ("seen_welfare", _F, "sd", "slow welfare that proxies see, neighbourhood included"),
        ("welfare_index", _F, "sd", "latent welfare of the month, standard normal in the city"),
        ("welfare_rank", _F, "share", "rank of the index among persons at the start"),
        ("disaster_months", _I8, "months", "months in which a disaster still lowers consumption"),
        ("damaged_month", _I16, "month", "when a disaster last made the address unfindable", NEVER),
        ("disaster_month", _I16, "month", "when a disaster last hit the family", NEVER),
        ("exogenous_log_consumption", _F, "log lines", "consumption a head without any programme, in poverty lines"),
        ("log_consumption", _F, "log lines", "consumption a head before transfers, in poverty lines"),
        ("consumption", _F, "lines", "consumption a head before transfers, in poverty lines"),
        ("consumption_year", _F, "lines", "the same, averaged over about a year", 1.0),
    ),
    *_columns(
        "register",
        ("listed", _B, "", "the registry holds a live record"),
        ("listed_month", _I16, "month", "since when", NEVER),
        ("record_score", _F, "sd", "seen welfare as the record has it"),
        ("record_month", _I16, "month", "when the record was last renewed", NEVER),
        ("nik_ok", _B, "", "the identity number matches the civil registry"),
        ("address_ok", _B, "", "the address can be found"),
        ("duplicate", _B, "", "a second record of the same family exists"),
        ("barred", _I8, "Barred", "the rule that keeps the family off the lists"),
        ("barred_month", _I16, "month", "since when, or when a proposal was last refused", NEVER),
        ("checked_month", _I16, "month", "last visit that verified the family", NEVER),
        *((f"recorded_{name}", _I8, "persons", f"{name.replace('_', ' ')} in the record") for name in COMPONENTS),
        ("proposal_month", _I16, "month", "when the family was proposed and not yet decided", NEVER),
        ("informed", _B, "", "knows its entitlement and how to apply"),
    ),
    *_columns(
        "select",
        ("in_pkh", _B, "", "on the PKH list"),
        ("in_sembako", _B, "", "on the Sembako list"),
        ("pkh_since", _I16, "month", "when PKH began", NEVER),
        ("sembako_since", _I16, "month", "when Sembako began", NEVER),
        ("exit_reason", _I8, "Exit", "why the family last left a programme"),
        ("exit_month", _I16, "month", "when", NEVER),
        ("away_until", _I16, "month", "no list takes the family before this month", NEVER),
        ("pkh_key", _F, "", "place in the queue for PKH at the last selection, smallest first", np.inf),
        ("sembako_key", _F, "", "place in the queue for Sembako at the last selection, smallest first", np.inf),
        ("score_at_selection", _F, "sd", "the record's score when the last list was made"),
        ("log_consumption_at_selection", _F, "log lines", "true consumption when the last list was made", np.inf),
        ("pkh_entitlement_idr", _I64, "Rp/year", "what PKH owes by the record"),
    ),
    *_columns(
        "open_accounts",
        ("account", _I8, "Account", "state of account and card"),
        ("account_month", _I16, "month", "since when", NEVER),
        ("matched_month", _I16, "month", "when name and identity number last agreed with the bank", NEVER),
    ),
    *_columns(
        "pay",
        ("suspended_stages", _I8, "stages", "suspended payments in a row"),
        ("suspended", _B, "", "PKH is suspended for missed conditions"),
        ("pkh_stage", _I8, "Stage", "what became of the last due PKH payment"),
        ("sembako_stage", _I8, "Stage", "what became of the last due Sembako payment"),
        ("pkh_months_late", _I8, "months", "delay of the last due PKH payment"),
        ("sembako_months_late", _I8, "months", "delay of the last due Sembako payment"),
        ("pkh_waiting_months", _I8, "months", "until the PKH order is credited"),
        ("sembako_waiting_months", _I8, "months", "until the Sembako order is credited"),
        ("pkh_waiting_idr", _I64, "Rp", "PKH ordered and not yet credited"),
        ("sembako_waiting_idr", _I64, "Rp", "Sembako ordered and not yet credited"),
        ("pkh_returned_idr", _I64, "Rp", "PKH that failed and waits for repair"),
        ("sembako_returned_idr", _I64, "Rp", "Sembako that failed and waits for repair"),
        ("pkh_credited_idr", _I64, "Rp", "PKH credited this month"),
        ("sembako_credited_idr", _I64, "Rp", "Sembako credited this month"),
    ),
    *_columns(
        "redeem",
        ("pkh_balance_idr", _I64, "Rp", "PKH money on the account"),
        ("sembako_balance_idr", _I64, "Rp", "Sembako money on the card"),
        ("pkh_idle_stages", _I8, "stages", "PKH payments in a row that stayed untouched"),
        ("sembako_idle_stages", _I8, "stages", "Sembako payments in a row that stayed untouched"),
        ("pkh_collected", _B, "", "the last credited PKH payment has been collected"),
        ("sembako_collected", _B, "", "the last credited Sembako payment has been collected"),
        ("sembako_value_share", _F, "share", "value received for each rupiah of the last transaction", 1.0),
        ("agent", _I32, "", "e-warong of the last transaction", -1),
        ("long_wait", _B, "", "waited for more than an hour"),
        ("bad_quality", _B, "", "goods of poor quality at the last transaction"),
        ("cash_received_idr", _I64, "Rp", "PKH in hand this month"),
        ("goods_received_idr", _I64, "Rp", "value of Sembako received this month, in goods or in cash"),
    ),
    *_columns(
        "accompany",
        ("pendamping", _I16, "", "PKH facilitator who serves the family", -1),
        ("visited_month", _I16, "month", "last home visit", NEVER),
        ("session_month", _I16, "month", "last group session attended", NEVER),
        ("complaint_handled_month", _I16, "month", "when the last complaint was handled", NEVER),
        ("verified", _B, "", "conditions were verified this month"),
    ),
    *_columns(
        "use",
        ("cash_left_idr", _F, "Rp", "PKH and emergency aid kept for the months until the next PKH payment"),
        ("goods_left_idr", _F, "Rp", "Sembako kept for the months until the next Sembako payment"),
        ("support_idr", _F, "Rp/month", "assistance as it is consumed: evenly until the next payment"),
        ("programme_gain_log", _F, "log", "what sessions and empowerment have added to consumption"),
        ("gain_target_log", _F, "log", "what the gain is growing towards"),
        ("learning", _F, "share", "part of missed conditions that sessions have cured"),
        ("attends", _B, "", "children attend school and health checks as asked", 1),
        ("out_of_school", _I8, "persons", "children of school age who dropped out"),
        ("participates", _B, "", "takes part in empowerment activities"),
        ("empowered_month", _I16, "month", "when an empowerment place was given", NEVER),
        ("complaint_month", _I16, "month", "when the family last complained", NEVER),
        ("satisfied", _B, "", "satisfied with the last payment", 1),
        ("aid_due_month", _I16, "month", "when emergency aid arrives", NEVER),
        ("aid_due_idr", _I64, "Rp", "emergency aid that waits"),
        ("aid_months_late", _I8, "months", "how long emergency aid took"),
        ("consumption_after", _F, "lines", "consumption a head after transfers, in poverty lines"),
    ),
)

COLUMN = {column.name: column for column in COLUMNS}


class Households(Mapping[str, np.ndarray]):
    """All columns of the city, reached by name (``households.size``) or by key (``households["size"]``)."""

    def __init__(self, arrays: Mapping[str, np.ndarray]) -> None:
        self.__dict__["_arrays"] = {column.name: arrays[column.name] for column in COLUMNS}
        self.__dict__.update(self._arrays)

    @classmethod
    def empty(cls, rows: int) -> Households:
        """Return ``rows`` spare rows at their initial values."""
        return cls({column.name: np.full(rows, column.initial, column.dtype) for column in COLUMNS})

    def __getitem__(self, name: str) -> np.ndarray:
        return self._arrays[name]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"columns are changed in place: households.{name}[:] = ...")

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    @property
    def rows(self) -> int:
        """Number of rows, spare ones included."""
        return self._arrays["active"].size

    def first(self, rows: int) -> Households:
        """Return a view on the first rows: what is changed there is changed here."""
        return Households({name: array[:rows] for name, array in self._arrays.items()})

    def by_name(self) -> dict[str, np.ndarray]:
        """Return the columns in a dictionary."""
        return dict(self._arrays)

    def copy(self) -> Households:
        """Return an independent copy."""
        return Households({name: array.copy() for name, array in self._arrays.items()})

    def extended(self, spare: Households) -> Households:
        """Return these rows followed by spare ones."""
        return Households({name: np.concatenate([self[name], spare[name]]) for name in self})

    def take(self, order: np.ndarray) -> Households:
        """Return the rows in another order, each with its luck."""
        return Households({name: array[order] for name, array in self._arrays.items()})

    def check(self) -> None:
        """Raise ``AssertionError`` where a column breaks what must always hold (a debugging aid, not part of a run)."""
        members = sum(self[name].astype(int) for name in (*COMPONENTS[1:6], "adults"))
        assert (members == self.size).all(), "members by age do not add up to the size"
        for name in self:
            if name.endswith("_idr"):
                assert (self[name] >= 0).all(), f"{name} is negative"
        assert not (self.in_pkh & (self.pkh_since == NEVER)).any(), "enrolled in PKH without a date"
        assert np.isfinite(self.exogenous_log_consumption[self.active]).all(), "consumption is not a number"
