"""Errors in profiles, explained at their positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.codes import Code
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS
from tlevel_rdf.profiles.loading import read_profiles
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_reader import YamlError
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")
LINES = SHIPPED.splitlines()

PROFILE = """\
t level: Healthcare Science
source:
  document: a.txt
  sha256: {sha}
specialisms:
  - title: Optical Care Services
    line: 19
    technical:
      - apprenticeship: Optical Assistant
        level: 2
        flags: [not applicable]
      - higher technical qualification: Optics
        level: 4
    education:
      - degree: Optometry
    work:
      - occupation: Optometrist
        page: https://example.org/a
notes:
  - note: A sentence.
""".replace("{sha}", "0" * 63 + "a")


def findings(text: str) -> list[Finding]:
    try:
        parse(text.encode(), "p.yaml", Profile)
    except YamlError as fault:
        return fault.findings
    return []


def test_the_sample_of_these_tests_is_valid() -> None:
    assert findings(PROFILE) == []


FAULTS = [
    # old, new, code, line:column, message, hint
    ("level: 4", "level: 12", Code.BAD_VALUE, "13:16", "'level' must be at most 8, not 12.", "from 1 to 8"),
    ("level: 4", "level: 0", Code.BAD_VALUE, "13:16", "'level' must be at least 1, not 0.", "from 1 to 8"),
    ("level: 4", "level: six", Code.WRONG_TYPE, "13:16", "a whole number, not 'six'", "in digits"),
    ("level: 4", "level: '4'", Code.WRONG_TYPE, "13:16", "a whole number, not '4'", "in digits"),
    ("level: 4", "level: 4.0", Code.WRONG_TYPE, "13:16", "a whole number, not 4.0", "in digits"),
    ("level: 4", "level: true", Code.WRONG_TYPE, "13:16", "a whole number, not true", "in digits"),
    ("level: 4", "level:", Code.WRONG_TYPE, "13:15", "a whole number, not an empty value", "in digits"),
    ("level: 4", "level: [4]", Code.WRONG_TYPE, "13:16", "a whole number, not a list", "in digits"),
    ("        level: 4\n", "", Code.MISSING, "12:9", "'level' is missing here.", "Add 'level: …'."),
    ("line: 19", "lnie: 19", Code.UNKNOWN_KEY, "7:5", "The key 'lnie' is not allowed here.", "Did you mean 'line'?"),
    (
        "[not applicable]",
        "[not aplicable]",
        Code.BAD_VALUE,
        "11:17",
        "'not aplicable' is not a flag.",
        "'not applicable'?",
    ),
    (
        "[not applicable]",
        "[Accelerated]",
        Code.BAD_VALUE,
        "11:17",
        "'Accelerated' is not a flag.",
        "mean 'accelerated'?",
    ),
    (
        "[not applicable]",
        "[paused]",
        Code.BAD_VALUE,
        "11:17",
        "'paused' is not a flag.",
        "Use one of: accelerated, not app",
    ),
    (
        "flags: [not applicable]",
        "wording: might include",
        Code.BAD_VALUE,
        "11:18",
        "'might include' is not a value of 'wording'.",
        "mean 'may include'?",
    ),
    (
        "flags: [not applicable]",
        "readiness: later",
        Code.BAD_VALUE,
        "11:20",
        "'later' is not a value of 'readiness'.",
        "Use one of: directly, after further training, not stated.",
    ),
    ("[not applicable]", "[4]", Code.BAD_VALUE, "11:17", "4 is not a flag.", "Use one of: accelerated"),
    (
        "[not applicable]",
        "not applicable",
        Code.WRONG_TYPE,
        "11:16",
        "must be a list",
        "Begin each entry with a hyphen",
    ),
    (
        "flags:",
        "relevant: yes\n        flags:",
        Code.WRONG_TYPE,
        "11:19",
        "must be true or false, not 'yes'",
        "true or",
    ),
    (
        "apprenticeship:",
        "aprenticeship:",
        Code.UNKNOWN_KEY,
        "9:9",
        "'aprenticeship' is not a kind of",
        "'apprenticeship'?",
    ),
    (
        "- apprenticeship:",
        "- line: 1\n        Aprenticeship:",
        Code.UNKNOWN_KEY,
        "10:9",
        "not a kind",
        "'apprenticeship'?",
    ),
    (
        "apprenticeship:",
        "job:",
        Code.MISSING,
        "9:9",
        "neither an apprenticeship nor",
        "Begin it with 'apprenticeship:'",
    ),
    ("- degree: Optometry", "- Optometry", Code.WRONG_TYPE, "15:9", "must be a mapping", "Write 'key: value' lines."),
    ("degree:", "occupation:", Code.MISSING, "15:9", "'degree' is missing here.", "Add 'degree: …'."),
    ("- degree: Optometry", "- degree: [x]", Code.WRONG_TYPE, "15:17", "text, not a list", "Write a line of text."),
    (
        "Optometry",
        "1.50",
        Code.WRONG_TYPE,
        "15:17",
        "must be text, not 1.50.",
        'quotation marks, such as "1.50"',
    ),
    *(
        ("Optometry", written, Code.WRONG_TYPE, "15:17", f"must be text, not {written}.", f'such as "{written}"')
        for written in ("True", "1e3", "0x1F", "+5", ".5", "1.", "-.inf", ".NaN", "12e03", "1" * 80)
    ),
    *(
        ("Optometry", written, Code.WRONG_TYPE, "15:17", f"not {written}, which is an empty value", f'as "{written}"')
        for written in ("~", "null", "NULL")
    ),
    ("Optometry", "#1", Code.WRONG_TYPE, "15:16", "must be text, not an empty value", "if it begins with #"),
    ("level: 4", "level: 1e0", Code.WRONG_TYPE, "13:16", "a whole number, not 1e0.", "in digits"),
    ("level: 4", "level: 4.00", Code.WRONG_TYPE, "13:16", "a whole number, not 4.00.", "in digits"),
    ("level: 4", 'level: "4"', Code.WRONG_TYPE, "13:16", 'a whole number, not "4".', "in digits"),
    ("level: 4", "level: 0x9", Code.BAD_VALUE, "13:16", "must be at most 8, not 0x9.", "from 1 to 8"),
    ("flags:", "relevant: 1.0\n        flags:", Code.WRONG_TYPE, "11:19", "true or false, not 1.0", "true or"),
    ("[not applicable]", "[1.0]", Code.BAD_VALUE, "11:17", "1.0 is not a flag.", "Use one of: accelerated"),
    ("Optometry", "''", Code.BAD_VALUE, "15:17", "'degree' is empty.", "Write something under 'degree:'"),
    ("Optometry", "' Optics'", Code.BAD_VALUE, "15:17", "'degree' cannot be ' Optics'.", "without spaces at its ends"),
    (
        "Optometry",
        "Optics\u00a0",
        Code.BAD_VALUE,
        "15:17",
        r"'degree' cannot be 'Optics\xa0'.",
        "without spaces at its",
    ),
    ("Optometry", r'"Op\ntics"', Code.BAD_VALUE, "15:17", r"""'degree' cannot be "Op\ntics".""", "one line of text"),
    (
        "Optometry",
        r'"Op\u2028tics"',
        Code.BAD_VALUE,
        "15:17",
        r"""'degree' cannot be "Op\u2028tics".""",
        "one line of text",
    ),
    ("Optometry", r'"\0"', Code.BAD_VALUE, "15:17", r"""'degree' cannot be "\0".""", "one line of text"),
    ("Optometry", "x" * 301, Code.BAD_VALUE, "15:17", "has 301 characters; at most 300 are allowed.", "Shorten it."),
    ("https://example.org/a", "'#'", Code.BAD_VALUE, "18:15", "'page' cannot be '#'.", "begins with https://"),
    (
        "https://example.org/a",
        "http://e.org/",
        Code.BAD_VALUE,
        "18:15",
        "cannot be 'http://e.org/'",
        "begins with https:",
    ),
    ("https://example.org/a", "https://e.org/%zz", Code.BAD_VALUE, "18:15", "cannot be", "begins with https://"),
    ("https://example.org/a", "https://[::1", Code.BAD_VALUE, "18:15", "cannot be", "begins with https://"),
    ("0a", "0g", Code.BAD_VALUE, "4:11", "'sha256' cannot be '000", "has 64 characters"),
    ("line: 19", "line: 0", Code.BAD_VALUE, "7:11", "'line' must be at least 1", "counted from 1"),
    ("a.txt", "a.txt\n  issued: 0", Code.WRONG_TYPE, "4:11", "'issued' must be a day, not 0", "year-month-day"),
    ("a.txt", "a.txt\n  issued: 20261122", Code.WRONG_TYPE, "4:11", "must be a day, not 20261122", "year-month-day"),
    ("a.txt", "a.txt\n  issued: 2026-02-30", Code.WRONG_TYPE, "4:11", "a day, not '2026-02-30'", "year-month-day"),
    ("a.txt", "a.txt\n  issued: 2026-11-22T00:00:00", Code.WRONG_TYPE, "4:11", "must be a day", "year-month-day"),
    ("a.txt", "a.txt\n  key: A B", Code.BAD_VALUE, "4:8", "'key' cannot be 'A B'.", "joined by hyphens"),
    ("a.txt", "a.txt\n  media type: text", Code.BAD_VALUE, "4:15", "'media type' cannot be 'text'.", "text/plain"),
    ("  document: a.txt\n", "", Code.MISSING, "3:3", "'document' is missing here.", "Add 'document: …'."),
    ("t level:", "T Level:", Code.MISSING, "1:1", "'t level' is missing here.", "Add 't level: …'."),
    ("t level:", "t level: Science\n<<: {}\nkey:", Code.UNKNOWN_KEY, "2:1", "The key '<<' is not allowed", "Remove it"),
    (
        "notes:",
        "wibble:",
        Code.UNKNOWN_KEY,
        "19:1",
        "The key 'wibble' is not allowed here.",
        "Remove it. For a comment",
    ),
    ("notes:", "note:", Code.UNKNOWN_KEY, "19:1", "The key 'note' is not allowed here.", "Did you mean 'notes'?"),
    ("  - note:", "  - title: x\n    note:", Code.UNKNOWN_KEY, "20:5", "'title' is not allowed here.", "Remove it"),
    (
        "  - note:",
        "  - (apprenticeship): x\n    note:",
        Code.UNKNOWN_KEY,
        "20:5",
        "'(apprenticeship)' is not",
        "Remove it",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "place", "message", "hint"), FAULTS)
def test_an_error_is_explained_at_its_position(  # noqa: PLR0917 - the columns of the table
    old: str, new: str, code: Code, place: str, message: str, hint: str
) -> None:
    first = findings(PROFILE.replace(old, new, 1))[0]

    assert (first.code, first.place) == (code, f"p.yaml:{place}")
    assert message in first.message
    assert hint in str(first.hint)


@pytest.mark.parametrize("text", ["[]", "a", "4", "~"])
def test_a_file_without_a_mapping_is_explained(text: str) -> None:
    (finding,) = findings(text)

    assert (finding.code, finding.place) == (Code.WRONG_TYPE, "p.yaml:1:1")


def test_a_profile_without_specialisms_is_refused() -> None:
    text = PROFILE[: PROFILE.index("specialisms:")] + "specialisms: []\n"

    assert [(f.code, f.line, f.message) for f in findings(text)] == [(Code.BAD_VALUE, 5, "'specialisms' is empty.")]


@pytest.mark.parametrize("written", ["2026-11-22", "'2026-11-22'"])
def test_a_day_is_a_day_with_or_without_quotation_marks(written: str) -> None:
    text = PROFILE.replace("a.txt", f"a.txt\n  issued: {written}")

    assert str(parse(text.encode(), "p.yaml", Profile).value.source.issued) == "2026-11-22"


@pytest.mark.parametrize("title", ["No", "1:30", "Optical\u00a0Assistant", "a: b", "- x", "Gŵr tŷ", "\U0001f600"])
def test_a_title_may_be_any_line_of_text(title: str) -> None:
    quoted = "'" + title + "'"
    value = parse(PROFILE.replace("Optometry", quoted).encode(), "p.yaml", Profile).value

    assert value.specialisms[0].education[0].title == title


def test_all_errors_of_a_file_are_reported_together() -> None:
    text = PROFILE.replace("level: 2", "level: 12").replace("level: 4", "level: six").replace("degree:", "degre:")

    assert [(f.code, f.line) for f in findings(text)] == [
        (Code.BAD_VALUE, 10),
        (Code.WRONG_TYPE, 13),
        (Code.MISSING, 15),
        (Code.UNKNOWN_KEY, 15),
    ]


def test_at_most_100_errors_of_a_file_are_reported() -> None:
    assert len(findings(PROFILE + "".join(f"x{n}: y\n" for n in range(1000)))) == MAX_FINDINGS


def test_errors_of_all_files_are_reported_and_valid_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.yaml").write_text(PROFILE.replace("level: 2", "level: 12"))
    (tmp_path / "b.yml").write_text(PROFILE)
    (tmp_path / "inner" / "c.yaml").write_text("a: *b\n")
    (tmp_path / "ignored.txt").write_text("no profile\n")

    reading = read_profiles([tmp_path, tmp_path / "missing.yaml"])

    assert [loaded.file for loaded in reading.loaded] == [str(tmp_path / "b.yml")]
    assert [(finding.code, finding.file) for finding in reading.findings] == [
        (Code.BAD_VALUE, str(tmp_path / "a.yaml")),
        (Code.NOT_PLAIN, str(tmp_path / "inner" / "c.yaml")),
        (Code.UNREADABLE, str(tmp_path / "missing.yaml")),
    ]


def test_an_empty_folder_has_no_profiles(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no profiles"):
        read_profiles([tmp_path])


def test_every_finding_of_the_reader_is_a_violation() -> None:
    assert {f.severity for f in findings(PROFILE.replace("degree:", "degre:"))} == {Severity.VIOLATION}


KEYED = [n for n, line in enumerate(LINES, start=1) if re.match(r"\s*(- )?[a-z0-9 ]+:", line)]
VALUED = [n for n in KEYED if re.search(r": \S", LINES[n - 1])]


def with_line(number: int, line: str) -> str:
    return "\n".join([*LINES[: number - 1], line, *LINES[number:]]) + "\n"


@pytest.mark.parametrize("number", KEYED)
def test_a_misspelt_key_is_reported_on_its_own_line(number: int) -> None:
    found = findings(with_line(number, re.sub(r"([a-z][a-z0-9 ]*):", r"zz\1:", LINES[number - 1], count=1)))

    assert number in {finding.line for finding in found}


@pytest.mark.parametrize("number", VALUED)
@pytest.mark.parametrize("value", ["{a: b}", "''", "1.5"])
def test_an_invalid_value_is_reported_on_its_own_line(number: int, value: str) -> None:
    found = findings(with_line(number, re.sub(r": \S.*", f": {value}", LINES[number - 1])))

    assert [finding.line for finding in found] == [number]


@pytest.mark.parametrize("number", KEYED)
@pytest.mark.parametrize("fault", ["&a b", "*a", "!t b"])
def test_a_syntax_error_is_reported_on_its_own_line(number: int, fault: str) -> None:
    found = findings(with_line(number, re.sub(r":( .*)?$", f": {fault}", LINES[number - 1])))

    assert found[0].line == number


@given(
    number=st.sampled_from(KEYED),
    part=st.sampled_from(["key", "value", "line"]),
    put=st.sampled_from(["", "x", "4", "012", "[]", "[a]", "{}", "{a: b}", "~", "true", "'", "- x", "line: 4", "a: b"]),
)
@fuzz(400)
def test_no_damage_to_a_profile_raises_anything_but_findings(number: int, part: str, put: str) -> None:
    line = LINES[number - 1]
    lead, key, value = re.fullmatch(r"(\s*(?:- )?)([a-z0-9 ]+)(:.*)", line).groups()  # type: ignore[union-attr]  # every keyed line matches
    damaged = {"key": lead + put + value, "value": f"{lead}{key}: {put}", "line": lead + put}[part]

    for finding in findings(with_line(number, damaged)):
        assert finding.hint
        assert 1 <= (finding.line or 0) <= len(LINES) + 1
