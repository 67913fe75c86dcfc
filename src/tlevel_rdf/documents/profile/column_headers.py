"""What the cells of a table hold: what the head of a column says, and levels, kinds and titles below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.statement import MODE_OF, TECHNICAL
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.annotations import Aside
    from tlevel_rdf.documents.grammar.segmentation import Sentence


class Column(NamedTuple):
    """What a column holds, and of which kind and level its titles are."""

    holds: str
    kind: Kind | None = None
    level: int | None = None


LEVELS, NAMES, FLAGS, TITLES, RELEVANT = "level", "kind", "flags", "title", "relevant"
#: The head of a column is shorter.
LONGEST_HEAD: Final = 60
#: The heads of columns.
_HEADS: Final = (
    (compiled(r"(?:RQF )?levels?\Z"), Column(LEVELS)),
    (compiled(r"(?:type|kind|product|category)(?: of (?:option|progression|qualification))?\Z"), Column(NAMES)),
    (compiled(r"(?:status|flags?|notes?|applicability|marked)\Z"), Column(FLAGS)),
    (compiled(r"(?:is )?relevant(?: occupation| apprenticeship)?\??\Z"), Column(RELEVANT)),
    (compiled(r"apprenticeships?(?: titles?| standards?)?\Z"), Column(TITLES, Kind.APPRENTICESHIP)),
    (
        compiled(r"apprenticeships? ?(?:or|and|/|&) ?(?:HTQs?|(?:higher )?technical qualifications?)\Z"),
        Column(TITLES),
    ),
    (compiled(r"(?:HTQs?|higher technical qualifications?)(?: titles?)?\Z"), Column(TITLES, Kind.HTQ)),
    (compiled(r"(?:degrees?|education)(?: options?| subjects?| courses?)?\Z"), Column(TITLES, Kind.DEGREE)),
    (compiled(r"(?:work|jobs?|careers?|(?:job )?roles?)(?: options?| titles?)?\Z"), Column(TITLES, Kind.OCCUPATION)),
    (
        compiled(
            r"(?:title|name|occupations?|(?:occupational )?standard|progression|(?:progression )?options?|target)\Z"
        ),
        Column(TITLES),
    ),
)
_NAMED: Final = (
    (compiled(r"degrees?\Z"), Kind.DEGREE),
    (compiled(r"(?:occupation|job|work|(?:job )?role|career)s?\Z"), Kind.OCCUPATION),
)
_LEVEL_ALONE: Final = compiled(rf"(?:at )?(?:{lexicon.LEVEL}|L?(?P<digit>[1-8]))\Z")
NOTHING: Final = re.compile(r"[-\u2013—.\s]+\Z|(?:none|nil)\Z", re.IGNORECASE)
YES: Final = {"yes": True, "y": True, "relevant": True, "✓": True, "no": False, "n": False}


@dataclass
class Row:
    """A row with one title, or one list of titles.

    Attributes:
        title: the words of its title's cell.
        level: from its own cell, or that of a row above which spans it.
        kind: from its own cell or the head of its column.
        asides: the cells with flags.
        is_relevant: whether a cell says that it is the relevant occupation.
        is_shared: whether its flags stand beside other titles too.
        is_broken: whether it is a line of a cell that has several, and could be a part of one title.
        is_title: whether its words are a title at all, and not those of a cell that is not understood.
    """

    title: Sentence
    level: int | None = None
    kind: Kind | None = None
    asides: list[Aside] = field(default_factory=list)
    is_relevant: bool = False
    is_shared: bool = False
    is_broken: bool = False
    is_title: bool = True

    @property
    def mode(self) -> str:
        """The heading that its kind belongs under."""
        return MODE_OF[self.kind] if self.kind else TECHNICAL


def head_of(text: str) -> Column | None:
    """What the head of a column says that it holds.

    >>> head_of("Job titles").kind
    <Kind.OCCUPATION: 'occupation'>
    """
    return next((column for pattern, column in _HEADS if pattern.match(text)), None)


def level_of(text: str) -> int | None:
    """The level that a cell holds.

    >>> level_of("Level 4"), level_of("4"), level_of("4 years")
    (4, 4, None)
    """
    found = _LEVEL_ALONE.match(text)
    return lexicon.number(found["level"] or found["digit"]) if found and not found["more"] else None


def kind_in(text: str) -> Kind | None:
    """The kind of option that a cell names."""
    if named := lexicon.kind_of(text):
        return named[0]
    return next((kind for pattern, kind in _NAMED if pattern.match(text)), None)
