"""The tags and texts of HTML."""

from __future__ import annotations

import pytest

from tests.timing import takes_less_than
from tlevel_rdf.documents.readers.html.tokenizer import Tag, Text, tokens


def seen(source: str) -> list[str]:
    return [each.words if isinstance(each, Text) else f"<{'/' * each.is_end}{each.name}>" for each in tokens(source)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a<b>c</b>d", ["a", "<b>", "c", "</b>", "d"]),
        ("a<!-- <b> -->c<!doctype d><?e?>", ["a", "c"]),
        ("<!-->a<!--->b<!-- c", ["a", "b"]),
        ("<script>a<b></script >c", ["<script>", "a<b>", "</script>", "c"]),
        ("<script>a", ["<script>", "a"]),
        ("<script src=x />a</b>", ["<script>", "a", "</b>"]),
        ("a < b <3 c", ["a < b <3 c"]),
        ("a<b c='d", ["a<b c='d"]),
        ("<p title='>'>a", ["<p>", "a"]),
    ],
)
def test_markup_is_separated_from_text_and_an_unfinished_tag_is_text(source: str, found: list[str]) -> None:
    assert seen(source) == found


def test_a_tag_has_its_attributes_of_which_the_first_of_a_name_counts() -> None:
    (tag,) = tokens("""<A HREF="a&amp;b" href=c class='d e' hidden =x f=g/h/>""")
    assert tag == Tag("a", 0, attributes={"href": "a&b", "class": "d e", "hidden": "x", "f": "g/h/"})
    assert [each.is_empty for each in tokens("<br/><br /><br>") if isinstance(each, Tag)] == [True, True, False]


def test_tags_and_texts_have_their_offsets() -> None:
    assert [each.offset for each in tokens("ab<c>d</c>")] == [0, 2, 5, 6]


def test_entities_are_decoded_one_by_one() -> None:
    assert [*tokens("a&amp;b&bogus;&#233;")] == [
        Text("a", 0),
        Text("&", 1, is_entity=True),
        Text("b", 6),
        Text("&bogus;", 7),
        Text("é", 14, is_entity=True),
    ]


@pytest.mark.parametrize("piece", ["<a b", "<a b='", '<a b="c" ', "<!--", "<a =", "<", "</", "<a b='x'>", "<script>"])
def test_time_grows_only_with_the_length(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    assert takes_less_than(5, lambda: [*tokens(text)])
