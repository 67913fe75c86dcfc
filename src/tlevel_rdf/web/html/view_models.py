"""RDF terms and statements as what a template shows: texts, links and tables. Nothing here knows HTML."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PAGE_BLANK_NODES, MAX_PAGE_NESTING
from tlevel_rdf.web.data.iris import can_link, is_ours, local_path
from tlevel_rdf.web.data.labels import Labels, graph_label, natural_key, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Triple

_QUIET: Final = {f"{terms.XSD}string", f"{terms.RDF}langString", f"{terms.XSD}date", f"{terms.XSD}integer"}
_FIRST: Final = NamedNode(f"{terms.RDF}first")
_REST: Final = NamedNode(f"{terms.RDF}rest")
_NIL: Final = f"{terms.RDF}nil"
_MORE: Final = "\u2026"


@dataclass(frozen=True)
class Shown:
    """A term as people see it.

    Attributes:
        text: its label or its words.
        href: where it leads; empty if nowhere.
        language: of the words, where it is not English.
        datatype: in short, where the words do not speak for themselves.
        rows: what is said of it, if it has no name of its own.
        items: its members, if it is a list.
        sources: the named graphs that say so.
    """

    text: str
    href: str = ""
    language: str = ""
    datatype: str = ""
    rows: tuple[Row, ...] = ()
    items: tuple[Shown, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A property with its values."""

    name: Shown
    values: tuple[Shown, ...]


@dataclass(frozen=True)
class Part:
    """A subject within a document: its fragment, what it is called, what is said of it, what refers to it."""

    fragment: str
    name: Shown
    rows: tuple[Row, ...]
    incoming: tuple[Row, ...]


class Viewer:
    """Shows the terms of one document.

    Args:
        base: of the data.
        names: labels and types of the terms.
        statements: each with the IRIs of the graphs that hold it.
    """

    def __init__(
        self, base: str, names: Iterable[Triple], statements: Mapping[Triple, frozenset[str]] | None = None
    ) -> None:
        names = tuple(names)
        self._base = base
        self._labels = Labels(base, names)
        self._described = {t.subject.value for t in names if isinstance(t.subject, NamedNode)}
        self._graphs = statements or {}
        self._said: dict[NamedNode | BlankNode, list[Triple]] = defaultdict(list)
        self._pointing: dict[str, list[Triple]] = defaultdict(list)
        #: The blank nodes that are being shown, one within another.
        self._within: list[BlankNode] = []
        self._shown = 0
        for triple in self._graphs:
            self._said[triple.subject].append(triple)  # type: ignore[index]  # no triple is a subject here
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                self._pointing[triple.object.value].append(triple)

    def link(self, iri: str) -> Shown:
        """An IRI by its label; to this site's own page about it if there is one, else to where it leads."""
        text = self._labels.of(iri)
        if iri in self._described or is_ours(iri, self._base):
            return Shown(text, local_path(iri, self._base))
        return Shown(text, iri if can_link(iri) else "")

    def label(self, iri: str) -> str:
        """What a thing is called."""
        return self._labels.of(iri)

    def show(self, term: object, sources: Iterable[str] = ()) -> Shown:
        """Any term."""
        graphs = tuple(sorted(graph_label(iri, self._base) for iri in sources))
        if isinstance(term, NamedNode):
            link = self.link(term.value)
            return Shown(link.text, link.href, sources=graphs)
        if isinstance(term, Literal):
            language = term.language or ""
            datatype = "" if term.datatype.value in _QUIET else short(term.datatype.value)
            spoken = "" if language.lower().split("-")[0] == "en" else language
            return Shown(term.value, language=spoken, datatype=datatype, sources=graphs)
        if not isinstance(term, BlankNode):
            return Shown(str(term), sources=graphs)
        if term in self._within or len(self._within) == MAX_PAGE_NESTING or self._shown == MAX_PAGE_BLANK_NODES:
            return Shown(_MORE, sources=graphs)
        self._within.append(term)
        self._shown += 1
        is_list = any(t.predicate == _FIRST for t in self._said[term])
        items, rows = (self._items(term), ()) if is_list else ((), self.rows(term))
        self._within.pop()
        return Shown("", items=items, rows=rows, sources=graphs)

    def rows(self, subject: NamedNode | BlankNode) -> tuple[Row, ...]:
        """What is said of a subject, types and labels first, then by the name of the property."""
        grouped: dict[NamedNode, list[Triple]] = defaultdict(list)
        for triple in self._said[subject]:
            grouped[triple.predicate].append(triple)
        return self._table(grouped, "object")

    def incoming(self, iri: str) -> tuple[Row, ...]:
        """What points at a thing, by property."""
        grouped: dict[NamedNode, list[Triple]] = defaultdict(list)
        for triple in self._pointing[iri]:
            grouped[triple.predicate].append(triple)
        return self._table(grouped, "subject")

    def parts(self, document: str) -> tuple[Part, ...]:
        """The fragments of a document: classes and what else begins with a capital first, each in natural order."""
        subjects = {s.value for s in self._said if isinstance(s, NamedNode) and s.value.startswith(f"{document}#")}
        return tuple(
            Part(iri.partition("#")[2], self.link(iri), self.rows(NamedNode(iri)), self.incoming(iri))
            for iri in sorted(subjects, key=lambda s: (not s.partition("#")[2][:1].isupper(), natural_key(s)))
        )

    def _table(self, grouped: Mapping[NamedNode, Sequence[Triple]], end: str) -> tuple[Row, ...]:
        rows = []
        for predicate, triples in grouped.items():
            values = [self.show(getattr(triple, end), self._graphs.get(triple, ())) for triple in triples]
            # Equal labels are common, and a page must come out the same each time.
            values.sort(key=lambda shown: (natural_key(shown.text), shown.href, shown.language))
            rows.append((predicate != terms.TYPE, Row(self._property(predicate), tuple(values))))
        rows.sort(key=lambda row: (row[0], row[1].name.text))
        return tuple(row for _, row in rows)

    def _property(self, predicate: NamedNode) -> Shown:
        text = "type" if predicate == terms.TYPE else self._labels.stated(predicate.value) or short(predicate.value)
        return Shown(text, self.link(predicate.value).href)

    def _items(self, head: NamedNode | BlankNode) -> tuple[Shown, ...]:
        items: list[Shown] = []
        seen = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            items += [self.show(t.object) for t in self._said[head] if t.predicate == _FIRST]
            rest = [t.object for t in self._said[head] if t.predicate == _REST]
            head = rest[0] if rest and isinstance(rest[0], BlankNode) else NamedNode(_NIL)
        return tuple(items)
