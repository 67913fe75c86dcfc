"""ExampleQuery queries: what their files say of themselves, and other values in the place of their defaults."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.errors import SettingError, UnknownNameError, UnreadableInputError
from tlevel_rdf.store.example_queries import (
    ExampleQuery,
    Parameter,
    Persona,
    example_queries,
    example_query,
    read_example_query,
)
from tlevel_rdf.store.query_guard import check_query

NAMES = sorted(example_queries())
TEXT = """\
# title: What is it?
# for: developer
# parameter name: a name
# parameter number: a number
# parameter thing: an IRI
# parameter code: a code, or several

SELECT ?name ?number ?thing ?code {
  VALUES ?name { "Tŷ"@cy }
  VALUES ?number { 3 }
  VALUES ?thing { <http://e.org/a> }
    VALUES ?code { "ST0001" "ST0002" }
}
"""


@pytest.fixture
def sample(tmp_path: Path) -> ExampleQuery:
    file = tmp_path / "what-is-it.rq"
    file.write_text(TEXT, encoding="utf-8")
    return read_example_query(file)


def solutions(text: str) -> list[tuple[object, ...]]:
    answer = pyoxigraph.Store().query(check_query(text).text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [tuple(row) for row in answer]


def test_an_example_is_read_from_its_file(sample: ExampleQuery) -> None:
    assert sample == ExampleQuery(
        "what-is-it",
        "What is it?",
        Persona.DEVELOPER,
        (
            Parameter("name", "a name", (Literal("Tŷ", language="cy"),)),
            Parameter("number", "a number", (Literal(3),)),
            Parameter("thing", "an IRI", (NamedNode("http://e.org/a"),)),
            Parameter("code", "a code, or several", (Literal("ST0001"), Literal("ST0002"))),
        ),
        TEXT,
    )


def test_without_values_the_text_is_that_of_the_file(sample: ExampleQuery) -> None:
    assert sample.with_values({}) == TEXT
    assert sample.with_values({"name": [], "number": ()}) == TEXT


def test_values_are_terms_of_the_kind_of_the_default(sample: ExampleQuery) -> None:
    text = sample.with_values({"name": ["x"], "number": ["04"], "thing": ["urn:x:1"], "code": ["ST0009"]})
    assert solutions(text) == [
        (Literal("x", language="cy"), Literal(4), NamedNode("urn:x:1"), Literal("ST0009")),
    ]


def test_a_parameter_takes_several_values(sample: ExampleQuery) -> None:
    text = sample.with_values({"number": ["1", "-2"], "code": ["a"]})
    assert {row[1] for row in solutions(text)} == {Literal(1), Literal(-2)}


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_breaks_out_of_its_place(value: str) -> None:
    parameter = Parameter("name", "a name", (Literal("x", language="en"),))
    sample = ExampleQuery("e", "?", Persona.DEVELOPER, (parameter,), 'SELECT * {\n  VALUES ?name { "x"@en }\n}')
    if "\\u" in value or "\\U" in value:
        return  # such a backslash can be read in two ways, and is refused when the query is asked
    assert solutions(sample.with_values({"name": [value]})) == [(Literal(value, language="en"),)]


@pytest.mark.parametrize(
    "value", ['"', "'", "\\", '"@en } SERVICE <a:b> {', "}\n VALUES ?number { 9 }", "\\1", "\u2028"]
)
def test_signs_of_the_syntax_are_only_text(sample: ExampleQuery, value: str) -> None:
    rows = solutions(sample.with_values({"name": [value], "code": ["a"]}))
    assert rows == [(Literal(value, language="cy"), Literal(3), NamedNode("http://e.org/a"), Literal("a"))]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "four"),
        ("number", ""),
        ("number", "4.0"),
        ("number", "1_000"),
        ("number", " 4"),
        ("number", "٤"),
        ("number", "9" * 5_000),
        ("number", "4 } SERVICE <a:b> {"),
        ("thing", "not an iri"),
        ("thing", "relative"),
        ("thing", "http://e.org/> } SERVICE <a:b"),
        ("name", "\ud83d"),
    ],
)
def test_a_value_of_another_kind_is_an_error(sample: ExampleQuery, name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{name} (cannot be|is .* not a whole number)"):
        sample.with_values({name: [value]})


@pytest.mark.parametrize(
    ("name", "hint"),
    [("specialisms", "did you mean specialism"), ("colour", "use one of specialism")],
)
def test_an_unknown_parameter_is_an_error_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        example_query("options-after-specialism").with_values({name: ["x"]})
    assert hint in caught.value.hint


def test_a_query_without_parameters_takes_none() -> None:
    with pytest.raises(UnknownNameError) as caught:
        example_query("highest-levels").with_values({"level": ["x"]})
    assert caught.value.hint == "highest-levels has no parameters"


def test_an_unknown_example_query_is_an_error_with_a_hint() -> None:
    with pytest.raises(UnknownNameError) as caught:
        example_query("option-after-specialism")
    assert caught.value.hint == "did you mean options-after-specialism?"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {}",
        "# title: What?\nSELECT * {}",
        "# title: What?\n# for: nobody\nSELECT * {}",
        "# title: What?\n# for: policy\n# parameter x: an x\nSELECT * {}",
        "# title: What?\n# for: policy\n# parameter x: an x\nVALUES ?x { 1 }\nVALUES ?x { 2 }\n",
        "# title: What?\n# for: policy\n# parameter x: an x\nVALUES ?x { nothing }\n",
    ],
)
def test_a_file_without_the_comments_of_an_example_query_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.rq").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=r"x\.rq"):
        read_example_query(tmp_path / "x.rq")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"\xff")
    for file in (tmp_path / "x.rq", tmp_path / "absent.rq", Path("/dev/null/x.rq")):
        with pytest.raises(UnreadableInputError):
            read_example_query(file)


@pytest.mark.parametrize("name", NAMES)
def test_each_example_query_has_a_question_for_its_title(name: str) -> None:
    example = example_query(name)
    assert example.title.endswith("?")
    assert all(parameter.description for parameter in example.parameters)
    assert all(f"?{parameter.name} " in example.text for parameter in example.parameters)


def test_every_persona_has_examples() -> None:
    assert {example.persona for example in example_queries().values()} == set(Persona)
