"""The public API: what it exports, and what importing it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tlevel_rdf
from tlevel_rdf import errors, findings

LARGE = {"anyio", "httptools", "jinja2", "pydantic", "pyoxigraph", "pyshacl", "rdflib", "rich", "uvicorn", "yaml"}


def test_importing_the_package_loads_no_large_package() -> None:
    program = "import sys, tlevel_rdf; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert {*loaded} & LARGE == set()


@pytest.mark.parametrize("name", tlevel_rdf.__all__)
def test_each_name_is_defined_and_documented(name: str) -> None:
    assert name == "__version__" or getattr(tlevel_rdf, name).__doc__


def test_every_error_is_exported() -> None:
    exported = {value for value in vars(tlevel_rdf).values() if isinstance(value, type)}
    defined = {value for module in (errors, findings) for value in vars(module).values() if isinstance(value, type)}
    assert {kind for kind in defined if issubclass(kind, tlevel_rdf.TlevelError)} <= exported


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        getattr(tlevel_rdf, "nonsense")  # noqa: B009 - mypy would refuse the name


@pytest.mark.usefixtures("small_data")
def test_the_representations_of_results_are_short(small_release: tlevel_rdf.Release) -> None:
    assert len(repr(tlevel_rdf.open())) < 100
    assert len(repr(small_release)) < 200
    assert "data=" not in repr(tlevel_rdf.load().loaded)
