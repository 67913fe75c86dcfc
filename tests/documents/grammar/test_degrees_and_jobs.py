"""Sentences and items about degrees and jobs."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import Row, assert_read_as_its_row, rows, sentences
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.degrees_and_jobs import read_item, read_list_line, read_verb_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context, Statement
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.profiles.kinds import Kind, Wording


@pytest.mark.parametrize("row", rows("degrees_and_jobs.txt"), ids=lambda row: row.sentence[:60])
def test_a_sentence_gives_the_options_doubts_and_places_of_its_row(row: Row) -> None:
    assert_read_as_its_row(row)


def item(text: str, mode: str, *, is_item: bool = True) -> Statement | None:
    """Read a line below the label of a list."""
    (sentence,) = sentences(text)
    context = Context(mode=mode, is_list=True, is_item=is_item)
    return (read_item if is_item else read_list_line)(sentence, context, KnownTitles())


@pytest.mark.parametrize(
    ("text", "titles", "doubts"),
    [
        ("Nurse", ["Nurse"], []),
        ("Nurse; Carer", ["Nurse", "Carer"], []),
        ("[Law and Order](#)", ["Law and Order"], []),
        ("Care and Support", ["Care and Support"], []),
        ("Nurse, Carer and Guide", ["Nurse", "Carer", "Guide"], ["is one item and read as 3 titles; it could be one"]),
        ("- Health, Safety", ["Health, Safety"], ["is one item and read as one title; it could be several"]),
        ("- Nurse (accelerated)", ["Nurse"], []),
    ],
)
def test_an_item_is_one_title_unless_marks_or_commas_show_more(text: str, titles: list[str], doubts: list[str]) -> None:
    statement = item(text, "work")
    assert statement
    assert [mention.title for mention in statement.mentions] == titles
    assert {mention.kind for mention in statement.mentions} == {Kind.OCCUPATION}
    assert [doubt.predicate for mention in statement.mentions for doubt in mention.doubts] == doubts


def test_an_item_with_the_words_of_another_kind_of_statement_is_not_understood() -> None:
    statement = item("There is no apprenticeship at level 5", "education")
    assert statement
    assert (statement.category, statement.doubts[0].code) == (Category.UNCLEAR, Code.NEGATED)


def test_only_a_list_of_degrees_or_jobs_has_items_of_this_kind() -> None:
    assert item("Nurse", "technical") is None
    assert item("Nurse", "technical", is_item=False) is None


def test_a_line_below_a_label_may_be_the_whole_list() -> None:
    statement = item("Law, Music and Art", "education", is_item=False)
    assert statement
    assert [mention.title for mention in statement.mentions] == ["Law", "Music", "Art"]
    assert item("which takes a year", "education", is_item=False) is None


@pytest.mark.parametrize(
    ("text", "above", "mode"),
    [
        ("Other options include Law and Art.", "education", "education"),
        ("Learners could study Law or Art.", None, "education"),
        ("Learners could become Solicitor or Judge.", None, "work"),
        ("Jobs include Solicitor and Judge.", "education", "work"),
    ],
)
def test_the_verb_its_subject_or_the_lines_above_say_what_a_list_names(text: str, above: str | None, mode: str) -> None:
    (sentence,) = sentences(text)
    statement = read_verb_sentence(sentence, 0, Context(mode=above), KnownTitles())
    assert statement
    assert (statement.context.mode, len(statement.mentions)) == (mode, 2)


@pytest.mark.parametrize("text", ["These roles are varied.", "Careers include jobs in bricklaying and roofing."])
def test_a_description_of_jobs_is_no_list(text: str) -> None:
    (sentence,) = sentences(text)
    statement = read_verb_sentence(sentence, 0, Context(mode="work"), KnownTitles())
    assert statement
    assert statement.category is Category.UNCLEAR


def test_a_lead_without_its_list_is_a_label() -> None:
    (sentence,) = sentences("For work, career progression could include:")
    statement = read_verb_sentence(sentence, len("For work, "), Context(), KnownTitles(), "work")
    assert statement == Statement(Category.LABEL, Context(mode="work", is_list=True, wording=Wording.COULD_INCLUDE))
