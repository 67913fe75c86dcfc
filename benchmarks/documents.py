"""Processor time to read documents as profiles, by format, beside the libraries that people use to read them.

Usage: python benchmarks/documents.py [--quick]

The documents are a megabyte of profiles, in the words of published documents; the same with its lines broken; and one
profile of 200 kB, about as large as a profile may be. The peers return the text alone: markdown-it-py for Markdown and
python-docx for DOCX. The last column is the whole command, with its start and its files. A time is the best of three.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import docx
import yaml
from markdown_it import MarkdownIt
from tests.documents.writing import save_as

from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.documents.profile.column_headers import header_lengths
from tlevel_rdf.documents.readers.detection import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[1] / "data" / "profiles" / "healthcare-science.yaml"
PEERS: Final[dict[str, Callable[[bytes], object]]] = {
    ".md": lambda data: MarkdownIt().parse(data.decode()),
    ".docx": lambda data: [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs],
}


def main() -> None:
    """Measure each document in each format, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="documents of 50 kB")
    size = 50_000 if parser.parse_args().quick else 1_000_000
    profile = as_document(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
    profiles = "".join(profile.replace("%N%", str(number)) for number in range(size // len(profile)))
    print("| document | format | reader | peer | ratio to peer | reader and grammar | command | profiles |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    # The folder is removed at the end only: a file system may charge the time for that to the next command.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending in (".txt", ".md", ".html", ".docx"):
            measure("profiles", profiles, ending, folder)
        measure("wrapped", wrapped(profiles), ".txt", folder)
        measure("one profile", one_profile(min(size, 200_000)), ".txt", folder)


def measure(name: str, source: str, ending: str, folder: Path) -> None:
    """Print the row of one document in one format."""
    data = save_as(source, ending) if ending != ".txt" else source.encode()
    document = read_bytes(data, f"a{ending}", header_lengths)
    reader = best(lambda: read_bytes(data, f"a{ending}", header_lengths))
    grammar = best(lambda: draft_profiles(document, "a"))
    peer = best(lambda: PEERS[ending](data)) if ending in PEERS else None
    command = min(seconds_of_command(data, ending, folder) for _ in range(3))
    cells = [name, ending, f"{reader:.2f} s", *((f"{peer:.2f} s", f"{reader / peer:.1f}") if peer else ("", ""))]
    cells += [f"{reader + grammar:.2f} s", f"{command:.2f} s", str(len(draft_profiles(document, "a").drafts))]
    print(f"| {' | '.join(cells)} |", flush=True)


def wrapped(text: str) -> str:
    """Break the lines of a text at 80 characters."""
    return "\n".join(line if line[:1].isdigit() else textwrap.fill(line, 80) for line in text.split("\n"))


def one_profile(size: int) -> str:
    """Return one profile of so many characters at most, with several options in each sentence."""
    sentences = (
        f"At level {4 + n % 4}, there are the [Role {n}](https://data.example.org/{n}) (Accelerated), [Job {n}](#) and"
        f" [Work, {n}](#) apprenticeships and the [Qual {n}](https://data.example.org/q/{n}) HTQ."
        for n in range(size // 160)
    )
    begin = ("7c. T Level in Science", "This T Level has one occupational specialism: Labs.", "1. Labs")
    return "\n\n".join([*begin, *sentences])[:size].rpartition("\n\n")[0]


def seconds_of_command(data: bytes, ending: str, folder: Path) -> float:
    """Return the processor time of the whole command; its files stay in the folder."""
    folder = Path(tempfile.mkdtemp(dir=folder))
    (document := folder / f"a{ending}").write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [sys.executable, "-m", "tlevel_rdf", "import", str(document), "--out", str(folder / "out")]
    subprocess.run(arguments, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def as_document(profile: dict[str, Any]) -> str:
    """Return the shipped profile as a document, with %N% where a number tells two of them apart."""
    titles = [specialism["title"] for specialism in profile["specialisms"]]
    lines = [
        f"7c. T Level in {profile['t level']} %N%",
        f"This T Level has {len(titles)} occupational specialisms: {', '.join(titles[:-1])} and {titles[-1]}.",
    ]
    for number, specialism in enumerate(profile["specialisms"], 1):
        lines.append(f"{number}. {specialism['title']}")
        for option in specialism["technical"]:
            kind = "apprenticeship" if "apprenticeship" in option else "higher technical qualification"
            flags = f" ({', '.join(option['flags'])})" if "flags" in option else ""
            link = f"[{option[kind]}](https://data.example.org/{len(lines)}){flags}"
            lines.append(f"At level {option['level']}, there is the {link} {kind}.")
        degrees = ", ".join(option["degree"] for option in specialism["education"])
        jobs = ", ".join(option["occupation"] for option in specialism["work"])
        lines.append(f"For **education**, degree options may include {degrees}.")
        lines.append(f"For **work**, career progression could include {jobs}.")
    return "\n\n".join(lines) + "\n\n"


def best(work: Callable[[], object]) -> float:
    """Return the least processor time of three attempts, in seconds."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


if __name__ == "__main__":
    main()
