"""A list that ends with a line and no full stop, and may go on in the next one though nobody can tell how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar.ambiguities import about_end
from tlevel_rdf.documents.grammar.statement import Outcome
from tlevel_rdf.documents.readers.line_wrapping import is_right_below

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Doubt, Statement
    from tlevel_rdf.profiles.yaml_reader import Loc

_ENDS: Final = (".", "!", "?", ";", ":")
#: How no list ends.
_BROKEN_OFF: Final = re.compile(r"(?:[,&/(]|\w-|\b(?:and|or))\s*\Z")
#: What may stand between the parts of a list: the header of a page, and its number.
_PASSED: Final = frozenset({Outcome.RECOGNISED, Outcome.STRAY})


class Last(NamedTuple):
    """The last title of a list: its place in the profile, its sentence, and what is said of it."""

    loc: Loc
    sentence: Sentence
    about: Doubt


class Unfinished:
    """Looks for a line that is not understood below a list with no end."""

    def __init__(self) -> None:
        self._last: Last | None = None
        self._before: Sentence | None = None
        self._is_broken_off = False

    def skip(self, sentence: Sentence) -> None:
        """Take a sentence between the parts of a list, such as the number of a page, that says nothing."""
        is_below = self._before is not None and _is_below(self._before, sentence)
        if not (is_below or self._is_broken_off):
            self._last = None
        self._before = sentence

    def next(self, sentence: Sentence, statement: Statement, loc: Loc | None) -> Last | None:
        """Take the next sentence.

        Args:
            sentence: it.
            statement: what it says.
            loc: where its last option stands in the profile; None if it has none.

        Returns:
            The last title of the list before it, if that may go on here.
        """
        last, before = self._last, self._before
        self._before = sentence
        is_below = before is not None and _is_below(before, sentence)
        if statement.offers:
            offer = statement.offers[-1]
            is_open = loc is not None and not sentence.plain.rstrip(")]'\" ").endswith(_ENDS)
            self._last = Last(loc, sentence, about_end(offer)) if is_open and loc else None
            self._is_broken_off = bool(_BROKEN_OFF.search(sentence.plain, max(len(sentence.plain) - 5, 0)))
        elif not (statement.outcome in _PASSED and (is_below or self._is_broken_off)):
            self._last = None
        return last if (is_below or self._is_broken_off) and statement.outcome is Outcome.UNSURE_NOTE else None


def _is_below(before: Sentence, after: Sentence) -> bool:
    """Whether a sentence begins the passage right below the one that another ends; an item begins anew."""
    is_begun = after.passage.role is Role.TEXT and after.start == 0
    if before.passage is after.passage or not is_begun or before.end < len(before.passage.text.rstrip()):
        return False
    return is_right_below(before.passage.pieces[-1][1], after.passage.pieces[0][1])
