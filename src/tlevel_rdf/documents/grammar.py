"""A sentence → a statement. The same for all formats, and sentence by sentence: what goes before is in the context.

The kinds of sentence stand in one table, and the first that fits is taken. What fits none is a note that a person
should read, so nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents import boilerplate, wording
from tlevel_rdf.documents.clauses import read_clauses
from tlevel_rdf.documents.lines import Role
from tlevel_rdf.documents.passages import sentences
from tlevel_rdf.documents.statements import EDUCATION, TECHNICAL, WORK, Context, Offer, Outcome, Statement, doubt
from tlevel_rdf.documents.titles import Known, clean, read_list
from tlevel_rdf.documents.tokens import MARKED, Aside, Token, Type, tokenise
from tlevel_rdf.documents.wording import any_of, compiled
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.settings import MAX_SENTENCE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.documents.passages import Passage, Sentence

_KINDS: Final = {EDUCATION: Kind.DEGREE, WORK: Kind.OCCUPATION}
#: A sentence of the layout is shorter; anything longer is not held against its patterns.
_LONGEST: Final = 1500
#: A label such as "Apprenticeships at level 4:" has fewer parts.
_LONGEST_LABEL: Final = 10

_EDUCATION_NOUN: Final = any_of("degrees?, university, universities, education, undergraduate")
_WORK_NOUN: Final = any_of("careers?, jobs?, roles?, occupations?, employment, positions?, work")
_TECHNICAL: Final = r"(?:technical qualifications?|HTQs?|higher technical qualifications?(?: \(HTQs?\))?)"
_BOTH: Final = rf"apprenticeships?(?: (?:and|or|&) {_TECHNICAL})?"
#: How a sentence begins that says what it is about.
_HEAD: Final = compiled(
    r"(?:for|in|within) (?:(?P<education>(?:further |higher )?education)|(?P<work>work|employment)"
    rf"|(?P<technical>{_BOTH}|technical qualifications?))\b\s*[,:-]?\s*"
)
#: "For education and work, …" does not say which title is which.
_AND_MORE: Final = compiled(r"(?:and|or)\b")
#: What may stand before the verb of a sentence about degrees or jobs.
_ABOUT: Final = any_of(
    f"""the, a, an, some, other, further, possible, potential, relevant, related, suitable, typical, future, these,
    this, learners?, students?, you, they, also, in, into, to, of, for, and, progression, options?, courses?,
    subjects?, programmes?, pathways?, routes?, opportunities, areas, examples?, available, studies, study, there,
    T[ -]Level, after, from, range, foundation, {_EDUCATION_NOUN}, {_WORK_NOUN}"""
)
_ADVERB: Final = any_of("also, then, later, often, usually, typically, eventually")
_VERB: Final = (
    rf"(?:(?:may|could|can|might|will|would)\b\s*)?(?:{_ADVERB} )?"
    + any_of(
        r"""includ(?:es?|ing), (?:are|is) limited to, be, are, is, (?:progress|move) (?:on ?|in)?to, go on to, lead to,
        study, become, work as, consider, apply for, choose, follow, pursue"""
    )
    + r"\b"
)
_LIKE: Final = any_of(
    r"""such as, including, for example, e\.g\., like, as follows, but (?:are|is) not limited to, the following,
    either, being, becoming, working as"""
)
_QUALITY: Final = any_of(
    "a, an, the, some, several, many, various, following, relevant, related, possible, bachelor's, undergraduate"
)
_LISTED: Final = any_of("degrees?, courses?, careers?, roles?, jobs?, positions?, options?, subjects?, programmes?")
#: What a list may be called before it begins: "roles such as", "a degree in".
_NOUNS: Final = (
    rf"(?:(?:{_QUALITY} )*(?:(?:degree|job|career|work) )?{_LISTED}"
    r"(?= (?:in|as|such|including|like|of|for)|\s*[:,])(?: (?:in|as|of|like|for)\b)?)"
)
_LISTED_NOUN: Final = compiled(rf"\s*{_NOUNS}")
_OPTIONS: Final = compiled(rf"(?P<about>(?:{_ABOUT}\b,? ){{0,12}})(?P<verb>{_VERB})(?P<rest>.*)\Z")
_REST: Final = compiled(rf"\s*,?\s*(?:{_LIKE}\b\s*,?\s*)?[:,]?\s*(?:{_NOUNS}\s*)?(?:,?\s*{_LIKE}\b\s*,?\s*)?[:,-]?\s*")
#: A list of these names trades, and no job.
_TRADES: Final = compiled(r".*\b(?:careers?|jobs?|roles?|positions?) in\s*\Z")
#: What only one kind of list has for a verb.
_STUDIES: Final = compiled(r".*\bstudy\Z")
_WORKS: Final = compiled(r".*\b(?:become|work as)\Z")
_KIND_ANYWHERE: Final = compiled(wording.KIND)
#: What goes on with a list that has begun.
_MORE: Final = compiled(r"\b(?:options?|examples?|opportunities|others?|progression|routes?|pathways?)\b")
_IS_EDUCATION: Final = compiled(rf"\b{_EDUCATION_NOUN}\b")
_IS_WORK: Final = compiled(rf"\b{_WORK_NOUN}\b")
#: How a list ends.
_TAIL: Final = compiled(
    r"(?:\s*,?\s*(?:(?:and|or)\b\s*)?(?:etc|(?:many )?(?:more|others)|so on|among(?:st)? others"
    rf"|other (?:related |similar )?{_LISTED})\b)?"
    r"(?: (?:degree (?:courses?|subjects?|programmes?)|degrees?|courses|roles|jobs|positions|careers|occupations))?"
    r"(?: at (?:university|degree level))?[ .,:;]*\Z"
)
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
_NEGATIVE: Final = compiled(wording.NEGATIVE)
_MEANS_SOMETHING: Final = re.compile(r"\w{3}|\d|\w\W+\w\w")


def read_sentence(sentence: Sentence, context: Context, known: Known) -> Statement:
    """What a sentence says.

    Args:
        sentence: within a specialism, or before or after them all.
        context: what the lines before say about it.
        known: titles that the document marks.
    """
    statement = _read(sentence, context, known)
    if context.is_noted and statement.outcome is Outcome.UNSURE_NOTE and not statement.offers:
        return Statement(Outcome.NOTE, context)
    return statement


def opens(passage: Passage) -> bool:
    """Whether a passage begins with a sentence or a label about options."""
    first = next(sentences(passage), None)
    return first is not None and read_sentence(first, Context(), Known()).context.mode is not None


def _read(sentence: Sentence, context: Context, known: Known) -> Statement:
    if len(sentence.text) > MAX_SENTENCE_CHARACTERS:
        return _unknown(sentence, context)
    if len(sentence.text) <= _LONGEST:
        for reader in _READERS:
            if statement := reader(sentence, context, known):
                return statement
    return _as_technical(sentence, context, known) or _unknown(sentence, context)


def _unknown(sentence: Sentence, context: Context) -> Statement:
    """What is not understood: it ends a list, unless it is an item of it."""
    is_negative = _NEGATIVE.search(sentence.plain)
    code = Code.SAYS_NOT if is_negative else Code.NOT_UNDERSTOOD
    after = context if context.is_item else context.ended()
    return Statement(Outcome.UNSURE_NOTE, after, doubts=(doubt(code, 0, sentence.text),))


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
    is_passing = context.is_item or boilerplate.PASSING.match(sentence.plain)
    return Statement(Outcome.RECOGNISED, context if is_passing else context.ended())


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
        return _technical_from(sentence, found.end(), replace(after, level=level, is_item=True), known)
    after = Context(mode=mode)
    return _options_from(sentence, found.end(), after, known) or _list(sentence, found.end(), after, known)


def _below(context: Context, level: int | None, kind: Kind | None) -> Context:
    """The context below a label that names a level, a kind or both, and that may stand below another."""
    begun = Context(mode=TECHNICAL, level=level, kind=kind, is_list=True)
    if level is not None and kind is not None:
        return begun
    if level is not None:
        above = context.kind_above
        return replace(begun, kind=above, kind_above=above, level_above=None if above else level)
    above_level = context.level_above
    return replace(begun, level=above_level, level_above=above_level, kind_above=kind if above_level is None else None)


def _kind_of_label(found: re.Match[str]) -> Kind | None:
    if found["htq"]:
        return Kind.HTQ
    words = (found["technical"] or "").casefold()
    return Kind.APPRENTICESHIP if words in {"apprenticeship", "apprenticeships"} else None


def _options(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A sentence such as "For work, career progression could include …"."""
    head = _HEAD.match(sentence.plain)
    if not head:
        return _options_from(sentence, 0, context, known)
    if head["technical"]:
        return None
    mode = EDUCATION if head["education"] else WORK
    if _AND_MORE.match(sentence.plain, head.end()):
        return _unknown(sentence, context)
    return _options_from(sentence, head.end(), Context(mode=mode), known, is_said=True)


def _options_from(
    sentence: Sentence, begin: int, context: Context, known: Known, *, is_said: bool = False
) -> Statement | None:
    """A sentence with a verb such as "could include", from a place in it on; whether its beginning says the mode."""
    found = _OPTIONS.match(sentence.plain, begin)
    mode = found and ((context.mode if is_said else None) or _mode_of(found, context))
    if not found or not mode:
        return None
    after = Context(mode=mode)
    rest = _REST.match(sentence.plain, found.start("rest"))
    begin = rest.end() if rest else found.start("rest")
    between = sentence.plain[found.start("rest") : begin]
    if begin >= len(sentence.plain.rstrip(" .:")):
        return None if sentence.plain.endswith(".") else Statement(Outcome.LABEL, replace(after, is_list=True))
    statement = _list(sentence, begin, after, known)
    is_plain = found["verb"].casefold().strip() in {"is", "are"} and not between.strip()
    is_varied = is_plain and any(offer.title[:1].islower() for offer in statement.offers)  # "These roles are varied."
    is_trade = mode == WORK and _TRADES.match(between)
    return _unknown(sentence, context) if is_varied or is_trade else statement


def _mode_of(found: re.Match[str], context: Context) -> str | None:
    """What a sentence is about, by the words before its verb, its list, the lines above, or the verb itself."""
    about, verb = found["about"], found["verb"]
    if re.search(r"\brelevant occupation", about, re.IGNORECASE):
        return None
    goes_on = _MORE.search(about) and context.mode in _KINDS and not context.is_item
    return (
        (_IS_EDUCATION.search(about) and EDUCATION)
        or (_IS_WORK.search(about) and WORK)
        or _mode_of_rest(found["rest"], about)
        or (context.mode if goes_on else None)
        or (_STUDIES.match(verb) and not _KIND_ANYWHERE.search(found["rest"]) and EDUCATION)
        or (_WORKS.match(verb) and WORK)
        or None
    )


def _mode_of_rest(rest: str, about: str) -> str | None:
    """The mode by what is listed: "there are degrees in …"."""
    if not about.strip():
        return None
    found = _LISTED_NOUN.match(rest)
    if not found:
        return None
    return EDUCATION if _IS_EDUCATION.search(found[0]) else WORK if _IS_WORK.search(found[0]) else None


def _list(sentence: Sentence, begin: int, context: Context, known: Known) -> Statement:
    """The list of degrees or jobs that begins there."""
    tail = _TAIL.search(sentence.plain, begin)
    end = tail.start() if tail else len(sentence.plain)
    return _listed(sentence, tokenise(sentence, begin, end), context, known)


_ONE_ITEM: Final = "is one item and read as one title; it could be several"
#: What a list of degrees or jobs does not have; with one of these it is another statement.
_FOREIGN: Final = frozenset({Type.NEGATIVE, Type.LEVEL, Type.KIND, Type.RELEVANT, Type.THERE_IS, Type.BUT})


def _listed(sentence: Sentence, tokens: list[Token], context: Context, known: Known) -> Statement:
    if not tokens or any(token.type in _FOREIGN for token in tokens):
        return _unknown(sentence, context)
    tokens = [_as_aside(token) for token in tokens]
    listed = read_list(sentence, tokens, known)
    last = max((title.stretch.end for title in listed.titles if not title.is_marked), default=-1)
    if not listed.titles or any(other.start < last for other in listed.others):
        return _unknown(sentence, context)
    kind = _KINDS[context.mode or WORK]
    offers = tuple(
        Offer(
            kind,
            None,
            title.text,
            tuple(dict.fromkeys(flag for aside in title.asides for flag in aside.flags)),
            target=title.target,
            mapping=next((aside.mapping for aside in title.asides if aside.mapping), None),
            start=title.stretch.start,
            doubts=tuple(title.doubts),
            shared=tuple(title.shared),
        )
        for title in listed.titles
    )
    others = tuple(
        doubt(Code.NOT_UNDERSTOOD, other.start, sentence.text[other.start : other.end]) for other in listed.others
    )
    return Statement(Outcome.UNSURE_NOTE if others else Outcome.OPTIONS, context, offers, others)


def _as_aside(token: Token) -> Token:
    """Flags in words are said behind a title here."""
    return token._replace(type=Type.ASIDE) if token.type is Type.FLAGS else token


def _technical(sentence: Sentence, _context: Context, known: Known) -> Statement | None:
    """A sentence that begins with "For apprenticeships and technical qualifications,"."""
    found = _HEAD.match(sentence.plain)
    if not found or not found["technical"]:
        return None
    after = Context(mode=TECHNICAL)
    if found.end() == len(sentence.plain):
        return Statement(Outcome.LABEL, after)
    return _technical_from(sentence, found.end(), after, known) or _unknown(sentence, after)


def _as_technical(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A sentence with a level, or with what apprenticeships and technical qualifications are called."""
    return _technical_from(sentence, 0, context, known) if context.mode not in _KINDS or not context.is_item else None


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
        after = replace(context, mode=TECHNICAL, is_item=False, level_above=level_above)
    outcome = Outcome.UNSURE_NOTE if read.doubts else Outcome.OPTIONS
    return Statement(outcome, after, tuple(read.offers), tuple(read.doubts))


def _item(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """An item of a list of degrees or jobs: one title, unless semicolons, or commas in a cell, part several."""
    if not (context.is_item and context.mode in _KINDS):
        return None
    tokens = [token for token in tokenise(sentence) if token.type is not Type.DASH]
    types = {token.type for token in tokens}
    is_list = types & {Type.SEMICOLON, *MARKED} or (Type.COMMA in types and sentence.passage.role is not Role.ITEM)
    if not is_list:
        end = max((token.end for token in tokens if token.type not in {Type.ASIDE, Type.FLAGS}), default=0)
        text, _ = clean(sentence.text[:end])
        statement = _listed(sentence, tokens, context, Known([text]))
    else:
        statement = _listed(sentence, tokens, context, known)
    is_said = any(offer.target is not None or offer.doubts for offer in statement.offers)
    if not statement.offers or is_said or Type.COMMA not in types:
        return statement
    count = len(statement.offers)
    said = f"is one item and read as {count} titles; it could be one" if count > 1 else _ONE_ITEM
    about = doubt(Code.TWO_READINGS, 0, sentence.text, said, "If it is not so, write the titles as they are.")
    first = replace(statement.offers[0], doubts=(about,))
    return replace(statement, offers=(first, *statement.offers[1:]))


def _line_of_list(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A line below "Education" that is a list, and no sentence."""
    if context.is_item or not context.is_list or context.mode not in _KINDS:
        return None
    statement = _listed(sentence, tokenise(sentence), context, known)
    return statement if statement.outcome is Outcome.OPTIONS else None


_READERS: Final[tuple[Callable[[Sentence, Context, Known], Statement | None], ...]] = (
    _stray,
    _recognised,
    _noted,
    _legend,
    _label,
    _technical,
    _options,
    _item,
    _line_of_list,
)
