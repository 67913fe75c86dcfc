"""The codes of findings in YAML, in documents and in releases; those of rules are in the shapes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from tlevel_rdf.errors import DocumentError


class Code(StrEnum):
    """The kind of a finding in a file; docs/errors.md describes each."""

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
    AMBIGUOUS_NUMBER = "TLR111"
    NOT_A_TABLE = "TLR112"
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
    SIMILAR_TITLE = "TLR133"
    OTHER_LEVEL = "TLR134"
    OLDER = "TLR135"
    NOT_UNDERSTOOD = "TLR140"
    NEGATED = "TLR141"
    AMBIGUOUS = "TLR142"
    KIND_NOT_STATED = "TLR143"
    SPECIALISMS_DIFFER = "TLR144"
    REPEATED = "TLR145"
    BAD_LINK = "TLR146"
    LEFT_OUT = "TLR147"
    NO_PROFILE = "TLR148"
    SAME_FILE = "TLR149"
    ADDED = "TLR150"
    DROPPED = "TLR151"
    CHANGED = "TLR152"
    NOT_MERGED = "TLR153"
    NOT_READABLE = "TLR154"
    OPEN_CHECKS = "TLR155"
    STRUCK_OUT = "TLR156"
    UNCHANGED = "TLR157"
    HIDDEN = "TLR158"
    MISSPELT = "TLR159"
    NO_DOCUMENT = "TLR160"
    OTHER_DOCUMENT = "TLR161"
    NOT_IN_PLACE = "TLR162"
    CHECKSUM = "TLR201"
    DUMP = "TLR202"
    COUNT = "TLR203"
    STORE = "TLR204"
    LOSS = "TLR205"
    GONE = "TLR206"
    SIGNATURE = "TLR207"
    FORMER_TITLE = "TLR208"


#: The codes of files that could not be read at all, so that nothing in them was checked.
UNREADABLE_CODES: Final[frozenset[str]] = frozenset(
    {
        *(Code.UNREADABLE, Code.TOO_LARGE, Code.NOT_UTF8, Code.BINARY, Code.EMPTY, Code.NOT_YAML),
        DocumentError.code,
    }
)
