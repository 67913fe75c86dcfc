"""A sentence about apprenticeships and technical qualifications → options.

Such a sentence strings clauses together, each with levels, titles, what the titles are called, and flags, in almost any
order. A clause that says "no" makes no option. What is left over when all options are taken out is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities
from tlevel_rdf.documents.grammar.annotations import Aside
from tlevel_rdf.documents.grammar.clause_splitter import clauses, is_negative
from tlevel_rdf.documents.grammar.statement import Offer, doubt
from tlevel_rdf.documents.grammar.title_splitter import Stretch, Title, read_list
from tlevel_rdf.documents.grammar.tokenizer import TITLE_PARTS, Token, Type
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Context, Doubt
    from tlevel_rdf.documents.grammar.title_splitter import Known


@dataclass(slots=True)
class Clauses:
    """What came of a sentence.

    Attributes:
        offers: its options.
        doubts: what is left over, and what it says is not so.
        level: the level that it names, for the lines after it.
        kind: the kind that it names, for the lines after it.
    """

    offers: list[Offer] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    level: int | None = None
    kind: Kind | None = None


def read_clauses(sentence: Sentence, tokens: Sequence[Token], context: Context, known: Known) -> Clauses:
    """Read a sentence of the technical part of a profile."""
    read = Clauses()
    level = context.level
    for clause in clauses(tokens):
        if is_negative(clause):
            words = sentence.text[clause[0].start : clause[-1].end]
            read.doubts.append(doubt(Code.NEGATED, clause[0].start, words))
            # In "there is no A at level 4, but there is the B" both are about one level.
            levels = [token.value for token in clause if token.type is Type.LEVEL]
            level = levels[0] if len(levels) == 1 and isinstance(levels[0], int) else level
            continue
        reader = _Clause(sentence, clause, context._replace(level=level), known)
        reader.read()
        read.offers += reader.offers
        read.doubts += reader.doubts
        read.level = level = reader.level
        read.kind = reader.leading or read.kind
    made = Counter(offer.kind for offer in read.offers)
    for token in tokens:
        if isinstance(token.value, tuple):
            read.doubts += ambiguities.about_count(sentence, token.start, token.end, made[token.value[0]])
    return read


@dataclass(slots=True)
class _Pick:
    """A title that is about to be an option."""

    title: Title
    level: int | None
    is_relevant: bool
    kind: Kind | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, aside: Aside) -> None:
        self.title.asides.append(aside)


#: Several levels at once: no option is made of those.
_SEVERAL: Final = 0
#: After these, a level is that of what stands before it.
_LEVELLED: Final = frozenset({Type.KIND, Type.ASIDE, Type.FLAGS, *TITLE_PARTS})
_TITLED: Final = frozenset({Type.ASIDE, *TITLE_PARTS})
_ENDING: Final = frozenset({None, Type.COMMA, Type.AND, Type.SEMICOLON, Type.FLAGS, Type.KIND, Type.ASIDE, Type.DASH})


class _Clause:
    """Reads one clause, token by token."""

    def __init__(self, sentence: Sentence, tokens: Sequence[Token], context: Context, known: Known) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.context = context
        self.known = known
        self.level = context.level
        self.is_level_unused = False
        self.leading: Kind | None = None
        self.is_relevant = False
        self.flags_before: Token | None = None
        self.is_flagged_plural = False
        self.part: list[Token] = []
        self.picks: list[_Pick] = []
        self.pending: list[_Pick] = []
        self.group: list[_Pick] = []
        self.others: list[Stretch] = []
        self.offers: list[Offer] = []
        self.doubts: list[Doubt] = []

    def read(self) -> None:
        for at, token in enumerate(self.tokens):
            take = _TAKERS.get(token.type)
            if take is None:
                self.part.append(token)
            else:
                take(self, at, token)
        self._gather()
        self._name_the_rest()
        self._finish()

    def _type(self, at: int) -> Type | None:
        return self.tokens[at].type if 0 <= at < len(self.tokens) else None

    def _gather(self, *, is_one: bool | None = None) -> list[_Pick]:
        """Make picks of the titles that have been passed."""
        if not self.part:
            return []
        listed = read_list(self.sentence, self.part, self.known, is_one=is_one)
        self.part = []
        self.others += listed.others
        made = []
        for title in listed.titles:
            if self._is_named(title):
                made.append(_Pick(title, self.level, self.is_relevant))
            else:
                self.others.append(title.stretch)
        if made and self.flags_before:
            self._take_flags_before(made, self.flags_before)
        self.is_level_unused = self.is_level_unused and not made
        self.picks += made
        self.pending += made
        return made

    def _take_flags_before(self, made: list[_Pick], token: Token) -> None:
        """Give flags to the titles they stand before: those after a plural, and else up to the next article."""
        after_first = (at for at, pick in enumerate(made[1:], 1) if pick.title.has_article)
        about = made if self.is_flagged_plural else made[: next(after_first, len(made))]
        for pick in about:
            pick.take(_said(token))
        if len(about) > 1 and not self.is_flagged_plural:
            words = self.sentence.text[token.start : token.end]
            about[0].doubts.append(ambiguities.about_flags(token.start, words, "stands before", len(about)))
        self.flags_before, self.is_flagged_plural = None, False

    def _is_named(self, title: Title) -> bool:
        """Whether it is a name, and not as in "there are limited apprenticeships" or "Many offer apprenticeships"."""
        if title.is_marked or title.has_article or self.context.is_item:
            return True
        within = self.sentence.text[max(title.stretch.start, 1) : title.stretch.end]
        return any(letter.isupper() or letter.isdigit() for letter in within)

    def take_level(self, at: int, token: Token) -> None:
        value = token.value if isinstance(token.value, int) else None
        is_offered = self._type(at - 1) is Type.THERE_IS and self.tokens[at - 1].value != "there"
        self._gather()
        is_last = not any(token.type in TITLE_PARTS for token in self.tokens[at:])
        is_awaited = is_last and any(pick.level is None for pick in self.picks)
        is_close = is_offered or is_awaited or self._type(at - 1) in _LEVELLED
        # A level right behind a title that has none is its own, whatever comes then.
        is_wanted = self._type(at - 1) in _LEVELLED and any(pick.level is None for pick in self.pending or self.group)
        is_behind = is_wanted or (is_close and self._type(at + 1) in _ENDING)
        if is_behind and self.picks:
            unlevelled = [pick for pick in self.picks if pick.level is None]
            for pick in unlevelled or self.pending or self.group:
                self._doubt_level(pick, value)
                pick.level = value
            return
        if self.is_level_unused:
            value = value if value == self.level else _SEVERAL
        elif at + 1 == len(self.tokens) and self._type(at - 1) is Type.AND:
            for pick in self.group:
                pick.level = _SEVERAL
        self.is_level_unused = True
        self.level = value

    def _doubt_level(self, pick: _Pick, level: int | None) -> None:
        if level and pick.level and level != pick.level:
            title = pick.title
            pick.doubts.append(ambiguities.about_level(title.stretch.start, title.text, (pick.level, level)))

    def take_kind(self, at: int, token: Token) -> None:
        if not isinstance(token.value, tuple):
            return
        kind, is_plural = token.value
        self._gather(is_one=not is_plural)
        if len(self.pending) > 1 and not (is_plural or self.leading):
            words = self.sentence.text[token.start : token.end]
            self.pending[-1].doubts.append(ambiguities.about_kind(token.start, words, len(self.pending)))
        if self.pending and self.leading and (self._leads(at) or self._type(at - 1) not in _TITLED):
            self._name(self.pending, self.leading)
            self.leading = kind
        elif self.pending:
            if self.leading:
                self._name(self.pending[:-1], self.leading)
            self._name(self.pending, kind)
        elif not self.group:
            # "Apprenticeships and HTQs:" does not say which title is which.
            self.leading = None if self.leading not in {None, kind} else kind
            self.is_flagged_plural = is_plural and self._type(at - 1) is Type.FLAGS
        elif self._type(at - 1) is Type.AND:
            self._copy_group(kind)
        elif self._leads(at):
            self.leading = kind
        else:
            self.others.append(Stretch(token.start, token.end))

    def _leads(self, at: int) -> bool:
        """Whether the name of a kind stands before its titles."""
        return self._type(at + 1) in {Type.FILLER, Type.COLON, Type.LINK, Type.QUOTE, Type.DASH}

    def _name(self, picks: list[_Pick], kind: Kind) -> None:
        self.group = [pick for pick in picks if pick.kind is None]
        for pick in self.group:
            pick.kind = kind
        self.pending = [pick for pick in self.pending if pick.kind is None]

    def _copy_group(self, kind: Kind) -> None:
        """In "the A apprenticeship and HTQ" one title is both."""
        copies = [
            _Pick(replace(pick.title, asides=[], doubts=[], shared=[]), pick.level, is_relevant=False, kind=kind)
            for pick in self.group
        ]
        self.picks += copies
        self.group = copies

    def take_aside(self, at: int, token: Token) -> None:
        aside = _said(token)
        if aside.of_all and self.part:
            self._gather(is_one=False)
        if any(part.type in TITLE_PARTS for part in self.part):
            self.part.append(token)
            return
        if aside.unknown:
            self.others.append(Stretch(token.start, token.end))
        about = self.pending or self.group
        if about:
            self._take_aside_of(about, token)
        elif not aside.flags:
            level = aside.level or self.level
            self.level = _SEVERAL if self.is_level_unused and level != self.level else level
            self.is_relevant = self.is_relevant or aside.is_relevant
        elif self._type(at - 1) in {Type.ARTICLE, Type.THERE_IS} and self._type(at + 1) in TITLE_PARTS:
            self.flags_before = token
        elif not aside.unknown:
            self.others.append(Stretch(token.start, token.end))

    def _take_aside_of(self, about: list[_Pick], token: Token) -> None:
        aside = _said(token)
        if aside.of_all:
            about = [pick for pick in about if not pick.title.asides] or about
            self._doubt_all(about, token)
            for pick in about:
                pick.take(aside)
            return
        about[-1].take(replace(aside, unknown=None))
        if len(about) > 1 and aside.flags and not self.pending:
            words = self.sentence.text[token.start : token.end]
            about[-1].doubts.append(ambiguities.about_flag(token.start, words, about[-1].title.text))

    def _doubt_all(self, about: Sequence[_Pick], token: Token) -> None:
        """Say so where "all of which" is read as about some of the titles before it only, or "both" as about three."""
        others = [pick for pick in self.picks if not any(pick is each for each in about)]
        titles, rest = [pick.title.text for pick in about], [pick.title.text for pick in others]
        words = self.sentence.text[token.start : token.end]
        if _said(token).of_all and about and (said := ambiguities.about_all(token.start, words, titles, rest)):
            about[0].doubts.append(said)

    def take_flags(self, at: int, token: Token) -> None:
        aside = _said(token)
        if aside.is_one is None and self._type(at - 1) in {None, Type.ARTICLE, Type.THERE_IS, Type.FILLER}:
            self.flags_before = token
            return
        made = self._gather(is_one=aside.is_one if self.is_relevant else None)
        about = [pick for pick in self.pending or self.group if not pick.title.asides or pick in made]
        if not about:
            self.others.append(Stretch(token.start, token.end))
            return
        is_shared = aside.of_all or aside.is_one is False or (self.is_relevant and aside.is_one is not None)
        if not is_shared:
            about[-1].take(aside)
            return
        if not (self.is_relevant or aside.of_all or aside.is_each) and len(about) == 1:
            about = [pick for pick in self.picks if not pick.title.asides]
        if aside.is_one and len(about) > 1:
            words = self.sentence.text[token.start : token.end]
            about[-1].doubts.append(
                ambiguities.about_flags(token.start, words, "is in the singular and stands after", len(about))
            )
        if aside.is_each and len(aside.flags) != len(about):
            self.others.append(Stretch(token.start, token.end))
            return
        self._doubt_all(about, token)
        for number, pick in enumerate(about):
            pick.take(Aside(aside.flags[number : number + 1]) if aside.is_each else aside)
        if self.is_relevant:
            self._name(self.pending, Kind.APPRENTICESHIP)

    def take_there_is(self, _at: int, _token: Token) -> None:
        self._end_relevant()

    def take_relevant(self, at: int, _token: Token) -> None:
        self._end_relevant()
        is_behind = self._type(at + 1) is None and bool(self.picks)
        if is_behind:
            self.picks[-1].is_relevant = True
        self.is_relevant = not is_behind

    def _end_relevant(self) -> None:
        self._gather()
        if self.is_relevant:
            self._name(self.pending, Kind.APPRENTICESHIP)
        self.is_relevant = False

    def _name_the_rest(self) -> None:
        """Find a kind for the titles that no kind stands behind."""
        had_kind = any(token.type is Type.KIND for token in self.tokens)
        for pick in self.pending:
            if pick.is_relevant or any(aside.is_relevant for aside in pick.title.asides):
                pick.kind = Kind.APPRENTICESHIP
            elif kind := next((aside.kind for aside in pick.title.asides if aside.kind), None):
                pick.kind = kind
            elif self.leading or self.context.kind:
                pick.kind = self.leading or self.context.kind
            elif pick.title.is_marked or (self.context.is_item and not had_kind):
                pick.kind = Kind.APPRENTICESHIP
                pick.doubts.append(doubt(Code.KIND_NOT_STATED, pick.title.stretch.start, pick.title.text))
            else:
                self.others.append(pick.title.stretch)
        self.picks = [pick for pick in self.picks if pick.kind]

    def _finish(self) -> None:
        """Make options of the picks, unless what is left over leaves nothing sure."""
        last = max((pick.title.stretch.end for pick in self.picks if not pick.title.is_marked), default=-1)
        if any(other.start < last and not other.is_placeholder for other in self.others):
            words = self.sentence.text[self.tokens[0].start : self.tokens[-1].end]
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, self.tokens[0].start, words))
            return
        for pick in self.picks:
            if offer := self._offer(pick):
                self.offers.append(offer)
        for other in self.others:
            words = self.sentence.text[other.start : other.end]
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, other.start, words))

    def _offer(self, pick: _Pick) -> Offer | None:
        title, asides = pick.title, pick.title.asides
        level = next((aside.level for aside in asides if aside.level is not None), pick.level)
        self._doubt_level(pick, level)
        kind = next((aside.kind for aside in asides if aside.kind), pick.kind) or Kind.APPRENTICESHIP
        if level is None or not 1 <= level <= 8:
            said = "has no one level from 1 to 8, so it is kept as a note"
            hint = "Find its level and write it as an option."
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, title.stretch.start, title.text, said, hint))
            return None
        is_relevant = pick.is_relevant or any(aside.is_relevant for aside in asides)
        return Offer(
            kind,
            level,
            title.text,
            tuple(dict.fromkeys(flag for aside in asides for flag in aside.flags)) if asides else (),
            is_relevant and kind is Kind.APPRENTICESHIP,
            title.target,
            next((aside.mapping for aside in asides if aside.mapping), None) if asides else None,
            title.stretch.start,
            (*title.doubts, *pick.doubts),
            tuple(title.shared),
        )


def _said(token: Token) -> Aside:
    return token.value if isinstance(token.value, Aside) else Aside()


_TAKERS: Final[dict[Type, Callable[[_Clause, int, Token], None]]] = {
    Type.LEVEL: _Clause.take_level,
    Type.KIND: _Clause.take_kind,
    Type.ASIDE: _Clause.take_aside,
    Type.FLAGS: _Clause.take_flags,
    Type.THERE_IS: _Clause.take_there_is,
    Type.RELEVANT: _Clause.take_relevant,
}
