"""Text that is read as YAML, its values, and the positions of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzzing import fuzz
from tlevel_rdf.codes import Code
from tlevel_rdf.profiles.yaml_reader import check_comments

if TYPE_CHECKING:
    from pathlib import Path

import datetime as dt
from typing import TYPE_CHECKING

import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from tlevel_rdf.limits import MAX_FINDINGS, MAX_YAML_BYTES, MAX_YAML_DEPTH
from tlevel_rdf.profiles.yaml_reader import Position, YamlError, parse, read_bytes
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tlevel_rdf.findings import Finding

SHIPPED = (shipped("data") / "profiles" / "healthcare-science.yaml").read_bytes()


def faults(data: bytes) -> list[Finding]:
    with pytest.raises(YamlError) as caught:
        parse(data, "p.yaml")
    return caught.value.findings


FAULTS = [
    pytest.param(b"", Code.EMPTY, "p.yaml", id="empty"),
    pytest.param(b" \n\t\n\r\n", Code.EMPTY, "p.yaml", id="white space only"),
    pytest.param(b"\xef\xbb\xbf", Code.EMPTY, "p.yaml", id="byte order mark only"),
    pytest.param(b"# one\n# two\n", Code.EMPTY, "p.yaml:1:1", id="comments only"),
    pytest.param(b"%YAML 1.2\n# nothing\n", Code.NOT_YAML, "p.yaml:3:1", id="directive only"),
    pytest.param("t: é".encode("utf-16"), Code.NOT_UTF8, "p.yaml", id="UTF-16"),
    pytest.param("t: é".encode("utf-16-be"), Code.BINARY, "p.yaml", id="UTF-16 without a mark"),
    pytest.param("t: é".encode("utf-32"), Code.NOT_UTF8, "p.yaml", id="UTF-32"),
    pytest.param("a: b\ntitle: été à".encode("latin-1"), Code.NOT_UTF8, "p.yaml:2:8", id="Latin-1"),
    pytest.param("a: b\r\ntï: ".encode() + b"\xe9", Code.NOT_UTF8, "p.yaml:2:5", id="Latin-1 after UTF-8 and CRLF"),
    pytest.param(b"\xef\xbb\xbfa: \xe9", Code.NOT_UTF8, "p.yaml:1:4", id="Latin-1 after a byte order mark"),
    pytest.param(b"PK\x03\x04\0\0", Code.BINARY, "p.yaml", id="binary"),
    pytest.param(b"a: b\nc: d\x07e\n", Code.BINARY, "p.yaml:2:5", id="bell"),
    pytest.param("é: é\x1b[0m".encode(), Code.BINARY, "p.yaml:1:5", id="escape, behind letters of two bytes"),
    pytest.param("a: b\u2028c".encode(), Code.BINARY, "p.yaml:1:5", id="line separator"),
    pytest.param("a: b\x85c".encode(), Code.BINARY, "p.yaml:1:5", id="next line"),
    pytest.param("\ufeff\ufeffa: b".encode(), Code.BINARY, "p.yaml:1:1", id="second byte order mark"),
    pytest.param(b"a: 'b\n", Code.NOT_YAML, "p.yaml:1:4", id="open quotation mark"),
    pytest.param(b"a: b: c\n", Code.NOT_YAML, "p.yaml:1:5", id="two colons"),
    pytest.param("é: é: c\n".encode(), Code.NOT_YAML, "p.yaml:1:5", id="two colons behind letters of two bytes"),
    pytest.param(b"a:\n\t- b\n", Code.NOT_YAML, "p.yaml:2:1", id="tab as indentation"),
    pytest.param(b"a: b\nc\n", Code.NOT_YAML, "p.yaml:2:1", id="key without colon"),
    pytest.param(b"a: [b, c\nd: e\n", Code.NOT_YAML, "p.yaml:1:4", id="open bracket"),
    pytest.param(b"a: @b\n", Code.NOT_YAML, "p.yaml:1:4", id="reserved sign"),
    pytest.param(b"a: &x b\n", Code.NOT_PLAIN, "p.yaml:1:4", id="anchor"),
    pytest.param(b"a: b\nc: *x\n", Code.NOT_PLAIN, "p.yaml:2:4", id="alias"),
    pytest.param(b"a:\n  *x : ''\n  '': c\n", Code.NOT_PLAIN, "p.yaml:2:3", id="alias as key"),
    pytest.param(b"a: !!python/object:os.system ls\n", Code.NOT_PLAIN, "p.yaml:1:4", id="Python tag"),
    pytest.param(b"!!python/object/apply:os.system [ls]\n", Code.NOT_PLAIN, "p.yaml:1:1", id="Python tag at the top"),
    pytest.param(b"a: !!str 4\n", Code.NOT_PLAIN, "p.yaml:1:4", id="standard tag"),
    pytest.param(b"a: ! 4\n", Code.NOT_PLAIN, "p.yaml:1:4", id="tag without a name"),
    pytest.param(b"? [a]\n: b\n", Code.NOT_PLAIN, "p.yaml:1:3", id="list as key"),
    pytest.param(b"? {a: b}\n: c\n", Code.NOT_PLAIN, "p.yaml:1:3", id="mapping as key"),
    pytest.param(b"[" * 100_000, Code.TOO_DEEP, f"p.yaml:1:{MAX_YAML_DEPTH + 1}", id="100,000 brackets"),
    pytest.param(b"- " * 100_000, Code.TOO_DEEP, f"p.yaml:1:{2 * MAX_YAML_DEPTH + 1}", id="100,000 hyphens"),
    pytest.param(b"{a: " * 100_000, Code.TOO_DEEP, f"p.yaml:1:{4 * MAX_YAML_DEPTH + 1}", id="100,000 braces"),
    pytest.param(b"a: b\n---\nc: d\n", Code.SEVERAL_DOCUMENTS, "p.yaml:2:1", id="two documents"),
    pytest.param(b"---\n---\nc: d\n", Code.SEVERAL_DOCUMENTS, "p.yaml:2:1", id="an empty document first"),
    pytest.param(b"a: 1\nb: 2\na: 3\n", Code.DUPLICATE_KEY, "p.yaml:3:1", id="key twice"),
    pytest.param(b"a:\n  - b: 1\n    b: 1\n", Code.DUPLICATE_KEY, "p.yaml:3:5", id="key twice, two levels down"),
    pytest.param("a: {é: 1, é: 2}".encode(), Code.DUPLICATE_KEY, "p.yaml:1:11", id="key twice in braces"),
    pytest.param(b"a: 1\n'a': 2\n", Code.DUPLICATE_KEY, "p.yaml:2:1", id="key twice, once in quotation marks"),
    pytest.param(b"a: 012\n", Code.AMBIGUOUS_NUMBER, "p.yaml:1:4", id="octal by YAML 1.1"),
    pytest.param(b"a: -08\n", Code.AMBIGUOUS_NUMBER, "p.yaml:1:4", id="no octal by YAML 1.1"),
    pytest.param(b"a: 0o14\n", Code.AMBIGUOUS_NUMBER, "p.yaml:1:4", id="octal by YAML 1.2"),
]


@pytest.mark.parametrize(("data", "code", "place"), FAULTS)
def test_an_error_has_a_code_a_position_and_a_hint(data: bytes, code: Code, place: str) -> None:
    first = faults(data)[0]

    assert (first.code, first.place, bool(first.hint)) == (code, place, True)


def test_the_billion_laughs_are_refused_at_the_first_alias() -> None:
    rows = [b"a0: &a0 [x, x]"]
    rows += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)]

    found = faults(b"\n".join(rows))

    assert {finding.code for finding in found} == {Code.NOT_PLAIN}
    assert found[0].place == "p.yaml:1:5"


def test_a_list_that_contains_itself_is_refused() -> None:
    assert [f.place for f in faults(b"a: &a [*a]\n")] == ["p.yaml:1:4", "p.yaml:1:8"]


def test_errors_of_all_kinds_are_reported_together() -> None:
    found = faults(b"a: &x 1\nb: 012\nb: !t 3\nc: d: e\n")

    assert [(f.code, f.line) for f in found] == [
        (Code.NOT_PLAIN, 1),
        (Code.AMBIGUOUS_NUMBER, 2),
        (Code.DUPLICATE_KEY, 3),
        (Code.NOT_PLAIN, 3),
        (Code.NOT_YAML, 4),
    ]


def test_at_most_100_errors_are_reported() -> None:
    assert len(faults(b"a: [" + b"*x, " * 10_000 + b"]")) == MAX_FINDINGS


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("1_000", "1_000"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22 10:00:00", "2026-11-22 10:00:00"),
        ("0b101", "0b101"),
        ("=", "="),
        ("<<", "<<"),
        ("0onward", "0onward"),
        ("0x", "0x"),
        ("1e", "1e"),
        ("٣", "٣"),
        ("a#b", "a#b"),
        ("a:b", "a:b"),
        ("-x", "-x"),
        ("~x", "~x"),
        ("Nulls", "Nulls"),
        ("4", 4),
        ("-4", -4),
        ("+4", 4),
        ("0", 0),
        ("0x1F", 31),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("9" * 5000, float("inf")),
        ("'4'", "4"),
        ('"no"', "no"),
        ("'it''s'", "it's"),
        (r'"\u00e9\x41"', "éA"),
        ("'\U0001f600'", "\U0001f600"),
        ("Optical\u00a0Assistant", "Optical\u00a0Assistant"),
        ("one\n  two", "one two"),
        (">-\n  one\n  two", "one two"),
        ("|-\n  one\n  two", "one\ntwo"),
    ],
)
def test_a_plain_scalar_has_its_value_of_yaml_1_2(written: str, value: object) -> None:
    assert parse(f"a: {written}\n".encode(), "p.yaml").value == {"a": value}


def test_nan_is_a_float() -> None:
    value = parse(b".nan", "p.yaml").value

    assert isinstance(value, float)
    assert value != value  # noqa: PLR0124 - that is what sets it apart


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbfa: [b, c]\n", b"a: [b, c]\r\n", b"a:\r\n- b\r\n- c\r\n", b"---\na: [b, c]\n...\n", b"{a: [b, c]}"],
    ids=["byte order mark", "CRLF", "CRLF in a list", "document marks", "JSON-like"],
)
def test_text_from_common_editors_is_read(data: bytes) -> None:
    assert parse(data, "p.yaml").value == {"a": ["b", "c"]}


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_positions_are_lines_and_columns_in_characters(line_break: str) -> None:
    text = "# ünï\n'ké\U0001f600y': ünï\nlist:\n  - é: {ü: \U0001f600, v: w}\n".replace("\n", line_break)

    document = parse(text.encode(), "p.yaml")

    assert document.positions[("ké\U0001f600y",)] == Position(2, 9)
    assert document.key_positions["list", 0, "é"] == Position(4, 5)
    assert document.positions["list", 0, "é", "ü"] == Position(4, 12)
    assert document.key_positions["list", 0, "é", "v"] == Position(4, 15)


def test_a_missing_value_has_the_position_of_the_nearest_value_around_it() -> None:
    document = parse(b"a:\n  - b: c\n", "p.yaml")

    assert document.position(("a", 0, "missing", 7)) == document.positions["a", 0] == Position(2, 5)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, Code.UNREADABLE),
        (lambda path: path.mkdir(), Code.UNREADABLE),
        (lambda path: path.write_bytes(b"#" * (MAX_YAML_BYTES + 1)), Code.TOO_LARGE),
    ],
    ids=["missing", "a folder", "too large"],
)
def test_a_file_that_cannot_be_read_is_a_finding(make: Callable[[Path], None], code: Code, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    make(path)

    with pytest.raises(YamlError) as caught:
        read_bytes(path)

    assert [(f.code, f.file, f.line) for f in caught.value.findings] == [(code, str(path), None)]


def test_a_file_of_the_maximum_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"#" * MAX_YAML_BYTES)

    assert len(read_bytes(path)) == MAX_YAML_BYTES


def test_an_impossible_file_name_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(YamlError) as caught:
        read_bytes(tmp_path / "a\0b")

    assert caught.value.findings[0].code == Code.UNREADABLE


def hints(data: bytes) -> list[str | None]:
    """Return the hints of all findings, or one hint if there are none."""
    try:
        parse(data, "p.yaml")
    except YamlError as fault:
        return [finding.hint for finding in fault.findings]
    return ["fine"]


@given(st.binary(max_size=400))
@fuzz(400)
def test_no_bytes_raise_anything_but_findings(data: bytes) -> None:
    found = hints(data)

    assert found
    assert all(found)


@given(st.text(alphabet="ab:-?[]{},#&*!|>'\"%@` \n\t\r01~=<.\u00e9\u2028\ufeff", max_size=40))
@fuzz(1500)
def test_no_text_of_yaml_syntax_raises_anything_but_findings(text: str) -> None:
    found = hints(text.encode())

    assert found
    assert all(found)


@given(
    at=st.integers(0, len(SHIPPED)),
    cut=st.integers(0, 60),
    put=st.binary(max_size=8) | st.sampled_from([b"\n", b": ", b"- ", b"&a ", b"*a", b"'", b"{", b"["]),
)
@fuzz(400)
def test_no_damage_to_a_profile_raises_anything_but_findings(at: int, cut: int, put: bytes) -> None:
    found = hints(SHIPPED[:at] + put + SHIPPED[at + cut :])

    assert found
    assert all(found)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text("aé:-# '\"1", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab é:", max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
@fuzz(300)
def test_the_output_of_another_yaml_writer_is_read(value: object) -> None:
    text = pyyaml.safe_dump({"top": value}, allow_unicode=True, default_flow_style=False)

    assert parse(text.encode(), "p.yaml").value == {"top": value} == pyyaml.safe_load(text)


def test_an_unquoted_date_is_text() -> None:
    assert pyyaml.safe_load("2026-11-22") == dt.date(2026, 11, 22)
    assert parse(b"2026-11-22", "p.yaml").value == "2026-11-22"


TEXTS = [
    ("# check: a\nb: c\n", [(1, 1)]),
    ("b: c\n#check: a", [(2, 1)]),
    ("# Look at each check: of it\nb: c\n", []),
    ('b: "c\n  # check: no"  # check: yes\n', [(2, 17)]),
    ("b: 'c # check: no'\n", []),
    ("b: |\n  # check: no\n  x\n# check: yes\n", [(4, 1)]),
    ("b:\n  - >-\n    x\n    # check: no\n\n  # check: yes\n  - c\n", [(6, 3)]),
    ("b: [c,  # check: yes\n  d]\n", [(1, 9)]),
]


@pytest.mark.parametrize(("text", "places"), TEXTS)
@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_check_comments_are_found_outside_scalars_only(text: str, places: list[tuple[int, int]], lead: str) -> None:
    assert check_comments((lead + text).encode()) == places
