"""Things with hash IRIs: the document of `{document}#it` also describes them.

No index finds IRIs by a prefix, and a scan of 200,000 statements takes a second. So the site samples the data once for
the fragments in use, and looks these up for each document. It does not find a rare fragment of a large data set that
has no link to or from its document; `/doc?iri=…` and SPARQL do.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.limits import MAX_FRAGMENTS, MAX_SAMPLED_STATEMENTS
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.store.base import Store


def common_fragments(store: Store, base: str) -> tuple[str, ...]:
    """Return the fragments of IRIs under the base, the most frequent first; for small data, all of them."""
    rows = select_rows(
        store,
        f"SELECT DISTINCT ?s {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT {MAX_SAMPLED_STATEMENTS} }}"
        f' FILTER(isIRI(?s) && CONTAINS(STR(?s), "#") && STRSTARTS(STR(?s), {Literal(base)})) }}',
    )
    counts = Counter(node.value.partition("#")[2] for row in rows if isinstance(node := row["s"], NamedNode))
    return tuple(sorted(counts, key=lambda fragment: (-counts[fragment], fragment))[:MAX_FRAGMENTS])


def find_hash_iris(store: Store, iri: str, fragments: Iterable[str]) -> list[str]:
    """Return the subjects of the data that consist of an IRI and one of these fragments.

    Args:
        store: with the data.
        iri: absolute and well formed.
        fragments: of IRIs in the data, as `common_fragments` returns them.
    """
    if "#" in iri:
        return []
    return [
        node.value
        for values in values_blocks(f"{iri}#{fragment}" for fragment in fragments)
        for row in select_rows(store, f"SELECT DISTINCT ?s {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")
        if isinstance(node := row["s"], NamedNode)
    ]
