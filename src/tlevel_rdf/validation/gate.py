"""The gate: what passes may be published.

pySHACL is the gate of record. Core shapes run on a few profiles at a time, each complete with its context; SPARQL
constraints run as whole queries on everything. A test holds the outcome against pySHACL alone on the whole graph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import pyshacl
import rdflib
from pyoxigraph import NamedNode
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH

from tlevel_rdf.errors import ShapesError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import YAML_KEYS
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.validation.rdflib_store import graph_of, term_of
from tlevel_rdf.validation.shapes import Shapes, rule_code, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad, QuerySolutions, Store

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.profiles.yaml_reader import Loc, Position, YamlDocument
    from tlevel_rdf.validation.rdflib_store import Term
from typing import TYPE_CHECKING

from tlevel_rdf.graph.union import union_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad


#: How many profiles are checked as one graph. pySHACL spends a fixed time per shape and call, which several
#: profiles share; more than this gains nothing and costs memory.
BATCH: Final = 25
#: The focus node of rules about everything: the vocabulary stands for the data set, and what is wrong is the value.
EVERYTHING: Final = f"{DEFINITIONS}progression"


#: Which key of the YAML a property was made of, or else a rule is about.
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    **{path: (key,) for path, key in YAML_KEYS.items()},
    terms.PREF_LABEL.value: ("title", *Kind),
    **dict.fromkeys(("R07", "R08", "R09"), ("flags",)),
    **dict.fromkeys(("R14", "R15", "R28"), ("title", *Kind)),
    "R13": ("level",),
    "R20": ("line",),
    "R27": ("issued",),
}


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """A result of validation (SHACL, section 3.6.2).

    Attributes:
        shape: the IRI of the shape that it comes from.
        severity: Violation, Warning or Info.
        message: in English; begins with the id of the rule.
        focus_node: the node that is wrong.
        path: the property that is wrong, if it is one property.
        value_node: the value that is wrong, if it is one value.
        component: the IRI of the constraint component.
    """

    shape: str
    severity: Severity
    message: str
    focus_node: Term
    path: str | None = None
    value_node: Term | None = None
    component: str = str(SH.SPARQLConstraintComponent)

    @property
    def focus(self) -> str:
        """The node that is wrong as plain text."""
        return self.focus_node.value

    @property
    def value(self) -> str | None:
        """The value that is wrong as plain text."""
        return self.value_node and self.value_node.value

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


def check_corpus(corpus: Corpus, whole: Store, shapes: Shapes) -> list[ValidationResult]:
    """Check profiles and reference data before they are published.

    Args:
        corpus: what is to be published.
        whole: a store whose default graph has every triple of the data set once.
        shapes: the rules.

    Returns:
        Every result, once, in no order.
    """
    return list(check_units(corpus, shapes) | set(validate_sparql(whole, shapes)))


def check_units(corpus: Corpus, shapes: Shapes) -> set[ValidationResult]:
    """Run the Core shapes on the shared quads, and then on a few profiles at a time.

    Args:
        corpus: what is to be published.
        shapes: the rules.
    """
    results = set(validate_core(corpus.shared, shapes.core))
    units = corpus.units()
    while batch := list(islice(units, BATCH)):
        quads = [quad for unit in batch for quad in (*unit.quads, *unit.context)]
        results.update(validate_core(quads, shapes.core))
    return results


def validate_core(quads: Iterable[Quad], shapes: rdflib.Graph) -> list[ValidationResult]:
    """Run pySHACL on the union of some quads.

    Args:
        quads: one data graph, whatever their graph names.
        shapes: a shapes graph.

    Raises:
        ShapesError: pySHACL cannot run these shapes, or the quads have more in them than RDF 1.1 has.
    """
    data = graph_of(chain(quads, _class_tree()))
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes)
    except (ReportableRuntimeError, re.error) as error:
        said = f"the shapes cannot be run: {error}"
        raise ShapesError(said, hint="mend the shapes") from error
    if not isinstance(report, rdflib.Graph):
        said = f"the shapes cannot be run: {text}"
        raise ShapesError(said, hint="mend the shapes")
    return list(_results(report))


def validate_sparql(store: Store, shapes: Shapes) -> Iterator[ValidationResult]:
    """Run the SPARQL constraints, each as one query, on everything.

    Args:
        store: its default graph has every triple once. (The engine's own union of graphs keeps a triple as often
            as it stands in them, which makes counts wrong and joins slow.)
        shapes: the rules.
    """
    for rule in shapes.sparql:
        rows: QuerySolutions = store.query(rule.query)  # type: ignore[assignment]  # read_shapes takes only SELECT
        names = {variable.value for variable in rows.variables} & {"this", "value", "path"}
        for row in rows:
            bound = {name: term_of(row[name]) for name in names if row[name] is not None}
            if "value" in names and "value" not in bound:
                continue  # the one empty row of an aggregate over nothing
            focus, path = bound["this"], bound.get("path")
            # A constraint without ?value on a node shape reports its focus node (SHACL, section 5.3.2).
            yield ValidationResult(
                rule.shape,
                rule.severity,
                rule.message,
                focus,
                path=path and path.value,
                value_node=bound.get("value", focus),
            )


def places(results: Sequence[ValidationResult], corpus: Corpus) -> list[Finding]:
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
                line, column = _place(description.loaded.document, loc, finding)
                found.append(replace(finding, file=description.loaded.file, line=line, column=column))
        if not wanted:
            break
    return found + [finding for rest in wanted.values() for finding in rest]


def _place(document: YamlDocument, loc: Loc, finding: Finding) -> Position:
    keys = _KEYS.get(finding.path or "") or _KEYS.get(finding.code, ())
    written = [(*loc, key) for key in keys if (*loc, key) in document.positions]
    return document.position(written[0] if written else loc)


@cache
def _class_tree() -> tuple[Quad, ...]:
    """Which class is below which: sh:class (SHACL 4.1.1) asks the data graph."""
    return tuple(
        quad for quad in ontology() if quad.predicate == terms.SUB_CLASS_OF and isinstance(quad.object, NamedNode)
    )


def _results(report: rdflib.Graph) -> Iterator[ValidationResult]:
    for node in report.subjects(RDF.type, SH.ValidationResult):
        said = {p: o for p, o in report.predicate_objects(node) if p != SH.resultMessage}
        messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
        path, value = said.get(SH.resultPath), said.get(SH.value)
        yield ValidationResult(
            shape=str(said[SH.sourceShape]),
            severity=severity_of(said[SH.resultSeverity]),
            message=" ".join(messages),
            focus_node=term_of(said[SH.focusNode]),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value_node=None if value is None else term_of(value),
            component=str(said[SH.sourceConstraintComponent]),
        )


def gate(corpus: Corpus, quads: Sequence[Quad], shapes: Shapes) -> list[Finding]:
    """What the rules say of a corpus in memory, with places in the YAML."""
    return places(check_corpus(corpus, union_store(quads), shapes), corpus)
