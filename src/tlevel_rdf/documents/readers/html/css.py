"""Style sheets → the properties of an element that hide, strike out or stress its text.

A selector can be one compound of a type, classes, an identifier and attributes. `Styles` reports every other rule that
hides text, such as one with a combinator or a condition. tinycss2 parses; nothing is fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tlevel_rdf.documents.readers.html.look import Look
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_STYLE_CHARACTERS, MAX_STYLE_MATCHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.documents.readers.html.tokenizer import Tag

    #: The tokens of a value, without spaces and comments.
    Value = Sequence[Any]

#: A compound selector, and its parts. A name with an escape is not understood.
_COMPOUND: Final = re.compile(
    r"""(?:\*|(?P<type>[a-z][\w-]*))?(?:[.#][\w-]+|\[\s*[\w-]+\s*(?:=\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*)?\])*""",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"""(?P<mark>[.#])(?P<word>[\w-]+)|\[\s*(?P<name>[\w-]+)\s*(?:=\s*["']?(?P<value>[^"'\]]*?)["']?\s*)?\]"""
)
#: A pseudo-element, which holds no text of the page, or a state that a page does not begin in.
_STATE: Final = re.compile(r"::|:(?:before|after|first-l|hover|focus|active|visited|target)", re.IGNORECASE)
#: Media that are only print.
_PRINT: Final = re.compile(r"(?:only )?print(?: and [^,]*)?(?:, *(?:only )?print(?: and [^,]*)?)*")
_GROUND: Final = frozenset({"background", "background-color", "background-image"})
#: The properties that `Look` understands.
_RELEVANT: Final = re.compile(
    r"display|visibility|opacity|font-size|font-weight|color|background|position|left|right|top|bottom|indent|transform"
    r"|clip|overflow|width|height|decoration|margin",
    re.IGNORECASE,
)


class _Selector(NamedTuple):
    """A compound selector: an element's type, identifiers, classes, and attributes with their values."""

    type: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str | None], ...] = ()

    @property
    def key(self) -> str:
        """A word that each element has that the selector matches; empty if there is none."""
        if self.ids:
            return f"#{self.ids[0]}"
        return f".{self.classes[0]}" if self.classes else self.type

    @property
    def specificity(self) -> tuple[int, int, int]:
        """Its weight in the cascade (Selectors, level 4, section 17)."""
        return len(self.ids), len(self.classes) + len(self.attributes), bool(self.type)

    def matches(self, tag: Tag, classes: Sequence[str]) -> bool:
        """Return True if the selector matches an element."""
        return (
            self.type in {"", tag.name}
            and all(each == tag.attributes.get("id") for each in self.ids)
            and all(each in classes for each in self.classes)
            and all(
                name in tag.attributes and (value is None or tag.attributes[name] == value)
                for name, value in self.attributes
            )
        )


@dataclass(frozen=True)
class _Rule:
    """A rule: its selector, its declarations, which of them are important, and its place in the sheets."""

    selector: _Selector
    values: Mapping[str, Value]
    important: frozenset[str]
    order: int
    is_layered: bool

    @property
    def weight(self) -> tuple[bool, tuple[int, int, int], int]:
        """Its weight in the cascade: a rule in a layer counts less than any other (Cascade, level 5, section 6.4)."""
        return not self.is_layered, self.selector.specificity, self.order


@dataclass
class Styles:
    """The style sheets of a page.

    Attributes:
        unread: the rules that hide text and are not understood, and sheets that are too long.
        has_known_ground: True if the colour behind any text is known.
    """

    unread: list[str] = field(default_factory=list)
    has_known_ground: bool = True
    _rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _count: int = 0
    _characters: int = 0
    _matches: int = 0
    _is_layered: bool = False
    #: The names of attributes in selectors, and the properties of each element that the rules tell apart.
    _attributes: set[str] = field(default_factory=set)
    _own: dict[tuple[str | None, ...], Mapping[str, Value]] = field(default_factory=dict)

    def add(self, sheet: str, media: str = "") -> None:
        """Read a style sheet.

        Args:
            sheet: its text.
            media: the media that it is for; empty for all.
        """
        import tinycss2  # noqa: PLC0415 - an extra, which only pages with styles need

        if not self._has_room_for(sheet):
            return
        condition = media.strip().lower()
        if _PRINT.fullmatch(condition):
            return
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        self._read(rules, "" if condition in {"", "all", "screen"} else f"@media {media} ")

    def add_elsewhere(self) -> None:
        """Note that the page has a style sheet in another file, which may hide text."""
        self.has_known_ground = False
        self._note("a style sheet in another file, which may hide text")

    def look(self, tag: Tag, outer: Look) -> Look:
        """Return the look of the text in an element, from its own styles and the look around it.

        Raises:
            DocumentError: the sheets have too many rules for the page.
        """
        if not self._rules and "style" not in tag.attributes:
            return outer.within(tag, {})
        names = ("id", "class", "style", *self._attributes)
        key = (tag.name, *(tag.attributes.get(name) for name in names))
        if key not in self._own:
            self._own[key] = self._properties(tag)
        return outer.within(tag, self._own[key])

    def _properties(self, tag: Tag) -> Mapping[str, Value]:
        """Return the properties that the rules and its own `style` give an element."""
        classes = tag.attributes.get("class", "").split()
        keys = {"", tag.name, f"#{tag.attributes.get('id', '')}", *(f".{each}" for each in classes)}
        near = [rule for key in keys for rule in self._rules.get(key, ())]
        self._matches += len(near)
        if self._matches > MAX_STYLE_MATCHES:
            message = "the style sheets have too many rules for the elements of the page"
            raise DocumentError(message, hint="save the page again from a browser, or give its text")
        rules = [rule for rule in near if rule.selector.matches(tag, classes)]
        rules.sort(key=lambda rule: rule.weight)
        declared = [(rule.values, rule.important) for rule in rules]
        declared.append(self._inline(tag.attributes.get("style", "")))
        own: dict[str, Value] = {}
        for values, _ in declared:
            _set(own, values)
        for values, important in declared:
            _set(own, {name: value for name, value in values.items() if name in important})
        return own

    def _has_room_for(self, text: str) -> bool:
        self._characters += len(text)
        if self._characters <= MAX_STYLE_CHARACTERS:
            return True
        self._note(f"style sheets of more than {MAX_STYLE_CHARACTERS:,} characters")
        return False

    def _note(self, what: str) -> None:
        if what not in self.unread:
            self.unread.append(what)

    def _inline(self, style: str) -> tuple[Mapping[str, Value], frozenset[str]]:
        """Return the declarations of a `style` attribute, and which of them are important."""
        if not _RELEVANT.search(style) or not self._has_room_for(style):
            return {}, frozenset()
        import tinycss2  # noqa: PLC0415 - see `add`

        return _declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))

    def _read(self, rules: Sequence[Any], condition: str) -> None:
        import tinycss2  # noqa: PLC0415 - see `add`

        for rule in rules:
            if rule.type == "at-rule":
                self._read_at_rule(rule, condition)
            elif rule.type == "qualified-rule":
                content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                values, important = _declarations(content)
                for selector in _selectors(rule.prelude):
                    self._add_rule(selector, condition, values, important)
                name = tinycss2.serialize(rule.prelude).strip()
                nested = [each for each in content if each.type in {"qualified-rule", "at-rule"}]
                self._read([each for each in nested if each.type == "qualified-rule"], f"{condition}{name} ")
                for each in nested:
                    if each.type == "at-rule" and each.content:
                        within = tinycss2.parse_blocks_contents(each.content)
                        where = f"@{each.lower_at_keyword} {tinycss2.serialize(each.prelude).strip()} "
                        self._add_rule(name, f"{condition}{where}", *_declarations(within))

    def _read_at_rule(self, rule: Any, condition: str) -> None:
        import tinycss2  # noqa: PLC0415 - see `add`

        keyword, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude).strip()
        if keyword == "import":
            self.add_elsewhere()
        if keyword not in {"media", "supports", "layer", "container", "scope"} or rule.content is None:
            return
        words = prelude.lower()
        if keyword == "media" and _PRINT.fullmatch(words):
            return
        is_plain = keyword == "layer" or words in {"all", "screen", "only screen"}
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        outer, self._is_layered = self._is_layered, self._is_layered or keyword == "layer"
        self._read(inside, condition if is_plain else f"{condition}@{keyword} {prelude} ")
        self._is_layered = outer

    def _add_rule(self, selector: str, condition: str, values: Mapping[str, Value], important: frozenset[str]) -> None:
        """Add a rule for one selector, or report it if it hides text and is not understood."""
        # A selector that excludes a state is about the page as it begins, and is not understood.
        if not values or (_STATE.search(selector) and ":not(" not in selector.lower()):
            return
        compound = None if condition else _COMPOUND.fullmatch(selector)
        if compound:
            self._count += 1
            rule = _Rule(_selector(compound), values, important, self._count, self._is_layered)
            self._rules[rule.selector.key].append(rule)
            self._attributes.update(name for name, _ in rule.selector.attributes)
            self._own.clear()
            return
        self.has_known_ground = self.has_known_ground and _GROUND.isdisjoint(values)
        if Look(colour=None, ground=None).within(None, values).reason:
            self._note(f"a rule of the style sheet that hides text, “{condition}{selector[:200]}”")


def _declarations(content: Sequence[Any]) -> tuple[dict[str, Value], frozenset[str]]:
    """Return the values of the relevant properties, and the names of the important ones."""
    values: dict[str, Value] = {}
    important: set[str] = set()
    for each in content:
        if each.type != "declaration" or not _RELEVANT.search(each.lower_name):
            continue
        if each.important or each.lower_name not in important:
            tokens = [token for token in each.value if token.type not in {"whitespace", "comment"}]
            _set(values, {each.lower_name: tokens})
        if each.important:
            important.add(each.lower_name)
    return values, frozenset(important)


def _set(values: dict[str, Value], more: Mapping[str, Value]) -> None:
    """Set properties; `background` takes back the parts of it that were set before."""
    if "background" in more:
        for part in ("background-color", "background-image"):
            values.pop(part, None)
    values.update(more)


def _selectors(prelude: Sequence[Any]) -> Iterator[str]:
    """Yield the selectors of a list."""
    import tinycss2  # noqa: PLC0415 - see `Styles.add`

    for is_comma, part in groupby(prelude, key=lambda token: token.type == "literal" and token.value == ","):
        if not is_comma:
            yield tinycss2.serialize(part).strip()


def _selector(compound: re.Match[str]) -> _Selector:
    parts = [*_PART.finditer(compound[0])]
    attributes = tuple((part["name"].lower(), part["value"]) for part in parts if part["name"])
    ids, classes = (tuple(part["word"] for part in parts if part["mark"] == mark) for mark in "#.")
    return _Selector((compound["type"] or "").lower(), ids, classes, attributes)
