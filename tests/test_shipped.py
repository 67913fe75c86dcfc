"""The files that ship with the package."""

from __future__ import annotations

from typing import get_args

import pytest

from tlevel_rdf.shipped import Folder, shipped


@pytest.mark.parametrize("folder", get_args(Folder))
def test_each_shipped_folder_exists_and_has_files(folder: Folder) -> None:
    assert shipped(folder).is_absolute()
    assert any(path.is_file() for path in shipped(folder).rglob("*"))
