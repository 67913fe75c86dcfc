"""Conclusions that the ontology draws from quads, in `graph/inferred`.

The rules are read from the ontology and apply to the project's own terms: sub-properties (OWL 2 RL rule prp-spo1),
property chains (prp-spo2), inverses (prp-inv1, prp-inv2), symmetric properties (prp-symp), subclasses (cax-sco) and
fixed values (cls-hv1). A test compares the conclusions with those of owlrl, an independent reasoner.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal
Fact = tuple[Subject, NamedNode, Term]


@dataclass(frozen=True)
class Rules:
    """The rules of an ontology for its own terms.

    Attributes:
        super_properties: property → its super-properties.
        inverses: property → its inverses. A symmetric property is its own inverse.
        chains: (first, second, shortcut): `first` followed by `second` implies `shortcut`.
        superclasses: class → its superclasses.
        values: class → each (property, value) that its members have.
    """

    super_properties: dict[NamedNode, tuple[NamedNode, ...]]
    inverses: dict[NamedNode, tuple[NamedNode, ...]]
    chains: tuple[tuple[NamedNode, NamedNode, NamedNode], ...]
    superclasses: dict[NamedNode, tuple[NamedNode, ...]]
    values: dict[NamedNode, tuple[tuple[NamedNode, NamedNode | Literal], ...]]


def read_rules(ontology: Iterable[Quad]) -> Rules:
    """Read the rules of an ontology.

    Args:
        ontology: its statements, with the blank nodes of lists and restrictions.
    """
    statements = _Statements(ontology)
    super_properties, inverses, chains, superclasses, values = {}, defaultdict(list), [], {}, {}
    for subject in statements.ours():
        if parents := tuple(filter(_is_ours, statements.objects(subject, f"{terms.RDFS}subPropertyOf"))):
            super_properties[subject] = parents
        for inverse in filter(_is_ours, statements.objects(subject, f"{terms.OWL}inverseOf")):
            inverses[subject].append(inverse)
            inverses[inverse].append(subject)
        if terms.SYMMETRIC_PROPERTY in statements.objects(subject, terms.TYPE.value):
            inverses[subject].append(subject)
        for head in statements.objects(subject, f"{terms.OWL}propertyChainAxiom"):
            first, second = filter(_is_ours, statements.items(head))
            chains.append((first, second, subject))
        if parents := tuple(filter(_is_ours, statements.objects(subject, f"{terms.RDFS}subClassOf"))):
            superclasses[subject] = parents
        if fixed := tuple(statements.fixed_values(subject)):
            values[subject] = fixed
    return Rules(super_properties, {p: tuple(i) for p, i in inverses.items()}, tuple(chains), superclasses, values)


class _Statements:
    """The statements of an ontology, by subject and property."""

    def __init__(self, ontology: Iterable[Quad]) -> None:
        self._objects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in ontology:
            self._objects[quad.subject, quad.predicate.value].append(quad.object)

    def ours(self) -> list[NamedNode]:
        return sorted({subject for subject, _ in self._objects if _is_ours(subject)}, key=str)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        return self._objects.get((subject, predicate), [])

    def items(self, head: Term) -> Iterator[Term]:
        while first := self.objects(head, f"{terms.RDF}first"):
            yield first[0]
            head = self.objects(head, f"{terms.RDF}rest")[0]

    def fixed_values(self, kind: NamedNode) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        for parent in self.objects(kind, f"{terms.RDFS}subClassOf"):
            for prop in filter(_is_ours, self.objects(parent, f"{terms.OWL}onProperty")):
                for value in self.objects(parent, f"{terms.OWL}hasValue"):
                    if isinstance(value, NamedNode | Literal):
                        yield prop, value


def _is_ours(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value.startswith(terms.TLP)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The conclusions that a statement can lead to through its property.

    Attributes:
        super_properties: properties with the same subject and object.
        inverses: properties with subject and object exchanged.
        onward: (second, shortcut) of each chain that begins with the property.
        backward: (first, shortcut) of each chain that ends with the property.
    """

    super_properties: tuple[NamedNode, ...]
    inverses: tuple[NamedNode, ...]
    onward: tuple[tuple[NamedNode, NamedNode], ...]
    backward: tuple[tuple[NamedNode, NamedNode], ...]


def _steps(rules: Rules) -> dict[NamedNode, _Steps]:
    """Return the steps of each property that a rule names. Other properties lead to no conclusion."""
    named = {*rules.super_properties, *rules.inverses, *(prop for chain in rules.chains for prop in chain)}
    named |= {parent for parents in rules.super_properties.values() for parent in parents}
    named |= {prop for values in rules.values.values() for prop, _ in values}
    return {
        prop: _Steps(
            rules.super_properties.get(prop, ()),
            rules.inverses.get(prop, ()),
            tuple((second, shortcut) for first, second, shortcut in rules.chains if first == prop),
            tuple((first, shortcut) for first, second, shortcut in rules.chains if second == prop),
        )
        for prop in named
    }


@dataclass
class Entailment:
    """A reasoner for sets of quads that share a background.

    Args:
        rules: the rules of the ontology.
        graph: the graph of the conclusions.
    """

    rules: Rules
    graph: NamedNode
    _steps: dict[NamedNode, _Steps] = field(init=False, repr=False)
    _background: _Facts = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._steps = _steps(self.rules)
        self._background = _Facts()

    def with_background(self, quads: Iterable[Quad]) -> Entailment:
        """Return a reasoner that also knows these quads and their conclusions."""
        known = Entailment(self.rules, self.graph)
        known._close(known._background, self._facts(quads), _Facts())
        return known

    def infer(self, quads: Iterable[Quad]) -> tuple[Quad, ...]:
        """Return the conclusions from quads and the background that are not among the quads.

        A conclusion that also follows from the background alone is repeated, so that a profile and its conclusions are
        complete by themselves.
        """
        concluded = self._close(_Facts(), self._facts(quads), self._background)
        return tuple(Quad(s, p, o, self.graph) for s, p, o in concluded)

    def _facts(self, quads: Iterable[Quad]) -> list[Fact]:
        """Return the statements that rules apply to: about a third of a profile's."""
        return [
            (quad.subject, prop, quad.object)
            for quad in quads
            if (prop := quad.predicate) in self._steps or prop == terms.TYPE
        ]

    def _close(self, facts: _Facts, given: list[Fact], background: _Facts) -> list[Fact]:
        for fact in given:
            facts.add(fact, self._steps.get(fact[1]))
        agenda = given
        concluded: list[Fact] = []
        while agenda:
            drawn = (new for fact in agenda for new in self._conclusions(fact, facts, background))
            agenda = [new for new in drawn if facts.add(new, self._steps.get(new[1]))]
            concluded += agenda
        return concluded

    def _conclusions(self, fact: Fact, facts: _Facts, background: _Facts) -> list[Fact]:
        s, p, o = fact
        steps = self._steps.get(p)
        if steps is None:
            return self._of_type(s, o)
        new: list[Fact] = [(s, parent, o) for parent in steps.super_properties]
        if not isinstance(o, Literal):
            new += [(o, inverse, s) for inverse in steps.inverses]
        for second, shortcut in steps.onward:
            ends = (*facts.by_subject.get((o, second), ()), *background.by_subject.get((o, second), ()))
            new += [(s, shortcut, end) for end in ends]
        for first, shortcut in steps.backward:
            starts = (*facts.by_object.get((first, s), ()), *background.by_object.get((first, s), ()))
            new += [(start, shortcut, o) for start in starts]
        return new

    def _of_type(self, member: Subject, kind: Term) -> list[Fact]:
        if not isinstance(kind, NamedNode):
            return []
        parents: list[Fact] = [(member, terms.TYPE, parent) for parent in self.rules.superclasses.get(kind, ())]
        return parents + [(member, prop, value) for prop, value in self.rules.values.get(kind, ())]


@dataclass
class _Facts:
    """A set of triples, with indexes for the properties of chains."""

    all: set[Fact] = field(default_factory=set)
    by_subject: dict[tuple[Term, NamedNode], list[Term]] = field(default_factory=lambda: defaultdict(list))
    by_object: dict[tuple[NamedNode, Term], list[Subject]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fact: Fact, steps: _Steps | None) -> bool:
        """Add a triple, and return True if it is new."""
        if fact in self.all:
            return False
        self.all.add(fact)
        s, p, o = fact
        if steps and steps.backward:
            self.by_subject[s, p].append(o)
        if steps and steps.onward:
            self.by_object[p, o].append(s)
        return True
