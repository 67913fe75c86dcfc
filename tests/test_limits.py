"""The fixed limits."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tlevel_rdf import limits

SOURCE = Path(limits.__file__).read_text(encoding="utf-8")
#: How often the package has each word.
WORDS = Counter(
    word
    for file in Path(limits.__file__).parent.rglob("*.py")
    for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
)
NAMES = [name for name in vars(limits) if name.isupper()]


@pytest.mark.parametrize("name", NAMES)
def test_each_limit_has_a_comment_for_its_row_in_the_docs(name: str) -> None:
    assert re.search(rf"^(?:#: .*\n)*#: .*\.\n{name}: Final =", SOURCE, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_each_limit_is_a_positive_number_and_used(name: str) -> None:
    assert getattr(limits, name) > 0
    assert WORDS[name] > 1
