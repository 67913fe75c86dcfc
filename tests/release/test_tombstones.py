"""Tombstones of what a release no longer describes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tlevel_rdf.codes import Code
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.tombstones import Tombstones
from tlevel_rdf.release.verify import verify_release
from tlevel_rdf.settings import Settings, read_settings
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

IDS = Identifiers("https://e.org/")
DEGREE = NamedNode("https://e.org/id/degree/optometry")
GRAPH = NamedNode("https://e.org/graph/profile/a")
DESCRIBED = [
    Quad(DEGREE, terms.TYPE, terms.DEGREE, GRAPH),
    Quad(DEGREE, terms.TYPE, terms.QUALIFICATION, GRAPH),
    Quad(DEGREE, terms.PREF_LABEL, Literal("Optometry", language="en"), GRAPH),
]


def store(quads: list[Quad]) -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    made.extend([*quads, *(Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in quads)])
    return made


def after(last: list[Quad], new: list[Quad], day: str = "2026-11-30") -> tuple[list[Quad], list[str]]:
    tombstones = Tombstones(store(last), IDS, datetime.date.fromisoformat(day))
    return [*tombstones.follow(new)][len(new) :], tombstones.titles


def test_a_thing_that_is_gone_keeps_its_title_its_kind_and_the_day() -> None:
    quads, titles = after(DESCRIBED, [])
    assert titles == ["Optometry"]
    assert {(quad.predicate, getattr(quad.object, "value", "")) for quad in quads} == {
        (terms.TYPE, terms.ENTITY.value),
        (terms.INVALIDATED_AT_TIME, "2026-11-30T00:00:00Z"),
        (terms.PREF_LABEL, "Optometry"),
        (terms.HISTORY_NOTE, "It was of the kind Degree."),
    }
    assert {quad.graph_name for quad in quads} == {IDS.graph("gone")}


def test_a_tombstone_stays_as_it_was_until_the_thing_returns() -> None:
    first, _ = after(DESCRIBED, [])
    again, titles = after(first, [], "2027-02-01")
    assert ({*again}, titles) == ({*first}, [])
    assert after(first, DESCRIBED) == ([], [])


@pytest.mark.parametrize(
    "other", ["https://e.org/id/source/a#line=3,4", "https://other.org/id/degree/x", "https://e.org/doc/degree/x"]
)
def test_only_things_of_the_base_have_tombstones(other: str) -> None:
    assert after([Quad(NamedNode(other), terms.TYPE, terms.ENTITY, GRAPH)], []) == ([], [])


@pytest.mark.usefixtures("small_data")
def test_three_releases_in_a_row(tmp_path: Path, profile_text: str) -> None:
    """A thing that goes and comes back: 200, 410 with its name, and 200 again."""
    out, profiles = tmp_path / "out", tmp_path / "profiles"
    profiles.mkdir()
    statuses = []
    for day, title in (("2026-11-22", "Optometry"), ("2026-11-23", "Orthoptics"), ("2026-11-24", "Optometry")):
        (profiles / "a.yaml").write_text(profile_text.replace("Optometry", title), encoding="utf-8")
        result = build_paths([profiles], out, read_settings({"date": day}, {}))
        assert result.release is not None
        gone = [finding.message for finding in result.findings if finding.code == Code.GONE]
        assert ("“Optometry”" in "".join(gone)) is (title == "Orthoptics")
        site = site_of(open_dataset([out], Settings()), Settings())
        response = respond(site, Request("GET", "/id/degree/optometry", "", (("accept", "text/html"),)))
        statuses.append(response.status)
        if response.status == 410:
            page = response.content.decode()
            assert "Optometry" in page
            assert "It was of the kind Degree." in page
        assert not [each for each in verify_release(out) if each.severity is Severity.VIOLATION]
    assert statuses == [303, 410, 303]


@pytest.mark.usefixtures("small_data")
def test_a_renamed_thing_keeps_its_identifier_and_its_old_title_and_leaves_no_tombstone(
    tmp_path: Path, profile_text: str
) -> None:
    out, file = tmp_path / "out", tmp_path / "a.yaml"
    renamed = profile_text.replace("degree: Optometry", "degree: Vision Science\n        formerly: Optometry")
    renamed = renamed.replace("title: Optical Care Services", "title: Eye Care\n    formerly: Optical Care Services")
    renamed = renamed.replace(
        "apprenticeship: Dispensing Optician", "apprenticeship: Glasses Fitter\n        formerly: Dispensing Optician"
    )
    assert renamed.count("formerly:") == 3
    file.write_text(profile_text, encoding="utf-8")
    assert build_paths([file], out, read_settings({"date": "2026-11-22"}, {})).release is not None
    file.write_text(renamed, encoding="utf-8")
    result = build_paths([file], out, read_settings({"date": "2026-11-23"}, {}))
    assert result.release is not None, result.findings
    assert not [finding for finding in result.findings if finding.code == Code.GONE]
    data = result.release.store()

    def rows(query: str) -> set[tuple[str, ...]]:
        return {tuple(value.value for value in row.values()) for row in select_rows(data, query)}  # type: ignore[union-attr]  # all are bound

    base = "https://w3id.org/tlevel/id"
    optician = f"{base}/apprenticeship/level-6/dispensing-optician"
    for iri, title, former in (
        (f"{base}/degree/optometry", "Vision Science", "Optometry"),
        (optician, "Glasses Fitter", "Dispensing Optician"),
    ):
        assert rows(f"SELECT ?t {{ <{iri}> {terms.PREF_LABEL} ?t }}") == {(title,)}
        assert rows(f"SELECT ?t {{ <{iri}> {terms.ALT_LABEL} ?t }}") == {(former,)}
    # The registers still have the old title of the specialism, so the new one is its other name.
    specialism = f"{base}/specialism/healthcare-science/optical-care-services"
    assert rows(f"SELECT ?t {{ <{specialism}> {terms.PREF_LABEL} ?t }}") == {("Optical Care Services",)}
    assert rows(f"SELECT ?t {{ <{specialism}> {terms.ALT_LABEL} ?t }}") == {("Eye Care",)}
    # The standard is found by the former title.
    assert rows(f"SELECT ?s {{ <{optician}> {terms.BASED_ON} ?s }}") == {(f"{base}/standard/ST0774",)}
    assert not [each for each in verify_release(out) if each.severity is Severity.VIOLATION]
