"""A strict YAML reader that keeps the position of each value, and reports problems as findings.

Plain scalars follow the core schema of YAML 1.2 (section 10.3), so that `no` and times are text. Anchors, aliases and
tags are refused: hand-written files do not need them. The reader builds values from the events of PyYAML's parser with
its own stack, so neither deep nesting nor aliases can exhaust memory.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS, MAX_QUOTED_CHARACTERS, MAX_YAML_BYTES, MAX_YAML_DEPTH
from tlevel_rdf.profiles.yaml_faults import explain
from tlevel_rdf.regular_files import is_special

if TYPE_CHECKING:
    from pathlib import Path

#: The path of a value in a document: keys and indices, from the top.
Loc = tuple[str | int, ...]

_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,999}\Z")
_BASED: Final = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
#: Numbers with different values in YAML 1.1 and YAML 1.2.
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
#: Control characters and others that are invisible. Parsers disagree on whether three of them end a line.
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TEXT: Final = "If it is text, put it in quotation marks."
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
#: A check comment, at the start of a line or after a space.
_CHECK: Final = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*check:", re.MULTILINE)


class Position(NamedTuple):
    """A line, and a column in characters, both counted from 1."""

    line: int
    column: int


_START: Final = Position(1, 1)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The contents of a YAML file.

    Attributes:
        value: dicts, lists, strings, integers, floats, booleans and None.
        positions: the position of each value.
        key_positions: the position of the key of each value in a mapping.
        written: the text of each value that is no list or mapping, as the file has it, with its quotation marks.
    """

    value: object
    positions: dict[Loc, Position]
    key_positions: dict[Loc, Position]
    written: dict[Loc, str]

    def position(self, loc: Loc) -> Position:
        """Return the position of a value or, if it does not exist, of the nearest value around it."""
        while loc not in self.positions and loc:
            loc = loc[:-1]
        return self.positions[loc]

    def key_position(self, loc: Loc) -> Position:
        """Return the position of the key of a value or, if it has none, of the value."""
        return self.key_positions.get(loc) or self.position(loc)


class YamlError(Exception):
    """A file that cannot be read as YAML, with its findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def _error(code: Code, message: str, hint: str, file: str, position: Position | None = None) -> YamlError:
    line, column = position or (None, None)
    return YamlError([Finding(code, Severity.VIOLATION, message, file, line, column, hint=hint)])


def read_bytes(path: Path, max_bytes: int = MAX_YAML_BYTES) -> bytes:
    """Read a file within a limit of size.

    Raises:
        YamlError: the file cannot be read or is too large.
    """
    if is_special(path):
        message = "This is a pipe, a device or a socket, and not a file."
        raise _error(Code.UNREADABLE, message, "Save the data in a file, and give its name.", str(path))
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        message = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        raise _error(Code.UNREADABLE, message, "Check the name and the permissions.", str(path)) from error
    if len(data) > max_bytes:
        message = f"The file has more than {max_bytes:,} bytes."
        raise _error(Code.TOO_LARGE, message, "Check that it is the right file.", str(path))
    return data


def parse(data: bytes, file: str) -> YamlDocument:
    """Parse YAML.

    Args:
        data: the bytes of the file.
        file: its name, for findings.

    Raises:
        YamlError: the text has problems, listed up to a limit.
    """
    text = _decode(data, file)
    builder = _Builder(file, text)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.add(event)
    except yaml.MarkedYAMLError as error:
        line, column, message, hint = explain(error, text)
        builder.report(Code.NOT_YAML, Position(line, column), message, hint)
    if not builder.findings and builder.document is None:
        builder.report(Code.EMPTY, _START, "The file has no contents.", "Write a profile, or remove the file.")
    if builder.findings or builder.document is None:
        raise YamlError(builder.findings)
    return builder.document


def check_comments(data: bytes) -> list[Position]:
    """Return the positions of the comments that begin with 'check:', in a text that `parse` accepts."""
    text = data.decode("utf-8-sig")
    found = [_end_of(text[: match.start()]) for match in _CHECK.finditer(text)]
    if not found:
        return []
    # The same characters within a scalar are no comment.
    scalars = [
        (_position(start), _position(end))
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.ScalarEvent) and (start := event.start_mark) and (end := event.end_mark)
    ]
    return [position for position in found if not any(start < position < end for start, end in scalars)]


def parse_scalar(text: str) -> object:
    """Return the value of an unquoted scalar in the core schema of YAML 1.2 (section 10.3.2).

    A number of 1,000 digits or more is infinite.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    return float(text) if _FLOAT.match(text) else text


def _position(mark: yaml.Mark | yaml._yaml.Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _decode(data: bytes, file: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _error(Code.NOT_UTF8, "The file is in UTF-16.", "Save it as UTF-8.", file)
    if b"\0" in data:
        raise _error(Code.BINARY, "The file is binary.", "Give a text file. Documents are read by 'import'.", file)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        position = _end_of(data[: error.start].decode())
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8; the file may be in Latin-1 or Windows-1252."
        raise _error(Code.NOT_UTF8, message, "Save it as UTF-8.", file, position) from error
    if control := CONTROL.search(text):
        message = f"There is a control character (U+{ord(control[0]):04X}) here."
        raise _error(Code.BINARY, message, "Remove it.", file, _end_of(text[: control.start()]))
    if not text.strip():
        raise _error(Code.EMPTY, "The file is empty.", "Write a profile, or remove the file.", file)
    return text


def _end_of(text: str) -> Position:
    """Return the position after a text."""
    lines = _LINE_BREAK.split(text)
    return Position(len(lines), len(lines[-1]) + 1)


@dataclass(slots=True)
class _Open:
    """A mapping or list that has not ended."""

    loc: Loc
    value: dict[str, object] | list[object]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds a document from the events of the parser."""

    file: str
    text: str
    findings: list[Finding] = field(default_factory=list)
    document: YamlDocument | None = None
    stack: list[_Open] = field(default_factory=list)
    positions: dict[Loc, Position] = field(default_factory=dict)
    key_positions: dict[Loc, Position] = field(default_factory=dict)
    written: dict[Loc, str] = field(default_factory=dict)

    def report(self, code: Code, position: Position, message: str, hint: str) -> None:
        self.findings.append(Finding(code, Severity.VIOLATION, message, self.file, *position, hint=hint))
        if len(self.findings) == MAX_FINDINGS:
            raise YamlError(self.findings)

    def add(self, event: yaml.Event) -> None:
        position = _position(event.start_mark) if event.start_mark else _START
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Anchors (&) and aliases (*) are not allowed."
            self.report(Code.NOT_PLAIN, position, message, f"Write the value out. {_TEXT}")
        elif getattr(event, "tag", None):
            self.report(
                Code.NOT_PLAIN, position, "Tags (!) are not allowed.", f"Write the value without the tag. {_TEXT}"
            )
        if isinstance(event, yaml.DocumentStartEvent) and self.document is not None:
            message = "A second document begins here."
            self.report(Code.SEVERAL_DOCUMENTS, position, message, "Put one profile in each file.")
        elif isinstance(event, yaml.ScalarEvent):
            self._add_scalar(event, position)
        elif isinstance(event, yaml.AliasEvent):
            self._add_alias(position)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin({}, position)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin([], position)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _add_alias(self, position: Position) -> None:
        if self._awaits_key():
            raise YamlError(self.findings)
        self._add_value(None, position)

    def _add_scalar(self, event: yaml.ScalarEvent, position: Position) -> None:
        if self._awaits_key():
            self._add_key(self.stack[-1], event.value, position)
            return
        loc = self._add_value(event.value if event.style else self._plain_value(event.value, position), position)
        if event.start_mark and event.end_mark:
            self.written.setdefault(loc, self.text[event.start_mark.index : event.end_mark.index])

    def _add_key(self, around: _Open, key: str, position: Position) -> None:
        loc = (*around.loc, key)
        if key in around.value:
            first = self.key_positions[loc].line
            message = f"The key {key[:MAX_QUOTED_CHARACTERS]!r} is repeated; it first appears on line {first}."
            self.report(Code.DUPLICATE_KEY, position, message, "Keep one of them.")
        self.key_positions.setdefault(loc, position)
        around.key = key

    def _plain_value(self, text: str, position: Position) -> object:
        value = parse_scalar(text)
        if _AMBIGUOUS.match(text):
            message = f"{text} is a different number in YAML 1.1 and in YAML 1.2."
            hint = f'Write {value} for a number, or "{text}" for text.'
            self.report(Code.AMBIGUOUS_NUMBER, position, message, hint)
        return value

    def _begin(self, value: dict[str, object] | list[object], position: Position) -> None:
        if self._awaits_key():
            message = "A key must be a word, not a list or mapping."
            self.report(Code.NOT_PLAIN, position, message, "Write the key as a word.")
            raise YamlError(self.findings)
        if len(self.stack) >= MAX_YAML_DEPTH:
            message = f"More than {MAX_YAML_DEPTH} lists and mappings are nested here."
            self.report(Code.TOO_DEEP, position, message, "Remove some. A profile needs five levels.")
            raise YamlError(self.findings)
        self.stack.append(_Open(self._add_value(value, position), value))

    def _add_value(self, value: object, position: Position) -> Loc:
        if not self.stack:
            self.positions[()] = position
            self.document = self.document or YamlDocument(value, self.positions, self.key_positions, self.written)
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
        self.positions.setdefault(loc, position)
        return loc
