"""What the styles and numberings of a DOCX file say of a paragraph: whether it is a heading, and its number.

Word prints the numbers of a list and does not write them into the text (ECMA-376, part 1, section 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.readers.list_numbering import STYLES, numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

_HEADING: Final = re.compile(r"(?:heading \d|title)\Z", re.IGNORECASE)
_LEVEL: Final = re.compile(r"%([1-9])")
_NUMBER: Final = re.compile(r"-?\d{1,6}\Z")
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with what it takes over from those it is based on.

    Attributes:
        is_heading: whether it is for headings.
        is_strong: whether its characters are bold.
        is_struck: whether they are struck out; None if it does not say.
        is_hidden: whether they are hidden; None if it does not say.
        numbering: the numbering of its paragraphs; empty for none.
        level: the level in it.
        is_raised: whether its characters stand above the line; None if it does not say.
    """

    is_heading: bool = False
    is_strong: bool = False
    numbering: str = ""
    level: int = 0
    is_struck: bool | None = None
    is_hidden: bool | None = None
    is_raised: bool | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numberings:
    """The numberings of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, numbering: str, level: int) -> str:
        """Count one more paragraph of a numbering.

        Returns:
            What is printed before it; empty for a bullet and for what is not known.
        """
        abstract = self.abstract.get(numbering, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        restart = self.restarts.get(numbering, {}).pop(level, None)
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].style not in STYLES:
            return ""

        def said(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            its = levels.get(of, _Level())
            return numeral(counts.get(of, its.start), its.style if its.style in STYLES else "decimal")

        return _LEVEL.sub(said, levels[level].text)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def value(element: Element, name: str = "val") -> str:
    """An attribute by its name without its namespace."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def number(text: str, default: int = 0) -> int:
    """A whole number of at most six digits."""
    return int(text) if _NUMBER.match(text) else default


def is_on(text: str) -> bool:
    """Whether a switch is on; one with no value is (ECMA-376, part 1, section 17.17.4)."""
    return text not in _OFF


def is_raised(name: str, said: str) -> bool:
    """Whether a property of a run raises its letters above the line (sections 17.3.2.42 and 17.3.2.24)."""
    return said == "superscript" if name == "vertAlign" else number(said) > 0


def read_styles(tree: Element) -> dict[str, Style]:
    """The styles of a document by their identifiers."""
    raw: dict[str, tuple[str, Style]] = {}
    for element in tree.iter():
        if local(element) == "style":
            raw[value(element, "styleId")] = _style(element)
    return {key: _whole(key, raw) for key in raw}


#: What a part of a style says, by its name and its value.
_SAYS: Final[dict[str, Callable[[Style, str], Style]]] = {
    "name": lambda style, said: replace(style, is_heading=style.is_heading or bool(_HEADING.match(said))),
    "outlineLvl": lambda style, said: replace(style, is_heading=style.is_heading or number(said, 9) < 9),
    "b": lambda style, said: replace(style, is_strong=is_on(said)),
    "strike": lambda style, said: replace(style, is_struck=is_on(said) or bool(style.is_struck)),
    "dstrike": lambda style, said: replace(style, is_struck=is_on(said) or bool(style.is_struck)),
    "vanish": lambda style, said: replace(style, is_hidden=is_on(said)),
    "vertAlign": lambda style, said: replace(style, is_raised=is_raised("vertAlign", said)),
    "position": lambda style, said: replace(style, is_raised=is_raised("position", said) or bool(style.is_raised)),
    "numId": lambda style, said: replace(style, numbering=said),
    "ilvl": lambda style, said: replace(style, level=number(said)),
}


def _style(element: Element) -> tuple[str, Style]:
    """A style as written, and the one it is based on."""
    based_on, style = "", Style()
    for part in element.iter():
        if local(part) == "basedOn":
            based_on = value(part)
        elif says := _SAYS.get(local(part)):
            style = says(style, value(part))
    return based_on, style


def _whole(key: str, raw: dict[str, tuple[str, Style]]) -> Style:
    """A style with what it takes over; one that is based on itself ends there."""
    is_heading = is_strong = False
    numbering, level = "", 0
    is_struck: bool | None = None
    is_hidden: bool | None = None
    raised: bool | None = None
    seen: set[str] = set()
    while key in raw and key not in seen:
        seen.add(key)
        key, style = raw[key]
        is_heading |= style.is_heading
        is_strong |= style.is_strong
        if not numbering:
            numbering, level = style.numbering, style.level
        is_struck = style.is_struck if is_struck is None else is_struck
        is_hidden = style.is_hidden if is_hidden is None else is_hidden
        raised = style.is_raised if raised is None else raised
    return Style(is_heading, is_strong, numbering, level, is_struck, is_hidden, raised)


def read_numberings(tree: Element) -> Numberings:
    """The numberings of a document."""
    found = Numberings()
    for element in tree:
        if local(element) == "abstractNum":
            levels = {number(value(each, "ilvl")): _level(each) for each in element if local(each) == "lvl"}
            found.levels[value(element, "abstractNumId")] = levels
        elif local(element) == "num":
            key = value(element, "numId")
            found.abstract[key] = next((value(each) for each in element if local(each) == "abstractNumId"), "")
            found.restarts[key] = dict(_restarts(element))
    return found


def _level(element: Element) -> _Level:
    said = {local(each): value(each) for each in element}
    return _Level(number(said.get("start", ""), 1), said.get("numFmt", "decimal"), said.get("lvlText", ""))


def _restarts(element: Element) -> Iterator[tuple[int, int]]:
    for each in element:
        if local(each) == "lvlOverride":
            for part in each:
                if local(part) == "startOverride":
                    yield number(value(each, "ilvl")), number(value(part), 1)
