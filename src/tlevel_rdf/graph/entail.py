"""What follows from the quads by the ontology, in `graph/inferred`.

The rules are read from the ontology itself, so there is nothing to keep in step: sub-properties (OWL 2 RL rule
prp-spo1), property chains (prp-spo2), inverses (prp-inv1, prp-inv2), subclasses (cax-sco) and fixed values
(cls-hv1), for our own terms. A test holds the outcome against owlrl, an independent reasoner.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, NamedNode, Term]


@dataclass(frozen=True)
class Rules:
    """The rules of an ontology about its own terms.

    Attributes:
        supers: property → its super-properties.
        inverses: property → its inverses.
        chains: (first, second, shortcut): what `first` then `second` reach, `shortcut` reaches.
        classes: class → its superclasses.
        values: class → (property, value) that each member has.
    """

    supers: dict[NamedNode, tuple[NamedNode, ...]]
    inverses: dict[NamedNode, tuple[NamedNode, ...]]
    chains: tuple[tuple[NamedNode, NamedNode, NamedNode], ...]
    classes: dict[NamedNode, tuple[NamedNode, ...]]
    values: dict[NamedNode, tuple[tuple[NamedNode, NamedNode | Literal], ...]]


def rules_of(ontology: Iterable[Quad]) -> Rules:
    """Read the rules from an ontology.

    Args:
        ontology: its statements, with the blank nodes of its lists and restrictions.
    """
    said: dict[tuple[Term, str], list[Term]] = defaultdict(list)
    for quad in ontology:
        said[quad.subject, quad.predicate.value].append(quad.object)
    subjects = {s for s, _ in said if _is_ours(s)}

    def objects(subject: Term, predicate: str) -> list[Term]:
        return said.get((subject, predicate), [])

    def items(head: Term) -> Iterator[Term]:
        while first := objects(head, f"{terms.RDF}first"):
            yield first[0]
            head = objects(head, f"{terms.RDF}rest")[0]

    supers, inverses, chains, classes, values = {}, defaultdict(list), [], {}, {}
    for subject in sorted(subjects, key=str):
        if ours := tuple(o for o in objects(subject, f"{terms.RDFS}subPropertyOf") if _is_ours(o)):
            supers[subject] = ours
        for inverse in objects(subject, f"{terms.OWL}inverseOf"):
            inverses[subject].append(inverse)
            inverses[inverse].append(subject)
        chains += [(*items(head), subject) for head in objects(subject, f"{terms.OWL}propertyChainAxiom")]
        parents = objects(subject, f"{terms.RDFS}subClassOf")
        if ours := tuple(o for o in parents if _is_ours(o)):
            classes[subject] = ours
        if fixed := tuple(
            (prop, value)
            for node in parents
            for prop in objects(node, f"{terms.OWL}onProperty")
            for value in objects(node, f"{terms.OWL}hasValue")
        ):
            values[subject] = fixed
    return Rules(supers, {p: tuple(i) for p, i in inverses.items()}, tuple(chains), classes, values)  # type: ignore[arg-type]  # the ontology test holds the shapes of these axioms


def _is_ours(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(terms.TLP)


@dataclass
class Entailment:
    """Draws the conclusions of sets of quads against a common background.

    Args:
        rules: from the ontology.
        graph: the graph that conclusions are put in.
    """

    rules: Rules
    graph: NamedNode
    _background: _Facts = field(init=False)

    def __post_init__(self) -> None:
        self._background = _Facts()

    def with_background(self, quads: Iterable[Quad]) -> Entailment:
        """The same, knowing these quads and what follows from them; they are not concluded again."""
        known = Entailment(self.rules, self.graph)
        known._background = _Facts()
        known._close(known._background, [(q.subject, q.predicate, q.object) for q in quads], _Facts())
        return known

    def of(self, quads: Iterable[Quad]) -> tuple[Quad, ...]:
        """What follows from these quads and the background, and stands in neither."""
        facts = _Facts()
        given = [(q.subject, q.predicate, q.object) for q in quads]
        concluded = self._close(facts, given, self._background)
        return tuple(Quad(s, p, o, self.graph) for s, p, o in concluded)

    def _close(self, facts: _Facts, given: list[Fact], background: _Facts) -> list[Fact]:
        agenda = given
        concluded: list[Fact] = []
        for fact in given:
            facts.add(fact)
        while agenda:
            new: list[Fact] = []
            for fact in agenda:
                for conclusion in self._conclusions(fact, facts, background):
                    if conclusion not in background.all and facts.add(conclusion):
                        new.append(conclusion)
            concluded += new
            agenda = new
        return concluded

    def _conclusions(self, fact: Fact, facts: _Facts, background: _Facts) -> Iterator[Fact]:
        s, p, o = fact
        rules = self.rules
        if p == terms.TYPE:
            for parent in rules.classes.get(o, ()):  # type: ignore[call-overload]  # a type is an IRI
                yield s, terms.TYPE, parent
            for prop, value in rules.values.get(o, ()):  # type: ignore[call-overload]
                yield s, prop, value
            return
        for parent in rules.supers.get(p, ()):
            yield s, parent, o
        for inverse in rules.inverses.get(p, ()):
            if not isinstance(o, Literal):
                yield o, inverse, s
        for first, second, shortcut in rules.chains:
            if p == first:
                for end in (*facts.objects(o, second), *background.objects(o, second)):
                    yield s, shortcut, end
            if p == second:
                for start in (*facts.subjects(first, s), *background.subjects(first, s)):
                    yield start, shortcut, o


@dataclass
class _Facts:
    """Triples, found by subject or object together with the property."""

    all: set[Fact] = field(default_factory=set)
    by_subject: dict[tuple[Term, NamedNode], list[Term]] = field(default_factory=lambda: defaultdict(list))
    by_object: dict[tuple[NamedNode, Term], list[Term]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fact: Fact) -> bool:
        if fact in self.all:
            return False
        s, p, o = fact
        self.all.add(fact)
        self.by_subject[s, p].append(o)
        self.by_object[p, o].append(s)
        return True

    def objects(self, subject: Term, predicate: NamedNode) -> Iterable[Term]:
        return self.by_subject.get((subject, predicate), ())

    def subjects(self, predicate: NamedNode, value: Term) -> Iterable[Term]:
        return self.by_object.get((predicate, value), ())
