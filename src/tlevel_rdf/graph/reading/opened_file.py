"""RDF files opened for reading: regular files only, decompressed if they are gzip files."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.limits import MAX_GZIP_FREE_BYTES, MAX_GZIP_RATIO, MAX_RDF_BYTES
from tlevel_rdf.regular_files import refuse_special

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

GZIP_ENDING = ".gz"
_PIECE = 1 << 20


@contextmanager
def open_rdf_file(path: Path) -> Generator[IO[bytes]]:
    """Open a file, and decompress it to a temporary file if its name ends in .gz.

    Raises:
        UnreadableInputError: the file cannot be read, is a pipe or a device, is damaged, or is too large.
    """
    refuse_special(path)
    try:
        with path.open("rb") as opened:
            _check_size(path, path.stat().st_size, MAX_RDF_BYTES)
            if path.suffix.lower() != GZIP_ENDING:
                yield opened
                return
            with tempfile.TemporaryFile() as whole:
                _decompress(path, opened, whole)
                yield whole
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise UnreadableInputError(message, hint="check the name and the permissions") from error


def _decompress(path: Path, opened: IO[bytes], whole: IO[bytes]) -> None:
    maximum = min(MAX_RDF_BYTES, MAX_GZIP_FREE_BYTES + MAX_GZIP_RATIO * path.stat().st_size)
    try:
        with gzip.GzipFile(fileobj=opened) as pieces:
            while piece := pieces.read(_PIECE):
                whole.write(piece)
                _check_size(path, whole.tell(), maximum)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        problem = "ends too early" if isinstance(error, EOFError) else "is not a gzip file, or is damaged"
        raise UnreadableInputError(f"{path} {problem}", hint="download or compress it again") from error
    whole.seek(0)


def _check_size(path: Path, size: int, maximum: int) -> None:
    if size > maximum:
        raise UnreadableInputError(f"{path} has more than {maximum:,} bytes", hint="split the file")
