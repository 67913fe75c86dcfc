"""Broken words and paragraphs, from the lines of a document to its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.readers.pdf.drawing import drawn, words
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.line_joins import separator
from tlevel_rdf.documents.profile.builder import draft_profiles

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HEAD = """\
8a. T Level in Onsite Construction

This T Level has one occupational specialism: Bricklaying.

1. Bricklaying
"""


LEAD = "For work, career progression could include "


def jobs(data: bytes, name: str) -> list[tuple[str, bool]]:
    """The jobs that a document names, and whether each is to be checked."""
    (draft,) = draft_profiles(read_bytes(data, name), name).drafts
    return [
        (option.title, ("specialisms", 0, "work", number) in draft.checks)
        for number, option in enumerate(draft.profile.specialisms[0].work)
    ]


def text_jobs(text: str) -> list[tuple[str, bool]]:
    return jobs(f"{HEAD}\n{text}\n".encode(), "a.txt")


def sure(*named: str) -> list[tuple[str, bool]]:
    return [(title, False) for title in named]


def titles(data: bytes, name: str) -> list[str]:
    return [title for title, _ in jobs(data, name)]


MASON = [f"{LEAD}Bricklayer, Stone-", "mason, Site Manager, Construction Estimator,", "Car-", "penter, Roofer."]


def test_a_paragraph_continues_after_a_broken_word() -> None:
    named = ["Bricklayer", "Stonemason", "Site Manager", "Construction Estimator", "Carpenter", "Roofer"]
    text = "\n".join([HEAD, *MASON])
    assert titles(text.encode(), "a.txt") == named
    assert titles(text.replace("-", "\u00ad").encode(), "a.txt") == named
    page = [*words(*HEAD.split("\n\n"), foot=780, step=26), *words(*MASON, foot=660)]
    assert titles(drawn(page), "a.pdf") == named


@pytest.mark.parametrize(
    ("broken", "title", "is_unsure"),
    [
        ("Stone-\nmason", "Stonemason", True),
        ("Stone\u00ad\nmason", "Stonemason", False),
        ("Site Co-\nordinator", "Site Co-ordinator", True),
        ("Sub-\ncontractor", "Subcontractor", True),
        ("Post-\ngraduate Tutor", "Post-graduate Tutor", True),
        ("Well-\nbeing Coach", "Well-being Coach", True),
        ("E-\ncommerce Lead", "E-commerce Lead", False),
        ("E-\nCommerce Lead", "E-Commerce Lead", False),
        ("Home-\nbased Carer", "Home-based Carer", False),
        ("Full-\ntime Carer", "Full-time Carer", False),
        ("Techni-\ncian", "Technician", False),
        ("CAD/\nCAM Technician", "CAD/CAM Technician", False),
        ("24-\nhour Carer", "24-hour Carer", False),
        ("Non-gov-\nernmental Aide", "Non-governmental Aide", True),
        ("Non-governmen-\ntal Aide", "Non-governmental Aide", True),
        ("End-of-\nlife Carer", "End-of-life Carer", True),
    ],
)
def test_a_hyphen_that_may_belong_to_the_word_is_to_be_checked(broken: str, title: str, *, is_unsure: bool) -> None:
    named = [("Bricklayer", False), (title, is_unsure), ("Roofer", False)]
    assert text_jobs(f"{LEAD}Bricklayer, {broken}, Roofer.") == named


def test_a_word_that_two_halves_share_is_not_joined_to_the_next() -> None:
    (line,) = read_bytes(b"the Pre-\nand post-natal care", "a.txt").lines[:1]
    assert line.text == "the Pre-"
    assert separator("Pre-", "and post-natal") == " "


@pytest.mark.parametrize(
    ("elsewhere", "title", "is_unsure"),
    [
        ("Coordinator", "Site Coordinator", False),
        ("Co-ordinator", "Site Co-ordinator", False),
        ("Coordinator, Yard Co-ordinator", "Site Co-ordinator", True),
    ],
)
def test_other_spellings_in_the_document_decide_about_a_hyphen(elsewhere: str, title: str, *, is_unsure: bool) -> None:
    assert text_jobs(f"{LEAD}{elsewhere}, Site Co-\nordinator.")[-1] == (title, is_unsure)


def test_a_hyphen_of_unicode_at_the_end_of_a_line_is_to_be_checked() -> None:
    assert text_jobs(f"{LEAD}Sur\u2010\nveyor, Roofer.") == [("Surveyor", True), ("Roofer", False)]


def test_the_finding_about_a_broken_word_gives_its_other_spelling() -> None:
    data = f"{HEAD}\n{LEAD}Site Co-\nordinator.\n".encode()
    (draft,) = draft_profiles(read_bytes(data, "a.txt"), "a.txt").drafts
    message = "“Site Co-ordinator” is broken at the end of a line; “Co-ordinator” could be “Coordinator”."
    assert draft.checks == {("specialisms", 0, "work", 0): [message]}
    assert [(each.message, each.line) for each in draft.findings] == [(message, 7)]


def test_a_word_broken_in_a_heading_is_joined_and_to_be_checked() -> None:
    text = "8a. T Level in Stone-\nmasonry\n\n1. Brick-\nlaying\n\nFor work, jobs include Roofer.\n"
    (draft,) = draft_profiles(read_bytes(text.encode(), "a.txt"), "a.txt").drafts
    assert draft.profile.t_level == "Stonemasonry"
    assert draft.profile.specialisms[0].title == "Bricklaying"
    assert list(draft.checks) == [("specialisms", 0), ()]


def test_a_word_broken_in_a_cell_or_heading_of_a_page_is_joined() -> None:
    def grid(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [580, 615, 655])

    heading = words("8a. T Level in Onsite Con-", "struction", size=16, step=20, foot=760)
    cells = [*words("4", "5", foot=640, step=40), *words("the Site Super-", "visor", left=200, foot=640)]
    page = [*heading, *cells, *words("Body text that is the most of it all", "and of the size of most", foot=500)]
    texts = [line.text for line in read_bytes(drawn(page, draw=grid), "a.pdf").lines]
    assert texts[:3] == ["8a. T Level in Onsite Construction", "4", "the Site Supervisor"]


LISTED = ["Bricklayer", "Stonemason", "Construction Estimator", "Surveyor", "Roofer", "Clerk of Works"]


LONG = "The T Level is based on an occupational standard. " * 6


NARROW = """\
For work, career progression could
include Bricklayer, Stonemason, Construction
Estimator, Surveyor, Roofer, Clerk
of Works.

For education, degree options may
include the science of building, the
history of building and the study
of building.
"""


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\n{LEAD}Bricklayer, Stonemason, Construction\nEstimator, Surveyor, Roofer, Clerk of Works.",
        f"{LEAD}Bricklayer, Stonemason, Construction\nEstimator, Surveyor, Roofer, Clerk of Works.\n\n{LONG}\n\n{LONG}",
        NARROW,
        f"{LONG}\n\n{NARROW}",
    ],
)
def test_lines_are_joined_by_the_width_of_nearby_lines(text: str) -> None:
    assert titles(f"{HEAD}\n{text}\n".encode(), "a.txt") == LISTED


def test_a_line_keeps_its_length_when_the_line_above_takes_its_first_word() -> None:
    narrow = NARROW.replace("Stonemason, Construction", "Non-")
    narrow = narrow.replace("Estimator, Surveyor,", "governmental Organisation Welfare\nAide, Surveyor,")
    named = ["Bricklayer", "Non-governmental Organisation Welfare Aide", "Surveyor", "Roofer", "Clerk of Works"]
    assert [title for title, _ in text_jobs(narrow)] == named


def test_short_lines_without_signs_of_breaking_stay_apart() -> None:
    text = "For work, career progression could include:\nDrainage Engineer\nConstruction Estimator\nClerk of Works"
    assert text_jobs(text) == sure("Drainage Engineer", "Construction Estimator", "Clerk of Works")


@pytest.mark.parametrize(
    ("end", "below", "is_unsure"),
    [
        ("Construction", "Estimator with others", True),
        ("Construction", "T Level progression profiles\nEstimator with others", True),
        ("Construction", "\nEstimator with others", False),
        ("Stone-", "\nMason with others", True),
        ("Construction Estimator.", "Ask whether others are there", False),
        ("Construction Estimator", "For education, degree options may include Law.\nAsk whom?", False),
    ],
)
def test_a_list_with_no_end_above_a_line_that_is_not_understood_is_to_be_checked(
    end: str, below: str, *, is_unsure: bool
) -> None:
    wide = LONG[:150]
    assert text_jobs(f"{wide}\n\n{LEAD}Roofer, {end}\n{below}") == [("Roofer", False), (end.strip("."), is_unsure)]


def test_a_title_that_ends_with_a_hyphen_is_to_be_checked() -> None:
    assert text_jobs(f"{LEAD}Roofer, Stone-\n\nUseful links") == [("Roofer", False), ("Stone-", True)]


@pytest.mark.parametrize("ending", [".txt", ".pdf"])
def test_a_level_that_begins_a_line_is_not_the_number_of_an_item(ending: str) -> None:
    rows = ["There is no apprenticeship at level", "5. At level 6, there is the Roofer", "apprenticeship."]
    data = drawn(words(*rows)) if ending == ".pdf" else "\n".join(rows).encode()
    assert [passage.text for passage in split_passages(read_bytes(data, f"a{ending}"))] == [" ".join(rows)]
