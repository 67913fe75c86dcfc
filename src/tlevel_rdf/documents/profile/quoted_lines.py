"""The words of each place that a profile names, as they are kept in its file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tlevel_rdf.documents.places import Places, location_of
from tlevel_rdf.limits import MAX_QUOTED_TEXT_CHARACTERS
from tlevel_rdf.profiles.model import QuotedLine
from tlevel_rdf.profiles.yaml_writer import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.document import Document, Location
    from tlevel_rdf.profiles.model import Placed, Profile
    from tlevel_rdf.profiles.yaml_reader import Loc


def entries_of(profile: Profile) -> Iterator[tuple[Placed, str, Loc]]:
    """Yield the entries of a profile, the words that the document prints for each, and their places in the profile."""
    for number, specialism in enumerate(profile.specialisms):
        loc = ("specialisms", number)
        yield specialism, specialism.printed or specialism.title, loc
        for mode, at, option in specialism.options():
            yield option, option.printed or option.title, (*loc, mode, at)
    for number, note in enumerate(profile.notes):
        yield note, note.note, ("notes", number)


def with_quoted_lines(profile: Profile, document: Document) -> Profile:
    """Return a profile with the words of each place that its entries name, in the order of the document."""
    places = Places(document)
    words: dict[Location, list[str]] = {}
    for entry, printed, _ in entries_of(profile):
        if where := location_of(entry):
            words.setdefault(where, []).append(printed)
    lines = []
    for where in sorted(words, key=lambda it: (it.page or 0, it.line or 0, it.paragraph or 0)):
        for text in dict.fromkeys(places.texts(where, words[where])):
            for part in textwrap.wrap(UNWRITABLE.sub(" ", text).strip(), MAX_QUOTED_TEXT_CHARACTERS):
                place = {"pdf page": where.page, "line": where.line, "paragraph": where.paragraph}
                lines.append(QuotedLine.model_validate({**place, "text": part}))
    return profile.model_copy(update={"lines": tuple(lines)})
