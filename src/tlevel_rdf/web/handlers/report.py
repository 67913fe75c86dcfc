"""`/report`: what the checks of the current release found, as a page; the file of the release has it in RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.html.report import report_page
from tlevel_rdf.web.http.media_types import HTML, split_suffix
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

OFFERS: Final = (HTML,)
_FILE: Final = "report.ttl"


def report(site: Site, request: Request) -> Response:
    """Answer `/report`.

    Raises:
        ProblemError: 404, the data is not of a release; 406.
    """
    file = site.files.get(_FILE)
    if file is None or not file.is_file():
        raise not_found("This data is not of a release, so there is no report of its checks.")
    path, fixed = split_suffix(request.path, OFFERS)
    media_type, headers, body = select_representation(
        request, OFFERS, lambda _: report_page(site, file.read_bytes()), fixed, lambda offer: path + offer.suffix
    )
    return site.represent(media_type, body, headers=headers)
