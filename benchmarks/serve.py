"""Requests that the server answers in a second, beside two peers with the same data in the same run.

Usage: python benchmarks/serve.py [--rounds 3] [--seconds 4] [--quick] [--only rates]

`make bench` installs the peers. rdflib-endpoint is the usual way to put a SPARQL endpoint over RDF files. The bare
endpoint is the least that can answer: Starlette over pyoxigraph in one process. All three run on uvicorn with uvloop
and httptools. wrk (apt-get install wrk) sends the requests over 16 connections. The servers take turns, in the opposite
order in every other round. A ratio is the median of the rounds' ratios, with the smallest and the largest in brackets:
other work on the machine slows all servers of a round, and so hardly moves it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from server_process import BenchmarkError, Figures, Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
OURS = str(Path(sys.executable).with_name("tlevel-rdf"))
CONNECTIONS = 16
PAGE = "/doc/t-level/healthcare-science.ttl"
LOOKUP = "SELECT ?p ?o WHERE { <https://w3id.org/tlevel/id/t-level/healthcare-science> ?p ?o } LIMIT 10 #"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) } #"


class Plan(NamedTuple):
    """The length of a benchmark: its rounds, and the seconds of each measurement, calm and disturbed."""

    rounds: int
    seconds: int
    calm: int
    disturbed: int


class Servers(NamedTuple):
    """The three servers that are compared."""

    ours: Server
    bare: Server
    rdflib: Server


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--quick", action="store_true", help="one round of one second each")
    parser.add_argument("--only", choices=("rates", "disturbed", "start"), help="one of the three tables")
    parser.add_argument("--peers", type=Path, default=ROOT / "build/bench/bin/python", help="the peers' Python")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed. Run: apt-get install wrk")
    if not options.peers.exists():
        sys.exit(f"{options.peers} does not exist. Run: make bench")
    plan = Plan(1, 1, 2, 4) if options.quick else Plan(options.rounds, options.seconds, 10, 30)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the servers too
    try:
        run(plan, str(options.peers), options.only)
    except BenchmarkError as error:
        sys.exit(str(error))


def run(plan: Plan, python: str, only: str | None) -> None:
    """Build a release, start the servers on it, and print one table or all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "public"
        subprocess.run([OURS, "build", ROOT / "data/profiles", "--out", out], check=True, capture_output=True)
        page = folder / "page.ttl"
        ours = Server("tlevel_rdf", OURS, "serve", str(out), "--port")
        bare = Server(
            "bare endpoint", python, str(FOLDER / "peer_bare.py"), str((out / "current/store").resolve()), str(page)
        )
        dump = next(iter((out / "current").glob("*.nq")))
        rdflib = Server("rdflib-endpoint", python, str(FOLDER / "peer_rdflib.py"), str(dump))
        if only in {None, "rates"}:
            with ours:
                page.write_bytes(ours.fetch(PAGE)[1])
                with bare, rdflib:
                    compare(Servers(ours, bare, rdflib), plan)
        if only in {None, "disturbed"}:
            with ours:
                disturb(ours, plan)
        if only in {None, "start"}:
            page.touch()
            compare_starts(ours, bare, rounds=1 if plan.rounds == 1 else 5)


def compare(servers: Servers, plan: Plan) -> None:
    """Print the requests in a second of each case, and the ratios."""
    ours, bare, rdflib = servers
    example = f"/sparql?query={quote(example_query())}%N%"
    lookup = f"/sparql?query={quote(LOOKUP)}%N%"
    cases: dict[str, list[tuple[Server, str]]] = {
        "an example query, each time with a new text": [(ours, example), (bare, example), (rdflib, example)],
        "ten properties of one thing, each time with a new text": [(ours, lookup), (bare, lookup), (rdflib, lookup)],
        "the same query again (bare endpoint: a static file)": [
            (ours, example.removesuffix("%N%")),
            (bare, "/static"),
        ],
        "a thing in Turtle (bare endpoint: a static file)": [(ours, PAGE), (bare, "/static")],
    }
    print("| Requests in a second | tlevel_rdf | bare endpoint | ratio | rdflib-endpoint | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, case in cases.items():
        rounds = [measure_round(case, plan.seconds, backwards=bool(number % 2)) for number in range(plan.rounds)]
        cells = [f"{statistics.median(figures[ours.name].rate for figures in rounds):,.0f}"]
        for other in (bare, rdflib):
            rates = [figures[other.name].rate for figures in rounds if other.name in figures]
            cells.append(f"{statistics.median(rates):,.0f}" if rates else "")
            cells.append(ratio([figures[ours.name].rate for figures in rounds], rates) if rates else "")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
        for server, _ in case:
            if failed := sum(figures[server.name].failed for figures in rounds):
                print(f"| {server.name} failed {failed} requests of the row above | | | | | |", flush=True)


def measure_round(case: Sequence[tuple[Server, str]], seconds: int, *, backwards: bool) -> dict[str, Figures]:
    """Measure each server of a case once, one after the other."""
    order = reversed(case) if backwards else case
    return {server.name: server.measure(target, CONNECTIONS, seconds) for server, target in order}


def ratio(ours: Sequence[float], others: Sequence[float]) -> str:
    """Return the median of the ratios of pairs, with the smallest and the largest."""
    ratios = sorted(mine / max(other, 1e-9) for mine, other in zip(ours, others, strict=True))
    middle = f"{statistics.median(ratios):.3g}"
    return middle if len(ratios) == 1 else f"{middle} ({ratios[0]:.3g} to {ratios[-1]:.3g})"


def example_query() -> str:
    """Return the first example query of the README, with a comment that makes its text unlike any other."""
    file = ROOT / "queries" / "options-after-specialism.rq"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return "\n".join([*lines, "#"])


def disturb(ours: Server, plan: Plan) -> None:
    """Print the latency of small queries by 4 clients, alone and while 8 others send runaway queries."""
    small = f"/sparql?query={quote(LOOKUP)}%N%"
    calm = ours.measure(small, 4, plan.calm)
    with runaway_clients(ours.port, 8):
        loaded = ours.measure(small, 4, plan.disturbed)
    print("\n| Small queries by 4 clients | median | 99th percentile | failed |\n|---|---:|---:|---:|")
    print(f"| alone | {calm.median:.1f} ms | {calm.p99:.1f} ms | {calm.failed} |")
    print(f"| beside 8 clients with runaway queries | {loaded.median:.1f} ms | {loaded.p99:.1f} ms | {loaded.failed} |")
    print(f"| ratio | {loaded.median / calm.median:.1f} | {loaded.p99 / calm.p99:.1f} | |", flush=True)


@contextlib.contextmanager
def runaway_clients(port: int, count: int) -> Iterator[None]:
    """Send queries that no server can finish, from some clients, for the length of the block."""
    stop = threading.Event()
    for seed in range(count):
        threading.Thread(target=run_away, args=(port, stop, seed), daemon=True).start()
    time.sleep(1)  # until the server has found the first ones out
    try:
        yield
    finally:
        stop.set()


def run_away(port: int, stop: threading.Event, seed: int) -> None:
    """Send runaway queries, about every other one with a new text, until the event is set."""
    numbers = random.Random(seed)
    while not stop.is_set():
        text = RUNAWAY + str(numbers.choice([seed, numbers.random()]))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", f"/sparql?query={quote(text)}")
            connection.getresponse().read()


def compare_starts(ours: Server, bare: Server, rounds: int) -> None:
    """Print the seconds from the start of a server to its first answer."""
    seconds: dict[str, list[float]] = {ours.name: [], bare.name: []}
    for _ in range(rounds):
        for server in (ours, bare):
            with server:
                seconds[server.name].append(server.seconds_to_start)
    print("\n| Seconds from the start to the first answer | tlevel_rdf | bare endpoint | ratio |\n|---|---:|---:|---:|")
    cells = [f"{statistics.median(found):.2f}" for found in seconds.values()]
    print(f"| median of {rounds} | {' | '.join(cells)} | {ratio(*seconds.values())} |")


if __name__ == "__main__":
    main()
