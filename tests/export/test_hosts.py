"""Rules for hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.export.hosts import HostTables, write_rules

if TYPE_CHECKING:
    from pathlib import Path


def test_tables_have_a_line_for_what_is_not_regular(tmp_path: Path) -> None:
    with HostTables(tmp_path, "/p") as tables:
        tables.add_file(("/void.html", "/void"), "void.html", "text/html", is_plain=True)
        tables.add_file(("/doc/a%2Fb.ttl",), "_/name/1.ttl", "text/turtle", is_plain=False)
        tables.add_file(("/doc.ttl?iri=https://e.org/a",), "_/iri/https/e.org/a.ttl", "text/turtle", is_plain=False)
        tables.add_redirect("/id/degree/a", "/doc/degree/a")
        tables.add_redirect("/id/degree/D1", "/doc/degree/a")
    text = {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    assert text["nginx-redirects.map"] == '"/p/id/degree/D1" "/p/doc/degree/a";\n'
    assert text["nginx-files.map"] == '"~^/p/doc/a%2Fb\\.ttl$" "/_/name/1.ttl";\n'
    assert text["redirects.txt"] == "/p/id/degree/D1 /p/doc/degree/a\n"
    assert text["files.txt"] == "/p/doc/a%2Fb.ttl /_/name/1.ttl\n"
    assert text["_redirects"] == "/p/id/degree/D1 /p/doc/degree/a 302!\n/p/id/* /p/doc/:splat 302!\n"
    assert text["object-store.csv"].splitlines()[1:] == [
        "void.html,void.html,text/html,",
        "void,void.html,text/html,",
        "doc/a%2Fb.ttl,_/name/1.ttl,text/turtle,",
        "doc.ttl?iri=https://e.org/a,_/iri/https/e.org/a.ttl,text/turtle,",
        "id/degree/a,,,/p/doc/degree/a",
        "id/degree/D1,,,/p/doc/degree/a",
    ]


def test_rules_name_the_path_and_the_media_types(tmp_path: Path) -> None:
    (tmp_path / "_/hosting").mkdir(parents=True)
    write_rules(tmp_path, "/p")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert not [name for name, text in texts.items() if "@ROOT@" in text or "POLICY@" in text or "@TYPES@" in text]
    assert "location /p/ {" in texts["nginx-server.conf"]
    assert "text/turtle ttl;" in texts["nginx-server.conf"]
    assert "AddType text/turtle .ttl" in texts[".htaccess"]
    assert "script-src 'self'" in texts["_headers"]
    assert ".nojekyll" in texts


def test_only_the_query_page_may_compile_its_engine(tmp_path: Path) -> None:
    (tmp_path / "_/hosting").mkdir(parents=True)
    write_rules(tmp_path, "/p")
    nginx = (tmp_path / "_/hosting/nginx-http.conf").read_text("utf-8")
    [line] = [one for one in nginx.splitlines() if "wasm-unsafe-eval" in one]
    assert line.split()[0] == r'"~^/p/sparql(?:\.html)?(?:\?|$)"'
    apache = (tmp_path / ".htaccess").read_text("utf-8")
    [line] = [one for one in apache.splitlines() if "wasm-unsafe-eval" in one]
    assert r"m#^/p/sparql(\.html)?$#" in line
