"""View models of RDF: terms and statements as texts, links and tables. Nothing here knows HTML."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_PAGE_BLANK_NODES, MAX_PAGE_NESTING
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.readable import has_readable_form, is_time, readable
from tlevel_rdf.web.data.iris import is_linkable, is_own_iri, local_path
from tlevel_rdf.web.data.labels import Labels, graph_label, short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Triple

    from tlevel_rdf.store.base import Row
    from tlevel_rdf.web.data.site import Site

_LANGUAGE_STRING: Final = f"{terms.RDF}langString"
_ADDRESS: Final = f"{terms.XSD}anyURI"
_FIRST: Final = NamedNode(f"{terms.RDF}first")
_REST: Final = NamedNode(f"{terms.RDF}rest")
_ELLIPSIS: Final = "\u2026"


@dataclass(frozen=True)
class TermView:
    """An RDF term on a page.

    Attributes:
        text: the label, or the value as people read it.
        href: the target of the link; empty if there is none.
        language: the language tag, if the text is not in English.
        datatype: the short name of the datatype, if the text alone does not show it.
        time: the lexical form of a day or time; empty for other terms.
        rows: the properties of a blank node.
        items: the members of a list.
        sources: the labels of the named graphs that hold the statement.
    """

    text: str
    href: str = ""
    language: str = ""
    datatype: str = ""
    time: str = ""
    rows: tuple[PropertyRow, ...] = ()
    items: tuple[TermView, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class PropertyRow:
    """A property with its values."""

    name: TermView
    values: tuple[TermView, ...]


@dataclass(frozen=True)
class FragmentView:
    """A thing whose IRI is a fragment of the document's IRI."""

    fragment: str
    name: TermView
    rows: tuple[PropertyRow, ...]
    incoming: tuple[PropertyRow, ...]


def literal_view(literal: Literal, sources: tuple[str, ...] = ()) -> TermView:
    """Return the view of a literal.

    Args:
        literal: with a language, a datatype or neither.
        sources: the labels of the named graphs that hold the statement.
    """
    tag = literal.language or ""
    datatype = literal.datatype.value
    is_plain = datatype == _LANGUAGE_STRING or has_readable_form(datatype)
    return TermView(
        readable(literal),
        literal.value if datatype == _ADDRESS and is_linkable(literal.value) else "",
        language="" if tag.lower().split("-")[0] == "en" else tag,
        datatype="" if is_plain else short_name(datatype),
        time=literal.value if is_time(literal) else "",
        sources=sources,
    )


class Presenter:
    """Converts the terms and statements of one page into view models.

    Args:
        base: the IRI under which the data identifies things.
        names: labels and types of the terms.
        statements: the statements of the page, each with the IRIs of the named graphs that hold it.
    """

    def __init__(
        self, base: str, names: Iterable[Triple], statements: Mapping[Triple, frozenset[str]] | None = None
    ) -> None:
        names = tuple(names)
        self._base = base
        self._labels = Labels(base, names)
        self._described = {t.subject.value for t in names if isinstance(t.subject, NamedNode)}
        self._graphs = statements or {}
        self._by_subject: dict[NamedNode | BlankNode, list[Triple]] = defaultdict(list)
        self._by_object: dict[str, list[Triple]] = defaultdict(list)
        #: The blank nodes around the term in hand, outermost first.
        self._nesting: list[BlankNode] = []
        self._blank_nodes = 0
        #: A page names the same few properties and things again and again.
        self._links: dict[str, TermView] = {}
        self._properties: dict[NamedNode, TermView] = {}
        for triple in self._graphs:
            self._by_subject[triple.subject].append(triple)  # type: ignore[index]  # no triple is a subject here
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                self._by_object[triple.object.value].append(triple)

    def label(self, iri: str) -> str:
        """Return the label of a thing."""
        return self._labels.of(iri)

    def link(self, iri: str) -> TermView:
        """Return the label of a thing, linked to its page on this site, else to its IRI."""
        if (link := self._links.get(iri)) is None:
            is_here = iri in self._described or is_own_iri(iri, self._base)
            href = local_path(iri, self._base) if is_here else iri if is_linkable(iri) else ""
            link = self._links[iri] = TermView(self.label(iri), href)
        return link

    def view(self, term: object, graphs: Iterable[str] = ()) -> TermView:
        """Return the view of a term.

        Args:
            term: any RDF term; a blank node comes with its properties.
            graphs: the IRIs of the named graphs that hold the statement.
        """
        sources = tuple(sorted(graph_label(iri, self._base) for iri in graphs))
        if isinstance(term, NamedNode):
            link = self.link(term.value)
            return TermView(link.text, link.href, sources=sources)
        if isinstance(term, Literal):
            return literal_view(term, sources)
        if not isinstance(term, BlankNode):
            return TermView(str(term), sources=sources)
        is_full = len(self._nesting) == MAX_PAGE_NESTING or self._blank_nodes == MAX_PAGE_BLANK_NODES
        if is_full or term in self._nesting:
            return TermView(_ELLIPSIS, sources=sources)
        self._nesting.append(term)
        self._blank_nodes += 1
        is_list = any(t.predicate == _FIRST for t in self._by_subject[term])
        items, rows = (self._items(term), ()) if is_list else ((), self.rows(term))
        self._nesting.pop()
        return TermView("", items=items, rows=rows, sources=sources)

    def rows(self, subject: NamedNode | BlankNode) -> tuple[PropertyRow, ...]:
        """Return the properties of a subject with their values, types first, then sorted by label."""
        return self._table(self._by_subject[subject], "object")

    def incoming(self, iri: str) -> tuple[PropertyRow, ...]:
        """Return the properties by which things refer to a thing, each with these things."""
        return self._table(self._by_object[iri], "subject")

    def fragments(self, document: str) -> tuple[FragmentView, ...]:
        """Return the fragments of a document, those with a capital letter (classes) first."""
        iris = {s.value for s in self._by_subject if isinstance(s, NamedNode) and s.value.startswith(f"{document}#")}
        return tuple(
            FragmentView(iri.partition("#")[2], self.link(iri), self.rows(NamedNode(iri)), self.incoming(iri))
            for iri in sorted(iris, key=lambda iri: (not iri.partition("#")[2][:1].isupper(), natural_key(iri)))
        )

    def _table(self, triples: Sequence[Triple], end: str) -> tuple[PropertyRow, ...]:
        by_property: dict[NamedNode, list[TermView]] = defaultdict(list)
        for triple in triples:
            by_property[triple.predicate].append(self.view(getattr(triple, end), self._graphs.get(triple, ())))
        rows = []
        for predicate, values in by_property.items():
            # Labels may be equal, and a page must be the same each time.
            values.sort(key=lambda value: (natural_key(value.text), value.href, value.language))
            rows.append((predicate != terms.TYPE, PropertyRow(self._property(predicate), tuple(values))))
        rows.sort(key=lambda row: (row[0], row[1].name.text))
        return tuple(row for _, row in rows)

    def _property(self, predicate: NamedNode) -> TermView:
        if (shown := self._properties.get(predicate)) is None:
            iri = predicate.value
            text = "type" if predicate == terms.TYPE else self._labels.stated(iri) or short_name(iri)
            shown = self._properties[predicate] = TermView(text, self.link(iri).href)
        return shown

    def _items(self, head: BlankNode) -> tuple[TermView, ...]:
        items: list[TermView] = []
        seen = set()
        node: object = head
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            items += [self.view(t.object) for t in self._by_subject[node] if t.predicate == _FIRST]
            node = next((t.object for t in self._by_subject[node] if t.predicate == _REST), None)
        return tuple(items)


def view_rows(site: Site, rows: Iterable[Row]) -> list[list[TermView | None]]:
    """Return the views of the rows of a result, None for an unbound variable."""
    terms_of_rows = [list(row.values()) for row in rows]
    iris = {term.value for row in terms_of_rows for term in row if isinstance(term, NamedNode)}
    presenter = Presenter(site.base, labels_and_types(site.store, iris))
    return [[None if term is None else presenter.view(term) for term in row] for row in terms_of_rows]
