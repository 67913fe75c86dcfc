"""A profile and its YAML say the same, both ways."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from pydantic import ValidationError
from pyoxigraph import NamedNode

from tlevel_rdf.profiles.model import (
    ApprenticeshipOption,
    DegreeOption,
    Flag,
    HtqOption,
    Kind,
    Note,
    OccupationOption,
    Option,
    Profile,
    Source,
)
from tlevel_rdf.profiles.template import profile_template
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

from . import strategies

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(text: str) -> Profile:
    return parse(text.encode(), "p.yaml", Profile).value


def strings(value: object) -> Iterator[str]:
    """Every string within a value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def test_the_shipped_profile_is_written_as_it_stands(shipped_text: str, shipped_profile: Profile) -> None:
    comments = [line.removeprefix("#").removeprefix(" ") for line in shipped_text.splitlines() if line[:1] == "#"]

    assert profile_to_yaml(shipped_profile, comments=comments) == shipped_text


def test_without_comments_the_file_begins_with_the_t_level(shipped_text: str, shipped_profile: Profile) -> None:
    assert profile_to_yaml(shipped_profile) == shipped_text[shipped_text.index("t level:") :]


@given(strategies.profiles)
@settings(derandomize=True, deadline=None, max_examples=300)
def test_what_is_written_reads_back_as_the_same_profile(profile: Profile) -> None:
    assert read(profile_to_yaml(profile)) == profile


@given(strategies.profiles)
@settings(derandomize=True, deadline=None, max_examples=300)
def test_a_reader_of_yaml_1_1_sees_the_same_text(profile: Profile) -> None:
    written = profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    assert list(strings(sorted_keys(pyyaml.safe_load(profile_to_yaml(profile))))) == list(strings(sorted_keys(written)))


def sorted_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [sorted_keys(item) for item in value]
    return value


@given(strategies.profiles)
@settings(derandomize=True, deadline=None, max_examples=50)
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
def test_quotation_marks_stand_only_where_a_reader_needs_them(title: str, written: str) -> None:
    profile = Profile.model_validate(
        {
            "t level": title,
            "source": {"document": "a.txt", "sha256": "a" * 64},
            "specialisms": [{"title": "Optics"}],
        }
    )

    assert profile_to_yaml(profile).splitlines()[0] == f"t level: {written}"


def test_everything_a_profile_can_say_has_its_place() -> None:
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
        line: 2
        page: https://example.org/nurse
        mapping: https://example.org/map
        key: nurse

  - title: Midwifery

notes:
  - note: {"A long note " * 20}ends.
"""
    assert profile_to_yaml(read(text), comments=["One"]) == text


@pytest.mark.parametrize("title", ["Legal Services", "no", "a: b", " Legal\n  Services ", "x\ny: z", "It's"])
def test_an_empty_profile_only_wants_filling_in(title: str) -> None:
    empty = profile_template(title)
    filled = re.sub(
        r"(document|title|[a-z]+ship|qualification|degree|occupation|note|section):(?=  #|\n)", r"\1: X", empty
    )
    filled = re.sub(r"(level|line):(?=  #|\n)", r"\1: 4", filled).replace("sha256:", f"sha256: {'a' * 64}")

    assert read(filled).t_level == " ".join(title.split())


def test_an_empty_profile_shows_every_flag_and_kind() -> None:
    empty = profile_template("Health")

    assert [word for word in (*Flag, *Kind) if word not in empty] == []


@pytest.mark.parametrize(
    ("option", "kind", "level", "is_relevant"),
    [
        ({"apprenticeship": "A", "level": 2, "relevant": True}, Kind.APPRENTICESHIP, 2, True),
        ({"apprenticeship": "A", "level": 2}, Kind.APPRENTICESHIP, 2, False),
        ({"higher technical qualification": "A", "level": 4}, Kind.HTQ, 4, False),
        ({"degree": "A"}, Kind.DEGREE, None, False),
        ({"occupation": "A"}, Kind.OCCUPATION, None, False),
    ],
)
def test_an_option_knows_its_kind_and_level(
    option: dict[str, object],
    kind: Kind,
    level: int | None,
    is_relevant: bool,  # noqa: FBT001 - a column of the table
) -> None:
    models: dict[Kind, type[Option]] = {
        Kind.APPRENTICESHIP: ApprenticeshipOption,
        Kind.HTQ: HtqOption,
        Kind.DEGREE: DegreeOption,
        Kind.OCCUPATION: OccupationOption,
    }
    value = models[kind].model_validate(option)

    assert (value.kind, value.title, value.level_number, value.is_relevant) == (kind, "A", level, is_relevant)


def test_a_value_cannot_be_changed(shipped_profile: Profile) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(shipped_profile, "t_level", "Health")  # noqa: B010 - the type checker forbids it, too


def test_a_legend_has_four_flags() -> None:
    assert [str(flag) for flag in Flag] == ["accelerated", "not applicable", "in development", "under revision"]


SOURCE = {"document": "a.txt", "sha256": "a" * 64}


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), "2026-11-22"])
def test_a_day_may_be_a_date_or_its_text(day: object) -> None:
    assert Source.model_validate(SOURCE | {"issued": day}).issued == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "day",
    [
        0,
        86400,
        "86400",
        "20261122",
        "2026-W47-7",
        "2026-11-22\n",
        "٢٠٢٦-11-22",
        dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    ],
)
def test_a_day_is_nothing_else(day: object) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(SOURCE | {"issued": day})


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://e.org",
            "https://e.org/",
            "https://e.org:8443/a/b.html?c=d&e=f#g",
            "https://a-b.e.org/%20/'(x)*;,:@",
        ),
        *("https://e.org?x", "https://e.org#x", "https://e.org/iechyd/gŵr", "https://192.0.2.1/x"),
    ],
)
def test_an_address_is_an_iri(address: str) -> None:
    assert Source.model_validate(SOURCE | {"page": address}).page == NamedNode(address).value


@pytest.mark.parametrize(
    "address",
    [
        *("", "#", "e.org", "http://e.org/", "ftp://e.org/", "HTTPS://e.org/", "https://", "https:///a", "https:e.org"),
        *("https://e.org/a b", "https://e.org/<a>", "https://e.org/%", "https://e.org/%zz", "https://e.org/#a#b"),
        *("https://[::1]/", "https://[::1", "https://e.org:port/", "https://a@e.org/", "https://-e.org/", "https://./"),
        *(
            "https://e.org/\n",
            "https://e.org/[a]",
            "https://e.org/\ue000",
            "https://e.org/\u00a0",
            "javascript:alert(1)",
        ),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(SOURCE | {"page": address})


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " a",
        "a ",
        "a\n",
        "a\nb",
        "a\tb",
        "\0",
        "a\x85b",
        "a\u2028b",
        "\ufeffa",
        "\ud800",
        "a\u200bb",
        "a\u00adb",
        "a\u202eb",
    ],
)
def test_text_is_one_line_that_everybody_sees(text: str) -> None:
    with pytest.raises(ValidationError):
        Note.model_validate({"note": text})
