"""Which lines below a label such as "Work:" are items of its list, and where the list ends.

Bullets, cells and lines look alike to a grammar that knows no jobs by name. So a list is only what a label has begun,
and it ends with the first line of another kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.segmentation import follows
from tlevel_rdf.documents.grammar.statement import MODE_OF, TECHNICAL, Doubt, doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.documents.grammar.statement import Context

#: What parts several titles on a line.
_SEVERAL: Final = re.compile(r"[,;]|\b(?:and|or)\b")
_NAMED: Final = frozenset(MODE_OF.values()) - {TECHNICAL}
_HINT: Final = "Remove it if it is none."


@dataclass(slots=True)
class Entries:
    """The entries of the list that is open.

    Attributes:
        label: the role of the line that began it.
        last: the last of its entries.
        is_tight: whether its entries stand right below each other.
    """

    label: Role = Role.TEXT
    last: Passage | None = None
    is_tight: bool = False

    def ends_at(self, passage: Passage) -> bool:
        """Whether a line is none of the list that is open, by what it looks like."""
        if passage.role is Role.HEADING:
            return True
        if self.last is None:
            return False
        is_other = passage.role is not self.last.role
        return is_other or (self.is_tight and passage.role is Role.TEXT and not follows(self.last, passage))

    def has(self, passage: Passage, parts: Sequence[Sentence], context: Context) -> bool:
        """Whether a line of the list that is open is one entry of it, rather than a sentence or several entries."""
        if passage.role is not Role.TEXT:
            return True
        is_begun = context.mode == TECHNICAL or self.last is not None
        is_alone = len(parts) == 1 and (is_begun or not _SEVERAL.search(passage.plain))
        return is_alone and lexicon.could_be_title(parts[0].text)

    def add(self, passage: Passage) -> None:
        """Take a line as an entry."""
        is_list = bool(_SEVERAL.search(passage.plain))
        self.is_tight = self.is_tight or is_list or (self.last is not None and follows(self.last, passage))
        self.last = passage

    def doubt_about(self, passage: Passage, before: Passage | None, context: Context) -> Doubt | None:
        """The doubt about an entry after another that only stands where entries do."""
        if context.mode not in _NAMED:
            return None
        # In a cell beside that of its label there may be a list; in more cells there is another table.
        if passage.role is Role.CELL and (self.label is not Role.CELL or before is not None):
            said = "stands in a table whose head is not understood; it is read as an item of the list above it"
        elif passage.role is Role.TEXT and before is not None and not self.is_tight:
            said = "stands by itself; it is read as an item of the list above it"
        else:
            return None
        return doubt(Code.AMBIGUOUS, 0, passage.text, said, _HINT)
