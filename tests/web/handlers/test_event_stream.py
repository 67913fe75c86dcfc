"""The event stream: replaying it gives the newest release, and its pages never change."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from tests.docs.test_use_the_data import NODE, needs_node
from tests.server.conftest import run_process
from tests.web.conftest import site_from
from tlevel_rdf.release.dumps import N_TRIPLES
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.handlers import event_stream
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

TREE = "https://w3id.org/tree#"
DCT = "http://purl.org/dc/terms/"
#: A number or a truth value at the end of a statement, before its graph if it has one.
BARE = re.compile(rb"(?<=> )([\d.]+|true)(?=(?: <[^>]*>)? \.\n$)")
ACTIVITIES = "https://www.w3.org/ns/activitystreams#"


def get(site: Site, path: str, accept: str = "application/trig") -> Response:
    return respond(site, Request("GET", path, "", (("accept", accept),)))


def follow(site: Site, path: str) -> list[Quad]:
    """Return the statements of a page and of all pages that it leads to."""
    response = get(site, path)
    assert response.status == 200, path
    quads = list(parse(response.content, format=RdfFormat.TRIG))
    nodes = [quad.object.value for quad in quads if quad.predicate == NamedNode(f"{TREE}node")]
    return quads + [quad for node in nodes for quad in follow(site, "/" + node.removeprefix(site.url))]


def replay(quads: Iterable[Quad]) -> set[str]:
    """Return the statements of the last member of each thing."""
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    content: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            content[quad.graph_name.value].add(str(quad.triple))
        elif isinstance(quad.subject, NamedNode):
            facts[quad.subject.value][quad.predicate.value] = quad.object.value  # type: ignore[union-attr]  # IRIs and dates
    members = {name: values for name, values in facts.items() if f"{DCT}isVersionOf" in values}
    last: dict[str, str] = {}
    for name in sorted(members, key=lambda name: members[name][f"{DCT}created"]):
        last[members[name][f"{DCT}isVersionOf"]] = name
    return {statement for name in last.values() for statement in content[name]}


def typed(number: re.Match[bytes]) -> bytes:
    datatype = b"boolean" if number[0] == b"true" else b"decimal" if b"." in number[0] else b"integer"
    return b'"%s"^^<http://www.w3.org/2001/XMLSchema#%s>' % (number[0], datatype)


def newest(site: Site) -> set[str]:
    assert site.folder is not None
    return {str(quad.triple) for quad in parse(path=site.folder / N_TRIPLES)}


def in_order(site: Site) -> None:
    """Give the releases of the fixture times of build that differ by more than a second."""
    for number, release in enumerate(kept_releases(site)[::-1]):
        os.utime(release.folder / "manifest.json", (1_795_000_000 + number, 1_795_000_000 + number))


def test_the_last_members_of_all_things_are_the_newest_release(
    kept_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "MAX_STREAM_MEMBERS", 70)
    in_order(kept_site)
    quads = follow(kept_site, "/changes/stream")
    assert replay(quads) == newest(kept_site)
    kinds = {quad.object.value for quad in quads if quad.object.value.startswith(ACTIVITIES)}  # type: ignore[union-attr]  # IRIs and literals
    assert {f"{ACTIVITIES}Create", f"{ACTIVITIES}Update"} <= kinds


def statements(quads: Iterable[Quad], name: str) -> set[tuple[str, str]]:
    """Return the statements with a property of the LDES vocabulary: subjects and objects."""
    predicate = NamedNode(f"https://w3id.org/ldes#{name}")
    return {(str(quad.subject), str(quad.object)) for quad in quads if quad.predicate == predicate}


def transactions(quads: list[Quad]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the members of each transaction in the order of the pages, and those that finalize it, by the paths that
    the stream states."""
    ((_, path),), ((_, finalized),), ((_, value),) = (
        statements(quads, f"transaction{each}") for each in ("Path", "FinalizedPath", "FinalizedObject")
    )
    quads = [quad for quad in quads if not isinstance(quad.graph_name, NamedNode)]
    members = [str(quad.object) for quad in quads if quad.predicate == NamedNode(f"{TREE}member")]
    whole = {str(quad.subject): str(quad.object) for quad in quads if str(quad.predicate) == path}
    last = [str(quad.subject) for quad in quads if str(quad.predicate) == finalized and str(quad.object) == value]
    return {
        name: ([each for each in members if whole[each] == name], [each for each in last if whole[each] == name])
        for name in whole.values()
    }


@pytest.mark.parametrize("size", [7, 70, 10_000])
def test_the_last_member_of_each_release_finalizes_its_transaction(
    kept_site: Site, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(event_stream, "MAX_STREAM_MEMBERS", 10_000)
    whole = transactions(follow(kept_site, "/changes/stream"))
    assert len(whole) == len(kept_releases(kept_site))
    assert all(finalizers == members[-1:] for members, finalizers in whole.values())
    # A page that is full to the last place has no next page, so its last member is that of the release.
    monkeypatch.setattr(event_stream, "MAX_STREAM_MEMBERS", min(size, *(len(one) for one, _ in whole.values())))
    assert transactions(follow(kept_site, "/changes/stream")) == whole


def test_a_client_that_stops_within_a_release_has_no_final_member(
    kept_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "MAX_STREAM_MEMBERS", 70)
    first = kept_releases(kept_site)[-1]
    page = get(kept_site, f"/changes/stream/..{first.id}/1.nq").content
    assert b"#next" in page
    assert b"#finalized" not in page


def test_the_entry_says_what_the_property_of_the_last_member_means(kept_site: Site) -> None:
    entry = get(kept_site, "/changes/stream").content.decode()
    assert 'rdfs:label "is the last member of its release"@en' in entry


def test_a_release_that_is_built_later_with_an_earlier_date_is_added_at_the_end(
    kept_site: Site, tmp_path: Path
) -> None:
    assert kept_site.folder is not None
    out = shutil.copytree(kept_site.folder.parent, tmp_path / "out", symlinks=True)
    site = replace(kept_site, folder=out / kept_site.release)
    third, second, first = kept_releases(site)
    # All three in one second; the first by its date is the last that was built.
    for number, release in enumerate((second, third, first)):
        os.utime(release.folder / "manifest.json", ns=(0, 1_795_000_000_000_000_000 + number * 1_000_000))
    entry = get(site, "/changes/stream.nq").content.decode()
    order = re.findall(r"/changes/stream/([^/]*)/1> ", entry)
    assert order == [f"..{second.id}", f"{second.id}..{third.id}", f"{third.id}..{first.id}"]
    assert len(set(re.findall(r'"([^"]+\.00[012]Z)"', entry))) == 3
    statements = {str(quad.triple) for quad in parse(path=first.folder / N_TRIPLES)}
    assert replay(follow(site, "/changes/stream")) == statements


def test_a_page_names_two_releases_and_never_changes(kept_site: Site) -> None:
    newer, old, _ = kept_releases(kept_site)
    page = get(kept_site, f"/changes/stream/{old.id}..{newer.id}/1")
    assert "immutable" in str(page.header("cache-control"))
    assert "immutable" not in str(get(kept_site, "/changes/stream").header("cache-control"))
    assert b"application/n-quads" in (get(kept_site, "/changes/stream.nq").header("content-type") or "").encode()


@pytest.mark.parametrize(
    "name", ["..{0}/99", "..{0}/0", "..{0}/01", "..{0}/x", "..{0}", "{0}/1", "..no/1", "no..{0}/1", ".."]
)
def test_what_is_no_page_is_not_found(kept_site: Site, name: str) -> None:
    path = f"/changes/stream/{name.format(kept_releases(kept_site)[0].id)}"
    assert get(kept_site, path).status == 404


def test_data_that_is_no_release_has_no_stream() -> None:
    response = get(site_from('<https://e.org/id/a> <urn:p> "x" .'), "/changes/stream")
    assert response.status == 404
    assert "no folder of releases" in json.loads(response.content)["detail"]


@needs_node
def test_a_client_of_others_replicates_the_release(kept_site: Site, tmp_path: Path) -> None:
    in_order(kept_site)
    program = NODE / "node_modules" / "ldes-client" / "dist" / "bin" / "cli.js"
    assert kept_site.folder is not None
    with run_process(kept_site.folder.parent) as server:
        address = str(server.client.base_url).rstrip("/")
        command = [shutil.which("node") or "node", str(program), f"{address}/changes/stream", "--no-shape"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    # It prints numbers and truth values as in Turtle.
    lines = [BARE.sub(typed, line) for line in done.stdout.splitlines(keepends=True) if line.startswith(b"<")]
    assert replay(parse(b"".join(lines), format=RdfFormat.N_QUADS)) == newest(kept_site)
