"""HTML → lines: the visible text of each block, with its line and column in the source, its links and emphasis.

Nothing is fetched or run, and no tree is built: an open element costs a few bytes, however deep it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tlevel_rdf.documents.document import Role, Where, Why
from tlevel_rdf.documents.readers.cell_grid import Placing
from tlevel_rdf.documents.readers.html_tokenizer import STRUCK, Tag, Text, decoded, tokens
from tlevel_rdf.documents.readers.line_builder import Gathered, Stretch
from tlevel_rdf.documents.readers.line_wrapping import words_of
from tlevel_rdf.documents.readers.list_numbering import NUMBERED, numeral
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_HTML_DEPTH

_BLOCKS: Final = words_of(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol option p plaintext pre search "
    "section summary table tbody td tfoot th thead tr ul xmp"
)
#: Elements that show no sentence of the page: code, pictures and controls.
_HIDDEN: Final = words_of(
    "script style template noscript head title svg math iframe object audio video canvas select datalist textarea "
    "noframes noembed"
)
#: Elements that every page of a site has.
_FURNITURE: Final = words_of("nav footer")
VOID: Final = words_of("area base br col embed hr img input link meta param source track wbr")
_HEADINGS: Final = words_of("h1 h2 h3 h4 h5 h6")
_CELLS: Final = words_of("td th caption")
_PRINTED: Final = words_of("pre listing xmp plaintext")
_TITLED: Final = _HEADINGS | _CELLS | {"li"}
_KINDS: Final = (_PRINTED, _CELLS, _HEADINGS, _FURNITURE, _TITLED)
_KINDS_OF: Final = {name: [kind for kind in _KINDS if name in kind] for name in frozenset[str]().union(*_KINDS)}
_IN_HEAD: Final = words_of("base head html link meta noscript script style template title")
#: Which elements a start tag ends whose own end tag was left out (HTML standard, section 13.1.2.4).
_ENDS: Final = {
    "li": words_of("li"),
    **dict.fromkeys(("dt", "dd"), words_of("dt dd")),
    **dict.fromkeys(("td", "th"), words_of("td th")),
    "tr": words_of("td th tr"),
    **dict.fromkeys(("tbody", "tfoot"), words_of("td th tr thead tbody")),
    "a": words_of("a"),
    "option": words_of("option"),
}
#: Within these, what is open further out is not ended so.
_SCOPES: Final = words_of("table ul ol menu dl td th template caption button")
_STRONG: Final = words_of("b strong")
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINE_THROUGH: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: How sites call what is there for those who listen to a page, and nobody sees.
_FOR_LISTENERS: Final = re.compile(
    r"(?:\A|\s)(?:[\w-]*visually-?hidden|sr-only|screen-reader(?:s|-text|-only)?|show-for-sr|element-invisible)(?![\w-])",
    re.IGNORECASE,
)
_NEW_TAB: Final = re.compile(
    r"\W*(?:(?:external|this)? ?(?:links?|site|page)?,? ?opens?(?: up)?(?: in)? (?:an? )?new (?:tab|window|page)"
    r"|external(?: links?| site)?)(?: or (?:tab|window))?\W*",
    re.IGNORECASE,
)
_UNNUMBERED: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_NOTE_MARK: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]+)[\])]?\s*\Z")
_NUMBER: Final = re.compile(r"-?\d{1,6}\Z")
_LIST_STYLES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class _Open(NamedTuple):
    """An element that is open, and what it adds to the text within."""

    name: str
    is_code: bool = False
    why: Why | None = None
    is_link: bool = False
    is_strong: bool = False
    begun: int = -1
    is_for_listeners: bool = False


@dataclass(slots=True)
class _List:
    """A list that is open: the number of its next item and how it is printed; no style for bullets."""

    number: int = 1
    style: str = ""


@dataclass(slots=True)
class _Reader:
    source: str
    gathered: Gathered
    first_line: int
    breaks: list[int]
    opened: list[_Open] = field(default_factory=list)
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: How many elements of each kind that matters are open.
    within: dict[frozenset[str], int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    lists: list[_List] = field(default_factory=list)
    placing: Placing = field(default_factory=Placing)
    links: list[tuple[int, str]] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    #: How many open elements have no words of the page, and how many have words that are left out.
    code: int = 0
    left_out: int = 0
    left: list[tuple[str, Where, int]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    label: Stretch | None = None
    is_item: bool = False
    #: Whether the next line begins a block, and is no line below a break.
    apart: bool = True

    def place(self, offset: int) -> tuple[Where, int]:
        """The line and the column of an offset."""
        line = bisect_right(self.breaks, offset - 1)
        column = offset - (self.breaks[line - 1] if line else -1)
        return Where(line=line + self.first_line), column

    @property
    def hidden(self) -> int:
        """How many of the open elements keep their words out of the lines."""
        return self.code + self.left_out

    def text(self, token: Text) -> None:
        """Take text; only what can be seen comes into the lines."""
        if self.code:
            return
        if self.left_out:
            self.left.append(("".join(words for _, words, _ in decoded(token.raw)), *self.place(token.offset)))
            return
        is_printed = self.within[_PRINTED]
        link, target = self.links[-1] if self.links else (0, "")
        strong = self.strong[-1] if self.strong else 0
        for start, words, is_entity in decoded(token.raw):
            at = token.offset + start
            for part in [words] if is_entity else words.splitlines(keepends=True):
                where, column = self.place(at)
                columns = [column] * len(part) if is_entity else range(column, column + len(part))
                self.stretches.append(Stretch(part, where, columns, link, target, strong))
                at += len(part)
                if is_printed and part.endswith("\n"):
                    self.flush(is_break=True)

    def start(self, tag: Tag) -> None:
        """Take a start tag."""
        name = tag.name
        if name in {"br", "hr"} and not self.hidden:
            self.break_line(tag)
        if name == "img" and not self.hidden and (words := tag.attributes.get("alt", "").strip()):
            self.gathered.miss(f"a picture: {words[:200]}", self.place(tag.offset)[0])
        if name in VOID:
            return
        self.end_implied(name)
        if name in _BLOCKS:
            self.flush()
        if tag.is_empty:
            return
        if len(self.opened) >= MAX_HTML_DEPTH:
            where, column = self.place(tag.offset)
            message = f"line {where.line}, column {column}: more than {MAX_HTML_DEPTH} elements stand in one another"
            raise DocumentError(message, hint="save the page again from a browser or word processor")
        self.open(tag)

    def break_line(self, tag: Tag) -> None:
        """End a line within a block; a heading is one line all the same."""
        if tag.name == "br" and self.within[_HEADINGS]:
            where, column = self.place(tag.offset)
            self.stretches.append(Stretch(" ", where, [column]))
        else:
            self.flush(is_break=tag.name == "br")

    def open(self, tag: Tag) -> None:
        """Enter an element."""
        name, style = tag.name, tag.attributes.get("style", "")
        is_code = name in _HIDDEN or (name == "dialog" and "open" not in tag.attributes)
        why = why_left_out(tag)
        is_strong = name in _STRONG or bool(_BOLD.search(style))
        is_heard = name not in _BLOCKS and bool(_FOR_LISTENERS.search(tag.attributes.get("class", "")))
        is_link = name == "a" and "href" in tag.attributes
        element = _Open(name, is_code, why, is_link, is_strong, len(self.stretches), is_heard)
        self.opened.append(element)
        self.count(name, 1)
        self.code += is_code
        self.left_out += why is not None
        if element.is_link:
            self.links.append((self.gathered.thing(), tag.attributes["href"].strip()))
        if is_strong:
            self.strong.append(self.strong[-1] if self.strong else self.gathered.thing())
        if name in {"ul", "ol", "menu"}:
            self.lists.append(_list(tag))
        elif name == "li":
            self.item(tag)
        elif name == "table":
            self.placing.begin_table(self.gathered.thing())
        elif name == "tr":
            self.placing.begin_row()
        elif name in {"td", "th"}:
            self.placing.begin_cell(_number(tag, "colspan"), _number(tag, "rowspan"))

    def count(self, name: str, change: int) -> None:
        """Note that an element is entered or left."""
        self.counts[name] += change
        for kind in _KINDS_OF.get(name, ()):
            self.within[kind] += change

    def item(self, tag: Tag) -> None:
        """Begin an item of a list."""
        of = self.lists[-1] if self.lists else _List()
        if _NUMBER.match(value := tag.attributes.get("value", "")):
            of.number = int(value)
        self.is_item = True
        self.label = None
        if of.style and not _UNNUMBERED.search(tag.attributes.get("style", "")):
            where, column = self.place(tag.offset)
            said = f"{numeral(of.number, of.style)}. "
            self.label = Stretch(said, where, [column] * len(said))
        of.number += 1

    def end_implied(self, name: str) -> None:
        """End what a start tag ends without an end tag of its own."""
        if self.counts["head"] and name not in _IN_HEAD:
            self.end("head")
        ended = _ENDS.get(name, frozenset())
        if name in _BLOCKS:
            ended |= {"p"}
        if not any(self.counts[each] for each in ended):
            return
        last = None
        for n in range(len(self.opened) - 1, -1, -1):
            if self.opened[n].name in ended:
                last = n
            if self.opened[n].name in _SCOPES - ended:
                break
        if last is not None:
            if name != "a":
                self.flush()
            while len(self.opened) > last:
                self.close()

    def end(self, name: str) -> None:
        """Take an end tag; one that ends nothing is nothing."""
        if name in _BLOCKS or name == "br":
            self.flush()
        if self.counts[name]:
            while self.opened[-1].name != name:
                self.close()
            self.close()

    def close(self) -> None:
        """Leave the innermost element."""
        element = self.opened.pop()
        self.count(element.name, -1)
        self.code -= element.is_code
        if element.why:
            self.left_out -= 1
            self.end_left_out(element.why)
        if element.is_link:
            self.links.pop()
        if element.is_strong:
            self.strong.pop()
        if element.name in {"ul", "ol", "menu"}:
            self.lists.pop()
        elif element.name == "li":
            self.label, self.is_item = None, False
        elif element.name == "table":
            self.placing.end_table()
        elif element.name in {"td", "th"}:
            self.placing.end_cell()
        elif element.name == "sup" and element.begun <= len(self.stretches):
            self.drop_note_mark(element.begun)
        if element.is_for_listeners and element.begun < len(self.stretches):
            self.drop_unseen(element.begun)

    def end_left_out(self, why: Why) -> None:
        """Note the words that an element keeps out of the lines, at the end of the outermost."""
        if self.left_out or not self.left:
            return
        where, column = next((each[1:] for each in self.left if each[0].strip()), self.left[0][1:])
        self.gathered.leave(" ".join(words for words, _, _ in self.left), where, why, column)
        self.left = []

    def drop_note_mark(self, begun: int) -> None:
        """Leave out the raised mark of a note, which would stand as if it were the end of a title."""
        raised = self.stretches[begun:]
        words = "".join(stretch.text for stretch in raised)
        if begun and _NOTE_MARK.match(words):
            self.gathered.miss(f"the mark of a note: {words.strip()}", raised[0].where)
            del self.stretches[begun:]

    def drop_unseen(self, begun: int) -> None:
        """Leave out words for those who listen to a page, where they stand in a title and are no part of it."""
        heard = self.stretches[begun:]
        words = "".join(stretch.text for stretch in heard)
        is_of_link = bool(_NEW_TAB.fullmatch(words))
        if is_of_link or self.links or self.within[_TITLED]:
            del self.stretches[begun:]
        if len(self.stretches) == begun and not is_of_link:
            self.gathered.leave(words, heard[0].where, Why.HIDDEN, next(iter(heard[0].columns), 1))

    def flush(self, *, is_break: bool = False) -> None:
        """End a line; whether the block that it stands in goes on."""
        apart, self.apart = self.apart, not (is_break and any(not s.text.isspace() for s in self.stretches))
        if not self.stretches:
            return
        if self.label and not NUMBERED.match("".join(stretch.text for stretch in self.stretches[:3])):
            self.stretches.insert(0, self.label)
        role = Role.ITEM if self.is_item else Role.TEXT
        if self.within[_CELLS]:
            role = Role.CELL
        if self.within[_HEADINGS]:
            role = Role.HEADING
        if self.within[_FURNITURE]:
            self.gathered.add_furniture(self.stretches)
            self.stretches = []
            return
        seen = any(not stretch.text.isspace() for stretch in self.stretches if stretch is not self.label)
        if seen and self.gathered.add(self.stretches, role, apart=apart, cell=self.placing.cell):
            self.label, self.is_item = None, False
        self.stretches = []


def _number(tag: Tag, name: str) -> int:
    """A number that an attribute gives, else 1."""
    return int(value) if _NUMBER.match(value := tag.attributes.get(name, "")) else 1


def why_left_out(tag: Tag) -> Why | None:
    """Why the words of an element are left out, if they are."""
    style = tag.attributes.get("style", "")
    if tag.name in STRUCK or _LINE_THROUGH.search(style):
        return Why.STRUCK
    # What is hidden until somebody looks for it is the closed panel of an accordion (HTML standard, section 6.1).
    is_hidden = (
        tag.attributes.get("hidden", "until-found").strip().lower() != "until-found"
        or tag.attributes.get("aria-hidden", "").strip().lower() == "true"
    )
    return Why.HIDDEN if is_hidden or _INVISIBLE.search(style) else None


def _list(tag: Tag) -> _List:
    attributes = tag.attributes
    is_numbered = tag.name == "ol" and "reversed" not in attributes
    if not is_numbered or _UNNUMBERED.search(attributes.get("style", "")):
        return _List()
    style = _LIST_STYLES.get(attributes.get("type", ""), "decimal")
    return _List(_number(tag, "start"), style)


def html_lines(source: str, gathered: Gathered, first_line: int = 1) -> None:
    """Add the lines of HTML, read by the HTML standard's rules as far as visible text needs them.

    Args:
        source: a page or a part of one, its lines ended by line feeds.
        gathered: takes the lines.
        first_line: the line of the file that the source begins in.

    Raises:
        DocumentError: elements stand too deep in one another.
    """
    breaks = [match.start() for match in re.finditer("\n", source)]
    reader = _Reader(source, gathered, first_line, breaks)
    for token in tokens(source):
        if isinstance(token, Text):
            reader.text(token)
        elif token.is_end:
            reader.end(token.name)
        else:
            reader.start(token)
    reader.flush()
    while reader.opened:
        reader.close()
