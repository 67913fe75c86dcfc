"""Plain text and Markdown: encodings, places, links, emphasis, and characters that nobody sees."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Line, Link, Location, Role
from tlevel_rdf.documents.readers.detection import read_bytes
from tlevel_rdf.errors import DocumentError

TEXT = "The \u2018Café\u2019 \u2013 £5\nnext"


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_the_encodings_that_are_met_are_read(data: bytes, ending: str) -> None:
    assert " ".join(line.text for line in read(data, ending)) == TEXT.replace("\n", " ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Café\nCafé ".encode() + b"\xff", "line 2, column 6: the byte 0xFF is not UTF-8"),
        (b"one\r\rtwo \x81", "line 3, column 5: the byte 0x81 is not UTF-8"),
        (b"\xff\xfe" + b"\x00\xd8", "begins as UTF-16 but is not"),
        (TEXT.encode("utf-16-le"), "control characters"),
    ],
)
def test_bytes_in_no_encoding_are_refused_with_their_place(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read(data)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_lines_are_those_of_the_file(break_: str, ending: str) -> None:
    lines = read(break_.join(["", "One [A](#)", "two", "", "\x0bthree\x0cfour"]), ending)
    assert [(line.text, line.location.line) for line in lines] == [("One A", 2), ("two", 3), ("three four", 5)]


@pytest.mark.parametrize("break_", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_line_separators_of_unicode_end_lines_as_line_feeds_do(break_: str, ending: str) -> None:
    lines = read(break_.join(["One [A](#)", "**two**", "", "three"]) + "\nfour", ending)
    assert [(line.text, line.location.line, line.columns[0]) for line in lines] == [
        ("One A", 1, 1),
        ("two", 2, 3),
        ("three", 4, 1),
        ("four", 5, 1),
    ]


def test_a_control_character_is_reported_and_dropped() -> None:
    document = read_bytes(f"{'words ' * 20}\na Roo\0fer\x01".encode(), "a.txt")
    assert document.lines[-1].text == "a Roofer"
    assert [(each.text, each.location.line, each.column) for each in document.omissions] == [
        ("a control character (U+0000) after “Roo”", 2, 6),
        ("a control character (U+0001) after “Roofer”", 2, 10),
    ]


SOURCES = [
    # source, text, links as (words, target), strong words
    ("[A](#) and [B c](https://e.org/x_(1))", "A and B c", [("A", "#"), ("B c", "https://e.org/x_(1)")], []),
    ('[A](<a b> "title"), [](#) **b** __c__ *d* _e_', "A, b c d e", [("A", "a b")], ["b", "c"]),
    ("**For [A](#) now**", "For A now", [("A", "#")], ["For A now"]),
    ("[**A** b](#)(Accelerated)", "A b(Accelerated)", [("A b", "#")], ["A"]),
    (r"\[A\](x) 2 \* 3 &amp; R&D &lt;&#233;", "[A](x) 2 * 3 & R&D <é", [], []),
    ("`A` snake_case_word 2*3*4 * 5 ** 6", "A snake_case_word 234 * 5 ** 6", [], []),
    (
        "[A] [B][c] ![logo](x.png) <https://e.org/>",
        "[A] [B][c] https://e.org/",
        [("https://e.org/", "https://e.org/")],
        [],
    ),
    ("[A](javascript:x) [not a link]( x", "A [not a link]( x", [("A", "javascript:x")], []),
]


@pytest.mark.parametrize(("source", "text", "links", "strong"), SOURCES)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_links_and_emphasis_are_as_in_markdown(
    source: str, text: str, links: list[tuple[str, str]], strong: list[str], ending: str
) -> None:
    (line,) = read(source, ending)
    assert line.text == text
    assert [(line.text[link.start : link.end], link.target) for link in line.links] == links
    assert [line.text[start:end] for start, end in line.strong] == strong
    for offset, character in enumerate(text):
        assert source[line.columns[offset] - 1] in {character, "&"}


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_characters_that_nobody_sees_are_left_out_and_the_others_keep_their_columns(ending: str) -> None:
    source = "\ufeff \u00a0Opti\u00adcal\u200b \t\u2003Assist\ufb01ant\x07\u00a0 "
    (line,) = read(source, ending)
    assert line.text == "Optical Assistfiant"
    at = [line.text.index(word) for word in ("Opt", "cal", "Ass", "fi", "ant")]
    assert [line.column_at(offset) for offset in at] == [3, 8, 15, 21, 22]


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_link_over_the_end_of_a_line_is_one_that_continues(ending: str) -> None:
    lines = read("  level 2 [Optical\n  Assistant](#x) is **not\n  applicable**.", ending)
    assert [(line.text, line.location.line, line.columns[0]) for line in lines] == [
        ("level 2 Optical", 1, 3),
        ("Assistant is not", 2, 3),
        ("applicable.", 3, 3),
    ]
    assert [line.links for line in lines] == [(Link(8, 15, "#x"),), (Link(0, 9, "#x", continues=True),), ()]
    assert [line.strong for line in lines] == [(), ((13, 16),), ((0, 10),)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("an appren-\nticeship now", ["an apprenticeship", "now"]),
        ("an appren\u00ad\nticeship now", ["an apprenticeship", "now"]),
        ("an appren\u2010\nticeship", ["an apprenticeship"]),
        ("a work-\nbased route", ["a work-based", "route"]),
        ("a well-\nknown route", ["a well-known", "route"]),
        ("co-working and co-\nworking now", ["co-working and co-working", "now"]),
        ("Health-\nCare", ["Health-", "Care"]),
        ("a dash -\nnot one", ["a dash -", "not one"]),
        ("level 4-\nor", ["level 4-", "or"]),
        ("one-\n\ntwo", ["one-", "two"]),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_word_that_the_end_of_a_line_breaks_is_made_whole(source: str, words: list[str], ending: str) -> None:
    assert [line.text for line in read(source, ending)] == words


def test_the_rest_of_a_broken_word_keeps_its_place_and_its_link() -> None:
    first, second = read("the [Health-\ncare Aide](#) now")
    assert (first.text, first.links, first.location_at(3), first.location_at(10)) == (
        "the Healthcare",
        (Link(4, 14, "#"),),
        Location(line=1),
        Location(line=2),
    )
    assert first.columns[10:] == (1, 2, 3, 4)
    assert (second.text, second.links, second.location) == (
        "Aide now",
        (Link(0, 4, "#", continues=True),),
        Location(line=2),
    )
    assert second.columns[0] == 6


@pytest.mark.parametrize(
    ("source", "text", "role", "column"),
    [
        ("## 7c. Title", "7c. Title", Role.HEADING, 4),
        ("- [A](#)", "A", Role.ITEM, 4),
        ("  * **A**", "A", Role.ITEM, 7),
        ("• A", "A", Role.ITEM, 3),
        ("1. A", "1. A", Role.ITEM, 1),
        ("  (2) **A**", "(2) A", Role.ITEM, 3),
        ("7c. A", "7c. A", Role.TEXT, 1),
        ("-5 degrees", "-5 degrees", Role.TEXT, 1),
        ("**A** b", "A b", Role.TEXT, 3),
        ("<b>A</b> <Accelerated> 1 < 2", "<b>A</b> <Accelerated> 1 < 2", Role.TEXT, 1),
    ],
)
def test_a_line_of_text_is_told_by_how_it_begins(source: str, text: str, role: Role, column: int) -> None:
    (line,) = read(source)
    assert (line.text, line.role, line.columns[0]) == (text, role, column)


MARKDOWN = """\
Title
=====

1. First
   more of it

   - inner [A]
     > quoted

1) Again
9) And again

| Level | Option \\| or |
|:-:|---|
| 4 | 4 [B](#b) | lost |

<div><p>In <b>HTML</b></p>
<script>no</script></div>

A <b>b</b> <a href="c">d</a><br>e <Flag> <!-- no -->

```
**as it stands**
```

    indented [B](#b)

[a]: https://example.org/a "A"
[unused]: https://example.org/u
"""


def test_the_blocks_of_markdown_are_lines_with_their_places() -> None:
    document = read_bytes(MARKDOWN.encode(), "a.md")
    assert [(line.location.line, line.columns[0], line.role.value, line.text) for line in document.lines] == [
        (1, 1, "heading", "Title"),
        (4, 1, "item", "1. First"),
        (5, 4, "text", "more of it"),
        (7, 6, "item", "inner A"),
        (8, 8, "text", "quoted"),
        (10, 1, "item", "1) Again"),
        (11, 1, "item", "2) And again"),
        (13, 3, "cell", "Level"),
        (13, 11, "cell", "Option | or"),
        (15, 3, "cell", "4"),
        (15, 7, "cell", "4 B"),
        (17, 9, "text", "In HTML"),
        (20, 1, "text", "A b d"),
        (20, 33, "text", "e <Flag>"),
        (23, 1, "text", "**as it stands**"),
        (26, 5, "text", "indented B"),
    ]
    targets = [link.target for line in document.lines for link in line.links]
    assert targets == ["https://example.org/a", "#b", "c", "#b"]
    assert [(each.text, each.location.line) for each in document.omissions] == [
        ("cells beyond the columns of a table: lost", 15),
    ]


def test_what_no_reader_can_read_is_told() -> None:
    document = read_bytes(b"Words ![The chart](chart.png)", "a.md")
    assert [(each.text, each.location) for each in document.omissions] == [("a picture: The chart", Location(line=1))]


def test_lists_too_deep_in_one_another_are_refused() -> None:
    with pytest.raises(DocumentError, match="nested lists or quotations"):
        read("> " * 100 + "words", ".md")
