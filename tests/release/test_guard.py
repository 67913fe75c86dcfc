"""The publication guard holds mass changes and lets ordinary edits pass."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.release.build import BuildOptions, build_paths
from tlevel_rdf.release.guard import find_losses
from tlevel_rdf.release.release import open_release
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

T_LEVELS, SPECIALISMS, OPTIONS = 3, 2, 8
KINDS = (terms.APPRENTICESHIP, terms.HTQ, terms.DEGREE, terms.OCCUPATION)
Quads = set[Quad]


def node(path: str) -> NamedNode:
    return NamedNode(f"https://e.org/{path}")


def statements(subject: NamedNode, *pairs: tuple[NamedNode, NamedNode | Literal]) -> Quads:
    return {Quad(subject, predicate, value, DefaultGraph()) for predicate, value in pairs}


def option(t: int, s: int, o: int, level: int = 3) -> Quads:
    """Return an option of a specialism and what it leads to, with the level in both identifiers, as the data has it."""
    target = node(f"target/level-{level}/{t}-{s}-{o}")
    title = Literal(f"Target {t}-{s}-{o}")
    return statements(target, (terms.TYPE, KINDS[o % 4]), (terms.PREF_LABEL, title)) | statements(
        node(f"option/{t}/{s}/level-{level}/{o}"),
        (terms.TYPE, terms.PROGRESSION_OPTION),
        (terms.OPTION_FOR, node(f"specialism/{t}/{s}")),
        (terms.TARGET, target),
    )


def data() -> dict[tuple[int, int, int], Quads]:
    return {(t, s, o): option(t, s, o) for t in range(T_LEVELS) for s in range(SPECIALISMS) for o in range(OPTIONS)}


def frame() -> Quads:
    """Return the T Levels and specialisms."""
    quads: Quads = set()
    for t in range(T_LEVELS):
        quads |= statements(node(f"t/{t}"), (terms.TYPE, terms.T_LEVEL), (terms.PREF_LABEL, Literal(f"T Level {t}")))
        for s in range(SPECIALISMS):
            quads |= statements(
                node(f"specialism/{t}/{s}"),
                (terms.TYPE, terms.OCCUPATIONAL_SPECIALISM),
                (terms.SPECIALISM_OF, node(f"t/{t}")),
            )
    return quads


def store(*parts: Iterable[Quad]) -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    for part in parts:
        made.extend(part)
    return made


OLD = store(frame(), *data().values())


def losses(
    new: pyoxigraph.Store, old_sizes: dict[str, int] | None = None, new_sizes: dict[str, int] | None = None
) -> list[str]:
    return [loss.what for loss in find_losses(OLD, new, old_sizes or {}, new_sizes or {})]


def edited(seed: int) -> pyoxigraph.Store:
    """Return the data after up to four ordinary edits: options removed, added, or with another level."""
    chance = random.Random(seed)  # noqa: S311 - inputs, no secrets
    options = data()
    for place in chance.sample(sorted(options), chance.randint(1, 4)):
        match chance.choice(["remove", "add", "level"]):
            case "remove":
                del options[place]
            case "add":
                options[*place[:2], OPTIONS + place[2]] = option(*place[:2], OPTIONS + place[2])
            case _:
                options[place] = option(*place, level=chance.randint(4, 6))
    return store(frame(), *options.values())


def test_ordinary_edits_pass() -> None:
    assert [seed for seed in range(1_000) if losses(edited(seed))] == []


@pytest.mark.parametrize("seed", range(8))
def test_a_mass_change_is_held(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - inputs, no secrets
    options = data()
    kind = seed % 4
    some = chance.sample([place for place in sorted(options) if place[2] % 4 == kind], chance.randint(5, 12))
    for place in some:
        if seed % 2:
            options[place] = option(*place, level=7)
        else:
            del options[place]
    found = losses(store(frame(), *options.values()))
    total = sum(place[2] % 4 == kind for place in data())
    assert any(what.startswith("options of the kind ") and f"{len(some)} of {total}" in what for what in found)
    assert any(what.startswith("things of the class ") for what in found)
    assert any("have other identifiers now" in what for what in found) == bool(seed % 2)


def test_all_options_of_a_t_level_are_not_lost_by_accident() -> None:
    kept = [quads for (t, _, _), quads in data().items() if t != 2]
    assert f"all {SPECIALISMS * OPTIONS} options of the T Level T Level 2" in losses(store(frame(), *kept))


def test_other_options_in_their_place_are_no_loss_of_the_t_level() -> None:
    old = store(frame(), option(0, 0, 0))
    assert find_losses(old, store(frame(), option(0, 0, 0, level=4)), {}, {}) == []
    assert len(find_losses(old, store(frame()), {}, {})) == 1


@pytest.mark.parametrize(
    ("graph", "before", "after", "is_held"),
    [
        ("https://e.org/graph/reference/register", 1_000, 900, True),
        ("https://e.org/graph/reference/register", 1_000, 960, False),
        ("https://e.org/graph/reference/register", 30, 26, False),
        ("https://e.org/graph/links/lars", 3, 0, True),
        ("https://e.org/graph/profile/science", 100, 0, False),
    ],
)
def test_a_source_does_not_shrink_by_accident(graph: str, before: int, after: int, is_held: bool) -> None:  # noqa: FBT001
    assert bool(find_losses(OLD, OLD, {graph: before}, {graph: after})) is is_held


@pytest.mark.usefixtures("small_data")
def test_a_build_stops_at_losses_until_they_are_accepted(tmp_path: Path, profile_text: str) -> None:
    out, profiles = tmp_path / "out", tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "a.yaml").write_text(profile_text, encoding="utf-8")
    settings = read_settings({}, {})
    first = build_paths([profiles], out, settings).release
    assert first is not None
    (profiles / "a.yaml").write_text(profile_text.partition("\n  - title: Assisting")[0] + "\n", encoding="utf-8")
    held = build_paths([profiles], out, settings)
    assert held.release is None
    assert {finding.code for finding in held.findings if finding.severity is Severity.VIOLATION} == {Code.LOSS}
    assert open_release(out).id == first.id
    accepted = build_paths([profiles], out, settings, options=BuildOptions("The document has fewer options.")).release
    assert accepted is not None
    assert accepted.manifest["accepted"]["reason"] == "The document has fewer options."
    assert accepted.manifest["accepted"]["losses"]
    comments = (out / "current" / "progression-profiles.nq").read_text(encoding="utf-8")
    assert '"Losses since the last release were accepted: The document has fewer options."@en' in comments
    assert build_paths([profiles], out, settings).release is not None


@pytest.mark.usefixtures("small_data")
def test_a_damaged_release_is_replaced_only_with_a_reason(tmp_path: Path) -> None:
    settings = read_settings({}, {})
    first = build_paths([], tmp_path, settings).release
    assert first is not None
    for file in (first.folder / "store").glob("CURRENT"):
        file.unlink()
    held = build_paths([], tmp_path, settings)
    assert held.release is None
    [violation] = [finding for finding in held.findings if finding.severity is Severity.VIOLATION]
    assert "damaged and cannot be compared" in violation.message
