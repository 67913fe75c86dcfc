"""Results as CSV (SPARQL 1.1 Query Results CSV and TSV Formats, section 3; RFC 4180).

The engine quotes neither an IRI, which may contain a comma, nor a triple, which may contain anything. Its writer is
faster than Python's, so it writes first, and only a malformed result is written again here. The check takes 3 % of the
time of a query if no field is quoted, and 17 % if every other field is.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import BlankNode, Triple

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, QuerySolutions

#: A quoted field.
_QUOTED: Final = re.compile(rb'(?<=[,\n])"[^"]*+(?:""[^"]*+)*+"(?=[,\r])')


def is_well_formed(written: bytes) -> bool:
    """Return True if each row has as many fields as the header, and only whole fields are quoted.

    Args:
        written: the CSV that the engine wrote; it quotes a literal that needs quotes.
    """
    commas = written[: written.find(b"\n")].count(b",")
    plain = _QUOTED.sub(b"", written) if b'"' in written else written
    # No row can have too few fields, so the total suffices.
    return b'"' not in plain and plain.count(b",") == commas * plain.count(b"\n")


def write_rows(solutions: QuerySolutions, file: BinaryIO) -> None:
    """Write a header and the rows."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(variable.value for variable in solutions.variables)
    writer.writerows(map(plain_text, row) for row in solutions)
    # The caller closes the file.
    text.detach()


def plain_text(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    """Return a term as the CSV of a result has it, without quotation marks."""
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if isinstance(term, Triple):
        return f"{plain_text(term.subject)} {plain_text(term.predicate)} {plain_text(term.object)}"
    return term.value
