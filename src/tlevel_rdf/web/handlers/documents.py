"""Things and the documents that describe them: `/id/…` redirects to `/doc/…`, which has several representations.

See Cool URIs for the Semantic Web (section 4.2, 303 URIs) and RFC 9110, sections 12.5.1 and 15.4.4.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, unquote

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.code_lookup import BY_CODE, find_by_code, things_by_code
from tlevel_rdf.web.data.description import describe, is_known
from tlevel_rdf.web.data.formats import serialize_document
from tlevel_rdf.web.data.hash_iris import find_hash_iris
from tlevel_rdf.web.data.iris import (
    IDENTIFIED,
    DocumentPath,
    document_path,
    document_path_by_query,
    iris_of_document,
    iris_of_uri,
    is_iri,
)
from tlevel_rdf.web.data.on_a_day import read_days, state_on, with_day
from tlevel_rdf.web.data.site import REVALIDATE
from tlevel_rdf.web.data.tombstones import find_tombstone, read_tombstone
from tlevel_rdf.web.data.versions import site_of_version
from tlevel_rdf.web.handlers.versions import as_memento, as_original, negotiate_time, requested_version
from tlevel_rdf.web.html.maps.picture import PICTURE_HEADERS, has_map, picture, preview_of
from tlevel_rdf.web.html.maps.preview import draw_preview
from tlevel_rdf.web.html.pages import incoming_query, thing_page
from tlevel_rdf.web.http.media_types import HTML, MAPPED_THING, NAMED_THING, PNG, SVG, THING, split_suffix
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import bad_request, not_found
from tlevel_rdf.web.http.query_string import parse_parameters
from tlevel_rdf.web.http.representation import select_representation
from tlevel_rdf.web.metadata.schema_org import thing_markup
from tlevel_rdf.web.metadata.signposting import links_of_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request
    from tlevel_rdf.web.http.problems import ProblemError

_SEE_ALSO: Final = NamedNode(f"{terms.RDFS}seeAlso")
_DOC: Final = "/doc"
_ID: Final = "/id/"


def thing(site: Site, request: Request) -> Response:
    """Answer the path of any IRI under the base with the response of `thing_response`.

    Raises:
        ProblemError: 404, the data does not describe it; 406 for a tombstone.
    """
    response = thing_response(site, request)
    if response is None:
        raise _unknown(_iris(site, request))
    return response


def thing_response(site: Site, request: Request) -> Response | None:
    """Redirect the path of an IRI under the base to the document that describes the thing.

    The code of a public register also leads to its thing. A thing that is gone is answered with its tombstone (410),
    and a deprecated thing redirects to the document about its successor.

    Returns:
        The response, or None if the data does not describe the IRI.

    Raises:
        ProblemError: 406 for a tombstone.
    """
    if site.date is not None and not request.path.startswith(IDENTIFIED):
        # Known without the data, so also while an engine is down.
        return None
    iri = _first_known(site, _iris(site, request))
    # An IRI may have such a parameter itself.
    day = _requested_day(request) if iri is None and request.path.startswith(_ID) else None
    iri = iri or _find_by_code(site, request.path)
    if iri is None and day and not requested_version(site, request):
        iri = _first_known(site, iris_of_uri(site.base + request.path.removeprefix("/")))
    if iri is None:
        return _redirect_to_version(site, request, day)
    tombstone = find_tombstone(site.store, iri)
    if tombstone and tombstone.is_gone:
        then = negotiate_time(site, request, (iri,), _document_path(site, iri).variant())
        return then or document_response(site, request, (iri,), None)
    if tombstone and tombstone.successor and is_known(site.store, tombstone.successor):
        iri = tombstone.successor
    location = with_day(_document_path(site, iri).variant(), day)
    return Response(303, (("location", location), ("vary", "Accept"), REVALIDATE))


def _redirect_to_version(site: Site, request: Request, day: dt.date | None) -> Response | None:
    """Redirect the path of an IRI to the document about the thing in the release that the request names, if any."""
    if not request.path.startswith(_ID) or not (release := requested_version(site, request)):
        return None
    old = site_of_version(site, release)
    iri = _first_known(old, iris_of_uri(site.base + request.path.removeprefix("/")))
    if iri is None:
        return None
    return Response(303, (("location", with_day(_document_path(old, iri).variant(), day)), REVALIDATE))


def document(site: Site, request: Request) -> Response:
    """Answer `/doc/…` and `/doc?iri=…`, with the extension of a representation or without.

    Raises:
        ProblemError: 400 without an IRI, 404 if the data does not describe it, 406.
    """
    _, fixed = split_suffix(request.path, NAMED_THING)
    iris = iris_of_request(site, request)
    if release := requested_version(site, request):
        return _version_response(site, request, iris, fixed, release)
    target = f"{request.path}?{request.query}" if request.query else request.path
    return negotiate_time(site, request, iris, target) or document_response(site, request, iris, fixed)


def iris_of_request(site: Site, request: Request) -> tuple[str, ...]:
    """Return the IRIs that a request for a document can mean.

    Raises:
        ProblemError: 400, the address names none.
    """
    path, _ = split_suffix(request.path, NAMED_THING)
    if path != _DOC:
        return iris_of_document(path, site.base)
    iris = parse_qs(request.query, keep_blank_values=True).get("iri", [])
    if len(iris) != 1 or not is_iri(iris[0]):
        raise bad_request("The address must contain the absolute IRI of one thing: /doc?iri=…")
    return tuple(iris)


def _version_response(
    site: Site, request: Request, iris: tuple[str, ...], fixed: MediaType | None, release: Release
) -> Response:
    old = site_of_version(site, release)
    iri = _first_known(old, iris)
    if iri is None:
        raise not_found(f"The release {release.id} does not describe {f'<{iris[0]}>' if iris else 'this address'}.")
    response = document_response(old, request, (iri,), fixed)
    return as_memento(site, response, release, _document_path(site, iri).variant(), [iri])


def document_response(site: Site, request: Request, iris: tuple[str, ...], fixed: MediaType | None) -> Response:
    """Return the document about the first of some IRIs that the data describes: 200, or 410 if that thing is gone.

    Args:
        site: with the data.
        request: a GET or HEAD.
        iris: that the request can mean, the most likely first.
        fixed: the media type that the path names, or None.

    Raises:
        ProblemError: 404, 406.
    """
    iri = _first_known(site, iris)
    if iri is None:
        raise _unknown(iris)
    document = _document_path(site, iri)
    description = describe(site.store, iri, site.fragments)
    day = _requested_day(request)
    state = (day, state_on(site, description, day).text) if day else None
    offers = _offers(site, iri, description.types, fixed)

    def path_of(offer: MediaType) -> str:
        return document.variant(offer.suffix)

    def write(offer: MediaType) -> bytes:
        if offer is HTML:
            return thing_page(site, description, document.variant, thing_markup(site, description), state)
        if offer in {SVG, PNG}:
            drawn = picture(site, iri, description.types)
            return drawn if offer is SVG else draw_preview(drawn.decode())
        triples = (*description.triples, *_metadata(site, iri, document), *_omissions(site, description, document))
        return serialize_document(triples, offer, about=iri, base=site.base)

    media_type, headers, body = select_representation(request, offers, write, fixed, path_of)
    links = links_of_document(site, iri, description.types, media_type, path_of)
    response = site.represent(media_type, body, headers=(*headers, *links))
    # The day is on the page only: RDF is the same for each day, so its own address is that without one.
    if media_type is HTML and (location := response.header("content-location")):
        response = response.with_headers(("content-location", with_day(location, day)))
    if not site.version and document.path.startswith(_DOC):
        response = as_original(site, response, document.variant())
    if media_type is SVG:
        response = response.with_headers(*PICTURE_HEADERS)
    tombstone = read_tombstone(description.properties)
    return replace(response, status=410) if tombstone and tombstone.is_gone else response


def _offers(site: Site, iri: str, classes: Container[str], fixed: MediaType | None) -> tuple[MediaType, ...]:
    """Return the media types of the document about a thing.

    Raises:
        ProblemError: 404, the path names a picture that the thing does not have.
    """
    offers: tuple[MediaType, ...] = MAPPED_THING if has_map(classes) else THING
    if fixed is PNG and preview_of(site, iri, classes):
        offers = (*offers, PNG)
    if fixed in {SVG, PNG} and fixed not in offers:
        raise not_found(f"<{iri}> has no map of next steps{' as a PNG' if fixed is PNG else ''}.")
    return offers


def _requested_day(request: Request) -> dt.date | None:
    """Return the day of the parameter `on`, on which a page shows the state of a thing.

    Raises:
        ProblemError: 400, it is no day, or there are two.
    """
    return read_days(parse_parameters(request.query).get("on", ())) if "on=" in request.query else None


def _iris(site: Site, request: Request) -> tuple[str, ...]:
    return iris_of_uri(site.base + request.path.removeprefix("/") + (f"?{request.query}" if request.query else ""))


def _first_known(site: Site, iris: tuple[str, ...]) -> str | None:
    known = next((iri for iri in iris if is_known(site.store, iri)), None)
    # The data may have statements about the things in a document only.
    return known or next((iri for iri in iris if find_hash_iris(site.store, iri, site.fragments)), None)


def _find_by_code(site: Site, path: str) -> str | None:
    if not path.startswith(_ID):
        return None
    code = unquote(path.removeprefix(_ID))
    if not code.startswith(BY_CODE):
        return find_by_code(site.store, site.base, code)
    found = things_by_code(site.store, code.removeprefix(BY_CODE))
    if len(found) > 1:
        raise not_found(f"Several things have this code: {', '.join(f'<{iri}>' for iri in found)}.")
    return found[0] if found else None


def _unknown(iris: tuple[str, ...]) -> ProblemError:
    return not_found(f"The data does not describe {f'<{iris[0]}>' if iris else 'this address'}.")


def _document_path(site: Site, iri: str) -> DocumentPath:
    """Return the path of the document about a thing.

    Two IRIs that differ in their escapes or their namespace can have the same path. It leads to the first known IRI of
    `iris_of_document`, and the other one has a path by query.
    """
    document, whole = document_path(iri, site.base), iri.partition("#")[0]
    if not document.query:
        before = tuple(takewhile(whole.__ne__, iris_of_document(document.path, site.base)))
        if before and _first_known(site, before):
            document = document_path_by_query(iri)
    if site.version:
        query = f"{document.query}&" if document.query else "?"
        return replace(document, query=f"{query}version={quote(site.version)}")
    return document


def _metadata(site: Site, iri: str, document: DocumentPath) -> tuple[Triple, ...]:
    """Return the topic, licence, data set and date of a document. A definition is its own document and has none."""
    if document.path.startswith("/def/"):
        return ()
    properties = [
        (terms.TYPE, terms.DOCUMENT),
        (terms.PRIMARY_TOPIC, NamedNode(iri)),
        (terms.IN_DATASET, NamedNode(site.dataset)),
    ]
    if site.about.licence:
        properties.append((terms.LICENCE, NamedNode(site.about.licence)))
    node = _document_node(site, document)
    triples = [Triple(node, predicate, value) for predicate, value in properties]
    if site.date:
        triples.append(Triple(node, terms.MODIFIED, Literal(site.date.isoformat(), datatype=terms.DATE)))
    return tuple(triples)


def _omissions(site: Site, description: Description, document: DocumentPath) -> tuple[Triple, ...]:
    """Return a note in a document about the statements that its description omits."""
    if not description.omitted_count:
        return ()
    note = (
        f"{description.incoming_count:,} statements refer to <{description.iri}> or a part of it."
        f" This document omits {description.omitted_count:,} of them."
    )
    node, query = _document_node(site, document), incoming_query(description.iri)
    return (
        Triple(node, terms.NOTE, Literal(note, language="en")),
        Triple(node, _SEE_ALSO, NamedNode(site.base + query.removeprefix("/"))),
    )


def _document_node(site: Site, document: DocumentPath) -> NamedNode:
    return NamedNode(site.base + document.variant().removeprefix("/"))
