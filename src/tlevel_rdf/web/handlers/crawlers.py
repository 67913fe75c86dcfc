"""The files that crawlers look for: robots.txt (RFC 9309), the site map, and a summary for language models."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from tlevel_rdf.limits import MAX_SITEMAP_ADDRESSES
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.http.media_types import PLAIN_TEXT, PLAIN_XML
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

#: Paths with an answer for each of endless queries.
_ENDLESS: Final = ("/sparql", "/queries/", "/search", "/doc?")
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(site: Site, request: Request) -> Response:
    """Answer `/robots.txt`: crawlers may read every page, but no query.

    Raises:
        ProblemError: 406.
    """
    rules = "".join(f"Disallow: {path}\n" for path in _ENDLESS)
    text = f"User-agent: *\n{rules}\nSitemap: {site.url}sitemap.xml\n"
    media_type, headers, body = select_representation(request, (PLAIN_TEXT,), lambda _: text.encode())
    return site.represent(media_type, body, headers=headers)


def sitemap(site: Site, request: Request) -> Response:
    """Answer `/sitemap.xml` with the address of each page about a thing that the search finds.

    Raises:
        ProblemError: 406.
    """
    media_type, headers, body = select_representation(request, (PLAIN_XML,), lambda _: _sitemap(site))
    return site.represent(media_type, body, headers=headers)


def summary(site: Site, request: Request) -> Response:
    """Answer `/llms.txt`: what the site has, and where programs find it, in Markdown.

    Raises:
        ProblemError: 406.
    """
    text = f"""# {site.about.title}

> Where a T Level, a technical qualification at level 3 in England, can lead: apprenticeships, Higher Technical
> Qualifications, degrees and jobs, each with the document or the register that states it.

- [Search]({site.url}search.json?q=optician): things by name or code, in JSON
- [API]({site.url}api/openapi.json): plain JSON, described in OpenAPI
- [Example queries]({site.url}queries/) and [SPARQL]({site.url}sparql)
- [Downloads]({site.url}catalogue): the whole data set in RDF and CSV
- [Vocabulary]({site.url}def/progression)

A profile gives examples of next steps, not a complete list. Each statement has its source; do not state more than it.
"""
    media_type, headers, body = select_representation(request, (PLAIN_TEXT,), lambda _: text.encode())
    return site.represent(media_type, body, headers=headers)


def security(site: Site, request: Request) -> Response:
    """Answer `/.well-known/security.txt` (RFC 9116) with the contact of the publisher, for a year from the release.

    Raises:
        ProblemError: 404, the publisher has set no contact; 406.
    """
    contact = site.settings.security_contact
    if not contact or site.date is None:
        raise not_found("The publisher of this site has not published a contact for reports about its security.")
    expires = site.date + dt.timedelta(days=365)
    text = (
        f"Contact: {contact}\nExpires: {expires.isoformat()}T00:00:00Z\nPreferred-Languages: en\n"
        f"Canonical: {site.url}.well-known/security.txt\n"
    )
    media_type, headers, body = select_representation(request, (PLAIN_TEXT,), lambda _: text.encode())
    return site.represent(media_type, body, headers=headers)


def _sitemap(site: Site) -> bytes:
    date = f"<lastmod>{site.date.isoformat()}</lastmod>" if site.date else ""
    entries = "".join(f"<url><loc>{escape(address)}</loc>{date}</url>\n" for address in _addresses(site))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>\n'.encode()


def _addresses(site: Site) -> Iterator[str]:
    yield site.url
    paths = dict.fromkeys(local_path(entry.iri, site.base).partition("#")[0] for entry in site.search_index.entries())
    for path in list(paths)[: MAX_SITEMAP_ADDRESSES - 1]:
        yield site.url + path.removeprefix("/")
