"""The desk: who is served next, what is run at all, what stops, and that its answers are those of the model."""

import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest
from conftest import lived, make_plan, tables_of

from simulation.agents.household import Household
from simulation.dashboard import desk as desk_module
from simulation.dashboard.desk import Desk, Job, Question
from simulation.dashboard.digest import digest
from simulation.dashboard.lives import ANY, Wish
from simulation.dashboard.worker import Stopped

SCALE, QUICK, MONTHS = 0.01, 0.005, 12


def plan_of(**settings):
    return make_plan(months=MONTHS, scale=SCALE, city_seed=1, **settings)


def ask(desk: Desk, *seeds: int, patient: bool = False, **settings) -> Job:
    return desk.ask(Question(plan_of(), plan_of(**settings), seeds, QUICK), patient=patient)


class PaperLane:
    """Workers on paper: a run ends when the test says so."""

    def __init__(self, plan, workers, patient):
        self.plan, self.free, self.runs_now = plan, list(range(workers)), {}
        self.stopped, self.order = set(), []

    def submit(self, plan, heard):
        self.free.pop()
        future = Future()
        future.add_done_callback(heard)
        self.runs_now[plan] = future
        self.order.append(plan)

    def call(self, function, *given):
        self.told = Future()
        return self.told

    def release(self, plan):
        self.free.append(0)
        del self.runs_now[plan]
        self.stopped.discard(plan)

    def holds(self, plan):
        return plan in self.runs_now

    def runs(self, plan):
        return plan in self.runs_now and plan not in self.stopped

    def months_done(self, plan):
        return 6 if self.runs(plan) else 0

    def stop_all_but(self, wanted):
        self.stopped |= {plan for plan in self.runs_now if plan not in wanted}

    def finish(self, error: BaseException | None = None):
        """End the run that is longest under way."""
        future = self.runs_now[next(iter(self.runs_now))]
        future.set_exception(error) if error else future.set_result("answer")


@pytest.fixture
def paper(monkeypatch) -> Desk:
    """Return a desk whose workers are on paper: one quick and one for the whole city."""
    monkeypatch.setattr(desk_module, "Lane", PaperLane)
    return Desk(plan_of(), workers=1, quick_scale=QUICK)


def settings_run(lane: PaperLane) -> list[tuple[float, int]]:
    """Return what was run in its order: the caseload and the seed."""
    return [(plan.opening.caseload_per_pendamping, plan.seed) for plan in lane.order]


def finish_all(lane: PaperLane) -> None:
    while lane.runs_now:
        lane.finish()


# Order --------------------------------------------------------------------------------------------------------------


def test_the_baseline_is_run_once_for_everybody(paper):
    whole = paper.lanes[False]
    ask(paper, 1, 2, caseload_per_pendamping=100.0)
    ask(paper, 1, 2, caseload_per_pendamping=300.0)
    finish_all(whole)
    assert sorted(settings_run(whole)) == [(100, 1), (100, 2), (194, 1), (194, 2), (300, 1), (300, 2)]


def test_the_least_served_come_first(paper):
    """Two people at one worker take turns, although the first asked for more."""
    whole = paper.lanes[False]
    ask(paper, 1, 2, 3, caseload_per_pendamping=100.0)
    ask(paper, 11, 12, caseload_per_pendamping=300.0)
    finish_all(whole)
    owners = ["first" if seed < 10 else "second" for _, seed in settings_run(whole)]
    assert owners[:8] == ["first", "second"] * 4


def test_who_waits_comes_before_the_patient(paper):
    whole = paper.lanes[False]
    ask(paper, 1, 2, 3, patient=True)
    ask(paper, 1, caseload_per_pendamping=100.0)
    finish_all(whole)
    assert settings_run(whole) == [(194, 1), (100, 1), (194, 2), (194, 3)]


def test_quick_answers_do_not_wait_for_whole_cities(paper):
    job = ask(paper, 1, caseload_per_pendamping=100.0)
    finish_all(paper.lanes[True])
    view = paper.view(job)
    assert view.quick == ("answer", "answer")
    assert (view.whole, view.state) == ((), "running")
    assert view.progress == pytest.approx(0.25)


def test_others_are_counted_and_a_turn_is_waited_for(paper):
    first = ask(paper, 1, caseload_per_pendamping=100.0)
    finish_all(paper.lanes[True])
    second = ask(paper, 2, caseload_per_pendamping=300.0)
    finish_all(paper.lanes[True])
    ask(paper, 3, patient=True)
    assert [paper.view(job).others for job in (first, second)] == [1, 1]
    assert [paper.view(job).state for job in (first, second)] == ["running", "waiting"]


def test_a_known_answer_is_given_at_once(paper):
    ask(paper, 1)
    for lane in paper.lanes.values():
        finish_all(lane)
    again = ask(paper, 1)
    assert paper.view(again).state == "done"
    assert paper.view(again).whole == (("answer", "answer"),)


def test_stopping_spares_what_others_wait_for(paper):
    whole = paper.lanes[False]
    first = ask(paper, 1, caseload_per_pendamping=100.0)
    second = ask(paper, 1, caseload_per_pendamping=300.0)
    paper.stop(first)
    assert not whole.stopped
    paper.stop(second)
    assert whole.stopped == set(whole.runs_now)
    whole.finish(Stopped())
    assert whole.order == whole.order[:1]
    assert paper.view(first).state == paper.view(second).state == "stopped"


def test_a_run_that_was_stopped_is_run_again_when_somebody_asks(paper):
    whole = paper.lanes[False]
    paper.stop(ask(paper, 1))
    job = ask(paper, 1)
    assert len(whole.order) == 1
    whole.finish(Stopped())
    assert len(whole.order) == 2
    for lane in paper.lanes.values():
        finish_all(lane)
    assert paper.view(job).state == "done"


def test_the_first_replicate_has_no_other_beside_it(monkeypatch):
    monkeypatch.setattr(desk_module, "Lane", PaperLane)
    desk = Desk(plan_of(), workers=3, quick_scale=QUICK)
    whole = desk.lanes[False]
    ask(desk, 1, 2, caseload_per_pendamping=100.0)
    assert {plan.seed for plan in whole.order} == {1}
    whole.finish()
    assert {plan.seed for plan in whole.order} == {1}
    whole.finish()
    assert [plan.seed for plan in whole.order] == [1, 1, 2, 2]


def test_a_failed_run_fails_those_who_wait_for_it_alone(paper):
    bad = ask(paper, 1, caseload_per_pendamping=100.0)
    good = ask(paper, 2, caseload_per_pendamping=300.0)
    whole = paper.lanes[False]
    whole.finish(ValueError("a bug"))
    for lane in paper.lanes.values():
        finish_all(lane)
    assert paper.view(bad).state == "failed"
    assert paper.view(good).state == "done"


def test_a_worker_that_dies_is_tried_once_more(paper):
    job, whole = ask(paper, 1), paper.lanes[False]
    whole.finish(BrokenProcessPool())
    assert len(whole.order) == 2
    whole.finish(BrokenProcessPool())
    assert paper.view(job).state == "failed"


def test_what_a_worker_failed_to_tell_is_asked_anew_and_what_it_told_is_kept(paper):
    lane, first = paper.lanes[False], paper.families(plan_of())
    assert paper.families(plan_of()) is first
    first.set_exception(BrokenProcessPool())
    again = paper.families(plan_of())
    assert again is lane.told is not first
    again.set_result("families")
    assert paper.families(plan_of()) is again


def test_answers_are_kept_but_not_for_ever(paper, monkeypatch):
    monkeypatch.setattr(desk_module, "KEPT", 4)
    for seed in range(6):
        ask(paper, seed)
        for lane in paper.lanes.values():
            finish_all(lane)
    assert len(paper._known) == 4


# Real workers -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """A desk with real workers, one quick and one for the whole city."""
    desk = Desk(plan_of(), workers=1, quick_scale=QUICK)
    desk.open()
    yield desk
    desk.close()


def wait(desk: Desk, job: Job, until, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until(desk.view(job)):
        assert time.monotonic() < end, desk.view(job)
        time.sleep(0.01)


def test_answers_are_those_of_the_model(real):
    """The page says what ``simulate`` returns, bit for bit, for the same plan and seed."""
    job = ask(real, 1, 5, delivery_channel="cash_bank")
    wait(real, job, lambda view: view.state == "done")
    for seed, pair in zip((1, 5), real.view(job).whole, strict=True):
        for found, settings in zip(pair, ({}, {"delivery_channel": "cash_bank"}), strict=True):
            plan = plan_of(seed=seed, **settings)
            direct = digest(plan, tables_of(plan), 0)
            for name, values in direct.months.items():
                assert np.array_equal(values, found.months[name], equal_nan=True), name
            assert np.array_equal(direct.persons_by_status, found.persons_by_status)
            assert np.array_equal(direct.unserved, found.unserved, equal_nan=True)
            assert direct.families == found.families


def test_a_stopped_run_frees_its_worker(real):
    long = plan_of().with_(months=600)
    job = real.ask(Question(long, long, (1, 2, 3), QUICK))
    wait(real, job, lambda view: view.progress > 0)
    real.stop(job)
    end = time.monotonic() + 20
    while not real.lanes[False].free:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert real.view(job).state == "stopped"
    assert long not in real._known


def test_killed_workers_are_replaced(real):
    long = plan_of().with_(months=600)
    job = real.ask(Question(long, long, (7,), QUICK))
    wait(real, job, lambda view: view.progress > 0)
    for process in list(real.lanes[False]._pool._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    real.stop(job)
    after = ask(real, 8)
    wait(real, after, lambda view: view.state == "done")


def test_a_life_is_that_of_one_family_under_both_policies(real):
    """The same family on the same luck: its consumption before assistance is equal, what it receives may differ."""
    baseline, chosen = (plan.with_(scale=QUICK) for plan in (plan_of(), plan_of(pkh_budget_bn_idr_per_year=120.0)))
    life = real.life(Wish(baseline, chosen, ANY, 0)).result(timeout=60)
    assert life.count > 0
    assert len(life.baseline) == len(life.chosen) == MONTHS
    for before, after in zip(life.baseline, life.chosen, strict=True):
        assert before["row"] == after["row"] == life.row
        assert before["month"] == after["month"]
        assert before["welfare"]["consumption_idr"] == after["welfare"]["consumption_idr"]
    assert life.baseline[-1]["welfare"]["poor"]
    model = lived(baseline)
    assert Household(model, life.row).facts() == life.baseline[-1]
    other = real.life(Wish(baseline, chosen, ANY, 1)).result(timeout=60)
    assert life.count == 1 or other.row != life.row


@pytest.mark.parametrize("status", ["not_registered", "reached", "not_poor"])
def test_a_family_is_found_by_its_last_status(real, status):
    plan = plan_of().with_(scale=QUICK)
    life = real.life(Wish(plan, plan, status, 5)).result(timeout=60)
    assert life.row < 0 or life.baseline[-1]["status"] == status
