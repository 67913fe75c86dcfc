"""Values of parameters in any case, and suggestions for those that the data does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.errors import SettingError
from tlevel_rdf.graph import terms
from tlevel_rdf.store import known_values
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.example_queries import example_query
from tlevel_rdf.store.known_values import UnknownValue, resolve_values, suggestions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.store.base import Store

AFTER = "options-after-specialism"
SPELT = {
    "specialism in lower case": (AFTER, "specialism", "optical care services", "Optical Care Services"),
    "specialism in capitals": (AFTER, "specialism", "OPTICAL CARE SERVICES", "Optical Care Services"),
    "specialism with spaces": (AFTER, "specialism", "  Optical  care services ", "Optical Care Services"),
    "specialism as it is": (AFTER, "specialism", "Optical Care Services", "Optical Care Services"),
    "T Level": ("degrees-after-t-level", "t_level", "healthcare science", "Healthcare Science"),
    "occupation": ("what-leads-to-occupation", "occupation", "dispensing OPTICIAN", "Dispensing Optician"),
    "code of a standard": ("standards-that-follow", "code", "st0220", "ST0220"),
    "code of an occupation": ("what-has-this-code", "code", "occ0774", "OCC0774"),
    "part of a job": ("t-levels-for-job", "job", "OPTICIAN", "OPTICIAN"),
    "number": ("levels-without-options", "lowest", "4", "4"),
}


@pytest.mark.parametrize("name", SPELT)
def test_a_value_becomes_the_spelling_of_the_data(name: str, corpus_store: Store) -> None:
    query, parameter, given, expected = SPELT[name]
    values, unknown = resolve_values(corpus_store, example_query(query), {parameter: [given]})
    # The data may have several spellings, such as those of a profile and of a register.
    assert expected in values[parameter]
    assert {value.casefold() for value in values[parameter]} == {expected.casefold()}
    assert unknown == []


@pytest.mark.parametrize("given", ["Old Optics", "OLD  optics"])
def test_the_old_title_of_a_renamed_thing_becomes_its_title(given: str) -> None:
    store = EmbeddedStore.of(
        parse(
            f"""<x:s> a {terms.OCCUPATIONAL_SPECIALISM} ; {terms.PREF_LABEL} "New Optics"@en ;
              {terms.ALT_LABEL} "Old Optics"@en . <x:o> a {terms.OCCUPATION} ; {terms.PREF_LABEL} "Old Optics" .""",
            format=RdfFormat.TURTLE,
        )
    )
    assert resolve_values(store, example_query(AFTER), {"specialism": [given]}) == ({"specialism": ("New Optics",)}, [])


UNKNOWN = {
    "a typing error": (AFTER, "specialism", "optical care servces", "Optical Care Services"),
    "a part": ("degrees-after-t-level", "t_level", "healthcare", "Healthcare Science"),
    "an occupation": ("what-leads-to-occupation", "occupation", "Dispensing Optican", "Dispensing Optician"),
    "a job": ("t-levels-for-job", "job", "dispensing optican", "Dispensing optician"),
    "a code": ("what-has-this-code", "code", "OCC07745", "OCC0774"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_value_is_kept_and_reported_with_the_nearest(name: str, corpus_store: Store) -> None:
    query, parameter, given, nearest = UNKNOWN[name]
    values, [unknown] = resolve_values(corpus_store, example_query(query), {parameter: [given]})
    assert list(values[parameter]) == [given]
    assert (unknown.parameter, unknown.value) == (parameter, given)
    assert nearest.casefold() in [near.casefold() for near in unknown.near]
    assert len(unknown.near) <= 3


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"new": ["2026-11-22-5f9593241a63"]}, "new: “2026-11-22-5f9593241a63” is not in the data."),
        ({"old": ["/releases/none/"], "new": ["/graph/profile/"]}, "old: “/releases/none/” is not in the data."),
        ({"old": ["/graph/profile/", "zz"]}, "old: “zz” is not in the data."),
    ],
)
def test_a_version_that_the_data_does_not_have_is_refused(
    given: Mapping[str, Sequence[str]], message: str, corpus_store: Store
) -> None:
    with pytest.raises(SettingError, match=re.escape(message)):
        resolve_values(corpus_store, example_query("what-changed"), given)


def test_the_default_versions_need_not_be_in_the_data(corpus_store: Store) -> None:
    query = example_query("what-changed")
    given = {one.name: [term.value for term in one.defaults] for one in query.parameters}
    assert resolve_values(corpus_store, query, given) == ({name: (value,) for name, [value] in given.items()}, [])
    assert resolve_values(corpus_store, query, {}) == ({}, [])


def test_several_values_are_resolved_one_by_one(corpus_store: Store) -> None:
    given: Mapping[str, Sequence[str]] = {"code": ["st0220", "ST0220", "zzz", "St0530"]}
    values, unknown = resolve_values(corpus_store, example_query("standards-that-follow"), given)
    assert values == {"code": ("ST0220", "zzz", "ST0530")}
    assert unknown == [UnknownValue("code", "zzz", ())]


def test_a_hostile_value_is_only_a_value(corpus_store: Store) -> None:
    for value in ('") } #', "\\", "\n", '"', "ŵ" * 200, ""):
        values, unknown = resolve_values(corpus_store, example_query(AFTER), {"specialism": [value] if value else []})
        assert list(values["specialism"]) == ([value] if value else [])
        assert [one.value for one in unknown] == ([value] if value else [])


def test_data_without_any_value_reports_none() -> None:
    values, unknown = resolve_values(EmbeddedStore.of([]), example_query(AFTER), {"specialism": ["x"]})
    assert (values, unknown) == ({"specialism": ("x",)}, [])


def test_an_unknown_value_is_a_sentence() -> None:
    assert str(UnknownValue("code", "a", ())) == "“a” is not in the data."
    assert str(UnknownValue("code", "a", ("b", "c"))) == "“a” is not in the data. Did you mean “b” or “c”?"


def test_a_parameter_has_suggestions_unless_there_are_too_many(
    corpus_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = suggestions(corpus_store, "t_level")
    assert len(names) == 27
    assert list(names) == sorted(names)
    assert suggestions(corpus_store, "level") == ()
    monkeypatch.setattr(known_values, "MAX_SUGGESTIONS", 26)
    assert suggestions(corpus_store, "t_level") == ()
