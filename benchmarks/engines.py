"""The same eight questions to the embedded store, to the Oxigraph server and to Virtuoso, in one run.

Usage: python benchmarks/engines.py [--triples 1000000] [--rounds 5] [--release FOLDER]

The data is a release, the shipped one by default. For `--triples`, it is loaded with copies of its things under other
IRIs until there are as many triples. Each engine gets the same graphs, and answers through the `Store` of this package,
which writes JSON; so the time of an engine has the way there and back in it. The engines take turns. The embedded store
runs in a process of its own, so that its memory is its own. All must return the same number of rows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from tlevel_rdf.errors import EngineTimeoutError
from tlevel_rdf.limits import ENGINE_SECONDS, LOAD_PART_BYTES
from tlevel_rdf.release.dumps import N_QUADS, N_TRIPLES
from tlevel_rdf.release.release import open_release
from tlevel_rdf.store.base import Query, Solutions
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.remote.control import UNION, LoadedRelease
from tlevel_rdf.store.remote.graph_store import GraphStore
from tlevel_rdf.store.remote.store import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.pool import Pool

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.store.base import Store

ROOT = Path(__file__).parents[1]
#: Pages of Virtuoso's buffers, of 8 kB each.
VIRTUOSO_BUFFERS = 85_000
_PREFIXES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tlp: <https://w3id.org/tlevel/def/progression#>
"""
_OF_THING = "SELECT ?p ?o { <https://w3id.org/tlevel/id/t-level/healthcare-science> ?p ?o }"
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
_WORD = 'SELECT ?s ?name { ?s skos:prefLabel ?name FILTER(CONTAINS(LCASE(STR(?name)), "optic")) }'
_JOIN = """SELECT (COUNT(*) AS ?n) {
  ?from tlp:progressesTo ?step . ?step tlp:trainsFor ?job . ?job skos:prefLabel ?name
}"""


class Loaded(NamedTuple):
    """The data in an engine.

    Attributes:
        seconds: that the load took.
        processor_seconds: that the engine used for it, which other work on the machine changes less.
        process: that holds it.
        folder: of its files.
    """

    seconds: float
    processor_seconds: float
    process: int
    folder: Path


class Engine(Protocol):
    """An engine of the comparison."""

    name: str

    def load(self, graphs: Mapping[str, Path], release: Release) -> Loaded:
        """Load graphs, each a file of N-Triples; the one of the name UNION has all triples once."""

    def ask(self, text: str) -> tuple[float, int]:
        """Return the seconds that a query took, and the number of its rows."""


class Embedded:
    """The embedded store, in a process of its own."""

    name = "embedded store"

    def __init__(self, pool: Pool, folder: Path) -> None:
        self._pool, self._folder = pool, folder / "embedded"

    def load(self, graphs: Mapping[str, Path], _release: Release) -> Loaded:
        """Load graphs as a build does."""
        process = self._pool.apply(os.getpid)
        begin, used = time.perf_counter(), time.process_time()
        store = pyoxigraph.Store(str(self._folder))
        for name, file in graphs.items():
            target = None if name == UNION else NamedNode(name)
            store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES, to_graph=target)
        store.optimize()
        store.flush()
        del store
        seconds, used = time.perf_counter() - begin, time.process_time() - used
        self._pool.apply(_open, (self._folder,))
        return Loaded(seconds, used, process, self._folder)

    def ask(self, text: str) -> tuple[float, int]:
        """Run a query in the other process."""
        result: tuple[float, int] = self._pool.apply(_ask_opened, (text,))
        return result


class Remote:
    """An engine that has been started."""

    def __init__(self, name: str, graph_store: str, query: str, process: int, folder: Path) -> None:
        self.name = name
        self._graph_store, self._query, self._process, self._folder = graph_store, query, process, folder
        self._stores: list[Store] = []

    def load(self, graphs: Mapping[str, Path], release: Release) -> Loaded:
        """Load graphs as `tlevel-rdf load` does."""
        begin, used = time.perf_counter(), processor_seconds(self._process)
        target = GraphStore(self._graph_store)
        for name, file in graphs.items():
            target.replace(name, _parts(file))
        target.close()
        names = tuple(name for name in graphs if name != UNION)
        state = LoadedRelease(release.id, release.base, release.date, names, is_complete=True)
        self._stores = [RemoteStore(self._query, state)]
        used = processor_seconds(self._process) - used
        return Loaded(time.perf_counter() - begin, used, self._process, self._folder)

    def ask(self, text: str) -> tuple[float, int]:
        """Run a query at the engine."""
        return _time(self._stores[0], text)


_opened: list[Store] = []


def _open(folder: Path) -> None:
    """Open a store in this process."""
    _opened.append(EmbeddedStore.open(folder))


def _ask_opened(text: str) -> tuple[float, int]:
    return _time(_opened[0], text)


def _time(store: Store, text: str) -> tuple[float, int]:
    begin = time.perf_counter()
    rows = store.select(Query(text))
    seconds = time.perf_counter() - begin
    return seconds, len(rows.rows) if isinstance(rows, Solutions) else 1


def _parts(file: Path) -> Iterator[bytes]:
    """Yield a file of lines in parts of whole lines."""
    with file.open("rb") as lines:
        while part := lines.readlines(LOAD_PART_BYTES):
            yield b"".join(part)


def questions() -> dict[str, str]:
    """Return the eight queries by their descriptions."""

    def example(name: str) -> str:
        return (ROOT / "queries" / f"{name}.rq").read_text(encoding="utf-8")

    return {
        "one thing's properties": _OF_THING,
        "options after a specialism": example("options-after-specialism"),
        "highest level of each specialism": example("highest-levels"),
        "T Levels before an occupation": example("what-leads-to-occupation"),
        "a join of three patterns, counted": _PREFIXES + _JOIN,
        "names with a word in them": _PREFIXES + _WORD,
        "all triples, counted": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "things of each class, counted": _CLASSES,
    }


def write_graphs(release: Release, triples: int, folder: Path) -> tuple[dict[str, Path], int]:
    """Write each graph of a release, and the union, with copies of the things until there are enough triples.

    Returns:
        The files of N-Triples, and the number of triples in the union.
    """
    things = f"<{release.base}id/".encode()
    union = (release.folder / N_TRIPLES).read_bytes().splitlines(keepends=True)
    more = [line for line in union if things in line]
    copies = max(0, -(-(triples - len(union)) // len(more)))
    by_graph: dict[str, list[bytes]] = {UNION: union}
    with (release.folder / N_QUADS).open("rb") as quads:
        for quad in quads:
            at = quad.rindex(b" <")
            by_graph.setdefault(quad[at + 2 : -4].decode(), []).append(quad[:at] + b" .\n")
    files = {}
    for number, (name, lines) in enumerate(by_graph.items()):
        files[name] = folder / f"{number}.nt"
        with files[name].open("wb") as file:
            file.writelines(lines)
            for copy in range(1, copies + 1):
                other = things + b"copy-%d/" % copy
                file.writelines(line.replace(things, other) for line in lines if things in line)
    return files, len(union) + copies * len(more)


def resident(process: int) -> float:
    """Return the megabytes of memory that a process has."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6


def processor_seconds(process: int) -> float:
    """Return the seconds of processor time that a process has used (proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(folder: Path) -> float:
    """Return the space that the files of a folder take."""
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file()) / 1e6


def compare(engines: Sequence[Engine], graphs: Mapping[str, Path], release: Release, rounds: int) -> None:
    """Load each engine, ask all of them, and print the table; the first one is the base of the ratios."""
    loaded = {engine.name: engine.load(graphs, release) for engine in engines}
    rows = {}
    for name, text in questions().items():
        times: dict[str, list[float]] = {engine.name: [] for engine in engines}
        counts: dict[str, int] = {}
        for turn in range(rounds + 1):
            for engine in engines:
                try:
                    seconds, counts[engine.name] = engine.ask(text)
                except EngineTimeoutError:
                    seconds = float("inf")
                # The first round fills caches.
                if turn or rounds == 1:
                    times[engine.name].append(seconds)
        if len(set(counts.values())) > 1:
            sys.exit(f"{name}: the engines return different numbers of rows: {counts}")
        rows[f"{name}, ms"] = [statistics.median(times[engine.name]) * 1000 for engine in engines]
    first, *others = engines
    print(f"| | {first.name} |" + "".join(f" {engine.name} | ratio |" for engine in others))
    print("|---|---:|" + "---:|---:|" * len(others))
    figures = {
        "load, s": [loaded[engine.name].seconds for engine in engines],
        "load, s of processor time of the engine": [loaded[engine.name].processor_seconds for engine in engines],
        "files, MB": [megabytes(loaded[engine.name].folder) for engine in engines],
        "memory after the queries, MB": [resident(loaded[engine.name].process) for engine in engines],
        **rows,
    }
    for name, (base, *values) in figures.items():
        print(f"| {name} | {shown(base)} |" + "".join(f" {shown(value)} | {value / base:.2g} |" for value in values))


def shown(value: float) -> str:
    """Return a figure with three digits; a query that was given up is longer than its limit."""
    if value == float("inf"):
        return f"over {ENGINE_SECONDS * 1000:,.0f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=0, help="at least so many; default: those of the release")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--release", type=Path, help="its folder; default: one of the shipped data is built")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.engines import run_oxigraph, run_virtuoso

    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        if options.release is None:
            options.release = folder / "public"
            command = [sys.executable, "-m", "tlevel_rdf", "build", str(ROOT / "data/profiles")]
            subprocess.run([*command, "--out", str(options.release)], check=True, capture_output=True)
        release = open_release(options.release)
        for each in ("graphs", "oxigraph", "virtuoso"):
            (folder / each).mkdir()
        graphs, triples = write_graphs(release, options.triples, folder / "graphs")
        print(f"{triples:,} triples in {len(graphs) - 1} graphs\n", flush=True)
        pool = running.enter_context(get_context("spawn").Pool(1))
        oxigraph = running.enter_context(run_oxigraph(folder / "oxigraph"))
        virtuoso = running.enter_context(run_virtuoso(folder / "virtuoso", VIRTUOSO_BUFFERS))
        engines: list[Engine] = [
            Embedded(pool, folder),
            Remote("Oxigraph server", oxigraph.store, oxigraph.query, oxigraph.process.pid, folder / "oxigraph"),
            Remote("Virtuoso", virtuoso.store, virtuoso.query, virtuoso.process.pid, folder / "virtuoso"),
        ]
        compare(engines, graphs, release, options.rounds)


if __name__ == "__main__":
    main()
