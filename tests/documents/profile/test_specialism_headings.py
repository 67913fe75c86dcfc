"""A specialism has the name of a job or of an apprenticeship: its heading is no option, and the option no heading."""

from __future__ import annotations

import io

import docx
import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.documents.profile.specialism_headings import find_headings

BEGIN = (
    "9a. T Level in Finance",
    "This T Level has two occupational specialisms: Retail Banking Analyst and Fund Analyst.",
)
LABEL = "For work, career progression could include:"
LISTS = {
    "1. Retail Banking Analyst": ["Cashier", "Retail Banking Analyst", "Fund Analyst"],
    "2. Fund Analyst": ["Fund Analyst", "Trader"],
}
SIGNS = {"number": "{}. ", "bracket": "{}) ", "bullet": "- ", "nothing": ""}


def in_lines(sign: str) -> list[str]:
    lines = [*BEGIN]
    for heading, jobs in LISTS.items():
        lines += [heading, LABEL, *(SIGNS[sign].format(number) + job for number, job in enumerate(jobs, 1))]
    return lines


def in_html(tag: str) -> bytes:
    parts = [f"<p>{line}</p>" for line in BEGIN]
    for heading, jobs in LISTS.items():
        items = "".join(f"<li>{job}</li>" for job in jobs)
        parts += [f"<p>{heading}</p>", f"<p>{LABEL}</p>", f"<{tag}>{items}</{tag}>"]
    return "".join(parts).encode()


def in_docx(style: str) -> bytes:
    document = docx.Document()
    for line in BEGIN:
        document.add_paragraph(line)
    for heading, jobs in LISTS.items():
        document.add_paragraph(heading)
        document.add_paragraph(LABEL)
        for job in jobs:
            document.add_paragraph(job, style)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        *((".txt", "\n\n".join(in_lines(sign)).encode()) for sign in SIGNS),
        *((".md", "\n\n".join(in_lines(sign)).encode()) for sign in SIGNS),
        *((".html", in_html(tag)) for tag in ("ul", "ol")),
        *((".docx", in_docx(style)) for style in ("List Bullet", "List Number", "Normal")),
    ],
)
def test_an_option_with_the_name_of_a_specialism_begins_none(ending: str, data: bytes) -> None:
    (draft,) = draft_profiles(read_bytes(data, f"a{ending}"), "a").drafts
    found = [(each.title, [option.title for option in each.work]) for each in draft.profile.specialisms]
    assert found == [(heading[3:], jobs) for heading, jobs in LISTS.items()]


def test_a_list_of_one_before_the_label_of_the_next() -> None:
    lines = ["9a. T Level in Nursing", "This T Level has one specialism: Dental Nursing.", "1. Dental Nursing"]
    text = "\n\n".join([*lines, "### Degrees", "Dental Nursing", "### Jobs", "Dental Nurse"])
    (draft,) = draft_profiles(read_bytes(text.encode(), "a.md"), "a").drafts
    (specialism,) = draft.profile.specialisms
    assert [option.title for option in specialism.education] == ["Dental Nursing"]
    assert [option.title for option in specialism.work] == ["Dental Nurse"]


WAYS = [
    "1. {}",
    "1 {}",
    "1) {}",
    "1 \u2013 {}",
    "1 | {}",
    "(1) {}",
    "{}",
    "# {}",
    "Occupational specialism 1: {}",
    "Occupational specialism: {}",
    "i. {}",
    "a) {}",
    "**{}**",
]


@pytest.mark.parametrize("way", WAYS)
def test_headings_of_specialisms(way: str) -> None:
    heading = way.format("Law and Order")
    text = f"T Level in X\n\nThis T Level has one specialism: Law and Order.\n\n{heading}\n\nWork: Judge.\n"

    (specialism,) = draft_profiles(read_bytes(text.encode(), "a.txt"), "a").drafts[0].profile.specialisms
    assert (specialism.title, specialism.line) == ("Law and Order", 5)


def headings(*lines: str) -> tuple[list[str], set[str], set[str]]:
    """Return the titles of the headings, and the lines that are doubtful and that only announce names."""
    passages = split_passages(read_bytes("\n\n".join(lines).encode(), "a.md"))
    found = find_headings(passages)
    doubtful = {passages[at].text for at in found.doubtful}
    return list(found.titles.values()), doubtful, {passages[at].text for at in found.skipped}


LAW = ("1. Law", "Work: Judge.")
ART = ("2. Art", "Work: Potter.")


def test_names_on_the_lines_below_the_announcement_are_no_headings() -> None:
    lines = ("There are two occupational specialisms:", "- Law", "- Art")
    assert headings(*lines, *LAW, *ART) == (["Law", "Art"], set(), {"Law", "Art"})


def test_one_line_below_the_announcement_may_be_the_heading_itself() -> None:
    assert headings("There is one occupational specialism:", *LAW) == (["Law"], set(), set())


def test_the_next_number_makes_a_doubtful_heading_beside_other_names() -> None:
    lines = ("This T Level has two specialisms: Law and Music.", *LAW, *ART)
    assert headings(*lines) == (["Law", "Art"], {"2. Art"}, set())


def test_a_line_in_the_place_of_a_missing_heading_is_doubtful() -> None:
    lines = ("This T Level has two specialisms: Law and Music.", *LAW, "Art", "Work: Potter.")
    assert headings(*lines) == (["Law", "Art"], {"Art"}, set())


def test_without_an_announcement_headings_of_the_markup_count() -> None:
    assert headings("# Law", "Work: Judge.", "# Education", "Law") == (["Law"], set(), set())


@pytest.mark.parametrize("heading", ["i. Law", "(a) Law", "1) Law", "Specialism one - Law"])
def test_numbers_are_digits_letters_words_or_roman(heading: str) -> None:
    assert headings(heading, "Work: Judge.")[0] == ["Law"]


def test_items_of_a_numbered_list_are_no_headings() -> None:
    lines = ("This T Level has one specialism: Law.", "1. Law", "Jobs:", "1. Judge", "2. Clerk", "3. Usher")
    assert headings(*lines) == (["Law"], set(), set())


def test_a_label_or_a_long_line_is_no_heading() -> None:
    assert headings("1. Education", "Work: Judge.")[0] == []
    assert headings(f"1. {'Law ' * 90}", "Work: Judge.")[0] == []
