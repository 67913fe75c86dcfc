"""YAML text → plain values with a place for each, or findings.

The reader follows YAML 1.2 (core schema, section 10.3) for plain scalars, so that `no` is a word and so is a
time. It takes only the part of YAML that people write by hand: no anchors, aliases or tags. It works on the
events of PyYAML's parser with a stack of its own, so that neither depth nor aliases can make it grow.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS, MAX_YAML_BYTES, MAX_YAML_DEPTH

if TYPE_CHECKING:
    from pathlib import Path

#: The keys and indices that lead from the top of a document to a value.
Loc = tuple[str | int, ...]

_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,999}\Z")
_BASED: Final = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
#: Two different numbers by YAML 1.1 and YAML 1.2.
_AMBIGUOUS: Final = re.compile(r"(?:[-+]?0[0-9]+|0o[0-7]+)\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
#: Characters that nobody sees; three of them end a line to some readers of YAML and not to others.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A line and a column in characters, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """What one file says.

    Attributes:
        value: dicts, lists, strings, integers, floats, booleans and None.
        positions: where each value stands.
        key_positions: where the key of each value of a mapping stands.
    """

    value: object
    positions: dict[Loc, Position]
    key_positions: dict[Loc, Position]

    def position(self, loc: Loc) -> Position:
        """Where that value stands, or the nearest thing around it that was written."""
        while loc not in self.positions and loc:
            loc = loc[:-1]
        return self.positions[loc]

    def key_position(self, loc: Loc) -> Position:
        """Where the key of that value stands, or else the value."""
        return self.key_positions.get(loc) or self.position(loc)


class YamlError(Exception):
    """A file is not the YAML that is taken here; carries its findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, if it is one and not too large.

    Raises:
        YamlError: it cannot be read or is too large.
    """

    def fault(code: Code, message: str, hint: str) -> YamlError:
        return YamlError([Finding(code, Severity.VIOLATION, message, file=str(path), hint=hint)])

    try:
        with path.open("rb") as file:
            data = file.read(MAX_YAML_BYTES + 1)
    except (OSError, ValueError) as error:
        message = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        raise fault(Code.UNREADABLE, message, "Check the name and the permissions.") from error
    if len(data) > MAX_YAML_BYTES:
        message = f"The file has more than {MAX_YAML_BYTES:,} bytes."
        raise fault(Code.TOO_LARGE, message, "Write one profile to a file, and keep documents out of YAML.")
    return data


def parse(data: bytes, file: str) -> YamlDocument:
    """Read YAML text.

    Args:
        data: the bytes of the file.
        file: its name, for the findings.

    Raises:
        YamlError: with every finding that could be made.
    """
    text = _text(data, file)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        builder.report(
            Code.NOT_YAML,
            place,
            f"This is not YAML: {error.problem or error.context}.",
            "Look at the indentation, the colons and the quotation marks on this line and the one before.",
        )
    if builder.findings:
        raise YamlError(builder.findings)
    if builder.document is None:
        builder.report(Code.EMPTY, Position(1, 1), "The file says nothing.", "Write a profile, or remove the file.")
        raise YamlError(builder.findings)
    return builder.document


#: A comment that stands by itself or behind something, and asks for a person's eye.
_CHECK: Final = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*check:", re.MULTILINE)


def check_comments(data: bytes) -> list[Position]:
    """Where the comments begin that ask for a person's eye, in a text that `parse` takes."""
    text = data.decode("utf-8-sig")
    found = [_end_of(text[: match.start()]) for match in _CHECK.finditer(text)]
    if not found:
        return []
    # What looks like one within a scalar is a part of its words.
    inside = [
        (Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1))
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.ScalarEvent) and (start := event.start_mark) and (end := event.end_mark)
    ]
    return [place for place in found if not any(start < place < end for start, end in inside)]


def parse_scalar(text: str) -> object:
    """What an unquoted word of YAML is: a number, true, false, nothing, or the word itself.

    By the core schema of YAML 1.2 (section 10.3.2). A number of a thousand digits is infinite.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    return float(text) if _FLOAT.match(text) else text


def _text(data: bytes, file: str) -> str:
    def fault(code: Code, message: str, hint: str, place: Position | None = None) -> YamlError:
        line, column = place or (None, None)
        return YamlError([Finding(code, Severity.VIOLATION, message, file, line, column, hint=hint)])

    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise fault(Code.NOT_UTF8, "The file is in UTF-16.", "Save it as UTF-8.")
    if b"\0" in data:
        raise fault(Code.BINARY, "This is a binary file.", "Give a text file; documents go through import.")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = _end_of(data[: error.start].decode())
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8; the file may be in Latin-1 or Windows-1252."
        raise fault(Code.NOT_UTF8, message, "Save it as UTF-8.", place) from error
    if control := _CONTROL.search(text):
        message = f"There is a control character (U+{ord(control[0]):04X}) here."
        raise fault(Code.BINARY, message, "Remove it.", _end_of(text[: control.start()]))
    if not text.strip():
        raise fault(Code.EMPTY, "The file is empty.", "Write a profile, or remove the file.")
    return text


def _end_of(text: str) -> Position:
    """The place right after a text."""
    lines = _LINE_BREAK.split(text)
    return Position(len(lines), len(lines[-1]) + 1)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    loc: Loc
    value: dict[str, object] | list[object]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Takes the parser's events one by one and builds a document of them."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    document: YamlDocument | None = None
    stack: list[_Open] = field(default_factory=list)
    positions: dict[Loc, Position] = field(default_factory=dict)
    key_positions: dict[Loc, Position] = field(default_factory=dict)

    def report(self, code: Code, place: Position, message: str, hint: str) -> None:
        self.findings.append(Finding(code, Severity.VIOLATION, message, self.file, *place, hint=hint))
        if len(self.findings) == MAX_FINDINGS:
            raise YamlError(self.findings)

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        place = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Anchors (&) and aliases (*) are not taken here."
            self.report(Code.NOT_PLAIN, place, message, "Write the value out.")
        elif getattr(event, "tag", None):
            self.report(Code.NOT_PLAIN, place, "Tags (!) are not taken here.", "Write the plain value.")
        if isinstance(event, yaml.DocumentStartEvent) and self.document is not None:
            message = "A second document begins here."
            self.report(Code.SEVERAL_DOCUMENTS, place, message, "Write one profile to a file.")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin({}, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin([], place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _alias(self, place: Position) -> None:
        if self._awaits_key():
            raise YamlError(self.findings)
        self._add(None, place)

    def _scalar(self, event: yaml.ScalarEvent, place: Position) -> None:
        if self._awaits_key():
            self._open_key(self.stack[-1], event.value, place)
            return
        value = event.value if event.style else self._plain(event.value, place)
        self._add(value, place)

    def _open_key(self, around: _Open, key: str, place: Position) -> None:
        loc = (*around.loc, key)
        if key in around.value:
            first = self.key_positions[loc]
            self.report(
                Code.DUPLICATE_KEY,
                place,
                f"The key {key[:80]!r} stands here a second time; the first is on line {first.line}.",
                "Keep one of them.",
            )
        self.key_positions.setdefault(loc, place)
        around.key = key

    def _plain(self, text: str, place: Position) -> object:
        value = parse_scalar(text)
        if _AMBIGUOUS.match(text):
            message = f"{text} is one number to some readers of YAML and another to others."
            self.report(Code.AMBIGUOUS_NUMBER, place, message, f'Write {value} for a number, or "{text}" for text.')
        return value

    def _begin(self, value: dict[str, object] | list[object], place: Position) -> None:
        if self._awaits_key():
            self.report(Code.NOT_PLAIN, place, "A key must be a word, not a list or mapping.", "Write a plain key.")
            raise YamlError(self.findings)
        if len(self.stack) >= MAX_YAML_DEPTH:
            message = f"More than {MAX_YAML_DEPTH} lists and mappings stand inside one another."
            self.report(Code.TOO_DEEP, place, message, "A profile needs five.")
            raise YamlError(self.findings)
        self.stack.append(_Open(self._add(value, place), value))

    def _add(self, value: object, place: Position) -> Loc:
        if not self.stack:
            self.positions[()] = place
            self.document = self.document or YamlDocument(value, self.positions, self.key_positions)
            return ()
        around = self.stack[-1]
        if isinstance(around.value, list):
            loc: Loc = (*around.loc, len(around.value))
            around.value.append(value)
        else:
            key = around.key or ""
            loc = (*around.loc, key)
            around.value.setdefault(key, value)
            around.key = None
        self.positions.setdefault(loc, place)
        return loc
