"""Which IRI a path is about, and which path an IRI has on this site.

A thing at `{base}id/x` is described at `/doc/x`; one at `{base}def/x`, the usual place of an ontology, is described
there. Any other IRI that the data knows is described at `/doc?iri=…`, so data with any IRIs can be served.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from tlevel_rdf.settings import DEFINITIONS
from tlevel_rdf.web.http.media_types import THING, split_suffix

#: The documents of the vocabulary that ship with the package. They and their versions are under `/def/` on every site.
ONTOLOGY: Final = ("progression", "level", "status", "mode", "alignments")
SHAPES: Final = "shapes"
CONTEXT: Final = "context.jsonld"
_SHIPPED: Final = frozenset({*ONTOLOGY, SHAPES, CONTEXT})
_DEF: Final = "/def/"
_DOC: Final = "/doc/"

_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9\-._~]")
#: What stands for itself in a URI, the per cent sign of an escape included (RFC 3986, section 2).
_IN_URI: Final = ":/?#@!$&'()*+,;=-._~%"


def is_iri(text: str) -> bool:
    """Whether this is an absolute IRI (RFC 3987) that an RDF graph can hold.

    >>> is_iri("https://e.org/é"), is_iri("https://e.org/>"), is_iri("id/x")
    (True, False, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def to_uri(iri: str) -> str:
    """An IRI, or a part of one, in ASCII (RFC 3987, section 3.1).

    >>> to_uri("https://e.org/é%20x")
    'https://e.org/%C3%A9%20x'
    """
    return quote(iri, safe=_IN_URI)


def to_iri(uri: str) -> str:
    """A URI with the letters that its escapes stand for, where an IRI can hold them (RFC 3987, section 3.2).

    >>> to_iri("https://e.org/%C3%A9%20%2F%FF%41")
    'https://e.org/é%20%2F%FFA'
    """
    return _ESCAPES.sub(lambda run: "".join(map(_letter, _decoded(run.group()))), uri)


def _decoded(escapes: str) -> str:
    return bytes.fromhex(escapes.replace("%", "")).decode("utf-8", errors="surrogateescape")


def _letter(character: str) -> str:
    if _UNRESERVED.fullmatch(character) or (character > "\x9f" and is_iri(f"x:{character}")):
        return character
    # A byte that is no UTF-8 came through as half of a pair; its lower half is the byte.
    return quote(character.encode("utf-8", errors="surrogateescape"), safe="")


def candidates(uri: str) -> tuple[str, ...]:
    """The IRIs that a request for a URI may mean: as it was sent, and with its escapes read as letters."""
    return tuple(iri for iri in dict.fromkeys((uri, to_iri(uri))) if is_iri(iri))


def readings(path: str, base: str) -> tuple[str, ...]:
    """The IRIs that the path of a document may mean, likeliest first; without a fragment.

    >>> readings("/doc/degree/%C3%A9", "https://e.org/")
    ('https://e.org/id/degree/%C3%A9', 'https://e.org/id/degree/é')
    >>> readings("/def/routes", "https://e.org/")[0]
    'https://e.org/def/routes'
    """
    if path.startswith(_DOC):
        return candidates(f"{base}id/{path.removeprefix(_DOC)}")
    key = path.removeprefix(_DEF)
    spaces = (DEFINITIONS,) if _is_shipped(key) else (f"{base}def/", DEFINITIONS)
    return tuple(dict.fromkeys(iri for space in spaces for iri in candidates(space + key)))


def document_path(iri: str, base: str, suffix: str = "") -> str:
    """The path of the document that describes a thing, percent-encoded, without a fragment.

    It is the thing's own if no other reading of it is known (`readings`).

    Args:
        iri: of the thing.
        base: of the data.
        suffix: of one representation; empty: the document, whatever its representation.

    >>> document_path("https://e.org/id/degree/optometry", "https://e.org/", ".ttl")
    '/doc/degree/optometry.ttl'
    >>> document_path("https://other.org/#x", "https://e.org/")
    '/doc?iri=https://other.org/%23x'
    """
    whole = _before_fragment(iri)
    for space, place in ((DEFINITIONS, _DEF), (f"{base}def/", _DEF), (f"{base}id/", _DOC)):
        key = whole.removeprefix(space)
        is_shipped = place == _DEF and _is_shipped(key)
        if key != whole and (space == DEFINITIONS if is_shipped else _is_read_back(key)):
            return f"{place}{to_uri(key)}{suffix}"
    return path_by_query(iri, suffix)


def path_by_query(iri: str, suffix: str = "") -> str:
    """The path of the document about any IRI, which no other thing has."""
    return f"/doc{suffix}?iri={quote(iri, safe=':/')}"


def _is_shipped(key: str) -> bool:
    return key.partition("/")[0] in _SHIPPED


def _is_read_back(key: str) -> bool:
    """Whether a key in a path, with a suffix behind it or none, is read as the key that it is.

    Not if it ends like a representation of another thing, or needs a query; nor if it has both letters and the escapes
    of letters, since a path has escapes for both.
    """
    if not key or key.endswith("/") or "?" in key or split_suffix(f"/{key}", THING)[1] is not None:
        return False
    if key.isascii() and "%" not in key:
        return True
    uri = to_uri(key)
    return key in {uri, to_iri(uri)}


def local_path(iri: str, base: str) -> str:
    """Where this site describes an IRI, with the fragment that finds it in its document."""
    path = document_path(iri, base)
    fragment = iri.partition("#")[2]
    return f"{path}#{to_uri(fragment)}" if fragment and not path.startswith("/doc?") else path


def is_ours(iri: str, base: str) -> bool:
    """Whether an IRI is minted under the base, or is a term of the vocabulary."""
    return iri.startswith((base, DEFINITIONS))


def can_link(iri: str) -> bool:
    """Whether a page may link to an IRI: `javascript:` and the like are text only."""
    try:
        return urlsplit(iri).scheme in {"http", "https", "mailto"}
    except ValueError:
        return False


def _before_fragment(iri: str) -> str:
    return iri.partition("#")[0]
