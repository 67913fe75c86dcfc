"""Statements keep the meaning of a sentence, and their doubts are messages for a person."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import sentences
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.annotations import Annotation
from tlevel_rdf.documents.grammar.statement import (
    Category,
    Context,
    Mention,
    Statement,
    doubt,
    not_understood,
    shortened,
)
from tlevel_rdf.profiles.kinds import Flag, Kind


def test_labels_concern_only_items_and_the_labels_below_them() -> None:
    context = Context("technical", 4, Kind.HTQ, is_list=True, is_item=True, level_above=4)
    outside = context.outside()
    assert (outside.level, outside.kind, outside.is_item, outside.level_above) == (None, None, False, 4)


def test_a_line_that_is_no_item_ends_the_list() -> None:
    item = Context("work", is_list=True, is_item=True)
    assert item.ended() is item
    assert Context("work", level=4, is_list=True, is_noted=True).ended() == Context("work", is_noted=True)


def test_a_mention_has_each_flag_once_and_the_first_mapping() -> None:
    annotations = [
        Annotation((Flag.ACCELERATED, Flag.UNDER_REVISION)),
        Annotation((Flag.ACCELERATED,), mapping="https://e.org/m"),
    ]
    mention = Mention(0, 5, "Nurse", annotations=annotations)
    assert mention.flags == (Flag.ACCELERATED, Flag.UNDER_REVISION)
    assert mention.mapping == "https://e.org/m"
    assert Mention(0, 5, "Nurse").mapping is None


def test_a_doubt_has_the_usual_words_of_its_code() -> None:
    about = doubt(Code.NEGATED, 3, "there is  no\nHTQ")
    assert about.message == "“there is no HTQ” says what is not so: no option is made of it, and it is kept as a note."
    assert about.hint == "Check whether an option near it needs a change."
    assert doubt(Code.AMBIGUOUS, 0, "A", "is odd", "Check it.").message == "“A” is odd."


@pytest.mark.parametrize(
    ("text", "code"), [("There is no HTQ.", Code.NEGATED), ("Ask your adviser.", Code.NOT_UNDERSTOOD)]
)
def test_a_sentence_that_denies_something_differs_from_one_that_is_not_understood(text: str, code: Code) -> None:
    (sentence,) = sentences(text)
    about = doubt(code, 0, text)
    assert not_understood(sentence, Context()) == Statement(Category.UNCLEAR, Context(), doubts=(about,))


def test_a_message_repeats_at_most_160_characters() -> None:
    assert shortened("x" * 160) == "x" * 160
    assert shortened("x" * 161) == "x" * 159 + "…"
