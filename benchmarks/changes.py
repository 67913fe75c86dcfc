"""Time and peak memory to compare two versions of many profiles, beside GNU diff and rdflib in the same run.

Usage: python benchmarks/changes.py [SIZE ...] [--quick]

The profiles are those of publish.py. In every tenth, the newer version has another degree and a line that moved. A
version is what `diff` reads of a release: sorted N-Quads and a store. It has no reference data. GNU diff compares the
N-Quads line by line: it finds the statements, and no sentences. `graph_diff` of rdflib finds the statements as triples,
up to 20 profiles. Each runs in a process of its own, and its peak is that of its resident memory. A child begins with
the peak of its parent, so this process imports nothing large. Last comes the growth from the smallest size to the
largest: memory is bounded if it does not follow the dump. To prepare 10,000 profiles takes half an hour and 5 GB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Quad

N_QUADS = "progression-profiles.nq"
N_TRIPLES = "progression-profiles.nt"
OURS = "tlevel-rdf diff"
GNU = "GNU diff"
WRITE = "write"
RDFLIB = "rdflib graph_diff"
MAX_SIZE_OF_RDFLIB = 20
#: Profiles that are described at a time, and of which every tenth is edited.
DESCRIBED = 500
EDITED = 10
VERSIONS = ("old", "new")


class Cost(NamedTuple):
    """The seconds and the peak memory of a comparison, in MB."""

    seconds: float
    peak: int


def main() -> None:
    """Measure each size, or run one comparison as a child."""
    if sys.argv[1:2] == ["child"]:
        way, folder = sys.argv[2], Path(sys.argv[3])
        if way == WRITE:
            write_versions(folder, int(sys.argv[4]))
        else:
            compare(way, folder)
        return
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[20, 100, 1_000], help="numbers of profiles")
    parser.add_argument("--quick", action="store_true", help="1 and 20 profiles")
    options = parser.parse_args()
    measured = [measure(size) for size in ([1, 20] if options.quick else options.sizes)]
    (first, least), (last, most) = measured[0], measured[-1]
    print(
        f"from {first / 1e6:,.1f} MB of N-Quads to {last / 1e6:,.1f} MB, {last / first:,.0f} times as much:"
        f" {OURS} needs {most[OURS].peak / least[OURS].peak:.1f} times the memory,"
        f" {GNU} {most[GNU].peak / least[GNU].peak:.1f} times"
    )


def measure(size: int) -> tuple[int, dict[str, Cost]]:
    """Compare two versions of some profiles in each way, and print a table.

    Returns:
        The bytes of the newer N-Quads, and the cost of each way.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        child = [sys.executable, __file__, "child"]
        run([*child, WRITE, name, str(size)])
        bytes_ = (folder / "new" / N_QUADS).stat().st_size
        with (folder / "new" / N_QUADS).open("rb") as file:
            quads = sum(1 for _ in file)
        print(f"{size:,} profiles: {quads:,} quads, {bytes_ / 1e6:,.1f} MB of N-Quads")
        costs = {
            OURS: run([*child, OURS, name]),
            GNU: run(["diff", str(folder / "old" / N_QUADS), str(folder / "new" / N_QUADS)], (0, 1)),
        }
        if size <= MAX_SIZE_OF_RDFLIB:
            costs[RDFLIB] = run([*child, RDFLIB, name])
    own = costs[OURS]
    for way, cost in costs.items():
        ratios = f"  {cost.seconds / own.seconds:8.2f} of the time {cost.peak / own.peak:8.2f} of the memory"
        print(f"  {way:<20} {cost.seconds:9.2f} s {cost.peak:7,} MB{ratios if way != OURS else ''}", flush=True)
    return bytes_, costs


def run(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Cost:
    """Run a command without its output."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return Cost(time.perf_counter() - began, usage.ru_maxrss // 1024)


def compare(way: str, folder: Path) -> None:
    """Compare the two versions in this process."""
    if way == OURS:
        from tlevel_rdf.changes.version import Version
        from tlevel_rdf.dataset.comparing import write_changes
        from tlevel_rdf.store.embedded import EmbeddedStore

        old, new = (
            Version(name, EmbeddedStore.open(folder / name / "store"), folder / name / N_QUADS) for name in VERSIONS
        )
        for piece in write_changes(old, new, "text"):
            sys.stdout.buffer.write(piece)
        return
    import rdflib
    from rdflib.compare import graph_diff

    graphs = [rdflib.Graph().parse(folder / name / N_TRIPLES) for name in VERSIONS]
    _, removed, added = graph_diff(*graphs)
    print(len(removed), len(added))


def write_versions(folder: Path, size: int) -> None:
    """Write both versions of random profiles, each with its N-Quads and its store."""
    from publish import write_profiles
    from pyoxigraph import RdfFormat, parse

    from tlevel_rdf.graph.union import write_union
    from tlevel_rdf.release.dumps import write_canonical

    write_profiles(folder / "profiles", size)
    files = sorted((folder / "profiles").iterdir())
    for name in VERSIONS:
        if name == "new":
            for file in files[::EDITED]:
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace("degree: ", "degree: New ", 1).replace("line: 1\n", "line: 2\n"), "utf-8")
        (folder / name).mkdir()
        write_canonical(describe(files), folder / name)
        quads = parse(path=str(folder / name / N_QUADS), format=RdfFormat.N_QUADS)
        write_union(quads, folder / name / "store")


def describe(files: Sequence[Path]) -> Iterator[Quad]:
    """Yield the statements about profiles."""
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.loading import read_corpus

    for start in range(0, len(files), DESCRIBED):
        corpus, findings = read_corpus(files[start : start + DESCRIBED], Settings())
        if corpus is None:
            sys.exit("\n".join(map(str, findings[:20])))
        for profile in corpus.describe_profiles():
            yield from profile.quads


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(Path(__file__).parent))
    main()
