"""Edit a YAML file, and keep everything else in it as its author wrote it: comments, order and blank lines.

The editor uses the positions that PyYAML's composer returns, and the text between them. It cannot add to a list that is
written in brackets: it raises an error then, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from tlevel_rdf.profiles.kinds import MODES
from tlevel_rdf.profiles.yaml_writer import CHECK

if TYPE_CHECKING:
    from tlevel_rdf.profiles.yaml_reader import Loc

#: The keys of a mapping in the order of a file. A new key goes behind those that stand before it here.
_ORDER: Final = (
    *("apprenticeship", "higher technical qualification", "degree", "occupation", "title", "note", "t level"),
    *("level", "relevant", "flags", "wording", "readiness", "pdf page", "line", "paragraph", "page", "mapping", "key"),
    "formerly",
    *("document", "sha256", "media type", "section", "issued", "licence", "source", "specialisms", *MODES, "notes"),
)


class NotEditableError(Exception):
    """The file is written in a way that cannot be added to."""


@dataclass
class _Change:
    """A span of the text and its replacement. Of two changes at one place, the one above an entry comes last."""

    start: int
    end: int
    new: str
    is_above: bool = False


@dataclass
class Editor:
    """The changes to one file, which are applied together.

    Attributes:
        text: of the file.
    """

    text: str
    _changes: list[_Change] = field(default_factory=list)
    _new_lists: dict[Loc, _Change] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # The YAML reader has accepted the text, so it has neither aliases nor tags.
        root = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        if root is None:
            raise NotEditableError
        self._root: yaml.Node = root
        self._break = "\r\n" if "\r\n" in self.text else "\n"

    def set(self, loc: Loc, written: str) -> None:
        """Replace a value, or add its key if the mapping does not have it."""
        *around, key = loc
        mapping = self._node(tuple(around))
        if not isinstance(mapping, yaml.MappingNode):
            raise NotEditableError
        for name, value in mapping.value:
            if name.value == key:
                self._change(value.start_mark.index, _end(value), written)
                return
        self._add_key(mapping, str(key), f" {written}")

    def remove(self, loc: Loc) -> None:
        """Remove a key with its value, and their lines."""
        *around, key = loc
        mapping = self._node(tuple(around))
        if not isinstance(mapping, yaml.MappingNode) or mapping.flow_style:
            raise NotEditableError
        for at, (name, value) in enumerate(mapping.value):
            if name.value == key and at > 0:
                self._change(self._line_start(name.start_mark.index), self._line_end(_end(value)), "")
                return
        raise NotEditableError

    def insert(self, loc: Loc, after: int, entry: str) -> None:
        """Add an entry to a list.

        Args:
            loc: the place of the list, which need not exist yet.
            after: the index of the entry before it; -1 for none.
            entry: its lines without indentation, the first with a hyphen unless it is a comment.
        """
        *around, key = loc
        mapping = self._node(tuple(around))
        if not isinstance(mapping, yaml.MappingNode):
            raise NotEditableError
        found = next((value for name, value in mapping.value if name.value == key), None)
        if found is None:
            lines = self._indented(entry, mapping.start_mark.column + 2)
            if loc in self._new_lists:
                self._new_lists[loc].new += lines
            else:
                self._new_lists[loc] = self._add_key(mapping, str(key), self._break + lines.removesuffix(self._break))
            return
        if not isinstance(found, yaml.SequenceNode) or (found.flow_style and found.value):
            raise NotEditableError
        if not found.value:
            if loc not in self._new_lists:
                self._new_lists[loc] = self._change(found.start_mark.index - 1, found.end_mark.index, "")
            place = self._line_end(found.end_mark.index)
            self._change(place, place, self._indented(entry, mapping.start_mark.column + 2))
            return
        column = found.start_mark.column
        place = self._line_end(_end(found.value[after])) if after >= 0 else self._line_start(found.start_mark.index)
        lead = self._break if key == "specialisms" and after >= 0 else ""
        self._change(place, place, lead + self._indented(entry, column))

    def comment(self, loc: Loc, words: str) -> None:
        """Add a comment for a person to check above an entry, unless it is there already."""
        node, around = self._node(loc), self._node(loc[:-1])
        is_block = isinstance(around, yaml.SequenceNode) and not around.flow_style
        start = self._line_start((node if is_block else around).start_mark.index)
        column = around.start_mark.column if is_block else 0
        line = f"{' ' * column}{CHECK} {words}{self._break}"
        if not self.text[:start].endswith(line):
            self._changes.append(_Change(start, start, line, is_above=True))

    def made(self) -> str:
        """Return the text with all changes."""
        text = self.text
        numbered = sorted(enumerate(self._changes), key=lambda it: (it[1].start, it[1].end, it[1].is_above, it[0]))
        for _, change in reversed(numbered):
            is_open = change.start == change.end == len(text) and text[-1:] != "\n"
            text = text[: change.start] + (self._break if is_open else "") + change.new + text[change.end :]
        return text

    def _change(self, start: int, end: int, new: str) -> _Change:
        self._changes.append(_Change(start, end, new))
        return self._changes[-1]

    def _add_key(self, mapping: yaml.MappingNode, key: str, rest: str) -> _Change:
        if mapping.flow_style or not mapping.value:
            raise NotEditableError
        before = _ORDER[: _ORDER.index(key)]
        behind = [value for name, value in mapping.value if name.value in before]
        last = _end(behind[-1] if behind else mapping.value[-1][1])
        place = self._line_end(last)
        column = mapping.start_mark.column
        lead = self._break if not column and key == "notes" else ""
        return self._change(place, place, f"{lead}{' ' * column}{key}:{rest}{self._break}")

    def _node(self, loc: Loc) -> yaml.Node:
        node = self._root
        for part in loc:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
            elif isinstance(node, yaml.MappingNode):
                node = next((value for name, value in node.value if name.value == part), node)
            else:
                raise NotEditableError
        return node

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Return the place behind the line break that ends the line of a character."""
        if index and self.text[index - 1] == "\n":
            return index
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def _indented(self, entry: str, column: int) -> str:
        return "".join(f"{' ' * column}{line}{self._break}" for line in entry.splitlines())


def _end(node: yaml.Node) -> int:
    """Return the end of the last word of a value: for PyYAML, a block ends only where the next one begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end
