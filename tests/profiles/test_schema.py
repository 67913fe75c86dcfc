"""The JSON Schema for editors accepts what the model accepts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from tlevel_rdf.profiles import yaml_reader
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.schema import profile_schema, profile_schema_text
from tlevel_rdf.shipped import shipped

from . import strategies

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = profile_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
SHIPPED: Any = yaml_reader.parse(
    (shipped("data") / "profiles" / "healthcare-science.yaml").read_bytes(), "p.yaml"
).value


def by_model(document: object) -> bool:
    try:
        Profile.model_validate(document, by_alias=True)
    except ValidationError:
        return False
    return True


def by_schema(document: object) -> bool:
    return VALIDATOR.is_valid(document)


def changed(path: str, value: object) -> object:
    """Return the shipped profile with another value at a path such as `source/page`; an ellipsis removes it."""
    document = json.loads(json.dumps(SHIPPED))
    *way, last = [int(part) if part.isdecimal() else part for part in path.split("/")]
    around = document
    for part in way:
        around = around[part]
    if value is ...:
        del around[last]
    else:
        around[last] = value
    return document


def test_the_shipped_schema_is_generated_from_the_model() -> None:
    written = (shipped("data") / "profile.schema.json").read_text(encoding="utf-8")

    assert written == profile_schema_text(), "run: python -m tlevel_rdf.profiles.schema > data/profile.schema.json"


def test_the_schema_conforms_to_draft_2020_12() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "https://w3id.org/tlevel/def/profile.schema.json"
    assert SCHEMA["title"] == "Progression profile of a T Level"
    assert SCHEMA["description"]


def test_the_shipped_profile_names_the_schema_and_follows_it(shipped_text: str) -> None:
    assert shipped_text.startswith("# yaml-language-server: $schema=../profile.schema.json\n")
    assert by_schema(SHIPPED)


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    yield from schema.get("properties", {}).items()
    for shape in schema.get("$defs", {}).values():
        yield from properties(shape)


@pytest.mark.parametrize(("name", "schema"), list(properties(SCHEMA)))
def test_an_editor_can_explain_every_key(name: str, schema: dict[str, Any]) -> None:
    shapes = [schema, *schema.get("anyOf", []), schema.get("items", {})]
    referred = [shape["$ref"].rpartition("/")[2] for shape in shapes if "$ref" in shape]
    shapes += [SCHEMA["$defs"][reference] for reference in referred]

    assert any(shape.get("description") for shape in shapes), name


def patterns(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from patterns(inner)


@pytest.mark.parametrize("pattern", sorted(set(patterns(SCHEMA))))
def test_javascript_can_read_every_pattern(pattern: str) -> None:
    """In Unicode mode, a backslash may only precede characters that need it (ECMA-262, section 22.2.1)."""
    assert re.sub(r"\\(?:[dDwWsSbBfnrtv0^$\\.*+?()\[\]{}|/-]|x[0-9a-f]{2}|u[0-9a-f]{4})", "", pattern).count("\\") == 0


OPTION = "specialisms/0/technical/0"

BOTH = [
    ("t level", "Health", True),
    ("t level", ..., False),
    ("t level", "", False),
    ("t level", " Health", False),
    ("t level", "Health ", False),
    ("t level", "a\tb", False),
    ("t level", "\u00a0a", False),
    ("t level", "a\u00a0b", True),
    ("t level", "x" * 300, True),
    ("t level", "x" * 301, False),
    ("t level", "\U0001f600" * 300, True),
    ("t level", None, False),
    ("t level", 4, False),
    ("T level", "Health", False),
    ("key", "health", True),
    ("key", None, True),
    ("key", "Health", False),
    ("key", "a--b", False),
    ("key", "x" * 121, False),
    ("source", ..., False),
    ("source/document", ..., False),
    ("source/sha256", "A" * 64, False),
    ("source/sha256", "a" * 63, False),
    ("source/media type", "application/pdf", True),
    ("source/media type", "pdf", False),
    ("source/media type", None, False),
    ("source/issued", "2026-11-22", True),
    ("source/issued", "22/11/2026", False),
    ("source/issued", "2026-02-30", False),
    ("source/issued", "2026-11-22T00:00:00", False),
    ("source/issued", 0, False),
    ("source/page", "https://example.org/", True),
    ("source/page", "http://example.org/", False),
    ("source/page", "https://example.org/%zz", False),
    ("source/page", "https://example.org/gŵr", True),
    ("source/line", 4, False),
    ("specialisms", [], False),
    ("specialisms", {}, False),
    ("specialisms/0/title", ..., False),
    ("specialisms/0/work", [], True),
    ("specialisms/0/work", ..., True),
    ("specialisms/0/work", None, False),
    ("specialisms/0/work", [{"degree": "Optics"}], False),
    ("specialisms/0/education", [{"degree": "Optics"}], True),
    ("specialisms/0/education", [{"degree": "Optics", "level": 6}], False),
    (f"{OPTION}/level", 1, True),
    (f"{OPTION}/level", 8, True),
    (f"{OPTION}/level", 0, False),
    (f"{OPTION}/level", 9, False),
    (f"{OPTION}/level", "2", False),
    (f"{OPTION}/level", True, False),
    (f"{OPTION}/level", 2.5, False),
    (f"{OPTION}/level", ..., False),
    (f"{OPTION}/flags", [], True),
    (f"{OPTION}/flags", ["accelerated", "under revision"], True),
    (f"{OPTION}/flags", ["Accelerated"], False),
    (f"{OPTION}/flags", "accelerated", False),
    (f"{OPTION}/relevant", "yes", False),
    (f"{OPTION}/relevant", 1, False),
    (f"{OPTION}/line", None, True),
    (f"{OPTION}/line", 0, False),
    (f"{OPTION}/apprenticeship", ..., False),
    (f"{OPTION}/higher technical qualification", "Optics", False),
    (OPTION, {"higher technical qualification": "Optics", "level": 4}, True),
    (OPTION, {"higher technical qualification": "Optics", "level": 4, "relevant": True}, False),
    (OPTION, {}, False),
    (OPTION, "Optics", False),
    ("notes", [{"note": "x"}], True),
    ("notes", [{"line": 4}], False),
]


@pytest.mark.parametrize(("path", "value", "is_good"), BOTH)
def test_schema_and_model_agree(path: str, value: object, is_good: bool) -> None:  # noqa: FBT001 - a column
    document = changed(path, value)

    assert (by_model(document), by_schema(document)) == (is_good, is_good)


@given(strategies.profiles)
@settings(max_examples=100)
def test_the_schema_accepts_every_profile(profile: Profile) -> None:
    assert by_schema(profile.model_dump(mode="json", by_alias=True))


PLACES = [
    *("t level", "key", "source", "source/sha256", "source/issued", "source/media type", "specialisms", "notes"),
    *("specialisms/0", "specialisms/0/title", "specialisms/1/technical", "specialisms/1/technical/3", OPTION),
    *(f"{OPTION}/level", f"{OPTION}/flags", f"{OPTION}/line", f"{OPTION}/apprenticeship", "specialisms/0/work/0"),
    *("specialisms/0/education/0/degree", "notes/0/note", "notes/0/line", "notes/0/wibble"),
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.sampled_from(["", "x", " x", "accelerated", "text/plain", "2026-11-22", "a" * 64, "https://e.org/"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["title", "degree", "occupation", "apprenticeship", "level", "note"]), inner)
    ),
    max_leaves=5,
)


@given(path=st.sampled_from(PLACES), value=VALUES)
@settings(max_examples=500)
def test_schema_and_model_agree_on_any_value_at_any_path(path: str, value: object) -> None:
    document = changed(path, value)

    assert by_schema(document) == by_model(document)
