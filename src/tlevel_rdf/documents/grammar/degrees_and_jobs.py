"""Read the options in a sentence or an item about degrees or jobs.

Such a sentence is a list with a lead: its subject and a verb. With the words of another kind of statement in it, it is
not understood as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import any_of, compiled
from tlevel_rdf.documents.grammar.statement import (
    EDUCATION,
    WORK,
    Category,
    Context,
    Statement,
    doubt,
    not_understood,
    set_wording,
)
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles, clean, is_interrupted, split_titles
from tlevel_rdf.documents.grammar.tokenizer import MARKED, Token, Type, tokenise
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    import re

    from tlevel_rdf.documents.grammar.segmentation import Sentence

#: The kind of option in the lists under each heading.
KINDS: Final = {EDUCATION: Kind.DEGREE, WORK: Kind.OCCUPATION}
_EDUCATION_NOUN: Final = any_of("degrees?, university, universities, education, undergraduate")
_WORK_NOUN: Final = any_of("careers?, jobs?, roles?, occupations?, employment, positions?, work")
#: Words before the verb of a sentence about degrees or jobs.
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
#: The name of a list before it begins: "roles such as", "a degree in".
_NOUNS: Final = (
    rf"(?:(?:{_QUALITY} )*(?:(?:degree|job|career|work) )?{_LISTED}"
    r"(?= (?:in|as|such|including|like|of|for)|\s*[:,])(?: (?:in|as|of|like|for)\b)?)"
)
_LISTED_NOUN: Final = compiled(rf"\s*{_NOUNS}")
_OPTIONS: Final = compiled(rf"(?P<about>(?:{_ABOUT}\b,? ){{0,12}})(?P<verb>{_VERB})(?P<rest>.*)\Z")
_REST: Final = compiled(rf"\s*,?\s*(?:{_LIKE}\b\s*,?\s*)?[:,]?\s*(?:{_NOUNS}\s*)?(?:,?\s*{_LIKE}\b\s*,?\s*)?[:,-]?\s*")
#: A list of these names trades, and no jobs.
_TRADES: Final = compiled(r".*\b(?:careers?|jobs?|roles?|positions?) in\s*\Z")
#: Verbs of one kind of list only.
_STUDIES: Final = compiled(r".*\bstudy\Z")
_WORKS: Final = compiled(r".*\b(?:become|work as)\Z")
_KIND_ANYWHERE: Final = compiled(lexicon.KIND)
#: Words that continue a list.
_MORE: Final = compiled(r"\b(?:options?|examples?|opportunities|others?|progression|routes?|pathways?)\b")
_IS_EDUCATION: Final = compiled(rf"\b{_EDUCATION_NOUN}\b")
_IS_WORK: Final = compiled(rf"\b{_WORK_NOUN}\b")
#: The end of a list.
_TAIL: Final = compiled(
    # It begins between words: "Sycamore" does not end with "more".
    r"(?:(?=[ .,:;]|\Z)|(?<!\w))"
    r"(?:\s*,?\s*(?:(?:and|or)\b\s*)?(?:etc|(?:many )?(?:more|others)|so on|among(?:st)? others"
    rf"|other (?:related |similar )?{_LISTED})\b)?"
    r"(?: (?:degree (?:courses?|subjects?|programmes?)|degrees?|courses|roles|jobs|positions|careers|occupations))?"
    r"(?: at (?:university|degree level))?[ .,:;]*\Z"
)
_RELEVANT: Final = compiled(r"\brelevant occupation")
#: Tokens of other kinds of statement.
_FOREIGN: Final = frozenset({Type.NEGATIVE, Type.LEVEL, Type.KIND, Type.RELEVANT, Type.THERE_IS, Type.BUT})


def read_verb_sentence(
    sentence: Sentence, begin: int, context: Context, known: KnownTitles, mode: str | None = None
) -> Statement | None:
    """Read a sentence with a verb such as "could include".

    The mode is education or work, if the words before the place to begin at state it.
    """
    found = _OPTIONS.match(sentence.plain, begin)
    mode = found and (mode or _mode_of(found, context))
    if not found or not mode:
        return None
    after = Context(mode=mode)
    rest = _REST.match(sentence.plain, found.start("rest"))
    begin = rest.end() if rest else found.start("rest")
    wording = lexicon.wording_of(found["verb"])
    between = sentence.plain[found.start("rest") : begin]
    if begin >= len(sentence.plain.rstrip(" .:")):
        return (
            None
            if sentence.plain.endswith(".")
            else Statement(Category.LABEL, after._replace(is_list=True, wording=wording))
        )
    statement = read_list(sentence, begin, after, known)
    set_wording(statement.mentions, wording, statement.doubts)
    is_plain = found["verb"].casefold().strip() in {"is", "are"} and not between.strip()
    # "These roles are varied."
    is_varied = is_plain and any(mention.title[:1].islower() for mention in statement.mentions)
    is_trade = mode == WORK and _TRADES.match(between)
    return not_understood(sentence, context) if is_varied or is_trade else statement


def _mode_of(found: re.Match[str], context: Context) -> str | None:
    """Return the mode by the words before the verb, the name of the list, the lines above, or the verb itself."""
    about, verb, rest = found["about"], found["verb"], found["rest"]
    if _RELEVANT.search(about):
        return None
    listed = _LISTED_NOUN.match(rest) if about.strip() else None
    for words in (about, listed[0] if listed else ""):
        if _IS_EDUCATION.search(words):
            return EDUCATION
        if _IS_WORK.search(words):
            return WORK
    if _MORE.search(about) and context.mode in KINDS and not context.is_item:
        return context.mode
    if _STUDIES.match(verb) and not _KIND_ANYWHERE.search(rest):
        return EDUCATION
    return WORK if _WORKS.match(verb) else None


def read_list(sentence: Sentence, begin: int, context: Context, known: KnownTitles) -> Statement:
    """Read the list of degrees or jobs that begins at a place."""
    tail = _TAIL.search(sentence.plain, begin)
    end = tail.start() if tail else len(sentence.plain)
    return _list(sentence, tokenise(sentence, begin, end), context, known)


def _list(sentence: Sentence, tokens: list[Token], context: Context, known: KnownTitles) -> Statement:
    if not tokens or any(token.type in _FOREIGN for token in tokens):
        return not_understood(sentence, context)
    # Flags in words stand behind a title here.
    tokens = [token._replace(type=Type.ANNOTATION) if token.type is Type.FLAGS else token for token in tokens]
    titles, leftovers = split_titles(sentence, tokens, known)
    if not titles or is_interrupted(titles, leftovers):
        return not_understood(sentence, context)
    for mention in titles:
        mention.kind, mention.wording = KINDS[context.mode or WORK], context.wording
    doubts = tuple(
        doubt(Code.NOT_UNDERSTOOD, other.start, sentence.text[other.start : other.end]) for other in leftovers
    )
    return Statement(Category.UNCLEAR if doubts else Category.OPTIONS, context, tuple(titles), doubts)


def read_item(sentence: Sentence, context: Context, known: KnownTitles) -> Statement | None:
    """Read an item of a list of degrees or jobs: one title, unless semicolons, marks or a cell's commas show more."""
    if not (context.is_item and context.mode in KINDS):
        return None
    tokens = [token for token in tokenise(sentence) if token.type is not Type.DASH]
    types = {token.type for token in tokens}
    has_commas = Type.COMMA in types
    if not types & {Type.SEMICOLON, *MARKED} and not (has_commas and sentence.passage.role is not Role.ITEM):
        end = max((token.end for token in tokens if token.type not in {Type.ANNOTATION, Type.FLAGS}), default=0)
        known = KnownTitles([clean(sentence.text[:end])[0]])
    statement = _list(sentence, tokens, context, known)
    is_doubted = any(mention.target is not None or mention.doubts for mention in statement.mentions)
    if statement.mentions and has_commas and not is_doubted:
        count = len(statement.mentions)
        several = f"is one item and read as {count} titles; it could be one"
        predicate = several if count > 1 else "is one item and read as one title; it could be several"
        hint = "If it is not so, write the titles as they are."
        statement.mentions[0].doubts.append(doubt(Code.AMBIGUOUS, 0, sentence.text, predicate, hint))
    return statement


def read_list_line(sentence: Sentence, context: Context, known: KnownTitles) -> Statement | None:
    """Read a line below "Education" or "Work" that is a list, and no sentence."""
    if context.is_item or not context.is_list or context.mode not in KINDS:
        return None
    statement = _list(sentence, tokenise(sentence), context, known)
    return statement if statement.category is Category.OPTIONS else None
