"""`/codes/…`: the pages of codes of public registers. `/api/codes/…` has the same in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tlevel_rdf.web.data.codes import describe_code
from tlevel_rdf.web.html.codes import code_page, codes_page
from tlevel_rdf.web.http.media_types import HTML
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response


def codes(site: Site, request: Request) -> Response:
    """Answer `/codes/`, or `/codes/{scheme}/{code}`, where the code may have slashes.

    Raises:
        ProblemError: 404, there is no such scheme or code; 406.
    """
    scheme, _, code = unquote(request.path.removeprefix("/codes").strip("/")).partition("/")
    page = code_page(site, describe_code(site, scheme, code)) if scheme else codes_page(site)
    media_type, headers = select_media_type(request, (HTML,))
    return site.represent(media_type, page, headers=headers)
