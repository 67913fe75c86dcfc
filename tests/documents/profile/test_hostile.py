"""No text, however odd, makes the grammar fail, lose its place or take long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import layout
from tests.documents.reading import read_bytes
from tests.fuzzing import fuzz
from tests.timing import grows_with_length
from tlevel_rdf.documents.document import Cell, Document, Line, Link, Location, Role
from tlevel_rdf.documents.profile.builder import DraftResult, draft_profiles
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_IMPORT_DOUBTS
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover

LAYOUTS = sorted(path for path in (Path(__file__).parents[1] / "layouts").iterdir() if path.suffix in {".txt", ".md"})
TEXTS = [path.read_text(encoding="utf-8") for path in LAYOUTS]
HEAD = "7a. T Level in X\n\nThis T Level has one occupational specialism: Law.\n\n"

#: The words of the layout, in no order.
PARTS = st.sampled_from(
    [
        *(
            "At level 4",
            "level 5",
            "levels 4 and 5",
            ", there is",
            "there are no",
            "the",
            "[A](#)",
            "[B and C](https://e.org/b)",
        ),
        *("Nurse", "and", "or", ",", ";", ":", ".", "but", "apprenticeship", "apprenticeships", "HTQ", "HTQs"),
        *("(Accelerated)", "(", ")", "[", "]", "\u201c", "\u201d", "'", "is not applicable", "are", "which is", "not"),
        *("relevant occupation", "For **education**,", "For work, career progression could include"),
        *("degree options may include", "Education:", "1.", "2. Law", "-", "*", "**", "#", "f", "= standard", "both"),
        *("This T Level has two occupational specialisms: A and B.", "T Level in Y", "7b. T Level in Z", "(level 4)"),
        *("\u00a0", "\u200b", "é"),
    ]
)
salads = st.lists(st.tuples(PARTS, st.sampled_from([" ", " ", " ", "\n", "\n\n", ""])), max_size=60).map(
    lambda parts: "".join(part + gap for part, gap in parts)
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A document with some of its characters or lines taken out, doubled or put elsewhere."""
    text = draw(st.sampled_from(TEXTS) | layout.documents().map(lambda written: written.text))
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        end = min(end, start + draw(st.sampled_from([1, 5, 80, 2000])))
        text = draw(
            st.sampled_from(
                [
                    text[:start] + text[end:],
                    text[:end] + text[start:],
                    text[:start] + draw(PARTS) + text[start:],
                    text[:start] + text[start:end][::-1] + text[end:],
                    text[:start] + text[start:end].replace("\n", " ") + text[end:],
                    text[:start] + text[start:end].upper() + text[end:],
                ]
            )
        )
    return text


def is_sound(reading: DraftResult, lines: int) -> None:
    """Whether what came of a document can be written, read again, and found in it."""
    for draft in reading.drafts:
        text = profile_to_yaml(draft.profile, comments=["x"], checks=draft.checks)
        assert parse(text.encode(), "a.yaml", Profile).value == draft.profile
    for finding in [*reading.findings, *(f for draft in reading.drafts for f in draft.findings)]:
        assert finding.line is None or 1 <= finding.line <= lines
        assert finding.column is None or finding.column >= 1
        assert finding.hint
        assert len(finding.message) < 2500


@given(salads | mutated() | st.text(max_size=300))
@fuzz(100)
def test_any_text(text: str) -> None:
    for lead in ("", HEAD):
        try:
            document = read_bytes(f"{lead}{text}\nend".encode("utf-8", "replace"), "a.txt")
        except DocumentError:
            return
        is_sound(draft_profiles(document, "a.txt"), document.lines[-1].location.line or 0)


WHERE = st.builds(Location, st.integers(1, 9), st.none(), st.none() | st.integers(1, 3))
WHERE |= st.builds(Location, st.none(), st.integers(1, 9), st.none())
CELLS = st.none() | st.builds(Cell, st.integers(1, 2), *[st.integers(0, 3)] * 2, *[st.integers(1, 3)] * 2)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line as no reader gives it."""
    text = draw(st.lists(PARTS, min_size=1, max_size=12).map(" ".join) | st.text(min_size=1, max_size=40))
    starts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    targets = st.sampled_from(
        ["#", "", "https://e.org/a", "http://e.org", "javascript:x", "https://e.org/\x00", "x" * 3000]
    )
    links = [
        Link(a, b, draw(targets), continues=draw(st.booleans()))
        for a, b in zip(starts[::2], starts[1::2], strict=False)
    ]
    return Line(
        text,
        draw(WHERE),
        draw(st.sampled_from(Role)),
        tuple(links),
        has_gap_above=draw(st.booleans()),
        cell=draw(CELLS),
    )


@given(st.lists(lines(), max_size=12), st.sampled_from(["text/plain", "text/html", "application/pdf"]))
@fuzz(100)
def test_any_lines(body: list[Line], media_type: str) -> None:
    head = [
        Line(text, Location(line=1))
        for text in ("T Level in X", "1. Law", "For work, career progression could include:")
    ]
    for document in (body, [*head[:2], *body], [*head, *body]):
        is_sound(draft_profiles(Document("\ud800a\x00.txt", "0" * 64, media_type, tuple(document)), "a"), 9)


PROFILE = TEXTS[0]
SIZE = 240_000
#: The size of inputs with many lines or links, which take more time for each character.
MANY_LINES = 80_000
LONG: dict[str, Callable[[int], str]] = {
    "many profiles": lambda n: "".join(f"{i}a. T Level in Law {i}\n\n{PROFILE[60:2500]}\n\n" for i in range(n // 2600)),
    "one sentence": lambda n: f"{HEAD}For work, career progression could include {'Nurse, ' * (n // 7)}Carer.",
    "sentences on one line": lambda n: HEAD + "At level 4, there is the Nurse apprenticeship. " * (n // 47),
    "and": lambda n: f"{HEAD}At level 4, there is the {'and ' * (n // 4)}apprenticeship.",
    "commas": lambda n: f"{HEAD}For work, career progression could include {',' * n}",
    "brackets": lambda n: f"{HEAD}For work, career progression could include {'(' * n}",
    "nested": lambda n: f"{HEAD}For work, career progression could include {'(a ' * (n // 6)}{')' * (n // 3)}",
    "quotation marks": lambda n: f"{HEAD}{'“' * n}",
    "apostrophes": lambda n: HEAD + " 'a" * (n // 3),
    "stops": lambda n: HEAD + "." * n,
    "leaders": lambda n: HEAD + ("." * 300 + "x\n") * (n // 302),
    "levels": lambda n: HEAD + "At level 4 " * (n // 11),
    "noes": lambda n: HEAD + "there is no " * (n // 12),
    "flags": lambda n: HEAD + "is accelerated and " * (n // 19),
    "short lines": lambda n: HEAD + "Some words here and there\n" * (n // 26),
    "broken lines": lambda n: HEAD + "some words, here and there,\n" * (n // 28),
    "headings": lambda n: "".join(f"{i}. T Level in X{i}\n" for i in range(n // 22)),
    "numbers": lambda n: HEAD + "".join(f"{i}. Thing {i}\n" for i in range(n // 22)),
    "items": lambda n: f"{HEAD}Work:\n" + "- Nurse, Carer\n" * (n // 15),
    "the name of a specialism": lambda n: f"{HEAD}1. Law\n\nWork:\n" + "Law\n" * (n // 20),
    "that name among others": lambda n: f"{HEAD}1. Law\n\nWork:\n" + "Law\nNurse\n" * (n // 40),
    "kinds": lambda n: f"{HEAD}At level 4, there is {'two A HTQ, ' * (n // 11)}",
    "one word": lambda n: HEAD + "x" * n,
    "links side by side": lambda n: HEAD + f"At level 4, there are {'[A](#)' * 900}.\n\n" * (n // 5_430),
    "doubtful lists": lambda n: HEAD + f"At level 4, there are the {'Aa and ' * 900}B HTQs.\n\n" * (n // 6_340),
}  # fmt: skip
SIZES = dict.fromkeys(
    (
        *("many profiles", "headings", "numbers", "items", "the name of a specialism", "that name among others"),
        *("short lines", "leaders", "links side by side", "doubtful lists"),
    ),
    MANY_LINES,
)


@pytest.mark.parametrize("what", LONG)
def test_time_grows_only_with_the_length(what: str) -> None:
    """Processor time is not a square of the length; `benchmarks/documents.py` measures how long a megabyte takes."""
    assert grows_with_length(lambda length: _drafting(LONG[what](length)), SIZES.get(what, SIZE))


def _drafting(text: str) -> Callable[[], None]:
    document = read_bytes(text.encode(), "a.txt")

    def draft() -> None:
        reading = draft_profiles(document, "a.txt")
        assert all(len(draft.findings) <= MAX_IMPORT_DOUBTS + 1000 for draft in reading.drafts)

    return draft
