"""Paragraph styles and list numbers of a DOCX file."""

from __future__ import annotations

from tests.documents.readers.docx.files import numbered, paragraph, read, run, texts
from tlevel_rdf.documents.document import Reason, Role


def test_list_numbers_are_those_that_word_prints() -> None:
    steps = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (2, 0), (1, 2), (9, 0), (0, 0)]
    body = "".join(paragraph(run("x"), numbered(*step)) for step in steps)
    assert texts(body) == ["1. x", "1a) x", "1b) x", "2. x", "2a) x", "7. x", "8. x", "x", "x", "x"]
    roles = [line.role for line in read(body).lines]
    assert roles == [Role.ITEM] * 9 + [Role.TEXT]


def test_a_style_can_number_and_make_headings() -> None:
    styled = '<w:pStyle w:val="{}"/>'
    body = paragraph(run("Title"), styled.format("H")) + paragraph(run("one"), styled.format("L"))
    body += paragraph(run("1. two"), styled.format("L")) + paragraph(run("flat"), '<w:outlineLvl w:val="0"/>')
    assert [(line.text, line.role) for line in read(body).lines] == [
        ("Title", Role.HEADING),
        ("1. one", Role.ITEM),
        ("1. two", Role.ITEM),
        ("flat", Role.HEADING),
    ]


def test_text_that_only_a_web_page_hides_is_read_and_hidden_text_is_reported() -> None:
    document = read(paragraph(run("Roofer", "<w:webHidden/>") + run(" and Mason", "<w:vanish/>")))
    assert [line.text for line in document.lines] == ["Roofer"]
    assert [(each.text, each.reason) for each in document.omissions] == [("and Mason", Reason.HIDDEN)]
