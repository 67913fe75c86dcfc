"""Files as they are: the dumps of a release under `/data/`, and the style sheet under `/static/`.

A file is found by its name in a table, never by a path made from the request. Dumps can be had in parts (RFC 9110,
section 14).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.web.handlers.signposting import links_of_download
from tlevel_rdf.web.http.media_types import type_of_file
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_STATIC: Final = {file.name: file for file in (Path(__file__).parents[1] / "html" / "static").iterdir()}


def download(site: Site, request: Request) -> Response:
    """A file of the release.

    Raises:
        ProblemError: 404, there is no such file.
        ReleaseError: the release names a file that is not there.
    """
    name = unquote(request.path.removeprefix("/data/"))
    file = site.files.get(name)
    if file is None:
        what = f"the file {name}"
        raise not_found(what)
    if not file.is_file():
        what = f"{file} is missing"
        raise ReleaseError(what, hint="build the release again")
    headers = (("accept-ranges", "bytes"), *links_of_download(site, name))
    return site.represent_file(name, type_of_file(name), headers=headers)


def static(site: Site, request: Request) -> Response:
    """A file that the pages need.

    Raises:
        ProblemError: 404.
    """
    name = request.path.removeprefix("/static/")
    if name not in _STATIC:
        what = f"the file {name}"
        raise not_found(what)
    return site.represent(type_of_file(name), _STATIC[name].read_bytes())
