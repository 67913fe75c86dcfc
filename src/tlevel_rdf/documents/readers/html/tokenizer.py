"""HTML → its tags and texts, each with its offset, in linear time.

Follows the tokenizer of the HTML standard (section 13.2.5) as far as text, links and emphasis need it. The parser of
the standard library took 36 s for 100 kB of `<a b`, and it keeps no offsets of texts.
"""

from __future__ import annotations

import html
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.line_markers import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: An attribute, or an equals sign in a wrong place. No part of it is tried in two ways, so that time is linear.
_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[^\s/>=][^\s/>=]*+)
    (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)))?+|=""",
    re.VERBOSE,
)
_UNNAMED: Final = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE.pattern)
#: A comment, a declaration or an instruction, which may lack its end; or a tag, which has its end unless the text ends.
_MARKUP: Final = re.compile(
    rf"""<(?:!--(?:-?>|.*?(?:-->|\Z))|[!?][^>]*+>?+
    |(?P<is_end>/?)(?P<tag>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[\s/]*+(?:{_UNNAMED}))*+)(?P<slash>[\s/]*+)(?P<end>>?))""",
    re.VERBOSE | re.DOTALL,
)
#: An entity, or text without one.
_PART: Final = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});?|[^&]+|&")
#: Elements whose content is not markup (section 13.1.2); `plaintext` ends here like the others.
_RAW: Final = word_set("script style textarea title xmp iframe noembed noframes plaintext")

#: Elements of struck-out text.
STRUCK: Final = word_set("del s strike")


class Tag(NamedTuple):
    """A start tag or an end tag.

    Attributes:
        name: the name of the element, in lower case.
        offset: the offset where it begins.
        is_end: True for an end tag.
        attributes: by name in lower case; the first of several counts.
        is_empty: True if it ends with a slash.
    """

    name: str
    offset: int
    is_end: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})
    is_empty: bool = False


class Text(NamedTuple):
    """Text between tags, or one entity in it.

    Attributes:
        words: the text, decoded.
        offset: the offset where it begins.
        is_entity: True if the source writes it as an entity.
    """

    words: str
    offset: int
    is_entity: bool = False


def tokens(source: str) -> Iterator[Tag | Text]:
    """Yield the tags and texts of HTML in order; comments, declarations and instructions are dropped.

    An unfinished tag at the end is text, so that nothing is lost.
    """
    at, begin = 0, 0
    while (found := _MARKUP.search(source, at)) and found["end"] != "":
        yield from _texts(source[begin : found.start()], begin)
        at = begin = found.end()
        if not found["tag"]:
            continue
        attributes: dict[str, str] = {}
        for each in _ATTRIBUTE.finditer(found["attributes"]):
            value = each["double"] or each["single"] or each["bare"] or ""
            attributes.setdefault((each["name"] or "").lower(), html.unescape(value))
        tag = Tag(found["tag"].lower(), found.start(), bool(found["is_end"]), attributes, found["slash"].endswith("/"))
        yield tag
        if tag.name in _RAW and not tag.is_end:
            close = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(source, at)
            if close or not tag.is_empty:
                at = close.start() if close else len(source)
                if at > begin:
                    yield Text(source[begin:at], begin)
                begin = at
    yield from _texts(source[begin:], begin)


def _texts(raw: str, offset: int) -> Iterator[Text]:
    for part in _PART.finditer(raw):
        words = html.unescape(part[0])
        yield Text(words, offset + part.start(), words != part[0])
