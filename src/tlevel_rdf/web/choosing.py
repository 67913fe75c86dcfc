"""Which representation a request gets: by the suffix of its path, else by its Accept header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.web.negotiation import choose
from tlevel_rdf.web.problems import not_acceptable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.web.http import Headers, Request
    from tlevel_rdf.web.negotiation import MediaType


def chosen(
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
    if fixed is not None:
        return fixed, ()
    found = choose(request.header("accept"), offers)
    if found is None:
        raise not_acceptable([(offer, path_of(offer) if path_of else "") for offer in offers])
    headers: Headers = (("vary", "Accept"),)
    return found, ((*headers, ("content-location", path_of(found))) if path_of else headers)
