"""A two-level scheduler: a fast queue for every request, and a slow queue of low priority for those that take long.

A request that has used its budget of processor time in the fast queue is ended there, started again in the slow queue,
and remembered. So a small request soon finds a free worker, however many runaway queries there are. A spare worker
replaces each one that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import Counter, OrderedDict, deque
from typing import TYPE_CHECKING

from tlevel_rdf.errors import WorkersError
from tlevel_rdf.limits import (
    FAST_SECONDS,
    FAST_WORKERS,
    FORKSERVER_CHECK_SECONDS,
    MAX_FAST_WAITING,
    MAX_SLOW_REQUESTS,
    SLOW_NICENESS,
    SPARE_WORKERS,
    WORKER_RETRY_SECONDS,
    WORKER_STARTS,
)
from tlevel_rdf.server.pool.process import WorkerStarter, set_policy
from tlevel_rdf.server.pool.queue import BudgetExceededError, WorkQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.server.pool.process import WorkerProcess
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response


class Scheduler:
    """All workers of one site.

    Attributes:
        fast: the queue in which every request starts.
        slow: the queue for requests that take long.
        ended: the number of workers that have ended, by reason.
        target_size: the number of workers when none is being replaced.
        is_closed: True from the order to end all workers on.
        start_error: the reason why the last worker could not be started; empty if it was.
    """

    def __init__(self, site: Site, on_runaways: Callable[[bool], None] | None = None) -> None:
        """Create the queues of a site, without workers.

        Args:
            site: the data to answer from; its settings give the numbers.
            on_runaways: see `WorkQueue`.
        """
        settings = site.settings
        self.fast = WorkQueue(MAX_FAST_WAITING, FAST_SECONDS, on_runaways)
        self.slow = WorkQueue(settings.queue)
        self.ended: Counter[str] = Counter()
        self.target_size = (FAST_WORKERS + 1 + SPARE_WORKERS) * settings.workers
        self.start_error = ""
        self._workers = settings.workers
        self._starter = WorkerStarter(site)
        #: The queue of each worker; None for a spare.
        self._queue_of: dict[WorkerProcess, WorkQueue | None] = {}
        self._vacancies: deque[WorkQueue] = deque()
        self._is_short = asyncio.Event()
        self._replenishing: asyncio.Task[None] | None = None
        #: Their hashes: 10,000 requests with a body could have 10 GB. Equal hashes only cost a place in the fast queue.
        self._slow_requests: OrderedDict[int, None] = OrderedDict()
        self.is_closed = False

    async def start(self) -> None:
        """Start the workers; return when the first is ready.

        Raises:
            WorkersError: no worker can be started.
        """
        self._vacancies.extend([*[self.fast] * FAST_WORKERS, self.slow] * self._workers)
        try:
            first = await self._starter.start()
        except BaseException:
            await self._starter.close()
            raise
        self._add(first)
        self._is_short.set()
        self._replenishing = asyncio.create_task(self._replenish())

    async def submit_fast(self, request: bytes, deadline: float) -> Response | None:
        """Answer a request in the fast queue; return None if it belongs in the slow one.

        Raises:
            BusyError, DeadlineExceededError, NoWorkersError, WorkerLostError: see `WorkQueue.submit`.
        """
        if (number := hash(request)) in self._slow_requests:
            self._slow_requests.move_to_end(number)
            return None
        try:
            return await self.fast.submit(request, deadline)
        except BudgetExceededError:
            self._slow_requests[number] = None
            if len(self._slow_requests) > MAX_SLOW_REQUESTS:
                self._slow_requests.popitem(last=False)
            return None

    def kill(self) -> None:
        """Kill every worker; requests that wait for one fail with `WorkerLostError`."""
        self.is_closed = True
        for worker in self._queue_of:
            worker.kill()
        self.fast.close()
        self.slow.close()

    async def close(self) -> None:
        """Kill every worker, and wait until all have ended."""
        self.is_closed = True
        self._is_short.set()
        if self._replenishing is not None:
            await self._replenishing
        self.kill()
        await asyncio.gather(*(worker.exited for worker in self._queue_of))
        await self._starter.close()

    @property
    def spares(self) -> int:
        """The number of spare workers."""
        return sum(queue is None for queue in self._queue_of.values())

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.pid for worker in list(self._queue_of)]

    @property
    def size(self) -> int:
        """The number of workers."""
        return len(self._queue_of)

    async def _replenish(self) -> None:
        """Start workers while there are too few, one at a time: several would take the time of those at work."""
        failures = 0
        while not self.is_closed:
            try:
                self._add(await self._starter.start())
                failures, self.start_error = 0, ""
            except WorkersError as error:
                failures += 1
                if failures % WORKER_STARTS:
                    continue
                self.start_error = error.message
                self.fast.suspend_if_empty()
                self.slow.suspend_if_empty()
                await asyncio.sleep(WORKER_RETRY_SECONDS)
            # `close` sets the event, so that this loop ends.
            if self.size >= self.target_size and not self.is_closed:
                self._is_short.clear()
            while not await self._becomes_short():
                await self._starter.restart_if_ended()

    async def _becomes_short(self) -> bool:
        """Wait a while until there are too few workers; return False if there are enough."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FORKSERVER_CHECK_SECONDS):
                return await self._is_short.wait()
        return False

    def _add(self, worker: WorkerProcess) -> None:
        self._queue_of[worker] = None
        worker.exited.add_done_callback(lambda _: self._on_exit(worker))
        self._fill_vacancy()

    def _on_exit(self, worker: WorkerProcess) -> None:
        queue = self._queue_of.pop(worker)
        if self.is_closed:
            return
        self.ended[worker.exit_reason] += 1
        if queue is not None:
            self._vacancies.append(queue)
            self._fill_vacancy()
        self._is_short.set()

    def _fill_vacancy(self) -> None:
        spare = next((worker for worker, queue in self._queue_of.items() if queue is None), None)
        if spare is None or not self._vacancies:
            return
        # The fast queue first: requests wait there for milliseconds.
        queue = self.fast if self.fast in self._vacancies else self.slow
        self._vacancies.remove(queue)
        self._queue_of[spare] = queue
        # A batch process does not preempt the server when it receives a request.
        set_policy(spare.pid, os.SCHED_BATCH, SLOW_NICENESS if queue is self.slow else 0)
        queue.add_worker(spare)
