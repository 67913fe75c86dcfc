"""Page headers, footers and page numbers."""

from __future__ import annotations

import pytest

from tests.documents.readers.pdf.drawing import Words, drawn, read, words
from tests.documents.reading import read_bytes
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Location, Omission, Reason
from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.documents.readers.pdf.geometry import Page, Word
from tlevel_rdf.documents.readers.pdf.margins import without_furniture

BODY = ["At level 4, there is the Roofer and", "For work, so it is.", "At level 6, no more."]


def pages(feet: list[list[Words]], *, count: int = 2) -> list[list[Words]]:
    """Pages that each have a text of three lines, and a foot."""
    return [[*words(*BODY, foot=700), *foot] for foot, _ in zip(feet, range(count), strict=True)]


def texts(feet: list[list[Words]]) -> list[str]:
    return [line.text for line in read(*pages(feet, count=len(feet))).lines]


@pytest.mark.parametrize(
    "feet",
    [
        [words("Printed on 3 May at 14:05", foot=30), words("Printed on 4 June at 9:12", foot=30)],
        [
            words("Printed 3/5, 14:05", foot=30),
            words("Printed 4/6, 9:12", foot=30),
            words("Printed 4/6, 9:13", foot=30),
        ],
        [words("Annex A", foot=30), words("Annex B, in another place", foot=30), words("And annex C", foot=30)],
        [words("Published by a skills body", foot=40, size=8), []],
        [words("1 Subject to funding", "2 Where it is offered", foot=60, size=7), []],
        [[], words("A head", foot=800, size=8), words("Another head", foot=800, size=8)],
    ],
)
def test_a_header_or_footer_that_differs_from_page_to_page_is_dropped(feet: list[list[Words]]) -> None:
    found = texts(feet)
    assert found[:4] == [*BODY, BODY[0]]


def test_text_dropped_from_one_page_is_reported() -> None:
    document = read(*pages([words("1 Subject to funding", foot=40, size=8), []]))
    assert document.omissions == (Omission("1 Subject to funding", Location(page=1, line=4), Reason.MARGIN),)


@pytest.mark.parametrize(
    "feet",
    [
        [words("and a line of the text", foot=661), []],
        [words("A line of the text that is alone", foot=40), []],
        [[], words("small, but on the last page", foot=40, size=7)],
        [words("so much that is small", "and", "goes on", "and again", foot=90, size=7), []],
    ],
)
def test_text_that_may_belong_to_the_page_is_read(feet: list[list[Words]]) -> None:
    assert texts(feet)[:] == [*BODY, *(row[2] for row in feet[0]), *BODY, *(row[2] for row in feet[1])]


def test_a_list_continues_on_the_next_page() -> None:
    head = ["8a. T Level in Construction", "1. Bricklaying", "For work, career progression could include Roofer,"]
    first = [*words(*head, foot=700, step=30), *words("Draft of 3 May", foot=40, size=8)]
    second = [*words("Slater and Tiler.", foot=700), *words("Draft of 4 May", foot=40, size=8)]
    (draft,) = draft_profiles(read_bytes(drawn(first, second), "a.pdf"), "a.pdf").drafts
    assert [option.title for option in draft.profile.specialisms[0].work] == ["Roofer", "Slater", "Tiler"]


def test_a_header_with_a_statement_is_reported() -> None:
    head = words("At level 5, there is the Surveyor apprenticeship.", foot=810)
    data = drawn(*[[*head, *words("8a. T Level in Construction", f"Body {n}")] for n in range(3)])
    findings = draft_profiles(read_bytes(data, "a.pdf"), "a.pdf").findings
    assert [each.line for each in findings if each.code == Code.LEFT_OUT and "Surveyor" in each.message] == [1]


def test_repeated_headers_footers_and_page_numbers_are_dropped() -> None:
    pages = [
        [
            *words("Skills body | Profiles", foot=810),
            *words(f"Body {n}", "At level 4"),
            *words(f"Page {n} of 4", foot=30),
        ]
        for n in range(1, 5)
    ]
    pages[0] = pages[0][1:]
    assert [line.text for line in read(*pages).lines] == [
        text for n in range(1, 5) for text in (f"Body {n}", "At level 4")
    ]


def test_the_address_time_and_page_number_that_a_browser_prints_are_dropped() -> None:
    head = [(30, 820, "27/11/2026, 15:01", 8), (280, 820, "10d. T Level in Science", 8)]
    foot = [(30, 20, "https://e.org/profiles/science.html?all=1", 8), (560, 20, "1/1", 8)]
    document = read([*head, *words("10d. T Level in Science", "At level 4"), *foot])
    assert [line.text for line in document.lines] == ["10d. T Level in Science", "At level 4"]
    assert [line.text for line in document.furniture] == [
        " ".join(text for _, _, text, _ in edge) for edge in (head, foot)
    ]


def test_text_on_one_page_only_stays_in_its_margin() -> None:
    def page(number: int, text: str) -> Page:
        return Page(number, 800, (Word(text, 72, 100, 20, 30, 10, is_bold=False, link=-1),))

    pages = [page(1, "At level 4"), page(2, "At level 6"), page(3, "T Level")]
    assert without_furniture(pages) == (pages, [])
    cleaned, furniture = without_furniture([page(1, "i 4"), page(2, "i 5")])
    assert not any(each.words for each in cleaned)
    assert [each.text for each in furniture] == ["i 4"]
