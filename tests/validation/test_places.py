"""Every finding about something that a YAML profile says leads back to where it says so.

A fault is written into the text in place of something sound; « stands before the value that the gate must point at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.validation.samples import corpus_of
from tlevel_rdf.findings import violations
from tlevel_rdf.validation.gate import check_corpus
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.profiles.reference import Reference

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

#: what is wrong: (what stood there, what stands there now, the rules that say so)
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
    "a document of the future": ("issued: 2024-01-31", "issued: «2999-01-31", "R27"),
    "no line, so the document is cited": ("        line: 4\n", "", ""),
}
#: Faults whose place is elsewhere than in what was changed: where.
ELSEWHERE = {
    "nothing relevant": ("        relevant: true\n", ""),
    "no page": ("- apprenticeship", "- «apprenticeship"),
}


def found_in(corpus: Corpus) -> list[Finding]:
    """What is found in the profiles; the reference data has findings of its own here, since little refers to it."""
    return [finding for finding in check_corpus(corpus, shipped_shapes())[1] if finding.file]


@pytest.mark.parametrize("what", FAULTS)
def test_a_finding_points_at_the_value(what: str, reference: Reference) -> None:
    old, new, rules = FAULTS[what]
    assert SOUND.count(old) == 1
    text = SOUND.replace(old, new).replace(*ELSEWHERE.get(what, ("", "")), 1)
    before, mark, _ = text.partition("«")
    found = found_in(corpus_of([("optics.yaml", text.replace("«", ""))], reference))
    assert {finding.code for finding in found} == set(rules.split())
    if "R10" in rules and "R09" in rules:  # two places: the specialism's options, and the option's flags
        found = [finding for finding in found if finding.code == "R09"]
    expected = ("optics.yaml", before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert {(finding.file, finding.line, finding.column) for finding in found} == ({expected} if mark else set())


def test_nothing_is_found_in_the_sound_one(reference: Reference) -> None:
    assert found_in(corpus_of([("optics.yaml", SOUND)], reference)) == []


def test_each_profile_has_its_own_findings(reference: Reference) -> None:
    texts = [
        (f"{name}.yaml", SOUND.replace("Optics", name).replace("level: 4", f"level: {level}"))
        for name, level in (("Optics", 6), ("Lenses", 5), ("Frames", 7))
    ]
    found = found_in(corpus_of(texts, reference))
    assert sorted(map(str, found)) == [
        f"{name}.yaml:20:16: violation R12: A Higher Technical Qualification must be at level 4 or 5.\n"
        "    hint: Correct the level."
        for name in ("Frames", "Optics")
    ]


def test_what_two_profiles_say_is_found_once(reference: Reference) -> None:
    """The HTQ is one thing, so the finding is one, in the first file that speaks of it."""
    texts = [
        ("a.yaml", SOUND.replace("level: 4", "level: 6")),
        ("b.yaml", SOUND.replace("t level: Optics", "t level: Lenses").replace("level: 4", "level: 6")),
    ]
    assert [finding.place for finding in found_in(corpus_of(texts, reference))] == ["a.yaml:20:16"]


def test_a_finding_about_the_reference_data_names_the_thing(reference: Reference) -> None:
    corpus = corpus_of([("optics.yaml", SOUND)], reference)
    _, found = check_corpus(corpus, shipped_shapes())
    assert found
    assert violations(found) == []
    assert {(finding.code, finding.file) for finding in found} == {("R22", None)}
    assert all((finding.focus or "").startswith("https://w3id.org/tlevel/id/standard/") for finding in found)
