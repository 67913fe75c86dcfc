"""Sentences of every kind: options, labels, notes, parts of the layout, and those that are not understood."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import Row, assert_read_as_its_row, rows, sentences, statements
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.sentence import opens_options, read_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context, Statement
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.profiles.kinds import Kind


@pytest.mark.parametrize("row", rows("sentence.txt"), ids=lambda row: row.sentence[:60])
def test_a_sentence_gives_the_options_doubts_and_places_of_its_row(row: Row) -> None:
    assert_read_as_its_row(row)


def read(text: str, context: Context) -> Statement:
    """Read a line that is one sentence."""
    (sentence,) = sentences(text)
    return read_sentence(sentence, context, KnownTitles())


@pytest.mark.parametrize(
    ("text", "mode", "level", "kind"),
    [
        ("Education:", "education", None, None),
        ("Job roles", "work", None, None),
        ("Higher Technical Qualifications", "technical", None, Kind.HTQ),
        ("Level 4", "technical", 4, None),
        ("Level 4 apprenticeships:", "technical", 4, Kind.APPRENTICESHIP),
        ("For apprenticeships and technical qualifications:", "technical", None, None),
    ],
)
def test_a_label_opens_a_list(text: str, mode: str, level: int | None, kind: Kind | None) -> None:
    statement = read(text, Context())
    assert statement.category is Category.LABEL
    assert (statement.context.mode, statement.context.level, statement.context.kind) == (mode, level, kind)


@pytest.mark.parametrize(("first", "second"), [("Level 4", "Apprenticeships"), ("Apprenticeships", "Level 4")])
def test_a_label_below_a_label_keeps_what_the_first_states(first: str, second: str) -> None:
    context = read(second, read(first, Context()).context).context
    assert (context.level, context.kind) == (4, Kind.APPRENTICESHIP)


def test_a_label_may_continue_with_its_list() -> None:
    assert [each.title for each in read("Degrees: Law and Art", Context()).mentions] == ["Law", "Art"]
    (nurse,) = read("Apprenticeships: Nurse (level 4)", Context()).mentions
    assert (nurse.title, nurse.level, nurse.kind) == ("Nurse", 4, Kind.APPRENTICESHIP)


def test_a_degree_in_education_is_no_label() -> None:
    (degree,) = read("Education", Context(mode="education", is_list=True, is_item=True)).mentions
    assert (degree.title, degree.kind) == ("Education", Kind.DEGREE)


def test_a_sentence_below_notes_is_a_note() -> None:
    below = read("Notes:", Context()).context
    assert read("Ask your adviser.", below).category is Category.NOTE


def test_a_sentence_that_is_too_long_is_not_understood() -> None:
    long = f"At level 4, there is the {'very ' * 4001}Long apprenticeship"
    assert read(long, Context()).doubts[0].code is Code.NOT_UNDERSTOOD


def test_a_list_that_breaks_off_has_a_doubt_about_its_last_title() -> None:
    first, last = read("For work, jobs include Nurse, Carer and", Context()).mentions
    assert (first.doubts, last.doubts[0].predicate[:30]) == ([], "is where its list breaks off, ")


def test_a_legend_in_other_words_is_to_be_checked() -> None:
    statement = read("Accelerated = ask your provider about it.", Context())
    assert (statement.category, statement.doubts[0].predicate[:15]) == (Category.UNCLEAR, "explains a flag")


def test_a_passage_about_options_is_known_by_its_first_sentence() -> None:
    passages = [sentence.passage for sentence in sentences("Education:\n\nAsk your adviser.")]
    assert [opens_options(passage) for passage in passages] == [True, False]


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("Degree options may also include Law and Music.", ["may include"] * 2),
        ("For work, career progression could include Nurse.", ["could include"]),
        ("Degree options include Law.", ["stated"]),
        ("Degree options can include Law.", [None]),
        ("Degree options include Law (Hons) (subject to demand).", [None]),
        ("At level 6, there is the Optician apprenticeship and the Optician HTQ.", ["stated"] * 2),
        ("The relevant occupation level 2 Optical Assistant is not applicable.", ["stated"]),
        ("Learners can progress to the level 6 Optician apprenticeship.", [None]),
        ("At level 6, there is the Optician apprenticeship, subject to approval.", [None]),
        ("Level 6: Optician apprenticeship", [None]),
    ],
)
def test_a_wording_is_what_the_sentence_says_and_is_never_inferred(text: str, wordings: list[str | None]) -> None:
    found = [mention.wording for _, statement in statements(text) for mention in statement.mentions]
    assert found == wordings


@pytest.mark.parametrize(("lead", "wording"), [("Career progression could include:", "could include"), ("Work:", None)])
def test_an_item_has_the_wording_of_the_lead_of_its_list(lead: str, wording: str | None) -> None:
    (sentence,), (item,) = sentences(lead), sentences("Nurse")
    context = read_sentence(sentence, Context(), KnownTitles()).context
    (mention,) = read_sentence(item, context._replace(is_item=True), KnownTitles()).mentions
    assert mention.wording == wording
