"""A profile keeps the words of each place that its entries name."""

from __future__ import annotations

from tests.documents.reading import read_bytes
from tests.documents.writing import save_as
from tlevel_rdf.documents.profile.builder import draft_profiles

TEXT = """\
T Level in Roofs

1. Roofing

At level 3, there is the Roofer apprenticeship.

For work, career progression could include Site Manager[1], Mason and Slater.

Some words that no entry names.
"""


def quoted(ending: str) -> list[tuple[int | None, int | None, int | None, str]]:
    draft, *_ = draft_profiles(read_bytes(save_as(TEXT, ending), f"a{ending}"), "a").drafts
    return [(line.pdf_page, line.line, line.paragraph, line.text) for line in draft.profile.lines]


def test_each_line_is_kept_once_in_the_order_of_the_document() -> None:
    lines = TEXT.splitlines()
    expected = [(None, number, None, lines[number - 1]) for number in (3, 5, 7, 9)]
    assert quoted(".txt") == expected


def test_paragraphs_and_lines_of_pages_are_kept_likewise() -> None:
    assert [(paragraph, text[:8]) for _, _, paragraph, text in quoted(".docx")][:3] == [
        (2, "1. Roofi"),
        (3, "At level"),
        (4, "For work"),
    ]
    assert all(page == 1 and line for page, line, *_ in quoted(".pdf"))


def test_blocks_on_one_line_of_html_are_kept_only_if_an_entry_names_their_words() -> None:
    text = "At level 3, there is the Roofer apprenticeship."
    page = f"<h1>T Level in Roofs</h1><h2>1. Roofing</h2><p>{text}</p><nav>x</nav>"
    (draft,) = draft_profiles(read_bytes(page.encode(), "a.html"), "a").drafts
    assert [line.text for line in draft.profile.lines] == ["1. Roofing", text]


def test_a_title_without_the_mark_of_a_note_keeps_the_printed_words() -> None:
    (draft,) = draft_profiles(
        read_bytes(TEXT.replace("Site Manager[1]", "Site [1] Manager").encode(), "a.txt"), "a"
    ).drafts
    job = draft.profile.specialisms[0].work[0]
    assert (job.title, job.printed) == ("Site Manager", "Site [1] Manager")
