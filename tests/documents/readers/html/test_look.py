"""The text of a page that its styles hide is left out and reported; other text is read."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Reason
from tlevel_rdf.documents.readers.html.look import BLACK, WHITE, is_faint

#: Declarations that hide the text of a block.
HIDING = [
    "display: none",
    "DISPLAY:NONE!important",
    "visibility: hidden",
    "visibility: collapse",
    "content-visibility: hidden",
    "opacity: 0",
    "opacity: 0.01",
    "opacity: 0%",
    "font-size: 0",
    "font-size: 0.4px",
    "font-size: 0em",
    "color: transparent",
    "color: rgba(0, 0, 0, 0)",
    "color: #fff",
    "color: rgb(100%, 100%, 99%)",
    "color: navy; background: navy",
    "color: #123; background-color: #112233",
    "position: absolute; left: -9999px",
    "position: fixed; top: -100em",
    "position: absolute; right: 10000px",
    "text-indent: -9999px",
    "margin-left: -2000px",
    "transform: translateX(-9999px)",
    "transform: scale(0)",
    "clip: rect(0 0 0 0); position: absolute",
    "clip: rect(1px, 1px, 1px, 1px)",
    "clip-path: inset(50%)",
    "clip-path: circle(0)",
    "overflow: hidden; height: 0",
    "overflow: clip; width: 1px",
    "overflow-y: hidden; max-height: 0",
    "opacity: 1%",
    "font-size: 1px",
    "text-indent: 100%; overflow: hidden; white-space: nowrap",
    "clip-path: inset(0 60% 0 40%)",
    "background: black; background-color: white; color: white",
    "background-color: black; background: white; color: white",
    "display: none !important; display: block",
]
#: Declarations that look like those and hide nothing.
SHOWING = [
    "display: block",
    "visibility: visible",
    "opacity: 0.5",
    "opacity: 50%",
    "font-size: 0.8em",
    "font-size: 8px",
    "color: #ccc",
    "color: white; background: black",
    "color: white; background: url(dark.png)",
    "color: white; background-image: linear-gradient(red, blue)",
    "color: var(--ink)",
    "left: -9999px",
    "position: relative; left: -9999px",
    "position: absolute; left: 20px",
    "position: absolute; left: 50%; transform: translate(-50%, -50%)",
    "text-indent: -2em",
    "margin-left: -20px",
    "clip-path: inset(10%)",
    "overflow: hidden; height: 40px",
    "height: 0",
    "background: no-such(",
    "transform: scaleX(-1)",
    "clip-path: inset(50% 0 0 0)",
    "clip-path: inset(10% 20%)",
    "clip: rect(0, auto, auto, 0)",
    "background-color: white; background: black; color: white",
    "text-indent: 100%",
]


def read(source: str) -> tuple[list[str], list[str]]:
    """Return the lines of a page, and its hidden words."""
    document = read_bytes(source.encode(), "a.html")
    assert all(each.reason is Reason.HIDDEN for each in document.omissions)
    return [line.text for line in document.lines], [each.text for each in document.omissions]


@pytest.mark.parametrize("style", HIDING)
def test_text_that_a_style_hides_is_left_out_and_reported(style: str) -> None:
    assert read(f"<p>Seen<p style='{style}'>Ghost <b>words") == (["Seen"], ["Ghost words"])
    sheet = f"<style>p {{color: black}} .g {{{style}}}</style>"
    assert read(f"{sheet}<p>Seen<p class='x g'>Ghost <b>words") == (["Seen"], ["Ghost words"])


@pytest.mark.parametrize("style", SHOWING)
def test_text_that_a_style_does_not_hide_is_read(style: str) -> None:
    assert read(f"<p>Seen<p style='{style}'>Ghost") == (["Seen", "Ghost"], [])


@pytest.mark.parametrize(
    ("source", "lines", "hidden"),
    [
        ("<div style='visibility:hidden'>a<p style='visibility:visible'>b</p>c", ["b"], ["a", "c"]),
        ("<div style='display:none'>a<p style='display:block'>b</p>", [], ["a b"]),
        ("<div style='font-size:0'>a<p style='font-size:2em'>b<p style='font-size:12px'>c", ["c"], ["a b"]),
        ("<div style='background:#000;color:#fff'>a<p style='color:#000'>b", ["a"], ["b"]),
        ("<div style='color:#fff'>a <a href=x>b</a>", ["b"], ["a"]),
        ("<p hidden style='display:block'>a<p hidden>b<p hidden=until-found>c", ["a", "c"], ["b"]),
        ("<details><summary>a</summary>b</details><dialog>c</dialog><dialog open>d</dialog>", ["a", "b", "d"], ["c"]),
        ("<p aria-hidden=true>a<p>b", ["b"], ["a"]),
    ],
)
def test_the_look_of_text_follows_from_the_elements_around_it(source: str, lines: list[str], hidden: list[str]) -> None:
    assert read(f"<p>Seen</p>{source}") == (["Seen", *lines], hidden)


def test_a_line_through_words_is_another_reason_than_hiding() -> None:
    page = b"<p>a<p style='text-decoration: underline line-through'>b<p><s>c</s>"
    assert [(each.text, each.reason) for each in read_bytes(page, "a.html").omissions] == [
        ("b", Reason.STRUCK),
        ("c", Reason.STRUCK),
    ]


def test_colours_that_are_not_known_hide_nothing() -> None:
    assert is_faint(WHITE, WHITE)
    assert not is_faint(WHITE, BLACK)
    assert not is_faint(None, WHITE)
    assert not is_faint(WHITE, None)
