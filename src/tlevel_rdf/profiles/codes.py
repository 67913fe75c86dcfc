"""The codes of everything that the reader of YAML can find, and what each means."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """A kind of fault in a file. `docs/errors.md` has an entry for each."""

    UNREADABLE = "TLR101"
    TOO_LARGE = "TLR102"
    NOT_UTF8 = "TLR103"
    BINARY = "TLR104"
    EMPTY = "TLR105"
    NOT_YAML = "TLR106"
    NOT_PLAIN = "TLR107"
    TOO_DEEP = "TLR108"
    SEVERAL_DOCUMENTS = "TLR109"
    DUPLICATE_KEY = "TLR110"
    AMBIGUOUS = "TLR111"
    MISSING = "TLR120"
    UNKNOWN_KEY = "TLR121"
    WRONG_TYPE = "TLR122"
    BAD_VALUE = "TLR123"
    DUPLICATE = "TLR124"
    COLLISION = "TLR125"
    NO_IDENTIFIER = "TLR126"
    UNKNOWN_T_LEVEL = "TLR130"
    UNKNOWN_SPECIALISM = "TLR131"
    UNKNOWN_REFERENCE = "TLR132"


#: The file could not be read at all, so nothing in it was checked.
UNREADABLE: Final = frozenset({Code.UNREADABLE, Code.TOO_LARGE, Code.NOT_UTF8, Code.BINARY, Code.EMPTY, Code.NOT_YAML})
