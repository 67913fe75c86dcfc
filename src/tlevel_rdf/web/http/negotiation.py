"""Every media type that the site knows, and the choice among those that a resource offers.

The choice is RFC 9110, section 12.5.1: the most specific range that matches a type gives its quality, the
highest quality wins, and what the server offers first wins among equals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.web.http.media_types import MediaType


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an Accept header.

    Attributes:
        main: the type, or `*`.
        sub: the subtype, or `*`.
        quality: from 0 to 1.
        parameters: names in lower case, without the weight.
    """

    main: str
    sub: str
    quality: float = 1.0
    parameters: Mapping[str, str] = field(default_factory=dict)

    def specificity(self, offer: MediaType) -> int | None:
        """How closely this range names an offer; None if it does not.

        A range with a parameter that the offer does not have still names it, less closely than the bare type
        does: a profile of JSON-LD is a wish (RFC 6906, section 3), and who asks for `text/turtle;version=1.2` is
        better served with Turtle than with nothing. To refuse a parameter says nothing about the bare type.
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
        met = all(name == "charset" and value.lower() == "utf-8" for name, value in self.parameters.items())
        if not met:
            return 2 if self.quality > 0 else None
        return 4 if self.parameters else 3


TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"  # noqa: S105 - the token of RFC 9110, section 5.6.2
# Headers are the client's, so no place may be tried twice: each repetition is possessive, and takes what no later
# part of its pattern could want.
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_QUOTED_STRING: Final = re.compile(_QUOTED, re.DOTALL)
_MARK: Final = re.compile('[,"]')
_RANGE: Final = re.compile(rf"\s*+({TOKEN})/({TOKEN})\s*+((?:;.*+)?+)$", re.DOTALL)
_PARAMETER: Final = re.compile(rf"\s*+;\s*+(?:({TOKEN})=({TOKEN}|{_QUOTED}))?", re.DOTALL)
_WEIGHT: Final = re.compile(r"0?\.\d*|0|1(?:\.0*)?")
#: Clients send few different headers, and read again and again they cost more than they say. Longer ones are not kept.
_LONGEST_KEPT: Final = 500


def parse_media_ranges(accept: str) -> list[MediaRange]:
    """The members of an Accept header that can be understood; others are passed over.

    >>> [(r.sub, r.quality) for r in media_ranges("text/html;q=0.5, nonsense, text/turtle;q=7")]
    [('html', 0.5)]
    """
    return [found for member in split_list(accept) if (found := _parse_media_range(member)) is not None]


def split_list(value: str) -> Iterator[str]:
    """The members of a list (RFC 9110, section 5.6.1): what is between the commas outside of quoted strings.

    A quotation mark that is never closed is a character as others are.

    >>> list(members('a;b="c,d",e;f="g,h'))
    ['a;b="c,d"', 'e;f="g', 'h']
    """
    begin = place = 0
    while mark := _MARK.search(value, place):
        place = mark.end()
        if mark.group() == ",":
            yield value[begin : mark.start()]
            begin = place
        elif quoted := _QUOTED_STRING.match(value, mark.start()):
            place = quoted.end()
        else:
            # What follows has no mark that would close one, else it would have closed this one: all is plain.
            first, *rest = value[place:].split(",")
            yield value[begin:place] + first
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
    place = 0
    while place < len(rest):
        parameter = _PARAMETER.match(rest, place)
        if parameter is None:
            return None
        place = parameter.end()
        if parameter[1]:
            parameters[parameter[1].lower()] = _unquoted(parameter[2])
    quality = parse_quality(parameters.pop("q", "1"))
    return None if quality is None else MediaRange(main, sub, quality, parameters)


def parse_quality(text: str) -> float | None:
    """A weight (RFC 9110, section 12.4.2), with as many digits as are sent; None if it is none.

    >>> weight("0.5"), weight("2")
    (0.5, None)
    """
    if _WEIGHT.fullmatch(text) is None:
        return None
    return float(text) if text != "." else 0.0


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def best_match(accept: str | None, offers: Sequence[MediaType]) -> MediaType | None:
    """The offer that an Accept header likes best (RFC 9110, section 12.5.1).

    Args:
        accept: all Accept headers joined by commas. None, or one of which nothing can be understood, takes
            anything.
        offers: in the server's order; the first wins among equals.

    Returns:
        The offer, or None if the client takes none of them.
    """
    return next(iter(acceptable_offers(accept, offers)), None)


def acceptable_offers(accept: str | None, offers: Sequence[MediaType]) -> tuple[MediaType, ...]:
    """The offers that an Accept header takes, the one that it likes best first; see `best_match`."""
    if accept is None:
        return tuple(offers)
    return (_acceptable_offers if len(accept) <= _LONGEST_KEPT else _acceptable_offers.__wrapped__)(
        accept, tuple(offers)
    )


@lru_cache(maxsize=1024)
def _acceptable_offers(accept: str, offers: tuple[MediaType, ...]) -> tuple[MediaType, ...]:
    ranges = parse_media_ranges(accept)
    if not ranges:
        return offers
    qualities = {offer: _quality(offer, ranges) for offer in offers}
    return tuple(sorted(filter(qualities.__getitem__, offers), key=qualities.__getitem__, reverse=True))


def _quality(offer: MediaType, ranges: Sequence[MediaRange]) -> float:
    matches = [(found, r.quality) for r in ranges if (found := r.specificity(offer)) is not None]
    return max(matches)[1] if matches else 0.0
