"""Lines that are written in a thread of their own."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from tests.web.conftest import wait_until
from tlevel_rdf.server import line_writer
from tlevel_rdf.server.line_writer import LineWriter

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_lines_are_written_in_order_and_dropped_when_the_file_is_closed(tmp_path: Path) -> None:
    name = tmp_path / "log"
    with name.open("a", encoding="utf-8") as file:
        writer = LineWriter(file)
        for number in range(500):
            writer.write(f"{number} é\ud800\n")
        writer.wait()
    lines = name.read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines] == [str(number) for number in range(500)]
    writer.write("after the end\n")
    writer.wait()
    assert writer.dropped == 1


def test_a_file_in_memory_takes_lines() -> None:
    file = io.StringIO()
    writer = LineWriter(file)
    writer.write("a\n")
    writer.wait()
    assert file.getvalue() == "a\n"


def test_too_many_lines_are_dropped_and_the_writer_recovers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_writer, "MAX_QUEUED_LOG_LINES", 10)
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as reader, os.fdopen(theirs, "w", encoding="utf-8") as pipe:
        writer = LineWriter(pipe)
        results: list[bool] = []

        def is_full() -> bool:
            # The pipe takes 65 lines and a part of one, and the queue ten. Before, the thread may only be slow.
            results.append(bool(writer.write("a" * 999 + "\n")))
            return not results[-1] and sum(results) > 70

        assert wait_until(is_full)
        assert writer.dropped == results.count(False)
        received = b"".join(reader.readline() for _ in range(70))
        assert received == (b"a" * 999 + b"\n") * 70
        assert wait_until(lambda: bool(writer.write("b\n")))
        os.set_blocking(theirs, False)
