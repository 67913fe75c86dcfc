"""The tree of errors, and the error for a missing optional dependency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import tlevel_rdf.findings  # noqa: F401 - defines BlockedError
from tlevel_rdf import errors
from tlevel_rdf.errors import MissingExtraError, SettingError, TlevelError, requires_extra

if TYPE_CHECKING:
    from collections.abc import Iterator


def branches(kind: type[TlevelError], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the name and depth of an error and of all errors below it."""
    yield depth, kind.__name__
    for child in kind.__subclasses__():
        if child.__module__.startswith("tlevel_rdf."):
            yield from branches(child, depth + 1)


def test_the_module_draws_the_tree_of_all_errors() -> None:
    drawn = re.findall(r"^    ([│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    assert [(len(indent) // 4, name) for indent, name in drawn] == [*branches(TlevelError)]


def test_an_error_has_its_code_message_and_hint_in_its_text() -> None:
    assert str(SettingError("port is 0", hint="use another")) == "TLR003: port is 0 (use another)"
    assert str(SettingError("port is 0")) == "TLR003: port is 0"


def test_each_error_has_a_code_of_its_own_unless_others_derive_from_it() -> None:
    leaves = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, TlevelError)]
    codes = [error.code for error in leaves if "code" in vars(error)]
    assert len(codes) == len(set(codes))
    assert all("code" in vars(error) or error.__subclasses__() for error in leaves)


def test_a_missing_optional_dependency_is_one_line_with_the_command_to_install_it() -> None:
    with pytest.raises(MissingExtraError) as caught, requires_extra("server", "tlevel-rdf serve"):
        import a_package_that_does_not_exist  # type: ignore[import-not-found]  # noqa: F401, PLC0415
    assert caught.value.message == "tlevel-rdf serve needs a_package_that_does_not_exist, which is not installed"
    assert caught.value.hint == "run: pip install 'tlevel-rdf[server]'"
