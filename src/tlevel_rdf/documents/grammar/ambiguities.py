"""Words that can be read in more ways than one: which ways those are, and how that is said."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.lexicon import COUNT_BEFORE, FLAG, STATE, number, plain
from tlevel_rdf.documents.grammar.statement import doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Doubt, Offer

_HYPHENS: Final = ("-", "\u2010")
ONE_EACH: Final = "If it is not so, write the titles as they are; links in the document would have said."
SEVERAL: Final = "is read as one title, and could be several"
#: Beyond so many places where a list can be parted, only its two simplest other readings are told.
_MOST_PLACES: Final = 2
#: "twelve relevant " and what stands before it.
_LONGEST_COUNT: Final = 25
#: Dashes and colons between words.
_JOINTS: Final = re.compile(r"\s-\s|:\s")
#: Signs between titles in no list that is known.
_STEPS: Final = re.compile(r"\s(?:>|\u2192|\.\.\.|\u2026)\s")
#: Signs that stand for "and" or "or".
_SIGN: Final = re.compile(r"(?P<before>\S+)\s+[/&]\s+(?P<after>\S+)(?P<more>.*)")
#: What the name of a job ends in, so that the words before the sign are a title by themselves.
_JOB: Final = re.compile(
    r".{2,}(?:er|or|ist|ian|ant|ee|man|woman|person|nurse|judge|chef|clerk|cook|guide)s?\Z", re.IGNORECASE
)
#: A title does not end in a flag.
_FLAGGED: Final = re.compile(rf"\S\s+(?P<flag>{FLAG})\Z", re.IGNORECASE)
#: Printed small before a title, these say something about it.
_QUALIFIER: Final = re.compile(
    r"(?:(?:newly|recently|soon[ -]to[ -]be|not[ -]yet|currently) )?(?:proposed|planned|forthcoming|upcoming|future"
    r"|former|previous|old|past|retired|withdrawn|discontinued|draft|pilot|provisional|expected|anticipated|potential|possible"
    r"|prospective|revised|updated|new|existing|current|closed|suspended|approved|unapproved|optional|similar|equivalent)"
    r"(?: and| or|,)?\s+(?=\S)"
)


def about_list(
    start: int, words: Sequence[str], joints: Sequence[str], read: Sequence[bool], open_: Sequence[bool]
) -> Doubt:
    """The doubt about a list that can be parted in several ways.

    Args:
        start: where it begins in the sentence.
        words: its parts.
        joints: what stands between them.
        read: for each joint, whether titles are parted there.
        open_: for each joint, whether they could also not be.
    """
    whole = words[0] + "".join(joint + part for joint, part in zip(joints, words[1:], strict=True))
    chosen = _titles(words, joints, read)
    places = [at for at, is_open in enumerate(open_) if is_open]
    ways: list[tuple[bool, ...]]
    if len(places) <= _MOST_PLACES:
        ways = list(itertools.product((False, True), repeat=len(places)))
    else:
        ways = [(False,) * len(places), (True,) * len(places)]
    others = []
    for way in ways:
        parted = list(read)
        for at, part in zip(places, way, strict=True):
            parted[at] = part
        if parted != list(read):
            others.append(_named(_titles(words, joints, parted)))
    said = "is read as one title" if len(chosen) == 1 else f"is read as {_named(chosen)}"
    return doubt(Code.AMBIGUOUS, start, whole, f"{said}, and could be {', or '.join(others)}", ONE_EACH)


def _titles(words: Sequence[str], joints: Sequence[str], parted: Sequence[bool]) -> list[str]:
    titles = [words[0]]
    for word, joint, part in zip(words[1:], joints, parted, strict=True):
        if part:
            titles.append(word)
        else:
            titles[-1] += joint + word
    return titles


_NUMBERS: Final = {1: "one title", 2: "two titles", 3: "three titles", 4: "four titles"}


def _named(titles: Sequence[str]) -> str:
    count = _NUMBERS.get(len(titles), f"{len(titles)} titles")
    return count if len(titles) == 1 else f"{count} ({'; '.join(' '.join(title.split()) for title in titles)})"


def about_one(start: int, words: str) -> list[Doubt]:
    """Doubts about words that nothing marks and that are read as one title."""
    said = plain(words)
    if len(_JOINTS.findall(said)) > 1 or _STEPS.search(said):
        return [doubt(Code.AMBIGUOUS, start, words, SEVERAL, ONE_EACH)]
    sign = _SIGN.search(said)
    if sign and (_JOB.match(sign["before"]) or (sign.start() == 0 and not sign["more"])):
        before, after = words[: sign.end("before")], words[sign.start("after") :]
        return [doubt(Code.AMBIGUOUS, start, words, f"{SEVERAL} ({before}; {after})", ONE_EACH)]
    if found := _FLAGGED.search(said):
        told = f"is read as one title; “{words[found.start('flag') :]}” may be a flag"
        return [doubt(Code.AMBIGUOUS, start, words, told, "If it is so, take it out of the title, and write the flag.")]
    if state := STATE.search(said):
        said = f"is read as one title; “{state[0]}” may say that it is not open to learners"
        return [doubt(Code.AMBIGUOUS, start, words, said, "Remove the option if there is none.")]
    first, _, rest = said.partition(" ")
    if first.isalpha() and first.islower() and start > 0 and any(word[:1].isupper() for word in rest.split()):
        said = f"is read as one title; “{first}” may be said about it, and be no word of it"
        return [doubt(Code.AMBIGUOUS, start, words, said, "If it is so, take the word away, and look what it says.")]
    return []


def qualified(words: str) -> int:
    """How much of the beginning of a title only says something about it, such as "proposed"."""
    found = _QUALIFIER.match(plain(words))
    return found.end() if found else 0


def about_qualifier(start: int, words: str, length: int) -> Doubt:
    """The doubt about such a beginning."""
    title, lead = " ".join(words[length:].split()), words[:length].strip()
    said = f"is read as “{title}”; “{lead}” may say that it is not open to learners, or be a word of it"
    return doubt(Code.AMBIGUOUS, start, words, said, "Look what it says; remove the option if there is none.")


def about_brackets(start: int, words: str) -> Doubt:
    """The doubt about brackets behind a title that are no flag that is known."""
    said = "is not understood, and is left out of the title before it"
    hint = "If it is a flag, write it as one; if it is a part of the title, write it there."
    return doubt(Code.NOT_UNDERSTOOD, start, words, said, hint)


def about_level(start: int, title: str, levels: tuple[int, int]) -> Doubt:
    """The doubt about two levels of one title."""
    said = (
        f"is at level {levels[0]} by its sentence and at level {levels[1]} by what stands right at it, which is taken"
    )
    return doubt(Code.AMBIGUOUS, start, title, said, "Look which of the two is right.")


#: What to do about flags that may be about other titles as well, or not about all that they are read as about.
_GIVE: Final = "If it is about the others too, give them the flag."
_REMOVE: Final = "Remove the flag where it is wrong."
_SAYS_BOTH: Final = re.compile(r"\bboth\b", re.IGNORECASE)
_BOTH: Final = 2


def about_all(start: int, words: str, titles: Sequence[str], others: Sequence[str]) -> Doubt | None:
    """The doubt about "all of which" where other titles stand before it, or about "both" where three do; else None."""
    named, more = (", ".join(f"“{title}”" for title in some) for some in (titles, others))
    if others:
        return doubt(Code.AMBIGUOUS, start, words, f"is read as about {named}, and could be about {more} too", _GIVE)
    if len(titles) > _BOTH and _SAYS_BOTH.search(words):
        return doubt(Code.AMBIGUOUS, start, words, f"is read as about {named}, which are more than two", _REMOVE)
    return None


def about_flag(start: int, words: str, title: str) -> Doubt:
    """The doubt about flags that stand after several titles and are read as about the last of them."""
    said = f"may be about more titles than one; it is read as about “{title}”"
    return doubt(Code.AMBIGUOUS, start, words, said, _GIVE)


def about_flags(start: int, words: str, how: str, count: int) -> Doubt:
    """The doubt about flags that are read as about several titles; `how` they stand to those."""
    return doubt(Code.AMBIGUOUS, start, words, f"{how} {count} titles; it is read as about all of them", _REMOVE)


def about_kind(start: int, words: str, count: int) -> Doubt:
    """The doubt about the name of a kind in the singular after several titles."""
    said = f"is in the singular and stands after {count} titles; it is read as about all of them"
    return doubt(Code.AMBIGUOUS, start, words, said, "Look what the others are.")


def about_end(last: Offer) -> Doubt:
    """The doubt about the last title of a list that is not closed."""
    said = "is where its list breaks off, so its title may go on, or others may be missing"
    return doubt(Code.AMBIGUOUS, last.start, last.title, said, "Look in the document how the list goes on.")


def about_link(start: int, lead: str, title: str) -> Doubt:
    """The doubt about a level within the words of a link."""
    said = f"is linked as a whole; it is read as “{title}”, and “{lead}” as its level"
    hint = f"If the title is “{lead} {title}”, write it so."
    return doubt(Code.AMBIGUOUS, start, f"{lead} {title}", said, hint)


def about_breaks(sentence: Sentence, start: int, title: str) -> list[Doubt]:
    """The doubts about words of a title that the end of a line breaks, or that have no end.

    Args:
        sentence: where it stands.
        start: where it begins in the sentence.
        title: its words.
    """
    pieces, begin = sentence.passage.pieces, sentence.start + start
    end = begin + len(title)
    first = max(bisect_right(pieces, begin, key=lambda piece: piece[0]) - 1, 0)
    found = []
    if title.endswith(_HYPHENS):
        said = "ends with a hyphen, so the rest of the word is missing or stands elsewhere"
        found.append(doubt(Code.AMBIGUOUS, start, title, said, "Look in the document how the word goes on."))
    for index in range(first, len(pieces)):
        at, line, skipped = pieces[index]
        if at >= end:
            break
        for word in line.unsure:
            if word.start + at - skipped <= end and word.end + at - skipped > begin:
                said = f"is broken at the end of a line; “{line.text[word.start : word.end]}” could be “{word.other}”"
                hint = "Write the word as it is in the middle of a line; if it is right, remove the comment."
                found.append(doubt(Code.AMBIGUOUS, start, title, said, hint))
    return found


def about_count(sentence: Sentence, start: int, end: int, made: int) -> list[Doubt]:
    """The doubts about the name of a kind that has a number of options before it, where fewer are made.

    Args:
        sentence: where it stands.
        start: where the name begins in the sentence.
        end: where it ends.
        made: how many of that kind the sentence has; with none, they may come in a list below it.
    """
    counted = COUNT_BEFORE.search(sentence.plain, max(start - _LONGEST_COUNT, 0), start)
    if not counted or not 0 < made < number(counted[1]):
        return []
    said = f"is what it says, and {made} {'is' if made == 1 else 'are'} read"
    hint = "Look whether one is missing, or two titles are read as one."
    return [doubt(Code.AMBIGUOUS, counted.start(1), sentence.text[counted.start(1) : end], said, hint)]
