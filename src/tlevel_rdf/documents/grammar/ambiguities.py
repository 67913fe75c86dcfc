"""Doubts about words that can be read in several ways, or that may mean more than what is read."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.lexicon import COUNT_BEFORE, FLAG, compiled, number, plain
from tlevel_rdf.documents.grammar.statement import doubt, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Doubt, Mention

_HYPHENS: Final = ("-", "\u2010")
_ONE_EACH: Final = "If it is not so, write the titles as they are; links in the document would have made it clear."
_SEVERAL: Final = "is read as one title, and could be several"
#: With more open places than this, only the two simplest other readings of a list are named.
_NAMED_PLACES: Final = 2
#: The characters of "twelve relevant " and what stands before it.
_COUNT_CHARACTERS: Final = 25
#: Dashes and colons between words.
_JOINTS: Final = re.compile(r"\s-\s|:\s")
#: Signs that separate no titles in the lists seen.
_STEPS: Final = re.compile(r"\s(?:>|\u2192|\.\.\.|\u2026)\s")
#: Signs that stand for "and" or "or".
_SIGN: Final = re.compile(r"(?P<before>\S+)\s+[/&]\s+(?P<after>\S+)(?P<more>.*)")
#: The endings of names of jobs: the words before the sign are then a title by themselves.
_JOB: Final = compiled(r".{2,}(?:er|or|ist|ian|ant|ee|man|woman|person|nurse|judge|chef|clerk|cook|guide)s?\Z")
#: A title does not end in a flag.
_FLAGGED: Final = compiled(rf"\S\s+(?P<flag>{FLAG})\Z")
#: Words before a title that may say that it is not open to learners.
_REMARKS: Final = frozenset(
    """
    proposed planned forthcoming upcoming future former previous old past retired withdrawn discontinued draft pilot
    provisional expected anticipated potential possible prospective revised updated new existing current closed
    suspended approved unapproved optional similar equivalent newly recently currently
    """.split()  # noqa: SIM905 - a table of words
)


def _two_readings(start: int, words: str, predicate: str, hint: str) -> Doubt:
    return doubt(Code.AMBIGUOUS, start, words, predicate, hint)


def about_list(
    start: int, words: Sequence[str], joints: Sequence[str], read: Sequence[bool], unsure: Sequence[bool]
) -> Doubt:
    """Return the doubt about a list that can be split in several ways.

    Args:
        start: where it begins in the sentence.
        words: its parts.
        joints: the text between them.
        read: for each joint, True if titles are split there.
        unsure: for each joint, True if that could be otherwise.
    """
    places = [at for at, is_unsure in enumerate(unsure) if is_unsure]
    ways = [(False,) * len(places), (True,) * len(places)]
    if len(places) <= _NAMED_PLACES:
        ways = list(itertools.product((False, True), repeat=len(places)))
    others = []
    for way in ways:
        splits = list(read)
        for at, is_split in zip(places, way, strict=True):
            splits[at] = is_split
        if splits != list(read):
            others.append(_named(_titles(words, joints, splits)))
    whole = words[0] + "".join(joint + part for joint, part in zip(joints, words[1:], strict=True))
    reading = _named(_titles(words, joints, read))
    return _two_readings(start, whole, f"is read as {reading}, and could be {', or '.join(others)}", _ONE_EACH)


def _titles(words: Sequence[str], joints: Sequence[str], splits: Sequence[bool]) -> list[str]:
    titles = [words[0]]
    for word, joint, is_split in zip(words[1:], joints, splits, strict=True):
        if is_split:
            titles.append(word)
        else:
            titles[-1] += joint + word
    return titles


def _named(titles: Sequence[str]) -> str:
    """Return the titles in words: "one title", "two titles (A; B)"."""
    if len(titles) == 1:
        return "one title"
    count = {2: "two", 3: "three", 4: "four"}.get(len(titles), len(titles))
    return f"{count} titles ({shortened('; '.join(' '.join(title.split()) for title in titles))})"


def about_one(start: int, title: str) -> list[Doubt]:
    """Return the doubts about words that nothing marks and that are read as one title."""
    words = plain(title)
    if len(_JOINTS.findall(words)) > 1 or _STEPS.search(words):
        return [_two_readings(start, title, _SEVERAL, _ONE_EACH)]
    sign = _SIGN.search(words)
    if sign and (_JOB.match(sign["before"]) or (sign.start() == 0 and not sign["more"])):
        parts = f"({title[: sign.end('before')]}; {title[sign.start('after') :]})"
        return [_two_readings(start, title, f"{_SEVERAL} {parts}", _ONE_EACH)]
    if found := _FLAGGED.search(words):
        predicate = f"is read as one title; “{title[found.start('flag') :]}” may be a flag"
        return [_two_readings(start, title, predicate, "If it is one, remove it from the title, and write the flag.")]
    first, _, rest = words.partition(" ")
    is_small = start > 0 and first.isalpha() and first.islower() and any(word[:1].isupper() for word in rest.split())
    if rest and (is_small or first in _REMARKS):
        predicate = f"is read as one title; “{first}” may be a remark about it, such as that it is not offered now"
        return [_two_readings(start, title, predicate, "If it is a remark, remove it, or the option with it.")]
    return []


def about_brackets(sentence: Sentence, start: int, end: int) -> Doubt:
    """Return the doubt about brackets behind a title that hold no known flag."""
    predicate = "is not understood, and is left out of the title before it"
    hint = "If it is a flag, write it as one; if it is a part of the title, write it there."
    return doubt(Code.NOT_UNDERSTOOD, start, sentence.text[start:end], predicate, hint)


def about_marks(start: int, words: str) -> Doubt:
    """Return the doubt about a title whose link or quotation marks enclose only a part of it."""
    predicate = "stands partly outside its link or quotation marks"
    return _two_readings(start, words, predicate, "Check where the title begins and ends.")


def about_footnote(start: int, words: str) -> Doubt:
    """Return the doubt about a title with marks such as those of footnotes."""
    predicate = "is printed with marks that are left out of the title"
    return _two_readings(start, words, predicate, "Check what the marks mean: a footnote may hold a flag.")


def about_link(start: int, lead: str, title: str) -> Doubt:
    """Return the doubt about a level within the words of a link."""
    predicate = f"is linked as a whole; it is read as “{title}”, and “{lead}” as its level"
    return _two_readings(start, f"{lead} {title}", predicate, f"If the title is “{lead} {title}”, write it so.")


def about_level(mention: Mention, levels: tuple[int, int]) -> Doubt:
    """Return the doubt about two levels of one title."""
    predicate = f"is at level {levels[0]} by its sentence and at level {levels[1]} by the words beside it, which count"
    return _two_readings(mention.start, mention.title, predicate, "Check which of the two is right.")


def about_flags(start: int, words: str, titles: Sequence[str]) -> Doubt:
    """Return the doubt about flags that may be about more or fewer titles than those they are read as about."""
    predicate = f"is read as about {' and '.join(f'“{title}”' for title in titles)}, and could be about others"
    hint = "Give the flag to every title that it is about, and remove it where it is wrong."
    return _two_readings(start, words, predicate, hint)


def about_kind(start: int, words: str, count: int) -> Doubt:
    """Return the doubt about the name of a kind in the singular behind several titles."""
    predicate = f"is in the singular and stands after {count} titles; it is read as about all of them"
    return _two_readings(start, words, predicate, "Check what the others are.")


def about_end(last: Mention) -> Doubt:
    """Return the doubt about the last title of a list that is not closed."""
    predicate = "is where its list breaks off, so its title may continue, or others may be missing"
    return _two_readings(last.start, last.title, predicate, "Check in the document how the list continues.")


def about_breaks(sentence: Sentence, start: int, title: str) -> list[Doubt]:
    """Return the doubts about words of a title that the end of a line breaks, or that have no end."""
    pieces, begin = sentence.passage.pieces, sentence.start + start
    end = begin + len(title)
    first = max(bisect_right(pieces, begin, key=lambda piece: piece[0]) - 1, 0)
    found = []
    if title.endswith(_HYPHENS):
        predicate = "ends with a hyphen, so the rest of the word is missing or stands elsewhere"
        found.append(_two_readings(start, title, predicate, "Check in the document how the word continues."))
    for index in range(first, len(pieces)):
        at, line, skipped = pieces[index]
        if at >= end:
            break
        for word in line.alternatives:
            if word.start + at - skipped <= end and word.end + at - skipped > begin:
                written = line.text[word.start : word.end]
                predicate = f"is broken at the end of a line; “{written}” could be “{word.spelling}”"
                hint = "Write the word as in the middle of a line; if it is right, remove the comment."
                found.append(_two_readings(start, title, predicate, hint))
    return found


def about_count(sentence: Sentence, start: int, end: int, count: int) -> list[Doubt]:
    """Return the doubts about the name of a kind with a number before it, where fewer options are read.

    The count is that of the options of the kind in the sentence; if there are none, they may follow in a list.
    """
    counted = COUNT_BEFORE.search(sentence.plain, max(start - _COUNT_CHARACTERS, 0), start)
    if not counted or not 0 < count < number(counted[1]):
        return []
    predicate = f"is what it says, and {count} {'is' if count == 1 else 'are'} read"
    hint = "Check whether one is missing, or two titles are read as one."
    return [_two_readings(counted.start(1), sentence.text[counted.start(1) : end], predicate, hint)]
