"""How fast the server answers, beside two peers that are measured in the same run with the same data.

    python benchmarks/http.py [ROUNDS]        default: 3 rounds of 4 seconds each

rdflib-endpoint is what people take to put a SPARQL endpoint over RDF files. The bare endpoint is the least that could
answer at all: Starlette over pyoxigraph in one process, with no limits, no negotiation, no cache, no isolation. All
three run on uvicorn with uvloop and httptools. wrk asks with 16 connections; servers take turns, and the median of
the rounds counts. Needs: wrk (apt-get install wrk), and pip install rdflib-endpoint starlette.
"""

from __future__ import annotations

import sys

# This folder has a file with the name of a module of the standard library: this one.
sys.path.pop(0)

import http.client
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

SECONDS = 4
WRK = ("wrk", "-t1", "--timeout", "20")
OURS = str(Path(sys.executable).with_name("tlevel-rdf"))
THING = "https://w3id.org/tlevel/id/t-level/healthcare-science"
LOOKUP = f"SELECT ?p ?o WHERE {{ <{THING}> ?p ?o }} LIMIT 10 #"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) } #"
BARE = """
import sys, pyoxigraph, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
store = pyoxigraph.Store.read_only(sys.argv[1])
page = open(sys.argv[2], "rb").read()
async def sparql(request):
    found = store.query(request.query_params["query"]).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    return Response(found, media_type="application/sparql-results+json")
async def static(request):
    return Response(page, media_type="text/turtle")
app = Starlette(routes=[Route("/sparql", sparql), Route("/static", static)])
uvicorn.run(app, port=int(sys.argv[3]), access_log=False, log_level="error")
"""
PEER = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), access_log=False, log_level="error")
"""


class Figures(NamedTuple):
    """What wrk measured: requests in a second, latencies in milliseconds, and requests that failed."""

    rate: float
    median: float
    p99: float
    failed: int


class Server:
    """A process that listens on a port of its own."""

    def __init__(self, name: str, *command: str, port: int) -> None:
        self.name, self.port, self.runs = name, port, 0
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.answers():
            if self.process.poll() is not None:
                sys.exit(f"{name} does not start: {' '.join(command)[:200]}")
            time.sleep(0.005)
        self.seconds_to_start = time.perf_counter() - begun

    def answers(self) -> bool:
        """Whether it answers a query."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"/sparql?query={quote('ASK {}')}")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def measure(self, target: str, connections: int = 16, seconds: int = SECONDS) -> Figures:
        """Ask for a target, with a new number in each request where it has %N%."""
        self.runs += 1
        script = str(Path(__file__).with_suffix(".lua"))
        done = subprocess.run(
            [*WRK, f"-c{connections}", f"-d{seconds}", "-s", script, f"http://127.0.0.1:{self.port}/"],
            env={**os.environ, "BENCH_TARGET": target, "BENCH_START": str(self.runs * 10_000_000)},
            capture_output=True,
            text=True,
            check=True,
        )
        figures = next(line for line in done.stdout.splitlines() if line.startswith("figures "))
        requests, duration, median, p99, failed = map(int, figures.split()[1:])
        return Figures(requests / duration * 1e6, median / 1000, p99 / 1000, failed)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


def main() -> None:
    """Measure, and print the tables."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 3
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        subprocess.run(
            [OURS, "build", "--out", str(out)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        dump = next(iter((out / "current").glob("*.nq")))
        ours = Server("tlevel_rdf", OURS, "serve", str(out), "--port", "18310", port=18310)
        page = Path(folder) / "page.ttl"
        page.write_bytes(fetch(ours.port, "/doc/t-level/healthcare-science.ttl"))
        store = str((out / "current" / "store").resolve())
        bare = Server("bare endpoint", sys.executable, "-c", BARE, store, str(page), "18311", port=18311)
        peer = Server("rdflib-endpoint", sys.executable, "-c", PEER, str(dump), "18312", port=18312)
        try:
            compare(ours, bare, peer, rounds)
            disturb(ours)
        finally:
            for server in (ours, bare, peer):
                server.stop()
        starts = [start(out) for _ in range(5)]
        print(f"\nFirst answer after the start: {statistics.median(starts):.2f} s (median of 5)")


def compare(ours: Server, bare: Server, peer: Server, rounds: int) -> None:
    """Requests in a second, beside the peers."""
    example = f"/sparql?query={quote(question())}%N%"
    lookup = f"/sparql?query={quote(LOOKUP)}%N%"
    cases = {
        "an example query, each time with a text of its own": [(ours, example), (bare, example), (peer, example)],
        "ten properties of one thing, likewise": [(ours, lookup), (bare, lookup), (peer, lookup)],
        "the same query again": [(ours, example.removesuffix("%N%")), (bare, "/static")],
        "a thing in Turtle": [(ours, "/doc/t-level/healthcare-science.ttl"), (bare, "/static")],
    }
    print("| | tlevel_rdf | bare endpoint | rdflib-endpoint |\n|---|---:|---:|---:|")
    for name, asked in cases.items():
        rates: dict[str, list[Figures]] = {server.name: [] for server, _ in asked}
        for _ in range(rounds):
            for server, target in asked:
                rates[server.name].append(server.measure(target))
        if failed := {
            server: sum(f.failed for f in found) for server, found in rates.items() if any(f.failed for f in found)
        }:
            print(f"failed: {failed}")
        median = {server: statistics.median(figures.rate for figures in found) for server, found in rates.items()}
        cells = [f"{median[server]:,.0f}/s" if server in median else "" for server in (ours.name, bare.name, peer.name)]
        ratios = [f"{median[ours.name] / median[other]:.2g} times the {other}" for other in list(median)[1:]]
        print(f"| {name} ({', '.join(ratios)}) | {' | '.join(cells)} |")


def question() -> str:
    """The first example query of the README, and a comment that makes its text differ from any other."""
    file = Path(__file__).parents[1] / "queries" / "options-after-specialism.rq"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return "\n".join([*lines, "#"])


def disturb(ours: Server) -> None:
    """Small queries by 4 clients, alone and while 8 others send runaway queries without pause."""
    small = f"/sparql?query={quote(LOOKUP)}%N%"
    calm = ours.measure(small, connections=4, seconds=10)
    stop = threading.Event()
    clients = [threading.Thread(target=run_away, args=(ours.port, stop, seed), daemon=True) for seed in range(8)]
    for client in clients:
        client.start()
    time.sleep(1)
    loaded = ours.measure(small, connections=4, seconds=30)
    stop.set()
    print("\n| small queries by 4 clients | median | 99th percentile | failed |\n|---|---:|---:|---:|")
    print(f"| alone | {calm.median:.1f} ms | {calm.p99:.1f} ms | {calm.failed} |")
    print(f"| beside 8 clients with runaway queries | {loaded.median:.1f} ms | {loaded.p99:.1f} ms | {loaded.failed} |")
    print(f"| ratio | {loaded.median / calm.median:.1f} | {loaded.p99 / calm.p99:.1f} | |")


def run_away(port: int, stop: threading.Event, seed: int) -> None:
    """One client: every other query is new, the others come again."""
    numbers = random.Random(seed)
    while not stop.is_set():
        text = RUNAWAY + str(numbers.choice([seed, numbers.random()]))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", f"/sparql?query={quote(text)}")
            connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()


def fetch(port: int, path: str) -> bytes:
    """What a path answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return body


def start(out: Path) -> float:
    """How long a server takes from its start to its first answer."""
    server = Server("tlevel_rdf", OURS, "serve", str(out), "--port", "18313", port=18313)
    server.stop()
    return server.seconds_to_start


if __name__ == "__main__":
    main()
