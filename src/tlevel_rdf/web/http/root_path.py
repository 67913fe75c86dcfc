"""Responses of a site that is mounted under a path: its links begin with that path (`root_path` in ASGI).

The handlers know nothing of the mount. They write paths of the site into three kinds of places, and this module puts
the root path before them: headers, attributes of pages, and members of JSON. Quotation marks in text are escaped in
HTML and in JSON, so no text looks like an attribute or a member.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from tlevel_rdf.errors import SettingError
from tlevel_rdf.web.http.media_types import HTML, PLAIN_JSON, PROBLEM, SVG

if TYPE_CHECKING:
    from tlevel_rdf.web.http.messages import Response

#: The empty place before a path of the site, but not before `//`, which begins a host.
_IN_HTML: Final = re.compile(rb'(?:(?<=\bhref=")|(?<=\baction=")|(?<=\bsrc="))(?=/(?!/))')
_IN_JSON: Final = re.compile(rb'(?:(?<="href": ")|(?<="url": "))(?=/(?!/))')
_IN_LINK: Final = re.compile("(?<=<)(?=/(?!/))")
_PLACES: Final = {HTML.name: _IN_HTML, SVG.name: _IN_HTML, PLAIN_JSON.name: _IN_JSON, PROBLEM.name: _IN_JSON}
#: The characters of a root path: no quotation marks, which end attributes, and nothing that begins a query.
_SAFE_IN_ROOT: Final = "/-._~%"
_ROOT: Final = re.compile(r"(?:[A-Za-z0-9/\-._~]|%[0-9A-F]{2})*")
_PATH_HEADERS: Final = frozenset({"location", "content-location"})


def add_root_path(response: Response, root_path: str) -> Response:
    """Return the response with the root path before each path of the site.

    Args:
        response: without a content coding.
        root_path: percent-encoded, without a slash at its end.
    """
    headers = tuple((name, _add_to_header(name, value, root_path)) for name, value in response.headers)
    content_type = (response.header("content-type") or "").partition(";")[0]
    place = _PLACES.get(content_type)
    body = response.body
    if place is not None and not isinstance(body, Path):
        body = place.sub(root_path.encode(), body)
    return replace(response, headers=headers, body=body)


def _add_to_header(name: str, value: str, root_path: str) -> str:
    if name in _PATH_HEADERS and value.startswith("/"):
        return root_path + value
    return _IN_LINK.sub(root_path, value) if name == "link" else value


def read_root_path(path: str) -> str:
    """Return a path for `Request.root_path`: percent-encoded, and without a slash at its end.

    Raises:
        SettingError: clients would change the path before they send it, so no site can be at it.

    >>> read_root_path("/tlevels/"), read_root_path("/"), read_root_path("data/é")
    ('/tlevels', '', '/data/%C3%A9')
    """
    encoded = quote(path.strip("/"), safe=_SAFE_IN_ROOT)
    segments = encoded.split("/") if encoded else []
    if any(unquote(segment) in {"", ".", ".."} for segment in segments) or not _ROOT.fullmatch(encoded):
        raise SettingError(f"no site can be at the path {path!r}", hint="give a path such as /tlevels/")
    return f"/{encoded}" if encoded else ""
