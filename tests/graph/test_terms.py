"""The terms of the code, the ontology and its concept schemes are the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.vocabulary import ontology, rules
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.profiles.kinds import MODES, Flag

STATEMENTS = [(quad.subject, quad.predicate.value, quad.object) for quad in ontology()]


def of_type(*kinds: str) -> set[str]:
    return {str(s) for s, p, o in STATEMENTS if p == terms.TYPE.value and str(o) in {f"<{kind}>" for kind in kinds}}


def ours(found: set[str]) -> set[str]:
    return {term for term in found if term.startswith(f"<{terms.TLP}")}


CLASSES = ours(of_type(f"{terms.OWL}Class"))
PROPERTIES = ours(of_type(f"{terms.OWL}ObjectProperty", f"{terms.OWL}DatatypeProperty"))
SCHEMES = of_type(terms.CONCEPT_SCHEME.value)
CONCEPTS = of_type(terms.CONCEPT.value)
COLLECTIONS = of_type(f"{terms.SKOS}Collection")


def in_code(namespace: str) -> set[str]:
    """Every term of a namespace that `terms.py` names."""
    named = [value for value in vars(terms).values() if isinstance(value, NamedNode)]
    named += [*terms.STATUS_OF.values(), *map(terms.level, range(1, 9)), *map(terms.mode, MODES)]
    named += [*terms.WORDING_OF.values(), *terms.READINESS_OF.values(), *terms.REGISTER_STATUS_OF.values()]
    return {str(term) for term in named if term.value.startswith(namespace)}


def english(subject: str, predicate: str) -> list[str]:
    return [
        o.value
        for s, p, o in STATEMENTS
        if str(s) == subject and p == predicate and isinstance(o, Literal) and o.language == "en"
    ]


def test_there_are_20_classes() -> None:
    assert len(CLASSES) == 20


def test_the_code_and_the_ontology_have_the_same_terms() -> None:
    assert in_code(terms.TLP) == CLASSES | PROPERTIES


@pytest.mark.parametrize(
    "namespace",
    [terms.LEVEL, terms.STATUS, terms.MODE, terms.WORDING, terms.READINESS, terms.REGISTER_STATUS],
)
def test_the_code_and_the_schemes_have_the_same_concepts(namespace: str) -> None:
    assert in_code(namespace) == {concept for concept in CONCEPTS if concept.startswith(f"<{namespace}")}


def test_every_iri_of_ours_in_the_ontology_is_declared_there() -> None:
    schemes = {str(terms.ROUTE_SCHEME), str(terms.SOC2020_SCHEME)}
    files = {f"<{DEFINITIONS}progression>", *(f"<{DEFINITIONS}progression/1.{n}.0>" for n in (0, 1))}
    used = {
        str(t) for statement in STATEMENTS for t in (statement[0], statement[2]) if str(t).startswith(f"<{DEFINITIONS}")
    }
    used |= {f"<{p}>" for _, p, _ in STATEMENTS if p.startswith(DEFINITIONS)}

    assert used - files - schemes == CLASSES | PROPERTIES | SCHEMES | CONCEPTS | COLLECTIONS


@pytest.mark.parametrize("term", sorted(CLASSES | PROPERTIES))
@pytest.mark.parametrize("annotation", [f"{terms.RDFS}label", f"{terms.SKOS}definition", f"{terms.SKOS}example"])
def test_every_term_is_named_defined_and_shown_in_english(term: str, annotation: str) -> None:
    assert len(english(term, annotation)) == 1


@pytest.mark.parametrize("concept", sorted(CONCEPTS))
@pytest.mark.parametrize("annotation", [terms.PREF_LABEL.value, f"{terms.SKOS}definition"])
def test_every_concept_is_named_and_defined_in_english(concept: str, annotation: str) -> None:
    assert len(english(concept, annotation)) == 1


@pytest.mark.parametrize("concept", sorted(CONCEPTS))
def test_every_concept_is_in_one_scheme(concept: str) -> None:
    schemes = [str(o) for s, p, o in STATEMENTS if str(s) == concept and p == terms.IN_SCHEME.value]

    assert len(schemes) == 1
    assert schemes[0] in SCHEMES


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_every_scheme_is_named_and_described(scheme: str) -> None:
    assert len(english(scheme, terms.PREF_LABEL.value)) == 1
    assert len(english(scheme, terms.DESCRIPTION.value)) == 1


@pytest.mark.parametrize("number", range(1, 9))
def test_every_level_has_its_number(number: int) -> None:
    numbers = [o for s, p, o in STATEMENTS if s == terms.level(number) and p == terms.LEVEL_NUMBER.value]

    assert numbers == [Literal(str(number), datatype=NamedNode(f"{terms.XSD}integer"))]


def test_every_flag_is_in_one_of_the_two_collections() -> None:
    found = [str(o) for s, p, o in STATEMENTS if str(s) in COLLECTIONS and p == f"{terms.SKOS}member"]

    assert sorted(found) == sorted(str(terms.STATUS_OF[flag]) for flag in Flag)


def test_the_status_of_a_flag_is_its_words_joined() -> None:
    assert terms.STATUS_OF[Flag.NOT_APPLICABLE].value == f"{terms.STATUS}not-applicable"


def test_the_label_of_a_register_status_is_what_the_register_prints() -> None:
    assert {iri.value: printed for printed, iri in terms.REGISTER_STATUS_OF.items()} == {
        str(s).strip("<>"): o.value
        for s, p, o in STATEMENTS
        if p == terms.PREF_LABEL.value and str(s).startswith(f"<{terms.REGISTER_STATUS}") and isinstance(o, Literal)
    }


def test_every_chain_inverse_and_super_property_is_among_the_rules() -> None:
    found = rules()

    assert {(str(a.value), b.value, c.value) for a, b, c in found.chains} == {
        tuple(terms.TLP + name for name in chain)
        for chain in [
            ("hasOption", "leadsTo", "progressesTo"),
            ("hasOption", "bypasses", "coversContentOf"),
            ("basedOn", "forOccupation", "trainsFor"),
            ("relevantApprenticeship", "trainsFor", "relevantOccupation"),
        ]
    }
    assert found.super_properties[terms.LEADS_TO] == found.super_properties[terms.BYPASSES] == (terms.TARGET,)
    assert found.inverses[terms.HAS_OPTION] == (terms.OPTION_FOR,)
    assert found.inverses[terms.OPTION_FOR] == (terms.HAS_OPTION,)
    assert found.inverses[terms.SHOWN_WITH] == (terms.SHOWN_WITH,)
    assert found.values[terms.T_LEVEL] == ((terms.LEVEL_PROPERTY, terms.level(3)),)
    assert set(found.superclasses[terms.HTQ]) == {terms.DESTINATION, terms.QUALIFICATION}


def test_no_prefix_stands_for_two_namespaces_or_two_for_one() -> None:
    assert len(set(terms.PREFIXES.values())) == len(terms.PREFIXES)


@pytest.mark.parametrize(
    "folder", sorted({path.name for path in Path(terms.__file__).parents[1].iterdir() if path.is_dir()})
)
def test_no_other_module_writes_a_namespace_of_ours(folder: str) -> None:
    """One place per decision: an IRI of the vocabulary is spelt in `namespaces.py` and `terms.py`."""
    files = (Path(terms.__file__).parents[1] / folder).rglob("*.py")
    spelt = [file.name for file in files if DEFINITIONS in file.read_text(encoding="utf-8")]

    assert spelt == []
