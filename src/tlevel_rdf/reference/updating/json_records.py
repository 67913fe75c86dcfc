"""Records of a JSON file, one at a time, so that a file of 80 MB takes little memory."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_DOWNLOAD_RECORD_CHARACTERS, MAX_DOWNLOAD_RECORDS
from tlevel_rdf.reference.updating.cells import Record
from tlevel_rdf.reference.updating.download import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO, NoReturn

#: Bytes that are read at a time.
_CHUNK: Final = 1 << 20
_SPACES: Final = re.compile(r"[ \t\r\n]*")
_DAMAGED: Final = "Download the file again; it may have been cut short."


def read_records(path: Path) -> Iterator[tuple[int, object]]:
    """Yield the objects of a list, or the one object of a file, with their numbers from 1.

    Raises:
        DownloadError: the file is not JSON, ends too early or is over a limit.
    """
    with path.open("rb") as file:
        yield from _Reader(file, str(path)).records()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


@dataclass(frozen=True)
class JsonRecord(Record):
    """A record of JSON.

    Attributes:
        name: the code of the thing that it describes.
    """

    name: str

    @property
    def place(self) -> str:
        """The number of the record."""
        return f"record {self.number}"

    def report(
        self,
        code: Code,
        message: str,
        hint: str,
        name: str = "",  # noqa: ARG002 - the message has it
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Report a finding, with the number of the record and the code of its thing."""
        lead = f"Record {self.number}{f' ({self.name})' if self.name else ''}: "
        self.findings.add(Finding(code, severity, lead + message, self.file, hint=hint))


@dataclass
class _Reader:
    file: BinaryIO
    name: str

    def __post_init__(self) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.parser = json.JSONDecoder(parse_constant=_refuse_constant)
        self.text = ""
        self.at = 0
        self.is_at_end = False
        self.line = 1

    def records(self) -> Iterator[tuple[int, object]]:
        is_list = self._next() == "["
        if is_list:
            self._take(1)
        number = 0
        while self._next() not in {"]" if is_list else "", ""}:
            number += 1
            if number > MAX_DOWNLOAD_RECORDS:
                message = f"The list has more than {MAX_DOWNLOAD_RECORDS:,} records."
                raise refuse(Code.TOO_LARGE, message, "Check that it is an official download.", self.name)
            yield number, self._value(number)
            if is_list and self._next() == ",":
                self._take(1)
                if self._next() in {"]", ""}:
                    self._fail(number + 1, "a record is missing after the comma")
            elif is_list and self._next() != "]":
                self._fail(number, "a comma or ] is missing after it")
            elif not is_list and self._next():
                self._fail(number, "something follows it")
        if is_list:
            self._take(1)
            if self._next():
                self._fail(number, "something follows the list")

    def _next(self) -> str:
        """Return the next character that is not a space; empty at the end."""
        while True:
            found = _SPACES.match(self.text, self.at)
            self._take(found.end() - self.at if found else 0)
            if self.at < len(self.text) or self.is_at_end:
                return self.text[self.at : self.at + 1]
            self._fill()

    def _take(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def _fill(self) -> None:
        data = self.file.read(_CHUNK)
        self.is_at_end = not data
        try:
            self.text = self.text[self.at :] + self.decoder.decode(data, final=self.is_at_end)
            self.at = 0
        except UnicodeDecodeError as error:
            hint = "Save the answer as it comes, in UTF-8."
            message = f"The byte {error.object[error.start]:#04x} is not UTF-8."
            raise refuse(Code.NOT_UTF8, message, hint, self.name) from error

    def _value(self, number: int) -> object:
        """Parse the next value; read on while it is incomplete."""
        while True:
            try:
                value, end = self.parser.raw_decode(self.text, self.at)
            except RecursionError:
                self._fail(number, "it is nested too deeply")
            except ValueError as error:
                if self.is_at_end:
                    self._fail(number, _explain(error))
                if len(self.text) - self.at > MAX_DOWNLOAD_RECORD_CHARACTERS:
                    self._fail(number, f"it has more than {MAX_DOWNLOAD_RECORD_CHARACTERS:,} characters")
                self._fill()
                continue
            if end == len(self.text) and not self.is_at_end:  # a number may go on
                self._fill()
                continue
            self._take(end - self.at)
            return value

    def _fail(self, number: int, reason: str) -> NoReturn:
        message = f"Record {number} cannot be read: {reason}."
        raise refuse(Code.NOT_A_TABLE, message, _DAMAGED, self.name, self.line, None)


def _explain(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]}"
    return "it has a number that JSON does not allow"
