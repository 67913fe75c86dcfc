"""The questions that the graph must answer, and their answers on the shipped data.

The expected rows were read off the published profile and the reference data by hand.
"""

from __future__ import annotations

import csv
import io
from typing import cast

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad

from tests.compiling import compile_reference, trimmed
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.reference.model import Reference
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.example_queries import example_queries, example_query

NAMES = sorted(name for name, example in example_queries().items() if not example.returns_graph)
OPTICAL = "Optical Care Services"
ASSISTING = "Assisting with Healthcare Science"
T_LEVEL = "Healthcare Science"


def ask(store: EmbeddedStore, name: str, **values: list[str]) -> list[tuple[str, ...]]:
    text = example_query(name).with_values(values)
    rows = csv.reader(io.StringIO(store.query(Query(text), Syntax.CSV).decode(), newline=""))
    return [tuple(row) for row in rows][1:]


@pytest.fixture(scope="module")
def dataset(small_quads: tuple[Quad, ...]) -> rdflib.Dataset:
    """The data for another engine, which needs minutes for the whole reference data."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data="".join(f"{quad} .\n" for quad in small_quads), format="nquads")
    return dataset


@pytest.fixture(scope="module")
def elsewhere(corpus: Corpus, reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    ids = Identifiers("http://data.example.org/t-levels/")
    compiled = compile_reference(trimmed(reference), ids, tmp_path_factory.mktemp("elsewhere"))
    return EmbeddedStore.of(Corpus(corpus.profiles, compiled, ids).quads())


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    text = """
t level: Legal Services
source: {document: profile.txt, sha256: 5f29ca77022a0dbd181dac6e4c1807d16a7b1ef46d735beafdd05aaaf921d0c0}
specialisms:
  - title: Criminal Justice
    technical:
      - {apprenticeship: Paralegal, level: 3, flags: [accelerated], mapping: "https://example.org/map"}
      - {apprenticeship: Legal Executive, level: 5, flags: [accelerated, under revision]}
      - {apprenticeship: Solicitor, level: 7, flags: [in development]}
"""
    loaded = parse(text.encode(), "legal-services.yaml", Profile)
    ids = Identifiers("https://e.org/")
    compiled = compile_reference(Reference(), ids, tmp_path_factory.mktemp("flagged"))
    return EmbeddedStore.of(Corpus([loaded], compiled, ids).quads())


#: What the shipped profile opens after the specialism that is not about optics.
OPENED_BY_ASSISTING = [
    ("3", "Apprenticeship", "Senior Healthcare Support Worker"),
    ("4", "Apprenticeship", "Healthcare Science Associate"),
    ("4", "Higher Technical Qualification", "Healthcare Science Associate"),
    ("5", "Apprenticeship", "Healthcare Assistant Practitioner"),
    ("6", "Apprenticeship", "Enhanced Clinical Practitioner"),
    ("6", "Apprenticeship", "Healthcare Science Practitioner"),
    ("7", "Apprenticeship", "Advanced Clinical Practitioner"),
    ("7", "Apprenticeship", "Clinical Scientist"),
    ("", "Degree", "Medical Science"),
    ("", "Degree", "Nursing"),
    ("", "Degree", "Occupational Therapy"),
    ("", "Degree", "Paramedic Science"),
    ("", "Occupation", "Advanced Clinical Practitioner"),
    ("", "Occupation", "Assistant Practitioner"),
    ("", "Occupation", "Clinical Scientist"),
    ("", "Occupation", "Enhanced Clinical Practitioner"),
    ("", "Occupation", "Healthcare Intelligence Specialist"),
    ("", "Occupation", "Healthcare Science Assistant"),
    ("", "Occupation", "Healthcare Science Practitioner"),
]
OPENED_BY_OPTICAL = [
    ("6", "Apprenticeship", "Dispensing Optician"),
    ("", "Degree", "Optometry"),
    ("", "Occupation", "Dispensing Optician"),
    ("", "Occupation", "Optical Assistant"),
    ("", "Occupation", "Optometrist"),
]

ANSWERS: dict[str, list[tuple[str, ...]]] = {
    "options-after-specialism": [(*row, "") for row in OPENED_BY_OPTICAL],
    "covered-apprenticeships": [
        (ASSISTING, "2", "Healthcare Science Assistant"),
        (OPTICAL, "2", "Optical Assistant"),
    ],
    "jobs-reached-both-ways": [
        (ASSISTING, "Enhanced Clinical Practitioner", "6"),
        (ASSISTING, "Healthcare Science Practitioner", "6"),
        (ASSISTING, "Advanced Clinical Practitioner", "7"),
        (ASSISTING, "Clinical Scientist", "7"),
        (OPTICAL, "Dispensing Optician", "6"),
    ],
    "what-other-specialisms-open": [(ASSISTING, *row) for row in OPENED_BY_ASSISTING],
    "degrees-after-t-level": [
        (ASSISTING, "Medical Science"),
        (ASSISTING, "Nursing"),
        (ASSISTING, "Occupational Therapy"),
        (ASSISTING, "Paramedic Science"),
        (OPTICAL, "Optometry"),
    ],
    "compare-specialisms": sorted(
        [
            *((*row, "true", "false") for row in OPENED_BY_OPTICAL),
            *((*row, "false", "true") for row in OPENED_BY_ASSISTING),
        ],
        key=lambda row: (not row[0], row),
    ),
    "levels-without-options": [("3",), ("4",), ("5",), ("7",)],
    "what-leads-to-occupation": [
        (T_LEVEL, OPTICAL, "by an apprenticeship", "Dispensing Optician", "6"),
        (T_LEVEL, OPTICAL, "directly", "", ""),
    ],
    "shortened-steps": [],
    "where-the-profile-says-so": [
        (line, f"{OPTICAL}: {option}", "000_80ba2ef1bfb81c71.txt")
        for line, option in [
            ("21", "Optical Assistant apprenticeship, level 2"),
            ("23", "Dispensing Optician apprenticeship, level 6"),
            ("25", "degree in Optometry"),
            ("27", "work as Dispensing Optician"),
            ("27", "work as Optical Assistant"),
            ("27", "work as Optometrist"),
        ]
    ],
    "options-with-unsettled-standards": [],
    "standards-that-follow": [
        ("ST0220", "Healthcare science associate", T_LEVEL, ASSISTING, "Apprenticeship", "4", "open"),
        ("ST0220", "Healthcare science associate", T_LEVEL, ASSISTING, "Higher Technical Qualification", "4", "open"),
        ("ST0530", "Optical assistant", T_LEVEL, OPTICAL, "Apprenticeship", "2", "bypassed"),
        ("ST0774", "Dispensing optician", T_LEVEL, OPTICAL, "Apprenticeship", "6", "open"),
    ],
    "codes-of-standards": [
        (kinds[kind], level, destination, standard, reference, lars, "Health and science")
        for kinds in [{"A": "Apprenticeship", "H": "Higher Technical Qualification"}]
        for kind, level, destination, standard, reference, lars in [
            ("A", "2", "Healthcare Science Assistant", "Healthcare science assistant", "ST0218", "99"),
            ("A", "2", "Optical Assistant", "Optical assistant", "ST0530", "247"),
            ("A", "3", "Senior Healthcare Support Worker", "Senior healthcare support worker", "ST0217", "151"),
            ("A", "4", "Healthcare Science Associate", "Healthcare science associate", "ST0220", "150"),
            ("H", "4", "Healthcare Science Associate", "Healthcare science associate", "ST0220", "150"),
            ("A", "5", "Healthcare Assistant Practitioner", "Assistant practitioner (health)", "ST0215", "102"),
            ("A", "6", "Dispensing Optician", "Dispensing optician", "ST0774", "747"),
            ("A", "6", "Enhanced Clinical Practitioner", "Enhanced clinical practitioner", "ST0895", "631"),
            (
                "A", "6", "Healthcare Science Practitioner", "Healthcare science practitioner (integrated degree)",
                "ST0413", "168",
            ),
            (
                "A", "7", "Advanced Clinical Practitioner", "Advanced clinical practitioner (integrated degree)",
                "ST0564", "252",
            ),
            ("A", "7", "Clinical Scientist", "Clinical scientist", "ST0893", "609"),
        ]
    ],
    "options-by-kind-and-level": [
        (T_LEVEL, "Apprenticeship", "2", "0", "2"),
        (T_LEVEL, "Apprenticeship", "3", "1", "0"),
        (T_LEVEL, "Apprenticeship", "4", "1", "0"),
        (T_LEVEL, "Apprenticeship", "5", "1", "0"),
        (T_LEVEL, "Apprenticeship", "6", "3", "0"),
        (T_LEVEL, "Apprenticeship", "7", "2", "0"),
        (T_LEVEL, "Degree", "", "5", "0"),
        (T_LEVEL, "Higher Technical Qualification", "4", "1", "0"),
        (T_LEVEL, "Occupation", "", "10", "0"),
    ],
    "highest-levels": [(T_LEVEL, ASSISTING, "7"), (T_LEVEL, OPTICAL, "6")],
    "occupations-without-apprenticeship": [
        ("Assistant Practitioner", T_LEVEL, ASSISTING),
        ("Healthcare Intelligence Specialist", T_LEVEL, ASSISTING),
        ("Optometrist", T_LEVEL, OPTICAL),
    ],
    "options-by-occupation-group": [
        ("1171", "Health services and public health managers and directors", "2"),
        ("2113", "Biochemists and biomedical scientists", "2"),
        ("2234", "Registered nurse practitioners", "2"),
        ("2259", "Other health professionals n.e.c.", "2"),
        ("3119", "Science, engineering and production technicians n.e.c.", "4"),
        ("3211", "Dispensing opticians", "2"),
        ("3213", "Medical and dental technicians", "1"),
        ("3219", "Health associate professionals n.e.c.", "1"),
        ("6131", "Nursing auxiliaries and assistants", "1"),
        ("7114", "Pharmacy and optical dispensing assistants", "1"),
    ],
    "names-of-several-kinds": [
        (name, kind, level if kind != "Occupation" else "")
        for name, level, kinds in [
            ("Advanced Clinical Practitioner", "7", ["Apprenticeship"]),
            ("Clinical Scientist", "7", ["Apprenticeship"]),
            ("Dispensing Optician", "6", ["Apprenticeship"]),
            ("Enhanced Clinical Practitioner", "6", ["Apprenticeship"]),
            ("Healthcare Assistant Practitioner", "5", ["Apprenticeship"]),
            ("Healthcare Science Assistant", "2", ["Apprenticeship"]),
            ("Healthcare Science Associate", "4", ["Apprenticeship", "Higher Technical Qualification"]),
            ("Healthcare Science Practitioner", "6", ["Apprenticeship"]),
            ("Optical Assistant", "2", ["Apprenticeship"]),
            ("Senior Healthcare Support Worker", "3", ["Apprenticeship"]),
        ]
        for kind in [*kinds, "Occupation"]
    ],
    "inferred-statements": [
        ("covers content of", "Optical Assistant"),
        ("has option", f"{OPTICAL}: Dispensing Optician apprenticeship, level 6"),
        ("has option", f"{OPTICAL}: Optical Assistant apprenticeship, level 2"),
        ("has option", f"{OPTICAL}: degree in Optometry"),
        ("has option", f"{OPTICAL}: work as Dispensing Optician"),
        ("has option", f"{OPTICAL}: work as Optical Assistant"),
        ("has option", f"{OPTICAL}: work as Optometrist"),
        ("progresses to", "Dispensing Optician"),
        ("progresses to", "Optical Assistant"),
        ("progresses to", "Optometrist"),
        ("progresses to", "Optometry"),
        ("reference code", "ZTLOS054"),
        ("relevant occupation", "Optical Assistant"),
        ("trains for", "Optical Assistant"),
        ("trains for", "Optical assistant - Contact Lens Assistant"),
        ("trains for", "Optical assistant - Domiciliary Optical Assistant"),
        ("trains for", "Optical assistant - Screening Assistant"),
    ],
}  # fmt: skip


#: The queries about registers: values of parameters, and rows that are in the answer.
REGISTERS: dict[str, list[tuple[dict[str, list[str]], list[tuple[str, ...]]]]] = {
    "t-levels-for-job": [
        ({"job": ["optician"]}, [(T_LEVEL, OPTICAL, "Dispensing Optician", "stated")]),
        ({"job": ["3211"]}, [(T_LEVEL, OPTICAL, "Dispensing optician", "stated")]),
        ({"job": ["DENTAL-NURSE"]}, [("Health", "", "dental nurse", "stated")]),
        (
            {"job": ["paralegal"]},
            [("Legal Services", "Legal Services: Business, Finance and Employment", "Paralegal", "mapped")],
        ),
        ({"job": ["astronaut"]}, []),
    ],
    "around-a-specialism": [
        (
            {},
            [
                ("2", "Healthcare science assistant", "OCC0218", "is listed for it"),
                (
                    "3",
                    "Senior healthcare support worker - Adult nursing support",
                    "OCC0217A",
                    "is a next step on the map",
                ),
                ("4", "Healthcare science associate", "OCC0220", "is shown together with it"),
            ],
        ),
    ],
    "qualifications-for-a-specialism": [
        ({}, [("Business Analyst", "4", "Certification of Higher Education Business Analyst", "HTQDZ2039")]),
        ({"specialism": [OPTICAL]}, []),
    ],
    "t-levels-open-in-a-year": [
        ({"year": ["2025"]}, [(T_LEVEL, "Health and science", "2021-09-01", "2025-09")]),
        ({"year": ["2026"]}, [("Marketing", "Sales, marketing and procurement", "2025-09-01", "")]),
        ({"year": ["2019"]}, []),
    ],
    "versions-on-a-date": [
        ({}, [(OPTICAL, "ST1377", "1.0", "2023-01-01", "2025-05-07"), (OPTICAL, "ST1377", "1.1", "2023-01-01", "")]),
        ({"day": ["2016-05-09"]}, []),
    ],
    "occupation-groups-of-a-t-level": [
        (
            {},
            [
                (
                    "2419",
                    "Legal professionals n.e.c.",
                    "Legal Services: Crime, Criminal Justice and Social Welfare",
                    "Paralegal",
                )
            ],
        ),
    ],
    "what-has-this-code": [
        (
            {"code": ["747"]},
            [
                (
                    "Dispensing optician",
                    "standard reference",
                    "ST0774",
                    "Skills England: download of apprenticeship standards of 14 August 2026",
                )
            ],
        ),
        ({"code": ["nothing"]}, []),
    ],
    "standards-that-ended": [
        ({}, [("ST0525", "Creative industries production manager", "7", "2026-07-10", "Retired", "")]),
        ({"day": ["2026-08-15"]}, []),
    ],
    "where-sources-disagree": [
        (
            {},
            [
                ("Optical Assistant", "2", "ST0530", "Optical assistant", "2", "Retired"),
                ("Optical Assistant", "2", "ST1377", "Optical assistant 2022", "3", "Approved for delivery"),
            ],
        ),
    ],
}


@pytest.mark.parametrize(
    ("name", "values", "rows"),
    [(name, values, rows) for name, cases in REGISTERS.items() for values, rows in cases],
)
def test_a_query_about_registers_has_these_rows(
    corpus_store: EmbeddedStore, name: str, values: dict[str, list[str]], rows: list[tuple[str, ...]]
) -> None:
    found = ask(corpus_store, name, **values)
    assert set(rows) <= set(found)
    assert bool(rows) == bool(found)


def test_a_closed_t_level_is_left_out_in_later_years(corpus_store: EmbeddedStore) -> None:
    open_ones = [row[0] for row in ask(corpus_store, "t-levels-open-in-a-year", year=["2026"])]
    assert T_LEVEL not in open_ones
    assert "Digital Support Services" not in open_ones
    assert "Digital Support and Security" in open_ones


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_each_example_query_has_its_answer(corpus_store: EmbeddedStore, name: str) -> None:
    assert ask(corpus_store, name) == ANSWERS[name]


def test_every_example_has_an_answer_here() -> None:
    assert {*ANSWERS, *REGISTERS, "what-changed", "links-to-other-data", "as-ctdl"} == set(example_queries())


CETERMS = "https://purl.org/ctdl/terms/"
ID = "https://w3id.org/tlevel/id/"


def graph(store: EmbeddedStore, **values: list[str]) -> rdflib.Graph:
    text = example_query("as-ctdl").with_values(values)
    return rdflib.Graph().parse(data=store.query(Query(text), Syntax.TURTLE), format="turtle")


def test_a_t_level_as_ctdl_has_each_option_as_a_condition_with_its_target(corpus_store: EmbeddedStore) -> None:
    found = graph(corpus_store)
    ceterms = rdflib.Namespace(CETERMS)
    t_level = rdflib.URIRef(f"{ID}t-level/healthcare-science")

    assert (t_level, rdflib.RDF.type, ceterms.Credential) in found
    assert found.value(t_level, ceterms.name) == rdflib.Literal(T_LEVEL, lang="en")
    covered = {
        found.value(option, ceterms.targetLearningOpportunity)
        for option in found[t_level : ceterms.isAdvancedStandingFor]
    }
    titles = {str(found.value(node, ceterms.name)): str(found.value(node, ceterms.codedNotation)) for node in covered}
    assert titles == {"Optical Assistant": "ST0530", "Healthcare Science Assistant": "ST0218"}
    opened = set(found[t_level : ceterms.isPreparationFor])
    assert len([option for option in opened if "/optical-care-services/" in option]) == len(OPENED_BY_OPTICAL)
    assert len([option for option in opened if "/assisting-with-" in option]) == len(OPENED_BY_ASSISTING)
    targets = (ceterms.targetLearningOpportunity, ceterms.targetCredential, ceterms.targetOccupation)
    for option in opened:
        assert (option, rdflib.RDF.type, ceterms.ConditionProfile) in found
        assert len([target for relation in targets for target in found[option:relation]]) == 1
    (qualification,) = {*found.objects(None, ceterms.targetCredential)}
    assert str(found.value(qualification, ceterms.name)) == "Healthcare Science Associate"
    assert {str(term).removeprefix(CETERMS) for term in found.predicates() if CETERMS in str(term)} == {
        *("name", "codedNotation", "isPreparationFor", "isAdvancedStandingFor"),
        *("targetLearningOpportunity", "targetCredential", "targetOccupation"),
    }


def test_an_unknown_t_level_as_ctdl_is_an_empty_graph(corpus_store: EmbeddedStore) -> None:
    assert len(graph(corpus_store, t_level=["Alchemy"])) == 0


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_another_engine_gives_the_same_graph(small_store: EmbeddedStore, dataset: rdflib.Dataset) -> None:
    other = dataset.query(example_query("as-ctdl").text).graph
    assert other is not None
    assert {*other} == {*graph(small_store)} != set()


def test_each_destination_has_its_links_with_their_grounds(corpus_store: EmbeddedStore) -> None:
    rows = ask(corpus_store, "links-to-other-data")
    optician = [row[1:] for row in rows if row[0] == "Dispensing Optician"]
    assert optician == [
        (
            "close match",
            "https://w3id.org/tlevel/id/occupation/OCC0774",
            "https://w3id.org/semapv/vocab/LexicalMatching",
        ),
        (
            "occupation group",
            "https://w3id.org/tlevel/def/soc2020#3211",
            "Skills England: occupational maps, answers of the public API of 11 September 2026",
        ),
    ]
    assert {row[1] for row in rows} == {"close match", "occupation group"}


def test_a_later_list_adds_former_titles(corpus_store: EmbeddedStore) -> None:
    changes = ask(corpus_store, "what-changed")
    assert [(thing, change, value) for thing, _, _, change, value in changes] == [
        ("Assistant practitioner (health)", "added", "Healthcare assistant practitioner"),
        ("Enhanced clinical practitioner", "added", "Specialist clinical practitioner"),
        ("Healthcare science practitioner (integrated degree)", "added", "Healthcare science practitioner (degree)"),
    ]


def test_nothing_changed_between_a_version_and_itself(corpus_store: EmbeddedStore) -> None:
    same = "/graph/profile/healthcare-science"
    assert ask(corpus_store, "what-changed", old=[same], new=[same]) == []


def test_only_what_a_new_version_adds_has_changed(corpus_quads: tuple[Quad, ...]) -> None:
    old = [q for q in corpus_quads if str(q.graph_name).endswith("/graph/profile/healthcare-science>")]
    without = [q for q in old if not str(q.subject).endswith("/optometry>")]
    assert 0 < len(without) < len(old)
    versions = [(without, NamedNode("urn:x:old")), (old, NamedNode("urn:x:new"))]
    both = EmbeddedStore.of(Quad(q.subject, q.predicate, q.object, graph) for quads, graph in versions for q in quads)
    changes = {row[3] for row in ask(both, "what-changed", old=["urn:x:old"], new=["urn:x:new"])}
    assert changes == {"added"}


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib calls what it has deprecated itself
@pytest.mark.parametrize("name", NAMES)
def test_another_engine_gives_the_same_rows(small_store: EmbeddedStore, dataset: rdflib.Dataset, name: str) -> None:
    answer = cast("list[tuple[object | None, ...]]", list(dataset.query(example_query(name).text)))
    rows = [tuple("" if term is None else str(term) for term in row) for row in answer]
    assert sorted(rows) == sorted(ask(small_store, name))


@pytest.mark.parametrize("name", NAMES)
def test_data_under_another_base_gives_the_same_rows(
    small_store: EmbeddedStore, elsewhere: EmbeddedStore, name: str
) -> None:
    assert ask(elsewhere, name) == ask(small_store, name)


@pytest.mark.parametrize("name", NAMES)
def test_no_row_comes_twice(corpus_store: EmbeddedStore, name: str) -> None:
    rows = ask(corpus_store, name)
    assert len(set(rows)) == len(rows)


def test_a_learner_of_the_other_specialism_has_nineteen_options(corpus_store: EmbeddedStore) -> None:
    assert ask(corpus_store, "options-after-specialism", specialism=[ASSISTING]) == [
        (*row, "") for row in OPENED_BY_ASSISTING
    ]


def test_twenty_four_options_are_open_and_two_may_be_bypassed(corpus_store: EmbeddedStore) -> None:
    counts = ask(corpus_store, "options-by-kind-and-level")
    assert sum(int(row[3]) for row in counts) == 24
    assert sum(int(row[4]) for row in counts) == 2


@pytest.mark.parametrize(
    ("lowest", "highest", "levels"),
    [("2", "2", ["2"]), ("6", "8", ["7", "8"]), ("6", "6", []), ("7", "3", [])],
)
def test_levels_have_two_bounds(corpus_store: EmbeddedStore, lowest: str, highest: str, levels: list[str]) -> None:
    rows = ask(corpus_store, "levels-without-options", lowest=[lowest], highest=[highest])
    assert [level for (level,) in rows] == levels


@pytest.mark.parametrize(
    ("occupation", "ways"),
    [
        ("Optometrist", ["directly"]),
        ("Healthcare Assistant Practitioner", ["by an apprenticeship"]),
        ("Astronaut", []),
    ],
)
def test_an_occupation_is_reached_in_two_ways(corpus_store: EmbeddedStore, occupation: str, ways: list[str]) -> None:
    rows = ask(corpus_store, "what-leads-to-occupation", occupation=[occupation])
    assert [way for _, _, way, _, _ in rows] == ways


def test_a_code_of_no_option_follows_nothing(corpus_store: EmbeddedStore) -> None:
    rows = ask(corpus_store, "standards-that-follow", code=["ST1377", "ST0895", "ST9999"])
    assert [(row[0], row[-1]) for row in rows] == [("ST0895", "open")]


def test_shortened_steps_have_their_mapping(flagged: EmbeddedStore) -> None:
    assert ask(flagged, "shortened-steps") == [
        ("Legal Services", "Criminal Justice", "3", "Paralegal", "https://example.org/map"),
        ("Legal Services", "Criminal Justice", "5", "Legal Executive", ""),
    ]


def test_flags_about_a_standard_are_found(flagged: EmbeddedStore) -> None:
    assert ask(flagged, "options-with-unsettled-standards") == [
        ("Legal Services", "Criminal Justice", "5", "Legal Executive", "Under revision", "the option"),
        ("Legal Services", "Criminal Justice", "7", "Solicitor", "In development", "the option"),
    ]


def test_the_flags_of_an_open_option_are_listed(flagged: EmbeddedStore) -> None:
    rows = ask(flagged, "options-after-specialism", specialism=["Criminal Justice"])
    flags = {destination: set(text.split(", ")) for _, _, destination, text in rows}
    assert flags["Legal Executive"] == {"Accelerated", "Under revision"}
