"""Time and memory to make a checked release of profiles, beside a plain pipeline in the same run.

Usage: python benchmarks/publish.py [SIZE ...] [--rounds 3] [--quick]

The plain pipeline is what one would write first: PyYAML's loader, an rdflib graph, pySHACL with the same shapes on the
whole graph, and rdflib's serialisers. It publishes the same statements about the profiles, and no reference data, table
or store. Each pipeline runs in a process of its own. The two take turns, in the opposite order in every other round,
and the ratio is the median of the rounds' ratios. Sizes above 100 have one round, and above 1,000 no peer. The peak
memory of a stage is VmHWM of proc(5) on Linux. The profiles are random, and the same in every run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAX_SIZE_OF_PEER = 1000
MAX_SIZE_OF_ROUNDS = 100
WORDS = """
    Advanced Assistant Clinical Community Dental Digital Electrical Finance Food Health Laboratory Marine Mechanical
    Network Nursing Optical Paper Quality Rail Retail Science Security Software Surveying Textile Transport Water Wood
""".split()
TRADES = """
    Adviser Analyst Designer Engineer Fitter Inspector Manager Operator Practitioner Scientist Technician
""".split()


def main() -> None:
    """Measure each size, or run one pipeline as a child."""
    if sys.argv[1:2] in (["ours"], ["plain"]):
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1, 100, 1000], help="numbers of profiles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="1 and 20 profiles, one round")
    options = parser.parse_args()
    for size in [1, 20] if options.quick else options.sizes:
        compare(size, 1 if options.quick or size > MAX_SIZE_OF_ROUNDS else options.rounds)


def compare(size: int, rounds: int) -> None:
    """Run both pipelines on profiles, and print the tables of the first round and the ratio of all."""
    pipelines = ["ours", "plain"] if size <= MAX_SIZE_OF_PEER else ["ours"]
    ratios = []
    for number in range(rounds):
        seconds = {}
        for pipeline in pipelines if number % 2 == 0 else pipelines[::-1]:
            with tempfile.TemporaryDirectory() as folder:
                write_profiles(Path(folder) / "profiles", size)
                seconds[pipeline] = run(pipeline, Path(folder), size, shown=number == 0)
        if "plain" in seconds:
            ratios.append(seconds["plain"] / seconds["ours"])
    if ratios:
        spread = f" ({min(ratios):.1f} to {max(ratios):.1f})" if len(ratios) > 1 else ""
        print(f"{size:,} profiles: the plain pipeline takes {statistics.median(ratios):.1f}{spread} times as long\n")


def run(pipeline: str, folder: Path, size: int, *, shown: bool) -> float:
    """Run one pipeline, print its table if it is to be shown, and return its seconds."""
    done = subprocess.run([sys.executable, __file__, pipeline, str(folder)], check=True, stdout=subprocess.PIPE)
    *rows, counted = done.stdout.decode().splitlines()
    stages = [(name, float(seconds), int(peak)) for name, seconds, peak in (row.split("\t") for row in rows)]
    triples, total = int(counted), sum(seconds for _, seconds, _ in stages)
    if shown:
        print(f"{size:,} profiles, {pipeline}: {triples:,} triples")
        for name, seconds, peak in stages:
            print(f"  {name:<20} {seconds:9.2f} s {triples / max(seconds, 1e-6):12,.0f} triples/s {peak:7,} MB")
        print(f"  {'all':<20} {total:9.2f} s {triples / total:12,.0f} triples/s", flush=True)
    return total


class Stages:
    """Prints the name, the seconds and the peak memory of each stage as it ends."""

    def __init__(self) -> None:
        """Begin before the first stage."""
        self.name = ""
        self.began = 0.0

    def begin(self, name: str) -> None:
        """End the stage before, and begin one of this name."""
        now = time.perf_counter()
        if self.name:
            status = Path("/proc/self/status").read_text(encoding="ascii")
            peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
            print(f"{self.name}\t{now - self.began:.3f}\t{peak}")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self.name, self.began = name, time.perf_counter()


def measure(pipeline: str, folder: Path) -> None:
    """Run a pipeline in this process, and print its stages and the number of its triples."""
    stages = Stages()
    triples = (ours if pipeline == "ours" else plain)(folder, stages)
    stages.begin("")
    print(triples)


def ours(folder: Path, stages: Stages) -> int:
    """Build a release with this package, and return the number of its triples."""
    from tlevel_rdf.release.build import build_paths
    from tlevel_rdf.settings import read_settings

    outcome = build_paths([folder / "profiles"], folder / "out", read_settings({}), stages.begin)
    if outcome.release is None:
        sys.exit("\n".join(map(str, outcome.findings[:20])))
    return int(outcome.release.manifest["triples"])


def plain(folder: Path, stages: Stages) -> int:
    """Publish the profiles with PyYAML, rdflib and pySHACL, and return the number of triples."""
    import pyshacl
    import rdflib
    import yaml
    from peer_plain import describe

    stages.begin("Reading")
    files = sorted((folder / "profiles").iterdir())
    profiles = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    stages.begin("Describing")
    graph = rdflib.Graph()
    for profile in profiles:
        describe(graph, profile)
    stages.begin("Checking")
    shapes = rdflib.Graph()
    for file in sorted((Path(__file__).parents[1] / "shapes").glob("*.ttl")):
        shapes.parse(file)
    pyshacl.validate(graph, shacl_graph=shapes)
    stages.begin("Writing the dumps")
    dataset = rdflib.Dataset()
    named = dataset.graph(rdflib.URIRef("https://w3id.org/tlevel/graph/profiles"))
    for triple in graph:
        named.add(triple)
    for form in ("nt", "turtle", "xml"):
        graph.serialize(folder / f"plain.{form}", format=form, encoding="utf-8")
    for form in ("nquads", "trig", "json-ld"):
        dataset.serialize(folder / f"plain.{form}", format=form)
    return len(graph)


def write_profiles(folder: Path, size: int) -> None:
    """Write random profiles of about the size of the shipped one."""
    folder.mkdir()
    chance = random.Random(20261122)
    for number in range(size):
        name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}"
        digest = hashlib.sha256(name.encode()).hexdigest()
        lines = [f"t level: {name}", "source:", f"  document: profile-{number}.txt", f"  sha256: {digest}"]
        lines.append("specialisms:")
        for specialism in range(2):
            lines += [f"  - title: {chance.choice(WORDS)} {chance.choice(TRADES)} {specialism}", "    technical:"]
            lines += options(chance, "apprenticeship", 2, relevant=True)
            for level in (3, 4, 5, 6, 7):
                lines += options(chance, "apprenticeship", level)
            lines += options(chance, "higher technical qualification", 4)
            for mode, kind, count in (("education", "degree", 3), ("work", "occupation", 4)):
                lines.append(f"    {mode}:")
                taken: set[str] = set()
                while len(taken) < count:
                    taken.add(f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(TRADES)}")
                lines += [f"      - {kind}: {title}\n        line: {chance.randint(1, 90)}" for title in sorted(taken)]
        (folder / f"{number:05}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def options(chance: random.Random, kind: str, level: int, *, relevant: bool = False) -> list[str]:
    """Return the YAML lines of one option at a level."""
    title = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(TRADES)}"
    lines = [f"      - {kind}: {title}", f"        level: {level}", f"        line: {chance.randint(1, 90)}"]
    return [*lines, "        relevant: true", "        flags: [not applicable]"] if relevant else lines


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(Path(__file__).parent))
    main()
