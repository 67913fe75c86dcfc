"""Where a line ends: broken words and paragraphs are put together again, and what is not sure is said."""

from __future__ import annotations

import pytest

from tests.documents.test_readers_pdf import drawn, words
from tlevel_rdf.documents.assembly import read_profiles_in
from tlevel_rdf.documents.reading import read_bytes

HEAD = """\
8a. T Level in Onsite Construction

This T Level has one occupational specialism: Bricklaying.

1. Bricklaying
"""
LEAD = "For work, career progression could include "


def jobs(data: bytes, name: str) -> list[tuple[str, bool]]:
    """The jobs that a document names, and whether each is to be checked."""
    (imported,) = read_profiles_in(read_bytes(data, name), name).imported
    return [
        (option.title, ("specialisms", 0, "work", number) in imported.checks)
        for number, option in enumerate(imported.profile.specialisms[0].work)
    ]


def text_jobs(text: str) -> list[tuple[str, bool]]:
    return jobs(f"{HEAD}\n{text}\n".encode(), "a.txt")


def titles(data: bytes, name: str) -> list[str]:
    return [title for title, _ in jobs(data, name)]


MASON = [f"{LEAD}Bricklayer, Stone-", "mason, Site Manager, Construction Estimator,", "Car-", "penter, Roofer."]


def test_a_paragraph_goes_on_after_a_word_that_a_line_breaks() -> None:
    named = ["Bricklayer", "Stonemason", "Site Manager", "Construction Estimator", "Carpenter", "Roofer"]
    text = "\n".join([HEAD, *MASON])
    assert titles(text.encode(), "a.txt") == named
    assert titles(text.replace("-", "\u00ad").encode(), "a.txt") == named
    page = [*words(*HEAD.split("\n\n"), foot=780, step=26), *words(*MASON, foot=660)]
    assert titles(drawn(page), "a.pdf") == named
