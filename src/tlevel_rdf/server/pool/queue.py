"""Some workers, and a bounded queue before them: what waits, for how long, and who is next."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tlevel_rdf.server.pool.process import Ended, WorkerLostError, schedule

if TYPE_CHECKING:
    from tlevel_rdf.server.pool.messages import Answer
    from tlevel_rdf.server.pool.process import Worker

#: How much of its budget a request is granted when others wait. Pages and example queries of the shipped data take half
#: of it.
_GRANTED_SECONDS: Final = 0.01
#: Questions that a worker has at once, so that it need not wait for the server: see decision 0012.
_AT_A_WORKER: Final = 4
#: One timer looks at everything that is under way, so that a request of a millisecond needs none of its own.
_SECONDS_BETWEEN_LOOKS: Final = 0.005
#: For so long after a request was over its budget, more of that kind are expected.
_SECONDS_OF_DISTURBANCE: Final = 1.0


class BusyError(Exception):
    """Too many wait already, or no worker became free in time."""


class TimeUpError(Exception):
    """The deadline passed before there was an answer."""


class OverBudgetError(Exception):
    """It has used its processor time in the fast lane."""


@dataclass(slots=True, eq=False)
class _Job:
    """A question that waits for a worker or is at one.

    Attributes:
        question: that is answered.
        answer: what comes of it.
        patience: until when it waits for a worker, by the clock of the loop, like `deadline`.
        deadline: by when it is to be answered.
        worker: that has it.
        begun: what the worker had used of the processor when this was first seen to be what it is at, in seconds.
    """

    question: bytes
    answer: asyncio.Future[Answer]
    patience: float
    deadline: float
    worker: Worker | None = None
    begun: float | None = None


class Lane:
    """Some workers, and a bounded queue before them.

    Attributes:
        is_disturbed: whether requests run away, or did a second ago; it is taken for so where there is no budget, and
            elsewhere until the first look.
    """

    def __init__(self, most_waiting: int, budget: float | None) -> None:
        """Make a lane without workers.

        Args:
            most_waiting: how many may wait.
            budget: the processor time that a request may use, in seconds; None: all until its deadline.
        """
        self._most_waiting = most_waiting
        self._budget = budget
        self._loop = asyncio.get_running_loop()
        self._free: list[Worker] = []
        #: What each worker has, and answers in this order.
        self._at_work: dict[Worker, deque[_Job]] = {}
        self._waiting: deque[_Job] = deque()
        self.is_disturbed = True
        self._disturbed_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return len(self._at_work)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker, or at one for those before them."""
        behind = (job for jobs in self._at_work.values() for job in list(jobs)[1:])
        return len(self._waiting) + sum(not job.answer.done() for job in behind)

    def add(self, worker: Worker) -> None:
        """Take in a worker that is free."""
        worker.on_answer = self._answered
        worker.gone.add_done_callback(lambda _: self._lost(worker))
        self._free.append(worker)
        self._hand_out()

    def close(self) -> None:
        """Let nobody wait any longer, now or later."""
        self._is_closed = True
        while self._waiting:
            _fail(self._waiting.popleft(), WorkerLostError())

    async def run(self, question: bytes, deadline: float) -> Answer:
        """Have a worker answer. To cancel this ends the worker that is at it.

        Args:
            question: that is answered.
            deadline: by the clock of the loop.

        Raises:
            BusyError: too many wait, or none became free in half of the time that is left.
            TimeUpError, OverBudgetError: the worker was ended then.
            WorkerLostError: the worker ended by itself, or the lane is closed.
        """
        if self._is_closed:
            raise WorkerLostError
        # With less than half of its time left, it would keep a worker from others and most likely not be done.
        job = _Job(question, self._loop.create_future(), (self._loop.time() + deadline) / 2, deadline)
        worker = self._next_worker()
        if worker is not None:
            self._begin(worker, job)
        elif len(self._waiting) < self._most_waiting:
            self._waiting.append(job)
        else:
            raise BusyError
        if self._timer is None:
            self._timer = self._loop.call_later(_SECONDS_BETWEEN_LOOKS, self._look)
        try:
            return await job.answer
        except asyncio.CancelledError:
            # Whoever asked is gone; what the worker does is of no use to anybody.
            if job in self._waiting:
                self._waiting.remove(job)
            elif job.worker is not None and self._at_work.get(job.worker, (None,))[0] is job:
                self._end(job.worker, Ended.ABANDONED)
            raise

    def _free_worker(self) -> Worker | None:
        while self._free:
            worker = self._free.pop()
            if not worker.gone.done():
                return worker
        return None

    def _next_worker(self) -> Worker | None:
        """One that is free, else the one that has least to do, if it can take more."""
        worker = self._free_worker()
        if worker is not None or self.is_disturbed or not self._at_work:
            return worker
        worker, jobs = min(self._at_work.items(), key=_load)
        return worker if len(jobs) < _AT_A_WORKER else None

    def _begin(self, worker: Worker, job: _Job) -> None:
        job.worker = worker
        self._at_work.setdefault(worker, deque()).append(job)
        worker.ask(job.question)

    def _hand_out(self) -> None:
        """Give what waits to workers that can take it."""
        while self._waiting and (worker := self._next_worker()) is not None:
            # In order; but while requests run away, the newest first: it is likelier to be small than those that a
            # burst has left waiting. In the slow lane the newest has the most time left.
            self._begin(worker, self._waiting.pop() if self.is_disturbed else self._waiting.popleft())

    def _answered(self, worker: Worker, answer: Answer) -> None:
        jobs = self._at_work.get(worker)
        if jobs is None:
            return  # it was ended in the same moment
        job = jobs.popleft()
        if not job.answer.done():
            job.answer.set_result(answer)
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            # After a fault of ours a worker ends.
            self._end(worker, Ended.FAULT)
            return
        if not jobs:
            del self._at_work[worker]
            self._free.append(worker)
        self._hand_out()

    def _lost(self, worker: Worker) -> None:
        if worker in self._free:
            self._free.remove(worker)
        self._end(worker, Ended.LOST, WorkerLostError())

    def _end(self, worker: Worker, reason: Ended, error: Exception | None = None) -> None:
        """End a worker. What it is at fails with the error; what waits there for its turn waits again, as the first."""
        jobs = self._at_work.pop(worker, deque())
        if jobs and error is not None:
            _fail(jobs.popleft(), error)
        worker.end(reason)
        again = [job for job in reversed(jobs) if not job.answer.done()]
        # At the end at which they are next.
        (self._waiting.extend if self.is_disturbed else self._waiting.extendleft)(again)
        self._fail_the_late()
        if self._is_closed:
            self.close()
        else:
            self._hand_out()

    def _look(self) -> None:
        """End what has used its time, and what has waited for too long."""
        now = self._loop.time()
        for worker, jobs in list(self._at_work.items()):
            if now >= jobs[0].deadline:
                self._end(worker, Ended.DEADLINE, TimeUpError())
                continue
            self._relieve(jobs)
            if self._is_over_budget(worker, jobs):
                self._disturbed_until = now + _SECONDS_OF_DISTURBANCE
                self._set_disturbed(is_disturbed=True)
                self._end(worker, Ended.MOVED, OverBudgetError())
        self._fail_the_late()
        if self._budget is not None:
            self._set_disturbed(is_disturbed=now < self._disturbed_until)
            self._hand_out()
        is_idle = not (self._at_work or self._waiting or now < self._disturbed_until)
        self._timer = None if is_idle else self._loop.call_later(_SECONDS_BETWEEN_LOOKS, self._look)

    def _relieve(self, jobs: deque[_Job]) -> None:
        """Give what waits behind a job that was there at the last look to workers that are free."""
        if jobs[0].begun is None:
            return
        for place, job in enumerate(jobs):
            if place == 0 or job.answer.done():
                continue
            if (worker := self._free_worker()) is None:
                return
            # Whoever has the question will answer it all the same, and nobody takes that.
            jobs[place] = _Job(job.question, _unwanted(self._loop), job.patience, job.deadline, job.worker)
            self._begin(worker, job)

    def _fail_the_late(self) -> None:
        now = self._loop.time()
        late = [job for job in self._waiting if job.patience <= now]
        if late:
            self._waiting = deque(job for job in self._waiting if job.patience > now)
        for job in late:
            _fail(job, BusyError())

    def _is_over_budget(self, worker: Worker, jobs: deque[_Job]) -> bool:
        if self._budget is None:
            return False
        job, used = jobs[0], worker.seconds_of_work
        if job.begun is None:
            job.begun = used
        are_others_waiting = self._waiting or len(jobs) > 1
        granted = min(_GRANTED_SECONDS, self._budget) if are_others_waiting else self._budget
        # Where its answer is there and not read yet, the time is that of those behind it.
        return used - job.begun >= granted and not worker.has_answered

    def _set_disturbed(self, *, is_disturbed: bool) -> None:
        """Let the server push workers aside (sched(7)) if they run away; else each answer would cost two switches."""
        # The lanes of two releases may see it differently; then the disturbed one is right.
        if is_disturbed or self.is_disturbed:
            self.is_disturbed = is_disturbed
            schedule(0, os.SCHED_OTHER if is_disturbed else os.SCHED_BATCH)


def _load(entry: tuple[Worker, deque[_Job]]) -> int:
    return len(entry[1])


def _unwanted(loop: asyncio.AbstractEventLoop) -> asyncio.Future[Answer]:
    future: asyncio.Future[Answer] = loop.create_future()
    future.cancel()
    return future


def _fail(job: _Job, error: Exception) -> None:
    # Whoever asked may have gone in the same moment.
    if not job.answer.done():
        job.answer.set_exception(error)
