"""The items of a list are the lines below its label, up to the first line of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.grammar.rows import sentences
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.list_tracking import OpenList
from tlevel_rdf.documents.grammar.statement import Context

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.segmentation import Passage

JOBS = Context(mode="work", is_list=True)


def passages(text: str, name: str = "a.md") -> list[Passage]:
    return list(dict.fromkeys(sentence.passage for sentence in sentences(text, name)))


def test_a_heading_or_a_line_of_another_role_ends_a_list() -> None:
    first, second, line, heading = passages("- Nurse\n- Carer\n\nLaw\n\n# Art")
    opened = OpenList()
    assert not opened.ends_at(first)
    assert opened.ends_at(heading)
    opened.add(first)
    assert [opened.ends_at(each) for each in (second, line, heading)] == [False, True, True]


def test_a_gap_ends_a_list_whose_lines_stand_together() -> None:
    first, second, third = passages("Nurse\nCarer\n\nRoofer", "a.txt")
    opened = OpenList()
    opened.add(first)
    assert not opened.is_tight
    opened.add(second)
    assert opened.is_tight
    assert opened.ends_at(third)


@pytest.mark.parametrize(
    ("text", "mode", "is_item"),
    [
        ("- Nurse, Carer. More.", "work", True),
        ("Nurse", "work", True),
        ("Nurse and Carer", "work", False),
        ("Nurse and Carer", "technical", True),
        ("which takes a year", "work", False),
        ("Nurse. Carer.", "work", False),
    ],
)
def test_a_line_is_an_item_if_it_could_be_one_title(text: str, mode: str, *, is_item: bool) -> None:
    (passage,) = passages(text)
    assert OpenList().has(passage, passage.sentences, Context(mode=mode, is_list=True)) is is_item


def test_a_line_by_itself_below_other_items_is_to_be_checked() -> None:
    first, second = passages("Nurse\n\nCarer", "a.txt")
    opened = OpenList()
    assert opened.doubt_about(first, None, JOBS) is None
    opened.add(first)
    about = opened.doubt_about(second, first, JOBS)
    assert about
    assert (about.code, about.words) == (Code.AMBIGUOUS, "Carer")
    assert opened.doubt_about(second, first, Context(mode="technical")) is None
