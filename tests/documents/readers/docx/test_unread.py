"""The text of a DOCX file that is in no line is reported, with the reason."""

from __future__ import annotations

import pytest

from tests.documents.readers.docx.files import NAMESPACES, OFFICE, package, paragraph, read, run
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Document, Reason

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def read_parts(body: str, **kinds: str) -> Document:
    """Read a file with one further part of each kind."""
    rows = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in kinds)
    parts = {f"word/{kind}.xml": f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>" for kind, content in kinds.items()}
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    )
    return read_bytes(package(body, **parts), "a.docx")


def seen(document: Document) -> tuple[list[str], list[tuple[str, Reason]]]:
    return [line.text for line in document.lines], [(each.text, each.reason) for each in document.omissions]


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text) if text else '')}</w:tc>"


GONE = [("gone away", Reason.DELETED)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph(f"{run('a')}<w:del><w:r><w:delText>gone away</w:delText></w:r></w:del>{run('b')}"), ["ab"]),
        (paragraph(f"{run('ab')}<w:moveFrom>{run('gone ')}{run('away')}</w:moveFrom>"), ["ab"]),
        (paragraph(f"{run('ab')}<w:ins><w:del>{run('gone away')}</w:del></w:ins>"), ["ab"]),
        (table(cell("ab"), f"<w:trPr><w:del/></w:trPr>{cell('gone')}{cell('away')}"), ["ab"]),
        (table(cell("ab") + cell("gone away", "<w:cellDel/>")), ["ab"]),
        (paragraph(run("ab")) + table(*[f"<w:trPr><w:del/></w:trPr>{cell('gone away')}"]), ["ab"]),
        (paragraph(f"<w:del>{run('gone away')}</w:del>", "<w:rPr><w:del/></w:rPr>") + paragraph(run("ab")), ["ab"]),
        (f"<w:sdt><w:del>{paragraph(run('gone away'))}</w:del></w:sdt>{paragraph(run('ab'))}", ["ab"]),
    ],
)
def test_what_a_tracked_change_deletes_is_reported(body: str, lines: list[str]) -> None:
    assert seen(read(body)) == (lines, GONE)


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize("properties", ["<w:vanish/>", WHITE, '<w:color w:val="FDFDFE"/>', '<w:sz w:val="2"/>'])
def test_letters_that_nobody_sees_are_reported(properties: str) -> None:
    body = paragraph(run("Seen")) + paragraph(run("Ghost", properties))
    assert seen(read(body)) == (["Seen"], [("Ghost", Reason.HIDDEN)])


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("Seen", f'{WHITE}<w:shd w:fill="000080"/>')),
        paragraph(run("Seen", f'{WHITE}<w:highlight w:val="black"/>')),
        paragraph(run("Seen", WHITE), '<w:shd w:fill="123456"/>'),
        table(cell("Seen").replace("<w:rPr></w:rPr>", f"<w:rPr>{WHITE}</w:rPr>")),
        paragraph(run("Seen", '<w:color w:val="auto"/><w:shd w:fill="auto"/><w:sz w:val="12"/>')),
        paragraph(run("Seen", '<w:color w:val="DDDDDD"/>')),
    ],
)
def test_letters_that_somebody_sees_are_read(body: str) -> None:
    assert seen(read(body)) == (["Seen"], [])


def test_white_letters_are_read_on_a_page_of_another_colour() -> None:
    document = f'<w:document {NAMESPACES}><w:background w:color="000000"/><w:body>{paragraph(run("Seen", WHITE))}'
    assert seen(read("", **{"word/document.xml": f"{document}</w:body></w:document>"})) == (["Seen"], [])


@pytest.mark.parametrize(
    ("content", "report"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "a symbol of the font Wingdings with the code F0FC"),
        (f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x = 1</m:t></m:r></m:oMath>', "“x = 1” in an element of the name t"),
        ('<x:new xmlns:x="urn:x">Level 5</x:new>', "“Level 5” in an element of the name new"),
        (
            '<w:r><w:object><o:OLEObject xmlns:o="urn:o" ProgID="Excel.Sheet.12"/></w:object></w:r>',
            "an object of another program, Excel.Sheet.12",
        ),
        (
            '<w:fldChar w:fldCharType="begin"/><w:instrText>QUOTE 5</w:instrText><w:fldChar w:fldCharType="end"/>',
            "a field without a result, “QUOTE 5”",
        ),
        (
            '<w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="DRAFT"/></w:pict>',
            "drawn words, “DRAFT”",
        ),
    ],
)
def test_text_that_this_reader_does_not_know_is_reported(content: str, report: str) -> None:
    assert seen(read(paragraph(run("Seen") + content))) == (["Seen"], [(report, Reason.UNREAD)])


@pytest.mark.parametrize("element", ["altChunk", "subDoc"])
def test_another_document_within_the_file_is_reported(element: str) -> None:
    document = read(f'{paragraph(run("Seen"))}<w:{element} r:id="link"/><w:{element}/>')
    assert seen(document) == (
        ["Seen"],
        [
            ("another document within this one, https://e.org/a", Reason.UNREAD),
            ("another document within this one, without an address", Reason.UNREAD),
        ],
    )


def test_a_comment_is_reported_with_its_words() -> None:
    body = paragraph(run("Seen") + '<w:r><w:commentReference w:id="3"/><w:commentReference w:id="4"/></w:r>')
    comment = f'<w:comment w:id="3">{paragraph(run("Is this"))}{paragraph(run("level 5?"))}</w:comment>'
    document = read_parts(body, comments=comment)
    assert seen(document) == (["Seen"], [("a comment with “Is this level 5?”", Reason.UNREAD)])


def test_headers_and_footers_are_furniture() -> None:
    document = read_parts(paragraph(run("Seen")), header=paragraph(run("Head")), footer=paragraph(run("Foot")))
    assert seen(document) == (["Seen"], [])
    assert [line.text for line in document.furniture] == ["Head", "Foot"]


def test_a_cell_that_spans_rows_has_their_number() -> None:
    merged, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("4", merged) + cell("A"),
        cell("", more) + cell("B"),
        f"<w:trPr><w:del/></w:trPr>{cell('', more)}{cell('gone')}",
        cell("hidden", more) + cell("C"),
        cell("5") + cell("D", merged),
        cell("") + cell("", '<w:vMerge w:val="continue"/>'),
        f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("E", more)}',
    ]
    document = read(table(*rows))
    assert [(line.text, *line.cell[1:]) for line in document.lines if line.cell] == [
        ("4", 0, 0, 1, 3),
        ("A", 0, 1, 1, 1),
        ("B", 1, 1, 1, 1),
        ("C", 2, 1, 1, 1),
        ("5", 3, 0, 1, 1),
        ("D", 3, 1, 1, 3),
    ]
    assert [each.text for each in document.omissions] == ["gone", "hidden", "E"]
