"""The blocks of Markdown, and the links, emphasis, escapes and entities within them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Line, Location
from tlevel_rdf.documents.readers.line_builder import LineBuilder
from tlevel_rdf.documents.readers.markdown import markdown_lines
from tlevel_rdf.errors import DocumentError


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


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


def test_the_blocks_of_markdown_are_lines_with_their_locations() -> None:
    document = read_bytes(MARKDOWN.encode(), "a.md")
    assert [(line.location.line, line.columns[0], line.role.value, line.text) for line in document.lines] == [
        (1, 1, "heading", "Title"),
        (4, 1, "item", "1. First"),
        (5, 4, "text", "more of it"),
        (7, 6, "item", "inner A"),
        (8, 8, "text", "quoted"),
        (10, 1, "item", "1. Again"),
        (11, 1, "item", "2. And again"),
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
        ("the address of a link that is not in the text: https://example.org/u", 29),
    ]


def test_a_picture_is_reported_by_its_text() -> None:
    document = read_bytes(b"Words ![The chart](chart.png)", "a.md")
    assert [(each.text, each.location) for each in document.omissions] == [("a picture: The chart", Location(line=1))]


def test_lists_nested_too_deeply_are_refused() -> None:
    with pytest.raises(DocumentError, match="nested lists or quotations"):
        read("> " * 100 + "words", ".md")


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


PARTS = ["b c", " ", *"[ ]( ) ] ** * _ ~~ ` &amp; & ! \\ <b> # a . (".split()]  # noqa: SIM905 - a table of signs


def seen(source: str, builder: LineBuilder) -> list[Line]:
    """The lines of a block."""
    markdown_lines(source, builder)
    return [*builder.build()]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_every_visible_character_is_the_one_in_its_column(row: str) -> None:
    for line in seen(row, LineBuilder()):
        shown = zip(line.text, line.columns, strict=True)
        assert all(row[column - 1] in {character, "&", "\\"} for character, column in shown)


def test_the_marks_of_footnotes_are_reported_and_dropped() -> None:
    builder = LineBuilder()
    lines = seen("Law[^1], [Art](#)[^note].\n[^1]: Only with A levels.", builder)
    assert [line.text for line in lines] == ["Law, Art.", "[^1]: Only with A levels."]
    assert [each.text for each in builder.omissions] == ["the mark of a note: 1", "the mark of a note: note"]


def test_definitions_that_no_link_uses_are_reported_with_their_lines() -> None:
    source = "[A][a]\n\n[a]: https://e.org/a\n[A]: https://e.org/b\n[c]: https://e.org/a"
    document = read_bytes(source.encode(), "a.md")
    found = [(each.text, each.location.line) for each in document.omissions]
    assert found == [("the address of a link that is not in the text: https://e.org/b", 4)]


def test_lines_behind_a_link_or_code_over_several_lines_keep_their_numbers() -> None:
    lines = read('[A](\nhttps://e.org/a\n"title")\n`b\nc` d\ne', ".md")
    assert [(line.text, line.location.line, line.columns[0]) for line in lines] == [
        ("A", 1, 2),
        ("b c d", 4, 2),
        ("e", 6, 1),
    ]


def test_text_below_an_element_without_text_that_does_not_end_is_read() -> None:
    assert [line.text for line in read("<svg>\n<text>no</text>\n\nBelow", ".md")] == ["Below"]
