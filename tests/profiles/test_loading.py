"""Profiles and reference data read from folders: open checks, and names that are not defined."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tlevel_rdf.profiles.reference import Reference

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.loading import read_profiles, read_reference
from tlevel_rdf.shipped import shipped

PROFILE = f"""\
# Look at each comment that begins with 'check:'.
t level: Law  # check: the name
source: {{document: a.txt, sha256: {"a" * 64}}}
specialisms:
  - title: Law
    line: 1
notes:
  # check: this
  - note: 'Not: # check: that'
    line: 2
"""


def test_open_checks_are_one_finding_that_lists_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PROFILE.replace("# check: t", "# t"), encoding="utf-8")
    reading = read_profiles([tmp_path])

    assert len(reading.loaded) == 2
    (finding,) = reading.findings
    file = tmp_path / "a.yaml"
    assert (finding.code, finding.severity, finding.place) == (Code.OPEN_CHECKS, Severity.WARNING, f"{file}:2:15")
    assert f"2 comments that begin with 'check:' are open: {file}:2, {file}:8." in finding.message


DATA = shipped("data") / "reference"


def test_without_a_folder_the_reference_data_is_empty(tmp_path: Path) -> None:
    assert read_reference(tmp_path / "missing") == (Reference(), [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "reference"))


def line_of(file: Path, text: str) -> int:
    return file.read_text(encoding="utf-8").splitlines().index(text) + 1


LOOSE_ENDS = [
    (
        "routes.yaml",
        "  - title: Digital",
        "sources: [dfe-routes,",
        "sources: [wibble,",
        "The source 'wibble' does not exist.",
    ),
    ("standards.yaml", "      level: 2", "sources: [find-", "sources: [wibble-", "The source 'wibble-"),
    ("t-levels.yaml", "          ukprn: '10009696'", "sources: [dfe-", "sources: [no-", "The source 'no-"),
    (
        "occupation-groups.yaml",
        "  - code: '2113'",
        "sources: [ons-",
        "sources: [no-",
        "The source 'no-soc-2020' does not exist.",
    ),
    (
        "t-levels.yaml",
        "  - title: Onsite Construction",
        "route: Cons",
        "route: Decons",
        "The route 'Deconstruction' does not exist.",
    ),
    (
        "standards.yaml",
        "    route:",
        "route: Health and",
        "route: Wealth and",
        "The route 'Wealth and science' does not exist.",
    ),
    ("t-levels.yaml", "        standard:", "code: ST", "code: ST9", "The standard 'ST9"),
    ("standards.yaml", "    replaced by:", "code: ST1377", "code: ST9999", "The standard 'ST9999' does not exist."),
    (
        "standards.yaml",
        "    occupation group:",
        "code: '7114'",
        "code: '9999'",
        "The occupation group '9999' does not exist.",
    ),
    (
        "t-levels.yaml",
        "  - title: Digital Business Services",
        "replaced by: Digital",
        "replaced by: X",
        "The T Level 'X",
    ),
]


@pytest.mark.parametrize(("name", "after", "old", "new", "message"), LOOSE_ENDS)
def test_an_undefined_name_is_reported_at_its_position(  # noqa: PLR0917 - the columns of the table
    name: str, after: str, old: str, new: str, message: str, folder: Path
) -> None:
    file = folder / name
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n in range(lines.index(after), len(lines)) if old in lines[n])
    lines[number] = lines[number].replace(old, new)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    reference, findings = read_reference(folder)

    assert reference == Reference()
    assert [(f.code, f.file, f.line) for f in findings] == [(Code.UNKNOWN_REFERENCE, str(file), number + 1)]
    assert message in findings[0].message
    assert findings[0].column == len(re.split(r"(?<=\[)|(?<=: )(?!\[)", lines[number], maxsplit=1)[0]) + 1


REPEATED = [
    ("sources.yaml", "  - key: dfe-routes", "  - key: dfe-find-provider-routes", "source 'dfe-routes'"),
    ("routes.yaml", "  - title: Digital", "  - title: Construction", "route 'Digital'"),
    ("t-levels.yaml", "  - title: Finance", "  - title: Accounting", "T Level 'Finance'"),
    ("standards.yaml", "      code: ST0218", "      code: ST0217", "standard 'ST0218'"),
    ("occupation-groups.yaml", "  - code: '2113'", "  - code: '2259'", "occupation group '2113'"),
]


@pytest.mark.parametrize(("name", "first", "second", "message"), REPEATED)
def test_a_repeated_name_is_reported(name: str, first: str, second: str, message: str, folder: Path) -> None:
    file = folder / name
    at = max(line_of(file, first), line_of(file, second))
    file.write_text(file.read_text(encoding="utf-8").replace(second + "\n", first + "\n"), encoding="utf-8")

    _, findings = read_reference(folder)

    found = [(f.line, f.message) for f in findings if f.code == Code.DUPLICATE]
    assert found == [(at, f"The {message} is repeated.")]


@pytest.mark.parametrize("name", sorted(file.name for file in DATA.glob("*.yaml")))
def test_a_missing_file_is_reported(name: str, folder: Path) -> None:
    (folder / name).unlink()

    reference, findings = read_reference(folder)

    assert reference == Reference()
    assert [(f.code, f.file) for f in findings] == [(Code.UNREADABLE, str(folder / name))]


def test_the_files_are_read_as_strictly_as_profiles(folder: Path) -> None:
    file = folder / "routes.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("sources: [dfe-routes", "source: [dfe-routes", 1))

    _, findings = read_reference(folder)

    assert [f.code for f in findings] == [Code.MISSING, Code.UNKNOWN_KEY]
    assert findings[1].hint == "Did you mean 'sources'?"
