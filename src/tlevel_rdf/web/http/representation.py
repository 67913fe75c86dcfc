"""Which representation a request gets: by the suffix of its path, else by its Accept header."""

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
    """The media type to answer in, and the headers that say how it was chosen.

    Args:
        request: with its Accept header.
        offers: in the server's order.
        fixed: what the path itself names; Accept is not read then.
        path_of: the path of each offer, where it has one of its own.

    Raises:
        ProblemError: 406, with the variants.
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
        offers: in the server's order.
        write: gives what is sent in a type, or raises `UnwritableError`; then the next best is tried (RFC 9110,
            section 12.5.1).
        fixed: what the path itself names; Accept is not read then.
        path_of: the path of each offer, where it has one of its own.

    Raises:
        ProblemError: 406, with the variants.
        UnwritableError: no type that is acceptable can hold it; about the best of them.
    """
    if fixed is not None:
        return fixed, (), write(fixed)
    best: UnwritableError | None = None
    for offer in acceptable_offers(request.header("accept"), offers):
        try:
            body = write(offer)
        except UnwritableError as error:
            # Without its traceback, which would keep a result of the engine until a collector in any thread finds it.
            best = best or error.with_traceback(None)
        else:
            headers: Headers = (("vary", "Accept"),)
            return offer, ((*headers, ("content-location", path_of(offer))) if path_of else headers), body
    raise best or not_acceptable([(offer, path_of(offer) if path_of else "") for offer in offers])
