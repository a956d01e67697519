"""What a run keeps of each month: a row of measures, the cascade, the ledger, the agents, some families."""

from __future__ import annotations

from operator import itemgetter

import numpy as np
import pandas as pd

from simulation.context import Now
from simulation.geography import kelurahan_names
from simulation.households import COLUMNS
from simulation.ledger import PROGRAMMES
from simulation.measures import MEASURES
from simulation.measures.cascade import INCLUSIONS, STATUSES, Status, count_statuses, inclusion_of, status_in
from simulation.measures.crosstab import count_city
from simulation.measures.delivery import (
    measure_lists,
    measure_lives,
    measure_money,
    measure_payments,
    measure_registry,
)
from simulation.measures.places import measure_places
from simulation.measures.poverty import bin_of, measure_poverty
from simulation.measures.staff import measure_staff
from simulation.measures.targeting import measure_targeting
from simulation.model import AssistanceModel
from simulation.month.ordering import order_rule
from simulation.randomness import Luck, uniform_lanes
from simulation.rows import split_rows

_WORK = itemgetter("families", "hours_needed", "hours_available", "visits_share", "sessions_share", "motivation")
"""What ``measure_staff`` asks of the reports of pendamping."""
_MONTHLY = [column.name for column in COLUMNS if column.writer != "city"]


class Recorder:
    """Takes the measures of each month of one model and turns them into tables.

    Parameters
    ----------
    households : how many families to keep month by month, drawn by luck among those present at the start.
    """

    def __init__(self, model: AssistanceModel, households: int = 0) -> None:
        self.model = model
        self.months: list[dict] = []
        self.cascade: list[np.ndarray] = []
        self.inclusion: list[np.ndarray] = []
        self.places: list[dict[str, np.ndarray]] = []
        self.ledger: list[list[dict]] = []
        self.agents: list[list[dict]] = []
        self.lives: list[pd.DataFrame] = []
        self.rows = _sample(model, households)
        self._paid = {name: getattr(model.ledger, name).paid_idr for name in PROGRAMMES}

    def take(self, now: Now) -> None:
        """Take the measures of the month just lived."""
        hh = now.hh
        persons = hh.size * hh.active
        payments = measure_payments(now)  # first, since the cascade reads the same columns next
        status = status_in(now)
        bins = bin_of(hh.consumption)
        poor = now.rows("poor")
        row, people = measure_poverty(hh.consumption, persons, bins, poor, "_before_transfers")
        after, _ = measure_poverty(hh.consumption_after, persons, bin_of(hh.consumption_after), poor, "")
        cells = count_city(now)
        row |= after | measure_targeting(now, cells, persons, bins, people)
        row |= measure_registry(now, cells) | payments | measure_lists(now) | measure_lives(now)
        row |= self._agents(now)
        counts, lifted = self._cascade(now, status)
        row["effective_exclusion_error"] = (
            1 - counts[0, Status.reached].sum() / row["poor_persons"] if row["poor_persons"] else np.nan
        )
        row |= measure_money(now, lifted, self._paid)
        self.months.append({name: row[name] for name in MEASURES})
        self.places.append(measure_places(cells, counts[0, Status.reached]))
        self.ledger.append(now.ledger.rows())
        self._paid = {name: getattr(now.ledger, name).paid_idr for name in PROGRAMMES}
        if self.rows.size:
            self.lives.append(self._lives(now, status))

    def _cascade(self, now: Now, status: np.ndarray) -> tuple[np.ndarray, int]:
        """Count persons and households of every status, wrong entries of every kind, and persons lifted."""
        places = now.places.kecamatan_of_kelurahan.size
        counts, lifted = now.apply(
            count_statuses, rows=now.rows("poor"), status=status, statuses=len(STATUSES), places=places
        )
        self.cascade.append(counts.sum(axis=2))
        wrong, _ = split_rows(now.rows("enrolled"), status == Status.not_poor)
        kind = inclusion_of(now.hh, now.standing, now.assumptions, order_rule(now.policy) == "dtks", wrong)
        self.inclusion.append(np.bincount(kind[wrong], minlength=len(INCLUSIONS)))
        return counts, lifted

    def _agents(self, now: Now) -> dict[str, float]:
        """Keep what every agent did this month; return the measures of the pendamping, who come first."""
        model = self.model
        staff = [one.report(now) for one in model.pendamping]
        self.agents.append(staff + [one.report(now) for one in (*model.ewarong, *model.banks, model.post)])
        work = [_WORK(one) for one in staff if one["on_duty"]]
        return measure_staff(*np.array(work, float).reshape(-1, 6).T)

    def _lives(self, now: Now, status: np.ndarray) -> pd.DataFrame:
        """Keep the columns of the sampled families."""
        kept = {"month": now.date.date(), "household": self.rows}
        kept |= {name: now.hh[name][self.rows] for name in _MONTHLY}
        names = np.array([*STATUSES, "not_poor"])
        return pd.DataFrame(kept | {"status": names[status[self.rows]]})

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, each with the month as its first column."""
        months = [self.model.plan.start.plus(number).date() for number in range(len(self.months))]
        index = pd.to_datetime(months)
        tables = {
            "months": _with_month(pd.DataFrame(self.months), index, 1),
            "kelurahan": self._kelurahan(index),
            "cascade": self._statuses(index),
            "inclusion": self._inclusions(index),
            "ledger": _with_month(pd.DataFrame([row for rows in self.ledger for row in rows]), index, len(PROGRAMMES)),
            "agents": self._reports(index),
        }
        if self.lives:
            tables["households"] = _dated(pd.concat(self.lives, ignore_index=True))
        return tables

    def _kelurahan(self, index: pd.DatetimeIndex) -> pd.DataFrame:
        names = kelurahan_names()
        columns = {name: np.concatenate([place[name] for place in self.places]) for name in self.places[0]}
        frame = pd.DataFrame({"kelurahan": list(names) * len(self.places), **columns})
        return _with_month(frame, index, len(names))

    def _reports(self, index: pd.DatetimeIndex) -> pd.DataFrame:
        frame = pd.DataFrame([report for reports in self.agents for report in reports])
        return _with_month(frame, index, [len(reports) for reports in self.agents])

    def _statuses(self, index: pd.DatetimeIndex) -> pd.DataFrame:
        counts = np.array(self.cascade)
        frame = pd.DataFrame(
            {
                "status": list(STATUSES) * len(counts),
                "persons": counts[:, 0].ravel(),
                "households": counts[:, 1].ravel(),
            }
        )
        return _with_month(frame, index, len(STATUSES))

    def _inclusions(self, index: pd.DatetimeIndex) -> pd.DataFrame:
        counts = np.array(self.inclusion)
        frame = pd.DataFrame({"status": list(INCLUSIONS) * len(counts), "households": counts.ravel()})
        return _with_month(frame, index, len(INCLUSIONS))


def _with_month(frame: pd.DataFrame, index: pd.DatetimeIndex, rows_a_month: int | list[int]) -> pd.DataFrame:
    frame.insert(0, "month", np.repeat(index.to_numpy(), rows_a_month))
    return frame


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    frame["month"] = pd.to_datetime(frame["month"])
    return frame


def _sample(model: AssistanceModel, households: int) -> np.ndarray:
    """Return the rows of families to follow, chosen by luck among those present, in the order of rows."""
    present = np.flatnonzero(model.hh.active)
    luck = uniform_lanes(model.plan.seed, int(Luck.SAMPLE), 0, model.hh.luck_id[present])[0]
    return np.sort(present[np.argsort(luck)[:households]])
