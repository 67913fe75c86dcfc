"""Things and the documents that describe them: `/id/…` leads to `/doc/…`, which comes in the forms of the Web.

See Cool URIs for the Semantic Web (section 4.2, 303 URIs) and RFC 9110, sections 12.5.1 and 15.4.4.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.web.data.code_lookup import thing_of_code
from tlevel_rdf.web.data.description import describe, is_known
from tlevel_rdf.web.data.hash_iris import fragments_of
from tlevel_rdf.web.data.iris import candidates, document_path, is_iri, path_by_query, readings
from tlevel_rdf.web.data.site import REVALIDATE
from tlevel_rdf.web.data.tombstones import retirement, retirement_of
from tlevel_rdf.web.handlers.signposting import links_of_document
from tlevel_rdf.web.html.rendering import incoming_query, thing_page
from tlevel_rdf.web.http.media_types import HTML, THING, split_suffix
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import bad_request, not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request
    from tlevel_rdf.web.http.problems import ProblemError

_SEE_ALSO: Final = NamedNode(f"{terms.RDFS}seeAlso")
_DOC: Final = "/doc"
_ID: Final = "/id/"


def thing(site: Site, request: Request) -> Response:
    """An IRI under the base → 303 to the document that describes what it stands for; see `thing_if_known`.

    Raises:
        ProblemError: 404, the data does not know it; 406 for a tombstone.
    """
    response = thing_if_known(site, request)
    if response is None:
        raise _unknown(_meant(site, request))
    return response


def thing_if_known(site: Site, request: Request) -> Response | None:
    """An IRI under the base that the data knows → 303 to the document that describes what it stands for.

    A code of a public register in the place of a key leads to its thing. What is gone is 410 with its tombstone, and
    what is deprecated leads to the document about what replaces it.

    Raises:
        ProblemError: 406 for a tombstone.
    """
    iri = _first_known(site, _meant(site, request)) or _of_code(site, request.path)
    if iri is None:
        return None
    retired = retirement_of(site.store, iri)
    if retired and retired.is_gone:
        return answer(site, request, (iri,), None)
    if retired and retired.successor and is_known(site.store, retired.successor):
        iri = retired.successor
    return Response(303, (("location", _document_of(site, iri)("")), ("vary", "Accept"), REVALIDATE))


def _meant(site: Site, request: Request) -> tuple[str, ...]:
    return candidates(site.base + request.path.removeprefix("/") + (f"?{request.query}" if request.query else ""))


def _document_of(site: Site, iri: str) -> Callable[[str], str]:
    """The path of the document about a thing, by the suffix of a representation.

    Two IRIs can differ in their escapes only, or in their space, and have one path. Who is read first there has it, and
    the other has the path by query.
    """
    path, whole = document_path(iri, site.base), iri.partition("#")[0]
    before = tuple(takewhile(whole.__ne__, readings(path, site.base))) if "?" not in path else ()
    if before and _first_known(site, before):
        return partial(path_by_query, iri)
    return partial(document_path, iri, site.base)


def document(site: Site, request: Request) -> Response:
    """`/doc/…` and `/doc?iri=…`, with the suffix of a representation or without.

    Raises:
        ProblemError: 400 without an IRI, 404 for one that the data does not know, 406.
    """
    path, fixed = split_suffix(request.path, THING)
    if path == _DOC:
        iris = parse_qs(request.query, keep_blank_values=True).get("iri", [])
        if len(iris) != 1 or not is_iri(iris[0]):
            raise bad_request("A document needs the absolute IRI of one thing: /doc?iri=…")
        return answer(site, request, iris, fixed)
    return answer(site, request, readings(path, site.base), fixed)


def answer(site: Site, request: Request, iris: Iterable[str], fixed: MediaType | None) -> Response:
    """The document about the first of some IRIs that the data knows: 200, or 410 if that is gone.

    Args:
        site: what is served.
        request: a GET or HEAD.
        iris: what the request may mean, likeliest first.
        fixed: the representation that the path names, if it names one.

    Raises:
        ProblemError: 404, 406.
    """
    tried = tuple(iris)
    iri = _first_known(site, tried)
    if iri is None:
        raise _unknown(tried)

    document_of = _document_of(site, iri)

    def path_of(offer: MediaType) -> str:
        return document_of(offer.suffix)

    description = describe(site.store, iri, site.fragments)
    write = partial(_body, site, description, document_of)
    media_type, headers, body = select_representation(request, THING, write, fixed, path_of)
    response = site.represent(
        media_type,
        body,
        headers=(*headers, *links_of_document(site, iri, description.types(), media_type, path_of)),
    )
    retired = retirement(description.said())
    return replace(response, status=410) if retired and retired.is_gone else response


def _first_known(site: Site, iris: Iterable[str]) -> str | None:
    tried = tuple(iris)
    known = next((iri for iri in tried if is_known(site.store, iri)), None)
    # Nothing may be said of a document, and much of the things in it.
    return known or next((iri for iri in tried if fragments_of(site.store, iri, site.fragments)), None)


def _unknown(tried: Sequence[str]) -> ProblemError:
    return not_found(f"<{tried[0]}>" if tried else "that address")


def _of_code(site: Site, path: str) -> str | None:
    return thing_of_code(site.store, site.base, unquote(path.removeprefix(_ID))) if path.startswith(_ID) else None


def _body(site: Site, description: Description, document_of: Callable[[str], str], media_type: MediaType) -> bytes:
    if media_type is HTML:
        return thing_page(site, description, document_of)
    path = document_of("")
    triples = (
        *description.triples,
        *about_document(site, description.iri, path),
        *_what_is_left_out(site, description, path),
    )
    return serialize_graph(triples, media_type.graph_syntax, about=description.iri)


def _what_is_left_out(site: Site, description: Description, path: str) -> tuple[Triple, ...]:
    if not description.left_out:
        return ()
    document_iri = NamedNode(site.base + path.removeprefix("/"))
    note = (
        f"{description.pointing:,} statements point at <{description.iri}> or a part of it, and"
        f" {description.left_out:,} of them are left out here."
    )
    return (
        Triple(document_iri, terms.NOTE, Literal(note, language="en")),
        Triple(document_iri, _SEE_ALSO, NamedNode(site.base + incoming_query(description.iri).removeprefix("/"))),
    )


def about_document(site: Site, iri: str, path: str) -> tuple[Triple, ...]:
    """What the document at a path says of itself: its topic, its licence, its data set and its date.

    A definition is its own document, and says what it has to say in its own statements.
    """
    if path.startswith("/def/"):
        return ()
    document_iri = NamedNode(site.base.removesuffix("/") + path)
    said = [
        (terms.TYPE, terms.DOCUMENT),
        (terms.PRIMARY_TOPIC, NamedNode(iri)),
        (terms.IN_DATASET, NamedNode(site.dataset)),
    ]
    if site.about.licence:
        said.append((terms.LICENCE, NamedNode(site.about.licence)))
    triples = [Triple(document_iri, predicate, value) for predicate, value in said]
    if site.date:
        modified = Literal(site.date.isoformat(), datatype=terms.DATE)
        triples.append(Triple(document_iri, terms.MODIFIED, modified))
    return tuple(triples)
