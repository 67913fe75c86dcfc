"""What can go wrong and what a caller can do about it: one class each, with a code, a message and a hint.

A fault *inside* a document or a graph is a finding (`findings.py`), gathered with all the others. An error
here is a fault that stops the work: nothing that was asked for could be done.
"""

from __future__ import annotations


class TlevelError(Exception):
    """The base of every error that this package raises on purpose.

    Args:
        message: one sentence that says what is wrong and where.
        hint: one sentence that says what to do about it.
    """

    code = "TLR000"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class UnreadableInputError(TlevelError):
    """A file or folder that cannot be read at all, or is of no kind that is known."""

    code = "TLR001"


class RdfSyntaxError(TlevelError):
    """An RDF file that is not well formed; the message names file, line and column."""

    code = "TLR002"


class SettingError(TlevelError):
    """A setting, flag or environment variable with a value that cannot be used."""

    code = "TLR003"


class OutputError(TlevelError):
    """A result that cannot be written: no room, no permission, or something is in the way."""

    code = "TLR004"


class IdentifierError(TlevelError):
    """A title of which no identifier can be made."""

    code = "TLR005"


class QuerySyntaxError(TlevelError):
    """A query that is not SPARQL 1.1; the message names line and column where the engine tells them."""

    code = "TLR006"


class QueryRefusedError(TlevelError):
    """A query that is well formed and not answered here: SERVICE or an update."""

    code = "TLR007"


class QueryTooLargeError(QueryRefusedError):
    """A query that is over a limit: too long, too deep, or with too many words or patterns; the message names it."""

    code = "TLR018"


class QueryUnsupportedError(QueryRefusedError):
    """A query that the engine can answer about no data at all: it calls a function that is not known here."""

    code = "TLR019"


class QueryFailedError(TlevelError):
    """A query that the engine began and could not finish."""

    code = "TLR008"


class UnknownNameError(TlevelError):
    """A name of an example query or a parameter that is not there."""

    code = "TLR009"


class ReleaseError(TlevelError):
    """A folder that is no release, or a damaged one."""

    code = "TLR010"


class AddressError(TlevelError):
    """An address or port that the server cannot listen on."""

    code = "TLR011"


class ShapesError(TlevelError):
    """Shapes that the SHACL engine cannot run."""

    code = "TLR012"


class DocumentError(TlevelError):
    """A published document that cannot be read: damaged, locked, too large, or of a kind that is not taken."""

    code = "TLR014"


class UnwritableError(TlevelError):
    """Something that a syntax has no way to write."""

    code = "TLR015"


class AnswerTooLargeError(TlevelError):
    """An answer that is longer than an answer may be; nothing is given of it."""

    code = "TLR016"


class WorkersError(TlevelError):
    """The processes that answer requests cannot be started."""

    code = "TLR017"
