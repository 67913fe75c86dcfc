"""What the pages show of T Levels: the list of them, and the options after one, specialism by specialism."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.profiles.model import MODES
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.facts import Facts, facts, text
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import natural_key, vocabulary_labels
from tlevel_rdf.web.html.view_models import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.web.data.site import Site


_KINDS: Final = {iri.value for iri in terms.CLASS_OF.values()}
_DEFINITION: Final = NamedNode(f"{terms.SKOS}definition")


@dataclass(frozen=True)
class Option:
    """One row of a table of options.

    Attributes:
        kind: of the destination.
        level: as printed; empty if none is.
        title: of the destination, with its page.
        flags: as printed.
        is_bypass: whether the learner may pass it by.
        source: the line that says so.
        page: about the option itself.
        place: by mode, line and level, in the order of the document.
    """

    kind: str
    level: str
    title: Shown
    flags: tuple[Shown, ...]
    is_bypass: bool
    source: Shown | None
    page: str
    place: tuple[int, list[int], int]


@dataclass(frozen=True)
class Specialism:
    """A specialism with its options in the order of the document."""

    name: Shown
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Listed:
    """A T Level in the list of all."""

    name: Shown
    options: int


def t_levels(site: Site) -> tuple[Listed, ...]:
    """All T Levels, those with the most to show first, then by name."""
    rows = select_rows(
        site.store,
        f"SELECT ?t (SAMPLE(?l) AS ?label) (COUNT(DISTINCT ?o) AS ?options) {{ ?t a {terms.T_LEVEL} ;"
        f" {terms.PREF_LABEL} ?l . OPTIONAL {{ ?s {terms.SPECIALISM_OF} ?t . ?o {terms.OPTION_FOR} ?s }} }}"
        " GROUP BY ?t",
    )
    listed = [
        Listed(Shown(text(row["label"]), local_path(text(row["t"]), site.base)), int(text(row["options"])))
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda one: (not one.options, natural_key(one.name.text), one.name.href)))


def specialisms(site: Site, t_level: str) -> tuple[Specialism, ...]:
    """The specialisms of a T Level by name, each with what its profile says comes next."""
    of_t_level = f"?specialism {terms.SPECIALISM_OF} <{t_level}> ."
    named = select_rows(site.store, f"SELECT ?specialism ?p ?v {{ {of_t_level} ?specialism ?p ?v FILTER({_LABEL}) }}")
    said = select_rows(
        site.store,
        f"SELECT DISTINCT ?specialism ?option ?p ?v {{ {of_t_level} ?option {terms.OPTION_FOR} ?specialism ; ?p ?v }}",
    )
    # Two plain patterns and a join here: engines answer them at once, whatever the size of the data.
    options = facts(said, "option")
    targets = _targets(site, options)
    made = [
        Specialism(
            Shown(label, local_path(iri, site.base)),
            tuple(
                sorted(
                    (
                        _option(site, option, facts, targets)
                        for option, facts in options.items()
                        if iri in facts[terms.OPTION_FOR.value] and any(facts[step] for step in _STEPS)
                    ),
                    key=lambda option: (option.place, natural_key(option.title.text), option.page),
                )
            ),
        )
        for iri, label in {text(row["specialism"]): text(row["v"]) for row in named}.items()
    ]
    return tuple(sorted(made, key=lambda one: (natural_key(one.name.text), one.name.href)))


_LABEL: Final = f"?p = {terms.PREF_LABEL}"
_OF_TARGET: Final = ", ".join(map(str, (terms.PREF_LABEL, terms.TYPE, terms.LEVEL_PROPERTY)))
_STEPS: Final = (terms.LEADS_TO.value, terms.BYPASSES.value)


def _targets(site: Site, options: Mapping[str, Facts]) -> Mapping[str, Facts]:
    iris = {target for facts in options.values() for step in _STEPS for target in facts[step]}
    query = "SELECT DISTINCT ?target ?p ?v {{ VALUES ?target {{ {} }} ?target ?p ?v FILTER(?p IN ({})) }}"
    rows = [row for values in values_blocks(iris) for row in select_rows(site.store, query.format(values, _OF_TARGET))]
    return facts(rows, "target")


def _option(site: Site, iri: str, facts: Facts, targets: Mapping[str, Facts]) -> Option:
    def first(of: Facts, *properties: str) -> str:
        return min((value for name in properties for value in of[name]), default="")

    labels = vocabulary_labels()
    target = first(facts, *_STEPS)
    kinds = [kind for kind in targets[target][terms.TYPE.value] if kind in _KINDS]
    number = first(targets[target], terms.LEVEL_PROPERTY.value).removeprefix(terms.LEVEL)
    quoted = first(facts, terms.WAS_QUOTED_FROM.value)
    said_at = place_in_words(quoted)
    mode = first(facts, terms.MODE_PROPERTY.value).removeprefix(terms.MODE)
    place = (
        MODES.index(mode) if mode in MODES else len(MODES),
        [int(digits) for digits in re.findall(r"\d+", said_at)],
        int(number) if number.isdecimal() else 0,
    )
    return Option(
        kind=labels.get(kinds[0], "") if kinds else "",
        level=number,
        title=Shown(first(targets[target], terms.PREF_LABEL.value), local_path(target, site.base)),
        flags=tuple(
            Shown(labels.get(flag, flag), local_path(flag, site.base))
            for flag in sorted(set(facts[terms.STATUS_PROPERTY.value]))
        ),
        is_bypass=bool(facts[terms.BYPASSES.value]),
        source=Shown(said_at or "document", local_path(quoted, site.base)) if quoted else None,
        page=local_path(iri, site.base),
        place=place,
    )


def legend(shown: Iterable[Specialism]) -> tuple[tuple[str, str], ...]:
    """The flags that occur, each with what it means."""
    used = {flag.text for specialism in shown for option in specialism.options for flag in option.flags}
    labels = vocabulary_labels()
    return tuple(
        (labels[q.subject.value], q.object.value)
        for q in ontology()
        if q.predicate == _DEFINITION
        and isinstance(q.subject, NamedNode)
        and isinstance(q.object, Literal)
        and q.subject in terms.STATUS_OF.values()
        and labels[q.subject.value] in used
    )
