"""Files: the dumps of a release under `/data/`, and the style sheet under `/static/`.

The handlers look a name up in a table and never build a path from a request. Dumps support range requests (RFC 9110,
section 14).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.web.data.releases import why_none_kept
from tlevel_rdf.web.http.media_types import type_of_file
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.metadata.signposting import links_of_download

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_STATIC: Final = {file.name: file for file in (Path(__file__).parents[1] / "html" / "static").iterdir()}


def download(site: Site, request: Request) -> Response:
    """Answer `/data/{name}`: a file of the release.

    Raises:
        ProblemError: 404, the release has no such file.
        ReleaseError: the release lists a file that does not exist.
    """
    name = unquote(request.path.removeprefix("/data/"))
    file = site.files.get(name)
    if file is None:
        detail = f"There is no file {name}." if site.files else why_none_kept(site)
        raise not_found(detail)
    if not file.is_file():
        message = f"{file} is missing"
        raise ReleaseError(message, hint="build the release again")
    headers = (("accept-ranges", "bytes"), *links_of_download(site, name))
    return site.represent_file(name, type_of_file(name), headers=headers)


def static_names() -> tuple[str, ...]:
    """Return the names of the files under `/static/`, sorted."""
    return tuple(sorted(_STATIC))


def static(site: Site, request: Request) -> Response:
    """Answer `/static/{name}`: a file that the pages use.

    Raises:
        ProblemError: 404.
    """
    name = request.path.removeprefix("/static/")
    if name not in _STATIC:
        detail = f"There is no file {name}."
        raise not_found(detail)
    return site.represent(type_of_file(name), _STATIC[name].read_bytes())
