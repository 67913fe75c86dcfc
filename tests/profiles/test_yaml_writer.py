"""YAML that is written reads back as the same profile, and looks like a hand-written file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml as pyyaml
from hypothesis import given

from tests.fuzzing import fuzz
from tlevel_rdf.profiles.model import (
    Profile,
)
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

from . import strategies

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(text: str) -> Profile:
    return parse(text.encode(), "p.yaml", Profile).value


def strings(value: object) -> Iterator[str]:
    """Yield every string within a value, except keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def test_the_shipped_profile_is_written_back_unchanged(shipped_text: str, shipped_profile: Profile) -> None:
    comments = [line.removeprefix("#").removeprefix(" ") for line in shipped_text.splitlines() if line[:1] == "#"]

    assert profile_to_yaml(shipped_profile, comments=comments) == shipped_text


def test_without_comments_the_file_begins_with_the_t_level(shipped_text: str, shipped_profile: Profile) -> None:
    assert profile_to_yaml(shipped_profile) == shipped_text[shipped_text.index("t level:") :]


@given(strategies.profiles)
@pytest.mark.no_cover
@fuzz(100)
def test_a_written_profile_reads_back_equal(profile: Profile) -> None:
    assert read(profile_to_yaml(profile)) == profile


@given(strategies.profiles)
@pytest.mark.no_cover
@fuzz(100)
def test_a_parser_of_yaml_1_1_reads_the_same_text(profile: Profile) -> None:
    written = profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    assert list(strings(sorted_keys(pyyaml.safe_load(profile_to_yaml(profile))))) == list(strings(sorted_keys(written)))


def sorted_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [sorted_keys(item) for item in value]
    return value


@given(strategies.profiles)
@fuzz(50)
def test_writing_twice_changes_nothing(profile: Profile) -> None:
    assert profile_to_yaml(read(profile_to_yaml(profile))) == profile_to_yaml(profile)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Optometry", "Optometry"),
        ("Investment Analyst & Administrator", "Investment Analyst & Administrator"),
        ("Financial Compliance / Risk Analyst", "Financial Compliance / Risk Analyst"),
        ("Women's Health", "Women's Health"),
        ("Health, Science", "Health, Science"),
        ("C#", "C#"),
        ("a:b", "a:b"),
        ("Gŵr tŷ", "Gŵr tŷ"),
        ("-x", "-x"),
        ("no", "'no'"),
        ("y", "'y'"),
        ("012", "'012'"),
        ("0o14", "'0o14'"),
        ("0x1F", "'0x1F'"),
        ("1e5", "'1e5'"),
        ("1:30", "'1:30'"),
        ("1_000", "'1_000'"),
        ("2026-11-22", "'2026-11-22'"),
        ("- x", "'- x'"),
        ("a: b", "'a: b'"),
        ("a:", "'a:'"),
        ("#x", "'#x'"),
        ("a #x", "'a #x'"),
        ("'x'", "'''x'''"),
        ('"x"', "'\"x\"'"),
        ("[x]", "'[x]'"),
        ("=", "'='"),
    ],
)
def test_a_title_is_quoted_only_if_a_parser_needs_it(title: str, written: str) -> None:
    profile = Profile.model_validate(
        {
            "t level": title,
            "source": {"document": "a.txt", "sha256": "a" * 64},
            "specialisms": [{"title": "Optics"}],
        }
    )

    assert profile_to_yaml(profile).splitlines()[0] == f"t level: {written}"


def test_every_field_is_written_in_its_order() -> None:
    text = f"""\
# One

t level: Health
key: health

source:
  document: a.pdf
  sha256: {"a" * 64}
  media type: application/pdf
  section: 7c
  issued: '2026-11-22'
  licence: https://example.org/licence
  page: https://example.org/a.pdf
  key: a

specialisms:
  - title: Nursing
    line: 1
    key: nurses
    technical:
      - apprenticeship: Nurse
        level: 6
        relevant: true
        flags: [accelerated, under revision]
        wording: may include
        readiness: directly
        line: 2
        page: https://example.org/nurse
        mapping: https://example.org/map
        key: nurse

  - title: Midwifery

notes:
  - note: {"A long note " * 20}ends.
"""
    assert profile_to_yaml(read(text), comments=["One"]) == text
