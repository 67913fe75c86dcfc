"""The map of next steps for other sites to embed (oEmbed 1.0): `/oembed?url=…`, and a file for each map.

A page with a map links to the file, so consumers find it without knowing this site, also on a host without the server.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tlevel_rdf.graph import terms
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.iris import iris_of_document
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.maps.picture import has_map, picture
from tlevel_rdf.web.http.media_types import HTML, PLAIN_JSON, SVG, split_suffix
from tlevel_rdf.web.http.problems import bad_request, not_found
from tlevel_rdf.web.http.query_string import parse_parameters
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

PATH: Final = "/oembed"
_SIZE: Final = re.compile(rb'<svg[^>]* width="(\d+)" height="(\d+)"')
_NUMBER: Final = re.compile("[0-9]{1,6}", re.ASCII)


def oembed(site: Site, request: Request) -> Response:
    """Answer `/oembed?url=…&maxwidth=…&maxheight=…`, and `/oembed/doc/….json` for one page with a map.

    Raises:
        ProblemError: 400, without the URL of a page or with a size that is none; 404, the page has no map; 406.
    """
    values = parse_parameters(request.query)
    if request.path == PATH:
        path = _path_of(site, values, request.root_path)
    else:
        path = split_suffix(request.path.removeprefix(PATH), (PLAIN_JSON,))[0]
    media_type, headers = select_media_type(request, (PLAIN_JSON,))
    content = _describe(site, path, _maximum(values, "maxwidth"), _maximum(values, "maxheight"))
    return site.represent(media_type, json.dumps(content, ensure_ascii=False, indent=2).encode(), headers=headers)


def _path_of(site: Site, values: Mapping[str, tuple[str, ...]], root_path: str) -> str:
    """Return the path on the site of the page that a request is about."""
    urls = values.get("url", ())
    if len(urls) != 1 or values.get("format", ("json",)) != ("json",):
        raise bad_request("Send the URL of a page as url, once; the only format is json.")
    (url,) = urls
    if url.startswith(f"{site.base}id/"):
        return f"/doc/{url.removeprefix(f'{site.base}id/')}"
    path = urlsplit(url).path
    for prefix in (urlsplit(site.url).path, f"{root_path}/"):
        if path.startswith(f"{prefix}doc/"):
            path = path.removeprefix(prefix.rstrip("/"))
    return split_suffix(path, (HTML,))[0]


def _describe(site: Site, path: str, max_width: int, max_height: int) -> dict[str, Any]:
    for iri in iris_of_document(path, site.base) if path.startswith("/doc/") else ():
        names = labels_and_types(site.store, [iri])
        classes = {triple.object.value for triple in names if triple.predicate == terms.TYPE}  # type: ignore[union-attr]
        if has_map(classes):
            break
    else:
        raise not_found("There is no page with a map of next steps at this URL.")
    drawn = _SIZE.search(picture(site, iri, classes))
    width, height = (int(drawn[1]), int(drawn[2])) if drawn else (1, 1)
    scale = min(1.0, (max_width or width) / width, (max_height or height) / height)
    shown = (max(1, int(width * scale)), max(1, int(height * scale)))
    title = f"Next steps after {Labels(site.base, names).of(iri)}"
    source = f"{site.url}{path.removeprefix('/')}{SVG.suffix}"
    return {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "provider_name": site.about.title,
        "provider_url": site.url,
        "width": shown[0],
        "height": shown[1],
        "html": (
            f'<iframe src="{escape(source)}" width="{shown[0]}" height="{shown[1]}" title="{escape(title)}"'
            ' loading="lazy"></iframe>'
        ),
    }


def _maximum(values: Mapping[str, tuple[str, ...]], name: str) -> int:
    """Return a greatest length in pixels; 0 if there is none."""
    sent = values.get(name, ("0",))
    if len(sent) != 1 or not _NUMBER.fullmatch(sent[0]):
        raise bad_request(f"{name} is a whole number of pixels.")
    return int(sent[0])
