"""The lines of a source document that the data quotes: the words of each, and the things that were made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_SOURCE_LINES
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


class SourceLine(NamedTuple):
    """A line: its place, its fragment in the address of the page, its words, and the things made of them."""

    place: str
    fragment: str
    words: list[str]
    made: list[TermView]


def source_lines(site: Site, iri: str) -> list[SourceLine]:
    """Return the lines of a document that the data quotes, in the order of the document.

    Args:
        site: the site.
        iri: of the document.
    """
    rows = select_rows(
        site.store,
        f"SELECT DISTINCT ?line ?words ?thing {{ ?line {terms.IS_PART_OF} <{iri}> ; {terms.VALUE} ?words ."
        f" OPTIONAL {{ ?thing {terms.WAS_QUOTED_FROM} ?line }} }} LIMIT {MAX_SOURCE_LINES}",
    )
    words: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for row in rows:
        line, value, thing = row["line"], row["words"], row["thing"]
        if isinstance(line, NamedNode) and place_in_words(line.value):
            words.setdefault(line.value, set()).add(str(getattr(value, "value", "")))
            if isinstance(thing, NamedNode):
                made.setdefault(line.value, set()).add(thing.value)
    labels = Labels(site.base, labels_and_types(site.store, {each for things in made.values() for each in things}))
    return [
        SourceLine(
            place_in_words(line),
            line.partition("#")[2],
            sorted(words[line]),
            sorted(
                (TermView(labels.of(thing), local_path(thing, site.base)) for thing in made.get(line, ())),
                key=lambda view: natural_key(view.text),
            ),
        )
        for line in sorted(words, key=natural_key)
    ]
