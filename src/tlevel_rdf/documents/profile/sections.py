"""Passages → the profiles of a document: which lines are headings of a profile, and which only name a T Level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence, sentences
from tlevel_rdf.documents.grammar.sentence import opens
from tlevel_rdf.documents.grammar.specialism_sentence import announcement_in
from tlevel_rdf.documents.grammar.title_splitter import clean
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A heading is shorter than this.
_LONGEST_HEADING: Final = 320
#: Words without which a line is no heading of a profile.
_HEADED: Final = re.compile(r"level|profile", re.IGNORECASE)


class Heading(NamedTuple):
    """The heading of a profile: its section in the document, and the T Level."""

    section: str | None
    t_level: str


@dataclass
class Section:
    """The passages of one profile, from its heading on."""

    heading: Heading
    at: Sentence
    passages: list[Passage] = field(default_factory=list)


def heading_of(passage: Passage) -> Heading | None:
    """The heading of a profile that a passage is, if it is one."""
    text = passage.plain
    if len(text) > _LONGEST_HEADING or not _HEADED.search(text) or is_of_contents(passage):
        return None
    for pattern in lexicon.HEADINGS:
        if not (found := pattern.match(text)):
            continue
        tail = lexicon.HEADING_TAIL.search(passage.text, found.start("title"))
        words = passage.text[found.start("title") : tail.start() if tail else len(text)]
        title, _ = clean(words)
        if lexicon.could_be_title(title) and normalise_title(title) not in {"t level", "progression profile"}:
            return Heading(found["section"], title)
    return None


def sections(passages: Sequence[Passage]) -> tuple[list[Passage], list[Section]]:
    """The passages before the first heading, and the profiles.

    The name of the T Level that is printed again over the legend, or on every page, begins no new profile.
    """
    before: list[Passage] = []
    found: list[Section] = []
    for passage in passages:
        heading = heading_of(passage)
        if is_of_contents(passage):
            continue
        if heading and not (found and _is_same(found[-1].heading, heading)):
            found.append(Section(heading, Sentence(passage, 0, len(passage.text))))
        elif heading:
            continue
        elif found:
            found[-1].passages.append(passage)
        else:
            before.append(passage)
    return _with_layout(before, found)


def _with_layout(before: list[Passage], found: list[Section]) -> tuple[list[Passage], list[Section]]:
    """The same, but where a document has profiles, a line that only names a T Level begins none: it goes to them."""
    real = [_has_layout(section) for section in found]
    if not any(real):
        return before, found
    kept: list[Section] = []
    titles = {_without_page(section.heading) for section, is_real in zip(found, real, strict=True) if is_real}
    for section, is_real in zip(found, real, strict=True):
        if is_real:
            kept.append(section)
            continue
        into = kept[-1].passages if kept else before
        if _without_page(section.heading) not in titles:
            into.append(section.at.passage)
        into += section.passages
    return before, kept


def _has_layout(section: Section) -> bool:
    """Whether anything after its heading announces specialisms or is about options."""
    return any(any(map(announcement_in, sentences(passage))) or opens(passage) for passage in section.passages)


#: The page that a line of a table of contents ends in.
_PAGE: Final = re.compile(r"\s+\d{1,4}\Z")


def _without_page(heading: Heading) -> str:
    return _PAGE.sub("", normalise_title(heading.t_level))


def is_of_contents(passage: Passage) -> bool:
    """Whether a passage is a line of a table of contents: words, dots and a page."""
    text = passage.plain
    return len(text) <= _LONGEST_HEADING and text[-1:].isdigit() and bool(lexicon.CONTENTS.match(text))


def _is_same(current: Heading, heading: Heading) -> bool:
    is_named = normalise_title(current.t_level) == normalise_title(heading.t_level)
    return is_named and heading.section in {None, current.section}
