"""Records are read one at a time, in little memory."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.reference.updating import json_records
from tlevel_rdf.reference.updating.download import DownloadError
from tlevel_rdf.reference.updating.json_records import read_records

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("value", [[], [{}], [1, 23, "a", None, {"b": [{"c": "é}"}]}], {"a": 1}])
@pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 20])
def test_records_are_those_of_the_standard_library(
    value: object, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "_CHUNK", chunk)
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(value, ensure_ascii=False, indent=1).encode())
    records = value if isinstance(value, list) else [value]
    assert list(read_records(path)) == list(enumerate(records, start=1))


def test_memory_is_bounded_by_a_record_and_not_by_the_file(tmp_path: Path) -> None:
    record = json.dumps({"referenceNumber": "ST0001", "text": "x" * 40_000})
    path = tmp_path / "x.json"
    path.write_text(f"[{','.join([record] * 1_000)}]", encoding="utf-8")
    tracemalloc.start()
    assert sum(1 for _ in read_records(path)) == 1_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert peak < 10_000_000


def test_a_record_and_a_list_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_text("[1, 2, 3]", encoding="utf-8")
    monkeypatch.setattr(json_records, "MAX_DOWNLOAD_RECORDS", 2)
    with pytest.raises(DownloadError, match="more than 2 records"):
        list(read_records(path))
    monkeypatch.setattr(json_records, "_CHUNK", 10)
    monkeypatch.setattr(json_records, "MAX_DOWNLOAD_RECORD_CHARACTERS", 100)
    path.write_text(f'["{"x" * 200}"]', encoding="utf-8")
    with pytest.raises(DownloadError, match="more than 100 characters"):
        list(read_records(path))


@pytest.mark.parametrize(
    ("content", "code", "line", "message"),
    [
        (b'[{"referenceNumber": "ST0001"}', "TLR112", 1, "Record 1 cannot be read: a comma or ]"),
        (b'[\n{"referenceNumber": "ST0001", "ti', "TLR112", 2, "Record 1 cannot be read: unterminated"),
        (b'[{"referenceNumber": "ST0001"},\n', "TLR112", 2, "Record 2 cannot be read"),
        (b'[{"referenceNumber": "ST0001"}] []', "TLR112", 1, "something follows the list"),
        (b'{"referenceNumber": NaN}', "TLR112", 1, "a number that JSON does not allow"),
        (b'{"referenceNumber": ' + b"9" * 5000 + b"}", "TLR112", 1, "does not allow"),
        (b'{"referenceNumber": ' + b"[" * 100_000, "TLR112", 1, "nested too deeply"),
        (b'[{"referenceNumber": "\xe9"}]', "TLR103", None, "0xe9 is not UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_with_the_number_of_the_record(
    content: bytes, code: str, line: int | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(DownloadError) as caught:
        list(read_records(path))
    (finding,) = caught.value.findings
    assert (finding.code, finding.line, message in finding.message) == (code, line, True), finding
    assert finding.hint
