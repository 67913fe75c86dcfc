"""Sentences about apprenticeships and technical qualifications."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import Row, assert_read_as_its_row, rows


@pytest.mark.parametrize("row", rows("technical_options.txt"), ids=lambda row: row.sentence[:60])
def test_a_sentence_gives_the_options_doubts_and_places_of_its_row(row: Row) -> None:
    assert_read_as_its_row(row)
