"""Two versions of the data → their changes, thing by thing, in bounded memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from tlevel_rdf.changes.change import Change, Kind
from tlevel_rdf.changes.differences import Difference, find_differences
from tlevel_rdf.changes.limits import MAX_COMPARED_THINGS
from tlevel_rdf.changes.renames import find_renames
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.labels import best_labels, natural_key, vocabulary_labels
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.readable import readable
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.changes.version import Version
    from tlevel_rdf.store.base import Store

#: The ends of the graphs that follow from the others or from the last release, or that are about the release itself.
_DERIVED: Final = ("/graph/inferred", "/graph/gone", "/graph/catalogue")
#: Properties that say where a statement comes from.
_OF_SOURCE: Final = frozenset(
    (terms.WAS_QUOTED_FROM, terms.WAS_DERIVED_FROM, terms.WAS_GENERATED_BY, terms.MODIFIED, terms.VALUE)
)
#: Names of properties of other vocabularies.
_NAMES: Final = {
    terms.TYPE.value: "kind",
    terms.PREF_LABEL.value: "title",
    terms.ALT_LABEL.value: "other name",
    terms.PAGE.value: "page",
    terms.NOTATION.value: "code",
    terms.IS_PART_OF.value: "part of",
    terms.WAS_QUOTED_FROM.value: "source",
}
_LEVEL: Final = "Level "


def compare(old: Version, new: Version) -> Iterator[Change]:
    """Yield the changes between two versions, in the order of the IRIs of the things.

    What follows from other statements, and what is about the release itself, is left out.

    Raises:
        ReleaseError: the store of a release is damaged.
    """
    with_graphs = old.has_graphs and new.has_graphs
    with old.lines(with_graphs=with_graphs) as before, new.lines(with_graphs=with_graphs) as after:
        differences = find_differences(before, after)
        while some := [*islice(differences, MAX_COMPARED_THINGS)]:
            yield from _Batch(old.store, new.store, some).changes()


def compare_things(old: Store, new: Store, things: Iterable[str]) -> Iterator[Change]:
    """Yield the changes of some things between two versions with named graphs, in the order of their IRIs.

    Args:
        old: the store of the older version.
        new: that of the newer version.
        things: the IRIs of the things.
    """
    ordered = iter(sorted(set(things)))
    while some := [*islice(ordered, MAX_COMPARED_THINGS)]:
        before, after = _quads(old, some), _quads(new, some)
        differences = [
            Difference(NamedNode(thing), _sorted(before[thing] - after[thing]), _sorted(after[thing] - before[thing]))
            for thing in some
        ]
        yield from _Batch(old, new, differences).changes()


def _quads(store: Store, things: Iterable[str]) -> dict[str, set[Quad]]:
    found: dict[str, set[Quad]] = {thing: set() for thing in things}
    for block in values_blocks(found):
        for row in select_rows(store, f"SELECT * {{ VALUES ?s {{ {block} }} GRAPH ?g {{ ?s ?p ?o }} }}"):
            subject: Any = row["s"]
            found[subject.value].add(Quad(subject, row["p"], row["o"], row["g"]))  # type: ignore[arg-type]  # by their places
    return found


def _sorted(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(quads, key=str)


def _is_stated(quad: Quad) -> bool:
    return not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith(_DERIVED))


class _Batch:
    """Some things that differ, with what both versions say of them."""

    def __init__(self, old: Store, new: Store, differences: Iterable[Difference]) -> None:
        self._differences = [
            (each.thing, [*filter(_is_stated, each.removed)], [*filter(_is_stated, each.added)])
            for each in differences
            if not isinstance(each.thing, BlankNode)
        ]
        things = [thing.value for thing, _, _ in self._differences]
        self._old, self._new = _values(old, things), _values(new, things)
        #: The things that have another identifier in the newer version, and those that had another in the older.
        self._renamed = find_renames(self._objects(removed=True).union(things), old, new)
        self._become = find_renames(self._objects(removed=False).union(things), new, old)
        self._new |= {key: found for key, found in _values(new, self._renamed.values()).items() if key not in self._new}
        quads = [quad for _, removed, added in self._differences for quad in (*removed, *added)]
        named = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
        #: The specialism or T Level that each option is for.
        self._wholes = {
            thing: value.value
            for state in (self._old, self._new)
            for thing in things
            for value in state.get((thing, terms.OPTION_FOR), ())
        }
        named.update(things, self._wholes.values(), self._renamed.values())
        self._titles = {**best_labels(labels_and_types(old, named)), **best_labels(labels_and_types(new, named))}
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        self._sources = _source_titles(old, graphs) | _source_titles(new, graphs)

    def changes(self) -> Iterator[Change]:
        for thing, removed, added in self._differences:
            if removed or added:
                yield from self._of_thing(thing.value, removed, added)

    def _objects(self, *, removed: bool) -> set[str]:
        """Return the things that the statements of one version refer to and those of the other do not."""
        quads = (quad for _, gone, come in self._differences for quad in (gone if removed else come))
        return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}

    def _was(self, thing: str) -> bool:
        return _is_alive(self._old, thing)

    def _is(self, thing: str) -> bool:
        return _is_alive(self._new, thing)

    def _of_thing(self, thing: str, removed: Sequence[Quad], added: Sequence[Quad]) -> Iterator[Change]:
        was = self._was(thing)
        if was and self._is(thing):
            for predicate in sorted({quad.predicate for quad in (*removed, *added)}, key=lambda each: each.value):
                yield from self._of_property(
                    thing,
                    predicate,
                    [quad for quad in removed if quad.predicate == predicate],
                    [quad for quad in added if quad.predicate == predicate],
                )
            return
        if thing in self._renamed:
            yield from self._of_renamed(thing, removed)
        elif thing not in self._become:
            kind = Kind.ADDED if added and not was else Kind.REMOVED
            quads = added if kind is Kind.ADDED else removed
            yield self._change(kind, thing, quads, is_about_source=not self._type(thing))

    def _of_renamed(self, thing: str, removed: Sequence[Quad]) -> Iterator[Change]:
        """Yield the changes of a thing that has another identifier: its title, and the values that are no things."""
        now = self._renamed[thing]
        old, new = self._title(thing), self._title(now)
        names = {"predicate": terms.PREF_LABEL.value, "name": _NAMES[terms.PREF_LABEL.value]}
        yield self._change(Kind.RENAMED, now, removed, old=(old,), new=(new,), formerly=thing, **names)
        predicates = {predicate for subject, predicate in (*self._old, *self._new) if subject in {thing, now}}
        for predicate in sorted(predicates - {terms.PREF_LABEL, terms.ALT_LABEL}, key=lambda each: each.value):
            before, after = self._old.get((thing, predicate), set()), self._new.get((now, predicate), set())
            is_value = all(isinstance(value, Literal) for value in before | after)
            if before != after and predicate not in _OF_SOURCE and (is_value or predicate == terms.LEVEL_PROPERTY):
                words = {"old": self._words(before - after, predicate), "new": self._words(after - before, predicate)}
                name = _name(predicate)
                yield self._change(Kind.CHANGED, now, removed, predicate=predicate.value, name=name, **words)

    def _of_property(
        self, thing: str, predicate: NamedNode, removed: Sequence[Quad], added: Sequence[Quad]
    ) -> Iterator[Change]:
        before, after = (state.get((thing, predicate), set()) for state in (self._old, self._new))
        is_about_source = before == after or predicate in _OF_SOURCE or not self._type(thing)
        kind, gone, come = Kind.CHANGED, before - after, after - before
        # The same things as before, of which some have another identifier.
        is_about_source |= bool(gone) and {self._renamed.get(value.value) for value in gone} == {
            value.value for value in come if isinstance(value, NamedNode)
        }
        if predicate == terms.ALT_LABEL and not is_about_source:
            # A title that becomes another name, or the other way, is a part of the renaming.
            gone -= self._new.get((thing, terms.PREF_LABEL), set())
            come -= self._old.get((thing, terms.PREF_LABEL), set())
            if not gone and not come:
                return
        if predicate == terms.PREF_LABEL and not is_about_source:
            if terms.PROGRESSION_OPTION in self._old.get((thing, terms.TYPE), ()):
                # The title of an option is made of those of its specialism and its destination.
                is_about_source = True
            elif gone and come:
                kind = Kind.RENAMED
        old, new = self._words(gone, predicate), self._words(come, predicate)
        if old and old == new:
            # Two things of one name, such as apprenticeships at two levels.
            old, new = _with_places(gone, old), _with_places(come, new)
        yield self._change(
            kind,
            thing,
            added or removed,
            is_about_source=is_about_source,
            predicate=predicate.value,
            name=_name(predicate),
            old=old,
            new=new,
        )

    def _change(self, kind: Kind, thing: str, quads: Iterable[Quad], **more: Any) -> Change:
        whole = self._wholes.get(thing, "")
        whole = self._title(whole)
        title = self._title(thing)
        if whole and "predicate" not in more:
            # The title of an option begins with what it is for.
            title = title.removeprefix(f"{whole}: ")
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        sources = tuple(sorted({self._sources[graph] for graph in graphs if graph in self._sources}))
        return Change(kind, thing, title, self._type(thing), whole, sources=sources, **more)

    def _title(self, iri: str) -> str:
        """Return the title of a thing, or the place that it is in a document."""
        return place_in_words(iri) or self._titles.get(iri, iri)

    def _type(self, thing: str) -> str:
        """Return the name of the class of a thing; empty if no class of the vocabulary has it."""
        classes = {
            *self._old.get((thing, terms.TYPE), ()),
            *self._new.get((thing, terms.TYPE), ()),
        } - terms.GENERAL_CLASSES
        names = vocabulary_labels()
        return min((names[each.value] for each in classes if each.value in names), default="")

    def _words(self, values: Iterable[Any], predicate: NamedNode) -> tuple[str, ...]:
        words = (readable(value) if isinstance(value, Literal) else self._title(value.value) for value in values)
        if predicate == terms.LEVEL_PROPERTY:
            # "level 2 → 3" says no word twice.
            words = (word.removeprefix(_LEVEL) for word in words)
        return tuple(sorted(words, key=natural_key))


def _name(predicate: NamedNode) -> str:
    """Return the name of a property."""
    return _NAMES.get(predicate.value) or vocabulary_labels().get(predicate.value) or predicate.value


def _is_alive(state: dict[tuple[str, NamedNode], set[Any]], thing: str) -> bool:
    """Return True if a version describes a thing, and not only its tombstone."""
    return (thing, terms.TYPE) in state and (thing, terms.INVALIDATED_AT_TIME) not in state


def _with_places(values: Iterable[Any], words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words that are equal for old and new values, with the last parts of their IRIs."""
    iris = sorted(value.value for value in values if isinstance(value, NamedNode))
    if not iris:
        return words
    return tuple(f"{' and '.join(words)} ({iri.partition('/id/')[2] or iri})" for iri in iris)


def _values(store: Store, things: Iterable[str]) -> dict[tuple[str, NamedNode], set[Any]]:
    """Return what a store says of things: the values by thing and property."""
    values: dict[tuple[str, NamedNode], set[Any]] = {}
    for block in values_blocks(things):
        for row in select_rows(store, f"SELECT ?s ?p ?o {{ VALUES ?s {{ {block} }} ?s ?p ?o }}"):
            values.setdefault((row["s"].value, row["p"]), set()).add(row["o"])  # type: ignore[union-attr,arg-type]  # IRIs
    return values


def _source_titles(store: Store, graphs: Iterable[str]) -> dict[str, str]:
    """Return the title of the source of each graph that states one."""
    sources = {graph: graph.replace("/graph/reference/", "/id/source/") for graph in graphs}
    for block in values_blocks(sources):
        for row in select_rows(store, f"SELECT ?g ?s {{ VALUES ?g {{ {block} }} ?g {terms.WAS_DERIVED_FROM} ?s }}"):
            sources[row["g"].value] = row["s"].value  # type: ignore[union-attr]  # both are IRIs
    titles = {
        row["s"].value: row["title"].value  # type: ignore[union-attr]  # both are bound
        for block in values_blocks(sources.values())
        for row in select_rows(store, f"SELECT ?s ?title {{ VALUES ?s {{ {block} }} ?s {terms.TITLE} ?title }}")
    }
    return {graph: titles[source] for graph, source in sources.items() if source in titles}
