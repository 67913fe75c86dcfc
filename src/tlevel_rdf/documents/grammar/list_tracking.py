"""Track over lines the list that a label opened: which lines are its items, and where it ends.

Bullets, cells and lines look alike to a grammar that knows no jobs by name. A list is therefore only what a label has
opened, and it ends with the first line of another kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.statement import MODE_OF, TECHNICAL, doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.documents.grammar.statement import Context, Doubt

#: Separators of several titles on a line.
_SEVERAL: Final = compiled(r"[,;]|\b(?:and|or)\b")
_NAMED: Final = frozenset(MODE_OF.values()) - {TECHNICAL}


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
