"""The parts of a map of next steps, with their coordinates in CSS pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TextBlock:
    """Lines of text below one another, each with the height of its baseline."""

    x: int
    size: int
    lines: tuple[tuple[int, str], ...]
    bottom: int


@dataclass(frozen=True)
class FlagMark:
    """A flag of an option: its shape and its words."""

    name: str
    shape: str
    x: int
    y: int
    words: TextBlock


@dataclass(frozen=True)
class OptionBox:
    """A next step, with a link to its page."""

    x: int
    y: int
    width: int
    height: int
    radius: int
    href: str
    is_bypassed: bool
    title: TextBlock
    kind: TextBlock | None
    flags: tuple[FlagMark, ...]


@dataclass(frozen=True)
class Cell:
    """The next steps of one lane and row; the label names both."""

    label: str
    boxes: tuple[OptionBox, ...]


@dataclass(frozen=True)
class MapRow:
    """A row with its label; the note says that no level is stated."""

    y: int
    height: int
    label: TextBlock
    note: TextBlock | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class LaneHeading:
    """The name of a lane; `x` is the left side of the lane."""

    x: int
    href: str
    name: TextBlock


@dataclass(frozen=True)
class Panel:
    """Lanes side by side with their rows.

    Attributes:
        y: the upper side.
        lanes_bottom: the lower side of the lanes; below it, rows have no lanes.
        bottom: the lower side.
        headings: of the lanes.
        rows: the contents.
    """

    y: int
    lanes_bottom: int
    bottom: int
    headings: tuple[LaneHeading, ...]
    rows: tuple[MapRow, ...]


@dataclass(frozen=True)
class ProgressionMap:
    """A drawing of next steps.

    Attributes:
        width: of the drawing.
        height: of the drawing.
        labels_width: of the column of row labels; 0 in the stacked form.
        name: the title as a text.
        description: the contents in a sentence, for readers who cannot see them.
        title: the title as drawn.
        panels: the contents.
        note: the explanation at the end.
    """

    width: int
    height: int
    labels_width: int
    name: str
    description: str
    title: TextBlock
    panels: tuple[Panel, ...]
    note: TextBlock
