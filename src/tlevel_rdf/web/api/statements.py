"""The handler of all statements about a thing, for spreadsheets and other tools that do not use RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.readable import readable
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.facts import find_thing, specialisms_of
from tlevel_rdf.web.data.iris import is_iri, local_path
from tlevel_rdf.web.data.labels import Labels, graph_label
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site


def statements(site: Site, values: Mapping[str, Any]) -> schema.StatementList:
    """Return the statements about a thing and those that refer to it, with names for IRIs.

    Raises:
        ProblemError: 404, the data has no statement about the thing.
    """
    iri = values["iri"]
    found = describe(site.store, iri) if is_iri(iri) else None
    if found is None or not found.statements:
        detail = f"The data has no statement about <{iri}>."
        raise not_found(detail)
    return _list(site, iri, [found])


def t_level_statements(site: Site, values: Mapping[str, Any]) -> schema.StatementList:
    """Return the statements about a T Level and its specialisms, with names for IRIs.

    Raises:
        ProblemError: 404.
    """
    iri = find_thing(site, f"t-level/{values['key']}", terms.T_LEVEL)
    return _list(site, iri, [describe(site.store, one) for one in (iri, *specialisms_of(site, iri))])


def _list(site: Site, iri: str, descriptions: Sequence[Description]) -> schema.StatementList:
    statements = {triple: graphs for found in descriptions for triple, graphs in found.statements.items()}
    named = [label for found in descriptions for label in found.labels]
    properties = {triple.predicate.value for triple in statements}
    labels = Labels(site.base, (*named, *labels_and_types(site.store, properties)))
    rows = []
    for triple, graphs in statements.items():
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            rows.append(
                schema.StatementResource(
                    thing=labels.of(subject.value),
                    thing_iri=subject.value,
                    property=labels.of(triple.predicate.value),
                    property_iri=triple.predicate.value,
                    value=labels.of(value.value) if isinstance(value, NamedNode) else readable(value),
                    value_iri=value.value if isinstance(value, NamedNode) else None,
                    language=value.language if isinstance(value, Literal) else None,
                    stated_in=sorted(graph_label(graph, site.base) for graph in graphs),
                )
            )
    rows.sort(key=lambda one: (one.thing_iri != iri, one.thing_iri, one.property, natural_key(one.value)))
    thing = schema.ThingResource(name=labels.of(iri), iri=iri, page=local_path(iri, site.base))
    omitted = sum(found.omitted_count for found in descriptions)
    return schema.StatementList(thing=thing, omitted=omitted, statements=rows)
