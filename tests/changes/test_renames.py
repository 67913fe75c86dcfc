"""Things that have another identifier, found by their codes."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.renames import find_renames
from tlevel_rdf.changes.version import Version
from tlevel_rdf.graph import terms
from tlevel_rdf.store.embedded import EmbeddedStore

PREFIXES = f"""
@prefix tlp: <{terms.TLP}> . @prefix skos: <{terms.SKOS}> . @prefix prov: <{terms.PROV}> . @prefix e: <https://e.org/> .
"""
SPECIALISM = 'e:{0} a tlp:OccupationalSpecialism ; skos:prefLabel "{0}" ; tlp:referenceCode "{1}" .'


def store(text: str) -> EmbeddedStore:
    return EmbeddedStore.of(parse(PREFIXES + text, format=RdfFormat.TURTLE))


def texts(old: str, new: str, *, is_about_source: bool = False) -> list[str]:
    changes = compare(Version("old", store(old)), Version("new", store(new)))
    return [change.text for change in changes if change.is_about_source is is_about_source]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SPECIALISM.format("a", 1), SPECIALISM.format("b", 1), {"a": "b"}),
        # Another code, and the same code of another class, are other things.
        (SPECIALISM.format("a", 1), SPECIALISM.format("b", 2), {}),
        (SPECIALISM.format("a", 1), 'e:b a tlp:Degree ; tlp:referenceCode "1" .', {}),
        # Two things have the code now, or had it: nobody knows which is which.
        (SPECIALISM.format("a", 1), SPECIALISM.format("b", 1) + SPECIALISM.format("c", 1), {}),
        (SPECIALISM.format("a", 1) + SPECIALISM.format("c", 1), SPECIALISM.format("b", 1), {}),
        # A thing that both versions describe stays itself.
        (SPECIALISM.format("a", 1), SPECIALISM.format("a", 1) + SPECIALISM.format("b", 1), {}),
        (SPECIALISM.format("a", 1) + SPECIALISM.format("b", 1), SPECIALISM.format("b", 1), {}),
        # A tombstone describes nothing.
        (
            SPECIALISM.format("a", 1),
            SPECIALISM.format("b", 1) + 'e:a a prov:Entity ; prov:invalidatedAtTime "2026" .',
            {"a": "b"},
        ),
        # A T Level has the number of its qualification.
        (
            "e:a a tlp:TLevel . e:q tlp:qualificationOf e:a .",
            "e:b a tlp:TLevel . e:q tlp:qualificationOf e:b .",
            {"a": "b"},
        ),
        # A code longer than any of a register.
        (SPECIALISM.format("a", "1" * 101), SPECIALISM.format("b", "1" * 101), {}),
        (SPECIALISM.format("a", '\\" } #'), SPECIALISM.format("b", '\\" } #'), {"a": "b"}),
    ],
)
def test_a_thing_has_become_another_if_only_they_share_a_code(old: str, new: str, expected: dict[str, str]) -> None:
    pairs = {f"https://e.org/{one}": f"https://e.org/{other}" for one, other in expected.items()}
    before, after = store(old), store(new)
    assert find_renames(["https://e.org/a"], before, after) == pairs
    back = {other: one for one, other in pairs.items()}
    assert find_renames(["https://e.org/b"], after, before) == back


def test_a_renamed_thing_is_one_line_and_what_refers_to_it_follows() -> None:
    level = f"; tlp:level <{terms.LEVEL}{{}}> ."
    level += ' e:x a tlp:LearningAim ; skos:prefLabel "X" ; tlp:aimOf e:{} .'
    old = SPECIALISM.format("a", 1).removesuffix(".") + level.format(2, "a")
    new = SPECIALISM.format("b", 1).removesuffix(".") + level.format(3, "b")
    [renamed, changed] = texts(old, new)
    assert renamed == "a (Occupational specialism) renamed to b, with another identifier"
    assert changed.startswith("b: level ")
    assert [text[:2] for text in texts(old, new, is_about_source=True)] == ["X:"]


def test_a_thing_that_only_has_another_identifier_says_so() -> None:
    same = SPECIALISM.replace('"{0}"', '"Same"')
    assert texts(same.format("a", 1), same.format("b", 1)) == ["Same (Occupational specialism) has another identifier"]


def test_a_title_that_becomes_another_name_is_a_part_of_the_renaming() -> None:
    thing = 'e:a a tlp:Occupation ; skos:prefLabel "{}" ; skos:altLabel {} .'
    old, new = thing.format("Optician", '"Eye doctor"'), thing.format("Glazier", '"Eye doctor", "Optician"')
    assert texts(old, new) == ["Optician (Occupation) renamed to Glazier"]
    assert texts(new, old) == ["Glazier (Occupation) renamed to Optician"]
    other = thing.format("Glazier", '"Spectacle maker", "Optician"')
    assert texts(old, other) == [
        "Glazier: other name Eye doctor → Spectacle maker",
        "Optician (Occupation) renamed to Glazier",
    ]


def test_the_title_of_an_option_follows_from_those_it_is_made_of() -> None:
    option = 'e:o a tlp:ProgressionOption ; skos:prefLabel "{}: degree in X" .'
    old, new = option.format("Optics"), option.format("Sight")
    assert texts(old, new) == []
    [text] = texts(old, new, is_about_source=True)
    assert "title Optics: degree in X → Sight: degree in X" in text
