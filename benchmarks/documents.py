"""How long documents take to become profiles, by format, beside the libraries alone that people take to read them.

    python benchmarks/documents.py

The documents have a megabyte each: the shipped profile, written again and again as documents of its kind are; the same
with its lines broken; and one profile of many options. The peers only hand over the text, and make nothing of it:
markdown-it-py for Markdown, python-docx for DOCX; the others have none. The last column is the whole command, start and
files included. Seconds are of one processor, the best of three.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import docx
import yaml
from markdown_it import MarkdownIt
from tests.documents.writing import save_as

from tlevel_rdf.documents.profile.builder import read_profiles_in
from tlevel_rdf.documents.readers.detection import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[1] / "data" / "profiles" / "healthcare-science.yaml"


def main() -> None:
    """Measure each format, and print the table."""
    profile = written(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
    text = "".join(profile.replace("%N%", str(number)) for number in range(1_000_000 // len(profile)))
    peers: dict[str, Callable[[bytes], object]] = {
        ".md": lambda data: MarkdownIt().parse(data.decode()),
        ".docx": lambda data: [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs],
    }
    documents = {"profiles": text, "wrapped": wrapped(text), "one profile": one(6_000)}
    print("| document | format | reader | reader and grammar | peer | profiles | command |")
    print("|---|---|---:|---:|---:|---:|---:|")
    # Nothing is removed before the end: a file system may take time for that at the next command's cost.
    with tempfile.TemporaryDirectory() as folder:
        for name, source in documents.items():
            for ending in (".txt", ".md", ".html", ".docx") if name == "profiles" else (".txt",):
                data = save_as(source, ending) if ending != ".txt" else source.encode()
                reader = best(lambda data=data, ending=ending: read_bytes(data, f"a{ending}"))
                document = read_bytes(data, f"a{ending}")
                grammar = best(lambda document=document: read_profiles_in(document, "a"))
                peer = f"{best(lambda data=data, ending=ending: peers[ending](data)):.2f} s" if ending in peers else ""
                profiles = len(read_profiles_in(document, "a").imported)
                whole = min(command(data, ending, Path(folder)) for _ in range(3))
                row = (name, ending, f"{reader:.2f} s", f"{reader + grammar:.2f} s", peer, profiles, f"{whole:.2f} s")
                print(f"| {' | '.join(map(str, row))} |")


def wrapped(text: str) -> str:
    """A text with its lines broken as people break them."""
    return "\n".join(line if line[:1].isdigit() else textwrap.fill(line, 80) for line in text.split("\n"))


def one(count: int) -> str:
    """One profile with that many sentences, each of several options."""
    said = (
        f"At level {4 + n % 4}, there are the [Role {n}](https://data.example.org/{n}) (Accelerated), [Job {n}](#) and"
        f" [Work, {n}](#) apprenticeships and the [Qual {n}](https://data.example.org/q/{n}) HTQ."
        for n in range(count)
    )
    begin = ("7c. T Level in Science", "This T Level has one occupational specialism: Labs.", "1. Labs")
    return "\n\n".join([*begin, *said])[:1_000_000].rpartition("\n\n")[0]


def command(data: bytes, ending: str, folder: Path) -> float:
    """The processor time of the whole command, in seconds; its files stay in the folder."""
    folder = Path(tempfile.mkdtemp(dir=folder))
    (document := folder / f"a{ending}").write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [sys.executable, "-m", "tlevel_rdf", "import", str(document), "--out", str(folder / "out")]
    subprocess.run(arguments, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def written(profile: dict[str, Any]) -> str:
    """The shipped profile as a document, with %N% for what differs between two."""
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
    """The least processor time of three attempts, in seconds."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


if __name__ == "__main__":
    main()
