"""How a title becomes an identifier, and every pattern of an IRI."""

from __future__ import annotations

import datetime as dt

import pytest

from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.model import Placed

IDS = Identifiers("https://example.org/")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (IDS.t_level("a"), "id/t-level/a"),
        (IDS.qualification("603/7083/X"), "id/qualification/603-7083-x"),
        (IDS.organisation("a"), "id/organisation/a"),
        (IDS.profile("a"), "id/profile/a"),
        (IDS.specialism("a", "b"), "id/specialism/a/b"),
        (IDS.option("a", "b", Kind.APPRENTICESHIP, 2, "c"), "id/option/a/b/apprenticeship/level-2/c"),
        (IDS.option("a", "b", Kind.OCCUPATION, None, "c"), "id/option/a/b/occupation/c"),
        (IDS.destination(Kind.APPRENTICESHIP, 2, "a"), "id/apprenticeship/level-2/a"),
        (IDS.destination(Kind.HTQ, 4, "a"), "id/htq/level-4/a"),
        (IDS.destination(Kind.DEGREE, None, "a"), "id/degree/a"),
        (IDS.destination(Kind.OCCUPATION, None, "a"), "id/occupation/a"),
        (IDS.standard("ST0774"), "id/standard/ST0774"),
        (IDS.standard_version("ST0774", "1.3"), "id/standard/ST0774/1.3"),
        (IDS.map_occupation("OCC0774A"), "id/occupation/OCC0774A"),
        (IDS.product("HTQ1"), "id/product/HTQ1"),
        (IDS.learning_aim("ZTLOS001"), "id/learning-aim/ZTLOS001"),
        (IDS.subject_page("a"), "id/subject-page/a"),
        (IDS.t_level_option("a", Kind.OCCUPATION, None, "c"), "id/option/a/t-level/occupation/c"),
        (IDS.area("pathway", "a"), "id/pathway/a"),
        (IDS.route("a"), "id/route/a"),
        (IDS.source("a"), "id/source/a"),
        (IDS.place(IDS.source("a"), Placed(line=1)), "id/source/a#line=0,1"),
        (IDS.place(IDS.source("a"), Placed(paragraph=12)), "id/source/a#paragraph=12"),
        (IDS.place(IDS.source("a"), Placed.model_validate({"pdf page": 3, "line": 4})), "id/source/a#page=3&line=4"),
        (IDS.place(IDS.source("a"), Placed.model_validate({"pdf page": 3})), "id/source/a#page=3"),
        (IDS.place(IDS.source("a"), Placed()), "id/source/a"),
        (IDS.checksum(IDS.source("a")), "id/source/a#sha256"),
        (IDS.dataset(), "data/progression-profiles"),
        (IDS.version(dt.date(2026, 11, 22)), "data/progression-profiles/2026-11-22"),
        (IDS.graph("inferred"), "graph/inferred"),
        (IDS.profile_graph("a"), "graph/profile/a"),
        (IDS.reference_graph("a"), "graph/reference/a"),
        (IDS.subject_page_graph("a"), "graph/subject-page/a"),
        (IDS.links_graph("a"), "graph/links/a"),
    ],
)
def test_every_iri_follows_its_pattern(made: object, expected: str) -> None:
    assert str(made) == f"<https://example.org/{expected}>"
