"""A specialism has the name of a job or of an apprenticeship: its heading is no option, and the option no heading."""

from __future__ import annotations

import io

import docx
import pytest

from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.documents.readers.detection import read_bytes

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
