"""IRIs of the data and paths of the site: which IRIs a path can mean, and which path describes an IRI.

`/doc/x` describes the thing at `{base}id/x`. `/def/x` describes `{base}def/x`, the usual place of an ontology. Any
other IRI is described at `/doc?iri=…`, so the site can serve data with any IRIs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.web.http.media_types import NAMED_THING, split_suffix

#: The documents of the vocabulary that the package contains. Every site has them and their versions under `/def/`.
ONTOLOGY: Final = (
    "progression",
    "level",
    "status",
    "mode",
    "wording",
    "readiness",
    "register-status",
    "alignments",
)
SHAPES: Final = "shapes"
CONTEXT: Final = "context.jsonld"
#: The beginnings of the paths of all IRIs that a release of this program has under its base.
IDENTIFIED: Final = ("/data/", "/def/", "/graph/", "/id/")
_SHIPPED: Final = frozenset({*ONTOLOGY, SHAPES, CONTEXT})
_DEF: Final = "/def/"
_DOC: Final = "/doc/"

_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9\-._~]")
#: The characters of a URI that need no escape (RFC 3986, section 2), and the percent sign of existing escapes.
_SAFE_IN_URI: Final = ":/?#@!$&'()*+,;=-._~%"


def is_iri(text: str) -> bool:
    """Return True for an absolute IRI (RFC 3987) that an RDF graph can contain.

    >>> is_iri("https://e.org/é"), is_iri("https://e.org/>"), is_iri("id/x")
    (True, False, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def to_uri(iri: str) -> str:
    """Return an IRI, or a part of one, in ASCII (RFC 3987, section 3.1).

    >>> to_uri("https://e.org/é%20x")
    'https://e.org/%C3%A9%20x'
    """
    return quote(iri, safe=_SAFE_IN_URI)


def to_iri(uri: str) -> str:
    """Return a URI with its escapes decoded, as far as an IRI can contain the characters (RFC 3987, section 3.2).

    >>> to_iri("https://e.org/%C3%A9%20%2F%FF%41")
    'https://e.org/é%20%2F%FFA'
    """
    return _ESCAPES.sub(lambda run: "".join(map(_decoded_or_escaped, _decode(run.group()))), uri)


def _decode(escapes: str) -> str:
    # A byte that is not UTF-8 becomes half of a surrogate pair, which encodes to the same byte again.
    return bytes.fromhex(escapes.replace("%", "")).decode("utf-8", errors="surrogateescape")


def _decoded_or_escaped(character: str) -> str:
    if _UNRESERVED.fullmatch(character) or (character > "\x9f" and is_iri(f"x:{character}")):
        return character
    return quote(character.encode("utf-8", errors="surrogateescape"), safe="")


def iris_of_uri(uri: str) -> tuple[str, ...]:
    """Return the IRIs that a request for a URI can mean: the URI itself, and the URI with decoded escapes.

    Escapes in capitals and in small letters mean the same (RFC 3986, section 6.2.2.1).

    >>> iris_of_uri("https://e.org/%c3%a9")
    ('https://e.org/%c3%a9', 'https://e.org/%C3%A9', 'https://e.org/é')
    """
    capitals = _ESCAPES.sub(lambda run: run.group().upper(), uri)
    return tuple(iri for iri in dict.fromkeys((uri, capitals, to_iri(uri))) if is_iri(iri))


def iris_of_document(path: str, base: str) -> tuple[str, ...]:
    """Return the IRIs that the path of a document can mean, the most likely first and without fragments.

    >>> iris_of_document("/doc/degree/%C3%A9", "https://e.org/")
    ('https://e.org/id/degree/%C3%A9', 'https://e.org/id/degree/é')
    >>> iris_of_document("/def/routes", "https://e.org/")[0]
    'https://e.org/def/routes'
    """
    if path.startswith(_DOC):
        return iris_of_uri(f"{base}id/{path.removeprefix(_DOC)}")
    key = path.removeprefix(_DEF)
    namespaces = (DEFINITIONS,) if _is_shipped(key) else (f"{base}def/", DEFINITIONS)
    return tuple(dict.fromkeys(iri for namespace in namespaces for iri in iris_of_uri(namespace + key)))


@dataclass(frozen=True, slots=True)
class DocumentPath:
    """The path of a document that describes a thing, percent-encoded and without a fragment.

    Attributes:
        path: of the document, without the extension of a representation.
        query: with its question mark, or empty.
    """

    path: str
    query: str = ""

    def variant(self, suffix: str = "") -> str:
        """Return the path of a representation by its extension, or the path for all representations without one."""
        return f"{self.path}{suffix}{self.query}"


def document_path(iri: str, base: str) -> DocumentPath:
    """Return the path of the document that describes a thing.

    Another known IRI can have the same path and come before this one in `iris_of_document`; then this one is described
    at `document_path_by_query` only.

    >>> document_path("https://e.org/id/degree/optometry", "https://e.org/").variant(".ttl")
    '/doc/degree/optometry.ttl'
    >>> document_path("https://other.org/#x", "https://e.org/").variant()
    '/doc?iri=https://other.org/%23x'
    """
    whole = iri.partition("#")[0]
    for namespace, folder in ((DEFINITIONS, _DEF), (f"{base}def/", _DEF), (f"{base}id/", _DOC)):
        key = whole.removeprefix(namespace)
        is_shipped = folder == _DEF and _is_shipped(key)
        if key != whole and (namespace == DEFINITIONS if is_shipped else _is_unambiguous(key)):
            return DocumentPath(folder + to_uri(key))
    return document_path_by_query(iri)


def document_path_by_query(iri: str) -> DocumentPath:
    """Return the path of the document about any IRI, which it shares with no other."""
    return DocumentPath("/doc", f"?iri={quote(iri, safe=':/')}")


def _is_shipped(key: str) -> bool:
    return key.partition("/")[0] in _SHIPPED


def _is_unambiguous(key: str) -> bool:
    """Return True if the site finds the same key again in a path, with or without the extension of a representation.

    It does not if the key ends like a representation of another thing or needs a query, nor if it contains both
    letters and escapes of letters, since a path has escapes for both.
    """
    if not key or key.endswith("/") or "?" in key or split_suffix(f"/{key}", NAMED_THING)[1] is not None:
        return False
    if key.isascii() and "%" not in key:
        return True
    uri = to_uri(key)
    return key in {uri, to_iri(uri)}


def local_path(iri: str, base: str) -> str:
    """Return the path on this site that describes an IRI, with the fragment of the IRI in its document."""
    document = document_path(iri, base)
    fragment = iri.partition("#")[2]
    return f"{document.path}#{to_uri(fragment)}" if fragment and not document.query else document.variant()


def is_own_iri(iri: str, base: str) -> bool:
    """Return True if an IRI is under the base or is a term of the vocabulary."""
    return iri.startswith((base, DEFINITIONS))


def is_linkable(iri: str) -> bool:
    """Return True if a page may link to an IRI; `javascript:` and the like become text only."""
    try:
        return urlsplit(iri).scheme in {"http", "https", "mailto"}
    except ValueError:
        return False
