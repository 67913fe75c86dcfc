"""The blocks of Markdown."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Line, Location
from tlevel_rdf.documents.readers.detection import read_bytes
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
