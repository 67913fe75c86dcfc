"""The pages of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BROWSER

if TYPE_CHECKING:
    from tests.web.conftest import Send


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/codes/", "Kinds of codes in this data"),
        ("/codes/standard/ST0774", "ST0774, reference of a standard"),
        ("/codes/standard/st0774", 'href="/codes/lars/747"'),
        ("/codes/lars/747", "747, LARS standard code"),
        ("/codes/qualification/603/7083/X", 'href="/api/codes/qualification/603%2F7083%2FX"'),
        ("/codes/soc-2020/3211", "Dispensing opticians, unit group 3211 of SOC 2020"),
        ("/codes/soc-2020/3211", "/questions/ways-to-a-job?job=3211"),
    ],
)
def test_a_code_has_a_page(send: Send, path: str, expected: str) -> None:
    response = send(path, BROWSER)
    assert (response.status, expected in response.content.decode()) == (200, True)


@pytest.mark.parametrize("path", ["/codes/standard/ST9999", "/codes/colour/red", "/codes/standard/", "/codes/standard"])
def test_other_codes_are_not_found(send: Send, path: str) -> None:
    assert send(path, BROWSER).status == 404


def test_the_api_has_the_same(send: Send) -> None:
    assert b'"603/7083/X"' in send("/api/codes/qualification/603%2F7083%2FX").content
    assert send("/api/codes/standard/ST0774.csv").content.startswith(b"thing,thing_iri,source,")
