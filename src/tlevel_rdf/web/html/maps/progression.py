"""The layout of the map of next steps: boxes and lines of text with their coordinates, in CSS pixels.

Rows are levels, then the kinds of next steps without a level. Lanes are specialisms, or, for one specialism, kinds.
The stacked form for narrow screens has one lane. Within a cell, boxes keep the order of the document. Nothing else has
an order, so the map has no arrows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.html.maps.parts import (
    Cell,
    FlagMark,
    LaneHeading,
    MapRow,
    OptionBox,
    Panel,
    ProgressionMap,
    TextBlock,
)
from tlevel_rdf.web.html.maps.text_wrapping import clean_text, wrap
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.web.html.t_level import OptionRow, SpecialismView

#: The width of the map, which that of the page's text allows; more lanes make it wider.
WIDTH: Final = 928
#: The width of the stacked form: a screen of 320 pixels without the margins of the page.
STACKED_WIDTH: Final = 288
#: The most lanes side by side; more specialisms follow below.
MAX_LANES: Final = 8
_LABELS_WIDTH: Final = 112
_MIN_BOX_WIDTH: Final = 144
#: The width and the height of a printed page, in millimetres: A4 without its margins and a line of text.
_PAGE: Final = (190, 255)
#: The columns of boxes in a lane that may fit a printed page better than one, and the gain in size that is worth it.
_COLUMNS_ON_PAPER: Final = range(2, 7)
_MIN_GAIN_ON_PAPER: Final = 1.05
#: Space inside a box or a label, and between boxes.
_PADDING: Final = 6
_GAP: Final = 6
_MIN_ROW_HEIGHT: Final = 28
_MARK_WIDTH: Final = 17
#: Font sizes.
_LARGE: Final = 18
_NORMAL: Final = 13
_SMALL: Final = 12
#: The levels that every map shows.
_LEVELS: Final = range(2, 8)
#: The heading of each kind, in the order of rows and lanes.
_HEADING_OF_KIND: Final = {
    "Apprenticeship": "Apprenticeships",
    "Higher Technical Qualification": "Higher Technical Qualifications",
    "Degree": "Degrees",
    "Occupation": "Occupations",
    "": "Kind not stated",
}
#: The corners of the boxes of each kind: the radius.
_RADIUS_OF_KIND: Final = {"Higher Technical Qualification": 5, "Degree": 9, "Occupation": 13}
#: The outline of each flag's mark, 11 pixels wide and high.
_MARKS: Final = {
    "accelerated": "M5.5 .5 11 10.5H0z",
    "not-applicable": "M5.5 1a4.5 4.5 0 1 0 .01 0zM2.5 8.5l6-6",
    "in-development": "M1 1h9v9H1z",
    "under-revision": "M5.5 0 11 5.5 5.5 11 0 5.5z",
    "bypassed": "M0 5.5h4M7 5.5h4",
    "lost": "M1 1l9 9M10 1 1 10",
    "new": "M5.5 1v9M1 5.5h9",
}
_OTHER_MARK: Final = "M5.5 2a3.5 3.5 0 1 0 .01 0z"
_BYPASSED: Final = TermView("may be bypassed", "#bypassed")
_NOTE: Final = (
    "Examples of next steps, not a complete list. A row shows the level that the profile states."
    " Places within a row have no meaning."
)
_ROWS: Final = (
    "one for each level, then one for each kind without a stated level."
    " An empty place means that no profile lists a next step there."
)
_NO_OPTIONS: Final = "No profile lists next steps here yet."


@dataclass(frozen=True)
class _Lane:
    name: TermView
    options: tuple[OptionRow, ...]
    x: int
    width: int


#: The key of a row: a level, or a kind without a level.
_RowKey = tuple[int | None, str]


def draw_map(name: str, specialisms: Sequence[SpecialismView], columns: int = 1) -> ProgressionMap:
    """Return the map with lanes side by side.

    Args:
        name: of the T Level or the specialism.
        specialisms: with their options. The lanes of a single one are kinds.
        columns: a lane is wide enough for so many boxes side by side, or for more if the page has room.
    """
    if not any(one.options for one in specialisms):
        return _finished(name, (), WIDTH, _LABELS_WIDTH, ())
    is_single = len(specialisms) == 1
    lanes_of_all = [(one.name, one.options) for one in specialisms]
    if is_single:
        lanes_of_all = _lanes_of_kinds(specialisms[0].options)
    count = _lanes_side_by_side(len(lanes_of_all))
    lane_width = max(columns * (_MIN_BOX_WIDTH + _GAP) + _GAP, (WIDTH - _LABELS_WIDTH) // count)
    width = _LABELS_WIDTH + count * lane_width
    y = _title(name, width).bottom + 2 * _GAP
    panels: list[Panel] = []
    for start in range(0, len(lanes_of_all), count):
        lanes = [
            _Lane(lane, options, _LABELS_WIDTH + number * lane_width, lane_width)
            for number, (lane, options) in enumerate(lanes_of_all[start : start + count])
        ]
        whole = _Lane(TermView(""), specialisms[0].options, _LABELS_WIDTH, width - _LABELS_WIDTH) if is_single else None
        panels.append(_panel(lanes, whole, y))
        y = panels[-1].bottom + 3 * _GAP
    return _finished(name, specialisms, width, _LABELS_WIDTH, panels)


def draw_map_on_paper(name: str, specialisms: Sequence[SpecialismView]) -> ProgressionMap:
    """Return the map with lanes wide enough to make the text large on one page of A4."""
    best = draw_map(name, specialisms)
    for columns in _COLUMNS_ON_PAPER:
        wider = draw_map(name, specialisms, columns)
        if wider.width == best.width:
            continue
        if _scale_on_paper(wider) < _MIN_GAIN_ON_PAPER * _scale_on_paper(best):
            break
        best = wider
    return best


def with_credit(drawing: ProgressionMap, credit: str) -> ProgressionMap:
    """Return a map with the source of its data in words at the end."""
    note = drawing.note
    added = _text(credit, note.x, note.bottom, drawing.width, note.size)
    whole = replace(note, lines=(*note.lines, *added.lines), bottom=added.bottom)
    return replace(drawing, note=whole, height=drawing.height + added.bottom - note.bottom)


def _scale_on_paper(drawing: ProgressionMap) -> float:
    """Return the length of a CSS pixel of the drawing on the page, in millimetres."""
    return min(_PAGE[0] / drawing.width, _PAGE[1] / drawing.height)


def draw_stacked_map(name: str, specialisms: Sequence[SpecialismView]) -> ProgressionMap:
    """Return the map for narrow screens: one specialism and one row below another, without empty rows."""
    y = _title(name, STACKED_WIDTH).bottom + 2 * _GAP
    panels: list[Panel] = []
    for specialism in specialisms:
        lane = _Lane(specialism.name, specialism.options, 0, STACKED_WIDTH)
        heading, bottom = _heading(lane, y)
        rows: list[MapRow] = []
        for key in _row_keys(specialism.options):
            options = _options_in(lane, key)
            if options:
                label, note = _row_label(key, 0, bottom, STACKED_WIDTH)
                end = (note or label).bottom + _GAP // 2
                cell, end = _cell(lane, key, options, end, with_kind=key[0] is not None)
                rows.append(MapRow(bottom, end - bottom, label, note, (cell,)))
                bottom = end
        panels.append(Panel(y, bottom, bottom, (heading,), tuple(rows)))
        y = bottom + 3 * _GAP
    return _finished(name, specialisms, STACKED_WIDTH, 0, panels)


def _lanes_side_by_side(lanes: int) -> int:
    """Return the number of lanes of each panel, at most `MAX_LANES`, so that the panels are about equal."""
    panels = max(1, ceil(lanes / MAX_LANES))
    return max(1, ceil(lanes / panels))


def _lanes_of_kinds(options: Iterable[OptionRow]) -> list[tuple[TermView, tuple[OptionRow, ...]]]:
    """Return a lane for each kind of option that has a level, or one lane without a name."""
    with_level = tuple(option for option in options if option.level is not None)
    kinds = sorted({option.kind for option in with_level}, key=_kind_order)
    return [
        (TermView(_kind_heading(kind)), tuple(option for option in with_level if option.kind == kind)) for kind in kinds
    ] or [(TermView(""), ())]


def _panel(lanes: Sequence[_Lane], whole: _Lane | None, y: int) -> Panel:
    """Return lanes with their rows.

    Args:
        lanes: side by side.
        whole: the lane for options without a level, as wide as all lanes; None if they stay in their lanes.
        y: the upper side.
    """
    drawn = [_heading(lane, y) for lane in lanes if lane.name.text]
    bottom = max((end for _, end in drawn), default=y)
    rows: list[MapRow] = []
    options = [option for lane in (*lanes, *filter(None, (whole,))) for option in lane.options]
    for key in _row_keys(options):
        label, note = _row_label(key, 0, bottom, _LABELS_WIDTH)
        end = max(bottom + _MIN_ROW_HEIGHT, (note or label).bottom + _PADDING)
        cells: list[Cell] = []
        for lane in [whole] if whole and key[0] is None else lanes:
            found = _options_in(lane, key)
            if found:
                cell, cell_end = _cell(lane, key, found, bottom + _GAP, with_kind=not whole and key[0] is not None)
                cells.append(cell)
                end = max(end, cell_end)
        rows.append(MapRow(bottom, end - bottom, label, note, tuple(cells)))
        bottom = end
    lanes_bottom = min((row.y for row in rows if whole and row.note), default=bottom)
    return Panel(y, lanes_bottom, bottom, tuple(heading for heading, _ in drawn), tuple(rows))


def _row_keys(options: Iterable[OptionRow]) -> list[_RowKey]:
    """Return the rows for some options: levels in ascending order, then kinds without a level."""
    found = {(option.level, "") if option.level is not None else (None, option.kind) for option in options}
    levels = sorted({*_LEVELS, *(level for level, _ in found if level is not None)})
    kinds = sorted((kind for level, kind in found if level is None), key=_kind_order)
    return [*((level, "") for level in levels), *((None, kind) for kind in kinds)]


def _options_in(lane: _Lane, key: _RowKey) -> list[OptionRow]:
    level, kind = key
    return [option for option in lane.options if option.level == level and (level is not None or option.kind == kind)]


def _kind_order(kind: str) -> tuple[int, str]:
    known = list(_HEADING_OF_KIND)
    return (known.index(kind) if kind in known else len(known)), kind


def _kind_heading(kind: str) -> str:
    return _HEADING_OF_KIND.get(kind, kind)


def _row_name(key: _RowKey) -> str:
    level, kind = key
    return _kind_heading(kind) if level is None else f"Level {level}"


def _title(name: str, width: int) -> TextBlock:
    return _text(_title_text(name), 0, 0, width, _LARGE)


def _title_text(name: str) -> str:
    return clean_text(f"Next steps after {name}")


def _heading(lane: _Lane, y: int) -> tuple[LaneHeading, int]:
    name = _text(lane.name.text, lane.x + _PADDING, y + _PADDING, lane.width - 2 * _PADDING, _NORMAL)
    return LaneHeading(lane.x, lane.name.href, name), name.bottom + _PADDING


def _row_label(key: _RowKey, x: int, y: int, width: int) -> tuple[TextBlock, TextBlock | None]:
    inner = width - 2 * _PADDING
    label = _text(_row_name(key), x + _PADDING, y + _PADDING, inner, _NORMAL)
    if key[0] is not None:
        return label, None
    return label, _text("no level stated", x + _PADDING, label.bottom, inner, _SMALL)


def _cell(lane: _Lane, key: _RowKey, options: Sequence[OptionRow], y: int, *, with_kind: bool) -> tuple[Cell, int]:
    """Return the boxes of some options in reading order, and the lower side of their cell."""
    left, inner = lane.x + _GAP, lane.width - 2 * _GAP
    columns = max(1, (inner + _GAP) // (_MIN_BOX_WIDTH + _GAP))
    width = (inner - (columns - 1) * _GAP) // columns
    boxes: list[OptionBox] = []
    for start in range(0, len(options), columns):
        drawn = [
            _box(option, left + number * (width + _GAP), y, width, with_kind=with_kind)
            for number, option in enumerate(options[start : start + columns])
        ]
        height = max(box.height for box in drawn)
        boxes += [replace(box, height=height) for box in drawn]
        y += height + _GAP
    label = clean_text(", ".join(filter(None, (lane.name.text, _row_name(key)))))
    return Cell(label, tuple(boxes)), y


def _box(option: OptionRow, x: int, y: int, width: int, *, with_kind: bool) -> OptionBox:
    left, inner = x + _PADDING, width - 2 * _PADDING
    title = _text(option.title.text, left, y + _PADDING, inner, _NORMAL)
    kind = _text(option.kind, left, title.bottom, inner, _SMALL) if with_kind and option.kind else None
    bottom = (kind or title).bottom
    flags = []
    for flag in (*option.flags, *((_BYPASSED,) if option.is_bypassed else ())):
        words = _text(flag.text, left + _MARK_WIDTH, bottom, inner - _MARK_WIDTH, _SMALL)
        name = flag.href.rpartition("#")[2]
        flags.append(FlagMark(name if name in _MARKS else "", _MARKS.get(name, _OTHER_MARK), left, bottom + 2, words))
        bottom = words.bottom
    radius = _RADIUS_OF_KIND.get(option.kind, 0)
    height = bottom + _PADDING - y
    return OptionBox(x, y, width, height, radius, option.title.href, option.is_bypassed, title, kind, tuple(flags))


def _text(text: str, x: int, y: int, width: int, size: int) -> TextBlock:
    """Return a text below a height, wrapped to a width."""
    line_height = size + 3
    lines = wrap(text, size, width)
    return TextBlock(
        x,
        size,
        tuple((y + number * line_height + size, line) for number, line in enumerate(lines)),
        y + len(lines) * line_height,
    )


def _finished(
    name: str,
    specialisms: Sequence[SpecialismView],
    width: int,
    labels_width: int,
    panels: Sequence[Panel],
) -> ProgressionMap:
    title = _title(name, width)
    options = sum(len(one.options) for one in specialisms)
    bottom = panels[-1].bottom if panels else title.bottom
    note = _text(_NOTE if options else _NO_OPTIONS, 0, bottom + _GAP, width, _SMALL)
    description = f"{options} next step{'' if options == 1 else 's'} in rows: {_ROWS} {_NOTE}"
    height = note.bottom + _GAP
    return ProgressionMap(width, height, labels_width, _title_text(name), description, title, tuple(panels), note)
