"""The paragraphs of a DOCX file as Word prints them."""

from __future__ import annotations

import io

import docx
import pytest

from tests.documents.readers.docx.files import NAMESPACES, paragraph, read, run, texts
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.errors import DocumentError


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f'{mark("begin")}<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>{mark("separate")}'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("At ") + run("level 4"), "At level 4"),
        (f"<w:del>{run('no')}</w:del><w:ins>{run('yes')}</w:ins>", "yes"),
        (f"<w:moveFrom>{run('no')}</w:moveFrom><w:moveTo>{run('yes')}</w:moveTo>", "yes"),
        (run("no", "<w:vanish/>") + run("yes", '<w:vanish w:val="0"/>'), "yes"),
        (f"<w:sdt><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f"<w:smartTag>{run('tagged')}</w:smartTag>", "tagged"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/></w:r>", "a b-c"),
        ('<w:r><w:t>5</w:t><w:sym w:font="Symbol" w:char="00B0"/><w:sym w:char="F0B7"/></w:r>', "5°"),
        (
            f"<mc:AlternateContent><mc:Choice>{run('a')}</mc:Choice><mc:Fallback>{run('b')}</mc:Fallback></mc:AlternateContent>",
            "a",
        ),
        (instruction(" PAGE ") + run("7") + mark("end") + run(" pages"), "7 pages"),
        (instruction(' TOC \\o "1-3" ') + run("Contents 1") + mark("end") + run("after"), "after"),
        (run("A") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run(", B"), "A, B"),
        ("<w:r><w:commentReference/></w:r>" + run("A"), "A"),
    ],
)
def test_a_paragraph_is_what_word_prints(content: str, text: str) -> None:
    assert texts(paragraph(content)) == [text]


@pytest.mark.parametrize(
    ("content", "target"),
    [
        (f'<w:hyperlink r:id="link">{run("Opti")}{run("cian")}</w:hyperlink>', "https://e.org/a"),
        (f'<w:hyperlink r:id="link" w:anchor="b">{run("Optician")}</w:hyperlink>', "https://e.org/a#b"),
        (f'<w:hyperlink w:anchor="top">{run("Optician")}</w:hyperlink>', "#top"),
        (f'<w:hyperlink r:id="missing">{run("Optician")}</w:hyperlink>', "#"),
        (instruction(' HYPERLINK "https://e.org/f" \\o "tip" ') + run("Optician") + mark("end"), "https://e.org/f"),
        (instruction(' HYPERLINK \\l "top" ') + run("Optician") + mark("end"), "#top"),
        (f'<w:fldSimple w:instr="HYPERLINK https://e.org/s">{run("Optician")}</w:fldSimple>', "https://e.org/s"),
    ],
)
def test_links_keep_their_words_and_targets(content: str, target: str) -> None:
    (line,) = read(paragraph(run("the ") + content + run(" one"))).lines
    assert line.text == "the Optician one"
    assert [(link.start, link.end, link.target) for link in line.links] == [(4, 12, target)]


def test_bold_words_are_strong_wherever_their_runs_end() -> None:
    content = run("For ") + run("edu", "<w:b/>") + run("cation", "<w:b/>") + run(" x", '<w:b w:val="false"/>')
    (line,) = read(paragraph(content + run(" y", '<w:rStyle w:val="Strong"/>'))).lines
    assert [line.text[start:end] for start, end in line.strong] == ["education", "y"]


def test_paragraphs_are_counted_through_body_tables_text_boxes_and_notes() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('cell'))}</w:tc><w:tc>{paragraph('')}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><w:drawing><w:txbxContent>{paragraph(run('box'))}</w:txbxContent></w:drawing></w:r>"
    broken = "<w:r><w:t>One</w:t><w:br/><w:t>Two</w:t></w:r>"
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="1">{paragraph(run("note"))}</w:footnote></w:footnotes>'
    body = paragraph("") + table + paragraph(run("around") + box) + paragraph(broken)
    document = read(body, **{"word/footnotes.xml": notes})
    assert [(line.location.paragraph, line.role, line.text) for line in document.lines] == [
        (2, Role.CELL, "cell"),
        (5, Role.TEXT, "box"),
        (4, Role.TEXT, "around"),
        (6, Role.TEXT, "One"),
        (6, Role.TEXT, "Two"),
        (7, Role.TEXT, "note"),
    ]
    assert not document.omissions


def test_a_paragraph_whose_mark_was_deleted_is_one_with_the_next() -> None:
    body = paragraph(run("one "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("two")) + paragraph(run("three"))
    assert texts(body) == ["one two", "three"]


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("content", "text", "mark"),
    [
        (run("Roofer") + run("1", RAISED) + run(" and Tiler"), "Roofer and Tiler", "1"),
        (run("Roofer") + run("1", RAISED) + run("2", RAISED), "Roofer", "12"),
        (run("Roofer") + run("[3]", '<w:position w:val="6"/>'), "Roofer", "[3]"),
        (run("Roofer") + run("*", '<w:rStyle w:val="Raised"/>'), "Roofer", "*"),
        (run("Roofer") + run("1", RAISED) + "<w:r><w:br/></w:r>", "Roofer", "1"),
        (run("the 1") + run("st", RAISED) + run(" line"), "the 1st line", None),
        (run("1", RAISED) + run(" Subject to funding"), "1 Subject to funding", None),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H2O", None),
        (run("A") + run("1", '<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>'), "A1", None),
    ],
)
def test_the_raised_mark_of_a_note_is_reported_and_dropped(content: str, text: str, mark: str | None) -> None:
    document = read(paragraph(content))
    assert [line.text for line in document.lines] == [text]
    assert [each.text for each in document.omissions] == ([f"the mark of a note: {mark}"] if mark else [])


def test_a_picture_is_reported() -> None:
    picture = '<w:r><w:drawing><wp:docPr descr="The chart"/></w:drawing><w:drawing/></w:r>'
    document = read(paragraph(run("a") + picture))
    assert [(each.text, each.location.paragraph) for each in document.omissions] == [
        ("a picture: The chart", 1),
        ("a picture", 1),
    ]


LEVEL = "At level 4, there is the A"


@pytest.mark.parametrize(
    ("style", "rows", "read"),
    [
        ("Heading 1", ["9a. T Level in Education", "and Early Years"], ["9a. T Level in Education and Early Years"]),
        ("Heading 2", ["1. Assisting", "Teaching"], ["1. Assisting Teaching"]),
        (None, [LEVEL, "apprenticeship and the B", "HTQ."], [f"{LEVEL} apprenticeship and the B HTQ."]),
        (None, ["could include Chef,", "Baker and", "Butcher."], ["could include Chef, Baker and Butcher."]),
        (None, ["could include:", "Chef", "Baker"], ["could include:", "Chef", "Baker"]),
        (None, ["At level 4, there is the A.", "At level 5, there is the B."], None),
        (None, ["Degrees", "Law"], None),
        (None, ["Senior Construction Estimator and Surveyor", "Health, Safety and Environment Technician"], None),
    ],
)
def test_a_sentence_or_a_heading_continues_after_a_line_break(
    style: str | None, rows: list[str], read: list[str] | None
) -> None:
    document = docx.Document()
    document.add_paragraph("\n".join(rows), style)
    file = io.BytesIO()
    document.save(file)
    passages = split_passages(read_bytes(file.getvalue(), "a.docx"))
    assert [passage.text for passage in passages] == (read or rows)


def test_a_paragraph_never_continues_in_the_next() -> None:
    passages = split_passages(read(paragraph(run("could include Chef,")) + paragraph(run("baker"))))
    assert [passage.text for passage in passages] == ["could include Chef,", "baker"]


@pytest.mark.parametrize("inside", ["", "<w:p><w:r/></w:p>"])
def test_elements_that_are_nested_too_deeply_are_refused(inside: str) -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        read("<w:sdt>" * 5_000 + inside + "</w:sdt>" * 5_000)


def test_a_line_break_ends_a_line() -> None:
    document = read(paragraph(f"<w:r>{'<w:t>Law</w:t><w:br/>' * 100}<w:t>Art.</w:t></w:r>"))
    assert [line.text for line in document.lines] == [*["Law"] * 100, "Art."]
