"""A sentence or an item about degrees or jobs → options.

Such a sentence is a list with a lead: what it is about, and a verb. What has the words of another kind of statement in
it is not understood as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import any_of, compiled
from tlevel_rdf.documents.grammar.statement import EDUCATION, WORK, Context, Offer, Outcome, Statement, doubt, unknown
from tlevel_rdf.documents.grammar.title_splitter import Known, clean, read_list
from tlevel_rdf.documents.grammar.tokenizer import MARKED, Token, Type, tokenise
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.segmentation import Sentence

#: What the lists under each heading are of.
KINDS: Final = {EDUCATION: Kind.DEGREE, WORK: Kind.OCCUPATION}
_EDUCATION_NOUN: Final = any_of("degrees?, university, universities, education, undergraduate")
_WORK_NOUN: Final = any_of("careers?, jobs?, roles?, occupations?, employment, positions?, work")
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
_KIND_ANYWHERE: Final = compiled(lexicon.KIND)
#: What goes on with a list that has begun.
_MORE: Final = compiled(r"\b(?:options?|examples?|opportunities|others?|progression|routes?|pathways?)\b")
_IS_EDUCATION: Final = compiled(rf"\b{_EDUCATION_NOUN}\b")
_IS_WORK: Final = compiled(rf"\b{_WORK_NOUN}\b")
#: How a list ends.
_TAIL: Final = compiled(
    # It begins with what parts words, or where one begins: "Sycamore" does not end with "more".
    r"(?:(?=[ .,:;]|\Z)|(?<!\w))"
    r"(?:\s*,?\s*(?:(?:and|or)\b\s*)?(?:etc|(?:many )?(?:more|others)|so on|among(?:st)? others"
    rf"|other (?:related |similar )?{_LISTED})\b)?"
    r"(?: (?:degree (?:courses?|subjects?|programmes?)|degrees?|courses|roles|jobs|positions|careers|occupations))?"
    r"(?: at (?:university|degree level))?[ .,:;]*\Z"
)


def options_from(
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
        return None if sentence.plain.endswith(".") else Statement(Outcome.LABEL, after._replace(is_list=True))
    statement = list_from(sentence, begin, after, known)
    is_plain = found["verb"].casefold().strip() in {"is", "are"} and not between.strip()
    is_varied = is_plain and any(offer.title[:1].islower() for offer in statement.offers)  # "These roles are varied."
    is_trade = mode == WORK and _TRADES.match(between)
    return unknown(sentence, context) if is_varied or is_trade else statement


def _mode_of(found: re.Match[str], context: Context) -> str | None:
    """What a sentence is about, by the words before its verb, its list, the lines above, or the verb itself."""
    about, verb = found["about"], found["verb"]
    if re.search(r"\brelevant occupation", about, re.IGNORECASE):
        return None
    goes_on = _MORE.search(about) and context.mode in KINDS and not context.is_item
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


def list_from(sentence: Sentence, begin: int, context: Context, known: Known) -> Statement:
    """The list of degrees or jobs that begins there."""
    tail = _TAIL.search(sentence.plain, begin)
    end = tail.start() if tail else len(sentence.plain)
    return _listed(sentence, tokenise(sentence, begin, end), context, known)


_ONE_ITEM: Final = "is one item and read as one title; it could be several"
#: What a list of degrees or jobs does not have; with one of these it is another statement.
_FOREIGN: Final = frozenset({Type.NEGATIVE, Type.LEVEL, Type.KIND, Type.RELEVANT, Type.THERE_IS, Type.BUT})


def _listed(sentence: Sentence, tokens: list[Token], context: Context, known: Known) -> Statement:
    if not tokens or any(token.type in _FOREIGN for token in tokens):
        return unknown(sentence, context)
    tokens = [_as_aside(token) for token in tokens]
    listed = read_list(sentence, tokens, known)
    last = max((title.stretch.end for title in listed.titles if not title.is_marked), default=-1)
    if not listed.titles or any(other.start < last and not other.is_placeholder for other in listed.others):
        return unknown(sentence, context)
    kind = KINDS[context.mode or WORK]
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


def item(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """An item of a list of degrees or jobs: one title, unless semicolons, or commas in a cell, part several."""
    if not (context.is_item and context.mode in KINDS):
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
    about = doubt(Code.AMBIGUOUS, 0, sentence.text, said, "If it is not so, write the titles as they are.")
    first = statement.offers[0]._replace(doubts=(about,))
    return statement._replace(offers=(first, *statement.offers[1:]))


def line_of_list(sentence: Sentence, context: Context, known: Known) -> Statement | None:
    """A line below "Education" that is a list, and no sentence."""
    if context.is_item or not context.is_list or context.mode not in KINDS:
        return None
    statement = _listed(sentence, tokenise(sentence), context, known)
    return statement if statement.outcome is Outcome.OPTIONS else None
