"""The most memory that a server can take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tlevel_rdf.limits import FAST_WORKERS, SPARE_WORKERS
from tlevel_rdf.server.memory import (
    max_bytes,
    max_bytes_with_two_releases,
    max_connection_bytes,
    max_server_bytes,
)
from tlevel_rdf.settings import Settings

SETTINGS = Settings(workers=2)


@pytest.mark.parametrize(
    ("name", "more", "times"),
    [
        ("cache", 1_000, 1),
        ("buffers", 1_000, 1),
        ("connections", 1, 65_536),
        ("answer_bytes", 1_000, 2 * (FAST_WORKERS + 1) * 2),
        ("memory", 1_000, 0),
    ],
)
def test_the_server_itself_takes_what_it_holds_for_clients(name: str, more: int, times: int) -> None:
    larger = replace(SETTINGS, **{name: getattr(SETTINGS, name) + more})
    assert max_server_bytes(larger) - max_server_bytes(SETTINGS) == more * times


def test_one_connection_holds_one_request_and_one_answer() -> None:
    least = SETTINGS.body_bytes + SETTINGS.answer_bytes
    assert least < max_connection_bytes(SETTINGS) < least + 1_000_000


def test_each_worker_takes_the_memory_of_the_setting() -> None:
    workers = 2 * (FAST_WORKERS + 1 + SPARE_WORKERS)
    larger = replace(SETTINGS, memory=SETTINGS.memory + 1)
    assert max_bytes(larger) - max_bytes(SETTINGS) == workers
    assert max_bytes_with_two_releases(larger) - max_bytes_with_two_releases(SETTINGS) == 2 * workers


def test_one_answer_and_one_body_always_fit() -> None:
    small = replace(SETTINGS, buffers=16_000_000)
    assert max_server_bytes(SETTINGS) - max_server_bytes(small) == SETTINGS.buffers - 65_000_000
