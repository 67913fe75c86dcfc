"""The representation that a request selects, by its path or its Accept header."""

from __future__ import annotations

import gc
import weakref

import pytest

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.web.http.media_types import HTML, JSON_LD, RDF_XML, THING, TURTLE, MediaType
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import ProblemError
from tlevel_rdf.web.http.representation import select_media_type, select_representation


def request(accept: str | None) -> Request:
    return Request.of("/a", accept=accept)


def path_of(offer: MediaType) -> str:
    return f"/a{offer.suffix}"


def write_all_but_xml(offer: MediaType) -> str:
    if offer is RDF_XML:
        raise UnwritableError("RDF/XML cannot hold this", hint="use another syntax")
    return offer.name


def test_the_accept_header_selects_a_media_type_and_the_response_varies_by_it() -> None:
    assert select_media_type(request("text/html"), THING) == (HTML, (("vary", "Accept"),))
    assert select_media_type(request(None), THING)[0] is TURTLE


def test_a_representation_with_a_path_states_it() -> None:
    headers = (("vary", "Accept"), ("content-location", "/a.jsonld"))
    assert select_media_type(request("application/ld+json"), THING, None, path_of) == (JSON_LD, headers)


def test_a_path_that_names_a_media_type_ignores_the_accept_header() -> None:
    assert select_media_type(request("image/png"), THING, HTML, path_of) == (HTML, ())


def test_an_unacceptable_request_gets_the_list_of_representations() -> None:
    with pytest.raises(ProblemError) as caught:
        select_media_type(request("image/png"), (TURTLE, HTML), None, path_of)
    problem = caught.value.problem
    assert problem.status == 406
    assert problem.members["variants"] == [
        {"type": "text/turtle", "href": "/a.ttl"},
        {"type": "text/html", "href": "/a.html"},
    ]


def test_the_next_best_media_type_replaces_one_that_cannot_express_the_content() -> None:
    accept = "application/rdf+xml, application/ld+json;q=0.5, */*;q=0.1"
    media_type, headers, body = select_representation(request(accept), THING, write_all_but_xml, None, path_of)
    assert (media_type, body, dict(headers)["content-location"]) == (JSON_LD, JSON_LD.name, "/a.jsonld")


@pytest.mark.parametrize("fixed", [RDF_XML, None])
def test_content_that_no_acceptable_media_type_can_express_is_an_error(fixed: MediaType | None) -> None:
    with pytest.raises(UnwritableError, match="RDF/XML cannot hold this"):
        select_representation(request("application/rdf+xml"), THING, write_all_but_xml, fixed, path_of)


def test_a_failed_attempt_keeps_no_result_of_the_engine_alive() -> None:
    class Result:
        """Stands for a result that only its own thread may free."""

    alive: list[weakref.ref[Result]] = []

    def write(offer: MediaType) -> str:
        result = Result()
        alive.append(weakref.ref(result))
        return write_all_but_xml(offer)

    gc.disable()
    try:
        with pytest.raises(UnwritableError):
            select_representation(request("application/rdf+xml, image/png"), THING, write)
        select_representation(request("application/rdf+xml, */*;q=0.1"), THING, write)
        assert [reference() for reference in alive] == [None] * 3
    finally:
        gc.enable()
