"""Findings: their order, their counts, and their four renderings."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Format, Severity, render, sort_findings, summary, violations

VIOLATION, WARNING, INFO = Severity.VIOLATION, Severity.WARNING, Severity.INFO

AT_A_PLACE = Finding("TLR123", VIOLATION, "It is wrong.", "data/a b.yaml", 3, 7, hint="Fix it.")
IN_A_FILE = Finding(Code.EMPTY, WARNING, "It is empty.", "a.yaml")
IN_A_GRAPH = Finding("R05", INFO, "It is odd.", focus="https://example.org/a", path="https://example.org/p")
NOWHERE = Finding("R21", VIOLATION, "All is lost.")
ALL = [AT_A_PLACE, IN_A_FILE, IN_A_GRAPH, NOWHERE]


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (AT_A_PLACE, "data/a b.yaml:3:7: violation TLR123: It is wrong.\n    hint: Fix it."),
        (IN_A_FILE, "a.yaml: warning TLR105: It is empty."),
        (IN_A_GRAPH, "https://example.org/a: note R05: It is odd."),
        (NOWHERE, "violation R21: All is lost."),
    ],
)
def test_as_text_a_finding_begins_with_its_place(finding: Finding, text: str) -> None:
    assert str(finding) == text


def test_several_findings_stand_one_below_the_other() -> None:
    assert render([IN_A_FILE, NOWHERE], "text") == "a.yaml: warning TLR105: It is empty.\nviolation R21: All is lost."


@pytest.mark.parametrize(("form", "empty"), [("text", ""), ("github", ""), ("json", "[]")])
def test_no_findings_give_no_text(form: Format, empty: str) -> None:
    assert render([], form) == empty


def test_json_has_every_part_of_a_finding() -> None:
    assert json.loads(render([AT_A_PLACE], "json")) == [
        {
            "code": "TLR123",
            "severity": "Violation",
            "message": "It is wrong.",
            "file": "data/a b.yaml",
            "line": 3,
            "column": 7,
            "focus": None,
            "path": None,
            "hint": "Fix it.",
        }
    ]


#: The parts of the schema of SARIF 2.1.0 (OASIS, sections 3.13 to 3.52) that concern what we write.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}, "minItems": 1},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {
                    "type": "object",
                    "required": ["text"],
                    "additionalProperties": False,
                    "properties": {"text": {"type": "string", "minLength": 1}},
                },
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {"uri": {"type": "string", "pattern": r"^(?:[!-~](?<![\[\]<>\"{}|\\^`]))+$"}},
                        },
                        "region": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
                "logicalLocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"fullyQualifiedName": {"type": "string"}, "kind": {"type": "string"}},
                    },
                },
            },
        },
    },
}


def sarif(findings: list[Finding]) -> Any:
    log = json.loads(render(findings, "sarif"))
    Draft202012Validator(SARIF).validate(log)
    return log


def test_as_sarif_each_finding_is_a_result() -> None:
    (run,) = sarif(ALL)["runs"]

    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        ("TLR123", "error"),
        ("TLR105", "warning"),
        ("R05", "note"),
        ("R21", "error"),
    ]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["R05", "R21", "TLR105", "TLR123"]


def test_as_sarif_a_place_is_a_region_of_a_file() -> None:
    located = [result["locations"] for result in sarif(ALL)["runs"][0]["results"]]

    assert located == [
        [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/a%20b.yaml"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
        [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}}}],
        [{"logicalLocations": [{"fullyQualifiedName": "https://example.org/a", "kind": "resource"}]}],
        [],
    ]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("data/a.yaml", "data/a.yaml"),
        ("./a.yaml", "a.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("50%.yaml", "50%25.yaml"),
        ("ŵ.yaml", "%C5%B5.yaml"),
        ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
    ],
)
def test_as_sarif_a_file_is_a_uri(file: str, uri: str) -> None:
    (result,) = sarif([Finding("R01", INFO, "x", file)])["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_as_sarif_no_findings_are_a_run_without_results() -> None:
    assert sarif([])["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("finding", "command"),
    [
        (AT_A_PLACE, "::error file=data/a b.yaml,line=3,col=7,title=TLR123::It is wrong. Fix it."),
        (IN_A_FILE, "::warning file=a.yaml,title=TLR105::It is empty."),
        (IN_A_GRAPH, "::notice title=R05::It is odd. <https://example.org/a>"),
        (NOWHERE, "::error title=R21::All is lost."),
        (
            Finding("R01", INFO, "50%\r\n::error::x", "a,b:c%.yaml"),
            "::notice file=a%2Cb%3Ac%25.yaml,title=R01::50%25%0D%0A::error::x",
        ),
    ],
)
def test_signs_of_github_commands_are_escaped(finding: Finding, command: str) -> None:
    assert render([finding], "github") == command


@given(st.text(), st.text())
def test_a_github_command_is_always_one_line(message: str, file: str) -> None:
    command = render([Finding("R01", INFO, message, file)], "github")

    assert "\n" not in command
    assert "\r" not in command


def test_findings_are_distinct_and_sorted_by_place_then_worst_first() -> None:
    early = Finding("B", WARNING, "x", "a", 1, 1)
    grave = Finding("Z", VIOLATION, "x", "a", 2, 1)
    light = Finding("A", INFO, "x", "a", 2, 1)
    other = Finding("A", VIOLATION, "x", "b", 1, 1)

    for order in permutations([early, grave, light, other, early]):
        assert sort_findings(order) == [early, grave, light, other]


def test_findings_that_differ_only_in_their_hints_have_one_order() -> None:
    one, two, three = (Finding("A", INFO, "x", hint=hint) for hint in (None, "b", "c"))

    for order in permutations([one, two, three]):
        assert sort_findings(order) == [one, two, three]


def test_only_violations_stop_a_release() -> None:
    assert violations(ALL) == [AT_A_PLACE, NOWHERE]


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([], "no findings"),
        ([NOWHERE], "1 violation"),
        ([NOWHERE, NOWHERE, IN_A_FILE], "2 violations, 1 warning"),
        ([IN_A_GRAPH, IN_A_GRAPH], "2 notes"),
    ],
)
def test_a_summary_counts_in_words(findings: list[Finding], words: str) -> None:
    assert summary(findings) == words


def test_no_two_codes_of_the_reader_are_the_same() -> None:
    assert len({code.value for code in Code}) == len(Code.__members__)
