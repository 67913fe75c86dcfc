"""The parser's messages in plain words, and errors that list faults."""

from __future__ import annotations

from tlevel_rdf.graph.reading.faults import Fault, Place, in_plain_words, shorten, syntax_error


def test_a_known_message_has_its_own_words_and_hint() -> None:
    assert in_plain_words("The prefix ex: has not been declared", "ex:p", "Turtle") == (
        "the prefix ex: is not declared",
        "declare it above: @prefix ex: <…> .",
    )


def test_an_unknown_message_is_not_shown() -> None:
    problem, hint = in_plain_words("TokenKind::Weird(42) panicked", "text at the place", "Turtle")
    assert problem == "this is not Turtle: 'text at the place'"
    assert hint == "correct the file at that place"
    assert in_plain_words("TokenKind", "", "Turtle")[0] == "this is not Turtle: the end of the line"


def test_an_error_lists_faults_with_their_places_and_each_hint_once() -> None:
    error = syntax_error(
        "a.ttl", [Fault(Place(1, 2), "one", "do x"), Fault(None, "two", "do x"), Fault(Place(3, 4), "z", "y")]
    )
    assert error.message == "a.ttl:1:2: one\na.ttl: two\na.ttl:3:4: z"
    assert error.hint == "do x; y"


def test_a_long_text_is_shortened_to_its_first_line() -> None:
    assert shorten(" a\nb") == "a"
    assert len(shorten("a" * 200)) == 81
