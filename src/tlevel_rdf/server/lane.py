"""Some workers, and a bounded queue before them: what waits, for how long, and who is next."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tlevel_rdf.server.crew import Ended, WorkerLostError

if TYPE_CHECKING:
    from tlevel_rdf.server.crew import Worker
    from tlevel_rdf.server.wire import Answer

#: How much of its budget a request is granted when others wait. Pages and example queries of the shipped data take half
#: of it.
_GRANTED_SECONDS: Final = 0.01
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
        worker: that is at it.
        begun: what the worker had used of the processor when it was first looked at, in seconds.
    """

    question: bytes
    answer: asyncio.Future[Answer]
    patience: float
    deadline: float
    worker: Worker | None = None
    begun: float | None = None


class Lane:
    """Some workers, and a bounded queue before them."""

    def __init__(self, most_waiting: int, budget: float | None) -> None:
        """Make a lane without workers.

        Args:
            most_waiting: how many may wait.
            budget: the processor time that a request may use, in seconds; None: all until its deadline.
        """
        self._most_waiting = most_waiting
        self._budget = budget
        self._free: list[Worker] = []
        self._at_work: dict[Worker, _Job] = {}
        self._waiting: deque[_Job] = deque()
        self._disturbed_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return len(self._at_work)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    def add(self, worker: Worker) -> None:
        """Take in a worker that is free."""
        worker.on_answer = self._answered
        worker.gone.add_done_callback(lambda _: self._lost(worker))
        self._next(worker)

    def close(self) -> None:
        """Let nobody wait any longer, now or later."""
        self._is_closed = True
        while self._waiting:
            _fail(self._waiting.popleft(), WorkerLostError())

    async def run(self, question: bytes, deadline: float) -> Answer:
        """Have a worker answer. To cancel this ends the worker.

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
        loop = asyncio.get_running_loop()
        # With less than half of its time left, it would keep a worker from others and most likely not be done.
        job = _Job(question, loop.create_future(), (loop.time() + deadline) / 2, deadline)
        worker = self._free_worker()
        if worker is not None:
            self._begin(worker, job)
        elif len(self._waiting) < self._most_waiting:
            self._waiting.append(job)
        else:
            raise BusyError
        if self._timer is None:
            self._timer = loop.call_later(_SECONDS_BETWEEN_LOOKS, self._look)
        try:
            return await job.answer
        except asyncio.CancelledError:
            # Whoever asked is gone; what the worker does is of no use to anybody.
            if job.worker is not None:
                self._end(job.worker, Ended.ABANDONED)
            elif job in self._waiting:
                self._waiting.remove(job)
            raise

    def _free_worker(self) -> Worker | None:
        while self._free:
            worker = self._free.pop()
            if not worker.gone.done():
                return worker
        return None

    def _begin(self, worker: Worker, job: _Job) -> None:
        job.worker = worker
        self._at_work[worker] = job
        worker.ask(job.question)

    def _next(self, worker: Worker) -> None:
        if not self._waiting:
            self._free.append(worker)
            return
        # In order; but while requests run away, the newest first: it is likelier to be small than those that a burst
        # has left waiting. In the slow lane, which has no budget, all are slow, and the newest has the most time left.
        is_disturbed = self._budget is None or asyncio.get_running_loop().time() < self._disturbed_until
        self._begin(worker, self._waiting.pop() if is_disturbed else self._waiting.popleft())

    def _answered(self, worker: Worker, answer: Answer) -> None:
        job = self._at_work.pop(worker, None)
        if job is None:
            return  # it was ended in the same moment
        if not job.answer.done():
            job.answer.set_result(answer)
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            # After a fault of ours a worker ends.
            worker.end(Ended.FAULT)
        else:
            self._next(worker)

    def _lost(self, worker: Worker) -> None:
        if worker in self._free:
            self._free.remove(worker)
        self._end(worker, Ended.LOST, WorkerLostError())

    def _end(self, worker: Worker, reason: Ended, error: Exception | None = None) -> None:
        job = self._at_work.pop(worker, None)
        if job is not None and error is not None:
            _fail(job, error)
        worker.end(reason)

    def _look(self) -> None:
        """End what has used its time, and what has waited for too long."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for worker, job in list(self._at_work.items()):
            if now >= job.deadline:
                self._end(worker, Ended.DEADLINE, TimeUpError())
            elif self._is_over_budget(job, worker):
                self._disturbed_until = now + _SECONDS_OF_DISTURBANCE
                self._end(worker, Ended.MOVED, OverBudgetError())
        # All have the same time, so the first to come is the first to lose patience.
        while self._waiting and self._waiting[0].patience <= now:
            _fail(self._waiting.popleft(), BusyError())
        is_idle = not (self._at_work or self._waiting)
        self._timer = None if is_idle else loop.call_later(_SECONDS_BETWEEN_LOOKS, self._look)

    def _is_over_budget(self, job: _Job, worker: Worker) -> bool:
        if self._budget is None:
            return False
        used = worker.seconds_of_work
        if job.begun is None:
            job.begun = used
        return used - job.begun >= (min(_GRANTED_SECONDS, self._budget) if self._waiting else self._budget)


def _fail(job: _Job, error: Exception) -> None:
    # Whoever asked may have gone in the same moment.
    if not job.answer.done():
        job.answer.set_exception(error)
