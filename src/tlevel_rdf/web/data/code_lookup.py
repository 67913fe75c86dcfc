"""Paths with a code of a public register: `/id/apprenticeship/ST0530`, `/id/occupation/OCC1377A`.

Such a path redirects, and only if exactly one thing has the code (decision 0003). `/id/by-code/lars/747` names the
scheme of the code as well; the concordance of a release lists all schemes and codes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.limits import MAX_CODE_CHARACTERS, MAX_CODE_MATCHES
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.store.base import Store

#: The code of an occupational standard also finds its apprenticeship and its occupation.
_PATTERN: Final = f"""?coded {terms.REFERENCE_CODE}|{terms.IDENTIFIER}|{terms.NOTATION} ?code .
    OPTIONAL {{ {{ ?related {terms.BASED_ON} ?coded }} UNION {{ ?coded {terms.FOR_OCCUPATION} ?related }} }}"""
_QUERY: Final = f"""SELECT DISTINCT ?coded ?related {{
    VALUES ?code {{ %s }}
    {_PATTERN}
}} LIMIT {MAX_CODE_MATCHES}"""
_ALL_CODES: Final = f"SELECT DISTINCT ?code ?coded ?related {{ {_PATTERN} }}"
#: The kinds of things that the code of a standard also finds.
_KINDS_OF_STANDARDS: Final = frozenset({"apprenticeship", "occupation"})


#: The beginning of a path with a scheme and a code, after `/id/`.
BY_CODE: Final = "by-code/"


def things_by_code(store: Store, path: str) -> tuple[str, ...]:
    """Return the IRIs of the things to which a scheme gives a code, sorted.

    Args:
        store: with the codes.
        path: the part after `/id/by-code/`, unescaped: the name of the scheme, a slash, and the code.

    Raises:
        ProblemError: 404, if the scheme is unknown.
    """
    name, _, code = path.partition("/")
    if name not in SCHEMES:
        raise not_found(f"There is no scheme of codes {name!r}. The schemes are: {', '.join(SCHEMES)}.")
    if not _is_code(code):
        return ()
    query = f"SELECT DISTINCT ?thing {{ {SCHEMES[name].pattern} FILTER(?code = {Literal(code)}) }} ORDER BY ?thing"
    return tuple(node.value for row in select_rows(store, query) if isinstance(node := row["thing"], NamedNode))


def find_by_code(store: Store, base: str, path: str) -> str | None:
    """Return the IRI of the one thing that has a kind and a code.

    Args:
        store: with the codes as tlp:referenceCode, dct:identifier or skos:notation.
        base: the IRI under which the data identifies things.
        path: the part after `/id/`, unescaped: the kind, a slash, and the code with the case of its letters.

    Returns:
        The thing; or the standard, if it has no apprenticeship or occupation. None if no thing of the kind has the
        code, or several things have it.
    """
    kind, _, code = path.partition("/")
    if not kind or not _is_code(code):
        return None
    rows = select_rows(store, _QUERY % Literal(code))
    coded, related = (
        {node.value for row in rows if isinstance(node := row[name], NamedNode)} for name in ("coded", "related")
    )
    return _only_thing(base, kind, coded, related)


def paths_of_codes(store: Store, base: str) -> Iterator[tuple[str, str]]:
    """Yield each path that `find_by_code` or `things_by_code` finds one thing under the base for, and that thing.

    It yields paths of kinds and codes, and paths of schemes and codes, unescaped and without the leading slash.
    """
    yield from (one for one in (*_paths_of_kinds(store, base), *_paths_of_schemes(store)) if one[1].startswith(base))


def _paths_of_kinds(store: Store, base: str) -> Iterator[tuple[str, str]]:
    by_code: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in select_rows(store, _ALL_CODES):
        if isinstance(code := row["code"], Literal):
            for name, found in zip(("coded", "related"), by_code[code.value], strict=True):
                if isinstance(node := row[name], NamedNode):
                    found.add(node.value)
    for text, (coded, related) in sorted(by_code.items()):
        paths = (iri.removeprefix(f"{base}id/") for iri in coded | related if iri.startswith(f"{base}id/"))
        for kind in sorted({path.partition("/")[0] for path in paths if "/" in path} | _KINDS_OF_STANDARDS):
            if _is_code(text) and (thing := _only_thing(base, kind, coded, related)):
                yield f"id/{kind}/{text}", thing


def _paths_of_schemes(store: Store) -> Iterator[tuple[str, str]]:
    for name, scheme in SCHEMES.items():
        things: dict[str, set[str]] = defaultdict(set)
        for row in select_rows(store, f"SELECT DISTINCT ?thing ?code {{ {scheme.pattern} }}"):
            if isinstance(node := row["thing"], NamedNode) and isinstance(code := row["code"], Literal):
                things[code.value].add(node.value)
        for text, found in sorted(things.items()):
            if len(found) == 1 and _is_code(text):
                yield f"id/{BY_CODE}{name}/{text}", next(iter(found))


def _is_code(text: str) -> bool:
    # Stores reject queries with a backslash that might be an escape, and no code contains one.
    return 0 < len(text) <= MAX_CODE_CHARACTERS and "\\" not in text


def _only_thing(base: str, kind: str, coded: set[str], related: set[str]) -> str | None:
    """Return the one thing of a kind among those that have a code and those related to them."""
    of_kind = {iri for iri in coded | related if iri.startswith(f"{base}id/{kind}/")}
    found = of_kind or (coded if kind in _KINDS_OF_STANDARDS else set())
    return next(iter(found)) if len(found) == 1 else None
