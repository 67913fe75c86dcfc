"""The page of an example query has a form with suggestions, the result as a table, and advice if it is empty."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.store import known_values
from tlevel_rdf.web.html import example_query
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    import pytest

    from tlevel_rdf.web.data.site import Site

AFTER = "/queries/options-after-specialism"
FOLLOW = "/queries/standards-that-follow"


def page(site: Site, target: str) -> str:
    response = respond(site, Request.of(target, accept=BROWSER))
    assert response.status == 200
    return response.content.decode()


def test_an_empty_field_stands_for_the_default(site: Site) -> None:
    text = page(site, AFTER)
    assert "Default: Optical Care Services." in text
    assert page(site, f"{AFTER}?specialism=") == text


def test_a_parameter_with_several_defaults_has_a_spare_field(site: Site) -> None:
    text = page(site, FOLLOW)
    assert text.count('name="code"') == 4
    assert "Optional: another value." in text


def test_the_form_suggests_the_values_of_the_data(site: Site) -> None:
    assert '<option value="Assisting with Healthcare Science"></option>' in page(site, AFTER)


def test_the_form_suggests_nothing_if_the_data_has_too_many_values(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_values, "MAX_SUGGESTIONS", 3)
    text = page(site, f"{AFTER}?specialism=x")
    assert "<datalist" not in text
    assert "values in the data" not in text
    assert "“x” is not in the data." in text


def test_a_value_may_be_in_any_case(site: Site) -> None:
    lower = page(site, f"{AFTER}?specialism=optical+care+services")
    assert "5 rows" in lower
    assert "is not in the data" not in lower
    assert 'VALUES ?specialism { "Optical Care Services"@en }' in unescape(lower)
    csv = respond(site, Request.of(f"{AFTER}.csv?specialism=OPTICAL+care+services"))
    assert csv.content == respond(site, Request.of(f"{AFTER}.csv")).content


def test_an_unknown_value_gets_the_nearest_suggestion_and_the_list(site: Site) -> None:
    text = page(site, f"{AFTER}?specialism=optical+care+service")
    assert "There are no matches." in text
    assert "“optical care service” is not in the data. Did you mean “Optical Care Services”?" in text
    assert "<li>Assisting with Healthcare Science</li>" in text


def test_data_without_t_levels_has_no_matches_and_no_suggestions() -> None:
    text = page(site_from("<x:a> <x:b> 1 ."), AFTER)
    assert "There are no matches." in text
    assert "is not in the data" not in text


def test_a_long_result_is_cut_and_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(example_query, "MAX_PAGE_ROWS", 2)
    text = page(site, AFTER)
    assert "This page shows the first 2 of 5 rows." in text
    assert text.count("<tr>") == 1 + 2


def test_values_are_escaped(site: Site) -> None:
    hostile = '"><script>'
    text = page(site, f"{AFTER}?{urlencode({'specialism': hostile})}")
    assert "<script>" not in text
    assert hostile in unescape(text)


def test_the_downloads_and_the_query_have_the_values(site: Site) -> None:
    text = page(site, f"{AFTER}?specialism=Assisting+with+Healthcare+Science")
    for suffix in (".json", ".xml", ".csv", ".tsv", ".rq"):
        assert f'href="{AFTER}{suffix}?specialism=Assisting+with+Healthcare+Science"' in text
    assert 'VALUES ?specialism { "Assisting with Healthcare Science"@en }' in unescape(text)
