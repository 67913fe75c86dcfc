"""The visible text of HTML pages, its lines and its locations."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Line, Location
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_HTML_DEPTH

PAGE = """\
<!DOCTYPE html>
<html><head><title>no</title><style>p { color: red }</style></head>
<body class=a><!-- <p>no</p> --><nav><a href="/">no</a></nav>
<h2>7c. T Level
  in <i>Science</i></h2>
<p>At level 4, there is the <a
   href="https://e.org/?a=1&amp;b=2">Optician <b>A</b></a>.
<p>Next &lt;one&gt;<br>and <strong>another</strong>
<script>document.write("<p>no</p>")</script><noscript>no</noscript>
<div hidden><p>no<p>no</div><p style="display: none">no</p><template>no</template>
<table><tr><th>Level<td>4 <tr><td><p>one</p><p>two</table>
<ul><li>bullet<ul><li><p>inner</ul></ul>
</body></html>
"""


def read(source: str) -> list[str]:
    return [line.text for line in read_bytes(source.encode(), "a.html").lines]


def test_the_visible_text_of_a_page_is_lines_with_their_locations() -> None:
    lines = read_bytes(PAGE.encode(), "a.html").lines
    assert [(line.location.line, line.columns[0], line.role.value, line.text) for line in lines] == [
        (4, 5, "heading", "7c. T Level in Science"),
        (6, 4, "text", "At level 4, there is the Optician A."),
        (8, 4, "text", "Next <one>"),
        (8, 24, "text", "and another"),
        (11, 16, "cell", "Level"),
        (11, 25, "cell", "4"),
        (11, 38, "cell", "one"),
        (11, 48, "cell", "two"),
        (12, 9, "item", "bullet"),
        (12, 26, "item", "inner"),
    ]


def test_each_character_of_a_line_has_its_location() -> None:
    lines = read_bytes(PAGE.encode(), "a.html").lines
    rows = PAGE.split("\n")
    for line in lines:
        for offset, character in enumerate(line.text):
            row, column = line.location_at(offset).line, line.column_at(offset)
            assert row
            assert column
            assert rows[row - 1][column - 1 : column] in {character, "&", ""}


def test_links_and_emphasis_are_kept_with_their_targets_decoded() -> None:
    line: Line = read_bytes(PAGE.encode(), "a.html").lines[1]
    ((start, end, target),) = [(link.start, link.end, link.target) for link in line.links]
    assert (line.text[start:end], target) == ("Optician A", "https://e.org/?a=1&b=2")
    assert [line.text[start:end] for start, end in line.strong] == ["A"]
    assert (line.location_at(0), line.location_at(start)) == (Location(line=6), Location(line=7))


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<ol><li>A<li>B</ol><ol start=7><li>C", ["1. A", "2. B", "7. C"]),
        ("<ol type=a><li value=3><h3>A</h3><p>more<li>B</ol>", ["c. A", "more", "d. B"]),
        ("<ol><li>1. A</li><li></li><li>B", ["1. A", "3. B"]),
        ("<ol type=I><li value=14>A</ol><ol type=A><li value=28>B", ["14. A", "AB. B"]),
        ("<ol start=99999999999><li>A", ["1. A"]),
        ("<pre>one\ntwo</pre>three\nfour", ["one", "two", "three four"]),
        ("<h1>one<br>two</h1>three", ["one two", "three"]),
        ("<dl><dt>a<dd>b<dt>c</dl>", ["a", "b", "c"]),
        ("a<hr>b<img alt='c'>d<wbr>e", ["a", "bde"]),
        ("Optometry<sup><a href='#n1'>1</a></sup> and Art<sup>*</sup>, m<sup>th</sup>", ["Optometry and Art, mth"]),
        ("a<del>b</del><ins>c</ins>", ["ac"]),
        ("<svg><text>no</text></svg><svg/><select><option>no</select>a", ["a"]),
        ("<head><title>no</title><p>a", ["a"]),
        ("<p>a</b></div></p></p>b", ["a", "b"]),
        ("<a href=x>a <a href=y>b</a> c", ["a b c"]),
        ("<script>no", []),
        ("a<script src=x />b", ["ab"]),
        ("a < b <3 c<", ["a < b <3 c<"]),
        ("a <b class='x", ["a <b class='x"]),
        ("<p title='>'>a</p><p =x>b", ["a", "b"]),
        ("<!-- a", []),
        ("<!-->a<!--->b<!d>c<?d?>e", ["abce"]),
        ("&#0;&#xD800;&nbsp;&notit;&ampx &bogus; &#12345678;a", None),
        ("<span style='font-weight:700'>a</span>", ["a"]),
    ],
)
def test_pages_are_read_as_browsers_show_them(source: str, texts: list[str] | None) -> None:
    if texts == []:
        with pytest.raises(DocumentError, match="no visible text"):
            read(source)
    elif texts is None:
        assert read(source)
    else:
        assert read(source) == texts


def test_note_marks_and_pictures_are_reported() -> None:
    document = read_bytes(b"<p>A<sup>1</sup>\n<img alt='The chart'><img alt=''>", "a.html")
    assert [(each.text, each.location.line) for each in document.omissions] == [
        ("the mark of a note: 1", 1),
        ("a picture: The chart", 2),
    ]


def test_elements_nested_too_deeply_are_refused_with_their_line() -> None:
    assert read("<div>" * MAX_HTML_DEPTH + "a") == ["a"]
    with pytest.raises(DocumentError, match="line 2, column 1: more than 256 nested elements"):
        read("<div>" * MAX_HTML_DEPTH + "\n<div>a")


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Jobs include Roofer,<br>Tiler and<br>Glazier.</p><p>a", ["Jobs include Roofer, Tiler and Glazier.", "a"]),
        ("<p>Roofer,</p>\n<p>Tiler</p>", ["Roofer,", "Tiler"]),
        ("<p>Roofer,<br><br>Tiler", ["Roofer,", "Tiler"]),
        (
            "<pre>For work, jobs include Site\nmanager and\n\nRoofer.",
            ["For work, jobs include Site manager and", "Roofer."],
        ),
        ("<a href=x><p>Roofer,</p><p>tiler</p></a>", ["Roofer,", "tiler"]),
    ],
)
def test_a_line_continues_after_a_break_and_not_in_another_block(source: str, texts: list[str]) -> None:
    assert [passage.text for passage in split_passages(read_bytes(source.encode(), "a.html"))] == texts


@pytest.mark.parametrize(
    ("source", "omitted"),
    [
        ("<svg><title>a</title><text>Level 4</text></svg>", ["“Level 4” in a picture, a formula or a form"]),
        ("<math><mi>x</mi></math>", ["“x” in a picture, a formula or a form"]),
        ("<select><option>A<option>B</select>", ["“A B” in a picture, a formula or a form"]),
        ("<textarea>Level 4</textarea>", ["“Level 4” in a picture, a formula or a form"]),
        ("<made-up>", []),
        ("<madeup>Level 4</madeup>", ["“Level 4” in a picture, a formula or a form"]),
        ("<noscript><p>Level 4</noscript>", ["Level 4"]),
        ("<template><p>Level 4</template>", ["Level 4"]),
        ("<object data=a.pdf>Level 4</object>", ["another file within the page, a.pdf", "Level 4"]),
        ("<canvas>Level 4</canvas>", ["Level 4"]),
        ("<video><p>Level 4</video>", ["Level 4"]),
        ("<iframe src=b.html></iframe>", ["another file within the page, b.html"]),
        ("<iframe srcdoc='<p>Level 4</p>'></iframe>", ["a page within the page, with “Level 4”"]),
        ("<embed src=a.swf>", ["another file within the page, a.swf"]),
        ("<input value='Level 4'><input type=hidden value=b>", ["a form field with “Level 4”"]),
        ("<script>Level 4</script><style>p {}</style>", []),
    ],
)
def test_words_that_are_no_lines_of_the_page_are_reported(source: str, omitted: list[str]) -> None:
    document = read_bytes(f"<p>Seen</p>{source}".encode(), "a.html")
    assert [line.text for line in document.lines] == ["Seen"]
    assert [each.text for each in document.omissions] == omitted


@pytest.mark.parametrize(
    "source",
    [
        "<sp-text>Seen</sp-text>",
        "<x-a><template shadowrootmode=open><p>Seen</template></x-a>",
        "<p>Se<o:p>en</o:p>",
        "<font color=red>Seen</font>",
        "<marquee>Seen</marquee>",
        "<details><summary>Seen</summary></details>",
    ],
)
def test_words_that_a_browser_shows_are_lines(source: str) -> None:
    assert read(source) == ["Seen"]


@pytest.mark.parametrize(
    ("base", "target", "address"),
    [
        ("https://e.org/a/", "b", "https://e.org/a/b"),
        ("https://e.org/a/", "/b", "https://e.org/b"),
        ("https://e.org/a/", "#b", "#b"),
        ("https://e.org/a/", "https://f.org", "https://f.org"),
        ("http://[", "b", "b"),
    ],
)
def test_a_link_leads_on_from_the_base_of_the_page(base: str, target: str, address: str) -> None:
    page = f"<base href='{base}'><base href='https://not.org'><p><a href='{target}'>A</a>"
    (line,) = read_bytes(page.encode(), "a.html").lines
    assert [link.target for link in line.links] == [address]
