"""The search: its page, its JSON, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.conftest import BROWSER

if TYPE_CHECKING:
    from tests.web.conftest import Send


def test_the_page_lists_what_was_found_and_what_narrows_it(send: Send) -> None:
    response = send("/search?q=optician", BROWSER)
    page = response.content.decode()
    assert response.status == 200
    assert 'href="/doc/apprenticeship/level-6/dispensing-optician"' in page
    assert "Apprenticeship at level 6" in page
    assert "kind=Apprenticeship" in page
    assert 'value="optician"' in page


def test_json_has_the_same_results(send: Send) -> None:
    for response in (send("/search?q=optician", "application/json"), send("/search.json?q=optician", BROWSER)):
        found = json.loads(response.content)
        assert (response.header("content-type"), found["total"]) == ("application/json", len(found["results"]))
        kinds = {facet["value"]: facet["number"] for facet in found["facets"]["kind"]}
        assert sum(kinds.values()) == found["total"]
        one = next(each for each in found["results"] if each["kind"] == "Apprenticeship")
        assert (one["name"], one["level"], one["page"]) == (
            "Dispensing Optician",
            6,
            "/doc/apprenticeship/level-6/dispensing-optician",
        )
        assert [each["name"] for each in one["t_levels"]] == ["Healthcare Science"]


def test_choices_narrow_the_results(send: Send) -> None:
    found = json.loads(send("/search.json?q=healthcare&kind=Apprenticeship&level=4").content)
    assert found["total"] > 0
    assert {(each["kind"], each["level"]) for each in found["results"]} == {("Apprenticeship", 4)}


def test_choices_alone_list_all_things_that_have_them(send: Send) -> None:
    found = json.loads(send("/search.json?kind=Apprenticeship").content)
    assert found["total"] == len(found["results"]) > 1
    page = send("/search?kind=Apprenticeship", BROWSER).content.decode()
    assert "<h1>Apprenticeship</h1>" in page


def test_a_misspelt_word_is_named_on_the_page(send: Send) -> None:
    page = send("/search?q=dispensing+opticien", BROWSER).content.decode()
    assert "These are the results for “<strong>dispensing optician</strong>”" in page


@pytest.mark.parametrize("text", ["zzzz", "<script>alert(1)</script>", "' OR 1=1", "\\u003c", "é"])
def test_no_results_are_answered_with_what_to_try(send: Send, text: str) -> None:
    response = send(f"/search?q={quote(text)}", BROWSER)
    assert response.status == 200
    assert "Nothing was found. Try" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_an_empty_search_shows_the_form_alone(send: Send) -> None:
    for path in ("/search", "/search?q=", "/search?q=+"):
        page = send(path, BROWSER).content.decode()
        assert "Nothing was found" not in page
        assert 'role="search"' in page


def test_the_pages_of_a_long_list_follow_one_another(send: Send) -> None:
    first = json.loads(send("/search.json?q=h").content)
    assert first["pages"] > 1
    second = json.loads(send("/search.json?q=h&page=2").content)
    names = [{each["iri"] for each in part["results"]} for part in (first, second)]
    assert names[0].isdisjoint(names[1])
    assert 'rel="next"' in send("/search?q=h", BROWSER).content.decode()
    assert json.loads(send("/search.json?q=h&page=9999").content)["results"] == []


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", f"q={'a' * 201}", "colour=red"])
def test_a_search_that_cannot_be_answered_is_refused(send: Send, query: str) -> None:
    assert send(f"/search?{query}").status == 400
