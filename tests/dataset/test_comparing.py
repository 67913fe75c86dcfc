"""Comparisons of releases, RDF files and profiles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.comparing import FORMATS, open_version, other_identifiers, write_changes
from tlevel_rdf.errors import ReleaseError, UnknownNameError, UnreadableInputError
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def changes(old: Path, new: Path, form: str = "text") -> str:
    settings = Settings()
    return b"".join(write_changes(open_version(old, settings), open_version(new, settings), form)).decode()


def test_a_release_equals_its_dumps(small_release: Release) -> None:
    dump = small_release.folder / "progression-profiles.nq"
    for other in (dump, small_release.folder, small_release.folder / "progression-profiles.ttl"):
        assert changes(small_release.folder, other).endswith("\n0 changes, and 0 changes of sources only\n")


def test_a_changed_dump_has_its_changes_in_every_format(small_release: Release, tmp_path: Path) -> None:
    lines = (small_release.folder / "progression-profiles.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [line.replace('"Optometry"@en', '"Astrology"@en') for line in lines if "graph/inferred" not in line]
    file = tmp_path / "new.nq"
    file.write_text("".join(lines), encoding="utf-8")
    assert "Optometry (Degree) renamed to Astrology (" in changes(small_release.folder, file)
    assert "Optometry (Degree) renamed to Astrology (" in changes(small_release.folder, file, "csv")
    assert {change["title"] for change in json.loads(changes(small_release.folder, file, "json"))} >= {"Astrology"}
    patch = changes(small_release.folder, file, "rdf-patch")
    assert patch.count('"Astrology"@en') == patch.count('"Optometry"@en')
    assert {line[0] for line in patch.splitlines()} == {"T", "A", "D"}


@pytest.mark.parametrize("url", ["https://e.org/dump.nq", "http://127.0.0.1:7878/query", "ftp://e.org//a"])
def test_a_url_is_refused_as_it_was_given_and_not_fetched(url: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"{url} is a URL, and nothing is fetched"):
        open_version(url, Settings())


def test_an_unknown_format_and_a_path_without_data_are_clear_errors(small_release: Release, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no format 'doc'") as error:
        changes(small_release.folder, small_release.folder, "doc")
    assert all(name in str(error.value.hint) for name in FORMATS)
    with pytest.raises(UnreadableInputError):
        open_version(tmp_path / "none", Settings())
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReleaseError):
        open_version(tmp_path, Settings())


@pytest.mark.parametrize(
    ("old", "new", "is_warned"),
    [
        ("https://a.org/", "https://b.org/", True),
        ("https://a.org/", "https://a.org/", False),
        ("", "https://a.org/", False),
    ],
)
def test_two_bases_are_a_warning(old: str, new: str, *, is_warned: bool, small_release: Release) -> None:
    older, newer = (open_version(small_release.folder, Settings())._replace(base=base) for base in (old, new))
    warning = other_identifiers(older, newer)
    assert bool(warning) is is_warned
    assert not is_warned or ("https://a.org/" in warning and "https://b.org/" in warning)


def test_a_release_has_a_base_of_its_own(small_release: Release) -> None:
    assert open_version(small_release.folder, Settings(base="https://e.org/")).base == small_release.base
