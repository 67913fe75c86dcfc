"""The fixed limits."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

from tlevel_rdf import limits
from tlevel_rdf.changes import limits as change_limits
from tlevel_rdf.documents.readers import limits as reader_limits
from tlevel_rdf.web import limits as web_limits

SOURCE = "".join(map(inspect.getsource, (limits, reader_limits, change_limits, web_limits)))
#: How often the package has each word.
WORDS = Counter(
    word
    for file in Path(limits.__file__).parent.rglob("*.py")
    for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
)
VALUES = {
    name: value
    for name, value in {**vars(limits), **vars(reader_limits), **vars(change_limits), **vars(web_limits)}.items()
    if name.isupper()
}


@pytest.mark.parametrize("name", VALUES)
def test_each_limit_has_a_comment_for_its_row_in_the_docs(name: str) -> None:
    assert re.search(rf"^(?:#: .*\n)*#: .*\.\n{name}: Final =", SOURCE, re.MULTILINE)


@pytest.mark.parametrize("name", VALUES)
def test_each_limit_is_a_positive_number_and_used(name: str) -> None:
    assert VALUES[name] > 0
    assert WORDS[name] > 1
