"""Signposting: `Link` headers that lead programs from a landing page to metadata and content, and back.

The relation types are those of FAIR Signposting (signposting.org/FAIR), in the syntax of RFC 8288: the page is the
landing page, RDF is the metadata, and the dumps are the content. Targets are URIs in ASCII. They are relative to the
site, whose address may differ from the base of its IRIs; only things have absolute targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.limits import MAX_TYPE_LINK_CHARACTERS, MAX_TYPE_LINKS
from tlevel_rdf.release.release import LINKS
from tlevel_rdf.web.data.iris import to_uri
from tlevel_rdf.web.http.media_types import CSVW, GRAPHS, HTML, PAGE, type_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers

_LANDING_PAGE: Final = "https://schema.org/AboutPage"
_DATASET: Final = "https://schema.org/Dataset"
_DOWNLOAD: Final = "https://schema.org/DataDownload"


def link(target: str, relation: str, media_type: MediaType | None = None) -> str:
    """Return a link (RFC 8288, section 3).

    Args:
        target: an IRI, or a path of the site.
        relation: the registered relation type.
        media_type: of the target, if it is certain.

    >>> link("/doc/é.html", "describes", HTML)
    '</doc/%C3%A9.html>; rel="describes"; type="text/html"'
    """
    hint = f'; type="{media_type.name}"' if media_type else ""
    return f'<{to_uri(target)}>; rel="{relation}"{hint}'


def links_of_document(
    site: Site, iri: str, classes: Iterable[str], media_type: MediaType, path_of: Callable[[MediaType], str]
) -> Headers:
    """Return the Link header of a document about a thing, for one of its representations.

    Args:
        site: with the thing.
        iri: of the thing.
        classes: the IRIs of the classes of the thing.
        media_type: of the representation.
        path_of: returns the path of each representation.
    """
    return _header(
        (
            link(iri, "cite-as"),
            *_variants(media_type, path_of),
            *(link(kind, "type") for kind in _types(classes, media_type)),
            *_licence(site),
            link("/", "collection", HTML),
        )
    )


def links_of_dataset(site: Site, media_type: MediaType) -> Headers:
    """Return the Link header of the first page, the landing page of the data set, for one of its representations."""
    items = (link(f"/data/{quote(name)}", "item", type_of_file(name)) for name in site.files)
    return _header(
        (
            link(site.dataset, "cite-as"),
            *_variants(media_type, lambda _: "/"),
            *(link(kind, "type") for kind in _types([_DATASET], media_type)),
            *items,
            *_licence(site),
        )
    )


def links_of_listing(
    site: Site, media_type: MediaType, path_of: Callable[[MediaType], str], offers: Iterable[MediaType] = PAGE
) -> Headers:
    """Return the Link header of a page about several things, for one of its representations.

    Args:
        site: with the things.
        media_type: of the representation.
        path_of: returns the path of each representation.
        offers: the media types of all representations.
    """
    others = [offer for offer in offers if offer is not media_type]
    return _header(
        (
            *(link(path_of(offer), "alternate", offer) for offer in others),
            *_licence(site),
            link("/", "collection", HTML),
        )
    )


def links_of_download(site: Site, name: str) -> Headers:
    """Return the Link header of a file. A table links to its metadata (Tabular Data on the Web, section 5.2).

    A set of links states its own licence in its head.
    """
    metadata = f"{name}-metadata.json"
    return _header(
        (
            link("/", "collection", HTML),
            link(_DOWNLOAD, "type"),
            *([link(f"/data/{quote(metadata)}", "describedby", CSVW)] if metadata in site.files else []),
            *([] if name.startswith(f"{LINKS}/") else _licence(site)),
        )
    )


def _licence(site: Site) -> list[str]:
    return [link(site.about.licence, "license")] if site.about.licence else []


def _variants(media_type: MediaType, path_of: Callable[[MediaType], str]) -> Iterator[str]:
    """Yield the links between a page and its RDF: the RDF describes the page, and each syntax is an alternate."""
    if media_type is not HTML:
        yield link(path_of(HTML), "describes", HTML)
    relation = "describedby" if media_type is HTML else "alternate"
    yield from (link(path_of(offer), relation, offer) for offer in GRAPHS if offer is not media_type)


def _types(classes: Iterable[str], media_type: MediaType) -> list[str]:
    short = [kind for kind in sorted(classes) if len(kind) <= MAX_TYPE_LINK_CHARACTERS][:MAX_TYPE_LINKS]
    return [_LANDING_PAGE, *short] if media_type is HTML else short


def _header(links: Iterable[str]) -> Headers:
    return (("link", ", ".join(links)),)
