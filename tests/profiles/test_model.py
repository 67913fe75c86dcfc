"""The values that the model of a profile accepts."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError
from pyoxigraph import NamedNode

from tlevel_rdf.profiles.kinds import Flag, Kind
from tlevel_rdf.profiles.model import (
    ApprenticeshipOption,
    DegreeOption,
    HtqOption,
    Note,
    OccupationOption,
    Option,
    Profile,
    Source,
)


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
def test_an_option_has_its_kind_and_level(
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
def test_a_day_is_a_date_or_its_text(day: object) -> None:
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
def test_other_values_are_not_a_day(day: object) -> None:
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
def test_other_text_is_not_an_address(address: str) -> None:
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
def test_text_with_line_breaks_or_invisible_characters_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Note.model_validate({"note": text})
