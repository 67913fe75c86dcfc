"""Exported files: each is the answer of the site for its address, and each link of a page leads somewhere."""

from __future__ import annotations

import csv
import gzip
import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zlib import crc32

from pyoxigraph import RdfFormat, parse

from tests.export.conftest import ROOT, Exported
from tlevel_rdf.export.writer import export_site
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.http.messages import Response

#: Pages that the server answers in another way, as it has what they lack.
FORMS = re.compile(r"(?:search|sparql|(?:queries|questions)/[a-z-]+)(?:\.html)?")

#: The links to earlier releases and versions, which copies leave out.
EARLIER = re.compile(rb' <a href="[^"]*/(?:releases|timemap/doc[^"]*)">(?:Earlier releases and|Versions of)[^<]*</a>')


def ask(site: Site, key: str, accept: str) -> Response:
    path, _, query = f"/{key}".partition("?")
    return respond(site, Request("GET", path, query, (("accept", accept),), root_path=ROOT))


def rows(exported: Exported) -> list[dict[str, str]]:
    with (exported.folder / "_/hosting/object-store.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_file_is_byte_for_byte_the_answer_of_the_site(exported: Exported) -> None:
    static = replace(exported.site, is_static=True)
    files = [row for row in rows(exported) if row["file"]]
    assert len(files) > 1000
    # Representations of one thing in a third of the rest.
    for row in files:
        if row["key"].startswith("doc") and crc32(row["key"].encode()) % 3:
            continue
        site = static if FORMS.fullmatch(row["key"].partition("?")[0]) else exported.site
        response = ask(site, row["key"], row["content_type"].partition(";")[0])
        assert (response.status, response.header("content-type")) == (200, row["content_type"]), row
        assert EARLIER.sub(b"", response.content) == (exported.folder / row["file"]).read_bytes(), row


def test_each_redirect_is_that_of_the_site(exported: Exported) -> None:
    redirects = [row for row in rows(exported) if row["location"]]
    assert len(redirects) == exported.result.redirects > 1000
    # Every fourth: a code costs a query each.
    for row in redirects[::4]:
        response = ask(exported.site, row["key"], "text/html")
        location = response.header("location") or ""
        # A code leads to the IRI of a thing, or to its document.
        assert (response.status, location) == (303, row["location"]), row


def test_each_link_of_a_page_leads_to_a_file_or_a_redirect_or_a_page_that_says_what_to_do(exported: Exported) -> None:
    keys = {row["key"] for row in rows(exported)} | {"sparql", "search"}
    assert not exported.result.missing
    pages = [path for path in exported.folder.rglob("*.html") if path.parts[len(exported.folder.parts)] != "id"]
    assert len(pages) > 200
    for page in pages:
        for link in re.findall(r'(?<![\w-])(?:href|src)="(/[^"#]*)', page.read_text(encoding="utf-8")):
            assert link.startswith(f"{ROOT}/"), (page, link)
            key = unescape(link.removeprefix(f"{ROOT}/"))
            path = key.partition("?")[0]
            is_answered = (
                key in keys
                or (path in keys and path.startswith("api/"))
                or path in {"search", "sparql"}
                or path.startswith(("questions/", "api/questions/"))
                or (exported.folder / unquote(key)).is_file()
            )
            assert is_answered, (page, link)


def test_every_file_has_an_address_or_serves_hosts(exported: Exported) -> None:
    named = {row["file"] for row in rows(exported) if row["file"]}
    found = {str(path.relative_to(exported.folder)) for path in exported.folder.rglob("*") if path.is_file()}
    pages_that_lead_on = {f"{row['key']}.html" for row in rows(exported) if row["location"]}
    own = {"404.html", "doc.html", ".htaccess", ".nojekyll", "_headers", "_redirects", "_/search.json", "_/export.json"}
    own |= {"_/data.trig.gz", "_/terms.json"}
    assert {name for name in found - named - own if not name.startswith("_/hosting/")} <= pages_that_lead_on
    assert named <= found


def test_pages_that_lack_the_server_say_what_to_do(exported: Exported) -> None:
    def text(name: str) -> str:
        return (exported.folder / name).read_text(encoding="utf-8")

    assert "needs JavaScript" in text("search.html")
    assert "has no server that runs queries" in text("sparql.html")
    assert '<div id="query-tool" hidden' in text("sparql.html")
    assert "tlevel-rdf query t-levels-for-job -p job=…" in text("queries/t-levels-for-job.html")
    assert f'<a href="{ROOT}/queries/t-levels-for-job">a query about the same</a>' in text(
        "questions/ways-to-a-job.html"
    )
    assert "change them in the query</a>" in text("queries/t-levels-for-job.html")
    assert "no page at this address" in text("404.html")
    assert f'href="{ROOT}/static/site.css"' in text("404.html")


def test_the_query_page_has_the_engine_the_data_and_the_terms(exported: Exported) -> None:
    data = gzip.decompress((exported.folder / "_/data.trig.gz").read_bytes())
    assert data == exported.site.files["progression-profiles.trig"].read_bytes()
    terms = json.loads((exported.folder / "_/terms.json").read_bytes())
    assert "tlp:TLevel" in {one["term"] for one in terms["terms"]}
    assert {"query-engine.js", "query-engine.wasm.gz"} <= {path.name for path in (exported.folder / "static").iterdir()}
    page = (exported.folder / "sparql.html").read_text(encoding="utf-8")
    assert f'data-href="{ROOT}/_/data.trig.gz"' in page
    assert "/sparql" not in exported.result.endless


def test_the_previews_of_links_are_files(exported: Exported) -> None:
    page = (exported.folder / "doc/t-level/healthcare-science.html").read_text(encoding="utf-8")
    found = re.search(r'property="og:image" content="([^"]+)"', page)
    assert found
    assert found[1] == f"{exported.site.url}doc/t-level/healthcare-science.png"
    picture = (exported.folder / "doc/t-level/healthcare-science.png").read_bytes()
    assert picture.startswith(b"\x89PNG")


def test_a_page_without_redirects_leads_on_to_the_document(exported: Exported) -> None:
    page = (exported.folder / "id/t-level/healthcare-science.html").read_text(encoding="utf-8")
    assert f'content="0; url={ROOT}/doc/t-level/healthcare-science.html"' in page


def test_the_file_of_the_search_has_the_names_codes_and_pages_of_things(exported: Exported) -> None:
    content = json.loads((exported.folder / "_/search.json").read_bytes())
    found = {codes[0]: (page, kind, level, name) for name, page, kind, level, codes, *_ in content["things"] if codes}
    assert "Health and Science" not in content["tLevels"]
    page, *rest = found["OCC0774"]
    assert (exported.folder / page.removeprefix("/")).is_file()
    assert rest == ["Occupation", 6, "Dispensing optician"]


TURTLE = """
@prefix r: <http://www.w3.org/2000/01/rdf-schema#> .
<https://e.org/id/a%2Fb> r:label "an escaped slash" .
<https://e.org/id/a//b> r:label "an empty segment" .
<https://e.org/id/x> r:label "x" .
<https://e.org/id/X> r:label "another case" .
<https://e.org/id/é> r:label "an accent" .
<https://e.org/id/a:b> r:label "a colon" .
<https://e.org/id/LONG> r:label "long" .
<https://e.org/other> r:label "outside id" .
<urn:x:y> r:label "of no web address" ; r:seeAlso <https://e.org/id/x.html/y> .
<https://other.org/a?b=c> r:label "of another site" .
""".replace("LONG", "l" * 300)


def test_things_whose_names_no_file_can_have_are_in_files_that_the_rules_lead_to(tmp_path: Path) -> None:
    site = Site(EmbeddedStore.of(parse(TURTLE, format=RdfFormat.TURTLE)), "https://e.org/", "test")
    result = export_site(site, tmp_path / "site")
    assert not result.missing
    # The query page runs queries over releases only.
    assert not list((tmp_path / "site/static").glob("query-e*"))
    assert "query-tool" not in (tmp_path / "site/sparql.html").read_text("utf-8")
    done = Exported(site, tmp_path / "site", result)
    files = {row["key"]: row["file"] for row in rows(done) if row["file"].startswith(("doc/", "_/"))}
    tables = {
        name: (tmp_path / "site/_/hosting" / name).read_text("ascii") for name in ("nginx-files.map", "files.txt")
    }
    for key, name in files.items():
        path, _, query = f"/{key}".partition("?")
        response = respond(site, Request("GET", path, query, (("accept", "text/html"),)))
        assert (tmp_path / "site" / name).read_bytes() == response.content or not key.endswith(".html"), key
        is_ruled = name.startswith("_/name/")
        assert is_ruled is (f'"~^{re.escape(f"/{key}")}$" ' in tables["nginx-files.map"]), key
        assert is_ruled is (f"/{key} " in tables["files.txt"]), key
    assert files["doc/%C3%A9.html"] == "doc/é.html"
    assert {files["doc/x.html"], files["doc/X.html"]} == {"doc/X.html", files["doc/x.html"]}
    for key in ("doc/a%2Fb", "doc/a//b", "doc/a:b", f"doc/{'l' * 300}", "doc?iri=urn:x:y"):
        assert files[key].startswith("_/name/"), key
    assert files["doc?iri=https://other.org/a%3Fb%3Dc"] == "_/iri/https/other.org/a%3Fb%3Dc.html"
