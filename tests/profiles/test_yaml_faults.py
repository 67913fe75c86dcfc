"""Faults of the syntax of YAML, explained by their causes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.profiles.yaml_faults import explain, in_quotation_marks, shorten
from tlevel_rdf.profiles.yaml_reader import YamlError, parse

COLON, MARKED = "has a colon in it.", "unless it is in quotation marks."
MORE = "The value goes on after its closing quotation mark or bracket."
NO_COLON = "This line has no colon with a space after it."
FITS = "The indentation of this line fits no line above it."
FAULTS = [
    # text, line:column, a part of the message, a part of the hint
    ("title: Design: Surveying", "1:14", f"The value of 'title' {COLON}", 'title: "Design: Surveying"'),
    ("a: 1\n- title: T Level: Science", "2:1", FITS, "Align it"),
    ("- title: T Level: Science", "1:17", f"The value of 'title' {COLON}", 'title: "T Level: Science"'),
    ('note: He says: "yes"', "1:14", f"The value of 'note' {COLON}", "note: 'He says: \"yes\"'"),
    ("title: Design:", "1:14", f"The value of 'title' {COLON}", 'title: "Design:"'),
    ("title: @home", "1:8", f"A value cannot begin with @ {MARKED}", 'title: "@home"'),
    ("title: `code`", "1:8", f"A value cannot begin with ` {MARKED}", 'title: "`code`"'),
    ("title: %5", "1:8", f"A value cannot begin with % {MARKED}", 'title: "%5"'),
    ("title: *bold*", "1:13", f"A value cannot begin with * {MARKED}", 'title: "*bold*"'),
    ("title: > more", "1:10", f"A value cannot begin with > {MARKED}", 'title: "> more"'),
    ("title: ? who", "1:8", f"A value cannot begin with ? {MARKED}", 'title: "? who"'),
    ("title: ]", "1:8", f"A value cannot begin with ] {MARKED}", 'title: "]"'),
    ("title: -", "1:8", f"A value cannot begin with - {MARKED}", 'title: "-"'),
    ("%title: 1", "1:7", f"A value cannot begin with % {MARKED}", ""),
    ("title: [Draft] Design", "1:16", MORE, 'title: "[Draft] Design"'),
    ('title: "Design" and Surveying', "1:17", MORE, "title: '\"Design\" and Surveying'"),
    ("title: 'It's'", "1:12", MORE, 'title: "It\'s"'),
    ('title: "open\nline: 1', "1:8", "A quotation mark is opened here and never closed.", "Close it"),
    ("title: 'open", "1:8", "A quotation mark is opened here and never closed.", "Close it"),
    ("flags: [one, two\nline: 1", "1:8", "A bracket is opened here and never closed.", "Close it"),
    ("flags: {one: two", "1:8", "A bracket is opened here and never closed.", "Close it"),
    ('title: "C:\\q"', "1:11", r"a backslash that stands for nothing: \q.", "single quotation marks"),
    ("a:\n\tb: 1", "2:1", "This line is indented with a tab.", "Indent it with spaces."),
    ("a: x\n\tb: y", "2:1", "This line is indented with a tab.", "Indent it with spaces."),
    ("a: |\n x\n\ty", "3:1", "This line is indented with a tab.", "Indent it with spaces."),
    ("title:Design\nline: 1", "1:1", NO_COLON, "Write 'title: Design'."),
    ("line: 1\ntitle:Design\n", "2:1", NO_COLON, "Write 'title: Design'."),
    ("line: 1\ntitle Design", "2:1", NO_COLON, "Write 'key: value'"),
    ("a: 1\n  b: 2", "2:4", "This line is indented more than the line before", "Align it"),
    ("a:\n  - b: 1\n   c: 2", "3:4", FITS, "Align it"),
    ("a:\n  - b\n  c: 1", "3:3", FITS, "Align it"),
    ("  a: 1\nb: 2", "2:1", FITS, "Align it"),
    ("a: - b", "1:4", "A list begins on the line of its key.", "a line of its own"),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), FAULTS)
def test_a_fault_is_explained_by_its_cause(text: str, place: str, message: str, hint: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text.encode(), "p.yaml")
    (finding,) = caught.value.findings
    assert f"{finding.line}:{finding.column}" == place
    assert message in finding.message
    assert hint in (finding.hint or "")


@pytest.mark.parametrize("hint", [hint for *_, hint in FAULTS if hint.startswith(("title: ", "note: "))])
def test_the_value_in_quotation_marks_of_a_hint_is_valid(hint: str) -> None:
    (value,) = yaml.safe_load(hint).values()
    assert isinstance(value, str)


def error_in(text: str) -> yaml.MarkedYAMLError | None:
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        return error
    return None


@fuzz(300)
@given(st.text(st.sampled_from("ab:-#\t\n \"'[]{}*&!|>%@`,?"), max_size=30))
def test_no_message_of_the_parser_is_shown(text: str) -> None:
    error = error_in(text)
    if error is not None:
        line, column, message, hint = explain(error, text)
        assert (line, column) >= (1, 1)
        assert hint
        assert str(error.problem) not in message


def test_quotation_marks_suit_the_value() -> None:
    for value in ("a: b", "it's", 'say "x"', 'it\'s "x"', "a\\b"):
        assert yaml.safe_load(in_quotation_marks(value)) == value
    assert in_quotation_marks("'It's'") == '"It\'s"'


def test_a_long_value_is_shortened_to_its_first_line() -> None:
    assert shorten("a\nb") == "a"
    assert shorten("a" * 100) == "a" * 80 + "…"
