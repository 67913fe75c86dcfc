"""The words of a progression profile's layout, as tables: numbers, levels, kinds, flags, and the recognised parts.

Whoever finds a document worded in another way adds to a table here; the grammar itself need not change. All
patterns are for plain text as `plain` gives it, without regard to capitals.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from tlevel_rdf.profiles import model
from tlevel_rdf.profiles.model import Flag, Kind

#: Quotation marks, spaces and hyphens of all kinds, with the plain ones.
_PLAIN: Final = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}

#: Spaces of a pattern, and what is no space of it: an escape, and a set of characters, which may hold some.
_SPACES: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]| \??")
#: What a profile cannot hold, since nobody sees it.
UNSEEN: Final = re.compile(rf"[{model.UNSEEN}\ud800-\udfff]")


def plain(text: str) -> str:
    r"""The same text with straight quotation marks, plain spaces and hyphens, each character in its place.

    >>> plain("the \u2018relevant\u2019 one \u2013 now")
    "the 'relevant' one - now"
    """
    return text if text.isascii() and "`" not in text else text.translate(_PLAIN)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for plain text without regard to capitals; a space in it is any run of spaces, ` ?` none as well."""
    return re.compile(_SPACES.sub(_spaced, pattern), re.IGNORECASE)


#: The capitals of a pattern, and what is none of it: an escape and the name of a group.
_CAPITALS: Final = re.compile(r"\\.|\(\?P<\w+>|[A-Z]+")


def compiled_small(pattern: str) -> re.Pattern[str]:
    """The same for text in small letters, as `small` gives it: it is held against that in half the time."""
    in_small = _CAPITALS.sub(lambda found: found[0].lower() if found[0].isalpha() else found[0], pattern)
    return re.compile(_SPACES.sub(_spaced, in_small))


def small(text: str) -> str:
    """The text in small letters, each in its place.

    >>> small("HTQs"), len(small("\u0130"))
    ('htqs', 1)
    """
    in_small = text.lower()
    if len(in_small) == len(text):
        return in_small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def any_of(phrases: str) -> str:
    """A pattern for any one of some phrases, which commas part.

    >>> any_of("jobs?, career paths?")
    '(?:jobs?|career paths?)'
    """
    return f"(?:{'|'.join(' '.join(phrase.split()) for phrase in phrases.split(','))})"


def _spaced(found: re.Match[str]) -> str:
    part = found[0]
    if part.startswith("["):
        return part.replace(" ", r"\s")
    return {" ": r"\s+", " ?": r"\s*"}.get(part, part)


_NUMBERS: Final = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)  # noqa: SIM905 - a table of words
)
NUMBER_WORDS: Final = frozenset(_NUMBERS)
NUMBER: Final = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"


def number(text: str) -> int:
    """A number in digits or in words.

    >>> number("Two"), number("12")
    (2, 12)
    """
    return _NUMBERS.get(text.casefold()) or int(text)


#: How many options the words behind it are about. Not in digits, since these are levels as well.
COUNT_BEFORE: Final = re.compile(
    rf"(?<!level )(?<!levels )\b({'|'.join(_NUMBERS)}) (?:(?:other|further|relevant) )?\Z", re.IGNORECASE
)
#: A level; `L4` is one only where nothing else could be meant.
LEVEL: Final = (
    rf"(?:RQF )?levels?[ -]*(?P<level>{NUMBER})\b"
    rf"(?P<more>\+|(?:\s*(?:,|-|/|\band\b|\bor\b|\bto\b)\s*(?:levels? )?{NUMBER}\b)+)?(?:\s*-(?= ))?"
)
LEVELLED: Final = compiled(LEVEL)
LEVEL_IN_SHORT: Final = re.compile(r"L(?P<level>[1-8])\Z", re.IGNORECASE)

_APPRENTICESHIP: Final = (
    r"(?:(?:integrated )?(?:degree|higher|advanced|intermediate) )?apprenticeships?(?: standards?)?"
)
_HTQ: Final = r"(?:higher technical qualifications?(?: \(HTQs?\))?|HTQs?(?: \(higher technical qualifications?\))?)"
KIND: Final = rf"(?P<apprenticeship>{_APPRENTICESHIP})|(?P<htq>{_HTQ})"
_KIND: Final = compiled(rf"(?:{KIND})\Z")
_PLURAL: Final = compiled(r".*(?:apprenticeships|apprenticeship standards|qualifications|HTQs)\b")


def kind_of(words: str) -> tuple[Kind, bool] | None:
    """What an option is called, and whether in the plural; None if the words are no such name.

    >>> kind_of("HTQs")
    (<Kind.HTQ: 'higher technical qualification'>, True)
    """
    found = _KIND.match(words)
    if not found:
        return None
    return (Kind.HTQ if found["htq"] else Kind.APPRENTICESHIP), bool(_PLURAL.match(words))


_FLAGS: Final = {
    Flag.ACCELERATED: r"accelerated",
    Flag.NOT_APPLICABLE: r"not[ -]applicable",
    Flag.IN_DEVELOPMENT: r"(?:in[ -]development|being developed)",
    Flag.UNDER_REVISION: r"(?:under[ -]revision|in[ -]revision|being revised)",
}
FLAG: Final = f"(?:{'|'.join(_FLAGS.values())})"
_FLAG_ALONE: Final = {flag: compiled(rf"['\"]?{pattern}['\"]?\Z") for flag, pattern in _FLAGS.items()}
_FLAG_ANYWHERE: Final = {flag: compiled(pattern) for flag, pattern in _FLAGS.items()}


def flag_of(words: str) -> Flag | None:
    """The flag that the words are, if they are one.

    >>> flag_of("Under Revision")
    <Flag.UNDER_REVISION: 'under revision'>
    """
    return next((flag for flag, pattern in _FLAG_ALONE.items() if pattern.match(words)), None)


def flags_in(words: str) -> tuple[Flag, ...]:
    """Every flag that is named in the words, in the order of the words."""
    found = [(match.start(), flag) for flag, pattern in _FLAG_ANYWHERE.items() if (match := pattern.search(words))]
    return tuple(flag for _, flag in sorted(found))


def nearly_a_flag(words: str) -> Flag | None:
    """The flag that somebody may have meant and misspelt."""
    near = difflib.get_close_matches(words.casefold()[:40], [str(flag) for flag in Flag], n=1, cutoff=0.75)
    return Flag(near[0]) if near else None


def is_flag_in_short(words: str) -> bool:
    """Whether words may be a flag that somebody cut short.

    >>> is_flag_in_short("In dev."), is_flag_in_short("RPL"), is_flag_in_short("IT")
    (True, True, False)
    """
    if words == _PRIOR_LEARNING:
        return True
    short = [word.strip(".") for word in words.casefold().replace("-", " ").split()]
    if not short or len(short[-1]) < _SHORTEST:
        return False
    return any(len(short) <= len(flag) and all(map(str.startswith, flag[-len(short) :], short)) for flag in _FLAG_WORDS)


_SHORTEST: Final = 3
#: The reason for a shorter apprenticeship, in short.
_PRIOR_LEARNING: Final = "RPL"
_FLAG_WORDS: Final = [str(flag).split() for flag in Flag if flag is not Flag.NOT_APPLICABLE]
#: What stands in brackets in titles, though it is printed small.
_IN_TITLES: Final = compiled(r"(?:(?:non-)?integrated )?(?:degree|honours|hons)\Z")

#: In "Business (with French)" it is a part of the title.
_WITH: Final = re.compile("with [A-Z]")


def is_remark(words: str) -> bool:
    """Whether words in brackets are about a title rather than a part of it: titles begin with a capital or a number.

    >>> is_remark("with experience"), is_remark("Upholsterer"), is_remark("integrated degree")
    (True, False, False)
    """
    if is_placeholder(words) or _WITH.match(words):
        return False
    first = next(iter(words.split()), "").strip(".,:")
    is_small = first.islower() and not _IN_TITLES.match(words)
    return is_small or is_flag_in_short(words) or first.casefold() in _LEADING | _POINTING


#: What a page says behind a link, of the link and not of the title.
NEW_TAB: Final = compiled(
    r"(?:\s|[,;(\[-])*(?:(?:this |the )?link )?(?:opens?|opening|will open) in (?:an? )?(?:new|another|separate)"
    r" (?:browser )?(?:tab|window)s?(?: or (?:tab|window))?[)\].\s]*\Z"
)

#: What is not so any more, in a word that titles may have as well: "Suspended Ceiling Installer".
_STATES: Final = "unavailable|withdrawn|retired|discontinued|closed|ended|ceased|suspended"
STATE: Final = re.compile(rf"\b(?:{_STATES.title()})(?= [A-Z])")
#: What says that something is not so. Titles and flags are taken out before it is looked for.
NEGATIVE: Final = (
    r"\b(?:no(?!\. \d)|not|none|nothing|never|neither|nor|cannot|without|unless|except(?:ing)?|excluding|lacks?"
    rf"|lacking|{_STATES}|(?:rather|other) than|apart from|instead of"
    r"|formerly|previously)\b(?!-)|\b(?:ai|are|ca|could|dare|did|do(?:es)?|ha[ds]|have|is|may|might"
    r"|must|need|ought|sha|should|was|were|wo|would)n't\b"
)
#: Words that no title has: with one of them among the words, they are a statement.
_STATING: Final = frozenset(
    """
    which who whom whose that is are was were be been being has have had having may might can could will would
    shall should must you your yours they them their theirs we our us it its he she his her this these those
    there here if when where while whilst whereas because although though however but also do does did i'm you'll
    depending subject include includes including such via per please see provided after before once until whether
    both each either available offered based need needs require requires required complete completed completing
    takes take about respectively used
    """.split()  # noqa: SIM905 - a table of words
)
#: Nor does a title have these, however they are printed, or begin with those.
_POINTING: Final = frozenset(
    """
    there this these those they them you your our its some any few most only
    """.split()  # noqa: SIM905 - a table of words
)
_LEADING: Final = frozenset(
    """
    with from at by through on following as onto
    """.split()  # noqa: SIM905 - a table of words
)
#: What stands where somebody meant to write a title.
_PLACEHOLDER: Final = compiled(
    r"[\[(<{]?(?:tb[acd]|x{2,}|n ?/ ?a|to be (?:confirmed|added|announced|decided)|(?:insert|add|enter)\b.*"
    r"|(?:(?:the|job|degree|apprenticeship|HTQ|specialism|occupation) )?(?:title|name|link|url|text)s?(?: here| \d+)?"
    r"|placeholder|lorem ipsum.*|todo|none|nil|unknown|see (?:above|below))[\])>}]?[ .?!]*\Z"
)
_NO_PUNCTUATION: Final = str.maketrans('().,:;"', "       ")
_SENTENCE_END: Final = re.compile(r"[.!?] \S")
#: Initials with stops, but for the last of those: "I.T", "B.Sc".
_INITIALS: Final = r"(?<![\w.])[A-Z][A-Za-z]{0,2}(?:\.[A-Z][A-Za-z]{0,3})+"
INITIALS: Final = re.compile(rf".*{_INITIALS}\Z", re.DOTALL)
#: What a stop behind it does not end.
ABBREVIATED: Final = re.compile(
    r"(?:(?i:\b(?:e\.g|i\.e|vs|approx|incl|Dr|Mr|Mrs|Ms|Prof|St|No|Ltd|Hons|Sr|Snr|Jr|Jnr|Asst|Dept|Mgr|Govt"
    r"|Dip|Cert|Tech|Exec|Dev))"
    rf"|{_INITIALS}|\A\W*(?:\d{{1,3}}[A-Za-z]?|[A-Za-z]))\Z"
)
#: The most words of a title; the longest seen has ten.
_MOST_WORDS: Final = 20


def is_placeholder(words: str) -> bool:
    """Whether words only hold the place of a title, even where something marks them as one.

    >>> is_placeholder("[TBC]"), is_placeholder("Link Worker")
    (True, False)
    """
    return bool(_PLACEHOLDER.match(words))


def could_be_title(words: str) -> bool:
    """Whether words that nothing else marks as a title could be one.

    >>> could_be_title("Assisting with Healthcare Science"), could_be_title("which takes a year")
    (True, False)
    """
    split = words.translate(_NO_PUNCTUATION).split()
    return (
        0 < len(split) <= _MOST_WORDS
        and len(words) <= 300
        # "IT" is no "it", nor is the "Will" of "Will Writer" a verb.
        and _STATING.isdisjoint(word for word in split if word[:1].islower())
        and _POINTING.isdisjoint(word.casefold() for word in split if not word.isupper())
        and split[0] not in _LEADING
        and words.casefold() not in NUMBER_WORDS
        and not is_placeholder(words)
        and any(map(str.isalpha, words))
        and all(ABBREVIATED.search(words, 0, end.start()) for end in _SENTENCE_END.finditer(words))
    )


_HEADING: Final = r"(?:(?:section|part|chapter|profile) )?"
_SECTION: Final = r"(?P<section>\d{1,3}(?:[.-]\d{1,2})*[a-z]?|[a-z]\d{1,2}|[a-z](?=[.)]))"
_T_LEVEL: Final = r"T[ -]*Levels?"
_WORDS: Final = r"(?P<title>\S(?:.{0,298}\S)?)"
#: A line that begins a profile. Those that need a section number would else be words that mean something else.
HEADINGS: Final = tuple(
    compiled(pattern)
    for pattern in (
        (
            rf"(?:{_HEADING}{_SECTION}[.):-]* )?(?:the )?(?:progression profile(?: of| for)? ?[:-]? ?)?(?:the"
            rf" )?{_T_LEVEL}"
            rf"(?: \(level 3\)| progression profile| technical qualification)?(?: in|\s*:| -) {_WORDS}\Z"
        ),
        rf"(?:{_HEADING}{_SECTION}[.):-]* )?(?:the )?progression profile(?: of| for|\s*:| -)(?: the)? {_WORDS}\Z",
        rf"{_HEADING}{_SECTION}[.):-]* {_WORDS} {_T_LEVEL}\Z",
    )
)
HEADING_TAIL: Final = compiled(rf"(?: {_T_LEVEL})?(?:[ :-]+(?:the )?progression profile)?(?: \(continued\))?[ .:]*\Z")
#: The line of a table of contents: a heading, leaders and a page.
CONTENTS: Final = re.compile(r".*?(?:\.\s?){4,}\s*\d+\s*\Z|.*?\t+\d+\s*\Z")

SPECIALISMS: Final = r"(?:occupational )?specialisms?"
_COUNT: Final = rf"(?:(?:(?:only|just) )?(?:an? (?=single|sole))?(?P<count>{NUMBER}|single|sole|an?|the) )?"
ANNOUNCEMENTS: Final = tuple(
    compiled(pattern)
    for pattern in (
        (
            rf"(?:this|the|our) {_T_LEVEL}(?: in .{{1,120}}?)? (?:has|have|includes?|contains?|consists of"
            rf"|comprises?|offers?"
            rf"|is made up of|covers)(?: the following| a choice of| a total of)? {_COUNT}"
            rf"(?:different |following )?{SPECIALISMS}\b(?P<names>.*)\Z"
        ),
        (
            rf"there (?:is|are)(?: a total of)? {_COUNT}(?:different )?{SPECIALISMS}"
            rf"(?: (?:in|within|for) (?:this|the) {_T_LEVEL})?\b(?P<names>.*)\Z"
        ),
        (
            rf"(?:the|its) (?:(?P<count>{NUMBER}) )?{SPECIALISMS}(?: (?:of|in|within|for) (?:this|the) {_T_LEVEL})?"
            rf"(?P<names> (?:is|are|include)\b.*|\s*:.*)\Z"
        ),
        rf"(?:(?P<count>{NUMBER}) )?{SPECIALISMS}(?P<names>\s*:.*)\Z",
    )
)
#: What stands between the announcement and the first name.
BEFORE_NAMES: Final = compiled(
    r"\s*(?:(?:available|to choose from),?\s*)?(?:\(\w+\)\s*)?[,:-]?\s*(?:(?:and )?(?:these|they|which) )?"
    r"(?:(?:is|are|include|namely|called|named|as follows|of|either)\b)?\s*[,:-]?\s*"
)
#: The number of a specialism's heading, which may be called by its kind.
NUMBERED: Final = compiled(
    rf"(?:(?:{SPECIALISMS}|option|pathway|route|strand) )?(?:\d{{1,2}}[a-z]?\.(?=\d))*"
    r"(?:\((?P<a>\d{1,2}|[a-h]|[ivx]{1,4})\)|(?P<b>\d{1,2}|[a-h]|[ivx]{1,4})[.):](?!\d)"
    rf"|{SPECIALISMS} "
    rf"(?P<c>{NUMBER})(?= -| [^\W\d])|(?P<d>\d{{1,2}})(?= (?:[-|>\u00bb] ?)?[^\W\d_]))[ :|>\u00bb-]*(?P<title>\S.*)\Z"
)
CALLED_SPECIALISM: Final = compiled(rf"{SPECIALISMS} ?[:-] (?P<title>\S.*)\Z")
BEFORE_OPTIONS: Final = compiled(
    rf"(?:please )?(?:see |find )?(?:below,? )?(?:are )?(?:the )?progression options for the {SPECIALISMS}(?:"
    rf" of)?\s*[:-]?\s*"
)
CONTINUED: Final = compiled(r"\s*\(?(?:continued|cont(?:'d|d|\.)?)\)?[.:]?\Z")
