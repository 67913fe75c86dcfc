"""Read the options in a sentence about apprenticeships and technical qualifications.

Such a sentence strings clauses together, each with levels, titles, the kinds of these, and flags, in almost any order.
A clause that denies something makes no option. Words that belong to no option are reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities
from tlevel_rdf.documents.grammar.annotations import Annotation
from tlevel_rdf.documents.grammar.statement import doubt
from tlevel_rdf.documents.grammar.title_splitter import Leftover, is_interrupted, split_titles
from tlevel_rdf.documents.grammar.tokenizer import TITLE_PARTS, Token, Type
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Context, Doubt, Mention
    from tlevel_rdf.documents.grammar.title_splitter import KnownTitles


@dataclass(slots=True)
class TechnicalOptions:
    """The options of a sentence.

    Attributes:
        mentions: of options.
        doubts: about words that belong to no option, and clauses that deny something.
        level: the level that the sentence names, for the lines below it.
        kind: the kind that it names, for the lines below it.
    """

    mentions: list[Mention] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    level: int | None = None
    kind: Kind | None = None


def read_technical(
    sentence: Sentence, tokens: Sequence[Token], context: Context, known: KnownTitles
) -> TechnicalOptions:
    """Return the options of a sentence in the technical part of a profile."""
    read = TechnicalOptions()
    level = context.level
    for clause in _clauses(tokens):
        if _is_negative(clause):
            words = sentence.text[clause[0].start : clause[-1].end]
            read.doubts.append(doubt(Code.NEGATED, clause[0].start, words))
            # In "there is no A at level 4, but there is the B" both are about one level.
            levels = [token.value for token in clause if token.type is Type.LEVEL]
            level = levels[0] if len(levels) == 1 and isinstance(levels[0], int) else level
            continue
        reader = _ClauseReader(sentence, clause, context._replace(level=level), known)
        reader.read()
        read.mentions += reader.mentions
        read.doubts += reader.doubts
        read.level = level = reader.level
        read.kind = reader.leading or read.kind
    counts = Counter(mention.kind for mention in read.mentions)
    for token in tokens:
        if isinstance(token.value, tuple):
            read.doubts += ambiguities.about_count(sentence, token.start, token.end, counts[token.value[0]])
    return read


def _clauses(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Split the tokens at "but", and at semicolons before a new statement."""
    clauses: list[Sequence[Token]] = []
    start = 0
    for at, token in enumerate(tokens):
        if token.type is Type.BUT or (token.type is Type.SEMICOLON and _begins_statement(tokens, at + 1)):
            clauses.append(tokens[start:at])
            start = at + 1
    whole: list[Sequence[Token]] = []
    for clause in filter(None, [*clauses, tokens[start:]]):
        # In "the A apprenticeship, however, is not offered" the second part has no subject of its own.
        if whole and _is_negative(clause) and not any(map(_is_subject, clause)):
            whole[-1] = [*whole[-1], *clause]
        else:
            whole.append(clause)
    return whole


def _begins_statement(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a new statement begins at a token, and not the next title of a list."""
    while at < len(tokens) and tokens[at].type in {Type.AND, Type.COMMA, Type.FILLER, Type.BUT}:
        at += 1
    return at < len(tokens) and tokens[at].type in {Type.LEVEL, Type.THERE_IS, Type.NEGATIVE, Type.RELEVANT}


def _is_subject(token: Token) -> bool:
    return token.type in {Type.KIND, Type.LINK, Type.QUOTE, Type.LEVEL} or token.value == "there"


def _is_negative(clause: Sequence[Token]) -> bool:
    return any(token.type is Type.NEGATIVE for token in clause)


#: The level that stands for several at once: no option is made of those.
_SEVERAL: Final = 0
#: Behind these, a level belongs to what stands before it.
_LEVELLED: Final = frozenset({Type.KIND, Type.ANNOTATION, Type.FLAGS, *TITLE_PARTS})
_TITLED: Final = frozenset({Type.ANNOTATION, *TITLE_PARTS})
_ENDING: Final = frozenset(
    {None, Type.COMMA, Type.AND, Type.SEMICOLON, Type.FLAGS, Type.KIND, Type.ANNOTATION, Type.DASH}
)
#: Behind the name of a kind, these show that it stands before its titles.
_LED: Final = frozenset({Type.FILLER, Type.COLON, Type.LINK, Type.QUOTE, Type.DASH})


class _ClauseReader:
    """Reads one clause, token by token.

    Titles are collected in `part` until a token shows what they are. They are then `pending` until a kind names them,
    and form the `group` that this kind names.
    """

    def __init__(self, sentence: Sentence, tokens: Sequence[Token], context: Context, known: KnownTitles) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.context = context
        self.known = known
        self.level = context.level
        self.is_level_unused = False
        self.leading: Kind | None = None
        self.is_relevant = False
        self.flags_before: Token | None = None
        self.part: list[Token] = []
        self.mentions: list[Mention] = []
        self.pending: list[Mention] = []
        self.group: list[Mention] = []
        self.leftovers: list[Leftover] = []
        self.doubts: list[Doubt] = []

    def read(self) -> None:
        for at, token in enumerate(self.tokens):
            take = _READERS.get(token.type)
            if take is None:
                self.part.append(token)
            else:
                take(self, at, token)
        self._gather()
        self._name_the_rest()
        self._finish()

    def _type(self, at: int) -> Type | None:
        return self.tokens[at].type if 0 <= at < len(self.tokens) else None

    def _leave(self, token: Token) -> None:
        self.leftovers.append(Leftover(token.start, token.end))

    def _text(self, token: Token) -> str:
        return self.sentence.text[token.start : token.end]

    def _gather(self, *, is_one: bool | None = None) -> list[Mention]:
        """Split the collected tokens into titles."""
        if not self.part:
            return []
        split = split_titles(self.sentence, self.part, self.known, is_one=is_one)
        self.part = []
        self.leftovers += split.leftovers
        made = []
        for mention in split.titles:
            if self._is_name(mention):
                mention.level, mention.is_relevant = self.level, self.is_relevant
                made.append(mention)
            else:
                self.leftovers.append(Leftover(mention.start, mention.end))
        if made and self.flags_before:
            # Before several titles, nothing shows whether flags are about all of them.
            if len(made) == 1:
                made[0].annotations.append(_annotation(self.flags_before))
            else:
                self._leave(self.flags_before)
            self.flags_before = None
        self.is_level_unused = self.is_level_unused and not made
        self.mentions += made
        self.pending += made
        return made

    def _is_name(self, mention: Mention) -> bool:
        """Return True for a name; False for words as in "there are limited apprenticeships"."""
        if mention.is_marked or mention.has_article or self.context.is_item:
            return True
        within = self.sentence.text[max(mention.start, 1) : mention.end]
        return any(letter.isupper() or letter.isdigit() for letter in within)

    def take_level(self, at: int, token: Token) -> None:
        value = token.value if isinstance(token.value, int) else None
        is_offered = self._type(at - 1) is Type.THERE_IS and self.tokens[at - 1].value != "there"
        self._gather()
        is_last = not any(token.type in TITLE_PARTS for token in self.tokens[at:])
        is_awaited = is_last and any(mention.level is None for mention in self.mentions)
        is_close = is_offered or is_awaited or self._type(at - 1) in _LEVELLED
        # A level right behind a title without one belongs to it, whatever follows.
        is_wanted = self._type(at - 1) in _LEVELLED and any(
            mention.level is None for mention in self.pending or self.group
        )
        is_behind = is_wanted or (is_close and self._type(at + 1) in _ENDING)
        if is_behind and self.mentions:
            unlevelled = [mention for mention in self.mentions if mention.level is None]
            for mention in unlevelled or self.pending or self.group:
                self._set_level(mention, value)
            return
        if self.is_level_unused:
            value = value if value == self.level else _SEVERAL
        elif at + 1 == len(self.tokens) and self._type(at - 1) is Type.AND:
            for mention in self.group:
                mention.level = _SEVERAL
        self.is_level_unused = True
        self.level = value

    def _set_level(self, mention: Mention, level: int | None) -> None:
        if level and mention.level and level != mention.level:
            mention.doubts.append(ambiguities.about_level(mention, (mention.level, level)))
        mention.level = level

    def take_kind(self, at: int, token: Token) -> None:
        if not isinstance(token.value, tuple):
            return
        kind, is_plural = token.value
        self._gather(is_one=not is_plural)
        is_leading = self._type(at + 1) in _LED
        if len(self.pending) > 1 and not (is_plural or self.leading):
            about = ambiguities.about_kind(token.start, self._text(token), len(self.pending))
            self.pending[-1].doubts.append(about)
        if self.pending and self.leading and (is_leading or self._type(at - 1) not in _TITLED):
            self._name(self.pending, self.leading)
            self.leading = kind
        elif self.pending:
            if self.leading:
                self._name(self.pending[:-1], self.leading)
            self._name(self.pending, kind)
        elif not self.group:
            # "Apprenticeships and HTQs:" does not show which title is which.
            self.leading = None if self.leading not in {None, kind} else kind
        elif self._type(at - 1) is Type.AND:
            self._copy_group(kind)
        elif is_leading:
            self.leading = kind
        else:
            self._leave(token)

    def _name(self, mentions: list[Mention], kind: Kind) -> None:
        self.group = [mention for mention in mentions if mention.kind is None]
        for mention in self.group:
            mention.kind = kind
        self.pending = [mention for mention in self.pending if mention.kind is None]

    def _copy_group(self, kind: Kind) -> None:
        """Read one title as two options, as in "the A apprenticeship and HTQ"."""
        self.group = [
            replace(mention, annotations=[], doubts=[], shared=[], is_relevant=False, kind=kind)
            for mention in self.group
        ]
        self.mentions += self.group

    def take_annotation(self, _at: int, token: Token) -> None:
        annotation = _annotation(token)
        if annotation.of_all and self.part:
            self._gather(is_one=False)
        if any(part.type in TITLE_PARTS for part in self.part):
            self.part.append(token)
            return
        if annotation.unclear:
            self._leave(token)
        if about := self.pending or self.group:
            self._annotate(about, token, annotation)
        elif not annotation.flags:
            level = annotation.level or self.level
            self.level = _SEVERAL if self.is_level_unused and level != self.level else level
            self.is_relevant = self.is_relevant or annotation.is_relevant
        elif not annotation.unclear:
            self._leave(token)

    def _annotate(self, about: list[Mention], token: Token, annotation: Annotation) -> None:
        if annotation.of_all:
            self._annotate_all([mention for mention in about if not mention.annotations] or about, token, annotation)
            return
        about[-1].annotations.append(replace(annotation, unclear=None))
        if len(about) > 1 and annotation.flags and not self.pending:
            about[-1].doubts.append(ambiguities.about_flag(token.start, self._text(token), about[-1].title))

    def _annotate_all(self, about: Sequence[Mention], token: Token, annotation: Annotation) -> None:
        """Give an annotation to several titles; doubt "all of which" behind others, and "both" behind three."""
        others = [mention.title for mention in self.mentions if not any(mention is each for each in about)]
        titles = [mention.title for mention in about]
        if annotation.of_all and (found := ambiguities.about_all(token.start, self._text(token), titles, others)):
            about[0].doubts.append(found)
        for mention in about:
            mention.annotations.append(annotation)

    def take_flags(self, at: int, token: Token) -> None:
        annotation = _annotation(token)
        is_singular = annotation.is_singular
        if is_singular is None and self._type(at - 1) in {None, Type.ARTICLE, Type.THERE_IS, Type.FILLER}:
            self.flags_before = token
            return
        made = self._gather(is_one=is_singular if self.is_relevant else None)
        about = [mention for mention in self.pending or self.group if not mention.annotations or _is_in(mention, made)]
        if not about:
            self._leave(token)
            return
        if not annotation.flags:
            self._leave(token)
        elif not (annotation.of_all or is_singular is False or (self.is_relevant and is_singular is not None)):
            about[-1].annotations.append(annotation)
            return
        else:
            if not (self.is_relevant or annotation.of_all) and len(about) == 1:
                about = [mention for mention in self.mentions if not mention.annotations]
            if is_singular and len(about) > 1:
                about[-1].doubts.append(ambiguities.about_flags(token.start, self._text(token), len(about)))
            self._annotate_all(about, token, annotation)
        if self.is_relevant:
            self._name(self.pending, Kind.APPRENTICESHIP)

    def take_there_is(self, _at: int, _token: Token) -> None:
        self._end_relevant()

    def take_relevant(self, at: int, _token: Token) -> None:
        self._end_relevant()
        is_behind = self._type(at + 1) is None and bool(self.mentions)
        if is_behind:
            self.mentions[-1].is_relevant = True
        self.is_relevant = not is_behind

    def _end_relevant(self) -> None:
        self._gather()
        if self.is_relevant:
            self._name(self.pending, Kind.APPRENTICESHIP)
        self.is_relevant = False

    def _name_the_rest(self) -> None:
        """Find a kind for the titles that no kind stands behind."""
        had_kind = any(token.type is Type.KIND for token in self.tokens)
        for mention in self.pending:
            if mention.is_relevant or any(each.is_relevant for each in mention.annotations):
                mention.kind = Kind.APPRENTICESHIP
            elif kind := next((each.kind for each in mention.annotations if each.kind), None):
                mention.kind = kind
            elif self.leading or self.context.kind:
                mention.kind = self.leading or self.context.kind
            elif mention.is_marked or (self.context.is_item and not had_kind):
                mention.kind = Kind.APPRENTICESHIP
                mention.doubts.append(doubt(Code.KIND_NOT_STATED, mention.start, mention.title))
            else:
                self.leftovers.append(Leftover(mention.start, mention.end))
        self.mentions = [mention for mention in self.mentions if mention.kind]

    def _finish(self) -> None:
        """Complete the mentions, unless a leftover makes none of them certain."""
        if is_interrupted(self.mentions, self.leftovers):
            start, end = self.tokens[0].start, self.tokens[-1].end
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, start, self.sentence.text[start:end]))
            self.mentions = []
            return
        self.mentions = [mention for mention in self.mentions if self._complete(mention)]
        for other in self.leftovers:
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, other.start, self.sentence.text[other.start : other.end]))

    def _complete(self, mention: Mention) -> bool:
        """Apply the annotations of a mention; return False and add a doubt if it has no level."""
        for annotation in reversed(mention.annotations):
            mention.kind = annotation.kind or mention.kind
            mention.is_relevant = mention.is_relevant or annotation.is_relevant
        level = next((each.level for each in mention.annotations if each.level is not None), mention.level)
        self._set_level(mention, level)
        mention.is_relevant = mention.is_relevant and mention.kind is Kind.APPRENTICESHIP
        if level is None or not 1 <= level <= 8:
            predicate = "has no one level from 1 to 8, so it is kept as a note"
            hint = "Find its level and write it as an option."
            self.doubts.append(doubt(Code.NOT_UNDERSTOOD, mention.start, mention.title, predicate, hint))
            return False
        return True


def _annotation(token: Token) -> Annotation:
    return token.value if isinstance(token.value, Annotation) else Annotation()


def _is_in(mention: Mention, mentions: Sequence[Mention]) -> bool:
    return any(mention is each for each in mentions)


_READERS: Final[dict[Type, Callable[[_ClauseReader, int, Token], None]]] = {
    Type.LEVEL: _ClauseReader.take_level,
    Type.KIND: _ClauseReader.take_kind,
    Type.ANNOTATION: _ClauseReader.take_annotation,
    Type.FLAGS: _ClauseReader.take_flags,
    Type.THERE_IS: _ClauseReader.take_there_is,
    Type.RELEVANT: _ClauseReader.take_relevant,
}
