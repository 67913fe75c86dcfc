"""What is opened is what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.errors import SettingError
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release


def test_a_release_may_be_named_with_its_base(shipped_release: Release) -> None:
    settings = Settings(base=shipped_release.base)
    assert open_dataset([shipped_release.folder], settings).base == shipped_release.base


def test_a_release_has_no_other_base(shipped_release: Release) -> None:
    with pytest.raises(SettingError, match=shipped_release.base):
        open_dataset([shipped_release.folder], Settings(base="https://data.example.org/"))
