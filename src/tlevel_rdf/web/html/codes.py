"""The pages of codes of public registers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.release.tables.concordance import CODES
from tlevel_rdf.web.html.answers import WAYS_TO_JOB
from tlevel_rdf.web.html.rendering import readable_day, render
from tlevel_rdf.web.html.view_models import TermView
from tlevel_rdf.web.http.media_types import PLAIN_JSON

if TYPE_CHECKING:
    from tlevel_rdf.web.data.codes import CodeFacts
    from tlevel_rdf.web.data.site import Site


def codes_page(site: Site) -> bytes:
    """Return the page of the schemes of codes, with the download of all codes."""
    files = [name for name in site.files if name.partition(".")[0] == CODES.partition(".")[0]]
    return render(
        site,
        "codes.html",
        "Codes of public registers",
        schemes=sorted(scheme.title for scheme in SCHEMES.values()),
        files=[TermView(name, f"/data/{quote(name)}") for name in files],
    )


def code_page(site: Site, facts: CodeFacts) -> bytes:
    """Return the page of a code."""
    is_group = facts.scheme == "soc-2020"
    name = facts.statements[0].thing.name
    title = (
        f"{name}, unit group {facts.code} of SOC 2020" if is_group else f"{facts.code}, {_lower(facts.scheme_title)}"
    )
    path = f"/api/codes/{facts.scheme}/{quote(facts.code, safe='')}"
    answer = f"{WAYS_TO_JOB.path}?{urlencode({'job': facts.code})}"
    return render(
        site,
        "code.html",
        title,
        facts=facts,
        day=readable_day,
        others=[(scheme, TermView(code, href)) for scheme, code, href in facts.others],
        question=TermView("Which T Levels lead to a job in this group?", answer) if is_group else None,
        alternates=[TermView(PLAIN_JSON.label, path, datatype=PLAIN_JSON.name)],
    )


def _lower(title: str) -> str:
    """Return a title within a sentence: names such as LARS keep their capital letters."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
