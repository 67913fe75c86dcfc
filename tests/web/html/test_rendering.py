"""A template becomes a page with the header and the footer of the site, and all its text is escaped."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, Template, UndefinedError

from tests.counting import counted_calls
from tests.engines import run_oxigraph
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.remote.graph_store import GraphStore
from tlevel_rdf.store.statistics import count
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.html.rendering import alternates, load_templates, render
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


def test_text_is_escaped(site: Site) -> None:
    hostile = '<script>"&'
    problem = bad_request(hostile).problem
    about = replace(site.about, title=hostile, attribution=hostile, publisher=hostile)
    text = render(replace(site, about=about), "problem.html", hostile, problem=problem).decode()
    assert "<script>" not in text
    assert text.count("&lt;script&gt;&#34;&amp;") == 7


def test_a_page_is_titled_with_the_name_of_the_site(site: Site) -> None:
    problem = bad_request("x").problem
    page = render(site, "problem.html", "Hello", problem=problem).decode()
    assert f"<title>Hello \N{EN DASH} {site.about.title}</title>" in page
    home = render(site, "problem.html", site.about.title, problem=problem).decode()
    assert f"<title>{site.about.title}</title>" in home


def test_a_value_that_a_template_needs_must_be_given(site: Site) -> None:
    with pytest.raises(UndefinedError, match="problem"):
        render(site, "problem.html", "Hello")


def test_the_alternates_are_the_rdf_formats_at_their_paths() -> None:
    found = [(one.text, one.href, one.datatype) for one in alternates(lambda suffix: f"/x{suffix}")]
    assert found[0] == ("Turtle", "/x.ttl", "text/turtle")
    assert [href for _, href, _ in found] == ["/x.ttl", "/x.jsonld", "/x.nt", "/x.rdf"]


def test_esco_is_named_where_the_data_has_links_to_it(site: Site) -> None:
    counts = replace(count(site.store, site.base), graphs={f"{site.base}graph/links/esco": 1})
    problem = bad_request("x").problem
    assert b"Links to ESCO" in render(replace(site, known_counts=counts), "problem.html", "x", problem=problem)
    other = replace(counts, graphs={f"{site.base}graph/links/eqf": 1})
    assert b"Links to ESCO" not in render(replace(site, known_counts=other), "problem.html", "x", problem=problem)


def test_esco_is_named_for_data_on_an_engine_too(tmp_path: Path) -> None:
    with run_oxigraph(tmp_path) as engine, closing(GraphStore(engine.store)) as graphs:
        graphs.replace(f"{Settings().base}graph/links/esco", [b"<x:a> <x:b> <x:c> .\n"])
        opened = open_dataset([engine.query], Settings()).with_counts()
        with closing(opened.store):
            page = render(site_of(opened, Settings()), "problem.html", "x", problem=bad_request("x").problem)
    assert b"Links to ESCO" in page


def test_no_template_is_compiled_after_all_are_loaded(site: Site) -> None:
    load_templates()
    with counted_calls() as calls:
        render(site, "problem.html", "Hello", problem=bad_request("x").problem)
    assert calls[Template.render.__code__] == 1
    assert calls[Environment.compile.__code__] == 0
