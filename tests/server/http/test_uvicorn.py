"""The parts of uvicorn that the protocol leans on are those that it was written for."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

#: The beginnings of the SHA-256 of the sources. If one differs, read the change, check the list in `protocol`, run all
#: tests of the server, and write the new value here.
SOURCES: dict[Any, str] = {
    HttpToolsProtocol: "18fdf324b11bf160",
    RequestResponseCycle: "e67d470d435dcc1c",
    uvicorn.Server.startup: "2aa1d70a244bfcf2",
    uvicorn.Server.shutdown: "9b33c50562992b1e",
    uvicorn.Server._serve: "4575b7a50adfede8",  # noqa: SLF001
}


def test_the_overridden_parts_of_uvicorn_have_not_changed() -> None:
    found = {part: hashlib.sha256(inspect.getsource(part).encode()).hexdigest()[:16] for part in SOURCES}
    assert found == SOURCES
