"""A sentence → a statement. The same for all formats, and sentence by sentence: what goes before is in the context.

The kinds of sentence stand in one table, and the first that fits is taken. What fits none is a note that a person
should read, so nothing is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities, boilerplate
from tlevel_rdf.documents.grammar.annotations import Aside
from tlevel_rdf.documents.grammar.degrees_and_jobs import KINDS, item, line_of_list, list_from, options_from
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.segmentation import sentences
from tlevel_rdf.documents.grammar.statement import (
    EDUCATION,
    TECHNICAL,
    WORK,
    Context,
    Outcome,
    Statement,
    doubt,
    doubted,
    unknown,
)
from tlevel_rdf.documents.grammar.technical_options import read_clauses
from tlevel_rdf.documents.grammar.title_splitter import Known
from tlevel_rdf.documents.grammar.tokenizer import Type, tokenise
from tlevel_rdf.limits import MAX_SENTENCE_CHARACTERS
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence

#: A sentence of the layout is shorter; anything longer is not held against its patterns.
_LONGEST: Final = 1500
#: A label such as "Apprenticeships at level 4:" has fewer parts.
_LONGEST_LABEL: Final = 10

_TECHNICAL: Final = r"(?:technical qualifications?|HTQs?|higher technical qualifications?(?: \(HTQs?\))?)"
_BOTH: Final = rf"apprenticeships?(?: (?:and|or|&) {_TECHNICAL})?"
#: How a sentence begins that says what it is about.
_HEAD: Final = compiled(
    r"(?:(?:and|while|whilst) )?(?:for|in|within) (?:(?P<education>(?:further |higher )?education)"
    rf"|(?P<work>work|employment)|(?P<technical>{_BOTH}|technical qualifications?))\b\s*[,:-]?\s*"
)
#: "For education and work, …" does not say which title is which.
_AND_MORE: Final = compiled(r"(?:and|or)\b")
#: A line that only says what those below it are.
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
#: How a list ends that should go on.
_BROKEN_OFF: Final = compiled(r"(?:,|\b(?:and|or))\s*\Z")
_MEANS_SOMETHING: Final = re.compile(r"\w{3}|\d|\w\W+\w\w")


def read_sentence(sentence: Sentence, context: Context, known: Known) -> Statement:
    """What a sentence says.

    Args:
        sentence: within a specialism, or before or after them all.
        context: what the lines before say about it.
        known: titles that the document marks.
    """
    statement = _read(sentence, context, known)
    if statement.offers and not context.is_item and sentence.end == len(sentence.passage.text):
        end = _BROKEN_OFF.search(sentence.plain, max(len(sentence.plain) - 5, 0))
        statement = doubted(statement, ambiguities.about_end(statement.offers[-1]), at=-1) if end else statement
    if context.is_noted and statement.outcome is Outcome.UNSURE_NOTE and not statement.offers:
        return Statement(Outcome.NOTE, context)
    return statement


def opens(passage: Passage) -> bool:
    """Whether a passage begins with a sentence or a label about options."""
    first = next(iter(sentences(passage)), None)
    return first is not None and read_sentence(first, Context(), Known()).context.mode is not None


def _read(sentence: Sentence, context: Context, known: Known) -> Statement:
    if len(sentence.text) > MAX_SENTENCE_CHARACTERS:
        return unknown(sentence, context)
    if len(sentence.text) <= _LONGEST:
        for reader in _READERS:
            if statement := reader(sentence, context, known):
                return statement
    return _as_technical(sentence, context, known) or unknown(sentence, context)


def _stray(sentence: Sentence, context: Context, _known: Known) -> Statement | None:
    if _MEANS_SOMETHING.search(sentence.text) or context.is_list or context.level:
        return None
    said, hint = "means nothing here, and is left out", "Nothing needs to be done."
    return Statement(Outcome.STRAY, context, doubts=(doubt(Code.LEFT_OUT, 0, sentence.text, said, hint),))


def _recognised(sentence: Sentence, context: Context, _known: Known) -> Statement | None:
    if boilerplate.NOTES.match(sentence.plain):
        return Statement(Outcome.LABEL, Context(is_noted=True))
    if not boilerplate.RECOGNISED.match(sentence.plain):
        return None
    return Statement(Outcome.RECOGNISED, context if context.is_item else context.ended())


def _noted(sentence: Sentence, context: Context, _known: Known) -> Statement | None:
    is_note = boilerplate.KEPT.match(sentence.plain) or boilerplate.NOTED.match(sentence.plain)
    return Statement(Outcome.NOTE, context if context.is_item else context.ended()) if is_note else None


def _legend(sentence: Sentence, context: Context, _known: Known) -> Statement | None:
    if not boilerplate.LEGEND.match(sentence.plain):
        return None
    said = "explains a flag in other words than usual; it is kept as a note"
    hint = "Check that the flag still means what the vocabulary says."
    about = doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, said, hint)
    return Statement(Outcome.UNSURE_NOTE, context if context.is_item else context.ended(), doubts=(about,))


def _label(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A line such as "Education:", which may go on with its list."""
    found = _LABEL.match(sentence.plain)
    if not found:
        return None
    mode = next(mode for mode in (TECHNICAL, EDUCATION, WORK) if found[mode] or (mode == TECHNICAL and found["htq"]))
    if context.is_item and context.mode == mode == EDUCATION and not found["end"].strip():
        return None  # a degree in Education
    after = _below(context, None, _kind_of_label(found)) if mode == TECHNICAL else Context(mode=mode, is_list=True)
    if found.end() == len(sentence.plain):
        return Statement(Outcome.LABEL, after)
    if mode == TECHNICAL:
        level = context.level if context.is_item and not context.kind_above else after.level
        return _technical_from(sentence, found.end(), after._replace(level=level, is_item=True), known)
    after = Context(mode=mode)
    return options_from(sentence, found.end(), after, known) or list_from(sentence, found.end(), after, known)


def _below(context: Context, level: int | None, kind: Kind | None) -> Context:
    """The context below a label that names a level, a kind or both, and that may stand below another."""
    begun = Context(mode=TECHNICAL, level=level, kind=kind, is_list=True)
    if level is not None and kind is not None:
        return begun
    if level is not None:
        above = context.kind_above
        return begun._replace(kind=above, kind_above=above, level_above=None if above else level)
    above_level = context.level_above
    return begun._replace(level=above_level, level_above=above_level, kind_above=kind if above_level is None else None)


def _kind_of_label(found: re.Match[str]) -> Kind | None:
    if found["htq"]:
        return Kind.HTQ
    words = (found["technical"] or "").casefold()
    return Kind.APPRENTICESHIP if words in {"apprenticeship", "apprenticeships"} else None


def _options(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A sentence such as "For work, career progression could include …"."""
    head = _HEAD.match(sentence.plain)
    if not head:
        return options_from(sentence, 0, context, known)
    if head["technical"]:
        return None
    mode = EDUCATION if head["education"] else WORK
    if _AND_MORE.match(sentence.plain, head.end()):
        return unknown(sentence, context)
    return options_from(sentence, head.end(), Context(mode=mode), known, is_said=True)


def _technical(sentence: Sentence, _context: Context, known: Known) -> Statement | None:
    """A sentence that begins with "For apprenticeships and technical qualifications,"."""
    found = _HEAD.match(sentence.plain)
    if not found or not found["technical"]:
        return None
    after = Context(mode=TECHNICAL)
    if found.end() == len(sentence.plain):
        return Statement(Outcome.LABEL, after)
    return _technical_from(sentence, found.end(), after, known) or unknown(sentence, after)


def _as_technical(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A sentence with a level, or with what apprenticeships and technical qualifications are called."""
    return _technical_from(sentence, 0, context, known) if context.mode not in KINDS or not context.is_item else None


_TECHNICAL_SIGNS: Final = frozenset({Type.LEVEL, Type.KIND, Type.RELEVANT})


def _technical_from(sentence: Sentence, begin: int, context: Context, known: Known) -> Statement | None:
    tokens = tokenise(sentence, begin)
    types = {token.type for token in tokens}
    if any(isinstance(token.value, Aside) and (token.value.level or token.value.kind) for token in tokens):
        types.add(Type.LEVEL)
    is_item = context.is_item and context.mode == TECHNICAL
    if not types & _TECHNICAL_SIGNS and not is_item:
        return None
    read = read_clauses(sentence, tokens, context, known)
    after = Context(mode=TECHNICAL)
    if not read.offers and not read.doubts:
        is_label = sentence.plain.rstrip().endswith(":") or Type.THERE_IS not in types
        if not is_label or len(tokens) > _LONGEST_LABEL or (read.level is None and read.kind is None):
            return None
        return Statement(Outcome.LABEL, _below(context, read.level, read.kind))
    if context.is_item or context.is_list:
        # A label below items is not about the level that stands above those.
        level_above = context.level_above if context.kind else None
        after = context._replace(mode=TECHNICAL, is_item=False, level_above=level_above)
    outcome = Outcome.UNSURE_NOTE if read.doubts else Outcome.OPTIONS
    return Statement(outcome, after, tuple(read.offers), tuple(read.doubts))


_READERS: Final[tuple[Callable[[Sentence, Context, Known], Statement | None], ...]] = (
    _stray,
    _recognised,
    _noted,
    _legend,
    _label,
    _technical,
    _options,
    item,
    line_of_list,
)
