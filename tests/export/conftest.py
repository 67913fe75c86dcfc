"""An export of the small release, under a path, which all processes of a test run share."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.sharing import shared_folder
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.export.repeating_store import RepeatingStore
from tlevel_rdf.export.writer import ExportResult, export_site
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import Site, site_of

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

#: The path of the exported site on its host.
ROOT = "/tlevels"


class Exported(NamedTuple):
    """A site, its export, and the result of that."""

    site: Site
    folder: Path
    result: ExportResult


@pytest.fixture(scope="session")
def exported(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    settings = Settings()
    opened = site_of(open_dataset([small_release.folder], settings).with_counts(), settings)
    site = replace(opened, store=RepeatingStore(opened.store))

    def export(folder: Path) -> None:
        result = export_site(site, folder / "site", ROOT)
        (folder / "result.pickle").write_bytes(pickle.dumps(result))

    folder = shared_folder(tmp_path_factory, "export", export)
    result: ExportResult = pickle.loads((folder / "result.pickle").read_bytes())  # noqa: S301 - written above
    return Exported(site, folder / "site", result)
