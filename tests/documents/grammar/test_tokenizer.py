"""A sentence is a row of tokens: the titles that the document marks, and the words of the layout."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import rows, sentences
from tlevel_rdf.documents.grammar.annotations import Annotation
from tlevel_rdf.documents.grammar.lexicon import NEW_TAB
from tlevel_rdf.documents.grammar.tokenizer import Type, marked_titles, tokenise
from tlevel_rdf.profiles.kinds import Flag, Kind


def tokens(text: str) -> list[tuple[str, str, object]]:
    """Return the type, the words and the value of each token."""
    (sentence,) = sentences(text)
    return [(each.type.name, sentence.text[each.start : each.end], each.value) for each in tokenise(sentence)]


def types(text: str) -> list[str]:
    return [name for name, _, _ in tokens(text)]


APPRENTICESHIP = (Kind.APPRENTICESHIP, False)


def test_levels_kinds_and_flags_have_values() -> None:
    assert tokens("At level 4, there is the Nurse apprenticeship, which is accelerated.") == [
        ("LEVEL", "At level 4", 4),
        ("COMMA", ",", None),
        ("THERE_IS", "there is", None),
        ("ARTICLE", "the", None),
        ("WORD", "Nurse", None),
        ("KIND", "apprenticeship", APPRENTICESHIP),
        ("COMMA", ",", None),
        ("FLAGS", "which is accelerated", Annotation((Flag.ACCELERATED,), is_singular=True)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("levels 4 and 5", ["LEVEL"]),
        ("Nurse and/or Carer; Guide - Host: Cook", "WORD AND WORD SEMICOLON WORD DASH WORD COLON WORD".split()),  # noqa: SIM905
        ("but there is no HTQ", ["BUT", "NEGATIVE", "KIND"]),
        ("the relevant occupation is Nurse", ["RELEVANT", "WORD"]),
        ("Head of the Year", ["WORD"] * 4),
        ('"Nurse" (Adult)', ["QUOTE", "BRACKET"]),
        ("Nurse (Accelerated)", ["WORD", "ANNOTATION"]),
        ("Nurse (acelerated)", ["WORD", "ANNOTATION"]),
        ("(a) Nurse", ["FILLER", "WORD"]),
        ("Nurse (opens in a new tab)", ["WORD", "FILLER"]),
        ("Nurse (with experience)", ["WORD", "ANNOTATION"]),
        ("(unclosed", ["WORD", "WORD"]),
    ],
)
def test_each_word_of_the_layout_has_its_type(text: str, expected: list[str]) -> None:
    assert types(text) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("Nurse", [("LINK", "Nurse", "#a")]),
        ("Level 4 Nurse", [("LEVEL", "Level 4 ", 4), ("LINK", "Nurse", "#a")]),
        ("Nurse apprenticeship", [("LINK", "Nurse", "#a"), ("KIND", "apprenticeship", APPRENTICESHIP)]),
        (
            "Nurse (Accelerated)",
            [("LINK", "Nurse", "#a"), ("ANNOTATION", "(Accelerated)", Annotation((Flag.ACCELERATED,)))],
        ),
        ("apprenticeship", [("KIND", "apprenticeship", APPRENTICESHIP)]),
        ("see the mapping", [("ANNOTATION", "see the mapping", Annotation(mapping="#a"))]),
        ("Nurse (opens in new tab)", [("LINK", "Nurse", "#a")]),
        ("Nurse (Adult)", [("LINK", "Nurse (Adult)", "#a")]),
    ],
)
def test_the_words_of_a_link_are_a_title_with_its_level_kind_and_flags(
    link: str, expected: list[tuple[str, str, object]]
) -> None:
    assert tokens(f"[{link}](#a)") == expected


def test_a_misspelt_flag_in_a_link_is_not_understood() -> None:
    (_, _, title), (_, words, value) = tokens("[Nurse (acelerated)](#a)")
    assert (title, words, value) == ("#a", "(acelerated)", Annotation(unclear=(6, 18)))


def test_several_links_in_brackets_are_not_understood_as_a_title() -> None:
    assert types("Nurse ([A](#) and [B](#))") == ["WORD", "ANNOTATION"]


def test_a_link_right_behind_a_word_begins_a_token() -> None:
    assert [words for _, words, _ in tokens("Nurse[Carer](#)")] == ["Nurse", "Carer"]


def test_respectively_leaves_open_which_flag_is_about_which_title() -> None:
    assert tokens("are accelerated and in development respectively")[0][2] == Annotation()


def test_the_titles_that_a_document_marks_are_links_and_quotations() -> None:
    (sentence,) = sentences('[Level 4 Nurse](#), "Care and Support" and "accelerated"')
    assert list(marked_titles(sentence.passage)) == ["Nurse", "Care and Support"]


@pytest.mark.parametrize("name", ["sentence.txt", "technical_options.txt", "degrees_and_jobs.txt"])
def test_tokens_cover_every_letter_of_a_sentence_in_order(name: str) -> None:
    for row in rows(name):
        for sentence in sentences(row.sentence, "a.txt"):
            end = 0
            for token in tokenise(sentence):
                skipped = NEW_TAB.sub("", sentence.text[end : token.start])
                assert not any(map(str.isalnum, skipped))
                assert token.start >= end
                assert isinstance(token.type, Type)
                end = token.end
            assert not any(map(str.isalnum, sentence.text[end:]))
