"""Changes between two versions, in words."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.changes.change import Kind
from tlevel_rdf.changes.comparison import compare, compare_things
from tlevel_rdf.changes.version import Version
from tlevel_rdf.graph import terms
from tlevel_rdf.store.embedded import EmbeddedStore

PREFIXES = f"""
@prefix tlp: <{terms.TLP}> . @prefix skos: <{terms.SKOS}> . @prefix prov: <{terms.PROV}> . @prefix dct: <{terms.DCT}> .
@prefix level: <{terms.LEVEL}> . @prefix e: <https://e.org/> . @prefix p: <https://e.org/graph/profile/> .
@prefix r: <https://e.org/graph/reference/> . @prefix g: <https://e.org/graph/> .
r:labels {{ level:2 skos:prefLabel "Level 2" . level:3 skos:prefLabel "Level 3" .
  <https://e.org/id/source/register> dct:title "Register of 14 August 2026" .
  e:s a tlp:OccupationalSpecialism ; skos:prefLabel "Optical Care Services" . }}
"""
OPTION = """p:a { e:o a tlp:ProgressionOption ;
  skos:prefLabel "Optical Care Services: Dispensing Optician apprenticeship" ; tlp:optionFor e:s ;
  tlp:leadsTo e:d ; prov:wasQuotedFrom <https://e.org/id/source/doc#line=22,23> . }"""


def version(text: str) -> Version:
    return Version("a", EmbeddedStore.of(parse(PREFIXES + text, format=RdfFormat.TRIG)))


def texts(old: str, new: str, *, is_about_source: bool = False) -> list[str]:
    changes = compare(version(old), version(new))
    return [change.text for change in changes if change.is_about_source is is_about_source]


def test_an_option_is_added_to_what_it_is_for_and_removed_from_it() -> None:
    assert texts("", OPTION) == ["Dispensing Optician apprenticeship added to Optical Care Services"]
    assert texts(OPTION, "") == ["Dispensing Optician apprenticeship removed from Optical Care Services"]
    assert texts(OPTION, OPTION) == []


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("tlp:level level:2", "tlp:level level:3", "Optical Assistant: level 2 → 3 (Register of 14 August 2026)"),
        (
            'skos:altLabel "A"',
            'skos:altLabel "A", "B", "C"',
            "Optical Assistant: other name B, C added (Register of 14 August 2026)",
        ),
        (
            "tlp:standardReference 'ST1'",
            "skos:altLabel 'ST1'",
            "Optical Assistant: other name ST1 added (Register of 14 August 2026)",
        ),
        (
            'dct:issued "2026-08-14"^^<http://www.w3.org/2001/XMLSchema#date>',
            'dct:issued "2026-11-14"^^<http://www.w3.org/2001/XMLSchema#date>',
            "Optical Assistant: dct:issued 14 August 2026 → 14 November 2026 (Register of 14 August 2026)",
        ),
    ],
)
def test_a_changed_property_has_its_values_and_its_source(old: str, new: str, text: str) -> None:
    thing = 'r:register {{ e:x a tlp:OccupationalStandard ; skos:prefLabel "Optical Assistant" ; {} . }}'
    text = text.replace("dct:", terms.DCT)
    assert text in texts(thing.format(old), thing.format(new))


def test_two_things_of_one_name_have_their_identifiers() -> None:
    two = (
        '<https://e.org/id/apprenticeship/level-2/x> skos:prefLabel "X" .'
        ' <https://e.org/id/apprenticeship/level-3/x> skos:prefLabel "X" .'
    )
    option = 'r:a {{ e:o a tlp:ProgressionOption ; skos:prefLabel "O" ; tlp:leadsTo <https://e.org/id/{}/x> . {} }}'
    old, new = (option.format(f"apprenticeship/level-{level}", two) for level in (2, 3))
    (text,) = texts(old, new)
    assert "X (apprenticeship/level-2/x) → X (apprenticeship/level-3/x)" in text


def test_another_line_is_a_change_of_the_source_only() -> None:
    moved = OPTION.replace("22,23", "24,25")
    assert texts(OPTION, moved) == []
    [text] = texts(OPTION, moved, is_about_source=True)
    assert text == "Optical Care Services: Dispensing Optician apprenticeship: source line 23 → line 25"


def test_the_same_statement_of_another_source_means_the_same() -> None:
    thing = '{} {{ e:x a tlp:OccupationalStandard ; skos:prefLabel "A" ; tlp:level level:2 . }}'
    old, new = thing.format("r:register"), thing.format("r:newer")
    assert texts(old, new) == []
    assert "A: level has another source" in texts(old, new, is_about_source=True)
    # A value that one of two sources no longer states is still stated.
    assert texts(old + new, new) == []


def test_what_is_inferred_and_about_the_release_is_left_out() -> None:
    for graph in ("g:inferred", "g:catalogue"):
        assert texts("", f"{graph} {{ e:x a tlp:Degree ; skos:prefLabel 'A' . }}") == []


def test_a_thing_with_a_tombstone_is_gone_and_returns_without_it() -> None:
    degree = 'p:a { e:x a tlp:Degree ; skos:prefLabel "Optometry" . }'
    tombstone = 'g:gone { e:x a prov:Entity ; skos:prefLabel "Optometry" ; prov:invalidatedAtTime "2026" . }'
    assert texts(degree, tombstone) == ["Optometry (Degree) removed"]
    assert texts(tombstone, degree) == ["Optometry (Degree) added"]
    assert texts("", tombstone) == texts(tombstone, "") == []


def test_a_dump_without_graphs_is_compared_by_its_triples() -> None:
    old = version(OPTION)
    triples = parse(f"<x:new> a <{terms.TLP}Degree> .", format=RdfFormat.TURTLE)
    new = Version("b", EmbeddedStore.of(triples))
    changes = [*compare(old, new)]
    assert [change.thing for change in changes if change.kind is Kind.ADDED] == ["x:new"]
    assert {change.kind for change in changes} == {Kind.ADDED, Kind.REMOVED}


def test_some_things_have_the_changes_that_they_have_in_the_whole_comparison() -> None:
    thing = 'r:register {{ e:a a tlp:OccupationalStandard ; skos:prefLabel "A" ; tlp:level level:{} . }}'
    old, new = version(OPTION + thing.format(2)), version(thing.format(3) + "p:a { e:x a tlp:Degree . }")
    whole = [*compare(old, new)]
    assert {change.kind for change in whole} == {Kind.ADDED, Kind.REMOVED, Kind.CHANGED}
    things = {change.thing for change in whole}
    assert [*compare_things(old.store, new.store, things)] == whole
    for one in things:
        assert [*compare_things(old.store, new.store, [one])] == [each for each in whole if each.thing == one]
    assert [*compare_things(old.store, new.store, ["x:none"])] == []


def test_batches_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "p:a {" + " ".join(f"e:x{n} a tlp:Degree ; skos:prefLabel 'Degree {n}' ." for n in range(20)) + "}"
    whole = texts("", many)
    monkeypatch.setattr("tlevel_rdf.changes.comparison.MAX_COMPARED_THINGS", 3)
    assert texts("", many) == whole
    assert len(whole) == 20
