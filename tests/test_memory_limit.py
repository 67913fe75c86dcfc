"""A limit on the memory of a process."""

from __future__ import annotations

import resource

import pytest

from tlevel_rdf.errors import QueryFailedError
from tlevel_rdf.memory_limit import memory_limit


def test_memory_within_the_limit_is_given() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with memory_limit(50_000_000):
        assert len(bytearray(20_000_000)) == 20_000_000
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_more_memory_is_an_error_of_the_query_and_the_limit_ends() -> None:
    with pytest.raises(QueryFailedError, match="more than 50,000,000 bytes of memory"), memory_limit(50_000_000):
        bytearray(100_000_000)
    assert len(bytearray(100_000_000)) == 100_000_000
