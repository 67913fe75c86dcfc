"""Tables whose cells have known places: what is read of them, and what is to be looked at."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, TableStyle
from reportlab.platypus import Table as DrawnTable

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.profile.builder import draft_profiles

BEGIN = ("8a. T Level in Onsite Construction", "This T Level has one specialism: Bricklaying.", "1. Bricklaying")
Table = tuple[tuple[str, ...], ...]

TABLES: list[tuple[str, Table, list[str], list[str]]] = [
    (
        "kinds as heads, an empty cell",
        (("Level", "Apprenticeship", "HTQ"), ("4", "Roofer", ""), ("5", "", "Civil Engineering")),
        ["apprenticeship 4 Roofer", "higher technical qualification 5 Civil Engineering"],
        [],
    ),
    (
        "levels as heads",
        (("", "Level 4", "Level 5"), ("Apprenticeship", "Roofer", "Site Manager"), ("HTQ", "", "Construction")),
        ["apprenticeship 4 Roofer", "apprenticeship 5 Site Manager", "higher technical qualification 5 Construction"],
        [],
    ),
    (
        "numbers as heads beside the word",
        (("Level", "4", "5"), ("Apprenticeships", "Roofer", "Site Manager")),
        ["apprenticeship 4 Roofer", "apprenticeship 5 Site Manager"],
        [],
    ),
    (
        "numbers that may count anything",
        (("Year", "4"), ("Apprenticeships", "Roofer")),
        [],
        ["“Year” stands in a table", "“4” stands in", "“Apprenticeships” stands in", "“Roofer” stands in"],
    ),
    (
        "the corner is empty",
        (("", "Apprenticeship", "HTQ"), ("Level 4", "Roofer", "Construction"), ("Level 5", "", "Civil Engineering")),
        [
            "apprenticeship 4 Roofer",
            "higher technical qualification 4 Construction",
            "higher technical qualification 5 Civil Engineering",
        ],
        [],
    ),
    (
        "flags of their own",
        (("Level", "Apprenticeship", "Status", "HTQ", "Status"), ("4", "Roofer", "Accelerated", "Construction", "")),
        ["apprenticeship 4 Roofer accelerated", "higher technical qualification 4 Construction"],
        [],
    ),
    (
        "flags of two titles, and of none",
        (
            ("Level", "Apprenticeship", "HTQ", "Status"),
            ("4", "Roofer", "Tiling", "Accelerated"),
            ("5", "", "", "Accelerated"),
        ),
        ["apprenticeship 4 Roofer accelerated", "higher technical qualification 4 Tiling accelerated"],
        ["“Roofer” stands beside several", "“Tiling” stands beside several", "“Accelerated” stands in a table"],
    ),
    (
        "cells that their heads do not fit",
        (("Level", "HTQ", "Provider"), ("4", "Construction", "Leeds"), ("4/5", "Surveying", "")),
        ["higher technical qualification 4 Construction"],
        ["“Leeds” stands in a table", "“4/5” stands in a table", "“Surveying” has no one level"],
    ),
    (
        "two columns of levels",
        (("Level", "Apprenticeship", "Level", "HTQ"), ("4", "Roofer", "5", "Construction")),
        [],
        [f"“{cell}” stands in a table" for cell in ("Level", "Apprenticeship", "Level", "HTQ", "4", "Roofer", "5")]
        + ["“Construction” stands in a table"],
    ),
    (
        "no head",
        (("Apprenticeship", "Level 4", "Roofer", "accelerated"), ("HTQ", "Level 5", "Tiling", "")),
        ["apprenticeship 4 Roofer accelerated", "higher technical qualification 5 Tiling"],
        [],
    ),
    (
        "heads that are not known",
        (("RQF", "Name", "Way"), ("Level 4", "Roofer", "Apprenticeship"), ("Level 5", "Tiling", "HTQ")),
        ["apprenticeship 4 Roofer", "higher technical qualification 5 Tiling"],
        [],
    ),
    (
        "short and other names of heads",
        (("Lvl", "Progression option", "Route"), ("4", "Roofer", "Apprenticeship"), ("5", "Tiling", "HTQ")),
        ["apprenticeship 4 Roofer", "higher technical qualification 5 Tiling"],
        [],
    ),
    (
        "one head that is not known",
        (("Level", "Title", "Way"), ("4", "Roofer", "Apprenticeship"), ("5", "Tiling", "HTQ")),
        ["apprenticeship 4 Roofer", "higher technical qualification 5 Tiling"],
        [],
    ),
    (
        "the head again, and a blank level that takes none from the row above",
        (("Level", "HTQ"), ("4", "Construction"), ("", "Surveying"), ("Level", "HTQ"), ("5", "Civil Engineering")),
        ["higher technical qualification 4 Construction", "higher technical qualification 5 Civil Engineering"],
        ["“Surveying” has no one level"],
    ),
]


def as_html(table: Table) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    return "".join([*(f"<p>{line}</p>" for line in BEGIN), f"<table>{rows}</table>"]).encode()


def as_markdown(table: Table) -> bytes:
    head, *rest = (f"| {' | '.join(row)} |" for row in table)
    return "\n\n".join([*BEGIN, "\n".join([head, "|---" * len(table[0]) + "|", *rest])]).encode()


def as_docx(table: Table) -> bytes:
    document = docx.Document()
    for line in BEGIN:
        document.add_paragraph(line)
    made = document.add_table(len(table), len(table[0]))
    for row, cells in zip(table, made.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


RULES: dict[str, Any] = {
    "all": ("GRID", (0, 0), (-1, -1), 0.5, "black"),
    "inner": ("INNERGRID", (0, 0), (-1, -1), 0.5, "black"),
    "one row": ("BACKGROUND", (0, 1), (-1, 1), "grey"),
}


def as_pdf(table: Table, *, span: tuple[int, int] = (0, 0), before: int = 0, rules: str = "all") -> bytes:
    """The table with rules: one cell at the left spans rows, and lines before it move its end to the next page."""
    plain = ParagraphStyle("plain", fontSize=10, leading=13, spaceAfter=8)
    story: list[Flowable] = [Paragraph(line, plain) for line in (*BEGIN, *["Body text is a line."] * before)]
    cells = [[Paragraph(text, plain) if text else "" for text in row] for row in table]
    story.append(
        DrawnTable(cells, colWidths=90, style=TableStyle([RULES[rules], ("SPAN", (0, span[0]), (0, span[1]))]))
    )
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(story)
    return file.getvalue()


def read(data: bytes, ending: str) -> tuple[list[str], list[str]]:
    """The options, and the messages of the findings."""
    (draft,) = draft_profiles(read_bytes(data, f"a{ending}"), "a").drafts
    (specialism,) = draft.profile.specialisms
    options = (*specialism.technical, *specialism.education, *specialism.work)
    found = [
        " ".join(map(str, (option.kind, option.level_number or "-", option.title, *option.flags))) for option in options
    ]
    return found, [finding.message.split(": ")[-1] for finding in draft.findings]


@pytest.mark.parametrize("ending", [".html", ".md", ".docx", ".pdf"])
@pytest.mark.parametrize(("_name", "table", "options", "expected"), TABLES, ids=[table[0] for table in TABLES])
def test_a_cell_is_what_the_heads_of_its_column_and_row_say(
    _name: str, table: Table, options: list[str], expected: list[str], ending: str
) -> None:
    write = {".html": as_html, ".md": as_markdown, ".docx": as_docx, ".pdf": as_pdf}[ending]
    found, messages = read(write(table), ending)
    assert sorted(found) == sorted(options)
    assert len(messages) == len(expected)
    assert all(any(each.startswith(part) for each in messages) for part in expected)


SPANNING = {
    """<tr><th rowspan=2>Level<th colspan=2>Options<tr><th>Apprenticeship<th>HTQ
    <tr><td rowspan=2>4<td>Roofer<td>Tiling<tr><td>Glazier<tr><td>5<td><td>Surveying""": [
        "apprenticeship 4 Glazier",
        "apprenticeship 4 Roofer",
        "higher technical qualification 4 Tiling",
        "higher technical qualification 5 Surveying",
    ],
    """<tr><td>Title<td>Status<tr><td colspan=2>Level 4 apprenticeships<tr><td>Roofer<td>Accelerated
    <tr><td colspan=2>Level 5 HTQs<tr><td>Tiling""": [
        "apprenticeship 4 Roofer accelerated",
        "higher technical qualification 5 Tiling",
    ],
    "<tr><td>Level<td>Type<td>Title<tr><td rowspan=2>4<td rowspan=2>HTQ<td>Roofing<tr><td>Tiling": [
        "higher technical qualification 4 Roofing",
        "higher technical qualification 4 Tiling",
    ],
}


@pytest.mark.parametrize(("rows", "options"), SPANNING.items())
def test_cells_that_span_several(rows: str, options: list[str]) -> None:
    found, messages = read(as_html(()).replace(b"</table>", f"{rows}</table>".encode()), ".html")
    assert (sorted(found), messages) == (options, [])


def test_cells_of_a_pdf_that_span_several() -> None:
    table = (("Level", "HTQ", "Status"), ("4", "Roofing", ""), ("", "Tiling", "Accelerated"), ("5", "Law", ""))
    assert read(as_pdf(table, span=(1, 2)), ".pdf") == (
        [
            "higher technical qualification 4 Roofing",
            "higher technical qualification 4 Tiling accelerated",
            "higher technical qualification 5 Law",
        ],
        [],
    )


@pytest.mark.parametrize("head", [(), (("Level", "Apprenticeship", "HTQ"),)])
def test_a_table_of_a_pdf_goes_on_on_the_next_page(head: Table) -> None:
    rows = tuple(("4", "", f"Craft {letter}") if letter < "M" else ("5", f"Trade {letter}", "") for letter in "ABCXYZ")
    first = (("Level", "Apprenticeship", "HTQ"), *rows[:3], *head, *rows[3:])
    whole = as_pdf(first, before=25)
    found, messages = read(whole, ".pdf")
    assert found == [
        *(f"higher technical qualification 4 Craft {letter}" for letter in "ABC"),
        *(f"apprenticeship 5 Trade {letter}" for letter in "XYZ"),
    ]
    assert not [line for line in messages if "Body" not in line]
    places = {line.location.page for line in read_bytes(whole, "a.pdf").lines if line.cell}
    assert places == {1, 2}


UNRULED = [
    (
        "heads in the middle of their columns, as a browser prints them",
        [
            *((36, 500, "Level"), (150, 500, "Apprenticeship"), (420, 500, "HTQ")),
            *((36, 484, "4"), (66, 484, "Bioinformatics Technician (Accelerated)"), (254, 484, "Applied Science")),
            *((36, 468, "5"), (254, 468, "Technician Scientist (In development)")),
            *((36, 452, "6"), (66, 452, "Laboratory Scientist; Biochemist")),
        ],
        [
            "Level Apprenticeship HTQ",
            "4 Bioinformatics Technician (Accelerated) Applied Science",
            "5 Technician Scientist (In development)",
            "6 Laboratory Scientist; Biochemist",
        ],
    ),
    (
        "cells of several lines, the others beside their middle",
        [
            *((36, 500, "Level"), (80, 500, "Apprenticeship"), (300, 500, "HTQ")),
            *((80, 480, "Bioinformatics"), (36, 474, "4"), (300, 474, "Applied Science"), (80, 468, "Technician")),
            *((80, 448, "Roofer"), (36, 442, "5"), (80, 436, "and Tiler")),
        ],
        ["Level Apprenticeship HTQ", "Bioinformatics", "4 Applied Science", "Technician", "Roofer", "5", "and Tiler"],
    ),
    (
        "levels as heads, the names of rows in the middle",
        [
            *((120, 500, "Level 4"), (300, 500, "Level 5")),
            *((60, 484, "HTQ"), (120, 484, "Roofing"), (300, 484, "Surveying")),
            *((36, 468, "Apprenticeship"), (300, 468, "Glazier")),
        ],
        ["Level 4 Level 5", "HTQ Roofing Surveying", "Apprenticeship Glazier"],
    ),
    (
        "cells that begin at no one place",
        [
            *((36, 500, "Level"), (80, 500, "Apprenticeship"), (300, 500, "HTQ")),
            *((36, 484, "4"), (90, 484, "Roofer"), (310, 484, "Roofing")),
        ],
        ["Level Apprenticeship HTQ", "4 Roofer Roofing"],
    ),
]


@pytest.mark.parametrize(("_name", "words", "rows"), UNRULED, ids=[table[0] for table in UNRULED])
def test_a_table_of_a_pdf_without_rules_is_reported_and_its_lines_become_notes(
    _name: str, words: list[tuple[float, float, str]], rows: list[str]
) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.setFont("Helvetica", 10)
    after = "At level 6, there is the Clerk apprenticeship."
    for left, foot, text in (*((36, 600 - 26 * n, line) for n, line in enumerate(BEGIN)), *words, (36, 400, after)):
        canvas.drawString(left, foot, text)
    canvas.save()
    reading = draft_profiles(read_bytes(file.getvalue(), "a.pdf"), "a.pdf")
    (draft,) = reading.drafts
    (specialism,) = draft.profile.specialisms
    assert [option.title for option in specialism.technical] == ["Clerk"]
    assert [note.note for note in draft.profile.notes] == rows
    assert [finding.line for finding in reading.findings if "A table without rules" in finding.message] == [4]
    assert [finding.message.count("stands in a table") for finding in draft.findings] == [1] * len(rows)


def test_lines_of_a_cell_of_a_pdf_are_titles_unless_they_had_no_room() -> None:
    cell = "Manager<br/>Leader<br/>Senior Laboratory Scientist (In development)"
    found, messages = read(as_pdf((("Level", "Apprenticeship"), ("6", cell))), ".pdf")
    assert found == [
        "apprenticeship 6 Manager",
        "apprenticeship 6 Leader",
        "apprenticeship 6 Senior Laboratory Scientist in development",
    ]
    assert all("is a line of a cell with several" in line for line in messages)


@pytest.mark.parametrize("rules", ["inner", "one row"])
def test_a_table_with_rules_around_some_of_its_cells_is_read_as_one_without(rules: str) -> None:
    head = ("Level", "Apprenticeship", "HTQ")
    table = (head, ("4", "Roofer", "Tiling"), ("5", "", "Surveying"), ("6", "Glazier", ""))
    found, messages = read(as_pdf(table, rules=rules), ".pdf")
    assert found == []
    assert [message.count("stands in a table") for message in messages] == [1] * len(table)


def test_lines_of_one_cell_may_be_one_title() -> None:
    found, messages = read(as_html((("Level", "HTQ"), ("4", "Site<br>Survey"), ("5", "<p>Law<p>Art"))), ".html")
    assert [line.rsplit(" ", 1)[-1] for line in found] == ["Site", "Survey", "Law", "Art"]
    assert ["is a line of a cell" in line for line in messages] == [True, True]


def test_specialisms_beside_one_another_have_no_options_that_are_guessed() -> None:
    begin = "# 8a. T Level in Catering\n\nThis T Level has two specialisms: Cookery and Service.\n\n"
    table = "|  | 1. Cookery | 2. Service |\n|---|---|---|\n| Level 4 apprenticeships | Chef | Waiter |\n"
    (draft,) = draft_profiles(read_bytes((begin + table).encode(), "a.md"), "a").drafts
    assert [(each.title, each.technical) for each in draft.profile.specialisms] == [("Cookery", ()), ("Service", ())]
    messages = [finding.message for finding in draft.findings]
    assert [line.partition(" stands in a table")[0] for line in messages] == [
        "“Level 4 apprenticeships”",
        "“Chef”",
        "“Waiter”",
    ]


def test_levels_that_stand_before_what_is_beside_them_are_not_given_to_it() -> None:
    lines = [*BEGIN, "Level 4", "Level 6", "Level 7", "Roofer apprenticeship", "Level 5", "Tiler apprenticeship"]
    found, messages = read("\n\n".join(lines).encode(), ".txt")
    assert found == ["apprenticeship 5 Tiler"]
    assert [line.partition(" has no one level")[0] for line in messages] == ["“Roofer”"]
