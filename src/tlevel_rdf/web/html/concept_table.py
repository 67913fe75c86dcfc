"""The concepts of a scheme as rows of one table, as SOC 2020 has 412 of them with a code and a name each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.web.data.codes import plain_path
from tlevel_rdf.web.data.labels import graph_label
from tlevel_rdf.web.html.view_models import literal_view

if TYPE_CHECKING:
    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.html.view_models import TermView

#: The properties between a scheme and its concepts, which the place in its table states.
_UNSAID: Final = frozenset({terms.IN_SCHEME, terms.TOP_CONCEPT_OF, terms.HAS_TOP_CONCEPT})


@dataclass(frozen=True)
class ConceptRow:
    """A concept with its code and its name.

    Attributes:
        iri: of the concept.
        fragment: the end of its IRI, which the page has as an anchor.
        code: its notation, linked to the page about the code if there is one.
        name: its preferred label.
        sources: the labels of the named graphs that state the code and the name.
        is_whole: True if the data states nothing else about the concept.
    """

    iri: str
    fragment: str
    code: TermView
    name: TermView
    sources: tuple[str, ...]
    is_whole: bool


def concept_table(description: Description, base: str) -> list[ConceptRow]:
    """Return the concepts of a scheme that have one code and one name.

    Args:
        description: of the scheme.
        base: the IRI under which the data identifies things.

    Returns:
        The rows, sorted by code; empty if the thing is no scheme.
    """
    if terms.CONCEPT_SCHEME.value not in description.types:
        return []
    about: dict[str, list[Triple]] = defaultdict(list)
    for triple in description.statements:
        for end in (triple.subject, triple.object):
            if isinstance(end, NamedNode) and end.value.startswith(f"{description.iri}#"):
                about[end.value].append(triple)
    rows = (_row(description, iri, triples, base) for iri, triples in about.items())
    return sorted((row for row in rows if row), key=lambda row: (natural_key(row.code.text), row.fragment))


def _row(description: Description, iri: str, triples: list[Triple], base: str) -> ConceptRow | None:
    codes = [(t, t.object) for t in triples if t.predicate == terms.NOTATION and isinstance(t.object, Literal)]
    names = [(t, t.object) for t in triples if t.predicate == terms.PREF_LABEL and isinstance(t.object, Literal)]
    if len(codes) != 1 or len(names) != 1:
        return None
    ((code_triple, code),), ((name_triple, name),) = codes, names
    graphs = description.statements[code_triple] | description.statements[name_triple]
    in_row = {code_triple, name_triple, Triple(NamedNode(iri), terms.TYPE, terms.CONCEPT)}
    scheme = NamedNode(description.iri)
    others = [
        t for t in triples if t not in in_row and not (t.predicate in _UNSAID and scheme in {t.subject, t.object})
    ]
    path = plain_path(iri, base)
    return ConceptRow(
        iri,
        iri.partition("#")[2],
        replace(literal_view(code), href="" if "#" in path else path),
        literal_view(name),
        tuple(sorted(graph_label(graph, base) for graph in graphs)),
        is_whole=not others,
    )
