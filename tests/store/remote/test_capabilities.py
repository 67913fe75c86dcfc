"""What engines do differently, as the page of the documentation has it."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.remote.answering import answering, send
from tests.store.remote.test_endpoint import ROWS
from tlevel_rdf.errors import EngineAnswerError
from tlevel_rdf.store.remote.capabilities import CAPABILITIES, probe, refuse_unfit
from tlevel_rdf.store.remote.endpoint import Endpoint

if TYPE_CHECKING:
    from tests.engines import Engine

PAGE = Path(__file__).parents[3] / "docs" / "operations" / "engines.md"


@pytest.mark.parametrize(("fixture", "column"), [("oxigraph", 1), ("virtuoso", 2)])
def test_the_page_has_what_the_probes_find(fixture: str, column: int, request: pytest.FixtureRequest) -> None:
    engine: Engine = request.getfixturevalue(fixture)
    with closing(Endpoint(engine.query)) as endpoint:
        found = probe(endpoint)
    rows = [
        re.split(r" *\| *", line.strip("| ")) for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    stated = {row[0]: row[column] == "yes" for row in rows if row[0] in found}
    assert stated == found
    assert {row[0]: row[3] for row in rows if row[0] in found} == {one.name: one.consequence for one in CAPABILITIES}


def test_an_engine_that_ignores_the_dataset_of_a_request_is_refused() -> None:
    with (
        answering(lambda handler, _: send(handler, 200, ROWS)) as (url, _),
        closing(Endpoint(url)) as endpoint,
        pytest.raises(EngineAnswerError, match="lacks what is needed: a request names the graphs"),
    ):
        refuse_unfit(endpoint)
