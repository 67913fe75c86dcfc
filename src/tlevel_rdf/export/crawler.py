"""Every answer of a site that a file can hold, found by following links from the first addresses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.export.addresses import first_addresses, redirected_codes
from tlevel_rdf.web.http.media_types import HTML, PLAIN_JSON
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.router import complete_response

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.web.data.site import Site

#: Pages, and JSON where there is no page.
_ACCEPT: Final = "text/html, */*;q=0.1"
_IN_HTML: Final = re.compile(rb'(?<![\w-])(?:href|src)="([^"#]+)')
_IN_JSON: Final = re.compile(rb'": "(/[^"#]*)"')
_PATTERNS: Final = {HTML.name: _IN_HTML, PLAIN_JSON.name: _IN_JSON}
#: Paths whose answers depend on a query that people choose. Files hold the answers without a query.
_ENDLESS: Final = re.compile(r"/(?:search|sparql|queries|questions|api)\b")


class Page(NamedTuple):
    """An answer that a file can hold.

    Attributes:
        target: the path, percent-encoded, with a query if it has one.
        response: complete, without a content coding.
    """

    target: str
    response: Response


class Redirect(NamedTuple):
    """A redirect from a target of the site to another one.

    Attributes:
        target: the path, percent-encoded, with a query if it has one.
        location: the target that it leads to.
        is_code: True if the target has a code of a register in place of the key of a thing.
    """

    target: str
    location: str
    is_code: bool = False


@dataclass
class Crawler:
    """Follows the links of a site.

    Attributes:
        site: to read.
        root_path: the path under which the host has the site, percent-encoded, without a slash at its end.
        endless: the number of links to answers that need a server, by path.
        missing: targets of links that the site has no answer for, with the status.
    """

    site: Site
    root_path: str = ""
    endless: Counter[str] = field(default_factory=Counter)
    missing: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def crawl(self) -> Iterator[Page | Redirect]:
        """Yield each page and each redirect of the site once."""
        for first in first_addresses(self.site):
            yield from self._follow([first])
        for target, iri_path in redirected_codes(self.site):
            if target not in self._seen:
                self._seen.add(target)
                yield Redirect(target, self._document_of(iri_path), is_code=True)

    def _follow(self, targets: list[str]) -> Iterator[Page | Redirect]:
        while targets:
            target = targets.pop()
            if target in self._seen:
                continue
            self._seen.add(target)
            path, mark, query = target.partition("?")
            if mark and _ENDLESS.match(path):
                self.endless[path] += 1
                targets.append(path)
                continue
            response = self._get(path, query)
            if response.status == HTTPStatus.SEE_OTHER:
                location = self._own(response.header("location") or "")
                yield Redirect(target, location)
                targets.append(location.partition("#")[0])
            elif response.status in {HTTPStatus.OK, HTTPStatus.GONE}:
                yield from self._page(target, response, targets)
            elif response.status == HTTPStatus.BAD_REQUEST and _ENDLESS.match(path):
                self.endless[path] += 1
            else:
                self.missing[target] = response.status

    def _page(self, target: str, response: Response, targets: list[str]) -> Iterator[Page]:
        path = target.partition("?")[0]
        place = target if path.endswith("/") else self._own(response.header("content-location") or target)
        if place != target and place in self._seen:
            return
        self._seen.add(place)
        yield Page(place, response)
        # The other representations of a page come first among its links, and next.
        targets += [link for link in reversed(self._links(response)) if link not in self._seen]

    def _get(self, path: str, query: str = "") -> Response:
        request = Request("GET", path, query, (("accept", _ACCEPT),), root_path=self.root_path)
        return complete_response(self.site, request)

    def _document_of(self, iri_path: str) -> str:
        """Return the path of the document about the thing of an IRI."""
        path = iri_path.partition("#")[0]
        return self._own(self._get(path).header("location") or path)

    def _own(self, target: str) -> str:
        return target.removeprefix(self.root_path) if target.startswith(f"{self.root_path}/") else target

    def _links(self, response: Response) -> Sequence[str]:
        """Return the targets of the links in a page that lead to the site."""
        pattern = _PATTERNS.get((response.header("content-type") or "").partition(";")[0])
        if pattern is None or not isinstance(response.body, bytes):
            return ()
        own = f"{self.root_path}/"
        links = (unescape(link.decode()) for link in pattern.findall(response.body))
        # A few links need a host; they are to this site too, unless they are to an identifier.
        found = dict.fromkeys(
            own + link.removeprefix(f"{self.site.url}") if link.startswith(f"{self.site.url}oembed/") else link
            for link in links
        )
        return [self._own(link) for link in found if link.startswith(own) and not link.startswith("//")]
