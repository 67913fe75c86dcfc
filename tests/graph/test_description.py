"""The shipped profile as quads, compared with the document line by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from pyoxigraph import BlankNode, Literal, NamedNode

from tests.profiles import strategies
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.description import Description, describe
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.kinds import Flag, Kind
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml
from tlevel_rdf.reference.index import ReferenceIndex
from tlevel_rdf.shipped import shipped

from .samples import apprenticeship, job, load, specialism

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.profiles.validation import Loaded

BASE = "https://w3id.org/tlevel/"
GRAPH = f"{BASE}graph/profile/healthcare-science"
SOURCE = f"{BASE}id/source/000-80ba2ef1bfb81c71-txt"

OPTICAL, ASSISTING = "optical-care-services", "assisting-with-healthcare-science"
NOT_APPLICABLE = "not-applicable"

#: Every option: specialism, kind/level, title's slug, line of the document, flag.
OPTIONS = [
    (OPTICAL, "apprenticeship/level-2", "optical-assistant", 21, NOT_APPLICABLE),
    (OPTICAL, "apprenticeship/level-6", "dispensing-optician", 23, None),
    (OPTICAL, "degree", "optometry", 25, None),
    (OPTICAL, "occupation", "optical-assistant", 27, None),
    (OPTICAL, "occupation", "dispensing-optician", 27, None),
    (OPTICAL, "occupation", "optometrist", 27, None),
    (ASSISTING, "apprenticeship/level-2", "healthcare-science-assistant", 31, NOT_APPLICABLE),
    (ASSISTING, "apprenticeship/level-3", "senior-healthcare-support-worker", 33, None),
    (ASSISTING, "apprenticeship/level-4", "healthcare-science-associate", 35, None),
    (ASSISTING, "htq/level-4", "healthcare-science-associate", 35, None),
    (ASSISTING, "apprenticeship/level-5", "healthcare-assistant-practitioner", 35, None),
    (ASSISTING, "apprenticeship/level-6", "healthcare-science-practitioner", 37, None),
    (ASSISTING, "apprenticeship/level-6", "enhanced-clinical-practitioner", 37, None),
    (ASSISTING, "apprenticeship/level-7", "advanced-clinical-practitioner", 39, None),
    (ASSISTING, "apprenticeship/level-7", "clinical-scientist", 39, None),
    (ASSISTING, "degree", "nursing", 41, None),
    (ASSISTING, "degree", "medical-science", 41, None),
    (ASSISTING, "degree", "paramedic-science", 41, None),
    (ASSISTING, "degree", "occupational-therapy", 41, None),
    (ASSISTING, "occupation", "healthcare-science-assistant", 43, None),
    (ASSISTING, "occupation", "healthcare-intelligence-specialist", 43, None),
    (ASSISTING, "occupation", "assistant-practitioner", 43, None),
    (ASSISTING, "occupation", "healthcare-science-practitioner", 43, None),
    (ASSISTING, "occupation", "clinical-scientist", 43, None),
    (ASSISTING, "occupation", "advanced-clinical-practitioner", 43, None),
    (ASSISTING, "occupation", "enhanced-clinical-practitioner", 43, None),
]

OPTICS = f"""\
t level: Optics
source: {{document: optics.txt, sha256: {"a" * 64}}}
specialisms:
  - title: Eye Care
    education:
      - degree: Optometry
    work:
      - occupation: Optometrist
        wording: could include
        readiness: after further training
"""


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def values(description: Description, subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {
        quad.object.value
        for quad in description.quads
        if quad.subject == subject and quad.predicate == predicate and not isinstance(quad.object, pyoxigraph.Triple)
    }


def subjects(description: Description, predicate: NamedNode) -> list[str]:
    return [str(quad.subject) for quad in description.quads if quad.predicate == predicate]


def members(description: Description, kind: NamedNode) -> set[str]:
    return {str(q.subject) for q in description.quads if q.predicate == terms.TYPE and q.object == kind}


def test_there_are_26_options_2_of_them_bypassed(description: Description) -> None:
    assert len(members(description, terms.PROGRESSION_OPTION)) == 26
    assert len(subjects(description, terms.BYPASSES)) == 2
    assert len(subjects(description, terms.LEADS_TO)) == 24


def test_the_24_open_options_lead_to_8_apprenticeships_1_htq_5_degrees_and_10_occupations(
    description: Description,
) -> None:
    targets = [str(quad.object) for quad in description.quads if quad.predicate == terms.LEADS_TO]

    assert Counter(target.removeprefix(f"<{BASE}id/").split("/")[0] for target in targets) == {
        "apprenticeship": 8,
        "htq": 1,
        "degree": 5,
        "occupation": 10,
    }


@pytest.mark.parametrize(("of", "kind", "title", "line", "flag"), OPTIONS)
def test_an_option_is_described_as_on_its_line(  # noqa: PLR0917 - the columns of the table
    of: str, kind: str, title: str, line: int, flag: str | None, description: Description
) -> None:
    option = thing(f"option/healthcare-science/{of}/{kind}/{title}")
    target = thing(f"{kind}/{title}").value

    assert values(description, option, terms.OPTION_FOR) == {thing(f"specialism/healthcare-science/{of}").value}
    assert values(description, option, terms.LEADS_TO) == (set() if flag else {target})
    assert values(description, option, terms.BYPASSES) == ({target} if flag else set())
    assert values(description, option, terms.STATUS_PROPERTY) == ({f"{terms.STATUS}{flag}"} if flag else set())
    assert values(description, option, terms.WAS_QUOTED_FROM) == {f"{SOURCE}#line={line - 1},{line}"}
    assert values(description, option, terms.IS_PART_OF) == {thing("profile/healthcare-science").value}


def test_there_are_no_other_options(description: Description) -> None:
    expected = {str(thing(f"option/healthcare-science/{of}/{kind}/{title}")) for of, kind, title, *_ in OPTIONS}

    assert members(description, terms.PROGRESSION_OPTION) == expected


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("apprenticeship", "technical"), ("htq", "technical"), ("degree", "education"), ("occupation", "work")],
)
def test_the_mode_of_an_option_is_its_heading(kind: str, mode: str, description: Description) -> None:
    options = [str(q.object) for q in description.quads if q.predicate == terms.MODE_PROPERTY and f"/{kind}/" in str(q)]

    assert set(options) == {str(terms.mode(mode))}


def test_only_apprenticeships_and_htqs_have_levels(description: Description) -> None:
    levelled = set(subjects(description, terms.LEVEL_PROPERTY))

    assert levelled == members(description, terms.APPRENTICESHIP) | members(description, terms.HTQ)


@pytest.mark.parametrize(
    ("of", "relevant"), [(OPTICAL, "optical-assistant"), (ASSISTING, "healthcare-science-assistant")]
)
def test_the_relevant_apprenticeship_is_the_one_at_level_2(of: str, relevant: str, description: Description) -> None:
    of_specialism = thing(f"specialism/healthcare-science/{of}")

    found = values(description, of_specialism, terms.RELEVANT_APPRENTICESHIP)

    assert found == {thing(f"apprenticeship/level-2/{relevant}").value}


def test_one_title_of_two_kinds_is_two_things(description: Description) -> None:
    as_job, as_training = thing("occupation/optical-assistant"), thing("apprenticeship/level-2/optical-assistant")

    assert values(description, as_job, terms.TYPE) == {terms.OCCUPATION.value}
    assert values(description, as_training, terms.TYPE) == {terms.APPRENTICESHIP.value}


def test_the_apprenticeship_and_the_htq_of_one_title_share_a_standard(description: Description) -> None:
    standard = {thing("standard/ST0220").value}

    assert values(description, thing("apprenticeship/level-4/healthcare-science-associate"), terms.BASED_ON) == standard
    assert values(description, thing("htq/level-4/healthcare-science-associate"), terms.BASED_ON) == standard


@pytest.mark.parametrize(
    ("printed", "standard"),
    [
        ("level-2/optical-assistant", "ST0530"),
        ("level-5/healthcare-assistant-practitioner", "ST0215"),
        ("level-7/advanced-clinical-practitioner", "ST0564"),
    ],
)
def test_a_standard_is_found_by_any_of_its_titles_at_its_level(
    printed: str, standard: str, description: Description
) -> None:
    found = values(description, thing(f"apprenticeship/{printed}"), terms.BASED_ON)

    assert found == {thing(f"standard/{standard}").value}


def test_our_interpretation_is_in_a_graph_of_links(description: Description) -> None:
    elsewhere = {q.predicate for q in description.quads if str(q.graph_name) != f"<{GRAPH}>"}

    assert elsewhere == {terms.BASED_ON}
    assert {str(q.graph_name) for q in description.quads} == {f"<{GRAPH}>", f"<{BASE}graph/links/titles>"}


def test_the_profile_names_its_document_by_checksum_and_section(description: Description) -> None:
    profile, source = thing("profile/healthcare-science"), NamedNode(SOURCE)

    assert values(description, profile, terms.DESCRIBES) == {thing("t-level/healthcare-science").value}
    assert values(description, profile, terms.WAS_DERIVED_FROM) == {SOURCE}
    assert values(description, profile, terms.BIBLIOGRAPHIC_CITATION) == {"000_80ba2ef1bfb81c71.txt, section 7c"}
    assert values(description, source, terms.CHECKSUM_PROPERTY) == {f"{SOURCE}#sha256"}
    assert values(description, NamedNode(f"{SOURCE}#sha256"), terms.CHECKSUM_VALUE) == {
        "5f29ca77022a0dbd181dac6e4c1807d16a7b1ef46d735beafdd05aaaf921d0c0"
    }


def test_a_note_is_quoted_from_its_line(description: Description) -> None:
    training, note = (thing(f"note/healthcare-science/line-{line}") for line in (15, 57))

    assert values(description, thing("profile/healthcare-science"), terms.HAS_NOTE) == {training.value, note.value}
    (text,) = values(description, note, terms.VALUE)
    assert text.startswith("A learner could potentially move across")
    assert values(description, note, terms.WAS_QUOTED_FROM) == {f"{SOURCE}#line=56,57"}


def test_two_notes_of_one_line_are_two_things(ids: Identifiers) -> None:
    text = f"""{OPTICS}
notes:
  - {{note: One sentence., line: 9}}
  - {{note: Another sentence., line: 9}}
  - {{note: A sentence without a place.}}
"""
    found = describe(parse(text.encode(), "optics.yaml", Profile), ReferenceIndex(), ids)

    notes = values(found, thing("profile/optics"), terms.HAS_NOTE)
    assert notes == {thing(f"note/optics/{key}").value for key in ("line-9", "line-9-2", "note")}
    assert {found.origins[note] for note in notes} == {("notes", number) for number in range(3)}


def test_the_wording_and_the_readiness_of_an_option_are_stated_only_if_the_profile_has_them(ids: Identifiers) -> None:
    found = describe(parse(OPTICS.encode(), "optics.yaml", Profile), ReferenceIndex(), ids)
    option = thing("option/optics/eye-care/occupation/optometrist")

    assert values(found, option, terms.WORDING_PROPERTY) == {f"{terms.WORDING}could-include"}
    assert values(found, option, terms.READINESS_PROPERTY) == {f"{terms.READINESS}after-further-training"}
    other = thing("option/optics/eye-care/degree/optometry")
    assert values(found, other, terms.WORDING_PROPERTY) == values(found, other, terms.READINESS_PROPERTY) == set()


def test_every_quoted_line_is_part_of_the_document(description: Description) -> None:
    quoted = {q.object for q in description.quads if q.predicate == terms.WAS_QUOTED_FROM}
    parts = {q.subject for q in description.quads if q.predicate == terms.IS_PART_OF and q.object.value == SOURCE}  # type: ignore[union-attr]  # an object that is a part's whole is an IRI

    assert quoted == parts


def test_labels_are_english_and_the_title_of_a_file_is_in_no_language(description: Description) -> None:
    languages = {
        (str(q.predicate), q.object.language)
        for q in description.quads
        if isinstance(q.object, Literal) and q.predicate in {terms.PREF_LABEL, terms.VALUE, terms.TITLE}
    }

    assert languages == {(str(terms.PREF_LABEL), "en"), (str(terms.VALUE), None), (str(terms.TITLE), None)}


def test_the_same_input_makes_the_same_quads(
    healthcare_science: Loaded[Profile], index: ReferenceIndex, ids: Identifiers, description: Description
) -> None:
    assert describe(healthcare_science, index, ids).quads == description.quads


def blank_or_repeated(description: Description) -> list[str]:
    blank = [q for q in description.quads for term in (q.subject, q.object) if isinstance(term, BlankNode)]
    repeated = [q for q, count in Counter(description.quads).items() if count > 1]
    return [str(quad) for quad in blank + repeated]


def without_origin(description: Description) -> set[str]:
    """Return the subjects of our classes in the profile graph that have no origin in the YAML."""
    typed = [q for q in description.quads if q.predicate == terms.TYPE and str(q.object).startswith(f"<{terms.TLP}")]
    return {str(q.subject) for q in typed} - {f"<{subject}>" for subject in description.origins}


def test_no_quad_is_blank_or_repeated(description: Description) -> None:
    assert blank_or_repeated(description) == []


def test_everything_of_ours_has_an_origin_in_the_yaml(description: Description) -> None:
    assert without_origin(description) == set()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("profile/healthcare-science", 11),
        ("t-level/healthcare-science", 11),
        ("specialism/healthcare-science/optical-care-services", 19),
        ("option/healthcare-science/optical-care-services/apprenticeship/level-6/dispensing-optician", 28),
        ("apprenticeship/level-6/dispensing-optician", 28),
        ("occupation/dispensing-optician", 41),
    ],
)
def test_an_origin_leads_to_the_line_of_the_yaml(path: str, line: int, description: Description) -> None:
    origin = description.origins[thing(path).value]

    assert description.loaded.document.position(origin).line == line


def described(*specialisms: dict[str, Any]) -> Description:
    return describe(load("Health", *specialisms), ReferenceIndex(), Identifiers(BASE))


def test_several_flags_are_several_statuses() -> None:
    made = described(specialism("S", technical=[apprenticeship("X", 4, flags=[Flag.ACCELERATED, Flag.UNDER_REVISION])]))
    option = thing("option/health/s/apprenticeship/level-4/x")

    assert values(made, option, terms.STATUS_PROPERTY) == {
        f"{terms.STATUS}accelerated",
        f"{terms.STATUS}under-revision",
    }
    assert values(made, option, terms.LEADS_TO) == {thing("apprenticeship/level-4/x").value}


def test_without_lines_an_option_is_quoted_from_the_whole_document() -> None:
    made = described(specialism("S", work=[job("X")]))

    quoted = values(made, thing("option/health/s/occupation/x"), terms.WAS_QUOTED_FROM)

    assert quoted == {thing("source/a-txt").value}


def test_pages_mappings_and_keys_are_used() -> None:
    made = described(
        specialism("S", work=[job("X", key="why", page="https://e.org/x", mapping="https://e.org/m")], key="ess")
    )
    option = thing("option/health/ess/occupation/why")

    assert values(made, option, terms.MAPPING_DOCUMENT) == {"https://e.org/m"}
    assert values(made, thing("occupation/why"), terms.PAGE) == {"https://e.org/x"}


def test_an_apprenticeship_without_a_known_standard_is_based_on_none() -> None:
    made = described(specialism("S", technical=[apprenticeship("X", 4)]))

    assert subjects(made, terms.BASED_ON) == []


def test_every_kind_has_a_class() -> None:
    assert set(terms.CLASS_OF) == set(Kind)


def statuses(quads: Iterable[pyoxigraph.Quad]) -> int:
    return sum(quad.predicate == terms.STATUS_PROPERTY for quad in quads)


@given(strategies.profiles)
@settings(max_examples=150)
def test_any_profile_free_of_collisions_can_be_described(profile: Profile) -> None:
    loaded = parse(profile_to_yaml(profile).encode(), "p.yaml", Profile)
    if any(finding.severity == "Violation" for finding in find_collisions([loaded], ReferenceIndex())):
        return

    made = describe(loaded, ReferenceIndex(), Identifiers(BASE))

    options = [o for s in profile.specialisms for o in (*s.technical, *s.education, *s.work)]
    assert (blank_or_repeated(made), without_origin(made)) == ([], set())
    assert len(members(made, terms.PROGRESSION_OPTION)) == len(options)
    assert statuses(made.quads) == sum(len(option.flags) for option in options)


def test_a_title_that_changed_is_an_alternative_label(compiled: CompiledReference) -> None:
    renamed = (shipped("data") / "profiles" / "healthcare-science.yaml").read_bytes()
    renamed = renamed.replace(
        b"t level: Healthcare Science", b"t level: Healthcare Sciences\nkey: healthcare-science", 1
    )
    corpus = Corpus([parse(renamed, "p.yaml", Profile)], compiled, Identifiers(BASE))
    (unit,) = corpus.describe_profiles()
    labels = {
        (quad.predicate, quad.object.value)
        for quad in (*unit.quads, *unit.context)
        if quad.subject == NamedNode(f"{BASE}id/t-level/healthcare-science") and isinstance(quad.object, Literal)
    }
    assert labels == {(terms.PREF_LABEL, "Healthcare Science"), (terms.ALT_LABEL, "Healthcare Sciences")}
