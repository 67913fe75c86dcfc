"""Query strings and forms: decoding, order, and the limits on parameters."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.limits import MAX_PARAMETER_CHARACTERS, MAX_PARAMETERS
from tlevel_rdf.web.http.problems import ProblemError
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_pairs, parse_parameters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]),
        ("a=x+y%20z", [("a", "x y z")]),
        ("a=%2B%26%3D", [("a", "+&=")]),
        ("a=&b", [("a", ""), ("b", "")]),
        ("a=%C3%A9", [("a", "é")]),
        ("a=1;b=2", [("a", "1;b=2")]),
    ],
)
def test_pairs_keep_their_order_and_are_decoded_once(text: str, expected: list[tuple[str, str]]) -> None:
    assert parse_pairs(text) == expected


def test_the_values_of_a_name_come_together() -> None:
    assert parse_parameters("a=1&b=2&a=3") == {"a": ("1", "3"), "b": ("2",)}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a=%FF", "UTF-8"),
        ("a=1&" * (MAX_PARAMETERS + 1), f"at most {MAX_PARAMETERS:,} parameters"),
        (f"a={'x' * (MAX_PARAMETER_CHARACTERS + 1)}", f"at most {MAX_PARAMETER_CHARACTERS:,} characters"),
        (f"{'x' * (MAX_PARAMETER_CHARACTERS + 1)}=a", f"at most {MAX_PARAMETER_CHARACTERS:,} characters"),
    ],
)
def test_a_query_string_over_a_limit_is_a_bad_request(query: str, words: str) -> None:
    with pytest.raises(ProblemError, match=words) as caught:
        parse_parameters(query)
    assert caught.value.problem.status == 400


def test_a_query_string_at_each_limit_is_accepted() -> None:
    assert len(parse_parameters("&".join(f"a{n}=1" for n in range(MAX_PARAMETERS)))) == MAX_PARAMETERS
    assert parse_parameters(f"a={'x' * MAX_PARAMETER_CHARACTERS}")["a"] == ("x" * MAX_PARAMETER_CHARACTERS,)
    assert len(parse_pairs("a=1&a=2&a=3", max_pairs=3)) == 3


@given(st.text(max_size=100) | st.text("a=&%C3A9+;", max_size=60))
@fuzz(100)
def test_any_text_is_parsed_or_a_bad_request(query: str) -> None:
    with contextlib.suppress(ProblemError):
        assert all(parse_parameters(query).values())


def test_an_unknown_parameter_is_a_bad_request_that_lists_the_known_ones() -> None:
    check_parameter_names("The list", ["a", "a"], ["a", "b"])
    with pytest.raises(ProblemError, match=r"The list has no parameter 'c'\. Its parameters: a, b\."):
        check_parameter_names("The list", ["a", "c"], ["a", "b"])
    with pytest.raises(ProblemError, match="It has none"):
        check_parameter_names("The list", ["a"], [])
