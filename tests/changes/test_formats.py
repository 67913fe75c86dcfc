"""Changes as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

from tlevel_rdf.changes.change import Change, Kind
from tlevel_rdf.changes.formats import to_csv, to_json, to_text

ADDED = Change(Kind.ADDED, "x:a", 'A "new", one', "Degree", sources=("S",))
MOVED = Change(Kind.CHANGED, "x:b", "B", predicate="x:p", name="line", old=("1", "2"), new=("3",), is_about_source=True)


def test_changes_in_meaning_come_before_those_of_sources() -> None:
    text = "".join(to_text([MOVED, ADDED]))
    assert text.splitlines() == [
        'A "new", one (Degree) added (S)',
        "",
        "Only the source has changed, or a name that another line explains:",
        "  B: line 1, 2 → 3",
        "",
        "1 change, and 1 change of sources only",
    ]
    assert "".join(to_text([])) == "\n0 changes, and 0 changes of sources only\n"
    assert "".join(to_text([MOVED])).startswith("No change in meaning.\n")


def test_json_has_every_field_and_the_sentence() -> None:
    read = json.loads("".join(to_json([ADDED, MOVED])))
    assert [change["text"] for change in read] == [ADDED.text, MOVED.text]
    assert (read[1]["old"], read[1]["is_about_source"]) == (["1", "2"], True)
    assert json.loads("".join(to_json([]))) == []


def test_a_csv_reader_reads_the_rows() -> None:
    [added, moved] = csv.DictReader(io.StringIO("".join(to_csv([ADDED, MOVED])), newline=""))
    assert (added["title"], added["is_about_source"], added["old"]) == ('A "new", one', "false", "")
    assert moved["old"] == "1\n2"
