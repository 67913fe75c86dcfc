"""Writes the site as a folder of files, page by page."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.export.crawler import Crawler, Page, Redirect
from tlevel_rdf.export.file_names import OWN, FileNames
from tlevel_rdf.export.hosts import HostTables, write_rules
from tlevel_rdf.export.output_folder import mark, replacing
from tlevel_rdf.export.repeating_store import RepeatingStore
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.html.query_in_browser import DATA_PATH, TERMS_PATH, browser_data
from tlevel_rdf.web.html.rendering import render
from tlevel_rdf.web.http.media_types import HTML, PLAIN_JSON
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.http.problems import Problem
from tlevel_rdf.web.http.root_path import add_root_path
from tlevel_rdf.web.router import complete_response, problem_response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.web.data.site import Site

#: What the search of an exported site reads.
SEARCH_FILE: Final = f"{OWN}/search.json"
#: Folders of files that keep their names; other pages and JSON get the extension of their media type.
_NAMED: Final = ("/data/", "/static/")


@dataclass(frozen=True)
class ExportResult:
    """The result of an export.

    Attributes:
        files: the number of files.
        bytes: of all files.
        redirects: the number of redirects.
        endless: the number of links to answers that need a server, by path.
        missing: targets of links without an answer, with the status.
    """

    files: int
    bytes: int
    redirects: int
    endless: Mapping[str, int]
    missing: Mapping[str, int]


def export_site(site: Site, folder: Path, root_path: str = "") -> ExportResult:
    """Write a site as files, with the rules for hosts, in place of an earlier export.

    Args:
        site: to write.
        folder: for the files; replaced in one step when all are written.
        root_path: the path under which the host has the site, percent-encoded, without a slash at its end.

    Raises:
        OutputError: the folder has other files, or cannot be written.
        TlevelError: the data cannot be read.
    """
    with replacing(folder) as new:
        result = _Export(replace(site, store=RepeatingStore(site.store), is_static=True), new, root_path).write()
        content = {"release": site.release, "base": site.base, "root_path": root_path, "files": result.files}
        mark(new, content)
    return result


class _Export:
    """One export to a folder."""

    def __init__(self, site: Site, folder: Path, root_path: str) -> None:
        self._site = site
        self._folder = folder
        self._root = root_path
        self._names = FileNames()
        self._files = self._bytes = self._redirects = 0

    def write(self) -> ExportResult:
        crawler = Crawler(self._site, self._root)
        with HostTables(self._folder, self._root) as tables:
            for found in crawler.crawl():
                if isinstance(found, Page):
                    self._add_page(found, tables)
                else:
                    self._add_redirect(found, tables)
        self._write_own_pages()
        write_rules(self._folder, self._root)
        if browser_data(self._site):
            del crawler.endless["/sparql"]
        return ExportResult(self._files, self._bytes, self._redirects, crawler.endless, crawler.missing)

    def _add_page(self, page: Page, tables: HostTables) -> None:
        content_type = page.response.header("content-type") or ""
        name, is_plain = self._names.assign(page.target, _suffix(page.target, content_type))
        tables.add_file(_targets(page.target), name, content_type, is_plain=is_plain)
        self._write(name, page.response.body)

    def _add_redirect(self, redirect: Redirect, tables: HostTables) -> None:
        self._redirects += 1
        tables.add_redirect(redirect.target, redirect.location)
        name, is_plain = self._names.assign(redirect.target, HTML.suffix)
        # Hosts without redirects need a page for each IRI; codes have other ways to their things.
        if is_plain and not redirect.is_code:
            href = self._root + _file_address(redirect.location)
            self._write(name, render(self._site, "redirect.html", "This page has moved", href=href))

    def _write_own_pages(self) -> None:
        """Write the pages that only a host without the server needs."""
        problem = Problem(HTTPStatus.NOT_FOUND, "This site has no page at this address.", "start from the home page")
        request = Request("GET", "/404.html", headers=(("accept", HTML.name),), root_path=self._root)
        self._write("404.html", problem_response(self._site, request, problem).body)
        by_iri = render(self._site, "static_document.html", "Find a document")
        self._write("doc.html", add_root_path(_html(by_iri), self._root).content)
        self._write(SEARCH_FILE, self._search_file())
        if data := browser_data(self._site):
            self._write(DATA_PATH[1:], gzip.compress(data.read_bytes(), mtime=0))
            request = Request("GET", "/api/terms", "limit=1000", (("accept", PLAIN_JSON.name),))
            self._write(TERMS_PATH[1:], complete_response(self._site, request).content)

    def _search_file(self) -> bytes:
        """Return the names and codes of things, for the script that searches without a server."""
        index, base = self._site.search_index, self._site.base
        t_levels = sorted(index.t_levels)
        number_of = {iri: number for number, iri in enumerate(t_levels)}
        content = {
            "tLevels": [index.t_levels[iri] for iri in t_levels],
            "things": [
                [
                    entry.name,
                    _file_address(local_path(entry.iri, base)),
                    entry.kind,
                    entry.level,
                    entry.codes,
                    entry.others,
                    sorted(number_of[iri] for iri in entry.t_levels if iri in number_of),
                ]
                for entry in index.entries()
            ],
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    def _write(self, name: str, body: bytes | Path) -> None:
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(body, Path):
            shutil.copyfile(body, file)
        else:
            file.write_bytes(body)
        self._files += 1
        self._bytes += file.stat().st_size


def _html(body: bytes) -> Response:
    return Response(200, (("content-type", HTML.content_type),), body)


def _targets(target: str) -> tuple[str, ...]:
    """Return the addresses of a page: that with an extension, and that at which the server negotiates.

    >>> _targets("/doc.html?iri=https://e.org/a"), _targets("/void.ttl")
    (('/doc.html?iri=https://e.org/a', '/doc?iri=https://e.org/a'), ('/void.ttl',))
    """
    path, mark, query = target.partition("?")
    if not path.endswith(HTML.suffix):
        return (target,)
    return target, f"{path.removesuffix(HTML.suffix)}{mark}{query}"


def _suffix(target: str, content_type: str) -> str:
    """Return the extension of the file of an address; empty if its path is its name."""
    path, mark, _ = target.partition("?")
    if path.startswith(_NAMED):
        return ""
    if mark and "." in path:
        return path[path.rindex(".") :]
    name = content_type.partition(";")[0]
    return next((one.suffix for one in (HTML, PLAIN_JSON) if one.name == name), "")


def _file_address(target: str) -> str:
    """Return the address of the page of a document on a host that does not complete addresses.

    >>> _file_address("/doc/degree/optometry"), _file_address("/doc?iri=https://e.org/a%23b")
    ('/doc/degree/optometry.html', '/_/iri/https/e.org/a%2523b.html')
    """
    path, mark, query = target.partition("?")
    if mark and path == "/doc" and query.startswith("iri=http"):
        return quote(f"/{OWN}/iri/{query.removeprefix('iri=').replace('://', '/', 1)}{HTML.suffix}", safe="/:")
    if path.startswith(("/doc/", "/def/")):
        place, hash_mark, fragment = path.partition("#")
        return f"{place}{HTML.suffix}{hash_mark}{fragment}"
    return target
