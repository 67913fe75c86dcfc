"""Tokens of a sentence: titles that the document marks, and the words of the layout.

Every other word is a plain word; `title_splitter` decides which plain words make a title.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.annotations import Annotation, annotation_in, parse_annotation
from tlevel_rdf.documents.grammar.lexicon import FLAG, KIND, LEVEL, NEGATIVE, compiled
from tlevel_rdf.limits import MAX_CACHED_TITLES

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tlevel_rdf.documents.document import Link
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence, Span


class Type(IntEnum):
    """A type of token. An integer, because sets of them are looked up often."""

    WORD = auto()
    #: The words of a link, or in quotation marks.
    LINK = auto()
    QUOTE = auto()
    #: Brackets that hold no flag, level or kind.
    BRACKET = auto()
    #: Brackets that hold flags, levels, kinds or a link to a mapping.
    ANNOTATION = auto()
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
    #: Words that only join other words.
    FILLER = auto()
    NEGATIVE = auto()


#: Tokens that hold a title together.
MARKED: Final = frozenset({Type.LINK, Type.QUOTE})
#: Tokens that a title is made of.
TITLE_PARTS: Final = frozenset({Type.WORD, Type.LINK, Type.QUOTE, Type.BRACKET})


class Token(NamedTuple):
    """A token and its place in the sentence.

    Attributes:
        value: a level (0 for several), a kind and True for its plural, an annotation or the target of a link.
    """

    type: Type
    start: int
    end: int
    value: Any = None


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
#: The pattern of each type of token. The first that matches is taken.
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
_TOKEN: Final = compiled("|".join(f"(?P<{type_.name}>{pattern})" for type_, pattern in _PATTERNS.items()))
_BY_NAME: Final = {type_.name: type_ for type_ in Type}
#: The number of an item within a sentence, as in "(a) Nurse and (b) Carer".
_ITEM_NUMBER: Final = compiled(r"\((?:[a-h]|\d{1,2}|[ivx]{1,4})\)")
#: The text behind brackets that end a title, except those behind a kind or flags.
_AFTER_TITLE: Final = compiled(rf"\s*(?:\Z|[.,:;*(]|-(?= )|(?:and|or|which|that|is|are|at|but|with)\b|{_ANY_KIND})")
_SEPARATOR: Final = re.compile(r"\s*[,;]\s*")
_OF_ALL: Final = compiled(r"\b(?:both|all|each)\b")
_LINK_LEAD: Final = compiled(rf"(?-i:(?:the|an?) )?(?:{LEVEL}\s*[,:]?\s+)?(?-i:(?:the|an?) (?=\S))?")
_LINK_TAIL: Final = compiled(rf"(?: (?P<kinds>{KIND}))?\s*(?P<annotation>\([^()]*\))?\s*[.,;:]*\Z")
#: The words of a link to the mapping, which is no title.
_MAPPING: Final = compiled(r"\W*(?:see )?(?:the )?mapping(?: documents?)?\W*\Z")
_WHOLE_SENTENCE: Final = compiled(
    r"(?:at )?levels? .*\bthere (?:is|are)\b|there (?:is|are) |for (?:education|work|apprentic)|.{301}"
)


def tokenise(sentence: Sentence, begin: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a sentence, or of a part of it."""
    text, passage = sentence.plain, sentence.passage
    links = {link.start: link for link in sentence.links if not _WHOLE_SENTENCE.match(text, link.start, link.end)}
    quotes = {span.start: span for span in sentence.within(passage.quotes) if _is_no_flag(text, span)}
    brackets = {span.start: span for span in sentence.within(passage.brackets)}
    marked = {*links, *quotes, *brackets}
    # Without a space before a link, its first word is still no part of the word before it.
    joined = [start for start in links if start > begin and text[start - 1].isalnum()]
    tokens: list[Token] = []
    at, end, last = begin, len(text) if end is None else end, Type.COMMA
    while end > at and text[end - 1] in " .!?":
        end -= 1
    while at < end:
        if at in marked:
            if link := links.get(at):
                tokens += _link_tokens(text, link)
                at = link.end
            elif span := quotes.get(at):
                tokens.append(Token(Type.QUOTE, *span))
            else:
                tokens.append(_bracket(sentence, brackets[at], last))
        elif text[at].isspace():
            at += 1
            continue
        else:
            stop = next((start for start in joined if start > at), end) if joined else end
            match = _TOKEN.match(text, at, stop)
            if match is None or match.lastgroup == "WORD":
                tokens.append(Token(Type.WORD, at, match.end() if match else at + 1))
            else:
                tokens.append(_layout_token(match, last, links))
        at, last = max(tokens[-1].end, at), tokens[-1].type
    return tokens


def marked_titles(passage: Passage) -> Iterator[str]:
    """Yield the words of every link and quotation that may be a title."""
    text = passage.plain
    for link in passage.links:
        if not _WHOLE_SENTENCE.match(text, link.start, link.end):
            for token in _link_tokens(text, link):
                if token.type is Type.LINK:
                    yield passage.text[token.start : token.end]
    for span in passage.quotes:
        if _is_no_flag(text, span):
            yield passage.text[span.start + 1 : span.end - 1]


def _is_no_flag(text: str, quote: Span) -> bool:
    return lexicon.flag_of(text[quote.start + 1 : quote.end - 1]) is None


def _layout_token(match: re.Match[str], last: Type, links: Container[int]) -> Token:
    """Return the token of words that may belong to the layout, by the type of the last token and where links begin."""
    (start, end), type_, words = match.span(), _BY_NAME[match.lastgroup or ""], match[0]
    # In a title an article, "in" or "for" is one of its words, and so is a flag right behind a word.
    continues_title = type_ in {Type.ARTICLE, Type.FILLER} and last in TITLE_PARTS
    is_name = type_ is Type.ARTICLE and words[0].isupper() and start > 0 and end + 1 not in links
    is_flag_in_title = type_ is Type.FLAGS and last is Type.WORD and not (match["verb"] or match["adverb"])
    if continues_title or is_name or is_flag_in_title:
        return Token(Type.WORD, start, start + len(words.split(None, 1)[0]))
    if type_ is Type.LEVEL:
        return Token(type_, start, end, 0 if match["more"] else lexicon.number(match["level"]))
    if type_ is Type.KIND:
        return Token(type_, start, end, lexicon.kind_of(words))
    if type_ is Type.FLAGS:
        return Token(type_, start, end, _flags(words, match["verb"]))
    return Token(type_, start, end)


def _flags(words: str, verb: str | None) -> Annotation:
    if words.casefold().endswith("respectively"):
        return Annotation()
    is_singular = None if verb is None else verb.casefold() == "is"
    return Annotation(lexicon.flags_in(words), of_all=bool(_OF_ALL.search(words)), is_singular=is_singular)


def _link_tokens(text: str, link: Link) -> Iterator[Token]:
    """Yield the tokens of a link: a title, and the level, kind and flags that its words may hold as well."""
    for type_, begin, end, value in _in_link(text[link.start : link.end]):
        span = (link.start + begin, link.start + end)
        if type_ is Type.LINK:
            yield Token(type_, *span, link.target)
        elif isinstance(value, Annotation):
            mapping = value.mapping if value.mapping is None else link.target
            yield Token(type_, *span, replace(value, mapping=mapping, unclear=value.unclear and span))
        else:
            yield Token(type_, *span, value)


@lru_cache(
    maxsize=MAX_CACHED_TITLES
)  # each link is read for the titles that the document marks, and again in its sentence
def _in_link(words: str) -> tuple[Token, ...]:
    """Return the tokens of a link, by their places in its words."""
    if new_tab := lexicon.NEW_TAB.search(words):
        words = words[: new_tab.start() or len(words)]
    if kind := lexicon.kind_of(words.strip()):
        return (Token(Type.KIND, 0, len(words), kind),)
    if _MAPPING.match(words):
        return (Token(Type.ANNOTATION, 0, len(words), Annotation(mapping="")),)
    found: list[Token] = []
    begin, end, behind = 0, len(words), list[Token]()
    if (lead := _LINK_LEAD.match(words)) and lead.end() < end:
        begin = lead.end()
        if lead["level"]:
            found.append(Token(Type.LEVEL, 0, begin, lexicon.number(lead["level"])))
    tail = _LINK_TAIL.search(words, begin + 1)
    annotation = _annotation_of_link(tail) if tail else None
    if tail and (annotation or not tail["annotation"]):
        end = tail.start()
        if tail["kinds"]:
            behind.append(Token(Type.KIND, *tail.span("kinds"), lexicon.kind_of(tail["kinds"])))
        if annotation:
            behind.append(Token(Type.ANNOTATION, *tail.span("annotation"), annotation))
    return (*found, Token(Type.LINK, begin, end), *behind)


def _annotation_of_link(tail: re.Match[str]) -> Annotation | None:
    inside = (tail["annotation"] or "")[1:-1]
    if not inside:
        return None
    unclear = Annotation(unclear=tail.span("annotation")) if lexicon.resembles_flag(inside) else None
    return parse_annotation(inside) or unclear


def _bracket(sentence: Sentence, span: Span, last: Type) -> Token:
    text = sentence.plain
    inside = text[span.start + 1 : span.end - 1].strip()
    is_number = last not in TITLE_PARTS and _ITEM_NUMBER.match(text, *span)
    if is_number or lexicon.NEW_TAB.fullmatch(inside):
        return Token(Type.FILLER, *span)
    if annotation := annotation_in(text[span.start : span.end], span.start, sentence.links):
        return Token(Type.ANNOTATION, *span, annotation)
    has_links = sum(span.start < link.start < span.end for link in sentence.links) > 1
    is_at_edge = last not in TITLE_PARTS or _AFTER_TITLE.match(text, span.end)
    is_remark = is_at_edge and lexicon.is_remark(inside)
    if has_links or is_remark or any(map(lexicon.resembles_flag, _SEPARATOR.split(inside))):
        return Token(Type.ANNOTATION, *span, Annotation(unclear=(span.start, span.end)))
    return Token(Type.BRACKET, *span)
