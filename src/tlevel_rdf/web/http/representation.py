"""The representation that a request selects: by the extension of its path, or by its Accept header."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.web.http.negotiation import acceptable_offers
from tlevel_rdf.web.http.problems import not_acceptable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers, Request

    Written = TypeVar("Written")


def select_media_type(
    request: Request,
    offers: Sequence[MediaType],
    fixed: MediaType | None = None,
    path_of: Callable[[MediaType], str] | None = None,
) -> tuple[MediaType, Headers]:
    """Select the media type of the response; see `select_representation`.

    Returns:
        The media type, and the headers that describe the negotiation.

    Raises:
        ProblemError: 406, with the available representations.
    """
    media_type, headers, _ = select_representation(request, offers, lambda _: None, fixed, path_of)
    return media_type, headers


def select_representation(
    request: Request,
    offers: Sequence[MediaType],
    write: Callable[[MediaType], Written],
    fixed: MediaType | None = None,
    path_of: Callable[[MediaType], str] | None = None,
) -> tuple[MediaType, Headers, Written]:
    """Select a media type and write the representation in it.

    Args:
        request: with its Accept header.
        offers: in the server's order of preference.
        write: returns the representation in a media type. If it raises `UnwritableError`, the next best acceptable
            media type is tried (RFC 9110, section 12.5.1).
        fixed: the media type that the path names; the Accept header is then ignored.
        path_of: returns the path of each representation, if each has one.

    Returns:
        The media type, the headers that describe the negotiation, and the representation.

    Raises:
        ProblemError: 406, with the available representations.
        UnwritableError: the representation cannot be written in any acceptable media type; the error is that of the
            best of them.
    """
    if fixed is not None:
        return fixed, (), write(fixed)
    best: UnwritableError | None = None
    for offer in acceptable_offers(request.header("accept"), offers):
        try:
            representation = write(offer)
        except UnwritableError as error:
            # A traceback would keep a result of the engine alive, which no other thread may free.
            best = best or error.with_traceback(None)
        else:
            location: Headers = (("content-location", path_of(offer)),) if path_of else ()
            return offer, (("vary", "Accept"), *location), representation
    raise best or not_acceptable([(offer, path_of(offer) if path_of else "") for offer in offers])
