"""Read a sentence as a statement, the same for all formats. Its context holds what the lines before it state.

The kinds of sentence stand in one table, and the first that fits is taken. A sentence that fits none becomes a note
that a person should read, so nothing is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities, boilerplate, lexicon
from tlevel_rdf.documents.grammar.degrees_and_jobs import (
    KINDS,
    read_item,
    read_list,
    read_list_line,
    read_verb_sentence,
)
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.statement import (
    EDUCATION,
    TECHNICAL,
    WORK,
    Category,
    Context,
    Statement,
    doubt,
    not_understood,
)
from tlevel_rdf.documents.grammar.technical_options import TechnicalOptions
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.grammar.tokenizer import Type, tokenise
from tlevel_rdf.limits import MAX_LAYOUT_CHARACTERS, MAX_SENTENCE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.profiles.kinds import Kind

#: The most tokens of a label such as "Apprenticeships at level 4:".
_LABEL_TOKENS: Final = 10

_TECHNICAL: Final = r"(?:technical qualifications?|HTQs?|higher technical qualifications?(?: \(HTQs?\))?)"
_BOTH: Final = rf"apprenticeships?(?: (?:and|or|&) {_TECHNICAL})?"
#: The beginning of a sentence that states its subject.
_HEAD: Final = compiled(
    r"(?:(?:and|while|whilst) )?(?:for|in|within) (?:(?P<education>(?:further |higher )?education)"
    rf"|(?P<work>work|employment)|(?P<technical>{_BOTH}|technical qualifications?))\b\s*[,:-]?\s*"
)
#: "For education and work, …" does not show which title is which.
_AND_MORE: Final = compiled(r"(?:and|or)\b")
#: A line that only names the subject of those below it.
_LABEL: Final = compiled(
    r"(?:for )?(?:(?:typical|possible|potential|suggested|example|future) )?"
    rf"(?:(?P<htq>higher technical qualifications?(?: \(HTQs?\))?|HTQs?)"
    rf"|(?P<technical>(?:{_BOTH}|technical(?: (?:qualifications?|and apprenticeships?))?)"
    r"(?: (?:options?|routes?|progression))?)"
    r"|(?P<education>(?:further |higher )?education(?: options?| progression)?"
    r"|degrees?(?: (?:options?|subjects?|courses?))?|university(?: courses?)?)"
    r"|(?P<work>(?:work|employment|careers?|jobs?|occupations?)"
    r"(?: (?:progression|options?|opportunities|roles?))?|(?:job )?roles?))"
    r"(?P<end>\s*[.:]?\Z|\s*(?::|\s-\s)\s*(?=\S))"
)
#: The end of a list that should continue.
_BROKEN_OFF: Final = compiled(r"(?:,|\b(?:and|or))\s*\Z")
_MEANING: Final = re.compile(r"\w{3}|\d|\w\W+\w\w")


def read_sentence(sentence: Sentence, context: Context, known: KnownTitles) -> Statement:
    """Return the statement of a sentence.

    Args:
        sentence: within a specialism, or before or behind them all.
        context: what the lines before state about it.
        known: titles that the document marks.
    """
    statement = _read(sentence, context, known)
    if statement.mentions and not context.is_item and sentence.end == len(sentence.passage.text):
        last = statement.mentions[-1]
        if _BROKEN_OFF.search(sentence.plain, max(len(sentence.plain) - 5, 0)):
            last.doubts.append(ambiguities.about_end(last))
    if context.is_noted and statement.category is Category.UNCLEAR and not statement.mentions:
        return Statement(Category.NOTE, context)
    return statement


def opens_options(passage: Passage) -> bool:
    """Return True if a passage begins with a sentence or a label about options."""
    first = next(iter(passage.sentences), None)
    return first is not None and read_sentence(first, Context(), KnownTitles()).context.mode is not None


def _read(sentence: Sentence, context: Context, known: KnownTitles) -> Statement:
    if len(sentence.text) > MAX_SENTENCE_CHARACTERS:
        return not_understood(sentence, context)
    if len(sentence.text) <= MAX_LAYOUT_CHARACTERS:
        for reader in _READERS:
            if statement := reader(sentence, context, known):
                return statement
    is_other_item = context.is_item and context.mode in KINDS
    technical = None if is_other_item else _technical(sentence, 0, context, known)
    return technical or not_understood(sentence, context)


def _stray(sentence: Sentence, context: Context, _known: KnownTitles) -> Statement | None:
    if _MEANING.search(sentence.text) or context.is_list or context.level:
        return None
    about = doubt(Code.LEFT_OUT, 0, sentence.text, "has no meaning here, and is left out", "Nothing needs to be done.")
    return Statement(Category.STRAY, context, doubts=(about,))


def _boilerplate(sentence: Sentence, context: Context, _known: KnownTitles) -> Statement | None:
    text = sentence.plain
    if boilerplate.NOTES.match(text):
        return Statement(Category.LABEL, Context(is_noted=True))
    if boilerplate.RECOGNISED.match(text):
        return Statement(Category.RECOGNISED, context.ended())
    if boilerplate.NOTE.match(text):
        return Statement(Category.NOTE, context.ended())
    if not boilerplate.LEGEND.match(text):
        return None
    predicate = "explains a flag in other words than usual; it is kept as a note"
    hint = "Check that the flag still means what the vocabulary says."
    about = doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, predicate, hint)
    return Statement(Category.UNCLEAR, context.ended(), doubts=(about,))


def _label(sentence: Sentence, context: Context, known: KnownTitles) -> Statement | None:
    """Read a line such as "Education:", which may continue with its list."""
    found = _LABEL.match(sentence.plain)
    if not found:
        return None
    mode = TECHNICAL if found["htq"] else next(mode for mode in (TECHNICAL, EDUCATION, WORK) if found[mode])
    if context.is_item and context.mode == mode == EDUCATION and not found["end"].strip():
        return None  # a degree in Education
    named = lexicon.kind_of(found["htq"] or found["technical"] or "")
    kind = named[0] if named else None
    after = _below(context, None, kind) if mode == TECHNICAL else Context(mode=mode, is_list=True)
    if found.end() == len(sentence.plain):
        return Statement(Category.LABEL, after)
    if mode == TECHNICAL:
        level = context.level if context.is_item and not context.kind_above else after.level
        return _technical(sentence, found.end(), after._replace(level=level, is_item=True), known)
    after = Context(mode=mode)
    return read_verb_sentence(sentence, found.end(), after, known) or read_list(sentence, found.end(), after, known)


def _below(context: Context, level: int | None, kind: Kind | None) -> Context:
    """Return the context below a label that names a level, a kind or both, and that may stand below another label."""
    begun = Context(mode=TECHNICAL, level=level, kind=kind, is_list=True)
    if level is not None and kind is not None:
        return begun
    if level is not None:
        above = context.kind_above
        return begun._replace(kind=above, kind_above=above, level_above=None if above else level)
    above_level = context.level_above
    return begun._replace(level=above_level, level_above=above_level, kind_above=kind if above_level is None else None)


def _headed(sentence: Sentence, context: Context, known: KnownTitles) -> Statement | None:
    """Read a sentence that may begin with its subject, such as "For work, career progression could include …"."""
    head = _HEAD.match(sentence.plain)
    if not head:
        return read_verb_sentence(sentence, 0, context, known)
    if head["technical"]:
        after = Context(mode=TECHNICAL)
        if head.end() == len(sentence.plain):
            return Statement(Category.LABEL, after)
        return _technical(sentence, head.end(), after, known) or not_understood(sentence, after)
    if _AND_MORE.match(sentence.plain, head.end()):
        return not_understood(sentence, context)
    mode = EDUCATION if head["education"] else WORK
    return read_verb_sentence(sentence, head.end(), Context(mode=mode), known, mode)


_TECHNICAL_SIGNS: Final = frozenset({Type.LEVEL, Type.KIND, Type.RELEVANT})


def _technical(sentence: Sentence, begin: int, context: Context, known: KnownTitles) -> Statement | None:
    tokens = tokenise(sentence, begin)
    types = {token.type for token in tokens}
    annotations = (token.value for token in tokens if token.type in {Type.ANNOTATION, Type.FLAGS})
    is_item = context.is_item and context.mode == TECHNICAL
    is_technical = types & _TECHNICAL_SIGNS or any(each.level or each.kind for each in annotations)
    if not is_technical and not is_item:
        return None
    read = TechnicalOptions(sentence, tokens, context, known)
    after = Context(mode=TECHNICAL)
    if not read.mentions and not read.doubts:
        is_label = sentence.plain.rstrip().endswith(":") or Type.THERE_IS not in types
        if not is_label or len(tokens) > _LABEL_TOKENS or (read.level is None and read.leading is None):
            return None
        return Statement(Category.LABEL, _below(context, read.level, read.leading))
    if context.is_item or context.is_list:
        # The level above the items does not concern a label below them.
        level_above = context.level_above if context.kind else None
        after = context._replace(mode=TECHNICAL, is_item=False, level_above=level_above)
    category = Category.UNCLEAR if read.doubts else Category.OPTIONS
    return Statement(category, after, tuple(read.mentions), tuple(read.doubts))


_READERS: Final[tuple[Callable[[Sentence, Context, KnownTitles], Statement | None], ...]] = (
    _stray,
    _boilerplate,
    _label,
    _headed,
    read_item,
    read_list_line,
)
