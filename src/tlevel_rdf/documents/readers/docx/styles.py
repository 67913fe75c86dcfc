"""Paragraph styles and list numbering of a DOCX file (ECMA-376, part 1, 17.7 and 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast

from tlevel_rdf.documents.readers.html.look import BLACK, WHITE, is_faint
from tlevel_rdf.documents.readers.list_numbering import STYLES, number, numeral

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from tlevel_rdf.documents.readers.html.look import Colour

_HEADING: Final = re.compile(r"(?:heading \d|title)\Z", re.IGNORECASE)
_LEVEL: Final = re.compile(r"%([1-9])")
_COLOUR: Final = re.compile(r"[0-9A-Fa-f]{6}\Z")
#: Half-points.
_TINY: Final = 2
_OFF: Final = frozenset({"0", "false", "off", "none"})


class Properties(TypedDict, total=False):
    """Properties of a paragraph, a run or a style, without those that it does not set."""

    is_heading: bool
    #: The identifier of the list numbering; `0` for none.
    numbering: str
    #: The level in that numbering.
    level: int
    is_strong: bool
    is_struck: bool
    is_hidden: bool
    #: True for letters of 1 point or less.
    is_tiny: bool
    #: True for letters as white as paper.
    is_white: bool
    #: True if the ground is shaded or highlighted.
    has_ground: bool
    #: True for text above the line.
    is_raised: bool


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a numbering: its first number, the style of its numbers, and the pattern of its labels."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""


@dataclass(slots=True)
class Numberings:
    """The list numberings of a document, and the numbers reached in each."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, numbering: str, level: int) -> str:
        """Count one more paragraph of a numbering.

        Returns:
            The label that Word shows before it; empty for a bullet and for an unknown numbering.
        """
        abstract = self.abstract.get(numbering, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        following = counts[level] + 1 if level in counts else levels[level].start
        counts[level] = self.restarts.get(numbering, {}).pop(level, following)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].style not in STYLES:
            return ""

        def numeral_of(match: re.Match[str]) -> str:
            other = levels.get(at := int(match[1]) - 1, _Level())
            return numeral(counts.get(at, other.start), other.style if other.style in STYLES else "decimal")

        return _LEVEL.sub(numeral_of, levels[level].pattern)


def is_on(text: str) -> bool:
    """Return True if a switch is on, as one without a value is (ECMA-376, part 1, 17.17.4)."""
    return text not in _OFF


def _colour(text: str) -> Colour:
    """Return a colour by its hexadecimal digits; letters without any are black (17.18.5)."""
    if not _COLOUR.match(text):
        return BLACK
    red, green, blue = bytes.fromhex(text)
    return red / 255, green / 255, blue / 255


#: The property that an element sets, and its value. `outlineLvl` and `dstrike` do not take back what others set.
#: `webHidden` is not among them: it hides text in the view as a web page only (17.3.2.44), so that Word prints it.
_SETTINGS: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "outlineLvl": ("is_heading", lambda value: number(value, 9) < 9 or None),
    "numId": ("numbering", str),
    "ilvl": ("level", number),
    "b": ("is_strong", is_on),
    "vanish": ("is_hidden", is_on),
    "strike": ("is_struck", is_on),
    "dstrike": ("is_struck", lambda value: is_on(value) or None),
    "sz": ("is_tiny", lambda value: number(value, 20) <= _TINY),
    "color": ("is_white", lambda value: is_faint(_colour(value), WHITE)),
    "highlight": ("has_ground", lambda value: value not in {"none", "white"}),
    "vertAlign": ("is_raised", lambda value: value == "superscript"),
    "position": ("is_raised", lambda value: number(value) > 0),
}


def properties_of(*elements: Element | None) -> Properties:
    """Return the properties that elements such as `pPr` and `rPr` set."""
    found: dict[str, Any] = {}
    for element in elements:
        for child in () if element is None else (*element, *element.iterfind("numPr/*")):
            name, read = _SETTINGS.get(child.tag, ("", str))
            if name and (setting := read(child.get("val", ""))) is not None:
                found[name] = setting
            elif child.tag == "shd":
                fill = child.get("fill", "auto")
                found["has_ground"] = bool(_COLOUR.match(fill)) and not is_faint(_colour(fill), WHITE)
    return cast("Properties", found)


def read_styles(tree: Element) -> dict[str, Properties]:
    """Return the properties of the styles of a document, by their identifiers."""
    own: dict[str, tuple[str, Properties]] = {}
    for style in tree.iterfind("style"):
        properties = properties_of(style.find("pPr"), style.find("rPr"))
        if _HEADING.match(value_of(style, "name")):
            properties["is_heading"] = True
        own[style.get("styleId", "")] = (value_of(style, "basedOn"), properties)
    return {key: _inherited(key, own) for key in own if key}


def _inherited(key: str, own: dict[str, tuple[str, Properties]]) -> Properties:
    """Return the properties of a style and of those it is based on; a circle of styles ends where it began."""
    found: Properties = {}
    seen: set[str] = set()
    while key in own and key not in seen:
        seen.add(key)
        key, properties = own[key]
        found = {**properties, **found}
    return found


def read_numberings(tree: Element) -> Numberings:
    """Return the list numberings of a document."""
    found = Numberings()
    for element in tree.iterfind("abstractNum"):
        levels = {number(each.get("ilvl", "")): _level(each) for each in element.iterfind("lvl")}
        found.levels[element.get("abstractNumId", "")] = levels
    for element in tree.iterfind("num"):
        key = element.get("numId", "")
        found.abstract[key] = value_of(element, "abstractNumId")
        found.restarts[key] = {
            number(each.get("ilvl", "")): number(value_of(each, "startOverride"), 1)
            for each in element.iterfind("lvlOverride")
            if each.find("startOverride") is not None
        }
    return found


def _level(element: Element) -> _Level:
    style = value_of(element, "numFmt") or "decimal"
    return _Level(number(value_of(element, "start"), 1), style, value_of(element, "lvlText"))


def value_of(element: Element | None, path: str) -> str:
    """Return the value of an element within another; empty if one of them does not exist."""
    child = None if element is None else element.find(path)
    return "" if child is None else child.get("val", "")
