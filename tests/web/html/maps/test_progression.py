"""The layout of the map: nothing overlaps, all text is inside its box, and nothing has an invented place."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.web.html.maps.progression import (
    MAX_LANES,
    STACKED_WIDTH,
    WIDTH,
    draw_map,
    draw_map_on_paper,
    draw_stacked_map,
)
from tlevel_rdf.web.html.maps.text_wrapping import text_width
from tlevel_rdf.web.html.t_level import OptionRow, SpecialismView
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.html.maps.parts import MapRow, OptionBox, ProgressionMap, TextBlock

KINDS = ("Apprenticeship", "Higher Technical Qualification", "Degree", "Occupation", "")
FLAGS = ("accelerated", "not-applicable", "in-development", "under-revision", "new-flag")
TITLES = (
    "Nurse",
    "Healthcare Intelligence Specialist",
    "Telecommunications " * 12,
    "W" * 90,
    "Advanced and Creative Hair Professional (including wigs, hair extensions and semi-permanent colour)",
)


def option(number: int, kind: str = "Apprenticeship", level: int | None = 3) -> OptionRow:
    """Return an option; its title and its flags depend on its number."""
    return OptionRow(
        title=TermView(TITLES[number % len(TITLES)], f"/doc/{number}"),
        kind=kind,
        level=level,
        flags=tuple(TermView(flag, f"/def/status#{flag}") for flag in FLAGS[: number % 6]),
        is_bypassed=number % 7 == 0,
        source=None,
        href="",
    )


def specialism(number: int, options: int) -> SpecialismView:
    """Return a specialism with options of all kinds, some with levels from 1 to 8."""
    rows = []
    for count in range(options):
        kind = KINDS[count % 5]
        rows.append(option(number * 100 + count, kind, count % 8 + 1 if kind in KINDS[:2] or count % 11 == 0 else None))
    return SpecialismView(
        TermView(f"Specialism {number} " + "of a long name " * number, f"/doc/s{number}"), tuple(rows)
    )


VIEWS = {
    "one option": [SpecialismView(TermView("A", "/doc/a"), (option(0),))],
    "no options": [SpecialismView(TermView("A", "/doc/a"), ())],
    "no specialisms": [],
    "one specialism": [specialism(1, 40)],
    "one specialism without levels": [SpecialismView(TermView("A", "/doc/a"), (option(1, "Degree", None),))],
    "two": [specialism(1, 17), specialism(2, 9)],
    "eight times forty": [specialism(number, 40) for number in range(8)],
    "nine": [specialism(number, 3) for number in range(9)],
    "three hundred and twenty": [specialism(3, 320)],
}
FORMS = {"wide": draw_map, "stacked": draw_stacked_map, "on paper": draw_map_on_paper}


@pytest.fixture(params=[(view, form) for view in VIEWS for form in FORMS], ids=" ".join)
def drawn(request: pytest.FixtureRequest) -> ProgressionMap:
    view, form = request.param
    return FORMS[form]("A T Level", VIEWS[view])


def rows_of(drawing: ProgressionMap) -> list[MapRow]:
    return [row for panel in drawing.panels for row in panel.rows]


def boxes_of(drawing: ProgressionMap) -> list[OptionBox]:
    return [box for row in rows_of(drawing) for cell in row.cells for box in cell.boxes]


def texts_of(box: OptionBox) -> Iterator[TextBlock]:
    yield from (box.title, *([box.kind] if box.kind else []), *(flag.words for flag in box.flags))


def test_no_box_overlaps_another(drawn: ProgressionMap) -> None:
    for one, other in combinations(boxes_of(drawn), 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_all_text_is_within_its_box(drawn: ProgressionMap) -> None:
    for box in boxes_of(drawn):
        for text in texts_of(box):
            assert text.x >= box.x + 5
            assert all(text.x + text_width(line, text.size) <= box.x + box.width for _, line in text.lines)
            assert all(box.y + text.size <= y <= box.y + box.height - 4 for y, _ in text.lines)
        heights = [y for text in texts_of(box) for y, _ in text.lines]
        assert all(after - before >= 12 for before, after in pairwise(heights))


def test_boxes_are_within_their_row_and_rows_follow_one_another(drawn: ProgressionMap) -> None:
    for row in rows_of(drawn):
        for box in (box for cell in row.cells for box in cell.boxes):
            assert row.y < box.y
            assert box.y + box.height < row.y + row.height
            assert drawn.labels_width <= box.x
            assert box.x + box.width <= drawn.width
        for text in filter(None, (row.label, row.note)):
            assert row.y < text.lines[0][0] <= text.lines[-1][0] < row.y + row.height
            assert all(text_width(line, text.size) <= (drawn.labels_width or drawn.width) for _, line in text.lines)
    assert all(after.y >= before.y + before.height for before, after in pairwise(rows_of(drawn)))
    assert max((row.y + row.height for row in rows_of(drawn)), default=0) < drawn.note.lines[0][0] < drawn.height


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("form", FORMS)
def test_every_option_is_drawn_once_in_the_row_of_its_level_or_kind(view: str, form: str) -> None:
    drawing = FORMS[form]("A", VIEWS[view])
    found = []
    for row in rows_of(drawing):
        label = " ".join(line for _, line in row.label.lines)
        found += [(label, box.href) for cell in row.cells for box in cell.boxes]
    headings = dict(
        zip(KINDS, ("", "Higher Technical Qualifications", "Degrees", "Occupations", "Kind not stated"), strict=True)
    )
    wanted = [
        (headings[row.kind] if row.level is None else f"Level {row.level}", row.title.href)
        for one in VIEWS[view]
        for row in one.options
    ]
    assert sorted(found) == sorted(wanted)


def test_levels_2_to_7_always_have_a_row_and_other_levels_if_stated() -> None:
    def labels(*levels: int | None) -> list[str]:
        rows = tuple(option(1, "Degree", level) for level in levels)
        drawing = draw_map("A", [SpecialismView(TermView("A"), rows)])
        return [row.label.lines[0][1].removeprefix("Level ") for row in rows_of(drawing)]

    assert labels(4) == ["2", "3", "4", "5", "6", "7"]
    assert labels(8, 1, None) == ["1", "2", "3", "4", "5", "6", "7", "8", "Degrees"]


def test_lanes_are_specialisms_or_the_kinds_of_a_single_one() -> None:
    def lanes(view: list[SpecialismView]) -> list[str]:
        return [
            " ".join(line for _, line in h.name.lines) for panel in draw_map("A", view).panels for h in panel.headings
        ]

    rows = (option(1, "Higher Technical Qualification", 4), option(2), option(3, "Degree", None))
    one, other = SpecialismView(TermView("One"), rows), SpecialismView(TermView("Other"), ())
    assert lanes([one]) == ["Apprenticeships", "Higher Technical Qualifications"]
    assert lanes([one, other]) == ["One", "Other"]


def test_a_cell_names_its_lane_and_its_row() -> None:
    two = draw_map("A", [SpecialismView(TermView(name), (option(1), option(2, "Degree", None))) for name in "XY"])
    labels = [cell.label for row in rows_of(two) for cell in row.cells]
    assert labels == ["X, Level 3", "Y, Level 3", "X, Degrees", "Y, Degrees"]


def test_few_lanes_fill_the_width_of_the_page_and_many_make_panels() -> None:
    assert draw_map("A", VIEWS["two"]).width == WIDTH
    nine = draw_map("A", VIEWS["nine"])
    assert [len(panel.headings) for panel in nine.panels] == [5, 4]
    assert len(draw_map("A", VIEWS["eight times forty"]).panels[0].headings) == MAX_LANES
    assert draw_stacked_map("A", VIEWS["nine"]).width == STACKED_WIDTH


def test_the_shape_and_the_words_of_each_flag_differ() -> None:
    (box,) = boxes_of(draw_map("A", [SpecialismView(TermView("A"), (option(5),))]))
    assert len({flag.shape for flag in box.flags}) == len(box.flags) == 5
    (bypassed,) = boxes_of(draw_map("A", VIEWS["one option"]))
    assert [flag.words.lines[0][1] for flag in bypassed.flags] == ["may be bypassed"]


def test_a_map_without_options_says_so() -> None:
    for view in ("no options", "no specialisms"):
        drawing = draw_map("A", VIEWS[view])
        assert drawing.note.lines[0][1] == "No profile lists next steps here yet."
        assert drawing.panels == ()


def test_a_map_that_is_too_tall_for_a_page_gets_wider_lanes() -> None:
    assert draw_map_on_paper("A", VIEWS["one option"]) == draw_map("A", VIEWS["one option"])
    view = [SpecialismView(TermView(name), tuple(option(5 * count) for count in range(40))) for name in "ABCDEFGH"]
    tall, fitting = draw_map("A", view), draw_map_on_paper("A", view)
    assert tall.height / tall.width > 2
    assert fitting.height / fitting.width < 1.5
    kinds = draw_map_on_paper("A", VIEWS["three hundred and twenty"])
    assert kinds.height / kinds.width < 2
