"""Lists are split into titles by marks and by titles known from elsewhere in the document."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import sentences, shown, statements
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles, clean, is_interrupted, split_titles
from tlevel_rdf.documents.grammar.tokenizer import tokenise

MARKS = ["[{}](#)", '"{}"', "“{}”"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "title",
    ["Health, Safety and Environment Technician", "Care and Support", "Furniture Maker (Upholsterer)", "At Level 4"],
)
def test_a_marked_title_stays_whole(title: str, mark: str) -> None:
    text = f"At level 4, there are the {mark.format(title)}, Nurse and {mark.format('B and C')} apprenticeships."
    found = [shown(mention) for _, statement in statements(text) for mention in statement.mentions]

    assert found == [f"A4 {title}", "A4 Nurse", "A4 B and C"]


def test_a_title_marked_elsewhere_stays_whole() -> None:
    known = KnownTitles(["Accounting and Finance", "Law"])
    (sentence,) = sentences("Degree options may include Accounting and Finance, Law and Music.")
    statement = read_sentence(sentence, Context(), known)

    assert [mention.title for mention in statement.mentions] == ["Accounting and Finance", "Law", "Music"]
    assert not any(mention.doubts for mention in statement.mentions)


def split(text: str, *known: str, is_one: bool | None = None) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Return the titles of a list with the codes and words of their doubts, and the words that belong to none."""
    (sentence,) = sentences(text)
    titles, leftovers = split_titles(sentence, tokenise(sentence), KnownTitles(known), is_one=is_one)
    made = [(title.title, [f"{each.code.name} {each.words}" for each in title.doubts]) for title in titles]
    return made, [sentence.text[span.start : span.end] for span in leftovers]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Nurse", ["Nurse"]),
        ("Nurse, Carer and Guide", ["Nurse", "Carer", "Guide"]),
        ("Nurse, Health and Safety Officer, and Guide", ["Nurse", "Health and Safety Officer", "Guide"]),
        ("Nurse and Carer, and Guide", ["Nurse and Carer", "Guide"]),
        ("Health and Safety; Care and Support; Law", ["Health and Safety", "Care and Support", "Law"]),
        ("Nurse; Carer and Guide", ["Nurse", "Carer", "Guide"]),
        ("[A](#) and B and C", ["A", "B and C"]),
        ("[A](#)[B](#)", ["A", "B"]),
        ("the Nurse and the Carer", ["Nurse", "Carer"]),
        ("Nurse (Accelerated), Carer", ["Nurse", "Carer"]),
        ("Law - Crime", ["Law - Crime"]),
        ("Head of I.T.", ["Head of I.T."]),
        ("[TBC], Nurse", ["Nurse"]),
    ],
)
def test_the_plainest_reading_of_a_list_is_taken(text: str, titles: list[str]) -> None:
    assert [title for title, _ in split(text)[0]] == titles


def test_a_reading_that_could_be_otherwise_is_reported_at_its_first_title() -> None:
    assert split("Nurse and Carer")[0] == [("Nurse", ["AMBIGUOUS Nurse and Carer"]), ("Carer", [])]
    assert split("Nurse and Carer", is_one=True) == ([("Nurse and Carer", ["AMBIGUOUS Nurse and Carer"])], [])
    (first, doubts), *_ = split("Art and Law, Nurse and Carer")[0]
    assert (first, doubts) == ("Art and Law", ["AMBIGUOUS Art and Law"])


def test_known_titles_decide_without_a_doubt() -> None:
    known = ("Art and Law", "Nurse")
    assert split("Art and Law and Nurse", *known) == ([("Art and Law", []), ("Nurse", [])], [])


def test_words_beside_a_mark_and_marks_of_footnotes_are_reported() -> None:
    assert split("Senior [Nurse](#)")[0] == [("Senior Nurse", ["AMBIGUOUS Senior Nurse"])]
    assert split("Nurse*")[0] == [("Nurse", ["AMBIGUOUS Nurse*"])]
    assert split("Nurse (acelerated)")[0] == [("Nurse", ["NOT_UNDERSTOOD (acelerated)"])]


def test_a_level_within_a_link_is_reported_where_the_sentence_has_one() -> None:
    (sentence,) = sentences("At level 3, there is the [Level 4 Nurse](#).")
    (title,), _ = split_titles(sentence, tokenise(sentence, 25), KnownTitles())
    assert (title.title, title.doubts[0].words) == ("Nurse", "Level 4 Nurse")


def test_statements_and_placeholders_are_no_titles() -> None:
    assert split("which takes a year, Nurse") == ([("Nurse", [])], ["which takes a year"])
    assert split("which is the [Nurse](#)") == ([("Nurse", [])], ["which is the "])
    assert split("(Accelerated)") == ([], ["(Accelerated)"])
    assert split("[TBC](#)")[0] == []


def test_a_leftover_before_the_last_title_that_nothing_marks_interrupts_the_list() -> None:
    (sentence,) = sentences("which takes a year, Nurse")
    titles, leftovers = split_titles(sentence, tokenise(sentence), KnownTitles())
    assert is_interrupted(titles, leftovers)
    titles[0].is_marked = True
    assert not is_interrupted(titles, leftovers)


def test_a_title_is_cleaned_of_the_marks_of_the_layout() -> None:
    assert clean("**Nurse** [2]") == ("Nurse", True)
    assert clean("C# Developer.") == ("C# Developer", False)


@pytest.mark.parametrize(
    ("text", "registered", "titles"),
    [
        ("Law, Crime and Tax and Money", {"tax and money"}, ["Law", "Crime", "Tax and Money"]),
        ("Law, Crime and Tax and Money", set(), ["Law", "Crime and Tax", "Money"]),
        ("Hair and Beauty and Nails", {"hair and beauty", "nails"}, ["Hair and Beauty", "Nails"]),
        ("Law, Tax and Crime", {"law", "tax", "crime"}, ["Law", "Tax", "Crime"]),
    ],
)
def test_a_register_decides_where_nothing_else_does(text: str, registered: set[str], titles: list[str]) -> None:
    (sentence,) = sentences(text)
    found, _ = split_titles(sentence, tokenise(sentence), KnownTitles((), lambda: registered))
    assert [each.title for each in found] == titles
    is_doubtful = any(each.doubts for each in found)
    assert is_doubtful is (text != "Law, Tax and Crime")
