"""The classes and properties of the data, which the editor of the query page suggests."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.graph.terms import PREFIXES
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.handlers import part_of_list
from tlevel_rdf.web.api.names import Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.web.data.site import Site

_PATH: Final = "/api/terms"
#: The local names that SPARQL takes without escapes, and some fewer.
_LOCAL: Final = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)


def terms(site: Site, values: Mapping[str, Any]) -> schema.TermList:
    """Return a part of the list of classes and properties, those with most uses first."""
    counts = site.counts
    counted = chain(
        (("class", iri, number) for iri, number in counts.of_class.items()),
        (("property", iri, number) for iri, number in counts.of_property.items()),
    )
    ordered = sorted(counted, key=lambda one: (-one[2], one[1], one[0]))
    part, found = part_of_list(_PATH, values, ordered[values["offset"] : values["offset"] + values["limit"] + 1])
    names = Names(site, {iri for _, iri, _ in found})
    return schema.TermList(
        **part,
        prefixes=[schema.Prefix(prefix=name, iri=iri) for name, iri in sorted(PREFIXES.items())],
        terms=[
            schema.TermResource(name=names.name(iri), iri=iri, kind=kind, term=short_name(iri), uses=number)
            for kind, iri, number in found
        ],
    )


def short_name(iri: str) -> str:
    """Return an IRI as a query has it: by a prefix of the site if one fits, else in angle brackets.

    >>> short_name("http://www.w3.org/2004/02/skos/core#prefLabel"), short_name("https://e.org/a")
    ('skos:prefLabel', '<https://e.org/a>')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"
