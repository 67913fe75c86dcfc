"""Track lists over lines: which lines are items of the list that a label opened, and which lists break off.

Bullets, cells and lines look alike to a grammar that knows no jobs by name. A list is therefore only what a label has
opened, and it ends with the first line of another kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.ambiguities import about_end
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.statement import MODE_OF, TECHNICAL, Category, Doubt, doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.documents.grammar.statement import Context, Statement
    from tlevel_rdf.profiles.yaml_reader import Loc

#: Separators of several titles on a line.
_SEVERAL: Final = compiled(r"[,;]|\b(?:and|or)\b")
_NAMED: Final = frozenset(MODE_OF.values()) - {TECHNICAL}
_ENDS: Final = (".", "!", "?", ";", ":")
#: The header and number of a page may stand between the parts of a list.
_SKIPPED: Final = frozenset({Category.RECOGNISED, Category.STRAY})


@dataclass(slots=True)
class OpenList:
    """The list that a label opened.

    Attributes:
        last: the last of its items.
        is_tight: True if its items stand right below each other.
    """

    last: Passage | None = None
    is_tight: bool = False

    def ends_at(self, passage: Passage) -> bool:
        """Return True if a line looks like no item of the list."""
        if passage.role is Role.HEADING:
            return True
        if self.last is None:
            return False
        is_other = passage.role is not self.last.role
        return is_other or (self.is_tight and passage.role is Role.TEXT and not passage.follows(self.last))

    def has(self, passage: Passage, parts: Sequence[Sentence], context: Context) -> bool:
        """Return True if a line is one item of the list, rather than a sentence or several items."""
        if passage.role is not Role.TEXT:
            return True
        is_begun = context.mode == TECHNICAL or self.last is not None
        is_alone = len(parts) == 1 and (is_begun or not _SEVERAL.search(passage.plain))
        return is_alone and lexicon.could_be_title(parts[0].text)

    def add(self, passage: Passage) -> None:
        """Add a line as an item."""
        is_list = bool(_SEVERAL.search(passage.plain))
        self.is_tight = self.is_tight or is_list or (self.last is not None and passage.follows(self.last))
        self.last = passage

    def doubt_about(self, passage: Passage, before: Passage | None, context: Context) -> Doubt | None:
        """Return the doubt about a line that is an item only by its place."""
        is_alone = passage.role is Role.TEXT and before is not None and not self.is_tight
        if context.mode not in _NAMED or not is_alone:
            return None
        predicate = "stands by itself; it is read as an item of the list above it"
        return doubt(Code.AMBIGUOUS, 0, passage.text, predicate, "Remove it if it is not one.")


class ListEnd(NamedTuple):
    """The last title of a list: its place in the profile, its sentence, and the doubt about it."""

    loc: Loc
    sentence: Sentence
    about: Doubt


class UnfinishedList:
    """Looks for a line that is not understood below a list without an end: the list may continue there."""

    def __init__(self) -> None:
        self._last: ListEnd | None = None
        self._before: Sentence | None = None

    def next(self, sentence: Sentence, statement: Statement, loc: Loc | None) -> ListEnd | None:
        """Take the next sentence; return the last title of the list before it, if that may continue here.

        Args:
            sentence: the next one.
            statement: its meaning.
            loc: the place of its last option in the profile; None if it has none.
        """
        last, before = self._last, self._before
        self._before = sentence
        is_next = _is_below(before, sentence)
        if statement.mentions:
            is_open = loc is not None and not sentence.plain.rstrip(")]'\" ").endswith(_ENDS)
            self._last = ListEnd(loc, sentence, about_end(statement.mentions[-1])) if is_open and loc else None
        elif not (statement.category in _SKIPPED and is_next):
            self._last = None
        return last if is_next and statement.category is Category.UNCLEAR else None


def _is_below(before: Sentence | None, after: Sentence) -> bool:
    """Return True if a sentence begins the passage right below the one that another ends; an item begins anew."""
    if before is None or after.passage.role is not Role.TEXT or after.start != 0:
        return False
    is_end = before.end >= len(before.passage.text.rstrip())
    return before.passage is not after.passage and is_end and after.passage.follows(before.passage)
