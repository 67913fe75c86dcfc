"""Any bytes give lines or a reason why not, in bounded time."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.reading import read_bytes
from tests.documents.writing import ENDINGS, save_as
from tests.fuzzing import fuzz
from tests.timing import grows_with_length, takes_less_than
from tlevel_rdf.documents.document import Document, Location
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover

PROFILE = """\
# 7c. T Level in Art, Craft and Design
1. Optical Care Services
At level 4, there is the [Optician](https://example.org/a) (Accelerated) and the [Aide](#) HTQ.
For **education**, degree options may include Optometry & Vision.
- Not applicable = may be passed
| Level | Option |
| 4 | the [Optician](#a) |
"""


DOCUMENTS = {ending: save_as(PROFILE, ending) for ending in ENDINGS}


QUICK = ENDINGS[:4]


#: What a reader may take for one document on a busy machine. Here a megabyte takes 0.7 s; a reader whose time grows
#: with the square of the length would need minutes for it.
SECONDS = 10.0


PIECES = [
    *(
        b"<",
        b">",
        b"&",
        b"[",
        b"](",
        b")",
        b"**",
        b"`",
        b"\\",
        b"|",
        b"\x00",
        b"\xff",
        b"\xc2\xad",
        b"\r",
        b"\n\n",
        b"\t",
    ),
    *(b"<!--", b"<table>", b"<td", b"</p>", b"<ol>", b"<li>", b'<a href="', b"<sup>1</sup>", b"<p hidden>", b"<title>"),
    *(
        b"1. ",
        b"- ",
        b"> ",
        b"    ",
        b"```\n",
        b"![",
        b"[a]: x\n",
        b"|-|-|\n",
        b"***",
        b"&#x0;",
        b"\xef\xac\x81",
        b"-\n",
    ),
]


XML = [
    *(
        b"<w:p>",
        b"<w:p/>",
        b"</w:p>",
        b"<w:r/>",
        b"</w:r>",
        b"<w:del>",
        b"<w:tc/>",
        b"<w:t>a<w:t>b</w:t></w:t>",
        b"<w:pPr>",
    ),
    *(
        b'<w:fldChar w:fldCharType="end"/>',
        b'<w:fldChar w:fldCharType="separate"/>',
        b'<w:numId w:val="99"/>',
        b"<w:br/>",
    ),
]


edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=4)), max_size=8
)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some of them replaced."""
    for place, length, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def read_or_refused(data: bytes, name: str) -> Document | None:
    read: list[Document | None] = []
    assert takes_less_than(SECONDS, lambda: read.append(read_or_none(data, name)))
    return read[0]


def read_or_none(data: bytes, name: str) -> Document | None:
    """Return a document, or None if it is refused."""
    try:
        return read_bytes(data, name)
    except DocumentError:
        return None


def assert_sound(document: Document) -> None:
    """Lines have something to see, and everything about them lies within them."""
    for line in document.lines:
        assert line.text
        assert line.text == " ".join(line.text.split())
        assert len(line.columns) in {0, len(line.text)}
        assert line.location != Location()
        spans = [(link.start, link.end) for link in line.links]
        for starts in (spans, list(line.strong), [(offset, offset + 1) for offset, _ in line.continuations]):
            assert all(0 <= start < end <= len(line.text) for start, end in starts)
            assert all(before[1] <= after[0] for before, after in pairwise(starts))


@given(data=st.binary(max_size=400), ending=st.sampled_from(["", *QUICK]))
@fuzz(300)
def test_random_bytes(data: bytes, ending: str) -> None:
    if document := read_or_refused(data, f"a{ending}"):
        assert_sound(document)


@given(text=st.lists(st.sampled_from([piece.decode("latin-1") for piece in PIECES] + list("aB1 \n")), max_size=60))
@fuzz(400)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_markup_in_any_order(ending: str, text: list[str]) -> None:
    if document := read_or_refused("".join(text).encode(), f"a{ending}"):
        assert_sound(document)


@given(changes=edits)
@fuzz(10)
def test_pdfs_with_bytes_changed(changes: list[tuple[float, int, bytes]]) -> None:
    if document := read_or_refused(mutated(DOCUMENTS[".pdf"], changes), "a.pdf"):
        assert_sound(document)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "![",
            "[a](",
            "[[a](b)](c)",
            "*a ",
            "**a",
            "`a",
            "<",
            "](",
            "&",
            "\\",
            "_a_",
            "|",
            "> ",
            "- a\n",
            "[a]: b\n\n",
        ),
        *(
            "<a",
            "<a b=",
            "<a b='",
            "<!--",
            "<!",
            "</",
            "<a b",
            "a<",
            "<i>x</i>",
            "<p>x",
            "<td>x",
            "<script>",
            "<sup>1</sup>",
        ),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_time_grows_only_with_the_length(piece: str, ending: str) -> None:
    def reading(length: int) -> Callable[[], object]:
        return partial(read_or_none, (piece * (length // len(piece))).encode(), f"a{ending}")

    assert grows_with_length(reading, 30_000)
    assert takes_less_than(SECONDS, reading(30_000))


def test_a_megabyte_of_profiles_is_read_in_seconds() -> None:
    data = (PROFILE * (1_000_000 // len(PROFILE))).encode()
    read: list[Document | None] = []
    assert takes_less_than(SECONDS, lambda: read.append(read_or_none(data, "a.txt")))
    assert read[0] is not None
    assert len(read[0].lines) > 4000


@pytest.mark.parametrize("ending", QUICK)
def test_time_for_profiles_grows_only_with_their_number(ending: str) -> None:
    def reading(number: int) -> Callable[[], None]:
        data = save_as(PROFILE * number, ending)

        def read() -> None:
            document = read_or_none(data, f"a{ending}")
            assert document is not None
            assert len(document.lines) > 5 * number

        return read

    assert grows_with_length(reading, 200)
