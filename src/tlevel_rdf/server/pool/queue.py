"""A bounded queue of requests, and the workers that answer them."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from tlevel_rdf.limits import CONTENDED_SECONDS, MAX_REQUESTS_AT_WORKER, POOL_CHECK_SECONDS, RUNAWAY_SECONDS
from tlevel_rdf.server.pool.process import ExitReason, WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.server.pool.process import WorkerProcess
    from tlevel_rdf.web.http.messages import Response


class BusyError(Exception):
    """The queue is full, or no worker became free in time."""


class NoWorkersError(Exception):
    """The queue has no worker, and none can be started now."""


class DeadlineExceededError(Exception):
    """The deadline passed before there was a response."""


class BudgetExceededError(Exception):
    """The request used all the processor time that it may use in this queue."""


@dataclass(slots=True, eq=False)
class _Job:
    """A request that waits for a worker, or that a worker holds.

    Attributes:
        request: its message.
        response: done when there is a response.
        start_by: when it stops waiting for a worker, by the clock of the event loop.
        deadline: when it must be answered.
        worker: that holds it.
        cpu_at_start: the processor seconds that the worker had used at the first check after it began this job.
        cpu_used: the processor seconds that it had used at the last check.
        is_second_attempt: True if its first worker ended before it began.
    """

    request: bytes
    response: asyncio.Future[Response]
    start_by: float
    deadline: float
    worker: WorkerProcess | None = None
    cpu_at_start: float | None = None
    cpu_used: float = 0.0
    is_second_attempt: bool = False


class WorkQueue:
    """A bounded queue of requests, and the workers that answer them.

    Attributes:
        has_runaways: True while requests exceed their budget, and for a second after. Always True in a queue without
            a budget, and elsewhere until the first check.
    """

    def __init__(
        self, max_waiting: int, budget: float | None = None, on_runaways: Callable[[bool], None] | None = None
    ) -> None:
        """Create a queue without workers.

        Args:
            max_waiting: the number of requests that may wait.
            budget: the processor seconds that a request may use; None for no such limit.
            on_runaways: called at each check with `has_runaways`, until there are none.
        """
        self._max_waiting = max_waiting
        self._budget = budget
        self._on_runaways = on_runaways
        self._loop = asyncio.get_running_loop()
        self._free: list[WorkerProcess] = []
        #: The jobs that each busy worker holds, in the order in which it answers them.
        self._busy: dict[WorkerProcess, deque[_Job]] = {}
        self._waiting: deque[_Job] = deque()
        self.has_runaways = True
        self._runaways_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._is_suspended = False

    @property
    def busy(self) -> int:
        """The number of busy workers."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """The number of requests that no worker has begun."""
        behind = (job for jobs in self._busy.values() for job in list(jobs)[1:])
        return len(self._waiting) + sum(not job.response.done() for job in behind)

    def add_worker(self, worker: WorkerProcess) -> None:
        """Give requests to a worker from now on."""
        worker.on_response = self._on_response
        worker.exited.add_done_callback(lambda _: self._on_exit(worker))
        self._free.append(worker)
        self._is_suspended = False
        self._dispatch()

    def close(self) -> None:
        """Fail all waiting requests, and all that come later."""
        self._is_closed = True
        self._fail_waiting(WorkerLostError())

    def suspend_if_empty(self) -> None:
        """Fail all waiting requests, and all new ones until there is a worker again, if there is none now."""
        if not self._free and not self._busy:
            self._is_suspended = True
            self._fail_waiting(NoWorkersError())

    def _fail_waiting(self, error: Exception) -> None:
        while self._waiting:
            _fail(self._waiting.popleft(), error)

    async def submit(self, request: bytes, deadline: float) -> Response:
        """Have a worker answer a request. Cancelling kills the worker if it is busy with this request.

        Args:
            request: its message.
            deadline: by the clock of the event loop.

        Raises:
            BusyError: the queue is full, or no worker became free in half of the time.
            DeadlineExceededError, BudgetExceededError: the worker was killed for that reason.
            WorkerLostError: the worker ended by itself, or the queue is closed.
            NoWorkersError: there is no worker, and none can be started now.
        """
        if self._is_closed:
            raise WorkerLostError
        if self._is_suspended:
            raise NoWorkersError
        # With less than half of its time left, it would hold a worker and most likely not finish.
        job = _Job(request, self._loop.create_future(), (self._loop.time() + deadline) / 2, deadline)
        worker = self._next_worker()
        if worker is not None:
            self._assign(worker, job)
        elif len(self._waiting) < self._max_waiting:
            self._waiting.append(job)
        else:
            raise BusyError
        if self._timer is None:
            self._timer = self._loop.call_later(POOL_CHECK_SECONDS, self._check)
        try:
            return await job.response
        except asyncio.CancelledError:
            if job in self._waiting:
                self._waiting.remove(job)
            elif job.worker is not None and self._busy.get(job.worker, (None,))[0] is job:
                self._kill(job.worker, ExitReason.ABANDONED)
            raise

    def _free_worker(self) -> WorkerProcess | None:
        while self._free:
            worker = self._free.pop()
            if not worker.has_ended:
                return worker
        return None

    def _next_worker(self) -> WorkerProcess | None:
        """Return a free worker, else the one that holds the fewest jobs if it may hold another."""
        worker = self._free_worker()
        if worker is not None or self.has_runaways or not self._busy:
            return worker
        worker, jobs = min(self._busy.items(), key=_load)
        return worker if len(jobs) < MAX_REQUESTS_AT_WORKER else None

    def _assign(self, worker: WorkerProcess, job: _Job) -> None:
        job.worker = worker
        self._busy.setdefault(worker, deque()).append(job)
        worker.send(job.request)

    def _dispatch(self) -> None:
        """Give waiting jobs to workers that can take them."""
        while self._waiting and (worker := self._next_worker()) is not None:
            # In order, but the newest first while there are runaways: it is likelier to be small than those that a
            # burst has left waiting. In a queue without a budget the newest has the most time left.
            self._assign(worker, self._waiting.pop() if self.has_runaways else self._waiting.popleft())

    def _on_response(self, worker: WorkerProcess, response: Response) -> None:
        jobs = self._busy.get(worker)
        if jobs is None:
            return  # killed in the same moment
        job = jobs.popleft()
        if not job.response.done():
            job.response.set_result(response)
        if response.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            # A worker ends after a fault of this program.
            self._kill(worker, ExitReason.FAULT)
            return
        if not jobs:
            del self._busy[worker]
            self._free.append(worker)
        self._dispatch()

    def _on_exit(self, worker: WorkerProcess) -> None:
        if worker in self._free:
            self._free.remove(worker)
        self._kill(worker, ExitReason.LOST, WorkerLostError())

    def _kill(self, worker: WorkerProcess, reason: ExitReason, error: Exception | None = None) -> None:
        """Kill a worker. The job that it is busy with fails with the error; the others go back to the queue."""
        jobs = self._busy.pop(worker, deque())
        if jobs and error is not None and not self._may_start_again(jobs[0]):
            _fail(jobs.popleft(), error)
        worker.kill(reason)
        requeued = [job for job in reversed(jobs) if not job.response.done()]
        # They are next, at the end from which `_dispatch` takes them.
        (self._waiting.extend if self.has_runaways else self._waiting.extendleft)(requeued)
        self._fail_late()
        if self._is_closed:
            self.close()
        else:
            self._dispatch()

    def _may_start_again(self, job: _Job) -> bool:
        """Return True for a job that has used hardly any time: its worker most likely ended for another reason.

        If a second worker ends, the reason is the job.
        """
        is_second, job.is_second_attempt = job.is_second_attempt, True
        return self._budget is not None and job.cpu_used < CONTENDED_SECONDS and not is_second

    def _check(self) -> None:
        """Kill workers whose job has used its time, and fail jobs that have waited too long."""
        now = self._loop.time()
        for worker, jobs in list(self._busy.items()):
            if now >= jobs[0].deadline:
                self._kill(worker, ExitReason.DEADLINE, DeadlineExceededError())
                continue
            self._share(jobs)
            if self._exceeds_budget(worker, jobs):
                self._runaways_until = now + RUNAWAY_SECONDS
                self._set_runaways(has_runaways=True)
                self._kill(worker, ExitReason.MOVED, BudgetExceededError())
        self._fail_late()
        if self._budget is not None:
            self._set_runaways(has_runaways=now < self._runaways_until)
            self._dispatch()
        is_idle = not (self._busy or self._waiting or now < self._runaways_until)
        self._timer = None if is_idle else self._loop.call_later(POOL_CHECK_SECONDS, self._check)

    def _share(self, jobs: deque[_Job]) -> None:
        """Give the jobs behind one that has been running since the last check to free workers."""
        if jobs[0].cpu_at_start is None:
            return
        for position, job in enumerate(jobs):
            if position == 0 or job.response.done():
                continue
            if (worker := self._free_worker()) is None:
                return
            # The first worker answers too; that response is discarded.
            jobs[position] = _Job(job.request, _discarded(self._loop), job.start_by, job.deadline, job.worker)
            self._assign(worker, job)

    def _fail_late(self) -> None:
        now = self._loop.time()
        late = [job for job in self._waiting if job.start_by <= now]
        if late:
            self._waiting = deque(job for job in self._waiting if job.start_by > now)
        for job in late:
            _fail(job, BusyError())

    def _exceeds_budget(self, worker: WorkerProcess, jobs: deque[_Job]) -> bool:
        if self._budget is None:
            return False
        job, used = jobs[0], worker.cpu_seconds
        if job.cpu_at_start is None:
            job.cpu_at_start = used
        is_contended = self._waiting or len(jobs) > 1
        budget = min(CONTENDED_SECONDS, self._budget) if is_contended else self._budget
        job.cpu_used = max(job.cpu_used, used - job.cpu_at_start)
        # If the worker has answered and the server has not read it, the time is that of the jobs behind.
        return used - job.cpu_at_start >= budget and not worker.has_unread_response

    def _set_runaways(self, *, has_runaways: bool) -> None:
        # Two releases may be served at once. While one has runaways, so has the server.
        if has_runaways or self.has_runaways:
            self.has_runaways = has_runaways
            if self._on_runaways is not None:
                self._on_runaways(has_runaways)


def _load(entry: tuple[WorkerProcess, deque[_Job]]) -> int:
    return len(entry[1])


def _discarded(loop: asyncio.AbstractEventLoop) -> asyncio.Future[Response]:
    future: asyncio.Future[Response] = loop.create_future()
    future.cancel()
    return future


def _fail(job: _Job, error: Exception) -> None:
    # The client may have gone in the same moment.
    if not job.response.done():
        job.response.set_exception(error)
