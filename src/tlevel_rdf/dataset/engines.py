"""Datasets on engines elsewhere, and the load of a release into one."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.errors import SettingError, requires_extra
from tlevel_rdf.release.dcat import external_metadata, release_metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tlevel_rdf.release.dcat import DatasetMetadata
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.store.remote.store import RemoteStore

#: What the commands open: a file, a folder, or the URL of an engine.
Place = Path | str


def engine_url(places: Sequence[Place]) -> str | None:
    """Return the URL among the places of a command; None if they are files and folders.

    Raises:
        SettingError: a URL stands beside other places, or is not of HTTP.

    >>> engine_url(["public"]), engine_url(["http://127.0.0.1:7878/query"])
    (None, 'http://127.0.0.1:7878/query')
    """
    urls = [place for place in places if isinstance(place, str) and "://" in place]
    if not urls:
        return None
    if not urls[0].startswith(("http://", "https://")):
        raise SettingError(f"{urls[0]} is no URL of an engine", hint="it begins with http:// or https://")
    if len(places) > 1:
        raise SettingError("a SPARQL endpoint cannot be combined with others or with files", hint="give the URL alone")
    return urls[0]


def open_engine(url: str, settings: Settings) -> tuple[RemoteStore, str, str, dt.date | None, DatasetMetadata]:
    """Connect to an engine.

    Returns:
        The store, the base of its identifiers, the id of its state, its date, and what is stated about the data.

    Raises:
        EngineUnavailableError, EngineTimeoutError, EngineAnswerError: the engine does not answer as it should.
        SettingError: it holds a release with another base than the one set.
    """
    with requires_extra("remote", "A SPARQL endpoint"):
        from tlevel_rdf.store.remote.store import RemoteStore  # noqa: PLC0415 - needs an extra

    store = RemoteStore.open(url)
    release = store.release
    if release is None:
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        return store, settings.base, name, None, external_metadata(settings)
    if settings.base not in {release.base, type(settings)().base}:
        message = f"the base of the release in the engine is {release.base}, not {settings.base}"
        raise SettingError(message, hint="leave out base")
    return store, release.base, release.id, release.date, release_metadata(store, release.base, settings)


def holds_another_release(url: str, than: str) -> bool:
    """Return True if an engine holds a whole release other than the one of an id.

    Raises:
        EngineUnavailableError, EngineTimeoutError, EngineAnswerError: the engine does not answer as it should.
    """
    with requires_extra("remote", "A SPARQL endpoint"):
        from tlevel_rdf.store.remote.control import loaded_release  # noqa: PLC0415 - needs an extra
        from tlevel_rdf.store.remote.endpoint import Endpoint  # noqa: PLC0415 - needs an extra

    with closing(Endpoint(url)) as endpoint:
        release = loaded_release(endpoint)
    return release is not None and release.is_complete and release.id != than
