"""Every finding about a profile points at the YAML value that caused it.

Each test replaces a part of a valid profile by a fault. The sign « marks the value that the finding must point at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.validation.samples import corpus_of
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.validation.gate import check_corpus
from tlevel_rdf.validation.origins import Origins, locate
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.graph.corpus import Corpus

SOUND = f"""\
# A profile with nothing to find.
t level: Optics

source:
  document: optics.txt
  sha256: {"a" * 64}
  issued: 2024-01-31

specialisms:
  - title: Eye Care
    line: 1
    technical:
      - apprenticeship: Optician
        level: 3
        relevant: true
        flags: [accelerated]
        page: https://example.org/optician
        line: 2
      - higher technical qualification: Optics
        level: 4
        page: https://example.org/optics
        line: 3
    education:
      - degree: Optometry
        line: 4
    work:
      - occupation: Optometrist
        line: 5
"""

HTQ = "higher technical qualification: Optics\n"

#: Fault: (old text, new text, rules that it breaks).
FAULTS: dict[str, tuple[str, str, str]] = {
    "an HTQ at level 6": ("level: 4", "level: «6", "R12"),
    "an apprenticeship at level 8": ("level: 3", "level: «8", "R12"),
    "an apprenticeship at level 1": ("level: 3", "level: «1", "R12 R13"),
    "an open apprenticeship at level 2": ("level: 3", "level: «2", "R13"),
    "an accelerated HTQ": (HTQ, HTQ + "        flags: «[accelerated]\n", "R08"),
    "an HTQ not applicable": (HTQ, HTQ + "        flags: «[not applicable]\n", "R08 R09"),
    "an accelerated degree": ("degree: Optometry\n", "degree: Optometry\n        flags: «[accelerated]\n", "R08"),
    "a job not applicable": ("Optometrist\n", "Optometrist\n        flags: «[not applicable]\n", "R08 R09"),
    "accelerated and not applicable": ("[accelerated]", "«[accelerated, not applicable]", "R08"),
    "bypassed and not relevant": (
        "relevant: true\n        flags: [accelerated]",
        "flags: «[not applicable]",
        "R09 R10",
    ),
    "nothing relevant": ("technical:\n      -", "technical:\n      «-", "R10"),
    "the kind in a title": ("apprenticeship: Optician", "apprenticeship: «Optician apprenticeship", "R25"),
    "a link in a title": ("degree: Optometry", 'degree: «"[Optometry](#)"', "R25"),
    "a colon in the title of the T Level": ("t level: Optics", 't level: «"Optics:"', "R25"),
    "a bracket in the title of a specialism": ("title: Eye Care", "title: «Eye Care (", "R25"),
    "a title that does not come first": (
        "degree: Optometry\n        line: 4",
        "line: 4\n        degree: «Optometry.",
        "R25",
    ),
    "a number sign in a title": ("Optometrist", "«Optometrist#", "R25"),
    "a full stop in a title": ("Optometrist", "«Senior optometrist.", "R25"),
    "names with such signs": ("Optometrist", "C# optometrist in I.T.", ""),
    "a job near a standard": ("Optometrist", "«Trainee dispensing optician", "R28"),
    "one job twice": (
        "      - occupation: Optometrist",
        "      - {occupation: OPTOMETRIST, key: optometrist-2}\n      - occupation: «Optometrist",
        "R15",
    ),
    "no page": ("page: https://example.org/optician\n        ", "", "R19"),
    "a page that is a placeholder": ("https://example.org/optics", "«https://example.org/optics#", "R18"),
    "a mapping that is a placeholder": (
        "line: 2",
        "mapping: «https://example.org/mapping#\n        line: 2",
        "R18",
    ),
    "a document of the future": ("issued: 2024-01-31", "issued: «2099-01-31", "R27"),
    "no line, so the document is cited": ("        line: 4\n", "", ""),
}
#: Faults whose finding points at a part that was not replaced: another replacement that marks it.
ELSEWHERE = {
    "nothing relevant": ("        relevant: true\n", ""),
    "no page": ("- apprenticeship", "- «apprenticeship"),
}


def found_in(corpus: Corpus) -> list[Finding]:
    """Return the findings about profiles."""
    return [finding for finding in check(corpus) if finding.file]


def check(corpus: Corpus) -> list[Finding]:
    return check_corpus(corpus, shipped_shapes()).findings


@pytest.mark.parametrize("what", FAULTS)
def test_a_finding_points_at_the_value(what: str, few: CompiledReference) -> None:
    old, new, rules = FAULTS[what]
    assert SOUND.count(old) == 1
    text = SOUND.replace(old, new).replace(*ELSEWHERE.get(what, ("", "")), 1)
    before, mark, _ = text.partition("«")
    found = found_in(corpus_of([("optics.yaml", text.replace("«", ""))], few))
    assert {finding.code for finding in found} == set(rules.split())
    if "R10" in rules and "R09" in rules:  # two places: the specialism's options, and the option's flags
        found = [finding for finding in found if finding.code == "R09"]
    expected = ("optics.yaml", before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert {(finding.file, finding.line, finding.column) for finding in found} == ({expected} if mark else set())


def test_a_valid_profile_has_no_findings(few: CompiledReference) -> None:
    assert found_in(corpus_of([("optics.yaml", SOUND)], few)) == []


def test_each_profile_has_its_own_findings(few: CompiledReference) -> None:
    texts = [
        (f"{name}.yaml", SOUND.replace("Optics", name).replace("level: 4", f"level: {level}"))
        for name, level in (("Optics", 6), ("Lenses", 5), ("Frames", 7))
    ]
    found = found_in(corpus_of(texts, few))
    assert sorted(map(str, found)) == [
        f"{name}.yaml:20:16: violation R12: A Higher Technical Qualification must be at level 4 or 5.\n"
        "    hint: Correct the level."
        for name in ("Frames", "Optics")
    ]


def test_a_fault_of_two_profiles_is_one_finding(few: CompiledReference) -> None:
    """The HTQ is one thing, so there is one finding, in the first file that names it."""
    texts = [
        ("a.yaml", SOUND.replace("level: 4", "level: 6")),
        ("b.yaml", SOUND.replace("t level: Optics", "t level: Lenses").replace("level: 4", "level: 6")),
    ]
    assert [finding.place for finding in found_in(corpus_of(texts, few))] == ["a.yaml:20:16"]


def test_nothing_is_found_about_reference_data_that_the_profiles_do_not_use(few: CompiledReference) -> None:
    corpus = corpus_of([("optics.yaml", SOUND)], few)
    assert check(corpus) == []


def test_the_first_profile_that_names_a_node_is_its_origin(few: CompiledReference) -> None:
    corpus = corpus_of([(f"{t}.yaml", SOUND.replace("t level: Optics", f"t level: {t}")) for t in "AB"], few)
    origins = Origins()
    for number, profile in enumerate(corpus.describe_profiles()):
        origins.add(number, profile.description)
    base = "https://w3id.org/tlevel/id"
    found = origins.find([f"{base}/degree/optometry", f"{base}/t-level/b", f"{base}/t-level/c"])
    assert found == {
        f"{base}/degree/optometry": (0, ("specialisms", 0, "education", 0)),
        f"{base}/t-level/b": (1, ("t level",)),
    }


def test_a_finding_about_an_unknown_node_is_left_as_it_is(few: CompiledReference) -> None:
    corpus = corpus_of([("optics.yaml", SOUND)], few)
    finding = Finding("R22", Severity.WARNING, "Nothing refers to it.", focus="https://example.org/a")
    assert list(locate([finding], Origins(), corpus.profiles)) == [finding]
