"""Statements: what a sentence means, as mentions of options, a part of the layout, a note, or doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.lexicon import NEGATIVE, compiled
from tlevel_rdf.limits import MAX_REPEATED_CHARACTERS
from tlevel_rdf.profiles.kinds import Kind, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.documents.grammar.annotations import Annotation
    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.profiles.kinds import Flag

#: The headings that options stand under.
TECHNICAL, EDUCATION, WORK = "technical", "education", "work"
MODE_OF: Final = {
    Kind.APPRENTICESHIP: TECHNICAL, Kind.HTQ: TECHNICAL, Kind.DEGREE: EDUCATION, Kind.OCCUPATION: WORK,
}  # fmt: skip


class Category(IntEnum):
    """A kind of statement, by how far it is understood. An integer, because sets of them are looked up often."""

    #: Everything in it is options.
    OPTIONS = auto()
    #: It belongs to the layout, and states nothing that a profile holds.
    RECOGNISED = auto()
    #: It introduces the lines below it.
    LABEL = auto()
    #: It is a note that profiles are known to have.
    NOTE = auto()
    #: It is a note that a person should read, beside any options.
    UNCLEAR = auto()
    #: It is a character or two without a meaning.
    STRAY = auto()


class Context(NamedTuple):
    """The meaning that earlier lines give to a line.

    Attributes:
        mode: technical, education or work; None before the first of them.
        level: the level of a label such as "Level 4:".
        kind: the kind of a label such as "Apprenticeships:".
        is_list: True if a list is open: its items are titles.
        is_item: True if the line is an item of a list or a cell.
        is_noted: True below the heading "Notes".
        wording: of a label such as "Career progression could include:".
        level_above: the level of a label above labels of kinds.
        kind_above: the kind of a label above labels of levels.
    """

    mode: str | None = None
    level: int | None = None
    kind: Kind | None = None
    is_list: bool = False
    is_item: bool = False
    is_noted: bool = False
    wording: Wording | None = None
    level_above: int | None = None
    kind_above: Kind | None = None

    def outside(self) -> Context:
        """Return the context of a line that is no item: labels concern only items and the labels below them."""
        return self._replace(level=None, kind=None, is_item=False, wording=None)

    def ended(self) -> Context:
        """Return the context after a line that ends any list but is no item."""
        return self if self.is_item else Context(mode=self.mode, is_noted=self.is_noted)


class Doubt(NamedTuple):
    """Something in a sentence that a person should look at.

    Attributes:
        code: of the finding.
        start: where it begins in the sentence.
        words: the words at that place.
        predicate: the rest of the message, which begins with those words.
        hint: what to do.
    """

    code: Code
    start: int
    words: str
    predicate: str
    hint: str

    @property
    def message(self) -> str:
        """The message of its finding, without the place."""
        return f"“{shortened(self.words)}” {self.predicate}."


@dataclass(slots=True)
class Mention:
    """A title in a sentence, with everything that the sentence states about it.

    Attributes:
        start: where it begins in the sentence.
        end: where it ends.
        title: its words.
        target: of its link.
        annotations: those behind it.
        is_marked: True if a link or quotation marks enclose it.
        has_article: True if "the" or "a" stands before it.
        doubts: what a person should look at.
        shared: doubts that are reported at an earlier mention, and concern this one too.
        kind: of the option.
        level: of the option.
        is_relevant: True if it is called the relevant occupation.
        wording: of its sentence; None where no sentence of a known wording states it.
    """

    start: int
    end: int
    title: str
    target: str | None = None
    annotations: list[Annotation] = field(default_factory=list)
    is_marked: bool = False
    has_article: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    shared: list[Doubt] = field(default_factory=list)
    kind: Kind | None = None
    level: int | None = None
    is_relevant: bool = False
    wording: Wording | None = None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of its annotations, each once."""
        return tuple(dict.fromkeys(flag for annotation in self.annotations for flag in annotation.flags))

    @property
    def mapping(self) -> str | None:
        """The target of a link to the mapping."""
        return next((annotation.mapping for annotation in self.annotations if annotation.mapping), None)


class Statement(NamedTuple):
    """The meaning of a sentence.

    Attributes:
        category: its kind.
        context: of the sentences after it.
        mentions: of options, in their order.
        doubts: what a person should look at, besides the doubts of its mentions.
    """

    category: Category
    context: Context
    mentions: tuple[Mention, ...] = ()
    doubts: tuple[Doubt, ...] = ()


#: The predicate and the hint of each kind of doubt.
_USUAL: Final = {
    Code.NOT_UNDERSTOOD: (
        "is not understood, and kept as a note",
        "If it says something about an option, write that at the option; else remove the comment.",
    ),
    Code.NEGATED: (
        "says what is not so: no option is made of it, and it is kept as a note",
        "Check whether an option near it needs a change.",
    ),
    Code.KIND_NOT_STATED: (
        "is called neither an apprenticeship nor an HTQ; it is read as an apprenticeship",
        "If it is a Higher Technical Qualification, write that.",
    ),
}
_NEGATIVE: Final = compiled(NEGATIVE)


def doubt(code: Code, start: int, words: str, predicate: str = "", hint: str = "") -> Doubt:
    """Return a doubt, with the usual predicate and hint of its code where none are given."""
    usual = _USUAL.get(code, ("", ""))
    return Doubt(code, start, " ".join(words.split()), predicate or usual[0], hint or usual[1])


def not_understood(sentence: Sentence, context: Context) -> Statement:
    """Return the statement of a sentence that is not understood, or that denies something."""
    code = Code.NEGATED if _NEGATIVE.search(sentence.plain) else Code.NOT_UNDERSTOOD
    return Statement(Category.UNCLEAR, context.ended(), doubts=(doubt(code, 0, sentence.text),))


def set_wording(mentions: Iterable[Mention], wording: Wording | None, doubts: Sequence[Doubt]) -> None:
    """Set the wording of the mentions of a sentence.

    Words that are not understood may be a reserve, so that nothing is stated without one beside them. The doubts are
    those about the sentence, besides the doubts of the mentions.
    """
    for mention in mentions:
        is_doubted = doubts or any(each.code is Code.NOT_UNDERSTOOD for each in mention.doubts)
        mention.wording = None if is_doubted and wording is Wording.STATED else wording


def shortened(words: str) -> str:
    """Return words of a document as a message repeats them."""
    return words if len(words) <= MAX_REPEATED_CHARACTERS else words[: MAX_REPEATED_CHARACTERS - 1].rstrip() + "…"
