"""HTML → lines: the visible text of each block, with its line and column in the source, its links and emphasis.

Nothing is fetched or run. There is no tree, only the stack of open elements, each of which hands its context down.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Location, Reason, Role
from tlevel_rdf.documents.readers.cell_grid import CellGrid
from tlevel_rdf.documents.readers.html_tokenizer import STRUCK, Text, decoded, tokens
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.line_markers import NUMBERED, is_note_mark, word_set
from tlevel_rdf.documents.readers.list_numbering import numeral
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_HTML_DEPTH

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.html_tokenizer import Tag
    from tlevel_rdf.documents.readers.line_builder import LineBuilder

_BLOCKS: Final = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol option p plaintext pre search "
    "section summary table tbody td tfoot th thead tr ul xmp"
)
#: Elements whose content is not text of the page: code, pictures and controls.
_HIDDEN: Final = word_set(
    "script style template noscript head title svg math iframe object audio video canvas select datalist textarea "
    "noframes noembed"
)
_VOID: Final = word_set("area base br col embed hr img input link meta param source track wbr")
#: Kinds of elements, of which a line takes its role.
_HEADING, _CELL, _PRINTED, _FURNITURE, _TITLED = "heading", "cell", "printed", "furniture", "titled"
_KINDS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), frozenset({_HEADING, _TITLED})),
    **dict.fromkeys(("td", "th", "caption"), frozenset({_CELL, _TITLED})),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), frozenset({_PRINTED})),
    **dict.fromkeys(("nav", "footer"), frozenset({_FURNITURE})),
    "li": frozenset({_TITLED}),
}
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
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINE_THROUGH: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Class names of words for screen readers, which a page does not show.
_SCREEN_READER: Final = re.compile(
    r"(?:\A|\s)(?:[\w-]*visually-?hidden|sr-only|screen-reader(?:s|-text|-only)?|show-for-sr|element-invisible)(?![\w-])",
    re.IGNORECASE,
)
_NEW_TAB: Final = re.compile(
    r"\W*(?:(?:external|this)? ?(?:links?|site|page)?,? ?opens?(?: up)?(?: in)? (?:an? )?new (?:tab|window|page)"
    r"|external(?: links?| site)?)(?: or (?:tab|window))?\W*",
    re.IGNORECASE,
)
_UNNUMBERED: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?\d{1,6}\Z")
_LIST_STYLES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class _List:
    """A list: the number of its next item, and the style of its numbers; empty for bullets."""

    number: int = 1
    style: str = ""


class _Context(NamedTuple):
    """The effect of the open elements on the text within them.

    Attributes:
        kinds: the kinds of elements around it.
        is_code: True if it is not text of the page.
        reason: the reason why it is not in the lines.
        link: the number of its link, and its target.
        strong: the number of its emphasis.
        numbering: the list around it.
    """

    kinds: frozenset[str] = frozenset()
    is_code: bool = False
    reason: Reason | None = None
    link: tuple[int, str] = (0, "")
    strong: int = 0
    numbering: _List | None = None


class _Element(NamedTuple):
    """An open element: its name, its context, and the number of runs before it in its line."""

    name: str
    context: _Context
    begin: int
    is_for_screen_readers: bool


class HtmlReader:
    """Reads HTML, in one piece or in several.

    Args:
        builder: takes the lines.
    """

    def __init__(self, builder: LineBuilder) -> None:
        self._builder = builder
        self._source, self._first_line, self._line_ends = "", 1, [0]
        self._opened: list[_Element] = []
        self._counts: Counter[str] = Counter()
        self._grid = CellGrid()
        self._omitted: list[TextRun] = []
        self._runs: list[TextRun] = []
        self._label: TextRun | None = None
        self._is_item = False
        #: True if the next line begins a block, and does not follow a line break.
        self._has_gap_above = True

    @property
    def _context(self) -> _Context:
        return self._opened[-1].context if self._opened else _Context()

    @property
    def omits(self) -> bool:
        """True if the elements that are open keep their text out of the lines."""
        return self._context.reason is not None

    def feed(self, source: str, first_line: int = 1) -> None:
        """Read a page or a part of it.

        Args:
            source: the HTML, its lines ended by line feeds.
            first_line: the line of the file that it begins in.

        Raises:
            DocumentError: elements are nested too deeply.
        """
        self._source, self._first_line = source, first_line
        self._line_ends = [match.start() for match in re.finditer("\n", source)]
        for token in tokens(source):
            if isinstance(token, Text):
                self._text(token)
            elif token.is_end:
                self._end(token.name)
            else:
                self._start(token)
        self._flush()

    def close(self) -> None:
        """End all elements."""
        self._flush()
        while self._opened:
            self._close()

    def omit(self, words: str, location: Location, column: int = 1) -> None:
        """Take words that the open elements keep out of the lines."""
        self._omitted.append(TextRun(words, location, (column,)))

    def _place(self, offset: int) -> tuple[Location, int]:
        """Return the line and the column of an offset."""
        line = bisect_right(self._line_ends, offset - 1)
        column = offset - (self._line_ends[line - 1] if line else -1)
        return Location(line=line + self._first_line), column

    def _text(self, token: Text) -> None:
        context = self._context
        if context.is_code:
            return
        if context.reason:
            self.omit("".join(words for _, words, _ in decoded(token.raw)), *self._place(token.offset))
            return
        for start, words, is_entity in decoded(token.raw):
            at = token.offset + start
            for part in [words] if is_entity else words.splitlines(keepends=True):
                location, column = self._place(at)
                columns = [column] * len(part) if is_entity else range(column, column + len(part))
                self._runs.append(TextRun(part, location, columns, *context.link, context.strong))
                at += len(part)
                if _PRINTED in context.kinds and part.endswith("\n"):
                    self._flush(is_break=True)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        context = self._context
        location, column = self._place(tag.offset)
        if not (context.is_code or context.reason):
            if name == "br" and _HEADING in context.kinds:
                self._runs.append(TextRun(" ", location, [column]))
            elif name in {"br", "hr"}:
                self._flush(is_break=name == "br")
            elif name == "img" and (words := tag.attributes.get("alt", "").strip()):
                self._builder.omit(f"a picture: {words[:200]}", location)
        if name in _VOID:
            return
        self._end_implied(name)
        if name in _BLOCKS:
            self._flush()
        if tag.is_empty:
            return
        if len(self._opened) >= MAX_HTML_DEPTH:
            message = f"line {location.line}, column {column}: more than {MAX_HTML_DEPTH} nested elements"
            raise DocumentError(message, hint="save the page again from a browser or word processor")
        self._open(tag)

    def _open(self, tag: Tag) -> None:
        name, style = tag.name, tag.attributes.get("style", "")
        context = self._context
        context = context._replace(
            kinds=context.kinds | _KINDS.get(name, frozenset()),
            is_code=context.is_code or name in _HIDDEN,
            reason=context.reason or _reason(tag),
        )
        if name == "a" and "href" in tag.attributes:
            context = context._replace(link=(self._builder.new_number(), tag.attributes["href"].strip()))
        if name in _STRONG or _BOLD.search(style):
            context = context._replace(strong=context.strong or self._builder.new_number())
        if name in _LISTS:
            context = context._replace(numbering=_list(tag))
        elif name == "li":
            self._begin_item(tag, context.numbering or _List())
        elif name == "table":
            self._grid.begin_table(self._builder.new_number())
        elif name == "tr":
            self._grid.begin_row()
        elif name in {"td", "th"}:
            self._grid.begin_cell(_number(tag, "colspan"), _number(tag, "rowspan"))
        is_for_screen_readers = name not in _BLOCKS and bool(_SCREEN_READER.search(tag.attributes.get("class", "")))
        self._opened.append(_Element(name, context, len(self._runs), is_for_screen_readers))
        self._counts[name] += 1

    def _begin_item(self, tag: Tag, numbering: _List) -> None:
        if _NUMBER.match(value := tag.attributes.get("value", "")):
            numbering.number = int(value)
        self._is_item, self._label = True, None
        if numbering.style and not _UNNUMBERED.search(tag.attributes.get("style", "")):
            location, column = self._place(tag.offset)
            label = f"{numeral(numbering.number, numbering.style)}. "
            self._label = TextRun(label, location, [column] * len(label))
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
            self._flush()
        while len(self._opened) > last:
            self._close()

    def _end(self, name: str) -> None:
        """Take an end tag; one without a start tag has no effect."""
        if name in _BLOCKS or name == "br":
            self._flush()
        if self._counts[name]:
            while self._opened[-1].name != name:
                self._close()
            self._close()

    def _close(self) -> None:
        """End the innermost element."""
        element = self._opened.pop()
        name = element.name
        self._counts[name] -= 1
        if not self.omits and self._omitted:
            first = next((run for run in self._omitted if run.text.strip()), self._omitted[0])
            words = " ".join(run.text for run in self._omitted)
            reason = element.context.reason or Reason.HIDDEN
            self._builder.omit(words, first.location, reason, column=first.columns[0])
            self._omitted = []
        if name == "li":
            self._label, self._is_item = None, False
        elif name == "table":
            self._grid.end_table()
        elif name in {"td", "th"}:
            self._grid.end_cell()
        runs = self._runs[element.begin :]
        if runs and name == "sup" and element.begin and is_note_mark(words := "".join(run.text for run in runs)):
            # It would look like the end of a title.
            self._builder.omit(f"the mark of a note: {words.strip()}", runs[0].location)
            del self._runs[element.begin :]
        elif runs and element.is_for_screen_readers:
            self._drop_unseen(runs, element.begin)

    def _drop_unseen(self, runs: list[TextRun], begin: int) -> None:
        """Drop words for screen readers that stand in a link or a title and are no part of it."""
        words = "".join(run.text for run in runs)
        is_about_link = bool(_NEW_TAB.fullmatch(words))
        if is_about_link or self._context.link[0] or _TITLED in self._context.kinds:
            del self._runs[begin:]
            if not is_about_link:
                self._builder.omit(words, runs[0].location, Reason.HIDDEN, column=next(iter(runs[0].columns), 1))

    def _flush(self, *, is_break: bool = False) -> None:
        """End a line; after a line break its block continues."""
        has_text = any(not run.text.isspace() for run in self._runs)
        has_gap_above, self._has_gap_above = self._has_gap_above, not (is_break and has_text)
        runs, self._runs = self._runs, []
        kinds = self._context.kinds
        if _FURNITURE in kinds:
            self._builder.add_furniture(runs)
        elif has_text:
            role = Role.ITEM if self._is_item else Role.TEXT
            role = Role.CELL if _CELL in kinds else role
            role = Role.HEADING if _HEADING in kinds else role
            if self._label and not NUMBERED.match("".join(run.text for run in runs[:3])):
                runs.insert(0, self._label)
            if self._builder.add(runs, role, has_gap_above=has_gap_above, cell=self._grid.cell):
                self._label, self._is_item = None, False


def _number(tag: Tag, name: str) -> int:
    """Return the number in an attribute, else 1."""
    return int(value) if _NUMBER.match(value := tag.attributes.get(name, "")) else 1


def _reason(tag: Tag) -> Reason | None:
    """Return the reason why the text of an element is not in the lines, if it is not."""
    style = tag.attributes.get("style", "")
    if tag.name in STRUCK or _LINE_THROUGH.search(style):
        return Reason.STRUCK
    # A page shows `until-found` when a search finds it: the closed panel of an accordion (HTML standard, section 6.1).
    is_hidden = (
        tag.attributes.get("hidden", "until-found").strip().lower() != "until-found"
        or tag.attributes.get("aria-hidden", "").strip().lower() == "true"
        or (tag.name == "dialog" and "open" not in tag.attributes)
    )
    return Reason.HIDDEN if is_hidden or _INVISIBLE.search(style) else None


def _list(tag: Tag) -> _List:
    attributes = tag.attributes
    is_numbered = tag.name == "ol" and "reversed" not in attributes
    if not is_numbered or _UNNUMBERED.search(attributes.get("style", "")):
        return _List()
    return _List(_number(tag, "start"), _LIST_STYLES.get(attributes.get("type", ""), "decimal"))


def html_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a page, read by the rules of the HTML standard as far as visible text needs them.

    Args:
        source: the page, its lines ended by line feeds.
        builder: takes the lines.

    Raises:
        DocumentError: elements are nested too deeply.
    """
    reader = HtmlReader(builder)
    reader.feed(source)
    reader.close()
