"""All statements about a thing as one list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.conftest import BASE

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson
    from tests.web.conftest import Send

T_LEVEL = f"{BASE}id/t-level/healthcare-science"


def test_statements_have_names_for_iris_and_their_sources(get_json: GetJson) -> None:
    found = get_json(f"/api/statements?iri={quote(T_LEVEL)}")
    assert found["thing"] == {"name": "Healthcare Science", "iri": T_LEVEL, "page": "/doc/t-level/healthcare-science"}
    rows = found["statements"]
    assert rows[0]["thing_iri"] == T_LEVEL
    assert {"has specialism", "pref label"} & {row["property"] for row in rows}
    specialism = next(row for row in rows if row["value"] == "Optical Care Services")
    assert specialism["value_iri"] == f"{BASE}id/specialism/healthcare-science/optical-care-services"
    assert all(row["stated_in"] for row in rows)
    incoming = [row for row in rows if row["thing_iri"] != T_LEVEL]
    assert {row["value_iri"] for row in incoming if row["property"] == "specialism of"} == {T_LEVEL}


def test_they_are_a_table_too(send: Send) -> None:
    content = send(f"/api/statements.csv?iri={quote(T_LEVEL)}").content
    assert content.startswith(b"thing,thing_iri,property,property_iri,value,value_iri,language,stated_in\r\n")
    assert send(f"/api/statements.xlsx?iri={quote(T_LEVEL)}").content[:2] == b"PK"


def test_a_t_level_has_those_of_its_specialisms_too(get_json: GetJson, send: Send) -> None:
    rows = get_json("/api/t-levels/healthcare-science/statements")["statements"]
    assert rows[0]["thing"] == "Healthcare Science"
    assert "Optical Care Services" in {row["thing"] for row in rows}
    page = send("/doc/t-level/healthcare-science.html").content.decode()
    for suffix in (".csv", ".xlsx"):
        assert f'href="/api/t-levels/healthcare-science/statements{suffix}"' in page
        assert send(f"/api/t-levels/healthcare-science/statements{suffix}").status == 200


@pytest.mark.parametrize("iri", ["https://e.org/none", "x", "urn:x", "https://e.org/%3E%20%7D"])
def test_a_thing_without_statements_is_not_found(send: Send, iri: str) -> None:
    assert send(f"/api/statements?iri={iri}").status == 404
