"""The former titles of profiles that the last release does not have, such as misspelt ones.

`formerly:` keeps the identifier that the old title gave. If the last release has no such identifier, it keeps nothing:
the thing gets a new identifier, made of a title that it never had.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import option_key, specialism_key, t_level_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Option, Profile, Specialism
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc


def find_unknown_former_titles(profiles: Iterable[Loaded[Profile]], last: Store, ids: Identifiers) -> Iterator[Finding]:
    """Yield a finding for each `formerly:` whose identifier the last release does not have.

    Args:
        profiles: of the new release.
        last: the store of the last release.
        ids: the identifiers of both.
    """
    for loaded in profiles:
        of = t_level_key(loaded.value)
        for number, specialism in enumerate(loaded.value.specialisms):
            loc: Loc = ("specialisms", number)
            iri = ids.specialism(of, specialism_key(specialism))
            if _is_unknown(specialism, iri, last):
                yield _finding(loaded, loc, specialism, last, terms.OCCUPATIONAL_SPECIALISM)
            for mode, index, option in specialism.options():
                iri = ids.destination(option.kind, option.level_number, option_key(option))
                if _is_unknown(option, iri, last):
                    yield _finding(loaded, (*loc, mode, index), option, last, terms.CLASS_OF[option.kind])


def _is_unknown(named: Specialism | Option, iri: NamedNode, last: Store) -> bool:
    """Return True if a former title gives an identifier that the last release does not have."""
    if not named.formerly or named.key:
        return False
    return next(last.quads_for_pattern(iri, terms.TYPE, None, DefaultGraph()), None) is None


def _finding(loaded: Loaded[Profile], loc: Loc, named: Specialism | Option, last: Store, class_: NamedNode) -> Finding:
    former = named.formerly or ""
    near = difflib.get_close_matches(former, _titles(last, class_), n=1)
    if former in near:
        hint = "the last release has it at another level, and another level is another identifier: remove formerly:"
    elif near:
        hint = f"did you mean formerly: {near[0]}?"
    else:
        hint = "write the title as the last release has it, or remove formerly:"
    position = loaded.document.position((*loc, "formerly"))
    level = getattr(named, "level_number", None)
    at_level = f" at level {level}" if level else ""
    return Finding(
        Code.FORMER_TITLE,
        Severity.WARNING,
        f"the last release has nothing of this kind{at_level} with the former title “{former}”,"
        f" so “{named.title}” gets a new identifier, made of a title that it never had",
        file=loaded.file,
        line=position.line,
        column=position.column,
        hint=hint,
    )


def _titles(store: Store, class_: NamedNode) -> list[str]:
    """Return the titles and other names of the things of a class."""
    return sorted(
        {
            name.object.value
            for quad in store.quads_for_pattern(None, terms.TYPE, class_, DefaultGraph())
            for label in (terms.PREF_LABEL, terms.ALT_LABEL)
            for name in store.quads_for_pattern(quad.subject, label, None, DefaultGraph())
            if isinstance(name.object, Literal)
        }
    )
