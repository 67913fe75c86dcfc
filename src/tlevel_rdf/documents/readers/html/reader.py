"""HTML → lines: the visible text of each block, with its line and column in the source, its links and emphasis.

Nothing is fetched or run. There is no tree, only the stack of open elements.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from tlevel_rdf.documents.document import Location, Reason
from tlevel_rdf.documents.readers.html.css import Styles
from tlevel_rdf.documents.readers.html.look import Look
from tlevel_rdf.documents.readers.html.tokenizer import Text, tokens
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.line_markers import word_set
from tlevel_rdf.documents.readers.list_numbering import number, numeral
from tlevel_rdf.documents.readers.markup import Context, MarkupReader
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_HTML_DEPTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.readers.html.tokenizer import Tag
    from tlevel_rdf.documents.readers.line_builder import LineBuilder

_BLOCKS: Final = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol option p plaintext pre search "
    "section summary table tbody td tfoot th thead tr ul xmp"
)
#: Elements within a line. The words of an element that is neither here nor above are reported, and not read.
_INLINE: Final = word_set(
    "a abbr acronym b basefont bdi bdo big blink button cite code col colgroup data dfn em embed font frame frameset i "
    "iframe img input ins kbd label link map mark marquee meta meter nobr output picture progress q rb rp rt rtc ruby "
    "s samp slot small source span strike strong sub sup time track tt u var wbr area base br hr del param"
)
#: Code, and names that nobody sees.
_CODE: Final = word_set("script style head title desc metadata")
#: Elements whose words show only where a browser cannot show something else.
_FALLBACK: Final = word_set("noscript template noframes noembed iframe object audio video canvas datalist")
#: Elements with words that are no lines of the page.
_APART: Final = word_set("svg math select textarea")
#: Elements that show another file, and the attribute with its address.
_EMBEDDED: Final = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
#: Fields of a form whose words a page shows.
_TYPED: Final = word_set("text search email tel url number date")
_VOID: Final = word_set("area base br col embed hr img input link meta param source track wbr")
_KNOWN: Final = _BLOCKS | _INLINE | _CODE | _FALLBACK | _APART
#: A page that may have style sheets.
_STYLED: Final = re.compile(r"<style|stylesheet", re.IGNORECASE)
_HEADINGS: Final = word_set("h1 h2 h3 h4 h5 h6")
_CELLS: Final = word_set("td th")
_PRINTED: Final = word_set("pre listing xmp plaintext")
_FURNITURE: Final = word_set("nav footer")
_LISTS: Final = word_set("ul ol menu")
_IN_HEAD: Final = word_set("base head html link meta noscript script style template title")
#: The elements without an end tag that a start tag ends (HTML standard, section 13.1.2.4).
_ENDS: Final = {
    "li": word_set("li"),
    **dict.fromkeys(("dt", "dd"), word_set("dt dd")),
    **dict.fromkeys(("td", "th"), word_set("td th")),
    "tr": word_set("td th tr"),
    **dict.fromkeys(("tbody", "tfoot"), word_set("td th tr thead tbody")),
    "a": word_set("a"),
    "option": word_set("option"),
}
#: Elements that keep a tag within them from ending the elements around them.
_SCOPES: Final = word_set("table ul ol menu dl td th template caption button")
_STRONG: Final = word_set("b strong")
#: Class names of words that only screen readers present; and such words about a link, which need no note.
_SCREEN_READER: Final = re.compile(
    r"(?:\A|\s)(?:[\w-]*visually-?hidden|sr-only|screen-reader(?:s|-text|-only)?|show-for-sr|element-invisible)(?![\w-])",
    re.IGNORECASE,
)
_NEW_TAB: Final = re.compile(
    r"\W*(?:(?:external|this)? ?(?:links?|site|page)?,? ?opens?(?: up)?(?: in)? (?:an? )?new (?:tab|window|page)"
    r"|external(?: links?| site)?)(?: or (?:tab|window))?\W*",
    re.IGNORECASE,
)
_LIST_STYLES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class _List:
    """A list: the number of its next item, and the style of its numbers; empty for bullets."""

    number: int = 1
    style: str = ""


class _Element(NamedTuple):
    """An open element: its name, in lower case, and the context and the look around it."""

    name: str
    outer: Context
    look: Look


class HtmlReader(MarkupReader):
    """Reads HTML, in one piece or in several."""

    def __init__(self, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.begin_source("", 1)
        self._opened: list[_Element] = []
        self._lists: list[_List] = []
        self._counts: Counter[str] = Counter()
        self._styles = Styles()
        self._look = Look()
        self._base = ""
        self._reported = 0

    def feed(self, source: str, first_line: int = 1) -> None:
        """Read a page, or the part of it that begins in a line.

        Raises:
            DocumentError: elements are nested too deeply.
        """
        self.begin_source(source, first_line)
        if _STYLED.search(source):
            self._read_styles(source)
        for token in tokens(source):
            if isinstance(token, Text):
                self._text(token)
            else:
                self.take_tag(token)
        self.end_line()

    def close(self) -> None:
        """End all elements."""
        while self._opened:
            self._close()
        self.end_line()

    def begin_source(self, source: str, first_line: int, indents: Sequence[int] = ()) -> None:
        """Begin a part of the document, so that offsets in it can be located.

        Args:
            source: the part, its lines ended by line feeds.
            first_line: the line of the file that it begins in.
            indents: the characters of the file before each of its lines; none if it has whole lines.
        """
        self._first_line = first_line
        self._indents = indents
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def place(self, offset: int) -> tuple[Location, int]:
        """Return the location and the column of an offset in the part of the document that has begun."""
        line = bisect_right(self._line_starts, offset) - 1
        indent = self._indents[line] if self._indents else 0
        return Location(line=self._first_line + line), offset - self._line_starts[line] + indent + 1

    def _read_styles(self, source: str) -> None:
        """Read the style sheets of the page, which are about all of it wherever they stand."""
        style: Tag | None = None
        for token in tokens(source):
            if isinstance(token, Text):
                if style:
                    self._styles.add(token.words, style.attributes.get("media", ""))
                    self._report_styles(style)
            else:
                style = token if token.name == "style" and not token.is_end else None
                if token.name == "link" and "stylesheet" in token.attributes.get("rel", "").lower().split():
                    self._styles.add_elsewhere()
                    self._report_styles(token)
        if not self._styles.has_known_ground:
            self._look = self._look._replace(ground=None)

    def _report_styles(self, tag: Tag) -> None:
        """Report what the reader does not know of a style sheet."""
        for what in self._styles.unread[self._reported :]:
            self.builder.omit(what, self.place(tag.offset)[0])
        self._reported = len(self._styles.unread)

    def take_tag(self, tag: Tag) -> None:
        """Take a start tag or an end tag."""
        if tag.is_end:
            self._end(tag.name)
        else:
            self._start(tag)

    def _text(self, token: Text) -> None:
        if self.context.is_unread or (self.context.reason and _NEW_TAB.fullmatch(token.words)):
            return
        at = token.offset
        for part in [token.words] if token.is_entity else token.words.splitlines(keepends=True):
            location, column = self.place(at)
            self.put(part, location, [column] * len(part) if token.is_entity else range(column, column + len(part)))
            at += len(part)
            if self.context.is_printed and part.endswith("\n"):
                self.end_line(is_break=True)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        location, column = self.place(tag.offset)
        if not self.context.is_unread:
            if name == "br" and self.context.is_heading:
                self.put(" ", location, [column])
            elif name in {"br", "hr"}:
                self.end_line(is_break=name == "br")
            elif name == "img" and not self.context.reason and (words := tag.attributes.get("alt", "").strip()):
                self.builder.omit(f"a picture: {words[:200]}", location)
            self._note_content(tag, location)
        if name in _VOID:
            return
        self._end_implied(name)
        if name in _BLOCKS:
            self.end_line()
        if tag.is_empty:
            return
        if len(self._opened) >= MAX_HTML_DEPTH:
            message = f"line {location.line}, column {column}: more than {MAX_HTML_DEPTH} nested elements"
            raise DocumentError(message, hint="save the page again from a browser or word processor")
        self._open(tag)

    def _note_content(self, tag: Tag, location: Location) -> None:
        """Note the words of an element that stand in its attributes, or in another file."""
        name, attributes = tag.name, tag.attributes
        address = attributes.get(_EMBEDDED.get(name, ""), "").strip()
        if name == "base" and not self._base:
            self._base = attributes.get("href", "").strip()
        elif name == "iframe" and "srcdoc" in attributes:
            words = " ".join(token.words for token in tokens(attributes["srcdoc"]) if isinstance(token, Text))
            self.builder.omit(f"a page within the page, with “{words}”", location)
        elif address:
            self.builder.omit(f"another file within the page, {address}", location)
        elif name == "input" and "value" in attributes and attributes.get("type", "text").lower() in _TYPED:
            self.builder.omit(f"a form field with “{attributes['value']}”", location)

    def _open(self, tag: Tag) -> None:
        name, outer = tag.name, self.context
        look, own = self._look, self._styles.look(tag, self._look)
        self._look = own._replace(gone=own.gone or _reason(tag))
        if name in _LISTS:
            style = _LIST_STYLES.get(tag.attributes.get("type", ""), "decimal") if name == "ol" else ""
            self._lists.append(_List(number(tag.attributes.get("start", ""), 1), style))
        elif name == "li":
            self._begin_item(tag, self._lists[-1] if self._lists else _List())
        elif name == "table":
            self.grid.begin_table(self.builder.new_number())
        elif name == "tr":
            self.grid.begin_row()
        elif name in _CELLS:
            self.grid.begin_cell(*(number(tag.attributes.get(name, ""), 1) for name in ("colspan", "rowspan")))
        self._opened.append(_Element(name, outer, look))
        self._counts[name] += 1
        is_link = name == "a" and "href" in tag.attributes
        is_strong = name in _STRONG or self._look.is_strong
        self.context = Context(
            outer.is_unread or name in _CODE,
            outer.is_printed or name in _PRINTED,
            outer.is_heading or name in _HEADINGS,
            outer.is_furniture or name in _FURNITURE,
            outer.is_raised or name == "sup",
            self._look.reason,
            (self.builder.new_number(), self._address(tag.attributes["href"].strip())) if is_link else outer.link,
            outer.strong or (self.builder.new_number() if is_strong else 0),
        )

    def _address(self, target: str) -> str:
        """Return the address that a link leads to, from that of the page's base."""
        if not self._base or target.startswith("#"):
            return target
        try:
            return urljoin(self._base, target)
        except ValueError:
            return target

    def _begin_item(self, tag: Tag, numbering: _List) -> None:
        numbering.number = number(tag.attributes.get("value", ""), numbering.number)
        self.begin_item()
        if numbering.style:
            location, column = self.place(tag.offset)
            label = f"{numeral(numbering.number, numbering.style)}. "
            self.begin_item(TextRun(label, location, [column] * len(label)))
        numbering.number += 1

    def _end_implied(self, name: str) -> None:
        """End the elements that a start tag ends without their own end tags."""
        if self._counts["head"] and name not in _IN_HEAD:
            self._end("head")
        ended = _ENDS.get(name, frozenset()) | ({"p"} if name in _BLOCKS else frozenset())
        if not any(self._counts[each] for each in ended):
            return
        last = len(self._opened)
        for at in range(last - 1, -1, -1):
            if self._opened[at].name in ended:
                last = at
            elif self._opened[at].name in _SCOPES:
                break
        if last < len(self._opened) and name != "a":
            self.end_line()
        while len(self._opened) > last:
            self._close()

    def _end(self, name: str) -> None:
        """Take an end tag; one without a start tag has no effect."""
        if name in _BLOCKS or name == "br":
            self.end_line()
        if self._counts[name]:
            while self._opened[-1].name != name:
                self._close()
            self._close()

    def _close(self) -> None:
        """End the innermost element."""
        element = self._opened.pop()
        self._counts[element.name] -= 1
        self.context, self._look = element.outer, element.look
        if element.name in _LISTS:
            self._lists.pop()
        elif element.name == "li":
            self.end_item()
        elif element.name == "table":
            self.grid.end_table()
        elif element.name in _CELLS:
            self.grid.end_cell()


def _reason(tag: Tag) -> Reason | None:
    """Return the reason why the text of an element is not in the lines, whatever its look."""
    name = tag.name
    if name in _APART or not (name in _KNOWN or "-" in name or ":" in name):
        return Reason.UNREAD
    if name == "template" and "shadowrootmode" in tag.attributes:
        return None
    is_for_screen_readers = name not in _BLOCKS and _SCREEN_READER.search(tag.attributes.get("class", ""))
    return Reason.HIDDEN if name in _FALLBACK or is_for_screen_readers else None


def html_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a page, read by the rules of the HTML standard as far as visible text needs them.

    The lines of the source end with line feeds.

    Raises:
        DocumentError: elements are nested too deeply.
    """
    reader = HtmlReader(builder)
    reader.feed(source)
    reader.close()
