"""The fragments by which data names things: `{document}#it` is found at its document, and described there.

No index finds IRIs by how they begin, and to look at every subject takes a second for 200,000 statements, more than a
request has. So the fragments that the data uses are learnt from a part of it, once, and looked up behind the IRI of a
document. What that misses is a fragment that is rare, in data with more statements than that part, and that has no link
to or from its document; such a thing is described at `/doc?iri=…` and found by SPARQL.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.iris import is_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.store.base import Store

#: So many statements are looked at, which takes 0.02 s.
_SAMPLE: Final = 10_000
#: So many fragments are looked up behind an IRI, the most usual ones, which takes 0.001 s.
_MOST: Final = 100


def usual_fragments(store: Store, base: str) -> tuple[str, ...]:
    """The fragments of things under the base, those of most things first; all there are, if the data is small."""
    rows = select_rows(
        store,
        f"SELECT DISTINCT ?s {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT {_SAMPLE} }}"
        f' FILTER(isIRI(?s) && CONTAINS(STR(?s), "#") && STRSTARTS(STR(?s), {Literal(base)})) }}',
    )
    found = Counter(node.value.partition("#")[2] for row in rows if isinstance(node := row["s"], NamedNode))
    return tuple(sorted(found, key=lambda fragment: (-found[fragment], fragment))[:_MOST])


def fragments_of(store: Store, iri: str, usual: Iterable[str]) -> list[str]:
    """The IRIs with one of these fragments behind an IRI of which something is said."""
    if "#" in iri:
        return []
    iris = (one for fragment in usual if is_iri(one := f"{iri}#{fragment}"))
    return [
        node.value
        for values in values_blocks(iris)
        for row in select_rows(store, f"SELECT DISTINCT ?s {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        if isinstance(node := row["s"], NamedNode)
    ]
