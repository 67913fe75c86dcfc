"""YAML text → plain values with a place for each, or findings.

The reader follows YAML 1.2 (core schema, section 10.3) for plain scalars, so that `no` is a word and a time is
a word. It takes only the part of YAML that people write by hand: no anchors, aliases or tags. It works on the
events of PyYAML's parser with a stack of its own, so that neither depth nor aliases can make it grow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.settings import MAX_YAML_BYTES, MAX_YAML_DEPTH

if TYPE_CHECKING:
    from pathlib import Path

#: The keys and indices that lead from the top of a document to a value.
Loc = tuple[str | int, ...]

_INTEGER: Final = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Place(NamedTuple):
    """A line and a column in characters, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says.

    Attributes:
        value: dicts, lists, strings, integers, floats, booleans and None.
        places: where each value stands.
        keys: where the key of each value of a mapping stands.
    """

    value: object
    places: dict[Loc, Place]
    keys: dict[Loc, Place]

    def place(self, loc: Loc) -> Place:
        """Where that value stands, or the nearest thing around it that was written."""
        while loc not in self.places and loc:
            loc = loc[:-1]
        return self.places[loc]

    def key_place(self, loc: Loc) -> Place:
        """Where the key of that value stands, or else the value."""
        return self.keys.get(loc) or self.place(loc)


class YamlFault(Exception):
    """A file is not the YAML that is taken here; carries its findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, if it is one and not too large.

    Raises:
        YamlFault: it cannot be read or is too large.
    """

    def fault(code: Code, message: str, hint: str) -> YamlFault:
        return YamlFault([Finding(code, Severity.VIOLATION, message, file=str(path), hint=hint)])

    try:
        with path.open("rb") as file:
            data = file.read(MAX_YAML_BYTES + 1)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        raise fault(Code.UNREADABLE, message, "Check the name and the permissions.") from error
    if len(data) > MAX_YAML_BYTES:
        message = f"The file has more than {MAX_YAML_BYTES:,} bytes."
        raise fault(Code.TOO_LARGE, message, "Write one profile to a file, and keep documents out of YAML.")
    return data


def parse(data: bytes, file: str) -> Document:
    """Read YAML text.

    Args:
        data: the bytes of the file.
        file: its name, for the findings.

    Raises:
        YamlFault: with every finding that could be made.
    """
    text = _text(data, file)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        builder.report(
            Code.NOT_YAML,
            place,
            f"This is not YAML: {error.problem or error.context}.",
            "Look at the indentation, the colons and the quotation marks on this line and the one before.",
        )
    if builder.findings:
        raise YamlFault(builder.findings)
    if builder.document is None:
        builder.report(Code.EMPTY, Place(1, 1), "The file says nothing.", "Write a profile, or remove the file.")
        raise YamlFault(builder.findings)
    return builder.document


def _text(data: bytes, file: str) -> str:
    def fault(code: Code, message: str, hint: str, place: Place | None = None) -> YamlFault:
        line, column = place or (None, None)
        return YamlFault([Finding(code, Severity.VIOLATION, message, file, line, column, hint=hint)])

    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise fault(Code.NOT_UTF8, "The file is in UTF-16.", "Save it as UTF-8.")
    if b"\0" in data:
        raise fault(Code.BINARY, "This is a binary file.", "Give a text file; documents go through import.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1)
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8; the file may be in Latin-1 or Windows-1252."
        raise fault(Code.NOT_UTF8, message, "Save it as UTF-8.", place) from error
    if control := _CONTROL.search(text):
        before_control = text[: control.start()]
        place = Place(before_control.count("\n") + 1, len(before_control.rpartition("\n")[2]) + 1)
        message = f"There is a control character (U+{ord(control[0]):04X}) here."
        raise fault(Code.BINARY, message, "Remove it.", place)
    if not text.strip():
        raise fault(Code.EMPTY, "The file is empty.", "Write a profile, or remove the file.")
    return text


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
    document: Document | None = None
    stack: list[_Open] = field(default_factory=list)
    places: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)

    def report(self, code: Code, place: Place, message: str, hint: str) -> None:
        self.findings.append(Finding(code, Severity.VIOLATION, message, self.file, *place, hint=hint))

    def take(self, event: yaml.Event) -> None:
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.report(
                Code.NOT_PLAIN, place, "Anchors (&) and aliases (*) are not taken here.", "Write the value out."
            )
        elif getattr(event, "tag", None) not in {None, "!"}:
            self.report(Code.NOT_PLAIN, place, "Tags (!) are not taken here.", "Write the plain value.")
        if isinstance(event, yaml.DocumentStartEvent) and self.document is not None:
            self.report(
                Code.SEVERAL_DOCUMENTS, place, "A second document begins here.", "Write one profile to a file."
            )
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._add(None, place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin({}, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin([], place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        around = self.stack[-1] if self.stack else None
        if around is not None and isinstance(around.value, dict) and around.key is None:
            self._open_key(around, event.value, place)
            return
        value = event.value if event.style else self._plain(event.value, place)
        self._add(value, place)

    def _open_key(self, around: _Open, key: str, place: Place) -> None:
        loc = (*around.loc, key)
        if key in around.value:
            first = self.keys[loc]
            self.report(
                Code.DUPLICATE_KEY,
                place,
                f"The key {key!r} stands here a second time; the first is on line {first.line}.",
                "Keep one of them.",
            )
        self.keys.setdefault(loc, place)
        around.key = key

    def _plain(self, text: str, place: Place) -> object:
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.match(text):
            digits = text.lstrip("+-")
            if len(digits) > 1 and digits.startswith("0"):
                self.report(
                    Code.AMBIGUOUS,
                    place,
                    f"{text} is one number to some readers of YAML and another to others.",
                    f'Write {digits.lstrip("0") or 0} for a number, or "{text}" for text.',
                )
            return int(text) if len(text) <= 20 else text
        return float(text) if _FLOAT.match(text) else text

    def _begin(self, value: dict[str, object] | list[object], place: Place) -> None:
        around = self.stack[-1] if self.stack else None
        if around is not None and isinstance(around.value, dict) and around.key is None:
            self.report(Code.NOT_PLAIN, place, "A key must be a word, not a list or mapping.", "Write a plain key.")
            raise YamlFault(self.findings)
        if len(self.stack) >= MAX_YAML_DEPTH:
            message = f"More than {MAX_YAML_DEPTH} lists and mappings stand inside one another."
            self.report(Code.TOO_DEEP, place, message, "A profile needs five.")
            raise YamlFault(self.findings)
        self.stack.append(_Open(self._add(value, place), value))

    def _add(self, value: object, place: Place) -> Loc:
        if not self.stack:
            self.places[()] = place
            self.document = self.document or Document(value, self.places, self.keys)
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
        self.places.setdefault(loc, place)
        return loc
