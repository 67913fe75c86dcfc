"""The API finds the operation of a path, reads its parameters and refuses invalid ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.web.api.conftest import T_LEVEL
from tests.web.conftest import BROWSER
from tlevel_rdf.web.api.operations import OPERATIONS

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson
    from tests.web.conftest import Send


@pytest.mark.parametrize(
    ("target", "status", "text"),
    [
        ("/api/none", 404, "/api/none"),
        ("/api/t-levels/none", 404, "none"),
        ("/api/t-levels/%3Cx%3E", 404, ""),
        ("/api/specialisms/healthcare-science/none/options", 404, "none"),
        ("/api/occupations/optometry/reached-from", 404, "occupation"),
        ("/api/t-levels?page=2", 400, "limit, offset"),
        (f"{T_LEVEL}?limit=2", 400, "Its parameters: on."),
        (f"{T_LEVEL}?on=tomorrow", 400, "must be a day such as 2027-09-01"),
        ("/api/t-levels?on=2027-02-30", 400, "must be a day such as 2027-09-01"),
        ("/api/t-levels?on=2027-09-01&on=2027-09-02", 400, "one day only"),
        ("/api/codes/occupation/OCC0774?on=2027-09-01", 400, "T Levels, standards"),
        ("/api/codes/standard/ST0774?on=", 400, "must be a day such as 2027-09-01"),
        ("/api/t-levels?limit=0", 400, "from 1 to 1000"),
        ("/api/t-levels?limit=1001", 400, "from 1 to 1000"),
        ("/api/t-levels?limit=1&limit=2", 400, "limit"),
        ("/api/t-levels?offset=-1", 400, "offset"),
        ("/api/t-levels?offset=%D9%A1", 400, "offset"),
        ("/api/search", 400, "q"),
        ("/api/search?q=", 400, "q"),
        ("/api/search?q=+", 400, "q"),
        # White space of Python alone, of JavaScript alone, and of both.
        ("/api/search?q=%C2%85", 400, "q"),
        ("/api/search?q=%1C", 400, "q"),
        ("/api/search?q=%EF%BB%BF", 400, "q"),
        ("/api/search?q=%E2%80%83", 400, "q"),
        (f"/api/search?q={'a' * 201}", 400, "200"),
        ("/api/search?q=%FF", 400, "UTF-8"),
    ],
)
def test_an_unknown_path_or_parameter_is_refused_with_a_reason(send: Send, target: str, status: int, text: str) -> None:
    response = send(target)
    assert (response.status, response.header("content-type")) == (status, "application/problem+json")
    assert text in json.loads(response.content)["detail"]


def test_the_index_answers_with_and_without_a_slash(get_json: GetJson) -> None:
    assert get_json("/api") == get_json("/api/")
    assert get_json("/api/")["openapi"] == "/api/openapi.json"


def test_an_operation_matches_its_own_path_alone() -> None:
    paths = [
        "/api/",
        "/api/t-levels",
        "/api/t-levels/a",
        "/api/specialisms/a/b/options",
        "/api/search",
        "/api/suggestions",
    ]
    for path in paths:
        assert sum(operation.match(path) is not None for operation in OPERATIONS) == 1, path
    options = next(operation for operation in OPERATIONS if operation.name == "options")
    assert options.match("/api/specialisms/%C3%A9/b/options") == {"t_level": "%C3%A9", "key": "b"}
    assert options.match("/api/specialisms/a/b/c/options") is None


def test_a_browser_gets_json_and_pages_for_problems(send: Send) -> None:
    assert send("/api/", BROWSER).header("content-type") == "application/json"
    assert send("/api/t-levels/none", BROWSER).header("content-type") == "text/html; charset=utf-8"
