"""RDF/XML, checked as XML by expat and read by pyoxigraph.

pyoxigraph takes UTF-8 only, accepts a file that ends too early, expands entities without a limit and gives no
positions. Expat checks each piece of a file before pyoxigraph receives it.
"""

from __future__ import annotations

import codecs
import re
from typing import IO, TYPE_CHECKING, Final, NoReturn
from xml.parsers import expat

import pyoxigraph
from pyoxigraph import RdfFormat

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reading.faults import Fault, Place, in_plain_words, shorten, syntax_error
from tlevel_rdf.graph.reading.pieces import Pieces
from tlevel_rdf.limits import MAX_LOCATED_BYTES, MAX_RDF_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

_PIECE: Final = 1 << 16
#: The bytes in which the encoding is declared.
_HEAD: Final = 1024
#: The bytes at the start of a file, and the encoding that they show (XML 1.0, appendix F).
_SIGNATURES: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.\-]*)["']""")
_ENCODING: Final = re.compile(r"""(\A\s*<\?xml[^>]*?)\sencoding\s*=\s*(?:"[^"]*"|'[^']*')""")
#: Encodings of text; Python knows others, which are not for files.
_KNOWN: Final = re.compile(
    r"utf-8|iso8859-\d+|cp(?:125\d|437|8\d\d)|ascii|koi8-[ru]|mac-roman|shift_jis|euc_(?:jp|kr)|gb(?:2312|k|18030)|big5"
)
_TAG: Final = re.compile(rb"[^>]*>")
_SEPARATOR: Final = " "
_PARSE_TYPE: Final = f"{terms.RDF}{_SEPARATOR}parseType"
_PARSE_TYPES: Final = ("Literal", "Resource", "Collection", "Triple")
_SAVE: Final = "save the file as UTF-8"
_ENTITIES: Final = "write the text of each entity in its place, and remove the DOCTYPE"
#: What expat finds, by its code, in plain words.
_PROBLEMS: Final = {
    expat.errors.codes[code]: problem
    for code, problem in (
        (expat.errors.XML_ERROR_NO_ELEMENTS, "the file ends before an element is complete"),
        (expat.errors.XML_ERROR_UNCLOSED_TOKEN, "the file ends within a tag"),
        (expat.errors.XML_ERROR_TAG_MISMATCH, "this end tag does not match the start tag"),
        (expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE, "an element has an attribute twice"),
        (expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "there is more after the end of the root element"),
        (expat.errors.XML_ERROR_UNDEFINED_ENTITY, "this entity is not declared"),
        (expat.errors.XML_ERROR_UNBOUND_PREFIX, "a prefix of a name here is not declared"),
        (expat.errors.XML_ERROR_BAD_CHAR_REF, "this character reference names no character of XML"),
        (expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION, "the file ends within a CDATA section"),
        (expat.errors.XML_ERROR_INVALID_TOKEN, "this is not well-formed XML"),
    )
}


def parse_rdf_xml(file: IO[bytes], name: str, base: str) -> Iterator[Quad]:
    """Yield the quads of a file.

    Args:
        file: in UTF-8, UTF-16 or the encoding that it declares.
        name: the name of the file, for messages.
        base: the IRI to resolve relative IRIs against.

    Raises:
        RdfSyntaxError: the file is not well-formed XML or not RDF/XML, declares entities, or is nested too deeply.
    """
    checked = _CheckedXml(file, name)
    try:
        yield from pyoxigraph.parse(checked, format=RdfFormat.RDF_XML, base_iri=base)  # type: ignore[arg-type]  # needs only read
    except SyntaxError as error:
        checked.read_to_end()  # a fault of the XML itself explains more
        if file.tell() > MAX_LOCATED_BYTES:
            raise syntax_error(name, [Fault(None, *in_plain_words(error.msg, "", "RDF/XML"))]) from error
        file.seek(0)
        raise syntax_error(name, [_locate(_CheckedXml(file, name).read_to_end(), base, error)]) from error
    checked.read_to_end()


def _locate(data: bytes, base: str, error: SyntaxError) -> Fault:
    """Return the fault with its place, by parsing the file again, tag by tag."""
    pieces = Pieces(data, _TAG)
    try:
        for _ in pyoxigraph.parse(pieces, format=RdfFormat.RDF_XML, base_iri=base):  # type: ignore[arg-type]  # needs only read
            pass
    except SyntaxError as located:
        error = located
    begin, end = data.rfind(b"<", 0, pieces.end), pieces.end
    if "Unexpected text" in error.msg:
        begin, end = end - len(data[pieces.begin : end].lstrip()), begin
    before = data[:begin].decode()
    text = data[begin:end].decode()
    if "subtag" in error.msg and (tag := re.search(r"""xml:lang\s*=\s*["']([^"']*)""", text)):
        text = tag[1]
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Fault(place, *in_plain_words(error.msg, text, "RDF/XML"))


class _CheckedXml:
    """A readable file: the same XML in UTF-8, each piece of which expat has accepted.

    Args:
        file: at its start.
        name: the name of the file, for messages.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._buffer = b""
        self._depth = 0
        self._is_first = True
        self._has_ended = False
        self._decoder = codecs.getincrementaldecoder(_encoding_of(file, name))()
        self._expat = expat.ParserCreate("utf-8", _SEPARATOR)
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.EntityDeclHandler = self._refuse_entity
        self._expat.AttlistDeclHandler = self._refuse_entity
        self._expat.SkippedEntityHandler = self._refuse_entity

    def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end.

        Raises:
            RdfSyntaxError: they are not XML.
        """
        while not self._buffer and not self._has_ended:
            self._buffer = self._next_piece()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def read_to_end(self) -> bytes:
        """Return the rest of the file."""
        return b"".join(iter(lambda: self.read(_PIECE), b""))

    def _next_piece(self) -> bytes:
        data = self._file.read(_HEAD if self._is_first else _PIECE)
        self._has_ended = not data
        try:
            text = self._decoder.decode(data, final=self._has_ended)
        except UnicodeDecodeError as error:
            self._has_ended = False
            self._check(error.object[: error.start].decode(error.encoding, "ignore"))
            raise self._error("the text from here on is not in the encoding of the file", _SAVE) from error
        if self._is_first:
            # The encoding that the file declares is no longer true.
            text = _ENCODING.sub(lambda found: found[1] + " " * (found.end() - found.end(1)), text)
            self._is_first = False
        return self._check(text)

    def _check(self, text: str) -> bytes:
        piece = text.encode()
        try:
            self._expat.Parse(piece, self._has_ended)
        except expat.ExpatError as error:
            problem = _PROBLEMS.get(error.code, "this is not well-formed XML")
            place = Place(error.lineno, error.offset + 1)
            raise syntax_error(self._name, [Fault(place, problem, "correct the file at that place")]) from error
        return piece

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_RDF_DEPTH:
            raise self._error(
                f"more than {MAX_RDF_DEPTH} elements are nested here", "give the inner things an rdf:about"
            )
        if (kind := attributes.get(_PARSE_TYPE, "Literal")) not in _PARSE_TYPES:
            raise self._error(f"'{shorten(kind)}' is not an rdf:parseType", f"use one of {', '.join(_PARSE_TYPES)}")

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _refuse_entity(self, *_: object) -> NoReturn:
        raise self._error("entities and default attributes of a DOCTYPE are not read", _ENTITIES)

    def _error(self, problem: str, hint: str) -> Exception:
        place = Place(self._expat.CurrentLineNumber, self._expat.CurrentColumnNumber + 1)
        return syntax_error(self._name, [Fault(place, problem, hint)])


def _encoding_of(file: IO[bytes], name: str) -> str:
    """Return Python's name of a file's encoding.

    Raises:
        RdfSyntaxError: the file declares an encoding that is not known, or that it is not in.
    """
    begin = file.read(_HEAD)
    file.seek(0)
    for signature, encoding in _SIGNATURES:
        if begin.startswith(signature):
            return encoding
    found = _DECLARED.match(begin)
    declared = found[1].decode() if found else "utf-8"
    try:
        encoding = codecs.lookup(declared).name
    except LookupError:
        encoding = ""
    if not _KNOWN.fullmatch(encoding):
        reason = "but is not in it" if encoding.startswith("utf-") else "which is not known"
        problem = f"the file declares the encoding '{shorten(declared)}', {reason}"
        raise syntax_error(name, [Fault(Place(1, 1), problem, _SAVE)])
    return encoding
