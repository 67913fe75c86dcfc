"""Misspelt words of the layout, such as "aprenticeship", in sentences that are not understood."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Link
from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Category, doubt
from tlevel_rdf.limits import MAX_CACHED_TITLES, MAX_SENTENCE_CHARACTERS
from tlevel_rdf.reference.spelling import Speller

if TYPE_CHECKING:
    from tlevel_rdf.documents.document import Line
    from tlevel_rdf.documents.grammar.statement import Context, Doubt, Statement
    from tlevel_rdf.documents.grammar.title_splitter import KnownTitles

_SPELLER: Final = Speller(
    "apprenticeship apprenticeships occupation occupations relevant level levels qualification qualifications".split()  # noqa: SIM905 - a table of words
)
#: Other words that are one letter away, and are never corrected.
_OTHERS: Final = frozenset({"lever", "levers", "bevel", "bevels", "revel", "revels", "levee", "levees"})
#: A word that begins as one of those, and is no longer than they are with a letter more.
_WORD: Final = re.compile(r"(?<![^\W_])[aolrq][^\W\d_]{3,15}(?![^\W_])", re.IGNORECASE)
_WELL_READ: Final = frozenset({Category.OPTIONS, Category.LABEL, Category.RECOGNISED, Category.NOTE})


class _Correction(NamedTuple):
    """A misspelt word: where it begins and ends in its passage, and the right word."""

    start: int
    end: int
    word: str


def read_respelt(
    sentence: Sentence, context: Context, known: KnownTitles, statement: Statement
) -> tuple[Sentence, Statement]:
    """Return a sentence and its statement, with misspelt words of the layout corrected if it is understood then."""
    if (
        len(sentence.text) > MAX_SENTENCE_CHARACTERS
        or not _doubts(statement)
        or not (corrections := _corrections(sentence))
    ):
        return sentence, statement
    respelt = _corrected(sentence, corrections)
    again = read_sentence(respelt, context, known)
    if again.category not in _WELL_READ or len(_doubts(again)) >= len(_doubts(statement)):
        return sentence, statement
    reports, shift = [], -sentence.start
    for start, end, word in corrections:
        predicate = f"is read as “{word}”"
        hint = "If that is not what is meant, write what it says."
        reports.append(doubt(Code.MISSPELT, start + shift, sentence.passage.text[start:end], predicate, hint))
        shift += len(word) - (end - start)
    for mention in again.mentions:
        mention.doubts += reports
        reports = []
    return respelt, again._replace(doubts=(*again.doubts, *reports))


def _doubts(statement: Statement) -> list[Doubt]:
    """Return the doubts about words that are not understood."""
    every = [*statement.doubts, *(each for mention in statement.mentions for each in mention.doubts)]
    return [each for each in every if each.code in {Code.NOT_UNDERSTOOD, Code.NEGATED}]


def _corrections(sentence: Sentence) -> list[_Correction]:
    found = []
    for match in _WORD.finditer(sentence.plain):
        if right := _right_word(match[0].casefold()):
            start = sentence.start + match.start()
            word = right.capitalize() if match[0][0].isupper() else right
            found.append(_Correction(start, start + len(match[0]), word))
    return found


@lru_cache(maxsize=MAX_CACHED_TITLES)
def _right_word(word: str) -> str | None:
    """Return the word of the layout that a word misspells; None for any other word."""
    return None if word in _OTHERS or word in _SPELLER.forms else _SPELLER.suggest(word)


def _corrected(sentence: Sentence, corrections: list[_Correction]) -> Sentence:
    """Return the sentence with other words, each character of which keeps its place in the document."""
    passage = sentence.passage
    ends = [0, *(each.end for each in corrections)]
    starts = [*(each.start for each in corrections), len(passage.text)]
    between = [passage.text[end:start] for end, start in zip(ends, starts, strict=True)]
    text = "".join(words + each.word for words, each in zip(between, corrections, strict=False)) + between[-1]

    def moved(offset: int) -> int:
        return offset + sum(len(each.word) - (each.end - each.start) for each in corrections if each.end <= offset)

    pieces: list[tuple[int, Line, int]] = []
    last = (len(passage.text) + 1, passage.pieces[-1][1], 0)
    for (start, line, skipped), (end, *_) in pairwise([*passage.pieces, last]):
        pieces.append((moved(start), line, skipped))
        within = (each.end for each in corrections if start < each.end < end)
        pieces += [(moved(at), line, at - start + skipped) for at in within]
    links = tuple(Link(moved(it.start), moved(it.end), it.target, it.continues) for it in passage.links)
    respelt = Passage(text, passage.role, links, tuple(pieces))
    return Sentence(respelt, moved(sentence.start), moved(sentence.end))
