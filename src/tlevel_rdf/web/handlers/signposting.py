"""Signposting: `Link` headers by which programs find from one address what belongs to it, without reading a page.

The relations are those of FAIR Signposting (signposting.org/FAIR), the syntax that of RFC 8288: a page is the landing
page, RDF is the metadata, and the dumps are the content. Targets are URIs in ASCII, relative to the site, which may
stand elsewhere than where its things are identified; the things themselves are named by their IRIs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.web.data.iris import to_uri
from tlevel_rdf.web.http.media_types import CSVW, GRAPHS, HTML, type_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers

_LANDING_PAGE: Final = "https://schema.org/AboutPage"
_DATASET: Final = "https://schema.org/Dataset"
_DOWNLOAD: Final = "https://schema.org/DataDownload"
#: Data may put a thing into very many classes, and proxies refuse headers that are very long.
_MOST_CLASSES: Final = 10
_MOST_CHARACTERS: Final = 1_000


def link(target: str, relation: str, media_type: MediaType | None = None) -> str:
    """One link (RFC 8288, section 3).

    Args:
        target: an IRI, or a reference relative to the site.
        relation: its registered name.
        media_type: of what is there, if that is certain.

    >>> link("/doc/é.html", "describes", HTML)
    '</doc/%C3%A9.html>; rel="describes"; type="text/html"'
    """
    hint = f'; type="{media_type.name}"' if media_type else ""
    return f'<{to_uri(target)}>; rel="{relation}"{hint}'


def links_of_document(
    site: Site, iri: str, classes: Iterable[str], media_type: MediaType, path_of: Callable[[MediaType], str]
) -> Headers:
    """The links of a document about a thing, in one of its representations.

    Args:
        site: what is served.
        iri: of the thing.
        classes: IRIs of what the thing is.
        media_type: of the representation that the links go with.
        path_of: the path of each representation.
    """
    return _header(
        (
            link(iri, "cite-as"),
            *_variants(media_type, path_of),
            *(link(kind, "type") for kind in _bounded(classes, media_type)),
            *_licence(site),
            link("/", "collection", HTML),
        )
    )


def links_of_dataset(site: Site, media_type: MediaType) -> Headers:
    """The links of the first page, which is the landing page of the data set, and of its forms in RDF."""
    items = (link(f"/data/{quote(name)}", "item", type_of_file(name)) for name in site.files)
    return _header(
        (
            link(site.dataset, "cite-as"),
            *_variants(media_type, lambda _: "/"),
            *(link(kind, "type") for kind in _bounded([_DATASET], media_type)),
            *items,
            *_licence(site),
        )
    )


def links_of_download(site: Site, name: str) -> Headers:
    """The links of a dump; a table's lead to its metadata (CSV on the Web, section 5.2 of its model)."""
    metadata = f"{name}-metadata.json"
    return _header(
        (
            link("/", "collection", HTML),
            link(_DOWNLOAD, "type"),
            *([link(f"/data/{quote(metadata)}", "describedby", CSVW)] if metadata in site.files else []),
            *_licence(site),
        )
    )


def _licence(site: Site) -> list[str]:
    return [link(site.about.licence, "license")] if site.about.licence else []


def _variants(media_type: MediaType, path_of: Callable[[MediaType], str]) -> Iterator[str]:
    """A page is described by each form in RDF; each of those describes the page, and is an alternate of the others."""
    if media_type is not HTML:
        yield link(path_of(HTML), "describes", HTML)
    relation = "describedby" if media_type is HTML else "alternate"
    yield from (link(path_of(offer), relation, offer) for offer in GRAPHS if offer is not media_type)


def _bounded(classes: Iterable[str], media_type: MediaType) -> list[str]:
    short = [kind for kind in sorted(classes) if len(kind) <= _MOST_CHARACTERS][:_MOST_CLASSES]
    return [_LANDING_PAGE, *short] if media_type is HTML else short


def _header(links: Iterable[str]) -> Headers:
    return (("link", ", ".join(links)),)
