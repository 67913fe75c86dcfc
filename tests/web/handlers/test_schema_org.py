"""The data set in the vocabulary of schema.org, in the first page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.web.conftest import BASE, site_from
from tlevel_rdf.web.handlers.schema_org import dataset_markup
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def test_the_markup_cannot_end_its_script_element(site: Site) -> None:
    hostile = replace(site, about=replace(site.about, title="</script><b>&", description="<!-- <script>"))
    page = respond(hostile, Request.of("/")).content.decode()
    (markup,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&") & set(markup)
    found = json.loads(markup)
    assert found["name"] == "</script><b>&"
    assert found["@type"] == "Dataset"
    assert found["license"] == site.settings.licence
    assert [one["contentUrl"] for one in found["distribution"]] == [f"{BASE}data/all.nq", f"{BASE}data/all.csv"]


def test_the_markup_leaves_out_what_is_not_known() -> None:
    site = site_from("<x:a> <x:b> 1 .")
    markup = json.loads(
        dataset_markup(replace(site, about=replace(site.about, licence="", publisher="", attribution="")))
    )
    assert not {"license", "publisher", "creditText", "version", "dateModified", "distribution"} & set(markup)
    assert markup["@id"] == site.dataset
