"""Annotations of a title: brackets behind it, or words such as "which is accelerated"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import LEVEL, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Link
    from tlevel_rdf.profiles.kinds import Flag, Kind


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark about a title.

    Attributes:
        flags: in their order.
        level: a level; 0 for several.
        kind: the kind of option.
        mapping: the target of a link to the mapping.
        of_all: True if it names all titles before it.
        is_singular: True or False by its verb; None without a verb.
        is_relevant: True if it calls the title the relevant occupation.
        unclear: the place in the sentence of brackets that are not understood as a whole.
    """

    flags: tuple[Flag, ...] = ()
    level: int | None = None
    kind: Kind | None = None
    mapping: str | None = None
    of_all: bool = False
    is_singular: bool | None = None
    is_relevant: bool = False
    unclear: tuple[int, int] | None = None


_SEPARATOR: Final = compiled(r"\s*(?:[,;/|&]|\band\b)\s*")
#: Separators between a flag and other words.
_CLAUSE_SEPARATOR: Final = compiled(r"\s*(?:[,;/|&:]|\s-\s|\b(?:and|but)\b)\s*")
_LEAD: Final = compiled(
    r"(?:(?:both|all|each|also|currently|now|this is|these are|is|are|standard is|standard|status:?) )+"
)
_OF_ALL: Final = compiled(r"(?:both|all|each) ")
_RELEVANT: Final = compiled(r"(?:the )?relevant (?:occupation|apprenticeship|standard)\Z")
_LEVEL_ALONE: Final = compiled(rf"(?:at )?{LEVEL}\Z")
_LEVEL_AND_KIND: Final = compiled(rf"(?:at |an? )?{LEVEL} ")
#: Words around a link to the mapping.
_TO_MAPPING: Final = compiled(
    r"(?:[\s,;:.-]|\b(?:and|see|view|read|follow|the|a|an|link|links|to|for|our|this|is|here|document|details?)\b)+"
)


def annotation_in(words: str, start: int, links: Sequence[Link]) -> Annotation | None:
    """Return the annotation in brackets that may hold links; None if they are a part of the title before them.

    The brackets are given with their content, their place in the sentence and the links of the sentence.
    """
    inside, mapping = words, None
    for link in reversed(links):
        begin, end = link.start - start, link.end - start
        if 0 < begin < end < len(words) and "mapping" in words[begin:end].casefold():
            inside, mapping = inside[:begin] + inside[end:], link.target
    inside = inside[1:-1].strip()
    unclear = (start, start + len(words))
    if mapping is None:
        return parse_annotation(inside) or _flags_among(inside, unclear)
    parts = list(filter(None, _CLAUSE_SEPARATOR.split(_TO_MAPPING.sub(" ", f" {inside} ").strip())))
    if not parts:
        return Annotation(mapping=mapping)
    read = parse_annotation(", ".join(parts)) or _flags_among(inside, unclear) or Annotation(unclear=unclear)
    return replace(read, mapping=mapping)


def _flags_among(inside: str, unclear: tuple[int, int]) -> Annotation | None:
    """Return the flags among other words, which are then not understood."""
    found = (lexicon.flag_of(_without_lead(part)) for part in _CLAUSE_SEPARATOR.split(inside))
    flags = tuple(dict.fromkeys(flag for flag in found if flag))
    return Annotation(flags, unclear=unclear) if flags else None


def parse_annotation(words: str) -> Annotation | None:
    """Return the annotation that the words inside brackets are; None if they are a part of a title.

    >>> parse_annotation("Accelerated, Under revision").flags
    (<Flag.ACCELERATED: 'accelerated'>, <Flag.UNDER_REVISION: 'under revision'>)
    >>> parse_annotation("Forestry") is None
    True
    """
    flags: list[Flag] = []
    level: int | None = None
    kind: Kind | None = None
    is_relevant = False
    for part in map(_without_lead, _SEPARATOR.split(words.strip(" .,;:"))):
        if flag := lexicon.flag_of(part):
            flags.append(flag)
        elif found := _LEVEL_ALONE.match(part) or lexicon.LEVEL_IN_SHORT.match(part):
            level = 0 if found.groupdict().get("more") else lexicon.number(found["level"])
        elif named := lexicon.kind_of(part):
            kind = named[0]
        elif (found := _LEVEL_AND_KIND.match(part)) and (named := lexicon.kind_of(part[found.end() :])):
            level, kind = lexicon.number(found["level"]), named[0]
        elif _RELEVANT.match(part):
            is_relevant = True
        else:
            return None
    of_all = bool(_OF_ALL.match(words))
    return Annotation(tuple(dict.fromkeys(flags)), level, kind, of_all=of_all, is_relevant=is_relevant)


def _without_lead(part: str) -> str:
    found = _LEAD.match(part)
    return part[found.end() if found else 0 :].strip()
