"""The gate: what passes may be published.

pySHACL is the gate of record. Core shapes run on a few profiles at a time, each complete with its context; SPARQL
constraints run as whole queries on everything. A test holds the outcome against pySHACL alone on the whole graph.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store
from rdflib.namespace import RDF, SH

from tlevel_rdf.errors import ShapesError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.describe import KEY_OF
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.settings import DEFINITIONS
from tlevel_rdf.validation.shapes import Shapes, rule_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad
    from rdflib.term import Identifier

    from tlevel_rdf.graph.corpus import Corpus

#: How many profiles are checked as one graph. pySHACL spends a fixed time per shape and call, which several
#: profiles share; more than this gains nothing and costs memory.
BATCH: Final = 25
#: The focus node of rules about everything: the vocabulary stands for the data set, and what is wrong is the value.
EVERYTHING: Final = f"{DEFINITIONS}progression"


@dataclass(frozen=True, slots=True)
class Result:
    """A result of validation (SHACL, section 3.6.2).

    Attributes:
        shape: the IRI of the shape that it comes from.
        severity: Violation, Warning or Info.
        message: in English; begins with the id of the rule.
        focus: the node that is wrong.
        path: the property that is wrong, if it is one property.
        value: the value that is wrong, if it is one value.
        component: the IRI of the constraint component.
    """

    shape: str
    severity: Severity
    message: str
    focus: str
    path: str | None = None
    value: str | None = None
    component: str = str(SH.SPARQLConstraintComponent)

    @property
    def finding(self) -> Finding:
        """The same as a finding, with no place yet."""
        code = rule_code(self.shape)
        focus = self.value if self.focus == EVERYTHING and self.value else self.focus
        said, _, hint = self.message.removeprefix(f"{code}: ").partition(". ")
        return Finding(
            code,
            self.severity,
            f"{said.rstrip('.')}.",
            focus=focus,
            path=self.path,
            hint=hint or None,
        )


def check_corpus(corpus: Corpus, whole: Store, shapes: Shapes) -> list[Result]:
    """Check profiles and reference data before they are published.

    Args:
        corpus: what is to be published.
        whole: a store whose default graph has every triple of the data set once.
        shapes: the rules.

    Returns:
        Every result, once, in no order.
    """
    results = set(check_graph(corpus.shared, shapes.core))
    units = corpus.units()
    while batch := list(islice(units, BATCH)):
        quads = [quad for unit in batch for quad in (*unit.quads, *unit.context)]
        results.update(check_graph(quads, shapes.core))
    results.update(check_whole(whole, shapes))
    return list(results)


def check_graph(quads: Iterable[Quad], shapes: rdflib.Graph) -> list[Result]:
    """Run pySHACL on the union of some quads.

    Args:
        quads: one data graph, whatever their graph names.
        shapes: a shapes graph.

    Raises:
        ShapesError: pySHACL cannot run these shapes.
    """
    data = rdflib.Graph()
    terms_of: dict[object, Identifier] = {}
    for triple in {q.triple for q in (*quads, *_class_tree())}:
        data.add(tuple(terms_of.get(t) or terms_of.setdefault(t, _term(t)) for t in triple))  # type: ignore[arg-type]  # a triple has three terms
    _, report, text = pyshacl.validate(data, shacl_graph=shapes)
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"the shapes cannot be run: {text}", hint="mend the shapes")
    return list(_results(report))


def check_whole(store: Store, shapes: Shapes) -> Iterator[Result]:
    """Run the SPARQL constraints, each as one query, on everything.

    Args:
        store: its default graph has every triple once. (The engine's own union of graphs keeps a triple as often
            as it stands in them, which makes counts wrong and joins slow.)
        shapes: the rules.

    Raises:
        ShapesError: a constraint is not SPARQL.
    """
    for rule in shapes.whole:
        try:
            rows = store.query(rule.query)
        except SyntaxError as error:
            raise ShapesError(f"{rule.shape} is not SPARQL: {error}", hint="mend its sh:select") from error
        names = [variable.value for variable in rows.variables]  # type: ignore[union-attr]  # a SELECT gives rows
        for row in rows:  # type: ignore[union-attr]
            value = row["value"] if "value" in names else None  # type: ignore[index]
            if value is None and "value" in names:
                continue  # the one empty row of an aggregate over nothing
            focus = _text(row["this"])  # type: ignore[index]
            yield Result(rule.shape, rule.severity, rule.message, focus, value=value and _text(value))


def places(results: Sequence[Result], corpus: Corpus) -> list[Finding]:
    """The results as findings, each with the line of the YAML that caused it, where one did.

    Units are described again until every focus node is found, so that nothing need be remembered of those
    profiles in which nothing is wrong.
    """
    wanted: dict[str, list[Finding]] = {}
    for result in results:
        finding = result.finding
        wanted.setdefault(finding.focus or "", []).append(finding)
    found: list[Finding] = []
    for unit in corpus.units() if wanted else ():
        description = unit.description
        for focus in [focus for focus in wanted if focus in description.origins]:
            loc = description.origins[focus]
            for finding in wanted.pop(focus):
                document = description.loaded.document
                place = document.place((*loc, KEY_OF.get(finding.path or "", "")))
                found.append(
                    replace(finding, file=description.loaded.file, line=place.line, column=place.column)
                )
        if not wanted:
            break
    return found + [finding for rest in wanted.values() for finding in rest]


def _class_tree() -> Iterator[Quad]:
    """Which class is below which: sh:class (SHACL 4.1.1) asks the data graph."""
    for quad in ontology():
        if quad.predicate == terms.SUB_CLASS_OF and isinstance(quad.object, NamedNode):
            yield quad


def _term(term: object) -> Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise ShapesError(f"{term} cannot be validated", hint="publish plain RDF 1.1 without quoted triples")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _results(report: rdflib.Graph) -> Iterator[Result]:
    for node in report.subjects(RDF.type, SH.ValidationResult):
        said = {p: o for p, o in report.predicate_objects(node) if p != SH.resultMessage}
        messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
        path, value = said.get(SH.resultPath), said.get(SH.value)
        yield Result(
            shape=str(said[SH.sourceShape]),
            severity=Severity(str(said[SH.resultSeverity]).removeprefix(str(SH))),
            message=" ".join(messages),
            focus=str(said[SH.focusNode]),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value=None if value is None else str(value),
            component=str(said[SH.sourceConstraintComponent]),
        )


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
