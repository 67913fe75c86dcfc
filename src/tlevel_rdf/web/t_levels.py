"""What the pages show of T Levels: the list of them, and the options after one, specialism by specialism."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.profiles.model import MODES
from tlevel_rdf.web.addresses import local_path
from tlevel_rdf.web.asking import ask_rows
from tlevel_rdf.web.names import LINE, vocabulary_labels
from tlevel_rdf.web.views import Shown, natural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.web.asking import Row
    from tlevel_rdf.web.site import Site

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
    place: tuple[int, int, int]


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
    rows = ask_rows(
        site.store,
        f"SELECT ?t (SAMPLE(?l) AS ?label) (COUNT(DISTINCT ?o) AS ?options) {{ ?t a {terms.T_LEVEL} ;"
        f" {terms.PREF_LABEL} ?l . OPTIONAL {{ ?s {terms.SPECIALISM_OF} ?t . ?o {terms.OPTION_FOR} ?s }} }}"
        " GROUP BY ?t",
    )
    listed = [
        Listed(Shown(_text(row["label"]), local_path(_text(row["t"]), site.base)), int(_text(row["options"])))
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda one: (not one.options, natural(one.name.text))))


def specialisms(site: Site, t_level: str) -> tuple[Specialism, ...]:
    """The specialisms of a T Level by name, each with what its profile says comes next."""
    found: dict[str, tuple[str, dict[str, list[Row]]]] = {}
    for row in ask_rows(site.store, _OPTIONS % {"t_level": f"<{t_level}>"}):
        options = found.setdefault(_text(row["specialism"]), (_text(row["label"]), {}))[1]
        if row["option"] is not None:
            options.setdefault(_text(row["option"]), []).append(row)
    made = [
        Specialism(
            Shown(label, local_path(iri, site.base)),
            tuple(
                sorted(
                    (_option(site, option, rows) for option, rows in options.items()),
                    key=lambda o: (o.place, natural(o.title.text)),
                )
            ),
        )
        for iri, (label, options) in found.items()
    ]
    return tuple(sorted(made, key=lambda s: natural(s.name.text)))


#: A level is on the destination; what a flag or a mode is called, the vocabulary says. Rows multiply by flags.
_OPTIONS: Final = f"""
SELECT DISTINCT ?specialism ?label ?option ?target ?title ?kind ?level ?flag ?mode ?quoted ?bypass {{
  ?specialism {terms.SPECIALISM_OF} %(t_level)s ; {terms.PREF_LABEL} ?label .
  OPTIONAL {{
    ?option {terms.OPTION_FOR} ?specialism .
    {{ ?option {terms.LEADS_TO} ?target . BIND(false AS ?bypass) }}
    UNION {{ ?option {terms.BYPASSES} ?target . BIND(true AS ?bypass) }}
    ?target {terms.PREF_LABEL} ?title .
    OPTIONAL {{ ?target a ?kind . FILTER(?kind IN ({", ".join(map(str, terms.CLASS_OF.values()))})) }}
    OPTIONAL {{ ?target {terms.LEVEL_PROPERTY} ?level }}
    OPTIONAL {{ ?option {terms.STATUS_PROPERTY} ?flag }}
    OPTIONAL {{ ?option {terms.MODE_PROPERTY} ?mode }}
    OPTIONAL {{ ?option {terms.WAS_QUOTED_FROM} ?quoted }}
  }}
}}"""


def _option(site: Site, iri: str, rows: list[Row]) -> Option:
    labels = vocabulary_labels()
    first = rows[0]
    kind, level, quoted = (_text(first[name]) for name in ("kind", "level", "quoted"))
    line = LINE.search(quoted)
    mode = _text(first["mode"]).removeprefix(terms.MODE)
    flags = sorted({_text(row["flag"]) for row in rows} - {""})
    number = level.removeprefix(terms.LEVEL)
    return Option(
        labels.get(kind, ""),
        number,
        Shown(_text(first["title"]), local_path(_text(first["target"]), site.base)),
        tuple(Shown(labels.get(flag, flag), local_path(flag, site.base)) for flag in flags),
        _text(first["bypass"]) == "true",
        Shown(f"line {line[1]}" if line else "document", local_path(quoted, site.base)) if quoted else None,
        local_path(iri, site.base),
        (
            MODES.index(mode) if mode in MODES else len(MODES),
            int(line[1]) if line else 0,
            int(number) if number.isdigit() else 0,
        ),
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


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
