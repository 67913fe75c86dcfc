"""The errors of this package, by what the caller can do about them.

    TlevelError
    ├── InputError: fix the input
    │   ├── UnreadableInputError
    │   ├── RdfSyntaxError
    │   ├── DocumentError
    │   ├── IdentifierError
    │   ├── ReleaseError
    │   ├── ShapesError
    │   └── BlockedError (in findings.py)
    ├── UsageError: change the call
    │   ├── SettingError
    │   ├── UnknownNameError
    │   └── MissingExtraError
    ├── QueryError: change the query
    │   ├── QuerySyntaxError
    │   ├── QueryRefusedError
    │   │   ├── QueryTooLargeError
    │   │   └── QueryUnsupportedError
    │   ├── QueryFailedError
    │   └── AnswerTooLargeError
    ├── UnwritableError: choose another syntax
    ├── OutputError: free the place for the output
    ├── ServerError: free the address or memory
    │   ├── AddressError
    │   └── WorkersError
    └── EngineError: look at the engine that has the data
        ├── EngineUnavailableError
        ├── EngineTimeoutError
        └── EngineAnswerError

An error stops the work. A fault *inside* a file is not an error but a finding (findings.py): all findings of all files
are collected first. docs/errors.md describes the code of each error and finding.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


class TlevelError(Exception):
    """The base class of this package's errors.

    Args:
        message: one sentence that states what is wrong and where.
        hint: one sentence that states what to do.
    """

    code = "TLR000"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class InputError(TlevelError):
    """An input that cannot be used."""


class UnreadableInputError(InputError):
    """A file or folder that cannot be read, or is of an unknown kind."""

    code = "TLR001"


class RdfSyntaxError(InputError):
    """An RDF file that is not well formed; the message has its file, line and column."""

    code = "TLR002"


class DocumentError(InputError):
    """A published document that cannot be read: damaged, locked, too large or of an unknown kind."""

    code = "TLR014"


class IdentifierError(InputError):
    """A title that gives no identifier."""

    code = "TLR005"


class ReleaseError(InputError):
    """A folder that is not a release, or a damaged release."""

    code = "TLR010"


class ShapesError(InputError):
    """Shapes that the SHACL engine cannot run."""

    code = "TLR012"


class UsageError(TlevelError):
    """A call or command with an unsuitable argument, or without an optional dependency."""


class SettingError(UsageError):
    """An unsuitable value of a setting, flag, parameter or environment variable."""

    code = "TLR003"


class UnknownNameError(UsageError):
    """A name that does not exist, such as that of an example query, a format or a standard."""

    code = "TLR009"


class MissingExtraError(UsageError):
    """A feature whose optional dependencies are not installed."""

    code = "TLR020"


class QueryError(TlevelError):
    """A query without a result."""


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL 1.1; the message has its line and column, if known."""

    code = "TLR006"


class QueryRefusedError(QueryError):
    """A query that this package does not run, such as one with SERVICE."""

    code = "TLR007"


class QueryTooLargeError(QueryRefusedError):
    """A query over a limit; the message has the limit."""

    code = "TLR018"


class QueryUnsupportedError(QueryRefusedError):
    """A query that the engine cannot run on any data, as it calls an unknown function."""

    code = "TLR019"


class QueryFailedError(QueryError):
    """A query that the engine began and could not finish."""

    code = "TLR008"


class AnswerTooLargeError(QueryError):
    """A result over the size limit, none of which is returned."""

    code = "TLR016"


class UnwritableError(TlevelError):
    """Data that the syntax cannot express."""

    code = "TLR015"


class OutputError(TlevelError):
    """Output that cannot be written: no space, no permission, or another file in its place."""

    code = "TLR004"


class ServerError(TlevelError):
    """A server that cannot start."""


class AddressError(ServerError):
    """An address or port that the server cannot listen on."""

    code = "TLR011"


class WorkersError(ServerError):
    """Worker processes that cannot be started."""

    code = "TLR017"


class EngineError(TlevelError):
    """An engine elsewhere that does not do what it should."""


class EngineUnavailableError(EngineError):
    """An engine that cannot be reached, or is busy."""

    code = "TLR021"


class EngineTimeoutError(EngineError):
    """An engine that takes too long."""

    code = "TLR022"


class EngineAnswerError(EngineError):
    """An answer of an engine that is not what was asked for, or not all of it."""

    code = "TLR023"


@contextmanager
def requires_extra(extra: str, feature: str) -> Generator[None]:
    """Turn a failed import of an optional dependency into an error that names the extra to install.

    Args:
        extra: the name of the extra, such as `server`.
        feature: the feature that needs it, as the subject of a sentence.

    Raises:
        MissingExtraError: an import inside the block failed.

    >>> with requires_extra("server", "The server"):
    ...     import a_package_that_is_not_installed
    Traceback (most recent call last):
    tlevel_rdf.errors.MissingExtraError: TLR020: The server needs a_package_that_is_not_installed, which is not \
installed (run: pip install 'tlevel-rdf[server]')
    """
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"{feature} needs {error.name}, which is not installed"
        raise MissingExtraError(message, hint=f"run: pip install 'tlevel-rdf[{extra}]'") from error
