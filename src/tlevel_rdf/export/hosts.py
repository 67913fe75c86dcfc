"""The rules by which hosts answer as the server does: redirects, negotiation, media types and policies.

The rules that are the same for every site are texts in the folder `hosting`, with names such as @ROOT@ for what
differs. The tables, with a line for each address that is not regular, are written while the site is crawled.
"""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

from tlevel_rdf.export.file_names import OWN
from tlevel_rdf.web.html.maps.picture import PICTURE_HEADERS
from tlevel_rdf.web.http import media_types
from tlevel_rdf.web.http.media_types import CSV, GRAPHS, HTML, MAPPED_THING, MediaType

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXTS: Final = Path(__file__).parent / "hosting"
#: Where the texts and the tables go in the folder of a site.
HOSTING: Final = f"{OWN}/hosting"
_PLACES: Final = {
    "nginx-http.conf": f"{HOSTING}/nginx-http.conf",
    "nginx-server.conf": f"{HOSTING}/nginx-server.conf",
    "README.md": f"{HOSTING}/README.md",
    "htaccess": ".htaccess",
    "netlify-headers": "_headers",
}
#: The exported pages run the scripts of the site, which stand in for the server.
_HTML_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'"
)
#: The query page starts a worker, which compiles the engine. A worker has the policy that its own file is sent with.
_QUERY_POLICY: Final = _HTML_POLICY.replace(
    "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
)
_SVG_POLICY: Final = dict(PICTURE_HEADERS)["content-security-policy"]
_SVG_STYLE: Final = _SVG_POLICY.partition("style-src ")[2].partition(";")[0]
_TYPES: Final = tuple(one for one in vars(media_types).values() if isinstance(one, MediaType))
#: Media types of files whose extension another type shares.
_OF_SUFFIX: Final = {one.suffix: one for one in reversed(_TYPES) if one is not media_types.PROBLEM} | {
    ".json": media_types.PLAIN_JSON,
    ".xml": media_types.PLAIN_XML,
    ".csv": CSV,
}


class HostTables:
    """The tables of the redirects and the files of a site, written line by line.

    Args:
        folder: of the site.
        root_path: the path under which the host has the site, without a slash at its end.
    """

    def __init__(self, folder: Path, root_path: str) -> None:
        self._root = root_path
        self._folder = folder
        self._open = ExitStack()

    def __enter__(self) -> Self:
        (self._folder / HOSTING).mkdir(parents=True, exist_ok=True)
        names = ("nginx-redirects.map", "nginx-files.map", "redirects.txt", "files.txt")
        self._nginx_redirects, self._nginx_files, self._redirects, self._files = (
            self._open.enter_context((self._folder / HOSTING / name).open("w", encoding="ascii")) for name in names
        )
        self._netlify = self._open.enter_context((self._folder / "_redirects").open("w", encoding="ascii"))
        objects = (self._folder / HOSTING / "object-store.csv").open("w", encoding="utf-8", newline="")
        self._objects = csv.writer(self._open.enter_context(objects))
        self._objects.writerow(("key", "file", "content_type", "location"))
        return self

    def __exit__(self, *_exception: object) -> None:
        self._netlify.write(f"{self._root}/id/* {self._root}/doc/:splat 302!\n")
        self._open.close()

    def add_file(self, targets: Sequence[str], name: str, content_type: str, *, is_plain: bool) -> None:
        """Add a file.

        Args:
            targets: the addresses that it answers, the first by its path.
            name: of the file, relative to the folder of the site.
            content_type: the value of the Content-Type header.
            is_plain: True if a host finds it by the path alone.
        """
        for target in targets:
            self._objects.writerow((target.removeprefix("/"), name, content_type, ""))
        if not is_plain and "?iri=http" not in targets[0]:
            for target in targets:
                # A plain string would match in any case.
                self._nginx_files.write(f'"~^{re.escape(self._root + target)}$" "/{quote(name)}";\n')
                self._files.write(f"{self._root}{target} /{quote(name)}\n")

    def add_redirect(self, target: str, location: str) -> None:
        """Add a redirect, both relative to the root path."""
        location = self._root + location
        self._objects.writerow((target.removeprefix("/"), "", "", location))
        if location == f"{self._root}/doc/{target.removeprefix('/id/')}":
            return
        self._nginx_redirects.write(f'"{self._root}{target}" "{location}";\n')
        self._redirects.write(f"{self._root}{target} {location}\n")
        self._netlify.write(f"{self._root}{target} {location} 302!\n")


def write_rules(folder: Path, root_path: str) -> None:
    """Write the rules that are the same for every site, and the file that stops GitHub Pages from changing files."""
    values = {
        "@ROOT@": root_path,
        "@HTML_POLICY@": f"{_HTML_POLICY}; frame-ancestors 'none'",
        "@QUERY_POLICY@": f"{_QUERY_POLICY}; frame-ancestors 'none'",
        "@SVG_POLICY@": _SVG_POLICY,
        # Netlify sends one policy with everything, also with the script of the worker.
        "@EVERY_POLICY@": _QUERY_POLICY.replace("style-src 'self'", f"style-src 'self' {_SVG_STYLE}"),
        "@STRIP@": f"rewrite ^{root_path}(/.*)$ $1 break;" if root_path else "",
    }
    nginx_types = " ".join(f"{one.name} {suffix.removeprefix('.')};" for suffix, one in _OF_SUFFIX.items())
    apache_types = "\n".join(f"AddType {one.name} {suffix}" for suffix, one in _OF_SUFFIX.items())
    negotiation = {
        "@NEGOTIATION_BY_IRI@": "\n".join(_by_iri(offer) for offer in (HTML, *GRAPHS[1:], GRAPHS[0])),
        "@NEGOTIATION@": "\n".join(_by_path(offer) for offer in (HTML, *MAPPED_THING)),
    }
    for text, place in _PLACES.items():
        types = {"@TYPES@": apache_types if text == "htaccess" else nginx_types}
        content = (_TEXTS / text).read_text(encoding="utf-8")
        for name, value in {**values, **types, **negotiation}.items():
            content = content.replace(name, value)
        (folder / place).write_text(content, encoding="utf-8")
    (folder / ".nojekyll").touch()


def _accepts(offer: MediaType) -> str:
    """Return the Apache condition for a media type; the last one of a group has none, as the server's first choice."""
    return f'RewriteCond %{{HTTP_ACCEPT}} "{offer.name.replace("+", ".")}" [NC]\n'


def _by_iri(offer: MediaType) -> str:
    condition = "" if offer is GRAPHS[0] else _accepts(offer)
    return (
        f"{condition}RewriteCond %{{QUERY_STRING}} ^iri=(https?)://(.+)$\n"
        f"RewriteRule ^doc$ {OWN}/iri/%1/%2{offer.suffix} [L]"
    )


def _by_path(offer: MediaType) -> str:
    return (
        f"RewriteCond %{{REQUEST_FILENAME}} !-f\n{_accepts(offer)}"
        f"RewriteCond %{{REQUEST_FILENAME}}{offer.suffix} -f\nRewriteRule ^(.+)$ $1{offer.suffix} [L]"
    )
