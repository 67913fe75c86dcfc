"""A sentence → tokens: titles that something marks as such, and the words that the layout is made of.

Everything that is no word of the layout is a plain word; which plain words make a title is for `titles.py`.
"""

from __future__ import annotations

import re
from enum import IntEnum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.annotations import Aside, aside_in, aside_of
from tlevel_rdf.documents.grammar.lexicon import FLAG, KIND, LEVEL, NEGATIVE, compiled, compiled_small

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from tlevel_rdf.documents.document import Link
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence, Span
    from tlevel_rdf.profiles.model import Kind


class Type(IntEnum):
    """What a token is; a number, for tokens are looked up in sets all the time."""

    WORD = auto()
    #: Words that a link or quotation marks hold together.
    LINK = auto()
    QUOTE = auto()
    #: Brackets with something in them that is no flag, level or kind.
    BRACKET = auto()
    #: Brackets with what may be a flag, misspelt.
    ODD = auto()
    #: Brackets with flags, levels, kinds or a link to a mapping.
    ASIDE = auto()
    COMMA = auto()
    SEMICOLON = auto()
    COLON = auto()
    DASH = auto()
    AND = auto()
    BUT = auto()
    LEVEL = auto()
    KIND = auto()
    #: Flags in words.
    FLAGS = auto()
    THERE_IS = auto()
    RELEVANT = auto()
    ARTICLE = auto()
    #: Words that only lead from one thing to the next.
    FILLER = auto()
    NEGATIVE = auto()


#: What holds a title together.
MARKED: Final = frozenset({Type.LINK, Type.QUOTE})
#: What a title is made of.
TITLE_PARTS: Final = frozenset({Type.WORD, Type.LINK, Type.QUOTE, Type.BRACKET})


class Token(NamedTuple):
    """A token and its place in the sentence.

    Its value is the level (0 for several at once), the kind and whether in the plural, the aside, the target of the
    link, or "there" where the words "there is" begin a statement.
    """

    type: Type
    start: int
    end: int
    value: int | tuple[Kind, bool] | Aside | str | None = None


_ADVERBS: Final = (
    r"(?:(?:both|all|also|currently|now|still|already|each|marked|noted|shown|classed|listed|described)(?: as)? )*"
)
_QUOTED_FLAG: Final = rf"['\"]?{FLAG}['\"]?"
_FLAGS: Final = (
    rf"{_QUOTED_FLAG}(?:(?:\s*,\s*and |\s*,\s*| and | & |\s*/\s*)"
    rf"(?:(?:is|are|also|currently) )*{_QUOTED_FLAG})*(?![\w=-])"
)
_ANY_KIND: Final = re.sub(r"\?P<\w+>", "?:", KIND)
_ADVERB: Final = r"(?:also|currently|now|then)"
_RELEVANT: Final = r"relevant (?:occupations?|apprenticeships?|(?:occupational )?standards?)\b"
_PROGRESS: Final = r"(?:(?:progress|move) (?:on ?|in)?to|do|start|take|study|undertake|begin|apply for|choose|access)"
#: What each type of token looks like; of two that fit, the first is taken.
_PATTERNS: Final = {
    Type.FLAGS: (
        rf"(?:(?:(?:which|that|(?:both|all|each) of which),? )?(?P<verb>is|are) {_ADVERBS}{_FLAGS}"
        rf"|(?P<adverb>(?:(?:both|all|also|currently|now) )*){_FLAGS})(?:,? respectively\b)?"
    ),
    Type.NEGATIVE: (
        r"there (?:(?:is|are)(?: also| currently)? (?:no|not|nothing)\b(?! applicable)|(?:is|are)n't\b"
        rf"|(?:was|were|used to be)\b)|{NEGATIVE}"
    ),
    Type.THERE_IS: "|".join(
        (
            rf"there(?:'s| (?:is|are)\b)(?: {_ADVERB})*",
            r"(?:(?:is|are) )?(?:also )?(?:available|offered)\b",
            r"(?:is|are) (?:also )?options?\b",
            r"(?:the )?(?:progression )?options? (?:is|are|include)\b",
            r"leads? (?:on ?)?to\b",
            rf"(?:(?:learners?|students?|you|they) )?(?:can|could|may) (?:also )?{_PROGRESS}\b",
        )
    ),
    Type.RELEVANT: (
        rf"(?:one of )?(?:the |its |their |a )?{_RELEVANT}"
        r"(?: (?:for|of|to) (?:this|the|each) (?:occupational )?specialism)?"
        # The verb is a part of it, unless it is that of the flags.
        r"(?:,? (?:is|are)\b(?! (?:not|no|accelerated|in|under|being|both|also|currently)\b))?"
    ),
    Type.LEVEL: rf"(?:at )?{LEVEL}",
    Type.KIND: rf"(?:{KIND})(?![\w-])",
    Type.BUT: r"(?:but|however|although|though|whereas|while|whilst)\b",
    Type.AND: r"(?:and/or|and also|and|or|as well as|along with|together with|plus)(?![\w-])"
    rf"|/(?=\s*(?:{_ANY_KIND}))",
    Type.ARTICLE: r"(?:the|an?)(?= |\Z)",
    Type.FILLER: (
        rf"(?:(?:only|just) )?(?:{lexicon.NUMBER}|some|several|many|few|other|further|various|suitable|only)"
        rf"(?= (?:{_ANY_KIND}|at level))"
        rf"|(?:(?:the|{lexicon.NUMBER}|some|several|many|various|these|following|available) )*(?:progression )?options?"
        r"(?=\s*[:,])"
        r"|(?:includes?|(?:the )?following|in addition(?: to)?|additionally|also|currently|only|then|either|at|called"
        r"|named|titled|namely|such as|including|in|for|as|of|is|are)(?![\w-])|see(?= (?:the )?mapping)"
    ),
    Type.COMMA: ",",
    Type.SEMICOLON: r";|[\u2022\u00b7\u25aa\u25cf|](?=\s)",
    Type.COLON: ":",
    Type.DASH: "-(?= )",
    Type.WORD: r"[^\s,;:()\[\]{}]+|[()\[\]{}]",
}
_TOKEN: Final = compiled_small("|".join(f"(?P<{type_.name}>{pattern})" for type_, pattern in _PATTERNS.items()))
#: After these a title goes on: an article, "in" or "for" there is a word of it.
_IN_TITLE: Final = frozenset({Type.WORD, Type.LINK, Type.QUOTE, Type.BRACKET})
#: The number of an item within a sentence, as in "(a) Nurse and (b) Carer".
_ITEM_NUMBER: Final = re.compile(r"\((?:[a-h]|\d{1,2}|[ivx]{1,4})\)", re.IGNORECASE)
#: What stands behind the brackets that end a title, but for those that a kind or flags may have.
_AFTER_TITLE: Final = compiled(rf"\s*(?:\Z|[.,:;*(]|-(?= )|(?:and|or|which|that|is|are|at|but|with)\b|{_ANY_KIND})")
_LISTED: Final = re.compile(r"\s*[,;]\s*")
_ONLY_PARTING: Final = compiled(r"\((?:\s|,|;|\band\b|\bor\b|\bthe\b)*\)\Z")
_LINK_LEAD: Final = compiled(rf"(?-i:(?:the|an?) )?(?:{LEVEL}\s*[,:]?\s+)?(?-i:(?:the|an?) (?=\S))?")
#: The words of a link to what a learner is to make up for, which is no title.
_MAPPING: Final = compiled(r"\W*(?:see )?(?:the )?mapping(?: documents?)?\W*\Z")
_LINK_TAIL: Final = compiled(rf"(?: (?P<kinds>{KIND}))?\s*(?P<aside>\([^()]*\))?\s*[.,;:]*\Z")
_WHOLE_SENTENCE: Final = compiled(
    r"(?:at )?levels? .*\bthere (?:is|are)\b|there (?:is|are) |for (?:education|work|apprentic)|.{301}"
)


class _Words(NamedTuple):
    """What the tokens of a sentence depend on: its plain words and the stretches in them that stay whole."""

    plain: str
    links: tuple[Link, ...]
    quotes: tuple[Span, ...]
    brackets: tuple[Span, ...]


def tokenise(sentence: Sentence, begin: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a sentence, or of the part of it between two places, in their order."""
    plain, passage = sentence.plain, sentence.passage
    words = _Words(plain, sentence.links, sentence.within(passage.quotes), sentence.within(passage.brackets))
    return list(_tokens(words, begin, len(plain) if end is None else end))


@lru_cache(maxsize=4096)  # documents say the same of one T Level after the other
def _tokens(words: _Words, at: int, end: int) -> tuple[Token, ...]:
    text, in_small = words.plain, lexicon.small(words.plain)
    links = {link.start: link for link in words.links if not _WHOLE_SENTENCE.match(text, link.start, link.end)}
    quotes = {span.start: span for span in words.quotes if flag_free(text, span)}
    brackets = {span.start: span for span in words.brackets}
    around = {at for span in words.brackets if _holds_a_list(words, span) for at in (span.start, span.end - 1)}
    marked = {*links, *quotes, *brackets, *around}
    # Where no space stands before a link, its first word is no part of the word before it.
    joined = [start for start in links if start > at and text[start - 1].isalnum()]
    tokens: list[Token] = []
    last = Type.COMMA
    while end > at and text[end - 1] in " .!?":
        end -= 1
    while at < end:
        if at in marked:
            if link := links.get(at):
                tokens += _link(text, link)
                at = link.end
            elif span := quotes.get(at):
                tokens.append(Token(Type.QUOTE, *span))
            elif at in around:
                tokens.append(Token(Type.FILLER, at, at + 1))
            else:
                span = brackets[at]
                is_number = last not in _IN_TITLE and _ITEM_NUMBER.match(text, span.start, span.end)
                tokens.append(Token(Type.FILLER, *span) if is_number else _bracket(words, span, last))
        elif text[at].isspace():
            at += 1
            continue
        else:
            stop = next((start for start in joined if start > at), end) if joined else end
            match = _TOKEN.match(in_small, at, stop)
            if match is None or match.lastgroup == "WORD":
                tokens.append(Token(Type.WORD, at, match.end() if match else at + 1))
            else:
                tokens.append(_plain_token(match, text, last, links))
        at, last = max(tokens[-1].end, at), tokens[-1].type
    return tuple(tokens)


def _holds_a_list(words: _Words, span: Span) -> bool:
    """Whether there is nothing in brackets but links and what parts them."""
    rest = words.plain[span.start : span.end]
    inside = [link for link in words.links if span.start < link.start < link.end < span.end]
    for link in reversed(inside):
        rest = rest[: link.start - span.start] + rest[link.end - span.start :]
    return len(inside) > 1 and bool(_ONLY_PARTING.match(rest))


def marked_titles(passage: Passage) -> Iterator[str]:
    """The words of every link and quotation that may be a title."""
    text = passage.plain
    for link in passage.links:
        if not _WHOLE_SENTENCE.match(text, link.start, link.end):
            for token in _link(text, link):
                if token.type is Type.LINK:
                    yield passage.text[token.start : token.end]
    for span in passage.quotes:
        if flag_free(text, span):
            yield passage.text[span.start + 1 : span.end - 1]


def flag_free(text: str, span: Span) -> bool:
    """Whether what stands in quotation marks is no flag, so that it may be a title."""
    return lexicon.flag_of(text[span.start + 1 : span.end - 1]) is None


def _plain_token(match: re.Match[str], text: str, last: Type, links: Container[int]) -> Token:
    """The token of a match in a text, after another; where links begin tells whether one comes next."""
    (start, end), kind = match.span(), _BY_NAME[match.lastgroup or "WORD"]
    if kind in _BARE:
        return Token(kind, start, end)
    words = text[start:end]
    goes_on = (kind is Type.ARTICLE or kind is Type.FILLER) and last in _IN_TITLE
    is_name = kind is Type.ARTICLE and words[0].isupper() and start > 0 and end + 1 not in links
    is_in_title = kind is Type.FLAGS and match["verb"] is None and last is Type.WORD and not match["adverb"]
    is_named_so = kind is Type.NEGATIVE and start > 0 and lexicon.STATE.match(text, start)
    if goes_on or is_name or is_in_title or is_named_so:
        return Token(Type.WORD, start, start + len(words.split(None, 1)[0]))
    value = _VALUES[kind](match) if kind in _VALUES else None
    return Token(kind, start, end, value)


def _level(match: re.Match[str]) -> int:
    return 0 if match["more"] else lexicon.number(match["level"])


def _there(match: re.Match[str]) -> str | None:
    return "there" if match[0].casefold().startswith("there") else None


def _kind(match: re.Match[str]) -> tuple[Kind, bool] | None:
    return lexicon.kind_of(match[0])


def _flags(match: re.Match[str]) -> Aside:
    words = match[0]
    is_one = None if match["verb"] is None else match["verb"].casefold() == "is"
    of_all = bool(re.search(r"\b(?:both|all|each)\b", words, re.IGNORECASE))
    is_each = words.casefold().endswith("respectively")
    return Aside(lexicon.flags_in(words), of_all=of_all, is_one=is_one, is_each=is_each)


#: What is a token as it stands, wherever it does.
_BARE: Final = frozenset({Type.COMMA, Type.AND, Type.SEMICOLON, Type.COLON, Type.DASH, Type.BUT, Type.RELEVANT})
_BY_NAME: Final = {type_.name: type_ for type_ in Type}
#: What the token of a type holds.
_VALUES: Final[dict[Type, Callable[[re.Match[str]], int | str | Aside | tuple[Kind, bool] | None]]] = {
    Type.LEVEL: _level,
    Type.THERE_IS: _there,
    Type.NEGATIVE: _there,
    Type.KIND: _kind,
    Type.FLAGS: _flags,
}


def _link(text: str, link: Link) -> Iterator[Token]:
    """A link whose words are a title, with the level, kind and flags that it may cover as well."""
    start = link.start
    for type_, begin, end, value in _in_link(text[start : link.end]):
        if type_ is Type.LINK:
            value = link.target  # noqa: PLW2901 - what the title links to
        elif isinstance(value, Aside) and value.mapping is not None:
            value = Aside(mapping=link.target)  # noqa: PLW2901
        elif isinstance(value, Aside) and value.unknown:
            value = Aside(unknown=(start + begin, start + end))  # noqa: PLW2901
        yield Token(type_, start + begin, start + end, value)


@lru_cache(maxsize=65536)  # each link is looked into for the titles that it marks, and again where it stands
def _in_link(words: str) -> tuple[Token, ...]:
    """The tokens of a link, by their places in its words."""
    if new_tab := lexicon.NEW_TAB.search(words):
        words = words[: new_tab.start() or len(words)]
    if kind := lexicon.kind_of(words.strip()):
        return (Token(Type.KIND, 0, len(words), kind),)
    if _MAPPING.match(words):
        return (Token(Type.ASIDE, 0, len(words), Aside(mapping="")),)
    lead = _LINK_LEAD.match(words)
    found: list[Token] = []
    if lead and lead["level"] and lead.end() < len(words):
        found.append(Token(Type.LEVEL, 0, lead.end(), lexicon.number(lead["level"])))
    skipped = lead.end() if lead and lead.end() < len(words) else 0
    tail = _LINK_TAIL.search(words, skipped + 1)
    title_end, rest = len(words), []
    if tail:
        inside = tail["aside"][1:-1] if tail["aside"] else ""
        aside = aside_of(inside) if inside else None
        if inside and not aside and (lexicon.nearly_a_flag(inside) or lexicon.is_flag_in_short(inside)):
            aside = Aside(unknown=(tail.start("aside"), tail.end("aside")))
        if not tail["aside"] or aside:
            title_end = tail.start()
            if tail["kinds"]:
                rest.append(Token(Type.KIND, *tail.span("kinds"), lexicon.kind_of(tail["kinds"])))
            if aside:
                rest.append(Token(Type.ASIDE, tail.start("aside"), len(words), aside))
    return (*found, Token(Type.LINK, skipped, title_end), *rest)


def _bracket(words: _Words, span: Span, last: Type) -> Token:
    text = words.plain
    inside = text[span.start + 1 : span.end - 1].strip()
    if lexicon.NEW_TAB.fullmatch(inside):
        return Token(Type.FILLER, *span)
    if aside := aside_in(text[span.start : span.end], span.start, words.links):
        return Token(Type.ASIDE, *span, aside)
    if any(map(lexicon.nearly_a_flag, _LISTED.split(inside))):
        return Token(Type.ODD, *span)
    is_at_edge = last not in _IN_TITLE or _AFTER_TITLE.match(text, span.end)
    if is_at_edge and lexicon.is_remark(inside):
        return Token(Type.ASIDE, *span, Aside(unknown=(span.start, span.end)))
    return Token(Type.BRACKET, *span)
