"""What a sentence comes to: options, a part that is recognised, a note, or a doubt, of which a finding is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.lexicon import NEGATIVE, compiled
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.segmentation import Sentence, Spot
    from tlevel_rdf.profiles.model import Flag


#: The headings that options stand under.
TECHNICAL, EDUCATION, WORK = "technical", "education", "work"
MODE_OF: Final = {
    Kind.APPRENTICESHIP: TECHNICAL, Kind.HTQ: TECHNICAL, Kind.DEGREE: EDUCATION, Kind.OCCUPATION: WORK,
}  # fmt: skip


class Outcome(IntEnum):
    """What becomes of a sentence; a number, for it is looked up in sets all the time."""

    #: Everything in it is options.
    OPTIONS = auto()
    #: It belongs to the layout and says nothing that a profile holds.
    RECOGNISED = auto()
    #: It only says what the lines after it are about.
    LABEL = auto()
    #: A note that profiles are known to have.
    NOTE = auto()
    #: A note that a person should read, beside any options.
    UNSURE_NOTE = auto()
    #: A character or two that mean nothing.
    STRAY = auto()


class Context(NamedTuple):
    """What the lines before say about a line.

    Attributes:
        mode: technical, education or work; None before the first of them.
        level: the level of a label such as "Level 4:".
        kind: the kind of a label such as "Apprenticeships:".
        is_list: whether a list is open: its items are titles.
        is_item: whether the line is an item of a list or a cell.
        is_noted: whether the lines stand under the heading "Notes".
        level_above: the level of a label that labels of kinds stand under.
        kind_above: the kind of a label that labels of levels stand under.
    """

    mode: str | None = None
    level: int | None = None
    kind: Kind | None = None
    is_list: bool = False
    is_item: bool = False
    is_noted: bool = False
    level_above: int | None = None
    kind_above: Kind | None = None

    def outside(self) -> Context:
        """The context of a line that is no item: labels are about items, and about the labels below them."""
        return self._replace(level=None, kind=None, is_item=False)

    def ended(self) -> Context:
        """The context after a line that ends any list."""
        return Context(mode=self.mode, is_noted=self.is_noted)


class Offer(NamedTuple):
    """An option as the document prints it.

    Attributes:
        kind: of its destination.
        level: the printed level.
        title: its words.
        flags: in their order.
        is_relevant: whether it is called the relevant occupation.
        target: what its title links to, whatever that is.
        mapping: what a link to the mapping leads to, whatever that is.
        start: where its title begins in the sentence.
        doubts: what a person should look at.
        shared: doubts that are told at an option before it, and are about it too.
    """

    kind: Kind
    level: int | None
    title: str
    flags: tuple[Flag, ...] = ()
    is_relevant: bool = False
    target: str | None = None
    mapping: str | None = None
    start: int = 0
    doubts: tuple[Doubt, ...] = ()
    shared: tuple[Doubt, ...] = ()


class Doubt(NamedTuple):
    """Something in a sentence that a person should look at.

    Attributes:
        code: what kind of thing.
        start: where it begins in the sentence.
        words: what is printed there.
        said: the rest of a sentence that begins with those words.
        hint: what to do.
    """

    code: Code
    start: int
    words: str
    said: str
    hint: str


class Statement(NamedTuple):
    """What one sentence comes to.

    Attributes:
        outcome: what becomes of it.
        offers: its options in their order.
        doubts: what a person should look at, besides the doubts of its options.
        context: for the sentences after it.
    """

    outcome: Outcome
    context: Context
    offers: tuple[Offer, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def doubted(statement: Statement, about: Doubt, *, at: int = 0) -> Statement:
    """A statement with one doubt more about one of its options, if it has any: the first, or that at a place."""
    offers = list(statement.offers)
    if offers:
        offers[at] = offers[at]._replace(doubts=(*offers[at].doubts, about))
    return statement._replace(offers=tuple(offers))


#: What to do about each kind of doubt, and what is said of the words.
_SAID: Final = {
    Code.NOT_UNDERSTOOD: (
        "is not understood, and kept as a note",
        "If it says something about an option, write that at the option; else remove the comment.",
    ),
    Code.NEGATED: (
        "says what is not so: no option is made of it, and it is kept as a note",
        "Look whether an option near it needs a change.",
    ),
    Code.KIND_NOT_STATED: (
        "is called neither an apprenticeship nor an HTQ; it is read as an apprenticeship",
        "If it is a Higher Technical Qualification, write that.",
    ),
}


def doubt(code: Code, start: int, words: str, said: str = "", hint: str = "") -> Doubt:
    """A doubt, with the usual words for its code where no others are given."""
    usual = _SAID.get(code, ("", ""))
    return Doubt(code, start, " ".join(words.split()), said or usual[0], hint or usual[1])


def unknown(sentence: Sentence, context: Context) -> Statement:
    """What is not understood: it ends a list, unless it is an item of it."""
    is_negative = _NEGATIVE.search(sentence.plain)
    code = Code.NEGATED if is_negative else Code.NOT_UNDERSTOOD
    after = context if context.is_item else context.ended()
    return Statement(Outcome.UNSURE_NOTE, after, doubts=(doubt(code, 0, sentence.text),))


_NEGATIVE: Final = compiled(NEGATIVE)
_SEVERITIES: Final = {Code.LEFT_OUT: Severity.INFO, Code.NO_PROFILE: Severity.VIOLATION}
#: The most words of a document that a finding repeats.
_LONGEST_QUOTE: Final = 160


@dataclass
class Reporter:
    """Makes findings of doubts.

    Attributes:
        file: what to call the document.
        placed: the findings, by page, line and column.
    """

    file: str
    placed: list[tuple[tuple[int, int, int], Finding]] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """The findings in the order of the document."""
        return [finding for _, finding in sorted(self.placed, key=lambda it: it[0])]

    def report(self, at: Sentence, about: Doubt) -> str:
        """Add a finding; gives its words without their place."""
        said = told(about)
        self.add(at.spot(about.start), about.code, said, about.hint)
        return said

    def add(self, spot: Spot, code: Code, said: str, hint: str) -> None:
        """Add a finding at a place."""
        where = spot.where
        page = f"On page {where.page}: " if where.page else ""
        place = page or (f"In paragraph {where.paragraph}: " if where.paragraph else "")
        line = where.line or where.paragraph
        found = Finding(
            code, _SEVERITIES.get(code, Severity.WARNING), place + said, self.file, line, spot.column, hint=hint
        )
        self.placed.append(((where.page or 0, line or 0, spot.column), found))


def told(about: Doubt) -> str:
    """What is said of a doubt, without its place."""
    return f"“{shortened(about.words)}” {about.said}."


def shortened(words: str) -> str:
    """Words of a document as a finding repeats them."""
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
