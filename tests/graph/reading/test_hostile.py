"""Damaged RDF files give quads or an error of this package, and never end the process."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tests.graph.reading.faulty import BASE
from tlevel_rdf.errors import InputError
from tlevel_rdf.graph.reading.rdf_files import read_rdf

if TYPE_CHECKING:
    from pathlib import Path

TURTLE: Final = b"""@prefix e: <http://e.org/> .
e:a e:p 'x'@en , [ e:q ( 1 2.5 ) ] ; a e:C .
e:b e:p <<( e:a e:p "y"^^e:d )>> .
"""
SAMPLES: Final = {
    "a.ttl": TURTLE,
    "a.nq": b'<http://e.org/a> <http://e.org/p> "x\\u00e9"@en <http://e.org/g> .\n_:b <http://e.org/p> _:c .\n',
    "a.rdf": b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rdf:RDF>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">
<e:A rdf:about="a" e:q="x"><e:p xml:lang="en">x&amp;</e:p><e:p rdf:parseType="Literal"><b/></e:p>
<e:p rdf:parseType="Collection"><e:B rdf:nodeID="n"/></e:p></e:A></rdf:RDF>
""",
    "a.jsonld": b"""{"@context": {"e": "http://e.org/", "n": {"@id": "e:n", "@container": "@language"}, "@base": "x"},
 "@id": "e:a", "@type": "e:C", "n": {"en": "x", "cy": ["y"]},
 "e:p": [1, 2.5, true, null, {"@list": ["z", {"@id": "b"}]}],
 "@included": [{"@id": "e:c", "@graph": [{"@id": "e:d", "e:q": {"@value": "1", "@type": "e:t"}}]}]}
""",
    "a.ttl.gz": gzip.compress(TURTLE, mtime=0),
}
PIECES: Final = (
    *(b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"<<(", b")>>", b"\\", b"\x00", b"\xff", b"\n"),
    *(b"null", b"@context", b"@id", b"@graph", b"@vocab", b"rdf:li", b"xml:lang", b"&x;", b"<!ENTITY a 'b'>"),
    *(b"\xef\xbb\xbf", b"1e999"),
)
CHANGES: Final = st.lists(
    st.tuples(st.integers(0, 800), st.integers(0, 20), st.sampled_from(PIECES), st.integers(0, 3)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_valid(name: str, folder: Path) -> None:
    (folder / name).write_bytes(SAMPLES[name])
    assert list(read_rdf([folder / name], BASE))


@pytest.mark.parametrize("name", SAMPLES)
@fuzz(200)
@given(changes=CHANGES)
def test_a_damaged_file_gives_quads_or_an_error(
    name: str, changes: list[tuple[int, int, bytes, int]], folder: Path
) -> None:
    data = SAMPLES[name]
    for position, removed, piece, times in changes:
        start = position % (len(data) + 1)
        data = data[:start] + piece * times + data[start + removed :]
    (folder / name).write_bytes(data)
    error = error_in(folder / name)
    assert error is None or (error.hint and str(folder / name) in error.message)


def error_in(file: Path) -> InputError | None:
    try:
        list(read_rdf([file], BASE))
    except InputError as error:
        return error
    return None
