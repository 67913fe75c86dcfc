"""The concordance of a release: every code of a public register, with the thing that it names."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import QuerySolutions, Store

CODES: Final = "codes.csv"
#: Column → its description.
COLUMNS: Final = {
    "scheme": "The scheme of the code, as in the path /id/by-code/{scheme}/{code}.",
    "code": "The code.",
    "thing": "The IRI of the thing.",
    "title": "The title of the thing.",
    "valid_from": "The date from which the source calls the thing approved, or from which it was taught.",
    "valid_until": "The date on which the source calls the thing retired or withdrawn, or the last enrolment.",
    "source": "The IRI of the source that states the code.",
    "replaced_by": "The IRI of the thing that replaces it.",
}
#: The codes of a pattern, each with the thing that it names, what a source states about it, and the source.
QUERY: Final = f"""SELECT DISTINCT ?code ?thing ?title ?valid_from ?valid_until ?source ?replaced_by {{
    GRAPH ?graph {{ %s }}
    ?graph {terms.WAS_DERIVED_FROM} ?source .
    ?thing {terms.PREF_LABEL} ?title .
    OPTIONAL {{ GRAPH ?graph {{ ?thing {terms.APPROVED_ON}|{terms.FIRST_TEACHING} ?valid_from }} }}
    OPTIONAL {{ GRAPH ?graph {{ ?thing {terms.RETIRED_ON}|{terms.WITHDRAWN_ON} ?end }} }}
    OPTIONAL {{ ?thing {terms.LAST_ENROLMENT} ?last }}
    BIND(COALESCE(?end, ?last) AS ?valid_until)
    OPTIONAL {{ ?thing {terms.REPLACED_BY}|{terms.IS_REPLACED_BY} ?replaced_by }}
}} ORDER BY ?code ?thing ?source"""


def write_codes(store: Store, folder: Path) -> None:
    """Write the concordance (RFC 4180) in UTF-8 with a header row, by scheme and code."""
    with (folder / CODES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for scheme in SCHEMES:
            writer.writerows(_rows(store, scheme))


def _rows(store: Store, scheme: str) -> Iterator[list[str]]:
    solutions: QuerySolutions = store.query(QUERY % SCHEMES[scheme].pattern)  # type: ignore[assignment]  # a SELECT query
    for row in solutions:
        yield [scheme, *(getattr(row[name], "value", "") for name in list(COLUMNS)[1:])]
