"""The ends of heads and bodies."""

from __future__ import annotations

import pytest

from tlevel_rdf.server.http.framing import (
    End,
    Framer,
    FramingError,
    TrailersTooLargeError,
    content_length,
    without_upgrade,
)

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nuPGRADE:\r\nA: b\r\n\r\n"
CHUNKED = b"3;a=b\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"


def parts_of(pieces: list[bytes], length: int | None) -> list[tuple[bytes, End]]:
    """Return the parts that a framer finds in one request that arrives in pieces."""
    framer, held, parts = Framer(), b"", []
    for piece in pieces:
        held += piece
        while end := framer.end_of_part(held, 0):
            parts.append((held[:end], framer.end))
            held = held[end:]
            if framer.end is End.HEAD:
                framer.begin_body(length)
            if framer.end is End.REQUEST:
                return [*parts, (held, End.INSIDE)]
    raise AssertionError("the request has no end")


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1_000])
@pytest.mark.parametrize(("body", "length"), [(CHUNKED, None), (b"\r\n\r\nGET / HTTP/1.1\r\n\r\n", 22)])
def test_a_request_ends_at_the_same_place_in_any_pieces(step: int, body: bytes, length: int | None) -> None:
    sent = HEAD + body
    parts = parts_of([sent[start : start + step] for start in range(0, len(sent), step)], length)
    ends = [end for _, end in parts[:-1]]
    assert b"".join(part for part, _ in parts) == sent
    assert (ends.count(End.HEAD), ends.count(End.REQUEST)) == (1, 1)
    head = b"".join(without_upgrade(part) for part, _ in parts[: ends.index(End.HEAD) + 1])
    assert b"upgrade:" not in head.lower()
    assert head.count(b"x-ignored:") == 2


def test_what_follows_a_request_is_left() -> None:
    for body, length in ((CHUNKED, None), (b"abc", 3), (b"", 0)):
        parts = parts_of([HEAD, body + b"GET / "], length) if body else [(HEAD, End.HEAD), (b"GET / ", End.INSIDE)]
        assert parts[-1][0] == b"GET / "


@pytest.mark.parametrize("sent", [b"x\r\n", b"-1\r\n", b"\r\n", b"5\n", b"0x5\r\n", b"1" * 16 + b"\r\n", b" 5\r\n"])
def test_the_size_of_a_chunk_is_a_hexadecimal_number(sent: bytes) -> None:
    framer = Framer()
    framer.begin_body(None)
    with pytest.raises(FramingError):
        framer.end_of_part(sent, 0)


@pytest.mark.parametrize("first", [b"5;", b"0\r\n", b"0\r\nA: "])
def test_extensions_and_trailers_are_bounded(first: bytes) -> None:
    framer = Framer()
    framer.begin_body(None)
    framer.end_of_part(first, 0)
    line = b"a" * 99 + (b"\r\n" if first.startswith(b"0\r\n") else b"")
    for _ in range(40):
        framer.end_of_part(line, 0)
    with pytest.raises(TrailersTooLargeError):
        framer.end_of_part(line * 50, 0)


@pytest.mark.parametrize(
    ("value", "length"), [(b"0", 0), (b"12", 12), (b"0" * 9_000 + b"7", 7), (b"9" * 19, 10**19 - 1)]
)
def test_a_length_may_begin_with_zeros(value: bytes, length: int) -> None:
    assert content_length(value) == length


@pytest.mark.parametrize("value", [b"", b"-1", b"5x", b"1" * 20, b"1 2", "²".encode()])
def test_a_length_is_a_number(value: bytes) -> None:
    with pytest.raises(FramingError):
        content_length(value)
