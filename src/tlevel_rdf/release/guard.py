"""The publication guard: losses since the last release that are more likely a mistake than news.

A build stops at them, unless the publisher accepts them with a reason. It stops when a release would lose

- five or more things of a class, or options of a kind, and more than 10 % of them;
- all options of a T Level;
- a list of official data, or more than 5 % of its statements and at least five.

A thing with the same title under another identifier counts as lost, because links to it break.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import vocabulary_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Store

#: The smallest loss that stops a build, and the shares of a class, and of the statements of a source, that it exceeds.
_MIN_LOST: Final = 5
_MAX_SHARE: Final = 0.1
_MAX_SHARE_OF_SOURCE: Final = 0.05
#: The classes of things with identifiers that other people use.
_CLASSES: Final = (
    terms.T_LEVEL,
    terms.OCCUPATIONAL_SPECIALISM,
    terms.OCCUPATIONAL_STANDARD,
    terms.STANDARD_VERSION,
    terms.APPRENTICESHIP,
    terms.HTQ,
    terms.DEGREE,
    terms.OCCUPATION,
    terms.MAP_PRODUCT,
    terms.LEARNING_AIM,
    terms.ROUTE,
)
_SOURCES: Final = ("/graph/reference/", "/graph/links/")


class Loss(NamedTuple):
    """A part of the last release that the new one would lack.

    Attributes:
        what: a sentence.
        lost: the number of things, options or statements lost.
        of: their number in the last release.
    """

    what: str
    lost: int
    of: int

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return self._asdict()


def find_losses(old: Store, new: Store, old_sizes: Mapping[str, int], new_sizes: Mapping[str, int]) -> list[Loss]:
    """Return the losses between two releases that stop a build.

    Args:
        old: the store of the last release, with the union of its graphs as the default graph.
        new: the store of the new one.
        old_sizes: the number of statements of each graph of the last release, by its IRI.
        new_sizes: the same for the new one.
    """
    return [*_lost_things(old, new), *_lost_options(old, new), *_lost_statements(old_sizes, new_sizes)]


def _lost_things(old: Store, new: Store) -> Iterator[Loss]:
    for kind in _CLASSES:
        members = [*_subjects(old, terms.TYPE, kind)]
        lost = [each for each in members if not _has(new, each, terms.TYPE, kind)]
        if _is_held(len(lost), len(members)):
            added = (each for each in _subjects(new, terms.TYPE, kind) if not _has(old, each, terms.TYPE, kind))
            titles = {title for each in added for title in _values(new, each, terms.PREF_LABEL)}
            renamed = sum(not titles.isdisjoint(_values(old, each, terms.PREF_LABEL)) for each in lost)
            name = vocabulary_labels()[kind.value]
            also = f"; {renamed:,} of them have other identifiers now" if renamed else ""
            yield Loss(f"things of the class {name}: {len(lost):,} of {len(members):,}{also}", len(lost), len(members))


def _lost_options(old: Store, new: Store) -> Iterator[Loss]:
    of_kind: Counter[str] = Counter()
    lost_of_kind: Counter[str] = Counter()
    of_t_level: dict[NamedNode, int] = defaultdict(int)
    for option in _subjects(old, terms.TYPE, terms.PROGRESSION_OPTION):
        kinds = {kind for target in _values(old, option, terms.TARGET) for kind in _values(old, target, terms.TYPE)}
        names = [vocabulary_labels()[kind.value] for kind in _CLASSES if kind in kinds] or ["other"]
        of_kind[names[0]] += 1
        lost_of_kind[names[0]] += not _has(new, option, terms.TYPE, terms.PROGRESSION_OPTION)
        for t_level in _t_levels(old, option):
            of_t_level[t_level] += 1
    for name, count in of_kind.items():
        if _is_held(lost_of_kind[name], count):
            yield Loss(f"options of the kind {name}: {lost_of_kind[name]:,} of {count:,}", lost_of_kind[name], count)
    kept = {
        t_level for option in _subjects(new, terms.TYPE, terms.PROGRESSION_OPTION) for t_level in _t_levels(new, option)
    }
    for t_level, count in of_t_level.items():
        if t_level not in kept:
            titles = [title.value for title in _values(old, t_level, terms.PREF_LABEL) if isinstance(title, Literal)]
            yield Loss(f"all {count:,} options of the T Level {min(titles, default=t_level.value)}", count, count)


def _lost_statements(old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[Loss]:
    for graph, size in old.items():
        lost = size - new.get(graph, 0)
        is_source = any(part in graph for part in _SOURCES)
        if is_source and (lost == size or (lost >= _MIN_LOST and lost > _MAX_SHARE_OF_SOURCE * size)):
            yield Loss(f"statements of the source {graph}: {lost:,} of {size:,}", lost, size)


def _is_held(lost: int, total: int) -> bool:
    return lost >= _MIN_LOST and lost > _MAX_SHARE * total


def _t_levels(store: Store, option: Any) -> Iterator[NamedNode]:
    """Yield the T Levels of an option: of its specialism, or the T Level that it is for as a whole."""
    for whole in _values(store, option, terms.OPTION_FOR):
        yield from [*_values(store, whole, terms.SPECIALISM_OF)] or [whole]


def _subjects(store: Store, predicate: NamedNode, value: NamedNode) -> Iterator[Any]:
    for quad in store.quads_for_pattern(None, predicate, value, DefaultGraph()):
        yield quad.subject


def _values(store: Store, subject: Any, predicate: NamedNode) -> Iterator[Any]:
    if isinstance(subject, Literal):
        return
    for quad in store.quads_for_pattern(subject, predicate, None, DefaultGraph()):
        yield quad.object


def _has(store: Store, subject: Any, predicate: NamedNode, value: NamedNode) -> bool:
    return Quad(subject, predicate, value, DefaultGraph()) in store
