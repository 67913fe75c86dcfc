"""Codes of public registers: the things that have them, and the paths of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.release.tables.concordance import QUERY
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.things import Thing, Things
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

_SOC: Final = "soc-2020"


@dataclass(frozen=True)
class CodeStatement:
    """A thing that has a code, as a source states it.

    Attributes:
        thing: the thing.
        source: the source.
        valid_from: the date from which the source calls the thing approved, or from which it was taught.
        valid_until: the date on which it ended, or the last enrolment.
        replaced_by: the thing that replaces it.
    """

    thing: Thing
    source: Thing
    valid_from: str | None
    valid_until: str | None
    replaced_by: Thing | None


@dataclass(frozen=True)
class CodeFacts:
    """A code with the things that have it.

    Attributes:
        scheme: the key of its scheme.
        scheme_title: the name of its scheme.
        code: the code.
        statements: what each source states.
        others: further codes of the same things, each with the name of its scheme and the path of its page.
        occupations: the occupations of a unit group of SOC 2020; empty for other codes.
    """

    scheme: str
    scheme_title: str
    code: str
    statements: list[CodeStatement]
    others: list[tuple[str, str, str]]
    occupations: list[Thing]


def code_path(scheme: str, code: str) -> str:
    """Return the path of the page of a code."""
    return f"/codes/{scheme}/{quote(code)}"


def plain_path(iri: str, base: str) -> str:
    """Return the path of the page of a thing that people read: that of its code for a unit group of SOC 2020."""
    group = iri.removeprefix(f"{terms.SOC2020}#")
    return local_path(iri, base) if group == iri else code_path(_SOC, group)


def describe_code(site: Site, scheme: str, code: str) -> CodeFacts:
    """Return what is known of a code, in the case in which the register has it or in capital letters.

    Raises:
        ProblemError: 404, there is no such scheme or code.
    """
    if scheme not in SCHEMES:
        detail = f"There is no scheme of codes {scheme!r}. The schemes are: {', '.join(SCHEMES)}."
        raise not_found(detail)
    for spelt in dict.fromkeys((code, code.upper())):
        rows = _rows(site, f"{SCHEMES[scheme].pattern} FILTER(?code = {Literal(spelt)})")
        if rows:
            return _facts(site, scheme, spelt, rows)
    detail = f"No source in this data has the code {code!r} in the scheme {SCHEMES[scheme].title!r}."
    raise not_found(detail)


def _facts(site: Site, scheme: str, code: str, rows: list[dict[str, str]]) -> CodeFacts:
    of_thing = {row["thing"] for row in rows}
    values = " ".join(f"<{iri}>" for iri in sorted(of_thing))
    patterns = (f"{{ {pattern.pattern} BIND('{name}' AS ?scheme) }}" for name, pattern in SCHEMES.items())
    query = (
        f"SELECT DISTINCT ?scheme ?code {{ VALUES ?thing {{ {values} }} {' UNION '.join(patterns)} }} ORDER BY ?code"
    )
    others = [
        (SCHEMES[row["scheme"]].title, row["code"], code_path(row["scheme"], row["code"]))
        for row in _select(site, query)
        if (row["scheme"], row["code"]) != (scheme, code)
    ]
    found = _select(
        site, f"SELECT DISTINCT ?item {{ VALUES ?thing {{ {values} }} ?item {terms.OCCUPATION_GROUP} ?thing }}"
    )
    named = [row[name] for row in rows for name in ("thing", "source", "replaced_by")]
    things = Things(site, *named, *(row["item"] for row in found))
    statements = [
        CodeStatement(
            things.of(row["thing"]),
            things.of(row["source"]),
            row["valid_from"] or None,
            row["valid_until"] or None,
            things.of(row["replaced_by"]) if row["replaced_by"] else None,
        )
        for row in rows
    ]
    occupations = sorted((things.of(row["item"]) for row in found), key=lambda one: (one.name.casefold(), one.iri))
    return CodeFacts(scheme, SCHEMES[scheme].title, code, statements, others, occupations)


def _rows(site: Site, pattern: str) -> list[dict[str, str]]:
    return _select(site, QUERY % pattern)


def _select(site: Site, query: str) -> list[dict[str, str]]:
    """Return rows as texts; empty where a variable is unbound."""
    rows = select_rows(site.store, query)
    return [{name: str(getattr(term, "value", "")) for name, term in row.items()} for row in rows]
