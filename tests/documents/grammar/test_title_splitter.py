"""Lists are split into titles by marks and by titles known from elsewhere in the document."""

from __future__ import annotations

import pytest

from tests.documents.grammar.test_sentence import shown, statements
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.readers.detection import read_bytes

MARKS = ["[{}](#)", '"{}"', "“{}”"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "title",
    ["Health, Safety and Environment Technician", "Care and Support", "Furniture Maker (Upholsterer)", "At Level 4"],
)
def test_a_marked_title_stays_whole(title: str, mark: str) -> None:
    text = f"At level 4, there are the {mark.format(title)}, Nurse and {mark.format('B and C')} apprenticeships."
    found = [shown(mention) for _, statement in statements(text) for mention in statement.mentions]

    assert found == [f"A4 {title}", "A4 Nurse", "A4 B and C"]


def test_a_title_marked_elsewhere_stays_whole() -> None:
    known = KnownTitles(["Accounting and Finance", "Law"])
    (passage,) = split_passages(
        read_bytes(b"Degree options may include Accounting and Finance, Law and Music.", "a.txt")
    )
    (sentence,) = passage.sentences
    statement = read_sentence(sentence, Context(), known)

    assert [mention.title for mention in statement.mentions] == ["Accounting and Finance", "Law", "Music"]
    assert not any(mention.doubts for mention in statement.mentions)
