"""Progress messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.progress import ignore_progress

if TYPE_CHECKING:
    import pytest

    from tlevel_rdf.progress import Progress


def test_messages_can_be_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    progress: Progress = ignore_progress
    progress("Reading")
    assert capsys.readouterr() == ("", "")
