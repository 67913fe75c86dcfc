"""Measure the search index of many things: its size, and the time and memory of the first suggestion of a process.

`python benchmarks/search.py [THINGS]` makes up things (100,000 by default) with names of one to five words,
which are as frequent as words are in a language, then asks for suggestions and searches in a new process each.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tlevel_rdf.search.entries import Entry
from tlevel_rdf.search.index_file import FILE, pack_index

THINGS = 100_000
TEXTS = ("a", "s", "ma", "manager", "senior m", "manager of engineering", "st0774", "enginering", "zqxv")
KINDS = ("Apprenticeship", "Occupation", "Occupational standard", "Higher technical qualification", "Degree")
#: A new process maps the index, answers one text, and prints the seconds and megabytes that this took.
PROGRAM = """
import os, sys, time
from pathlib import Path
from tlevel_rdf.search.index import SearchIndex

def memory():
    _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text().split())
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6, shared * os.sysconf("SC_PAGE_SIZE") / 1e6

before = memory()
begin = time.perf_counter()
index = SearchIndex.open(Path(sys.argv[1]))
found = [index.entry(one) for one in index.suggest(sys.argv[2], 8).things]
suggested = time.perf_counter() - begin
own, mapped = (after - first for after, first in zip(memory(), before))
begin = time.perf_counter()
found = index.find(sys.argv[2])
index.facets(found.things)
print(suggested, time.perf_counter() - begin, own, mapped, len(found.things))
"""


def make_up(number: int) -> list[Entry]:
    """Return made-up things, the same each time."""
    chance = random.Random(7)
    syllables = [first + vowel for first in "bcdfghklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "er", "in")]
    words = ["senior", "manager", "engineer", "engineering", "assistant", "of", "and", "technician"]
    words += ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(30_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    t_levels = [f"https://e.org/id/t-level/{each}" for each in range(30)]

    def name() -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(1, 5))).title()

    return [
        Entry(
            f"https://e.org/id/thing/{each}",
            name(),
            [chance.choice(KINDS)],
            chance.randint(2, 7),
            [f"ST{each:06}"],
            [name() for _ in range(chance.randint(0, 3))],
            set(chance.choices(t_levels, k=chance.randint(0, 2))),
        )
        for each in range(number)
    ]


def main() -> None:
    """Print a table."""
    things = int(sys.argv[1]) if len(sys.argv) > 1 else THINGS
    entries = make_up(things)
    begin = time.perf_counter()
    content = pack_index(entries)
    print(f"{things:,} things: {len(content) / 1e6:.1f} MB, packed in {time.perf_counter() - begin:.1f} s\n")
    print("| Text | First suggestions, ms | Own memory, MB | Mapped, MB | Search with facets, ms | Results |")
    print("|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        file.write_bytes(content)
        for text in TEXTS:
            runs = [
                [float(one) for one in subprocess.check_output([sys.executable, "-c", PROGRAM, file, text]).split()]
                for _ in range(5)
            ]
            first, search, own, mapped, number = map(statistics.median, zip(*runs, strict=True))
            print(f"| {text} | {first * 1000:.1f} | {own:.1f} | {mapped:.1f} | {search * 1000:.1f} | {number:,.0f} |")


if __name__ == "__main__":
    main()
