"""Read the options in a sentence about apprenticeships and technical qualifications.

Such a sentence strings together levels, titles, the kinds of these, and flags, in almost any order. A sentence that
denies something makes no option, and words that belong to no option are reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities, lexicon
from tlevel_rdf.documents.grammar.segmentation import Span
from tlevel_rdf.documents.grammar.statement import doubt, set_wording
from tlevel_rdf.documents.grammar.title_splitter import is_interrupted, split_titles
from tlevel_rdf.documents.grammar.tokenizer import TITLE_PARTS, Token, Type
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.documents.grammar.annotations import Annotation
    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Context, Doubt, Mention
    from tlevel_rdf.documents.grammar.title_splitter import KnownTitles


#: The level that stands for several at once: no option is made of those.
_SEVERAL: Final = 0
#: Behind these, a level belongs to what stands before it.
_LEVELLED: Final = frozenset({Type.KIND, Type.ANNOTATION, Type.FLAGS, *TITLE_PARTS})
_TITLED: Final = frozenset({Type.ANNOTATION, *TITLE_PARTS})
_ENDING: Final = frozenset(
    {None, Type.COMMA, Type.AND, Type.SEMICOLON, Type.FLAGS, Type.KIND, Type.ANNOTATION, Type.DASH}
)
#: These hold the verb of a sentence.
_VERBAL: Final = frozenset({Type.THERE_IS, Type.FLAGS, Type.RELEVANT, Type.FILLER})
#: Behind the name of a kind, these show that it stands before its titles.
_LED: Final = frozenset({Type.FILLER, Type.COLON, Type.LINK, Type.QUOTE, Type.DASH})


class TechnicalOptions:
    """The options of a sentence, which is read token by token.

    Titles are collected in `part` until a token shows what they are. They are then `pending` until a kind names them,
    and form the `group` that this kind names.

    Attributes:
        mentions: of options.
        doubts: about words that belong to no option.
        level: the level that the sentence names last.
        leading: the kind that it names before its titles.
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
        self.leftovers: list[Span] = []
        self.doubts: list[Doubt] = []
        if any(token.type is Type.NEGATIVE for token in tokens):
            self._doubt_whole(Code.NEGATED)
        else:
            self._read()

    def _read(self) -> None:
        takers: dict[Type, Callable[[int, Token], None]] = {
            Type.LEVEL: self._take_level,
            Type.KIND: self._take_kind,
            Type.ANNOTATION: self._take_annotation,
            Type.FLAGS: self._take_flags,
            Type.THERE_IS: lambda *_: self._end_relevant(),
            Type.RELEVANT: self._take_relevant,
        }
        for at, token in enumerate(self.tokens):
            if take := takers.get(token.type):
                take(at, token)
            else:
                self.part.append(token)
        self._gather()
        self._name_the_rest()
        self._finish()
        verbs = " ".join(self._text(token) for token in self.tokens if token.type in _VERBAL)
        set_wording(self.mentions, lexicon.wording_of(verbs) or self.context.wording, self.doubts)
        counts = Counter(mention.kind for mention in self.mentions)
        for token in self.tokens:
            if token.type is Type.KIND:
                self.doubts += ambiguities.about_count(self.sentence, token.start, token.end, counts[token.value[0]])

    def _doubt_whole(self, code: Code) -> None:
        start, end = self.tokens[0].start, self.tokens[-1].end
        self.doubts.append(doubt(code, start, self.sentence.text[start:end]))

    def _type(self, at: int) -> Type | None:
        return self.tokens[at].type if 0 <= at < len(self.tokens) else None

    def _leave(self, token: Token) -> None:
        self.leftovers.append(Span(token.start, token.end))

    def _text(self, token: Token) -> str:
        return self.sentence.text[token.start : token.end]

    def _gather(self, *, is_one: bool | None = None) -> list[Mention]:
        """Split the collected tokens into titles."""
        if not self.part:
            return []
        titles, leftovers = split_titles(self.sentence, self.part, self.known, is_one=is_one)
        self.part = []
        self.leftovers += leftovers
        made = []
        for mention in titles:
            if self._is_name(mention):
                mention.level, mention.is_relevant = self.level, self.is_relevant
                made.append(mention)
            else:
                self.leftovers.append(Span(mention.start, mention.end))
        if made and self.flags_before:
            # Before several titles, nothing shows whether flags are about all of them.
            if len(made) == 1:
                made[0].annotations.append(self.flags_before.value)
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

    def _take_level(self, at: int, token: Token) -> None:
        value: int = token.value
        is_offered = self._type(at - 1) is Type.THERE_IS
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

    def _take_kind(self, at: int, token: Token) -> None:
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

    def _take_annotation(self, _at: int, token: Token) -> None:
        annotation: Annotation = token.value
        if annotation.of_all and self.part:
            self._gather(is_one=False)
        if any(part.type in TITLE_PARTS for part in self.part):
            self.part.append(token)
            return
        if annotation.unclear:
            self._leave(token)
        if recent := self.pending or self.group:
            if annotation.of_all:
                self._annotate_all([mention for mention in recent if not mention.annotations] or recent, token)
            else:
                is_sure = len(recent) == 1 or not annotation.flags or bool(self.pending)
                self._annotate(recent[-1:], token, is_sure=is_sure)
        elif not annotation.flags:
            level = annotation.level or self.level
            self.level = _SEVERAL if self.is_level_unused and level != self.level else level
            self.is_relevant = self.is_relevant or annotation.is_relevant
        elif not annotation.unclear:
            self._leave(token)

    def _take_flags(self, at: int, token: Token) -> None:
        annotation: Annotation = token.value
        is_singular = annotation.is_singular
        if is_singular is None and self._type(at - 1) in {None, Type.ARTICLE, Type.THERE_IS, Type.FILLER}:
            self.flags_before = token
            return
        made = self._gather(is_one=is_singular if self.is_relevant else None)
        about = [mention for mention in self.pending or self.group if not mention.annotations or mention in made]
        if not about:
            self._leave(token)
            return
        if not annotation.flags:
            self._leave(token)
        elif annotation.of_all:
            self._annotate_all(about, token)
        elif is_singular is False or (self.is_relevant and is_singular):
            if not self.is_relevant and len(about) == 1:
                about = [mention for mention in self.mentions if not mention.annotations]
            self._annotate(about, token, is_sure=len(about) == 1 or not is_singular)
        else:
            self._annotate(about[-1:], token)
            return
        if self.is_relevant:
            self._name(self.pending, Kind.APPRENTICESHIP)

    def _annotate_all(self, about: Sequence[Mention], token: Token) -> None:
        """Give an annotation with "all", "each" or "both" to several titles."""
        is_sure = len(about) == len(self.mentions) and (len(about) == 2 or "both" not in self._text(token).casefold())
        self._annotate(about, token, is_sure=is_sure)

    def _annotate(self, about: Sequence[Mention], token: Token, *, is_sure: bool = True) -> None:
        annotation = replace(token.value, unclear=None)
        for mention in about:
            mention.annotations.append(annotation)
        if not is_sure:
            titles = [mention.title for mention in about]
            about[-1].doubts.append(ambiguities.about_flags(token.start, self._text(token), titles))

    def _take_relevant(self, at: int, _token: Token) -> None:
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
                self.leftovers.append(Span(mention.start, mention.end))
        self.mentions = [mention for mention in self.mentions if mention.kind]

    def _finish(self) -> None:
        """Complete the mentions, unless a leftover makes none of them certain."""
        if is_interrupted(self.mentions, self.leftovers):
            self._doubt_whole(Code.NOT_UNDERSTOOD)
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
