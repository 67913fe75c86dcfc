"""What brackets, or words such as "which is accelerated", say about the title before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import LEVEL, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Link
    from tlevel_rdf.profiles.model import Flag, Kind


@dataclass(frozen=True, slots=True)
class Aside:
    """What brackets, or words such as "which is accelerated", say about a title.

    Attributes:
        flags: in their order.
        level: a level, where one is given.
        kind: what the option is called, where it is.
        mapping: the address of a link to the mapping.
        of_all: whether it says that it is about all titles before it.
        is_one: whether its verb is in the singular; None without a verb.
        is_each: whether its first flag is about the first title, and so on.
        is_relevant: whether it calls the title the relevant occupation.
        unknown: where the brackets stand if nothing in them is understood, and they are no part of the title.
    """

    flags: tuple[Flag, ...] = ()
    level: int | None = None
    kind: Kind | None = None
    mapping: str | None = None
    of_all: bool = False
    is_one: bool | None = None
    is_each: bool = False
    is_relevant: bool = False
    unknown: tuple[int, int] | None = None


_PARTS: Final = compiled(r"\s*(?:[,;/|&]|\band\b)\s*")
_PART_LEAD: Final = compiled(
    r"(?:both|all|each|also|currently|now|this is|these are|is|are|standard is|standard|status:?) "
)
_RELEVANT_ALONE: Final = compiled(r"(?:the )?relevant (?:occupation|apprenticeship|standard)\Z")
_LEVEL_ALONE: Final = compiled(rf"(?:at )?{LEVEL}\Z")
_LEVEL_AND_KIND: Final = compiled(rf"(?:at |an? )?{LEVEL} ")
#: What leads to a link to the mapping.
_TO_MAPPING: Final = compiled(
    r"(?:[\s,;:.-]|\b(?:and|see|view|read|follow|the|a|an|link|links|to|for|our|this|is|here|document|details?)\b)+"
)
#: What parts a flag from more words about it.
_CLAUSES: Final = compiled(r"\s*(?:[,;/|&:]|\s-\s|\b(?:and|but)\b)\s*")


def aside_in(words: str, start: int, links: Sequence[Link]) -> Aside | None:
    """What a pair of brackets that may hold links says; None if it is a part of the title before it.

    Args:
        words: the brackets with what is in them.
        start: where they stand in the sentence.
        links: those in the sentence.
    """
    inside, mapping = words, None
    for link in reversed(links):
        begin, end = link.start - start, link.end - start
        if 0 < begin < end < len(words) and "mapping" in words[begin:end].casefold():
            inside, mapping = inside[:begin] + inside[end:], link.target
    inside = inside[1:-1].strip()
    if mapping is None:
        return aside_of(inside) or _partly(inside, start, start + len(words))
    parts = list(filter(None, _CLAUSES.split(_TO_MAPPING.sub(" ", f" {inside} ").strip())))
    if not parts:
        return Aside(mapping=mapping)
    read = aside_of(", ".join(parts)) or _partly(inside, start, start + len(words))
    return replace(read or Aside(unknown=(start, start + len(words))), mapping=mapping)


def _partly(inside: str, start: int, end: int) -> Aside | None:
    """The flags among other words, which are then said not to be understood."""
    found = (lexicon.flag_of(_bare(part)) for part in _CLAUSES.split(inside))
    flags = tuple(dict.fromkeys(flag for flag in found if flag))
    return Aside(flags, unknown=(start, end)) if flags else None


def aside_of(words: str) -> Aside | None:
    """What the words in a pair of brackets say about the title before them; None if they are part of a title.

    >>> aside_of("Accelerated, Under revision").flags
    (<Flag.ACCELERATED: 'accelerated'>, <Flag.UNDER_REVISION: 'under revision'>)
    >>> aside_of("Forestry") is None
    True
    """
    flags: list[Flag] = []
    level: int | None = None
    kind: Kind | None = None
    is_relevant = False
    for part in _PARTS.split(words.strip(" .,;:")):
        bare = _bare(part)
        if flag := lexicon.flag_of(bare):
            flags.append(flag)
        elif found := _LEVEL_ALONE.match(bare) or lexicon.LEVEL_IN_SHORT.match(bare):
            level = 0 if found.groupdict().get("more") else lexicon.number(found["level"])
        elif named := lexicon.kind_of(bare):
            kind = named[0]
        elif (found := _LEVEL_AND_KIND.match(bare)) and (named := lexicon.kind_of(bare[found.end() :])):
            level, kind = lexicon.number(found["level"]), named[0]
        elif _RELEVANT_ALONE.match(bare):
            is_relevant = True
        else:
            return None
    of_all = bool(re.match(r"both |all |each ", words, re.IGNORECASE))
    return Aside(tuple(dict.fromkeys(flags)), level, kind, of_all=of_all, is_relevant=is_relevant)


def _bare(part: str) -> str:
    while found := _PART_LEAD.match(part):
        part = part[found.end() :]
    return part.strip()
