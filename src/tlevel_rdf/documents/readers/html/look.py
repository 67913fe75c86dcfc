"""The look of the text in an element of a page: hidden, struck out or stressed, by the properties of CSS.

One place decides when a person sees no text; readers of other formats use `is_faint` too.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tlevel_rdf.documents.document import Reason
from tlevel_rdf.documents.readers.html.tokenizer import STRUCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.documents.readers.html.tokenizer import Tag

    Value = Sequence[Any]

#: Red, green and blue, from 0 to 1.
Colour = tuple[float, float, float]
WHITE: Final = (1.0, 1.0, 1.0)
BLACK: Final = (0.0, 0.0, 0.0)
_BLUE: Final = (0.0, 0.0, 0.93)
#: Nobody sees letters whose colour differs from their ground by no more than this, or whose opacity is no more.
_FAINT: Final = 0.05
#: Elements, and attributes, that change the look of text without any style.
_TELLING: Final = STRUCK | {"a", "dialog"}
_HIDING: Final = frozenset({"hidden", "aria-hidden"})
#: Pixels: nobody sees letters of this size or less, nor text in a box of this size or less.
_TINY: Final = 1.0
#: Pixels beside the edge of the screen, at least; and the size of a large screen.
_AWAY: Final = -500.0
_FAR: Final = 5000.0
#: Pixels to a unit, on a screen of 1280 by 720 pixels with letters of 16.
_UNITS: Final = {"px": 1, "pt": 4 / 3, "em": 16, "rem": 16, "ex": 8, "ch": 8, "vw": 12.8, "vh": 7.2, "cm": 38, "in": 96}
_BOLD: Final = 600


def is_faint(colour: Colour | None, ground: Colour | None) -> bool:
    """Return True if nobody sees letters of a colour on their ground; False if either is not known."""
    if colour is None or ground is None:
        return False
    return max(abs(one - other) for one, other in zip(colour, ground, strict=True)) <= _FAINT


class Look(NamedTuple):
    """The look of text.

    Attributes:
        gone: the reason why nothing in the element is seen, whatever elements within it set.
        is_invisible: True by `visibility`, until an element within it is visible.
        is_tiny: True if the letters have no size.
        colour: the colour of the letters; None if it is not known.
        ground: the colour behind them; None if it is not known.
        is_strong: True if the element makes its text bold.
    """

    gone: Reason | None = None
    is_invisible: bool = False
    is_tiny: bool = False
    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    is_strong: bool = False

    @property
    def reason(self) -> Reason | None:
        """The reason why the text is not in the lines."""
        is_hidden = self.is_invisible or self.is_tiny or is_faint(self.colour, self.ground)
        return self.gone or (Reason.HIDDEN if is_hidden else None)

    def within(self, tag: Tag | None, own: Mapping[str, Value]) -> Look:
        """Return the look in an element within this one.

        Args:
            tag: the element; None for any.
            own: its own properties.
        """
        if not own and (tag is None or (tag.name not in _TELLING and _HIDING.isdisjoint(tag.attributes))):
            return self._replace(is_strong=False) if self.is_strong else self
        gone = self.gone or (Reason.HIDDEN if _is_gone(own) or _is_marked_hidden(tag, own) else None)
        lines = chain.from_iterable(own.get(name, ()) for name in ("text-decoration", "text-decoration-line"))
        if not gone and ((tag and tag.name in STRUCK) or "line-through" in map(_word, lines)):
            gone = Reason.STRUCK
        visibility = _word_of(own, "visibility")
        ground = _ground(own, self.ground)
        is_link = tag is not None and tag.name == "a" and "href" in tag.attributes
        return Look(
            gone,
            visibility in {"hidden", "collapse"} if visibility and visibility != "inherit" else self.is_invisible,
            _is_tiny(own, is_tiny=self.is_tiny),
            _colour(own, _BLUE if is_link else self.colour, ground),
            ground,
            _is_bold(own),
        )


def _is_marked_hidden(tag: Tag | None, own: Mapping[str, Value]) -> bool:
    """Return True if an attribute of an element hides it; a style can show it again (HTML standard, section 15.3.1)."""
    if tag is None:
        return False
    # A page shows `until-found` when a search finds it: the closed panel of an accordion (HTML standard, section 6.1).
    is_hidden = tag.attributes.get("hidden", "until-found").strip().lower() != "until-found"
    is_closed = tag.name == "dialog" and "open" not in tag.attributes
    is_silent = tag.attributes.get("aria-hidden", "").strip().lower() == "true"
    return is_silent or ((is_hidden or is_closed) and _word_of(own, "display") in {"", "none"})


def _is_gone(own: Mapping[str, Value]) -> bool:
    """Return True if an element with those properties shows nothing."""
    opacity = _share(own, "opacity")
    if _word_of(own, "display") == "none" or _word_of(own, "content-visibility") == "hidden":
        return True
    if opacity is not None and opacity <= _FAINT:
        return True
    indent = own["text-indent"][0] if own.get("text-indent") else None
    is_placed = _word_of(own, "position") in {"absolute", "fixed"}
    places = ["text-indent", "margin-left", "margin-top", *(("left", "right", "top", "bottom") if is_placed else ())]
    if any((size := _size(own, name)) is not None and not _AWAY < size < _FAR for name in places):
        return True
    if not {_word_of(own, name) for name in ("overflow", "overflow-x", "overflow-y")}.isdisjoint({"hidden", "clip"}):
        sizes = [_size(own, name) for name in ("width", "height", "max-width", "max-height")]
        is_pushed_out = indent is not None and indent.type == "percentage" and indent.value >= 100
        if is_pushed_out or any(size is not None and size <= _TINY for size in sizes):
            return True
    is_clipped = any(map(_is_clipped, _functions(own, "clip", "clip-path")))
    return is_clipped or any(map(_is_moved, _functions(own, "transform")))


def _functions(own: Mapping[str, Value], *names: str) -> Iterator[Any]:
    """Yield the functions in the values of properties."""
    return (token for name in names for token in own.get(name, ()) if token.type == "function")


def _is_clipped(function: Any) -> bool:
    """Return True if a function of `clip` or `clip-path` leaves nothing of a box."""
    shares = [token.value for token in function.arguments if token.type in {"percentage", "number"}]
    if function.lower_name == "inset":
        return _leaves_nothing(shares)
    sizes = [size for token in function.arguments if (size := _pixels(token)) is not None]
    has_auto = any(_word(token) == "auto" for token in function.arguments)
    return function.lower_name in {"rect", "circle"} and bool(sizes) and not has_auto and max(sizes) <= _TINY


def _leaves_nothing(shares: Sequence[float]) -> bool:
    """Return True if percentages cut from top, right, bottom and left leave nothing; a missing one is the opposite."""
    if not shares:
        return False
    top, right = shares[0], shares[min(1, len(shares) - 1)]
    bottom = shares[2] if len(shares) > 2 else top
    left = shares[3] if len(shares) > 3 else right
    return top + bottom >= 100 or right + left >= 100


def _is_moved(function: Any) -> bool:
    """Return True if a function of `transform` moves a box off the screen or makes it a point."""
    sizes = [size for token in function.arguments if (size := _pixels(token)) is not None]
    if function.lower_name.startswith("scale"):
        return bool(sizes) and min(map(abs, sizes)) <= _FAINT
    return function.lower_name.startswith("translate") and any(not _AWAY < size < _FAR for size in sizes)


def _is_tiny(own: Mapping[str, Value], *, is_tiny: bool) -> bool:
    """Return True if letters have no size; a size that is relative to none is none."""
    token = next(iter(own.get("font-size", ())), None)
    if token is None or (token.type == "ident" and token.lower_value in {"inherit", "smaller", "larger"}):
        return is_tiny
    is_relative = token.type == "percentage" or getattr(token, "lower_unit", "") in {"em", "ex", "ch"}
    size = token.value * 0.16 if token.type == "percentage" else _pixels(token)
    return (size is not None and size <= _TINY) or (is_relative and is_tiny)


def _ground(own: Mapping[str, Value], ground: Colour | None) -> Colour | None:
    """Return the colour behind the text of an element; None if it is not known."""
    tokens = [token for name in ("background", "background-color") for token in own.get(name, ())]
    if not tokens:
        return None if any(map(_is_picture, own.get("background-image", ()))) else ground
    from tinycss2.color3 import parse_color  # noqa: PLC0415 - an extra, which only pages with styles need

    for token in tokens:
        found = parse_color(token)
        if token.type in {"url", "function"} and not found:
            return None
        if found and found != "currentColor" and found.alpha:
            ground = (found.red, found.green, found.blue) if found.alpha == 1 else None
    return None if any(map(_is_picture, own.get("background-image", ()))) else ground


def _is_picture(token: Any) -> bool:
    return token.type in {"url", "function"}


def _colour(own: Mapping[str, Value], colour: Colour | None, ground: Colour | None) -> Colour | None:
    """Return the colour of the letters of an element: that of their ground if they are transparent."""
    tokens = own.get("color", ())
    if not tokens or _word(tokens[0]) in {"inherit", "currentcolor"}:
        return colour
    from tinycss2.color3 import parse_color  # noqa: PLC0415 - see `_ground`

    found = parse_color(tokens[0])
    if not found:
        return None
    return (found.red, found.green, found.blue) if found.alpha > _FAINT else ground or WHITE


def _is_bold(own: Mapping[str, Value]) -> bool:
    weight = next(iter(own.get("font-weight", ())), None)
    if weight is None:
        return False
    return bool(weight.value >= _BOLD) if weight.type == "number" else _word(weight) in {"bold", "bolder"}


def _word(token: Any) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def _word_of(own: Mapping[str, Value], name: str) -> str:
    return _word(own[name][0]) if own.get(name) else ""


def _share(own: Mapping[str, Value], name: str) -> float | None:
    """Return a share of one, which may be written in percent; None if it is not set or not known."""
    token = own[name][0] if own.get(name) else None
    if token is None:
        return None
    return float(token.value) / 100 if token.type == "percentage" else _pixels(token)


def _size(own: Mapping[str, Value], name: str) -> float | None:
    """Return a size in pixels, or a number; None if it is not set or not known."""
    return _pixels(own[name][0]) if own.get(name) else None


def _pixels(token: Any) -> float | None:
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage":
        # A box that is moved by its whole width is away; by half of it, in the middle.
        return float(token.value) * -_AWAY / 100
    return token.value * _UNITS[token.lower_unit] if token.type == "dimension" and token.lower_unit in _UNITS else None
