"""Words that a document strikes out, hides or repeats on every page make no option, and are reported."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.documents.reading import read_bytes
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.places import LEAD
from tlevel_rdf.documents.profile.builder import DraftResult, draft_profiles
from tlevel_rdf.findings import Severity

BEGIN = ("T Level in Law", "This T Level has one specialism: Law.")
MARKS = {".md": "~~{}~~", ".txt": "~~{}~~", ".html": "<del>{}</del>", ".pdf": "<strike>{}</strike>"}
LINES = (
    "At level 4, there are the {Judge and} Barrister apprenticeships.",
    "{At level 5, there is the Clerk apprenticeship.}",
    "At level 6, there is the Solicitor apprenticeship.",
)


def read(data: bytes | str, ending: str) -> DraftResult:
    data = data.encode() if isinstance(data, str) else data
    return draft_profiles(read_bytes(data, f"a{ending}"), f"a{ending}")


def titles(reading: DraftResult) -> list[str]:
    (draft,) = reading.drafts
    return [option.title for specialism in draft.profile.specialisms for option in specialism.technical]


def reported(reading: DraftResult, code: Code) -> list[tuple[Severity, str]]:
    return [
        (f.severity, LEAD.sub("", f.message).split("“")[1].split("”")[0]) for f in reading.findings if f.code == code
    ]


def as_docx(mark: str) -> bytes:
    document = docx.Document()
    style = document.styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    for line in BEGIN:
        document.add_paragraph(line)
    for line in LINES:
        paragraph = document.add_paragraph()
        for number, part in enumerate(line.replace("}", "{").split("{")):
            run = paragraph.add_run(part)
            if number % 2:
                run.font.strike = True if mark == "strike" else None
                run.font.double_strike = True if mark == "dstrike" else None
                run.style = style if mark == "style" else None
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    written = io.BytesIO()
    style = ParagraphStyle("plain", fontSize=11, leading=14)
    SimpleDocTemplate(written).build([Paragraph(line, style) for line in lines])
    return written.getvalue()


def marked(ending: str, mark: str) -> list[str]:
    before, after = mark.split("{}")
    return [*BEGIN, *(line.replace("{", before).replace("}", after) for line in LINES)]


STRUCK = [
    *((f"{mark} in {ending}", ending, "\n\n".join(marked(ending, mark))) for ending, mark in list(MARKS.items())[:2]),
    *(
        (f"<{name}> in .html", ".html", "".join(f"<p>{line}</p>" for line in marked(".html", f"<{name}>{{}}</{end}>")))
        for name, end in (
            ("del", "del"),
            ("s", "s"),
            ("strike", "strike"),
            ("span style='text-decoration:line-through'", "span"),
        )
    ),
    ("<del> in .md", ".md", "\n\n".join(marked(".md", "<del>{}</del>"))),
    *((f"{mark} in .docx", ".docx", as_docx(mark)) for mark in ("strike", "dstrike", "style")),
    (".pdf", ".pdf", as_pdf(marked(".pdf", MARKS[".pdf"]))),
]


@pytest.mark.parametrize(("_name", "ending", "data"), STRUCK, ids=[row[0] for row in STRUCK])
def test_words_struck_out_make_no_option(_name: str, ending: str, data: bytes | str) -> None:
    reading = read(data, ending)

    assert titles(reading) == ["Barrister", "Solicitor"]
    assert reported(reading, Code.STRUCK_OUT) == [
        (Severity.WARNING, "Judge and"),
        (Severity.WARNING, "At level 5, there is the Clerk apprenticeship."),
    ]
    assert all(finding.line for finding in reading.findings)


def test_the_words_around_what_is_struck_out_of_a_pdf_stay_apart() -> None:
    lines = read_bytes(as_pdf(["the Law <strike>and Art </strike>and Craft"]), "a.pdf").lines
    assert [line.text for line in lines] == ["the Law and Craft"]


def test_words_that_are_underlined_or_not_struck_any_more_are_read() -> None:
    lines = [*BEGIN, "At level 4, there is the <u>Barrister</u> apprenticeship."]
    assert titles(read(as_pdf(lines), ".pdf")) == ["Barrister"]

    document = docx.Document()
    for line in BEGIN:
        document.add_paragraph(line)
    style = document.styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    run = document.add_paragraph().add_run("At level 4, there is the Barrister apprenticeship.", style)
    run.font.strike = False
    written = io.BytesIO()
    document.save(written)
    assert titles(read(written.getvalue(), ".docx")) == ["Barrister"]


PAGE = """<body><nav><p>Home</p><p>At level 4, there is the Menu apprenticeship.</p></nav>
<p>T Level in Law</p><p>This T Level has one specialism: Law.</p>
<p>At level 4, there is the {} Barrister apprenticeship.</p>
<footer><p>Published on 1 May 2024.</p><p>At level 4, there is the Foot apprenticeship.</p></footer></body>"""


@pytest.mark.parametrize("how", ["hidden", 'style="display: none"', 'aria-hidden="true"'])
def test_hidden_words_and_furniture_are_left_out(how: str) -> None:
    reading = read(PAGE.format(f"<span {how}>Judge</span><script>code</script>"), ".html")

    assert titles(reading) == ["Barrister"]
    assert reported(reading, Code.LEFT_OUT) == [
        (Severity.INFO, "At level 4, there is the Menu apprenticeship."),
        (Severity.INFO, "Judge"),
        (Severity.INFO, "At level 4, there is the Foot apprenticeship."),
    ]
    # What the foot of the page says about the page is read.
    assert str(reading.drafts[0].profile.source.issued) == "2024-05-01"


def test_hidden_words_of_a_word_document_are_reported() -> None:
    document = docx.Document()
    for line in BEGIN:
        document.add_paragraph(line)
    paragraph = document.add_paragraph("At level 4, there is the Barrister apprenticeship.")
    paragraph.add_run(" At level 5, there is the Judge apprenticeship.").font.hidden = True
    written = io.BytesIO()
    document.save(written)
    reading = read(written.getvalue(), ".docx")

    assert titles(reading) == ["Barrister"]
    assert reported(reading, Code.HIDDEN) == [(Severity.WARNING, "At level 5, there is the Judge apprenticeship.")]


@pytest.mark.parametrize("how", ["hidden", "hidden=''", 'style="display: none"', 'aria-hidden="true"'])
def test_a_hidden_panel_that_holds_statements_is_to_be_looked_at(how: str) -> None:
    panel = f"<div {how}><h3>Level 5</h3><p>Judge</p><p>For work, career progression could include Clerk.</p></div>"
    reading = read(PAGE.format("") + panel, ".html")
    reports = reported(reading, Code.HIDDEN)
    assert [severity for severity, _ in reports] == [Severity.WARNING]
    assert reports[0][1].startswith("Level 5 Judge For work")


def test_the_panel_that_a_search_opens_is_read() -> None:
    panel = "<div hidden='until-found'><p>At level 5, there is the Judge apprenticeship.</p></div>"
    assert titles(read(PAGE.format("") + panel, ".html")) == ["Barrister", "Judge"]


@pytest.mark.parametrize("name", ["govuk-visually-hidden", "sr-only", "x visually-hidden", "screen-reader-text"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [(" (opens in new tab)", []), (" external link, opens new window", []), (" (standard 12)", [1])],
)
def test_words_for_screen_readers_are_no_part_of_a_title(name: str, words: str, expected: list[int]) -> None:
    heard = f"<span class='{name}'>{words}</span>"
    page = "".join(f"<p>{line}</p>" for line in BEGIN)
    page += f"<p>At level 4, there is the <a href='https://e.org'>Barrister{heard}</a> apprenticeship.</p>"
    page += f"<ul><li>At level 5, there is the Judge apprenticeship{heard}</li></ul>"
    reading = read(page, ".html")
    assert titles(reading) == ["Barrister", "Judge"]
    assert reported(reading, Code.LEFT_OUT) == [(Severity.INFO, words.strip())] * 2 * len(expected)


def test_a_statement_for_screen_readers_only_is_reported_and_not_read() -> None:
    page = "".join(f"<p>{line}</p>" for line in BEGIN)
    page += "<p><span class='sr-only'>At level 4, there is the Judge apprenticeship.</span></p>"
    reading = read(page, ".html")
    assert titles(reading) == []
    assert reported(reading, Code.HIDDEN) == [(Severity.WARNING, "At level 4, there is the Judge apprenticeship.")]


@pytest.mark.parametrize("ending", [".txt", ".pdf"])
def test_an_explanation_of_a_flag_over_two_lines_is_one(ending: str) -> None:
    lines = [*BEGIN, "At level 4, there is the Barrister apprenticeship.", "In development = standard is being"]
    text = "\n".join([*lines, "developed."])
    reading = read(text if ending == ".txt" else as_pdf(["<br/>".join([*lines, "developed."])]), ending)
    (draft,) = reading.drafts

    assert draft.profile.notes == ()
    assert [f for f in draft.findings if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("begin", "end", "code"), [("<del>", "</del>", Code.STRUCK_OUT), ("<div hidden>", "</div>", Code.HIDDEN)]
)
def test_html_around_blocks_of_markdown_leaves_them_out(begin: str, end: str, code: Code) -> None:
    inside = "At level 5, there is the Judge apprenticeship."
    last = "At level 4, there is the Barrister apprenticeship."
    reading = read("\n\n".join([*BEGIN, begin, inside, end, last]), ".md")

    assert titles(reading) == ["Barrister"]
    assert [words for _, words in reported(reading, code)] == [inside]
