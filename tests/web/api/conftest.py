"""Requests to the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Send

    GetJson = Callable[[str], Any]

T_LEVEL = "/api/t-levels/healthcare-science"
OPTIONS = "/api/specialisms/healthcare-science/optical-care-services/options"
REACHED_FROM = "/api/occupations/dispensing-optician/reached-from"


@pytest.fixture
def get_json(send: Send) -> GetJson:
    """Return the JSON object at a path of the site, once by a function call and once over a socket."""

    def get(target: str) -> Any:
        response = send(target)
        assert (response.status, response.header("content-type")) == (200, "application/json")
        return json.loads(response.content)

    return get
