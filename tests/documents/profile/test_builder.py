"""Whole documents: the published one, those beside the checkout where they are, and layouts of our own.

`layouts/` has a document for each kind of layout, and beside it the file that importing it gives, which was read
against the document line by line. `python -m tests.documents.profile.test_builder` writes those files anew.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.documents.reading import read_bytes, read_document
from tests.documents.writing import ENDINGS, save_as
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.profile.builder import DraftResult, draft_profiles
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.kinds import MODES, Kind
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from tlevel_rdf.profiles.model import Profile

LAYOUTS = Path(__file__).parents[1] / "layouts"
#: Beside the repository, or beside a folder of worktrees.
SHARED = next(
    (top / "shared" for top in Path(__file__).parents[4:] if (top / "shared" / "seed").is_dir()), Path("shared")
)
FINANCE = SHARED / "documents" / "finance.txt"
SEED = SHARED / "seed" / "000_80ba2ef1bfb81c71.txt"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published documents do not exist here")


def read(path: Path) -> DraftResult:
    return draft_profiles(read_document(path), path.name)


def read_text(text: str, ending: str = ".txt") -> DraftResult:
    return draft_profiles(read_bytes(text.encode(), f"a{ending}"), f"a{ending}")


def only(reading: DraftResult) -> Profile:
    (draft,) = reading.drafts
    return draft.profile


def warnings(reading: DraftResult) -> list[tuple[str, int | None]]:
    found = [*reading.findings, *(finding for draft in reading.drafts for finding in draft.findings)]
    return [(f.code, f.line) for f in found if f.severity is not Severity.INFO]


def options(profile: Profile) -> list[tuple[Any, ...]]:
    return [
        (s.title, str(o.kind), o.level_number, o.title, o.flags, o.is_relevant, o.page)
        for s in profile.specialisms
        for mode in MODES
        for o in getattr(s, mode)
    ]


def test_a_sentence_with_a_misspelt_word_gives_its_options_and_a_finding() -> None:
    reading = read_text("T Level in Roofs\n\n1. Roofing\n\nAt level 4, there is the Roofer aprenticeship.\n")
    assert options(only(reading)) == [("Roofing", "apprenticeship", 4, "Roofer", (), False, None)]
    assert warnings(reading) == [("TLR159", 5)]


@needs_shared
def test_the_seed_gives_the_shipped_profile() -> None:
    reading = read(SEED)
    text = (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")

    assert profile_to_yaml(only(reading), checks=reading.drafts[0].checks) == text[text.index("t level:") :]
    assert warnings(reading) == []


KINDS = {"apprenticeship": Kind.APPRENTICESHIP, "htq": Kind.HTQ, "degree": Kind.DEGREE, "occupation": Kind.OCCUPATION}


@needs_shared
def test_the_finance_document_gives_its_expected_file() -> None:
    reading = read(FINANCE)
    with (FINANCE.parent / "finance.expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    expected = [
        (row["specialism"], str(KINDS[row["kind"]]), int(row["level"]) if row["level"] else None, row["title"])
        for row in rows
    ]
    assert [option[:4] for option in options(only(reading))] == expected
    flags = [(tuple(filter(None, row["flags"].split(";"))), row["relevant"] == "yes") for row in rows]
    assert [(option[4], option[5]) for option in options(only(reading))] == flags
    pages = [option[6] for option in options(only(reading)) if option[6]]
    assert pages == ["https://example.org/standards/ST0001"]
    assert [note.line for note in only(reading).notes] == [17, 31]
    assert warnings(reading) == [
        (Code.NEGATED, 17), (Code.AMBIGUOUS, 21), (Code.NOT_UNDERSTOOD, 31), (Code.AMBIGUOUS, 33),
        (Code.AMBIGUOUS, 35),
    ]  # fmt: skip


@needs_shared
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("path", [SEED, FINANCE], ids=["seed", "finance"])
def test_every_format_gives_the_same_options(path: Path, ending: str) -> None:
    data = save_as(path.read_text(encoding="utf-8"), ending)
    reading = draft_profiles(read_bytes(data, f"a{ending}"), f"a{ending}")

    assert options(only(reading)) == options(only(read(path)))
    assert len(only(reading).notes) == len(only(read(path)).notes)


def rendered(path: Path) -> str:
    """Everything that comes of a document, as text; the lines that a profile quotes stand in the document."""
    reading = read(path)
    profiles = [draft.profile.model_copy(update={"lines": ()}) for draft in reading.drafts]
    parts = [
        profile_to_yaml(profile, checks=draft.checks) for profile, draft in zip(profiles, reading.drafts, strict=True)
    ]
    found = [*reading.findings, *(finding for draft in reading.drafts for finding in draft.findings)]
    findings = "".join(f"# {re.sub(chr(10) + '.*', '', str(finding))}\n" for finding in found)
    return "\n---\n\n".join(parts) + "\n" + findings


DOCUMENTS = sorted(path for path in LAYOUTS.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_layouts(path: Path) -> None:
    assert rendered(path) == path.with_suffix(path.suffix + ".expected").read_text(encoding="utf-8")


ANNOUNCED = [
    # the sentence, the headings, whether they agree
    ("This T Level has two occupational specialisms: A B and C D.", ["A B", "C D"], True),
    ("This T Level has 2 occupational specialisms: A B and C D.", ["A B", "C D"], True),
    ("The T Level in X has two occupational specialisms, A B and C D.", ["A B", "C D"], True),
    ("There are three occupational specialisms: A B, C D and E F.", ["A B", "C D", "E F"], True),
    ("This T Level has a choice of two specialisms: A B or C D.", ["A B", "C D"], True),
    ("The occupational specialisms are A B and C D.", ["A B", "C D"], True),
    ("This T Level has one occupational specialism: A and B.", ["A and B"], True),
    (
        "This T Level has two occupational specialisms: A and B and C, D and E Analyst.",
        ["A and B", "C, D and E Analyst"],
        True,
    ),
    (
        "This T Level has two occupational specialisms: Law: A, B and C and Law: D, E and F.",
        ["Law: A, B and C", "Law: D, E and F"],
        True,
    ),
    ("This T Level has two occupational specialisms: A (B and C) and A (D, E).", ["A (B and C)", "A (D, E)"], True),
    ("This T Level has two occupational specialisms.", ["A B", "C D"], True),
    ("This T Level has three occupational specialisms: A B and C D.", ["A B", "C D"], False),
    ("This T Level has two occupational specialisms: A B and C D.", ["A B", "C D", "E F"], False),
    ("This T Level has two occupational specialisms: A B and C D.", ["A B", "C Dee"], False),
    ("This T Level has two occupational specialisms: A B and C D.", ["A B"], False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "titles", "agrees"), ANNOUNCED)
def test_announced_specialisms_are_held_against_the_headings(
    sentence: str,
    titles: list[str],
    agrees: bool,  # noqa: FBT001 - a column
) -> None:
    body = "".join(
        f"{n}. {title}\n\nFor work, career progression could include Nurse.\n\n" for n, title in enumerate(titles, 1)
    )
    reading = read_text(f"7c. T Level in X\n\n{sentence}\n\n{body}")

    assert [s.title for s in only(reading).specialisms] == titles
    assert ((Code.SPECIALISMS_DIFFER, 3) not in warnings(reading)) is agrees


def test_several_profiles_and_a_page_heading_that_comes_again() -> None:
    part = "This T Level has one occupational specialism: {0}.\n\nWork: {0} Adviser.\n\n{1}\n\nWork: {0} Clerk.\n\n"
    text = "".join(
        f"7{letter}. T Level in {name}\n\n" + part.format(name, f"T Level in {name}")
        for letter, name in (("a", "Law"), ("b", "Tax"), ("c", "Art"))
    )
    reading = read_text(text)

    assert [draft.profile.source.section for draft in reading.drafts] == ["7a", "7b", "7c"]
    assert [len(options(draft.profile)) for draft in reading.drafts] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Some words.\n", "No T Level is named"),
        ("7c. T Level in X\n\nSome words.\n", "No specialism of the T Level in X"),
        ("This T Level has one occupational specialism: Law.\n", "No T Level is named"),
    ],
)
def test_a_text_without_a_profile_is_reported(text: str, message: str) -> None:
    reading = read_text(text)

    assert reading.drafts == []
    assert any(f.code == Code.NO_PROFILE and message in f.message for f in reading.findings)


def test_options_that_stand_under_no_specialism_are_kept_as_notes() -> None:
    reading = read_text(
        "T Level in X\n\nThere are two specialisms: Law and Tax.\n\nWork: Judge.\n\n"
        "1. Law\n\nWork: Clerk.\n\n2. Tax\n\nWork: Adviser.\n"
    )

    assert [note.note for note in only(reading).notes] == ["Work: Judge."]
    assert warnings(reading) == [(Code.NOT_UNDERSTOOD, 5)]


def test_a_licence_is_no_note() -> None:
    text = "T Level in X\n\nThis T Level has one specialism: Law.\n\nWork: Judge.\n\n{}\n"
    licensed, other = (
        only(read_text(text.format("Licence: OGL v2.0"))),
        only(read_text(text.format("Ask about CC BY."))),
    )

    assert (len(licensed.notes), len(other.notes)) == (0, 1)
    assert licensed.source.licence


def test_no_sentence_is_lost() -> None:
    """Every word of a document is in its profile, in a finding, or in a part that is recognised."""
    for path in DOCUMENTS:
        text = rendered(path)
        words = set(re.findall(r"\w{4,}", text.casefold()))
        lost = defaultdict(list)
        for line in read_document(path).lines:
            for word in re.findall(r"\w{4,}", line.text.casefold()):
                if word not in words | LAYOUT:
                    lost[line.text].append(word)
        assert dict(lost) == {}


#: The words of the parts that are recognised.
LAYOUT = set(
    re.findall(
        r"\w{4,}",
        """this level has one two three occupational specialisms specialism for these there are progression pathways
        into apprenticeships apprenticeship education and work profile profiles contents published under
        open government licence march 2024 technical qualifications qualification relevant occupation
        occupations accelerated applicable development under revision degree degrees options option
        include included could career careers type status higher htqs title document information contains
        public sector licensed please below standard will have which referred based shortened recognised
        prior learning learner learners covered content high bypass step with then from that being
        developed revised progress roles notes flags both science food legal current team
        term meaning four five also others""",
    )
)  # fmt: skip


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.with_suffix(document.suffix + ".expected").write_text(rendered(document), encoding="utf-8")
        sys.stdout.write(f"{document.name}\n")
