"""The whole reference data as quads: every statement has its source."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from tests.graph.reference.statements import Statements
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.describing import describe_reference
from tlevel_rdf.reference.links import NO_TERM_FOUND
from tlevel_rdf.reference.model import Reference

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.graph.identifiers import Identifiers


@pytest.fixture(scope="module")
def quads(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    return describe_reference(reference, ids)


@pytest.fixture(scope="module")
def shipped_statements(quads: tuple[Quad, ...]) -> Statements:
    return Statements(quads)


@pytest.fixture(scope="module")
def by_graph(quads: tuple[Quad, ...]) -> dict[str, list[Quad]]:
    """The quads of each graph, by its name after `graph/`."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name.value.removeprefix("https://w3id.org/tlevel/graph/")].append(quad)
    return found


def has_source(graph: str, statements: Statements) -> bool:
    """Return True if a graph is derived from one source with a title, a page and a date."""
    derived = statements.values(f"graph/{graph}", terms.WAS_DERIVED_FROM)
    if len(derived) != 1:
        return False
    [source] = derived
    dates = statements.values(source, terms.ISSUED) | statements.values(f"graph/{graph}", terms.CREATED)
    return (
        len(statements.values(source, terms.TITLE)) == len(statements.values(source, terms.PAGE)) == 1
        and bool(dates)
        and statements.classes(source) == {terms.DOCUMENT.value}
    )


def test_every_statement_of_a_register_or_page_has_a_source_with_title_page_and_date(
    by_graph: dict[str, list[Quad]], shipped_statements: Statements
) -> None:
    stated = {name: len(q) for name, q in by_graph.items() if name.startswith(("reference/", "subject-page/"))}
    sourced = {name: number for name, number in stated.items() if has_source(name, shipped_statements)}
    share = sum(sourced.values()) / sum(stated.values())
    print(f"{sum(stated.values())} statements in {len(stated)} graphs, {share:.0%} with a source")  # noqa: T201 - shown by pytest -s
    assert sum(stated.values()) > 40_000
    assert sourced == stated


def test_every_statement_is_in_the_graph_of_a_source_a_page_or_a_set_of_links_or_is_our_own(
    by_graph: dict[str, list[Quad]],
) -> None:
    assert {name.partition("/")[0] for name in by_graph} == {"reference", "subject-page", "links"}


#: What we state ourselves: the kinds of things, the concept schemes, and the sources.
OUR_OWN = {
    terms.TYPE,
    terms.IN_SCHEME,
    terms.TOP_CONCEPT_OF,
    terms.HAS_TOP_CONCEPT,
    terms.WAS_DERIVED_FROM,
    terms.CREATED,
    terms.ISSUED,
    terms.TITLE,
    terms.PAGE,
    terms.LICENCE,
    terms.BIBLIOGRAPHIC_CITATION,
}


def test_no_statement_of_a_register_is_in_the_graph_without_a_source(by_graph: dict[str, list[Quad]]) -> None:
    others = [quad for quad in by_graph["reference"] if quad.predicate not in OUR_OWN]
    schemes = [q for q in others if q.predicate == terms.PREF_LABEL and "/def/" in str(q.subject)]
    # Labels that we compose of a code, for things without a title, and our notes about faults of a source.
    composed = [q for q in others if q.predicate == terms.PREF_LABEL and is_composed(q)]
    notes = [q for q in others if q.predicate == terms.NOTE and "/product/" in str(q.subject)]
    assert len(schemes) == 2
    assert len(others) == len(schemes) + len(composed) + len(notes)


def is_composed(quad: Quad) -> bool:
    assert isinstance(quad.object, Literal)
    kind, _, code = quad.object.value.rpartition(" ")
    iri = str(quad.subject).casefold()
    return kind in {"Learning aim", "Technical qualification"} and code.replace("/", "-").casefold() in iri


def test_the_graph_without_a_source_gives_dates_and_pages_of_sources_only(by_graph: dict[str, list[Quad]]) -> None:
    about = {
        str(quad.subject).removeprefix("<https://w3id.org/tlevel/").partition("/")[0:3:2]
        for quad in by_graph["reference"]
        if quad.predicate in {terms.CREATED, terms.ISSUED, terms.TITLE, terms.PAGE, terms.LICENCE}
    }
    kinds = {(first, rest.partition("/")[0]) for first, rest in about}
    assert kinds <= {("id", "source"), ("graph", "reference")}


def test_every_link_has_a_mapping_with_justification_and_date(by_graph: dict[str, list[Quad]]) -> None:
    for name, stated in by_graph.items():
        if not name.startswith("links/"):
            continue
        mappings: dict[str, dict[NamedNode, str]] = defaultdict(dict)
        for quad in stated:
            mappings[str(quad.subject)][quad.predicate] = str(quad.object)
        described = {
            (m[terms.ANNOTATED_SOURCE], m[terms.ANNOTATED_PROPERTY], m[terms.ANNOTATED_TARGET])
            for m in mappings.values()
            if terms.MAPPING_JUSTIFICATION in m and terms.MAPPING_DATE in m
        }
        properties = {prop for _, prop, _ in described}
        links = {(str(q.subject), str(q.predicate), str(q.object)) for q in stated if str(q.predicate) in properties}
        assert links
        assert links == {link for link in described if link[2] != f"<{NO_TERM_FOUND}>"}


def test_each_fact_of_the_tables_is_in_the_graph_of_the_source_of_its_row(
    reference: Reference, quads: tuple[Quad, ...], ids: Identifiers
) -> None:
    codes = Counter((q.predicate, q.object.value, q.graph_name) for q in quads if isinstance(q.object, Literal))
    for rows, prop, name in (
        (reference.standards, terms.STANDARD_REFERENCE, "reference"),
        (reference.occupations, terms.OCCUPATION_REFERENCE, "reference"),
        (reference.products, terms.PRODUCT_CODE, "code"),
        (reference.occupation_groups, terms.NOTATION, "code"),
    ):
        for row in rows:
            assert codes[prop, getattr(row, name), ids.reference_graph(row.source)] == 1


def test_no_quad_is_blank_empty_or_repeated(quads: tuple[Quad, ...]) -> None:
    assert len(set(quads)) == len(quads)
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    assert not [q for q in quads if isinstance(q.object, Literal) and not q.object.value.strip()]


def test_everything_of_ours_that_is_referred_to_is_described(quads: tuple[Quad, ...]) -> None:
    base = "<https://w3id.org/tlevel/id/"
    described = {str(q.subject) for q in quads if q.predicate == terms.TYPE}
    assert {str(q.object) for q in quads if str(q.object).startswith(base)} <= described


def test_everything_but_a_source_or_its_line_has_one_preferred_label(quads: tuple[Quad, ...]) -> None:
    base = "<https://w3id.org/tlevel/id/"
    things = {q.subject for q in quads if str(q.subject).startswith(base) and "/source/" not in str(q.subject)}
    labels = {(q.subject, q.object) for q in quads if q.predicate == terms.PREF_LABEL}
    number = Counter(subject for subject, _ in labels)
    assert {number[thing] for thing in things} == {1}


def test_no_label_is_both_preferred_and_alternative(quads: tuple[Quad, ...]) -> None:
    preferred = {(q.subject, q.object) for q in quads if q.predicate == terms.PREF_LABEL}
    assert preferred.isdisjoint((q.subject, q.object) for q in quads if q.predicate == terms.ALT_LABEL)


def test_the_optical_assistant_has_both_standards(shipped_statements: Statements) -> None:
    assert shipped_statements.values("standard/ST0530", terms.LEVEL_PROPERTY) == {"def/level#2"}
    assert shipped_statements.values("standard/ST1377", terms.LEVEL_PROPERTY) == {"def/level#3"}
    assert "occupation/optical-assistant" in shipped_statements.values("standard/ST0530", terms.FOR_OCCUPATION)
    assert "occupation/optical-assistant" in shipped_statements.values("standard/ST1377", terms.FOR_OCCUPATION)


def test_a_replaced_t_level_names_its_successor(shipped_statements: Statements) -> None:
    replaced = shipped_statements.values("t-level/digital-business-services", terms.IS_REPLACED_BY)
    assert replaced == {"t-level/digital-data-analytics"}


def test_a_t_level_of_two_generations_has_two_qualifications(quads: tuple[Quad, ...], ids: Identifiers) -> None:
    t_level = ids.t_level("education-and-early-years")
    assert {q.subject for q in quads if q.predicate == terms.QUALIFICATION_OF and q.object == t_level} == {
        ids.qualification("603/5829/4"),
        ids.qualification("610/5748/4"),
    }


def test_the_same_rows_make_the_same_quads_in_the_same_order(
    reference: Reference, quads: tuple[Quad, ...], ids: Identifiers
) -> None:
    assert describe_reference(reference, ids) == quads


def test_without_reference_data_there_are_no_quads(ids: Identifiers) -> None:
    assert describe_reference(Reference(), ids) == ()


def test_an_update_is_noted_at_the_graph_of_its_source_with_its_reason(small: Statements) -> None:
    note = (
        "Updated on 2026-11-30 from list.csv (SHA-256 1f), more.csv (SHA-256 2e): 3 new, 1 changed, 0 completed, "
        "0 gone. Accepted because: Checked by hand"
    )
    assert small.about("graph/reference/list-2", terms.HISTORY_NOTE) == {(note, "reference")}
