"""HTML → its tags and texts, each with its offset, in one pass whose time grows only with the length.

Follows the tokenizer of the HTML standard (section 13.2.5) as far as text, links and emphasis need it. The parser of
the standard library is no choice: 100 kB of `<a b` repeated took it 36 s, and neither it nor a tree built upon it knows
where a text stands.
"""

from __future__ import annotations

import html
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.line_markers import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*(?P<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?"""
)
_TAG_END: Final = re.compile(r"[\s/]*>")
_STRAY: Final = re.compile(r"[\s/]*=?")
_ENTITY: Final = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{1,31};?)")


#: Elements whose content is no markup (section 13.1.2); `plaintext` is treated as the others, so that it can end.
_RAW: Final = word_set("script style textarea title xmp iframe noembed noframes plaintext")

#: Elements whose words are struck out.
STRUCK: Final = word_set("del s strike")


class Tag(NamedTuple):
    """A start tag or an end tag.

    Attributes:
        name: of the element, in lower case.
        offset: where it begins.
        is_end: whether it is an end tag.
        attributes: by name in lower case; the first of several counts.
        is_empty: whether it ends with a slash.
    """

    name: str
    offset: int
    is_end: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})
    is_empty: bool = False


class Text(NamedTuple):
    """Text between tags, as the source writes it, with its entities.

    Attributes:
        raw: the text.
        offset: where it begins.
    """

    raw: str
    offset: int


def tokens(source: str) -> Iterator[Tag | Text]:
    """The tags and texts of HTML in their order; comments, declarations and instructions are left out.

    What looks like a tag and never ends is text, so that nothing is lost.
    """
    at, text_from, size = 0, 0, len(source)
    while (at := source.find("<", at)) != -1:
        made, end = _markup(source, at)
        if end is None:
            break
        if end == at:
            at += 1
            continue
        if at > text_from:
            yield Text(source[text_from:at], text_from)
        at = text_from = min(end, size)
        if made is None:
            continue
        yield made
        if made.name in _RAW and not made.is_end:
            close = re.compile(rf"</{made.name}(?=[\s/>])", re.IGNORECASE).search(source, at)
            stop = close.start() if close else size
            if made.is_empty and not close:
                continue
            if stop > at:
                yield Text(source[at:stop], at)
            at = text_from = stop
    if text_from < size:
        yield Text(source[text_from:], text_from)


def _markup(source: str, at: int) -> tuple[Tag | None, int | None]:
    """The tag there, if any, and where the markup ends: right there if it is only a `<`, None if it never does."""
    if source.startswith("<!--", at):
        return None, _after(source, "-->", at + 2 if source.startswith(("<!-->", "<!--->"), at) else at + 4)
    if source.startswith(("<!", "<?"), at):
        return None, _after(source, ">", at)
    match = _TAG.match(source, at)
    if not match:
        return None, at
    attributes: dict[str, str] = {}
    end = match.end()
    while not (closed := _TAG_END.match(source, end)):
        if attribute := _ATTRIBUTE.match(source, end):
            value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
            attributes.setdefault(attribute["name"].lower(), html.unescape(value))
            end = attribute.end()
        elif (stray := _STRAY.match(source, end)) and stray.end() < len(source):
            end = stray.end()
        else:
            return None, None
    is_empty = closed[0].endswith("/>")
    return Tag(match[2].lower(), at, bool(match[1]), attributes, is_empty), closed.end()


def _after(source: str, ending: str, at: int) -> int:
    """Where that ending ends; the end of the source if it is not there, as the standard has it."""
    found = source.find(ending, at)
    return found + len(ending) if found >= 0 else len(source)


def decoded(raw: str) -> Iterator[tuple[int, str, bool]]:
    """The parts of a text: where each begins, its words, and whether they are one entity decoded."""
    at = 0
    for match in _ENTITY.finditer(raw):
        words = html.unescape(match[0])
        if words == match[0]:
            continue
        if match.start() > at:
            yield at, raw[at : match.start()], False
        yield match.start(), words, True
        at = match.end()
    if at < len(raw):
        yield at, raw[at:], False
