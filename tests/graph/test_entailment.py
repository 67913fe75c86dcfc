"""The conclusions are exactly those of an independent OWL 2 RL reasoner."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl import DeductiveClosure
from owlrl.OWLRL import OWLRL_Semantics
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.vocabulary import ontology, rules
from tlevel_rdf.reference.index import ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded

Triple = tuple[str, str, str]

INFERRED = NamedNode("https://example.org/graph/inferred")
ENTAILMENT = Entailment(rules(), INFERRED)
ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


def triple(quad: Quad) -> Triple:
    return str(quad.subject), str(quad.predicate), str(quad.object)


def about_us(triples: Iterable[Triple]) -> set[Triple]:
    """Statements with our properties, and memberships in our classes."""
    ours = f"<{terms.TLP}"
    return {(s, p, o) for s, p, o in triples if p.startswith(ours) or (p == str(terms.TYPE) and o.startswith(ours))}


#: Labels, definitions and the like, from which nothing follows. Without them, owlrl takes half the time.
ANNOTATIONS = (terms.SKOS, terms.DCT, f"{terms.RDFS}label", f"{terms.RDFS}comment")


def reasoned(quads: Iterable[Quad]) -> rdflib.Graph:
    """The closure of the axioms of the ontology and these statements, by owlrl."""
    graph = rdflib.Graph()
    axioms = [quad for quad in ontology() if not quad.predicate.value.startswith(ANNOTATIONS)]
    lines = [f"{' '.join(triple(quad))} ." for quad in [*axioms, *quads]]
    graph.parse(data="\n".join(lines), format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)  # type: ignore[no-untyped-call]  # owlrl has no types
    return graph


def statements(graph: rdflib.Graph) -> set[Triple]:
    named = [t for t in graph if isinstance(t[0], rdflib.URIRef) and not isinstance(t[2], rdflib.BNode)]
    return about_us((s.n3(), p.n3(), o.n3()) for s, p, o in named)


def closure(quads: Iterable[Quad]) -> set[Triple]:
    return statements(reasoned(quads))


def errors(graph: rdflib.Graph) -> list[str]:
    return [str(message) for message in graph.subjects(rdflib.RDF.type, ERROR)]


@cache
def in_vocabulary() -> frozenset[Triple]:
    return frozenset(closure([]))


def quad(subject: str, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(f"https://example.org/{subject}"), predicate, value)


def node(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


@pytest.mark.parametrize(
    "quads",
    [
        [quad("a", terms.TYPE, terms.APPRENTICESHIP), quad("a", terms.TYPE, terms.OCCUPATION)],
        [quad("a", terms.TYPE, terms.T_LEVEL), quad("a", terms.TYPE, terms.DEGREE)],
        [quad("a", terms.BYPASSES, node("b")), quad("b", terms.TYPE, terms.OCCUPATION)],
        [quad("a", terms.DESCRIBES, node("b")), quad("b", terms.TYPE, terms.OCCUPATIONAL_SPECIALISM)],
    ],
    ids=["apprenticeship and job", "T Level and degree", "a job bypassed", "a profile of a specialism"],
)
def test_a_contradiction_is_found(quads: list[Quad]) -> None:
    assert errors(reasoned(quads))


def test_a_profile_by_itself_is_closed_as_by_the_reasoner(
    healthcare_science: Loaded[Profile], ids: Identifiers
) -> None:
    stated = describe(healthcare_science, ReferenceIndex(), ids).quads

    assert about_us(map(triple, [*stated, *ENTAILMENT.infer(stated)])) == closure(stated) - in_vocabulary()


def test_the_shipped_profile_and_reference_data_are_consistent_and_closed_as_by_the_reasoner(
    small_corpus: Corpus,
) -> None:
    """Conclusions come from the reference data, from the profile, and from the profile against the reference data."""
    vocabulary = small_corpus.ids.graph("vocabulary")
    quads = [q for q in small_corpus.quads() if q.graph_name != vocabulary]
    asserted = [q for q in quads if q.graph_name != small_corpus.ids.graph("inferred")]
    graph = reasoned(asserted)

    assert about_us(map(triple, quads)) - in_vocabulary() == statements(graph) - in_vocabulary()
    assert errors(graph) == []


def test_shortcuts_leave_out_what_is_bypassed(description: Description) -> None:
    drawn = {triple(q) for q in ENTAILMENT.infer(description.quads)}
    open_ones = {o for _, p, o in drawn if p == str(terms.PROGRESSES_TO)}
    covered = {o for _, p, o in drawn if p == str(terms.COVERS_CONTENT_OF)}

    assert sum(p == str(terms.PROGRESSES_TO) for _, p, _ in drawn) == 24
    assert len(covered) == 2
    assert open_ones.isdisjoint(covered)


def test_the_relevant_occupation_follows_from_the_standard(corpus: Corpus) -> None:
    relevant = {o for _, p, o in map(triple, corpus.quads()) if p == str(terms.RELEVANT_OCCUPATION)}

    assert relevant == {
        "<https://w3id.org/tlevel/id/occupation/healthcare-science-assistant>",
        "<https://w3id.org/tlevel/id/occupation/OCC0218>",
        "<https://w3id.org/tlevel/id/occupation/optical-assistant>",
    }


def test_conclusions_stand_in_their_own_graph_once(description: Description) -> None:
    drawn = ENTAILMENT.infer(description.quads)

    assert {q.graph_name for q in drawn} == {INFERRED}
    assert len(set(drawn)) == len(drawn)
    assert {triple(q) for q in drawn}.isdisjoint(map(triple, description.quads))


def test_what_has_been_closed_yields_nothing_more(description: Description) -> None:
    closed = [*description.quads, *ENTAILMENT.infer(description.quads)]

    assert ENTAILMENT.infer(closed) == ()


def test_nothing_follows_from_nothing() -> None:
    assert ENTAILMENT.infer([]) == ()


@pytest.mark.parametrize("value", [Literal("x"), BlankNode("b")])
def test_values_that_are_no_iris_do_no_harm(value: Literal | BlankNode) -> None:
    quads = [Quad(node("a"), terms.OPTION_FOR, value), Quad(node("a"), terms.TYPE, value)]

    assert all(not isinstance(q.subject, Literal) for q in ENTAILMENT.infer(quads))


PROPERTIES = sorted(
    {*rules().super_properties, *rules().inverses, *(prop for chain in rules().chains for prop in chain)}, key=str
)
#: Domains and ranges are for people here: data is typed where it is made, and a rule sees to that.
random_quads = st.lists(
    st.builds(quad, st.sampled_from("abc"), st.sampled_from(PROPERTIES), st.sampled_from([*map(node, "abc")])),
    max_size=8,
)


@pytest.mark.no_cover
@given(random_quads, random_quads)
@settings(max_examples=15)
def test_any_statements_are_closed_as_by_the_reasoner_types_apart(background: list[Quad], quads: list[Quad]) -> None:
    drawn = [*ENTAILMENT.with_background(background).infer(quads), *ENTAILMENT.infer(background)]
    together = [*background, *quads]

    ours = {t for t in about_us(map(triple, [*together, *drawn])) if t[1] != str(terms.TYPE)}
    theirs = {t for t in closure(together) - in_vocabulary() if t[1] != str(terms.TYPE)}

    # A thing whose type follows from a range is a T Level, which has level 3: the one place where types matter.
    assert {t for t in theirs if t[1] != str(terms.LEVEL_PROPERTY)} == ours
