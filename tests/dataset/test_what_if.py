"""The effects of edits are the differences of two builds, of the data with and without them."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.checkout import TOP, make_checkout, use_checkout
from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.edits import Edits, edit_profiles, edit_reference
from tlevel_rdf.changes.version import Version
from tlevel_rdf.dataset.what_if import find_effects, write_effects
from tlevel_rdf.errors import UnknownNameError
from tlevel_rdf.findings import BlockedError, violations
from tlevel_rdf.profiles.loading import read_profiles
from tlevel_rdf.reference.index import index
from tlevel_rdf.reference.loading import T_LEVELS_FILE, read_reference
from tlevel_rdf.release.build import BuildOptions, build_paths
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.release.release import open_release
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference, ReferenceTLevel

SETTINGS = Settings(date=datetime.date(2026, 12, 1))
SHIPPED = TOP / "data" / "profiles" / "healthcare-science.yaml"
HEALTH = """\
t level: Health
source: {document: health.txt, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}
specialisms:
  - title: Supporting the Adult Nursing Team
    line: 5
    technical:
      - {apprenticeship: Senior Healthcare Support Worker, level: 3, relevant: true, line: 7}
      - {apprenticeship: Healthcare Assistant Practitioner, level: 5, line: 9}
      - {apprenticeship: Clinical Scientist, level: 7, line: 11}
    work:
      - {occupation: Clinical Scientist, line: 12}
"""


@pytest.fixture(name="profiles", scope="module")
def make_profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profiles")
    shutil.copy(SHIPPED, folder)
    (folder / "health.yaml").write_text(HEALTH, encoding="utf-8")
    return folder


def random_edits(chance: random.Random, standards: list[str]) -> Edits:
    used = ["ST0774", "ST0217", "ST0218", "ST0215", "ST0893", "ST0530", "ST0895", "ST1377"]
    some = chance.sample([*used, *chance.sample(standards, 4)], 5)
    levels = {reference: chance.randint(2, 7) for reference in some[:3]}
    closed = chance.choice([(), (), ("Health",), ("healthcare science",), ("Legal Services",)])
    return Edits(frozenset(some[chance.randint(1, 4) :]), levels, closed)


def write_edited(folder: Path, profiles: Path, reference: Reference, edits: Edits) -> Path:
    """Write a checkout with the edited files, as a publisher would."""
    edited = edit_reference(reference, edits, SETTINGS.date or datetime.date.min)
    checkout = make_checkout(folder, replace(edited, links=reference.links))
    file = checkout / "data" / "reference" / T_LEVELS_FILE
    file.unlink()
    t_levels = {"t levels": [as_yaml(each) for each in edited.t_levels]}
    file.write_text(yaml.safe_dump(t_levels, sort_keys=False), encoding="utf-8")
    (checkout / "edited").mkdir()
    for number, loaded in enumerate(edit_profiles(read_profiles([profiles]).loaded, edits, index(reference))):
        (checkout / "edited" / f"{number}.yaml").write_bytes(loaded.data)
    return checkout


def as_yaml(t_level: ReferenceTLevel) -> object:
    return json.loads(t_level.model_dump_json(by_alias=True, exclude_none=True))


def test_the_effects_equal_the_difference_of_two_builds(small_checkout: Path, profiles: Path, tmp_path: Path) -> None:
    out = tmp_path / "releases"
    with use_checkout(small_checkout):
        small, _ = read_reference(small_checkout / "data" / "reference")
        old = build_paths([profiles], out, SETTINGS).release
    assert old
    standards = sorted({row.reference for row in small.standards})
    counts = []
    for seed in range(3):
        edits = random_edits(random.Random(seed), standards)  # noqa: S311 - inputs, no secrets
        with use_checkout(small_checkout):
            effects = find_effects([profiles], edits, SETTINGS)
        checkout = write_edited(tmp_path / f"edited-{seed}", profiles, small, edits)
        with use_checkout(checkout):
            built = build_paths([checkout / "edited"], out, SETTINGS, options=BuildOptions(f"test {seed}"))
        assert built.release, (edits, violations(built.findings))
        new = built.release
        versions = (Version(each.id, each.store(), each.folder / N_QUADS) for each in (old, new))
        assert effects.changes == [*compare(*versions)], edits
        assert all(route.reasons for route in effects.routes)
        counts.append(len(effects.routes))
        (out / "current").unlink()
        (out / "current").symlink_to(old.folder.name)
    assert sum(map(bool, counts)) >= 2, "the edits have effects"
    assert open_release(out).id == old.id


@pytest.mark.usefixtures("small_data")
def test_two_options_that_would_become_one_are_an_error(tmp_path: Path) -> None:
    twice = "{apprenticeship: Healthcare Assistant Practitioner, level: 3, line: 10}\n      - "
    text = HEALTH.replace("{apprenticeship: Clinical", f"{twice}{{apprenticeship: Clinical")
    (tmp_path / "health.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BlockedError):
        find_effects([tmp_path], Edits(levels={"ST0215": 3}), SETTINGS)


@pytest.mark.usefixtures("small_data")
def test_profiles_that_cannot_be_read_and_data_without_a_date_are_errors(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("t level: [", encoding="utf-8")
    with pytest.raises(BlockedError):
        find_effects([tmp_path], Edits(frozenset({"ST0774"})), SETTINGS)
    (tmp_path / "a.yaml").write_text(HEALTH, encoding="utf-8")
    with pytest.raises(UnknownNameError, match="ST0001"):
        find_effects([tmp_path], Edits(frozenset({"ST0001"})), SETTINGS)


def test_an_unknown_format_is_a_clear_error() -> None:
    with pytest.raises(UnknownNameError, match="no format"):
        [*write_effects(([], [], ()), "svg")]  # type: ignore[arg-type]  # it is not read
