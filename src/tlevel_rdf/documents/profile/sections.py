"""Divide a document into its profiles: some lines are headings of a profile, and others only name a T Level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.sentence import opens_options
from tlevel_rdf.documents.grammar.specialism_sentence import announcement_in
from tlevel_rdf.documents.grammar.title_splitter import clean
from tlevel_rdf.limits import MAX_HEADING_CHARACTERS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage

#: A heading has one of these words.
_SIGN: Final = compiled(r"level|profile")
#: The page at the end of a line of a table of contents.
_PAGE: Final = re.compile(r"\s+\d{1,4}\Z")


class Heading(NamedTuple):
    """The heading of a profile: its section in the document, and the T Level."""

    section: str | None
    t_level: str


@dataclass
class Section:
    """The passages of one profile, below its heading.

    Attributes:
        heading: as it is read.
        at: the passage that is the heading.
        passages: those below it.
    """

    heading: Heading
    at: Passage
    passages: list[Passage] = field(default_factory=list)


def heading_of(passage: Passage) -> Heading | None:
    """Return the heading of a profile that a passage is."""
    text = passage.plain
    if len(text) > MAX_HEADING_CHARACTERS or not _SIGN.search(text) or _is_of_contents(passage):
        return None
    for pattern in lexicon.HEADINGS:
        if found := pattern.match(text):
            tail = lexicon.HEADING_TAIL.search(passage.text, found.start("title"))
            title, _ = clean(passage.text[found.start("title") : tail.start() if tail else len(text)])
            if lexicon.could_be_title(title) and normalise_title(title) not in {"t level", "progression profile"}:
                return Heading(found["section"], title)
    return None


def split_sections(passages: Sequence[Passage]) -> tuple[list[Passage], list[Section]]:
    """Return the passages before the first heading, and the profiles.

    The name of the T Level above the legend, or on every page, begins no new profile.
    """
    before: list[Passage] = []
    found: list[Section] = []
    for passage in passages:
        if _is_of_contents(passage):
            continue
        heading = heading_of(passage)
        if heading and not (found and _is_same(found[-1].heading, heading)):
            found.append(Section(heading, passage))
        elif not heading:
            (found[-1].passages if found else before).append(passage)
    return _without_mere_names(before, found)


def _without_mere_names(before: list[Passage], found: list[Section]) -> tuple[list[Passage], list[Section]]:
    """Return the same, with lines that only name a T Level given to the profile before them, if there are profiles."""
    are_profiles = list(map(_has_layout, found))
    if not any(are_profiles):
        return before, found
    titles = {_title(section.heading) for section, is_profile in zip(found, are_profiles, strict=True) if is_profile}
    kept: list[Section] = []
    for section, is_profile in zip(found, are_profiles, strict=True):
        if is_profile:
            kept.append(section)
            continue
        into = kept[-1].passages if kept else before
        if _title(section.heading) not in titles:
            into.append(section.at)
        into += section.passages
    return before, kept


def _has_layout(section: Section) -> bool:
    """Return True if a passage below the heading announces specialisms or is about options."""
    return any(any(map(announcement_in, each.sentences)) or opens_options(each) for each in section.passages)


def _title(heading: Heading) -> str:
    return _PAGE.sub("", normalise_title(heading.t_level))


def _is_of_contents(passage: Passage) -> bool:
    """Return True for a line of a table of contents."""
    text = passage.plain
    return len(text) <= MAX_HEADING_CHARACTERS and text[-1:].isdigit() and bool(lexicon.CONTENTS.match(text))


def _is_same(current: Heading, heading: Heading) -> bool:
    is_named = normalise_title(current.t_level) == normalise_title(heading.t_level)
    return is_named and heading.section in {None, current.section}
