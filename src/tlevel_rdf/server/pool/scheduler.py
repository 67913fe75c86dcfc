"""Two lanes of workers: a fast one, in which everything begins, and a slow one of low priority for what takes long.

A request that has used its budget of processor time in the fast lane is ended there and begun again in the slow one,
and it is remembered. So however many runaway queries come, a small one soon finds a free worker. A worker that was
ended, or ended by itself, is replaced at once by a spare that is ready.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, OrderedDict, deque
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import WorkersError
from tlevel_rdf.server.pool.process import Starter, schedule
from tlevel_rdf.server.pool.queue import Lane, OverBudgetError

if TYPE_CHECKING:
    from tlevel_rdf.server.pool.messages import Answer
    from tlevel_rdf.server.pool.process import Worker
    from tlevel_rdf.web.data.site import Site

#: Processor time in the fast lane.
_FAST_SECONDS: Final = 0.1
#: Workers of the fast lane for each of the setting: see decision 0012.
_FAST: Final = 2
#: Spares for each of the setting: so many runaway queries may come in one moment, and it takes ten times as
#: long to start a worker as to find that a query runs away.
_SPARES: Final = 3
#: Requests that may wait for a fast worker: at a millisecond each, for two seconds.
_MOST_WAITING: Final = 2_000
#: So many slow requests are remembered.
_MOST_REMEMBERED: Final = 10_000
_SECONDS_BETWEEN_LOOKS: Final = 0.01
#: The pause after a worker could not be started.
_SECONDS_TO_NEXT_START: Final = 1.0


class Lanes:
    """All workers of one site.

    Attributes:
        fast: the lane in which everything begins.
        slow: the lane for what takes long.
        ended: how many workers have ended, by reason, for the metrics.
        under_way: how many requests are being answered from here; whoever answers one counts it.
        full_size: how many workers there are when none is being replaced.
    """

    def __init__(self, site: Site) -> None:
        settings = site.settings
        self.fast = Lane(_MOST_WAITING, _FAST_SECONDS)
        self.slow = Lane(settings.queue, None)
        self.ended: Counter[str] = Counter()
        self.under_way = 0
        self.full_size = (_FAST + 1 + _SPARES) * settings.workers
        self._seconds = settings.timeout
        self._workers = settings.workers
        self._starter = Starter(site)
        #: Where each worker is; None: it is a spare.
        self._place_of: dict[Worker, Lane | None] = {}
        self._vacancies: deque[Lane] = deque()
        self._lacks = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._slow_ones: OrderedDict[bytes, None] = OrderedDict()
        self._is_closed = False

    async def open(self) -> None:
        """Start the workers; returns when the first is ready.

        Raises:
            WorkersError: it cannot be started.
        """
        self._vacancies.extend([*[self.fast] * _FAST, self.slow] * self._workers)
        first = await self._starter.start()
        if first is None:
            await self._starter.close()
            raise WorkersError("no worker process can be started", hint="give more memory, or see what it says above")
        self._take_in(first)
        self._lacks.set()
        self._keeper = asyncio.create_task(self._keep())

    def deadline(self) -> float:
        """By when a request that comes now is to be answered, by the clock of the loop."""
        return asyncio.get_running_loop().time() + self._seconds

    async def fast_answer(self, question: bytes, deadline: float) -> Answer | None:
        """What a worker of the fast lane answers; None if that takes too long there.

        Raises:
            BusyError, TimeUpError, WorkerLostError: see `Lane.run`.
        """
        if question in self._slow_ones:
            self._slow_ones.move_to_end(question)
            return None
        try:
            return await self.fast.run(question, deadline)
        except OverBudgetError:
            self._slow_ones[question] = None
            if len(self._slow_ones) > _MOST_REMEMBERED:
                self._slow_ones.popitem(last=False)
            return None

    async def slow_answer(self, question: bytes, deadline: float) -> Answer:
        """What a worker of the slow lane answers. To cancel this ends the worker.

        Raises:
            BusyError, TimeUpError, WorkerLostError: see `Lane.run`.
        """
        return await self.slow.run(question, deadline)

    async def retire(self) -> None:
        """Close as soon as no request is under way."""
        # No new one comes, so that each is answered within the deadline.
        while self.under_way:  # noqa: ASYNC110 - not urgent
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        await self.close()

    def end(self) -> None:
        """End every worker, at work or not; whoever waits for one gets `WorkerLostError`."""
        self._is_closed = True
        for worker in self._place_of:
            worker.end()
        self.fast.close()
        self.slow.close()

    async def close(self) -> None:
        """End every worker, and wait until they are gone."""
        self._is_closed = True
        self._lacks.set()
        if self._keeper is not None:
            await self._keeper
        self.end()
        await asyncio.gather(*(worker.gone for worker in self._place_of))
        await self._starter.close()

    @property
    def spares(self) -> int:
        """How many workers are ready to replace one."""
        return sum(lane is None for lane in self._place_of.values())

    @property
    def pids(self) -> list[int]:
        """The numbers of the workers' processes."""
        return [worker.pid for worker in list(self._place_of)]

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self._place_of)

    async def _keep(self) -> None:
        """Whenever workers are lacking, start one after the other: several at a time would take the others' time."""
        while not self._is_closed:
            if (worker := await self._starter.start()) is not None:
                self._take_in(worker)
            else:
                await asyncio.sleep(_SECONDS_TO_NEXT_START)
            # Once closed, the event stays set, so that this ends.
            if self.size >= self.full_size and not self._is_closed:
                self._lacks.clear()
            await self._lacks.wait()

    def _take_in(self, worker: Worker) -> None:
        self._place_of[worker] = None
        worker.gone.add_done_callback(lambda _: self._replace(worker))
        self._fill()

    def _replace(self, worker: Worker) -> None:
        lane = self._place_of.pop(worker)
        if self._is_closed:
            return
        self.ended[worker.ended_for] += 1
        if lane is not None:
            self._vacancies.append(lane)
            self._fill()
        self._lacks.set()

    def _fill(self) -> None:
        spare = next((worker for worker, lane in self._place_of.items() if lane is None), None)
        if spare is None or not self._vacancies:
            return
        # The fast lane first: whoever waits there waits for milliseconds.
        lane = self.fast if self.fast in self._vacancies else self.slow
        self._vacancies.remove(lane)
        self._place_of[spare] = lane
        # In the fast lane, it does not push the server aside in the moment in which it gets a question. In the slow
        # one, it runs when nobody else wants to; at a low priority by nice(2) it would hold others up for a moment.
        schedule(spare.pid, os.SCHED_IDLE if lane is self.slow else os.SCHED_BATCH)
        lane.add(spare)
