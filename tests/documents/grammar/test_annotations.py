"""Brackets behind a title hold flags, levels, kinds and links to a mapping, or are a part of the title."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Link
from tlevel_rdf.documents.grammar.annotations import Annotation, annotation_in, parse_annotation
from tlevel_rdf.profiles.kinds import Flag, Kind


@pytest.mark.parametrize(
    ("words", "annotation"),
    [
        ("Accelerated", Annotation((Flag.ACCELERATED,))),
        ("accelerated and under revision", Annotation((Flag.ACCELERATED, Flag.UNDER_REVISION))),
        ("Accelerated, accelerated", Annotation((Flag.ACCELERATED,))),
        ("both in development", Annotation((Flag.IN_DEVELOPMENT,), of_all=True)),
        ("status: not applicable", Annotation((Flag.NOT_APPLICABLE,))),
        ("level 4", Annotation(level=4)),
        ("L5", Annotation(level=5)),
        ("levels 4 and 5", None),
        ("level 4+", Annotation(level=0)),
        ("HTQ", Annotation(kind=Kind.HTQ)),
        ("level 4 apprenticeship", Annotation(level=4, kind=Kind.APPRENTICESHIP)),
        ("the relevant occupation", Annotation(is_relevant=True)),
        ("Upholsterer", None),
        ("Accelerated, Upholsterer", None),
    ],
)
def test_words_in_brackets_are_an_annotation_only_as_a_whole(words: str, annotation: Annotation | None) -> None:
    assert parse_annotation(words) == annotation


def test_a_link_to_the_mapping_is_taken_out_of_the_brackets() -> None:
    words = "(Accelerated, see mapping)"
    link = Link(words.index("mapping") + 10, len(words) + 9, "https://e.org/m")
    assert annotation_in(words, 10, [link]) == Annotation((Flag.ACCELERATED,), mapping="https://e.org/m")
    alone = Link(1, 8, "https://e.org/m")
    assert annotation_in("(mapping)", 0, [alone]) == Annotation(mapping="https://e.org/m")


def test_other_words_beside_a_mapping_are_not_understood() -> None:
    read = annotation_in("(mapping; ask Leeds)", 5, [Link(6, 13, "https://e.org/m")])
    assert read == Annotation(mapping="https://e.org/m", unclear=(5, 25))


def test_a_flag_among_other_words_counts_and_the_rest_is_not_understood() -> None:
    assert annotation_in("(accelerated, in Leeds)", 3, []) == Annotation((Flag.ACCELERATED,), unclear=(3, 26))


def test_brackets_without_any_of_these_are_a_part_of_the_title() -> None:
    assert annotation_in("(Upholsterer)", 0, []) is None
