"""JSON-LD, of which no statement is dropped.

JSON-LD 1.1 API drops what is not RDF: a property that no context defines, and terms that are not well formed. So each
file is parsed twice. The first time, undefined keys belong to a namespace of their own and terms are not checked; each
statement that shows a fault is reported. Only a file without faults is parsed for its quads.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.graph.jsonld import CONTEXT_ADDRESS, context
from tlevel_rdf.graph.reading.faults import Fault, Place, in_plain_words, long_term, shorten, syntax_error
from tlevel_rdf.graph.reading.pieces import Pieces
from tlevel_rdf.graph.reading.turtle import skip_byte_order_mark
from tlevel_rdf.limits import (
    MAX_CACHED_LITERALS,
    MAX_JSON_LD_BYTES,
    MAX_RDF_DEPTH,
    MAX_RDF_FAULTS,
    MAX_RDF_TERM_BYTES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

#: The namespace of the keys that no context defines.
_UNDEFINED: Final = "urn:x-undefined-key:"
_HEAD: Final = f'{{"@context":{{"@vocab":"{_UNDEFINED}"}},"@graph":'.encode()
_TAIL: Final = b"}"
_STRING: Final = rb'"(?:[^"\\]|\\.)*+"'
_TOKEN: Final = re.compile(_STRING + rb'|[^"]', re.DOTALL)
_STRINGS: Final = re.compile(_STRING, re.DOTALL)
_KEY_OR_VALUE: Final = re.compile(_STRING + rb"(?P<colon>\s*:)?", re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[{\]}]")
#: Contexts and vocabularies that are set to null, so that keys have no meaning from there on.
_NO_CONTEXT: Final = re.compile(rb'"@context"(\s*:\s*)(\[\s*)?null\b')
_NO_VOCABULARY: Final = re.compile(rb'"@vocab"\s*:\s*null\b')
_KEYWORDS: Final = frozenset(
    f"@{word}"
    for word in (
        *("base", "container", "context", "default", "direction", "graph", "id", "import", "included", "index", "json"),
        *("language", "list", "nest", "none", "prefix", "propagate", "protected", "reverse", "set", "type", "value"),
        *("version", "vocab"),
    )
)
_KEYWORD: Final = re.compile(rb'"(@[A-Za-z]+)"\s*:')
_CORRECT: Final = "correct the file at that place"


class _Dropped(NamedTuple):
    """A text of the file because of which a statement would be dropped."""

    kind: str
    text: str

    def to_fault(self, place: Place | None) -> Fault:
        problem, hint = {
            "key": (
                "the key '{}' has no meaning here, since no @context defines it",
                "define it in @context, or remove it",
            ),
            "language": ("'{}' is not a language tag", "use a language tag such as en or en-GB"),
            "IRI": ("'{}' is not an IRI", "write a whole IRI, and percent-encode characters such as spaces"),
        }[self.kind]
        return Fault(place, problem.format(shorten(self.text)), hint)


def parse_json_ld(file: IO[bytes], name: str, base: str) -> Iterator[Quad]:
    """Yield the quads of a file.

    Args:
        file: in UTF-8, with or without a byte order mark.
        name: the name of the file, for messages.
        base: the IRI to resolve relative IRIs against.

    Raises:
        UnreadableInputError: the file is too large.
        RdfSyntaxError: the file is not JSON-LD, loads a context, is nested too deeply, or has statements that a
            processor would drop.
    """
    skip_byte_order_mark(file, name)
    data = file.read(MAX_JSON_LD_BYTES + 1)
    if len(data) > MAX_JSON_LD_BYTES:
        message = f"{name} has more than {MAX_JSON_LD_BYTES:,} bytes of JSON-LD"
        raise UnreadableInputError(message, hint="split the file, or convert it to N-Quads")
    _check_depth(data, name)
    if fault := _find_syntax_fault(data):
        raise syntax_error(name, [fault])
    if len(data) > MAX_RDF_TERM_BYTES and (place := _place_of_long_string(data)):
        raise syntax_error(name, [long_term(place)])
    whole = _with_own_context(data)
    if faults := _find_faults(whole, data, base):
        raise syntax_error(name, faults)
    try:
        yield from pyoxigraph.parse(whole, format=RdfFormat.JSON_LD, base_iri=base)
    except SyntaxError as error:
        raise syntax_error(name, [_explain(error, whole, data, base)]) from error


def _place_of_long_string(data: bytes) -> Place | None:
    """Return the place of the first string that is too long for the parser."""
    long = (string for string in _STRINGS.finditer(data) if len(string[0]) > MAX_RDF_TERM_BYTES)
    return next((_place(data, string.start()) for string in long), None)


def _find_syntax_fault(data: bytes) -> Fault | None:
    """Return the first place at which the bytes are not JSON in UTF-8."""
    try:
        json.loads(data.decode(), parse_int=str)
    except UnicodeDecodeError as error:
        return Fault(_place(data, error.start), "the text here is not UTF-8", "save the file as UTF-8")
    except json.JSONDecodeError as error:
        here = shorten(error.doc[error.pos :])
        problem = f"this is not JSON: '{here}'" if here else "the file ends too early"
        return Fault(Place(error.lineno, error.colno), problem, _CORRECT)
    return None


def _check_depth(data: bytes, name: str) -> None:
    depth = 0
    # Strings become as many zeros, so that the offsets stay.
    plain = _STRINGS.sub(lambda found: b"0" * len(found[0]), data)
    for bracket in _BRACKET.finditer(plain):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MAX_RDF_DEPTH:
            problem = f"more than {MAX_RDF_DEPTH} objects and arrays are nested here"
            raise syntax_error(name, [Fault(_place(data, bracket.start()), problem, "give the inner things an @id")])


def _with_own_context(data: bytes) -> bytes:
    """Put the package's context in the place of its address, which files of this package's sites have."""
    if CONTEXT_ADDRESS.encode() not in data:
        return data
    address = re.escape(json.dumps(CONTEXT_ADDRESS).encode())
    own = json.dumps(context().document).encode()
    return re.sub(rb'("@context"\s*:\s*(?:\[\s*)?)' + address, lambda found: found[1] + own, data)


def _find_faults(whole: bytes, data: bytes, base: str) -> list[Fault]:
    """Return the texts because of which statements would be dropped.

    Args:
        whole: the JSON-LD, with the package's context in the place of its address.
        data: as in the file, for the places.
        base: the IRI to resolve relative IRIs against.
    """
    # Within a JSON literal, keys have no meaning.
    for word in _KEYWORD.finditer(data) if b'"@json"' not in data else ():
        if word[1].decode() not in _KEYWORDS:
            problem = f"'{word[1].decode()}' is not a keyword of JSON-LD"
            return [Fault(_place(data, word.start()), problem, "correct it, or remove it")]
    permissive = _HEAD + _with_undefined(whole) + _TAIL
    longer = len(permissive) - len(data) - len(_TAIL)
    try:
        if all(_dropped(quad) is None for quad in _parse_leniently(permissive, base)):
            return []
        pieces = Pieces(permissive, _TOKEN)
        places: dict[_Dropped, Place | None] = {}
        for quad in _parse_leniently(pieces, base):
            if (found := _dropped(quad)) and found not in places:
                places[found] = _find_text(data, max(pieces.end - longer, 0) or len(data), found)
                if len(places) == MAX_RDF_FAULTS:
                    break
    except SyntaxError:
        return []  # the strict parser will say why
    return [dropped.to_fault(place) for dropped, place in places.items()]


def _with_undefined(whole: bytes) -> bytes:
    """Give keys a meaning where a context takes away all others."""
    vocabulary = b'"@vocab":"%s"' % _UNDEFINED.encode()

    def replaced(found: re.Match[bytes]) -> bytes:
        begin, end = (found[2], b"") if found[2] else (b"[", b"]")
        return b'"@context"' + found[1] + begin + b"null,{" + vocabulary + b"}" + end

    return _NO_VOCABULARY.sub(vocabulary, _NO_CONTEXT.sub(replaced, whole))


def _parse_leniently(data: bytes | Pieces, base: str) -> Iterator[Quad]:
    return pyoxigraph.parse(data, format=RdfFormat.JSON_LD, base_iri=base, lenient=True)  # type: ignore[arg-type]  # needs only read


def _dropped(quad: Quad) -> _Dropped | None:
    """Return the text because of which this statement would be dropped, if any."""
    if quad.predicate.value.startswith(_UNDEFINED):
        return _Dropped("key", quad.predicate.value.removeprefix(_UNDEFINED))
    for term in quad:
        if isinstance(term, Literal):
            if term.language and not _is_language(term.language):
                return _Dropped("language", term.language)
            term = term.datatype  # noqa: PLW2901 - the IRI of a literal
        if isinstance(term, NamedNode) and not _is_iri(term.value):
            return _Dropped("IRI", term.value.removeprefix(_UNDEFINED))
    return None


@lru_cache(maxsize=MAX_CACHED_LITERALS)
def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=MAX_CACHED_LITERALS)
def _is_language(text: str) -> bool:
    try:
        Literal("", language=text)
    except ValueError:
        return False
    return True


def _find_text(data: bytes, end: int, dropped: _Dropped) -> Place | None:
    """Return the place of the last string before an offset that gives the text, else of the first in the file."""
    best: tuple[int, int] | None = None
    for token in _KEY_OR_VALUE.finditer(data):
        rank = _rank(token, dropped)
        if rank and (best is None or (token.start() <= end and rank >= best[0])):
            best = (rank, token.start())
    return _place(data, best[1]) if best else None


def _rank(token: re.Match[bytes], dropped: _Dropped) -> int:
    """Return how surely a string gives the text: 3 if it is the text, 0 if it has nothing to do with it."""
    raw = token[0][: -len(token["colon"])] if token["colon"] else token[0]
    try:
        text = json.loads(raw, strict=False)
    except ValueError:
        return 0
    if dropped.kind == "key" and not token["colon"]:
        return 0
    if text == dropped.text:
        return 3
    if dropped.kind != "IRI" or not text:
        return 0
    local = text.partition(":")[2]
    return 2 if dropped.text.endswith(text) else int(bool(local) and dropped.text.endswith(local))


def _place(data: bytes, offset: int) -> Place:
    before = data[:offset].decode(errors="replace")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _explain(error: SyntaxError, whole: bytes, data: bytes, base: str) -> Fault:
    """Return the fault for an error of the strict parser."""
    if "LoadDocumentCallback" in error.msg:
        address = next(_remote_contexts(json.loads(data, parse_int=str)), "")
        problem = f"the context '{shorten(address)}' is at another address, and nothing is fetched"
        place = _find_text(data, len(data), _Dropped("context", address))
        return Fault(place, problem, "copy the context into the file, in the place of its address")
    pieces = Pieces(whole, _TOKEN)
    try:
        for _ in pyoxigraph.parse(pieces, format=RdfFormat.JSON_LD, base_iri=base):  # type: ignore[arg-type]  # needs only read
            pass
    except SyntaxError:
        pass
    strings = [*_STRINGS.finditer(data, 0, max(pieces.end - len(whole) + len(data), 0))]
    place = _place(data, strings[-1].start() if strings else 0)
    return Fault(place, *_in_plain_words(error.msg, strings[-1][0].decode() if strings else ""))


def _remote_contexts(value: object) -> Iterator[str]:
    """Yield the addresses of contexts in a document."""
    if isinstance(value, list):
        for item in value:
            yield from _remote_contexts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in {"@context", "@import"}:
                yield from (each for each in (item if isinstance(item, list) else [item]) if isinstance(each, str))
            yield from _remote_contexts(item)


def _in_plain_words(message: str, here: str) -> tuple[str, str]:
    if found := re.match(r"(@\w+) is defined twice", message):
        return f"an object has {found[1]} twice, before or at this place", "keep one of them"
    if "must be an IRI" in message and (found := re.search(r"'(.*?)'", message)):
        return f"'{found[1]}' is not an IRI", "write a whole IRI, and percent-encode characters such as spaces"
    if "reverse" in message:
        return f"a property under @reverse has the text {shorten(here)}", 'write a thing there: {"@id": "…"}'
    if found := re.search(r"@\w+", message):
        return f"{found[0]} has a value that JSON-LD 1.1 does not allow, before or at this place", _CORRECT
    return in_plain_words(message, here, "JSON-LD")
