"""A server under clients of every kind for a while: `python -m tests.server.soak --seconds 600 --seed 1`.

Normal clients must get answers all the time. The server with its processes stays below the memory that the page of
limits states, and closes what it has opened. Its memory rises by a tenth while the allocator finds its sizes (68 MB in
the first minute, 78 MB in the sixth and the eighth, measured on a busy machine), so growth counts in the second half.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tests.server.conftest import descendants, run_process
from tests.web.conftest import endless_query, wait_until
from tlevel_rdf.server.memory import max_bytes, max_server_bytes
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tests.server.conftest import ServerProcess

#: Small bounds, which the clients reach.
SETTINGS: Final = Settings(
    workers=1,
    memory=200_000_000,
    cache=4_000_000,
    buffers=16_000_000,
    answer_bytes=4_000_000,
    connections=60,
    timeout=1.0,
    queue=8,
)
_NAMES: Final = ("memory", "cache", "buffers", "answer_bytes", "connections", "timeout", "queue")
#: Clients of each sort at the same time.
_NORMAL: Final = 3
_HOSTILE: Final = 12
#: Seconds between two looks at the memory.
_LOOK_SECONDS: Final = 0.5
#: Minutes from which on growth counts, and the part by which the last minute may be larger than the middle one.
_MIN_MINUTES: Final = 8
_MAX_GROWTH: Final = 1.03
_MAX_NORMAL_SECONDS: Final = 20
_LONG: Final = "SELECT (?s AS ?a) (?s AS ?b) (?s AS ?c) { ?s ?p ?o . ?t ?q ?u } LIMIT 9000"
_GREEDY: Final = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
_HOST: Final = b" HTTP/1.1\r\nHost: x\r\n"
_POST: Final = b"POST /sparql" + _HOST + b"Content-Type: application/sparql-query\r\n"
_NORMAL_TARGETS: Final = (
    *("/", "/catalogue.ttl", "/def/level.ttl", "/search?q=health", "/queries/", "/void.nt", "/data/manifest.json"),
    "/doc/t-level/healthcare-science",
    f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 3')}",
)


@dataclass
class Report:
    """What was found.

    Attributes:
        statuses: of the requests of normal clients.
        kinds: the number of times that each kind of hostile client came.
        failures: what should not have happened.
        server: the memory of the server's process at each look, with the seconds since the start.
        total: the memory of all its processes at each look.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    server: list[tuple[float, int]] = field(default_factory=list)
    total: list[int] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the report as text."""
        bounds = max_server_bytes(SETTINGS), max_bytes(SETTINGS)
        server, total = max(size for _, size in self.server), max(self.total)
        return [
            f"normal requests: {dict(sorted(self.statuses.items()))}",
            f"hostile clients: {dict(sorted(self.kinds.items()))}",
            f"memory of the server: {server:,} of {bounds[0]:,} bytes; of all processes: {total:,} of {bounds[1]:,}",
            f"memory of the server by minute, in MB: {' '.join(f'{size / 1e6:.1f}' for size in self.by_minute())}",
            *self.failures,
        ]

    def by_minute(self) -> list[float]:
        """Return the median of the server's memory in each minute."""
        minutes: dict[int, list[int]] = {}
        for at, size in self.server:
            minutes.setdefault(int(at // 60), []).append(size)
        return [statistics.median(sizes) for sizes in minutes.values()]


class Connected:
    """A connection of a hostile client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chance: random.Random) -> None:
        self.reader, self.writer, self.chance = reader, writer, chance

    async def send(self, *parts: bytes) -> None:
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()

    async def wait(self, most: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, most))

    async def read(self, most: int = 100_000) -> None:
        async with asyncio.timeout(3):
            await self.reader.read(most)


async def send_slowly(client: Connected) -> None:
    await client.send(client.chance.choice((b"GET /", _POST + b"Content-Length: 900000\r\n\r\n", _POST)))
    for _ in range(client.chance.randrange(6)):
        await client.send(b"x" * client.chance.choice((1, 100, 20_000)))
        await client.wait(0.5)


async def send_a_body_and_go(client: Connected) -> None:
    size = client.chance.randrange(100_000, 2_000_000)
    await client.send(_POST + b"Content-Length: %d\r\n\r\n" % size, b"#" * client.chance.randrange(size))


async def pipeline(client: Connected) -> None:
    one = b"GET /def/level.ttl" + _HOST + b"\r\n"
    await client.send(*[one * client.chance.randrange(1, 400)] * client.chance.randrange(1, 5))
    await client.read()


async def upgrade(client: Connected) -> None:
    head = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
    await client.send(_POST + head + b"Content-Length: 6\r\n\r\nASK {}" + b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    await client.read()


async def send_a_huge_head(client: Connected) -> None:
    more = client.chance.choice((b"a:\r\n" * 5_000, b"Cookie: " + b"c" * 90_000 + b"\r\n", b"x" * 200_000))
    await client.send(b"GET /" + _HOST[1:] if client.chance.random() < 0.5 else b"GET /" + b"p" * 70_000, more)
    await client.read()


async def send_trailers(client: Connected) -> None:
    await client.send(_POST + b"Transfer-Encoding: chunked\r\n\r\n6;x=" + b"e" * 100 + b"\r\nASK {}\r\n0\r\n")
    await client.send(*[b"t: " + b"t" * 1_000 + b"\r\n"] * client.chance.randrange(20))
    await client.send(b"\r\n")
    await client.read()


async def leave_an_answer_unread(client: Connected) -> None:
    target = client.chance.choice((f"/sparql?query={quote(_LONG)}", "/data/progression-profiles.nq"))
    await client.send(
        (f"GET {target}".encode() + _HOST + b"Accept: text/csv, */*\r\n\r\n") * client.chance.randrange(1, 4)
    )
    await client.wait(3)


async def run_away(client: Connected) -> None:
    query = client.chance.choice((endless_query(client.chance.randrange(10**9)), _GREEDY))
    await client.send(f"GET /sparql?query={quote(query)}".encode() + _HOST + b"\r\n")
    if client.chance.random() < 0.5:
        await client.read()


async def send_garbage(client: Connected) -> None:
    request = bytearray(_POST + b"Content-Length: 6\r\nExpect: 100-continue\r\n\r\nASK {}")
    for _ in range(client.chance.randrange(1, 9)):
        request[client.chance.randrange(len(request))] = client.chance.randrange(256)
    await client.send(client.chance.choice((bytes(request), client.chance.randbytes(3_000), b"\0", b"\r\n" * 5_000)))
    await client.read()


async def go_at_once(client: Connected) -> None:
    client.writer.transport.abort()


HOSTILE: Final[Sequence[Callable[[Connected], Awaitable[None]]]] = (
    *(send_slowly, send_a_body_and_go, pipeline, upgrade, send_a_huge_head, send_trailers, leave_an_answer_unread),
    *(run_away, send_garbage, go_at_once),
)


async def _be_hostile(port: int, chance: random.Random, report: Report) -> None:
    while True:
        kind = chance.choice(HOSTILE)
        report.kinds[kind.__name__] += 1
        # The server may close the connection at any time, and need not answer.
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=65_536)
            try:
                await kind(Connected(reader, writer, chance))
            finally:
                writer.transport.abort()
        await asyncio.sleep(chance.uniform(0, 0.1))


async def _be_normal(port: int, chance: random.Random, report: Report) -> None:
    while True:
        target = chance.choice(_NORMAL_TARGETS)
        if chance.random() < 0.5:
            target += ("&" if "?" in target else "?") + f"x={chance.randrange(10**9)}" if "search" not in target else ""
        try:
            async with asyncio.timeout(_MAX_NORMAL_SECONDS):
                status, head = await _get(port, target)
        except (OSError, TimeoutError, ValueError) as error:
            report.failures.append(f"{target}: {error!r}")
            continue
        report.statuses[status] += 1
        if status != 200 and not (status == 503 and b"\r\nretry-after: " in head):
            report.failures.append(f"{target}: {status}")
        await asyncio.sleep(chance.uniform(0, 0.1))


async def _get(port: int, target: str) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {target}".encode() + _HOST + b"Accept: text/turtle, */*;q=0.1\r\nConnection: close\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        while await reader.read(1 << 16):
            pass
        return int(head.split(b" ", 2)[1]), head.lower()
    except asyncio.IncompleteReadError as error:
        raise ValueError(f"the connection was closed after {len(error.partial)} bytes") from error
    finally:
        writer.transport.abort()


async def _look(server: ServerProcess, report: Report) -> None:
    start, pid = time.monotonic(), server.process.pid
    while True:
        own = memory_of(pid)
        report.server.append((time.monotonic() - start, own))
        report.total.append(own + sum(map(memory_of, descendants(pid))))
        await asyncio.sleep(_LOOK_SECONDS)


def memory_of(pid: int) -> int:
    """Return the bytes of memory that only this process has; 0 if it has ended."""
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("RssAnon:"))
    return 0


def files_of(pid: int) -> int:
    """Return the number of open files of a process."""
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - a number only


async def _attack(server: ServerProcess, port: int, seconds: float, seed: int, report: Report) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_look(server, report))]
        for number in range(_NORMAL + _HOSTILE):
            behave = _be_normal if number < _NORMAL else _be_hostile
            tasks.append(group.create_task(behave(port, random.Random(f"{seed} {number}"), report)))  # noqa: S311
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()


def soak(folder: Path, seconds: float, seed: int) -> Report:
    """Serve a folder of releases to clients of every kind for some seconds, and report."""
    report = Report()
    environment = {name.upper(): str(getattr(SETTINGS, name)) for name in _NAMES}
    with run_process(folder, **environment) as server:
        pid, port = server.process.pid, server.client.base_url.port
        assert port is not None
        assert server.client.get("/").status_code == 200
        server.client.close()
        processes = 2 + (max_bytes(SETTINGS) - max_server_bytes(SETTINGS)) // SETTINGS.memory
        assert wait_until(lambda: len(descendants(pid)) == processes - 1)
        files = files_of(pid)
        asyncio.run(_attack(server, port, seconds, seed, report))
        _check_memory(report)
        if not wait_until(lambda: (files_of(pid), len(descendants(pid))) == (files, processes - 1)):
            report.failures.append(f"{files_of(pid)} files are open, not {files}; {len(descendants(pid))} processes")
        report.failures += [line for line in server.log if "Traceback" in line]
    return report


def _check_memory(report: Report) -> None:
    if (most := max(size for _, size in report.server)) > max_server_bytes(SETTINGS):
        report.failures.append(f"the server took {most:,} bytes")
    if (most := max(report.total)) > max_bytes(SETTINGS):
        report.failures.append(f"all processes took {most:,} bytes")
    minutes = report.by_minute()
    if len(minutes) >= _MIN_MINUTES and minutes[-1] > minutes[len(minutes) // 2] * _MAX_GROWTH:
        report.failures.append("the server grew in the second half of the time")


def main() -> int:
    """Build a release of the shipped data and soak it; return 1 if something failed."""
    from tlevel_rdf.release.build import build_paths  # noqa: PLC0415 - takes a second
    from tlevel_rdf.settings import read_settings  # noqa: PLC0415 - for the same line

    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    print(f"{given.seconds:.0f} seconds, seed {given.seed}", flush=True)  # noqa: T201 - a program
    with tempfile.TemporaryDirectory() as folder:
        build_paths([], Path(folder), read_settings({}, {}))
        report = soak(Path(folder), given.seconds, given.seed)
    print("\n".join(report.lines()))  # noqa: T201 - a program
    return int(bool(report.failures))


if __name__ == "__main__":
    sys.exit(main())
