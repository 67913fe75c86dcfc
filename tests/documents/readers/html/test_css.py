"""The style sheets of a page."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.readers.html import css
from tlevel_rdf.documents.readers.html.css import Styles
from tlevel_rdf.documents.readers.html.look import Look
from tlevel_rdf.documents.readers.html.tokenizer import Tag, tokens
from tlevel_rdf.errors import DocumentError


def hides(sheet: str, element: str, media: str = "") -> bool:
    """Return True if a sheet hides the text of an element; it is understood whole."""
    styles = Styles()
    styles.add(sheet, media)
    assert styles.unread == []
    (tag,) = tokens(element)
    assert isinstance(tag, Tag)
    return styles.look(tag, Look()).reason is not None


@pytest.mark.parametrize(
    ("selector", "element"),
    [
        (".a", "<p class='b a'>"),
        ("#a", "<p id=a>"),
        ("P", "<p>"),
        ("*", "<p>"),
        ("p.a.b", "<p class='b a'>"),
        ("p#a.b", "<p class=b id=a>"),
        ("i, .a , b", "<p class=a>"),
        ("[data-x]", "<p data-x=1>"),
        ("p[data-x='1']", "<p data-x=1>"),
        ("[data-x = one]", "<p data-x=one>"),
        ("/* a */ .a", "<p class=a>"),
    ],
)
def test_a_rule_is_about_the_elements_of_its_selector(selector: str, element: str) -> None:
    sheet = f"{selector} {{ color: red; display: none }}"
    assert hides(sheet, element)
    assert selector == "*" or not hides(sheet, "<div class=A id=b data-x=2>" if selector != "[data-x]" else "<div>")


@pytest.mark.parametrize(
    ("sheet", "is_hidden"),
    [
        (".a {display: none} .a {display: block}", False),
        ("#a {display: none} .a {display: block}", True),
        (".a {display: none} p {display: block}", True),
        ("p {display: none !important} #a {display: block}", True),
        (".a {display: block !important} #a {display: none}", False),
        (".a {display: none; display: block}", False),
        ("@media print {.a {display: none}}", False),
        ("@media screen {.a {display: none}}", True),
        (".a {display: block} @layer base {.a {display: none}}", False),
        ("@media only print and (color) {.a {display: none}}", False),
        ("@layer base {.a {display: none}}", True),
        (".a:hover, .a::before, .a:focus {display: none}", False),
        ("@font-face {font-family: x} @keyframes y {from {opacity: 0}}", False),
        (".a {display: none", True),
    ],
)
def test_the_cascade_decides_between_rules(sheet: str, is_hidden: bool) -> None:  # noqa: FBT001 - a parameter
    assert hides(sheet, "<p class=a id=a>") is is_hidden


def test_a_style_of_the_element_wins_unless_a_rule_is_important() -> None:
    shown = "<p class=a style='display:block'>"
    assert not hides(".a {display: none}", shown)
    assert hides(".a {display: none !important}", shown)
    assert not hides(".a {display: none !important}", "<p class=a style='display:block !important'>")


def test_a_sheet_for_print_is_not_for_the_screen() -> None:
    assert not hides(".a {display: none}", "<p class=a>", "print")
    assert hides(".a {display: none}", "<p class=a>", "screen")


@pytest.mark.parametrize(
    ("sheet", "report"),
    [
        (".a .b {display: none}", ".a .b"),
        (".a > .b, .c {opacity: 0}", ".a > .b"),
        ("p:not(.a) {visibility: hidden}", "p:not(.a)"),
        ("p:nth-child(2) {font-size: 0}", "p:nth-child(2)"),
        ("@media (max-width: 600px) {.a {display: none}}", "@media (max-width: 600px) .a"),
        ("@supports (display: grid) {.a {display: none}}", "@supports (display: grid) .a"),
        (".a { .b {display: none} }", ".a .b"),
        (".x:not(:target) {display: none}", ".x:not(:target)"),
        ("@media not print {.a {display: none}}", "@media not print .a"),
        ("@media print, (min-width: 1px) {.a {opacity: 0}}", "@media print, (min-width: 1px) .a"),
        (".a {color: red; @media (min-width: 1px) {display: none}}", "@media (min-width: 1px) .a"),
        ("@scope (.b) {.a {display: none}}", "@scope (.b) .a"),
        ("[a^=b] {position: absolute; left: -9999px}", "[a^=b]"),
    ],
)
def test_a_rule_that_hides_and_is_not_understood_is_reported_once(sheet: str, report: str) -> None:
    page = f"<style>{sheet}</style>\n<p>Seen<style>{sheet}</style>"
    document = read_bytes(page.encode(), "a.html")
    assert [(each.text, each.location.line) for each in document.omissions] == [
        (f"a rule of the style sheet that hides text, “{report}”", 1)
    ]


@pytest.mark.parametrize("sheet", [".a .b {color: white}", "a > b {background: black}", "p:last-child {margin: 0}"])
def test_a_rule_that_hides_nothing_needs_no_report(sheet: str) -> None:
    styles = Styles()
    styles.add(sheet)
    assert styles.unread == []


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='preload stylesheet' href=a.css>",
        "<style>@import 'a.css'</style>",
        "<style>div .a {background: navy}</style>",
    ],
)
def test_white_letters_are_read_where_the_colour_behind_them_is_not_known(head: str) -> None:
    page = f"{head}<p style='color: white'>Seen"
    assert [line.text for line in read_bytes(page.encode(), "a.html").lines] == ["Seen"]


@pytest.mark.parametrize(
    "page",
    [
        "<link rel=stylesheet href=a.css><link rel=stylesheet href=b.css>\n<p>Seen",
        "<style>@import url(a.css) screen; p {color: red}</style>\n<p>Seen",
        "<style media=print>@import 'p.css'</style><style>@layer base; @import 'a.css' layer(base)</style>\n<p>Seen",
    ],
)
def test_a_sheet_in_another_file_is_reported_once(page: str) -> None:
    document = read_bytes(page.encode(), "a.html")
    assert [line.text for line in document.lines] == ["Seen"]
    [omission] = document.omissions
    assert (omission.text, omission.location.line) == ("a style sheet in another file, which may hide text", 1)


def test_a_sheet_below_the_text_is_about_it() -> None:
    page = b"<p class=g>Ghost</p><p>Seen</p><style>.g {display: none}</style>"
    assert [line.text for line in read_bytes(page, "a.html").lines] == ["Seen"]


def test_sheets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(css, "MAX_STYLE_CHARACTERS", 45)
    document = read_bytes(f"<style>p {{{'color: red;' * 9}}}</style><p>Seen".encode(), "a.html")
    assert [each.text for each in document.omissions] == ["style sheets of more than 45 characters"]
    monkeypatch.setattr(css, "MAX_STYLE_MATCHES", 5)
    with pytest.raises(DocumentError, match="too many rules"):
        read_bytes(b"<style>p {opacity: 1} p {opacity: 1}</style>" + b"<p>a<p class=a>a<p class=b>a", "a.html")
