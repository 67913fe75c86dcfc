"""Each module has a test file of its own name. `make own-coverage` measures how much of the module it runs."""

from __future__ import annotations

from tests.own_coverage import EXCEPTIONS, modules, own_share, own_test

#: Modules whose test files have other names. This list may only become shorter.
WITHOUT = {"profiles/yaml_editor.py"}


def test_each_module_with_functions_has_a_test_file_of_its_name() -> None:
    assert {name for name in modules() if not own_test(name).exists()} == WITHOUT


def test_each_exception_is_a_module() -> None:
    assert set(modules()) >= EXCEPTIONS >= WITHOUT


def test_a_module_without_a_test_file_is_not_covered() -> None:
    assert own_share("none.py") == 0


def test_a_module_is_covered_by_the_test_file_of_its_name_alone() -> None:
    assert own_share("progress.py") == 1
