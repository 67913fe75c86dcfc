"""Settings: where a value comes from, and which values cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from tests.fuzzing import fuzz
from tlevel_rdf.errors import SettingError, UnreadableInputError
from tlevel_rdf.settings import Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_every_setting_has_a_default_and_a_help() -> None:
    assert [field.name for field in fields(Settings) if not str(field.metadata["help"]).endswith(".")] == []
    assert Settings() == Settings()


def test_the_command_line_overrides_the_environment_the_file_and_the_default(tmp_path: Path) -> None:
    (tmp_path / "tlevel-rdf.toml").write_text('title = "file"\npublisher = "file"\nhost = "file"\n')
    environment = {"TLEVEL_RDF_TITLE": "environment", "TLEVEL_RDF_PUBLISHER": "environment"}

    made = read_settings({"title": "given", "port": None}, environment, tmp_path)

    assert (made.title, made.publisher, made.host, made.port) == ("given", "environment", "file", 8000)


def test_without_a_file_or_environment_all_settings_are_defaults(tmp_path: Path) -> None:
    assert read_settings(environment={}, folder=tmp_path) == Settings()


@pytest.mark.parametrize(
    ("toml", "name", "value"),
    [
        ('base = "https://data.example.org/"', "base", "https://data.example.org/"),
        ("date = 2026-11-22", "date", dt.date(2026, 11, 22)),
        ('date = "2026-11-22"', "date", dt.date(2026, 11, 22)),
        ("port = 80", "port", 80),
        ('port = "80"', "port", 80),
        ('title = "Teitl ŵ"', "title", "Teitl ŵ"),
    ],
)
def test_a_value_is_read_from_the_file(toml: str, name: str, value: object, tmp_path: Path) -> None:
    (tmp_path / "tlevel-rdf.toml").write_text(toml, encoding="utf-8")

    assert getattr(read_settings(environment={}, folder=tmp_path), name) == value


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("prot = 80", "there is no setting prot"),
        ("[server]\nport = 80", "there is no setting server"),
        ("port = true", "port cannot be True"),
        ("port = 80.5", "port cannot be 80.5"),
        ('port = "eighty"', "port cannot be 'eighty'"),
        ("port = 65536", "port is 65536"),
        ("port = -1", "port is -1"),
        ("title = 4", "title cannot be 4"),
        ("title = ['a']", "title cannot be ['a']"),
        ('title = " "', "title is empty"),
        (f'title = "{"x" * 66}"', "title has 66 characters"),
        ('licence = "OGL"', "licence is 'OGL'"),
        ("date = 2026-11-22T10:00:00", "date cannot be datetime"),
        ("date = 20261122", "date cannot be 20261122"),
        ('date = "22/11/2026"', "date cannot be '22/11/2026'"),
        ('address = "https://data.example.org"', "address is 'https://data.example.org'"),
        ('base = "data.example.org"', "base is 'data.example.org'"),
    ],
)
def test_an_unsuitable_value_is_an_error_with_a_hint(toml: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "tlevel-rdf.toml").write_text(toml)

    with pytest.raises(SettingError) as caught:
        read_settings(environment={}, folder=tmp_path)

    assert message in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"title = ", r"tlevel-rdf\.toml(:1:9)?: this is not TOML"),
        (b"title = 'a'\ntitle = 'b'", r"tlevel-rdf\.toml(:2:\d+)?: this is not TOML"),
        (b"base = 1\ntitle: x", r"tlevel-rdf\.toml:2:6: this is not TOML"),
        (b"\xff\xfe", r"tlevel-rdf\.toml is not UTF-8"),
    ],
)
def test_a_file_that_is_not_toml_is_an_error(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "tlevel-rdf.toml").write_bytes(content)

    with pytest.raises(UnreadableInputError, match=message):
        read_settings(environment={}, folder=tmp_path)


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "tlevel-rdf.toml").mkdir()

    with pytest.raises(UnreadableInputError, match=r"tlevel-rdf\.toml: Is a directory"):
        read_settings(environment={}, folder=tmp_path)


@pytest.mark.parametrize(
    ("variable", "value"), [("TLEVEL_RDF_PORT", "x"), ("TLEVEL_RDF_DATE", ""), ("TLEVEL_RDF_BASE", "")]
)
def test_an_unsuitable_environment_variable_is_an_error(variable: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        read_settings(environment={variable: value}, folder=tmp_path)


@pytest.mark.parametrize(
    ("environment", "date"),
    [
        ({"SOURCE_DATE_EPOCH": "0"}, dt.date(1970, 1, 1)),
        ({"SOURCE_DATE_EPOCH": "1795392000"}, dt.date(2026, 11, 23)),
        ({"SOURCE_DATE_EPOCH": ""}, None),
        ({"SOURCE_DATE_EPOCH": "0", "TLEVEL_RDF_DATE": "2026-11-22"}, dt.date(2026, 11, 22)),
        ({}, None),
    ],
)
def test_the_date_may_come_from_the_epoch_of_reproducible_builds(
    environment: dict[str, str], date: dt.date | None, tmp_path: Path
) -> None:
    assert read_settings(environment=environment, folder=tmp_path).date == date


@pytest.mark.parametrize("epoch", ["now", "1.5", "9" * 30])
def test_an_epoch_that_is_not_a_number_of_seconds_is_an_error(epoch: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SOURCE_DATE_EPOCH"):
        read_settings(environment={"SOURCE_DATE_EPOCH": epoch}, folder=tmp_path)


@pytest.mark.parametrize(
    "base",
    [
        *("https://w3id.org/tlevel/", "http://localhost:8000/", "https://e.org/", "https://192.0.2.1/a/b/"),
        *("https://e.org/gŵr/", "https://e.org/%20/"),
    ],
)
def test_a_base_is_an_absolute_iri_that_ends_in_a_slash(base: str) -> None:
    Settings(base=base)

    assert NamedNode(f"{base}id/t-level/health").value.startswith(base)


@pytest.mark.parametrize(
    "base",
    [
        *("", "/", "e.org/", "https://e.org", "https:///", "https://", "ftp://e.org/", "urn:x:/", "//e.org/"),
        *("https://e.org/?a=/", "https://e.org/#/", "https://e.org/?/", "https://e.org/#a#/", "https://e.org/a b/"),
        *("https://e.org/<a>/", "https://e.org/%zz/", "https://[::1/", "https://e.org:x/", "https://e.org:99999/"),
        *("https://e.org/\n/", "https://e.org/{a}/", "https://e.org/\u00a0/", "https://e.org/\ue000/"),
    ],
)
def test_anything_else_is_not_a_base(base: str) -> None:
    with pytest.raises(SettingError, match="base is"):
        Settings(base=base)


def is_base(text: str) -> bool:
    try:
        Settings(base=text)
    except SettingError:
        return False
    return True


@given(st.text(max_size=12))
@fuzz(500)
def test_every_valid_base_gives_valid_iris(text: str) -> None:
    base = f"https://e.org/{text}/"

    assert not is_base(base) or NamedNode(f"{base}id/t-level/health").value.startswith(base)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("workers", "257"),
        ("timeout", "0.5"),
        ("timeout", "nan"),
        ("memory", "1000000"),
        ("queue", "-1"),
        ("cache", "-1"),
        ("operations_port", "65536"),
    ],
)
def test_a_number_out_of_range_is_an_error(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=f"^TLR003: {name} is {value}; it must be from "):
        read_settings(environment={f"TLEVEL_RDF_{name.upper()}": value}, folder=tmp_path)
