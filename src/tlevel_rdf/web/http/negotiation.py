"""Proactive content negotiation by the Accept header (RFC 9110, section 12.5.1).

The most specific media range that matches an offer gives the offer its quality value. The highest quality value wins,
and among equals the first offer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import MAX_CACHED_ACCEPT_CHARACTERS, MAX_CACHED_ACCEPT_HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.web.http.media_types import MediaType

TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"  # noqa: S105 - the token of RFC 9110, section 5.6.2
# Clients choose the headers, so every repetition is possessive: no part of a header is matched twice, and the time
# stays linear in the length.
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_QUOTED_STRING: Final = re.compile(_QUOTED, re.DOTALL)
_DELIMITER: Final = re.compile('[,"]')
_RANGE: Final = re.compile(rf"\s*+({TOKEN})/({TOKEN})\s*+((?:;.*+)?+)$", re.DOTALL)
_PARAMETER: Final = re.compile(rf"\s*+;\s*+(?:({TOKEN})=({TOKEN}|{_QUOTED}))?", re.DOTALL)
_QVALUE: Final = re.compile(r"0?\.\d*|0|1(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """A media range of an Accept header.

    Attributes:
        main: the type, or `*`.
        sub: the subtype, or `*`.
        quality: from 0 to 1.
        parameters: names in lower case, without `q`.
    """

    main: str
    sub: str
    quality: float = 1.0
    parameters: Mapping[str, str] = field(default_factory=dict)

    def specificity(self, offer: MediaType) -> int | None:
        """Return how specifically this range matches an offer, or None if it does not match.

        A range with a parameter that the offer does not have still matches, less specifically than a range without
        parameters: a JSON-LD profile is a preference (RFC 6906, section 3), and a client that accepts
        `text/turtle;version=1.2` prefers Turtle to an error. With quality 0, such a range does not match.
        """
        main, sub = offer.name.split("/")
        if self.main == "*":
            return 0
        if self.main != main:
            return None
        if self.sub == "*":
            return 1
        if self.sub != sub:
            return None
        if any(name != "charset" or value.lower() != "utf-8" for name, value in self.parameters.items()):
            return 2 if self.quality > 0 else None
        return 4 if self.parameters else 3


def best_match(accept: str | None, offers: Sequence[MediaType]) -> MediaType | None:
    """Return the offer that fits an Accept header best, or None if none is acceptable; see `acceptable_offers`."""
    return next(iter(acceptable_offers(accept, offers)), None)


def acceptable_offers(accept: str | None, offers: Sequence[MediaType]) -> tuple[MediaType, ...]:
    """Return the offers that an Accept header accepts, best first.

    Args:
        accept: all Accept headers joined by commas. None, or a header without a valid media range, accepts anything.
        offers: in the server's order of preference.
    """
    if accept is None:
        return tuple(offers)
    # Clients send few different headers, and parsing one costs more than looking it up.
    select = _acceptable_offers if len(accept) <= MAX_CACHED_ACCEPT_CHARACTERS else _acceptable_offers.__wrapped__
    return select(accept, tuple(offers))


@lru_cache(maxsize=MAX_CACHED_ACCEPT_HEADERS)
def _acceptable_offers(accept: str, offers: tuple[MediaType, ...]) -> tuple[MediaType, ...]:
    ranges = parse_media_ranges(accept)
    if not ranges:
        return offers
    qualities = {offer: _quality(offer, ranges) for offer in offers}
    return tuple(sorted(filter(qualities.__getitem__, offers), key=qualities.__getitem__, reverse=True))


def _quality(offer: MediaType, ranges: Sequence[MediaRange]) -> float:
    matches = [(found, r.quality) for r in ranges if (found := r.specificity(offer)) is not None]
    return max(matches)[1] if matches else 0.0


def parse_media_ranges(accept: str) -> list[MediaRange]:
    """Return the valid media ranges of an Accept header and skip all others.

    >>> [(r.sub, r.quality) for r in parse_media_ranges("text/html;q=0.5, nonsense, text/turtle;q=7")]
    [('html', 0.5)]
    """
    return [found for member in split_list(accept) if (found := _parse_media_range(member)) is not None]


def split_list(value: str) -> Iterator[str]:
    """Yield the members of a list (RFC 9110, section 5.6.1), split at the commas outside quoted strings.

    An unclosed quotation mark counts as an ordinary character.

    >>> list(split_list('a;b="c,d",e;f="g,h'))
    ['a;b="c,d"', 'e;f="g', 'h']
    """
    begin = position = 0
    while delimiter := _DELIMITER.search(value, position):
        position = delimiter.end()
        if delimiter.group() == ",":
            yield value[begin : delimiter.start()]
            begin = position
        elif quoted := _QUOTED_STRING.match(value, delimiter.start()):
            position = quoted.end()
        else:
            # No quotation mark in the rest can close a string, or it would have closed this one.
            first, *rest = value[position:].split(",")
            yield value[begin:position] + first
            yield from rest
            return
    yield value[begin:]


def _parse_media_range(member: str) -> MediaRange | None:
    match = _RANGE.match(member)
    if match is None:
        return None
    main, sub, rest = match[1].lower(), match[2].lower(), match[3].rstrip()
    if (main == "*" and sub != "*") or ("*" in main + sub and "*" not in {main, sub}):
        return None
    parameters: dict[str, str] = {}
    position = 0
    while position < len(rest):
        parameter = _PARAMETER.match(rest, position)
        if parameter is None:
            return None
        position = parameter.end()
        if parameter[1]:
            parameters[parameter[1].lower()] = _unquote(parameter[2])
    quality = parse_quality(parameters.pop("q", "1"))
    return None if quality is None else MediaRange(main, sub, quality, parameters)


def parse_quality(text: str) -> float | None:
    """Return a quality value (RFC 9110, section 12.4.2) with any number of digits, or None if it is invalid.

    >>> parse_quality("0.5"), parse_quality("2")
    (0.5, None)
    """
    if _QVALUE.fullmatch(text) is None:
        return None
    return float(text) if text != "." else 0.0


def _unquote(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
