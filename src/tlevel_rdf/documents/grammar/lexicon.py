"""The vocabulary of a progression profile's layout: numbers, levels, kinds, flags, titles and headings.

To read a document with another wording, add to a table here; the grammar itself need not change. All patterns match the
text that `plain` returns, and ignore case.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from tlevel_rdf.limits import MAX_READ_TITLE_CHARACTERS
from tlevel_rdf.profiles.kinds import Flag, Kind, Wording

#: Quotation marks, spaces and hyphens of all kinds, and their plain forms.
_PLAIN: Final = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}


def plain(text: str) -> str:
    r"""Return the text with straight quotation marks and plain spaces and hyphens, each character in its place.

    >>> plain("the \u2018relevant\u2019 one \u2013 now")
    "the 'relevant' one - now"
    """
    return text if text.isascii() and "`" not in text else text.translate(_PLAIN)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that ignores case."""
    return re.compile(pattern, re.IGNORECASE)


def any_of(phrases: str) -> str:
    """Return a pattern for any one of the phrases, which commas separate.

    >>> any_of("jobs?, career paths?")
    '(?:jobs?|career paths?)'
    """
    return f"(?:{'|'.join(' '.join(phrase.split()) for phrase in phrases.split(','))})"


_NUMBERS: Final = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)  # noqa: SIM905 - a table of words
)
NUMBER_WORDS: Final = frozenset(_NUMBERS)
NUMBER: Final = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"


def number(text: str) -> int:
    """Return the value of a number in digits or in words.

    >>> number("Two"), number("12")
    (2, 12)
    """
    return _NUMBERS.get(text.casefold()) or int(text)


#: A number of options before their name. It is in words, because digits may be a level.
COUNT_BEFORE: Final = compiled(rf"(?<!level )(?<!levels )\b({'|'.join(_NUMBERS)}) (?:(?:other|further|relevant) )?\Z")
#: A level, or several of them (`more`).
LEVEL: Final = (
    rf"(?:RQF )?levels?[ -]*(?P<level>{NUMBER})\b"
    rf"(?P<more>\+|(?:\s*(?:,|-|/|\band\b|\bor\b|\bto\b)\s*(?:levels? )?{NUMBER}\b)+)?(?:\s*-(?= ))?"
)
LEVELLED: Final = compiled(LEVEL)
#: A level such as "L4", where nothing else could be meant.
LEVEL_IN_SHORT: Final = compiled(r"L(?P<level>[1-8])\Z")

_APPRENTICESHIP: Final = (
    r"(?:(?:integrated )?(?:degree|higher|advanced|intermediate) )?apprenticeships?(?: standards?)?"
)
_HTQ: Final = r"(?:higher technical qualifications?(?: \(HTQs?\))?|HTQs?(?: \(higher technical qualifications?\))?)"
KIND: Final = rf"(?P<apprenticeship>{_APPRENTICESHIP})|(?P<htq>{_HTQ})"
_KIND: Final = compiled(rf"(?:{KIND})\Z")
_PLURAL: Final = compiled(r".*(?:apprenticeships|apprenticeship standards|qualifications|HTQs)\b")


def kind_of(words: str) -> tuple[Kind, bool] | None:
    """Return the kind of option that the words name, and True if they are in the plural; None if they name none.

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
_FLAG_PATTERNS: Final = {flag: compiled(pattern) for flag, pattern in _FLAGS.items()}
_FLAG_ALONE: Final = compiled(rf"['\"]?{FLAG}['\"]?\Z")


def flag_of(words: str) -> Flag | None:
    """Return the flag that the words are.

    >>> flag_of("Under Revision")
    <Flag.UNDER_REVISION: 'under revision'>
    """
    return flags_in(words)[0] if _FLAG_ALONE.match(words) else None


def flags_in(words: str) -> tuple[Flag, ...]:
    """Return every flag that the words contain, in their order."""
    found = [(match.start(), flag) for flag, pattern in _FLAG_PATTERNS.items() if (match := pattern.search(words))]
    return tuple(flag for _, flag in sorted(found))


#: The reason for a shorter apprenticeship, recognised prior learning.
_PRIOR_LEARNING: Final = "RPL"
_FLAG_WORDS: Final = [str(flag).split() for flag in Flag if flag is not Flag.NOT_APPLICABLE]


def resembles_flag(words: str) -> bool:
    """Return True if the words may misspell or abbreviate a flag.

    >>> list(map(resembles_flag, ("Acelerated", "In dev.", "RPL", "IT")))
    [True, True, True, False]
    """
    if words == _PRIOR_LEARNING or difflib.get_close_matches(words.casefold()[:40], list(Flag), n=1, cutoff=0.75):
        return True
    short = [word.strip(".") for word in words.casefold().replace("-", " ").split()]
    return len("".join(short[-1:])) > 2 and any(
        len(short) <= len(flag) and all(map(str.startswith, flag[-len(short) :], short)) for flag in _FLAG_WORDS
    )


_EXAMPLES: Final = compiled(r"(?P<modal>may|could)\b(?: \w+)? include\Z")
_MODAL: Final = compiled(r"\b(?:can|could|may|might|must|shall|should|will|would)\b")
_INDICATIVE: Final = compiled(r"\b(?:is|are|leads?|includes?)\b|'s\b")


def wording_of(verb: str) -> Wording | None:
    """Return the wording that a verb is; None if it is another.

    >>> wording_of("could also include"), wording_of("there is"), wording_of("might be")
    (<Wording.COULD_INCLUDE: 'could include'>, <Wording.STATED: 'stated'>, None)
    """
    if found := _EXAMPLES.match(verb.strip()):
        return Wording.MAY_INCLUDE if found["modal"].casefold() == "may" else Wording.COULD_INCLUDE
    return Wording.STATED if _INDICATIVE.search(verb) and not _MODAL.search(verb) else None


#: Words that say something no longer holds.
_ENDED: Final = "unavailable|withdrawn|retired|discontinued|closed|ended|ceased|suspended"
#: Words that deny something. The tokenizer takes titles and flags out before it looks for them.
NEGATIVE: Final = (
    r"\b(?:no(?!\. \d)|not|none|nothing|never|neither|nor|cannot|without|unless|except(?:ing)?|excluding|lacks?"
    rf"|lacking|{_ENDED}|(?:rather|other) than|apart from|instead of"
    r"|formerly|previously)\b(?!-)|\b(?:ai|are|ca|could|dare|did|do(?:es)?|ha[ds]|have|is|may|might"
    r"|must|need|ought|sha|should|was|were|wo|would)n't\b"
)

#: Words in brackets that belong to a title although they begin with a small letter.
_IN_TITLES: Final = compiled(r"(?:(?:non-)?integrated )?(?:degree|honours|hons)\Z")
#: A part of a title, as in "Business (with French)".
_WITH: Final = re.compile("with [A-Z]")
#: Words that no title contains as printed here: with one of them, words are a statement.
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
#: Words that no title contains in any case, and words that no title begins with.
_POINTING: Final = frozenset("there this these those they them you your our its some any few most only".split())  # noqa: SIM905
_LEADING: Final = frozenset("with from at by through on following as onto".split())  # noqa: SIM905
#: Words in the place of a title that was not written.
_PLACEHOLDER: Final = compiled(
    r"[\[(<{]?(?:tb[acd]|x{2,}|n ?/ ?a|to be (?:confirmed|added|announced|decided)|(?:insert|add|enter)\b.*"
    r"|(?:(?:the|job|degree|apprenticeship|HTQ|specialism|occupation) )?(?:title|name|link|url|text)s?(?: here| \d+)?"
    r"|placeholder|lorem ipsum.*|todo|none|nil|unknown|see (?:above|below))[\])>}]?[ .?!]*\Z"
)
_NO_PUNCTUATION: Final = str.maketrans('().,:;"', "       ")
_SENTENCE_END: Final = re.compile(r"[.!?] \S")
#: Initials with stops, without the last stop: "I.T", "B.Sc".
_INITIALS: Final = r"(?<![\w.])[A-Z][A-Za-z]{0,2}(?:\.[A-Z][A-Za-z]{0,3})+"
INITIALS: Final = re.compile(rf".*{_INITIALS}\Z", re.DOTALL)
#: Words that a stop abbreviates, so that it ends no sentence.
ABBREVIATED: Final = re.compile(
    r"(?:(?i:\b(?:e\.g|i\.e|vs|approx|incl|Dr|Mr|Mrs|Ms|Prof|St|No|Ltd|Hons|Sr|Snr|Jr|Jnr|Asst|Dept|Mgr|Govt"
    r"|Dip|Cert|Tech|Exec|Dev))"
    rf"|{_INITIALS}|\A\W*(?:\d{{1,3}}[A-Za-z]?|[A-Za-z]))\Z"
)
#: The longest title seen has ten words.
_TITLE_WORDS: Final = 20

#: The words that a web page adds to a link about the link itself.
NEW_TAB: Final = compiled(
    r"(?:\s|[,;(\[-])*(?:(?:this |the )?link )?(?:opens?|opening|will open) in (?:an? )?(?:new|another|separate)"
    r" (?:browser )?(?:tab|window)s?(?: or (?:tab|window))?[)\].\s]*\Z"
)


def is_remark(words: str) -> bool:
    """Return True if words in brackets are about a title rather than a part of it.

    Parts of titles begin with a capital letter or a number.

    >>> is_remark("with experience"), is_remark("Upholsterer"), is_remark("integrated degree")
    (True, False, False)
    """
    if is_placeholder(words) or _WITH.match(words):
        return False
    first = next(iter(words.split()), "").strip(".,:")
    is_small = first.islower() and not _IN_TITLES.match(words)
    return is_small or first.casefold() in _LEADING | _POINTING


def is_placeholder(words: str) -> bool:
    """Return True if words only mark the place of a title.

    >>> is_placeholder("[TBC]"), is_placeholder("Link Worker")
    (True, False)
    """
    return bool(_PLACEHOLDER.match(words))


def could_be_title(words: str) -> bool:
    """Return True if words that nothing else marks as a title could be one.

    >>> could_be_title("Assisting with Healthcare Science"), could_be_title("which takes a year")
    (True, False)
    """
    split = words.translate(_NO_PUNCTUATION).split()
    return (
        0 < len(split) <= _TITLE_WORDS
        and len(words) <= MAX_READ_TITLE_CHARACTERS
        # "IT" is not "it", and the "Will" of "Will Writer" is no verb.
        and _STATING.isdisjoint(word for word in split if word[:1].islower())
        and _POINTING.isdisjoint(word.casefold() for word in split if not word.isupper())
        and split[0] not in _LEADING
        and words.casefold() not in NUMBER_WORDS
        and not is_placeholder(words)
        and any(map(str.isalpha, words))
        and all(ABBREVIATED.search(words, 0, end.start()) for end in _SENTENCE_END.finditer(words))
    )


_T_LEVEL: Final = r"T[ -]*Levels?"
_SECTION: Final = (
    r"(?:(?:section|part|chapter|profile) )?"
    r"(?P<section>\d{1,3}(?:[.-]\d{1,2})*[a-z]?|[a-z]\d{1,2}|[a-z](?=[.)]))[.):-]* "
)
_TITLE: Final = r"(?P<title>\S(?:.{0,298}\S)?)\Z"
#: The heading of a profile. A T Level at its end is one only behind a section number.
HEADINGS: Final = (
    compiled(
        rf"(?:{_SECTION})?(?:the )?(?:progression profile(?: of| for)? ?[:-]? ?)?(?:the )?{_T_LEVEL}"
        rf"(?: \(level 3\)| progression profile| technical qualification)?(?: in|\s*:| -) {_TITLE}"
    ),
    compiled(rf"(?:{_SECTION})?(?:the )?progression profile(?: of| for|\s*:| -)(?: the)? {_TITLE}"),
    compiled(rf"{_SECTION}{_TITLE[:-2]} {_T_LEVEL}\Z"),
)
HEADING_TAIL: Final = compiled(rf"(?: {_T_LEVEL})?(?:[ :-]+(?:the )?progression profile)?(?: \(continued\))?[ .:]*\Z")
#: A line of a table of contents: a heading, leaders and a page.
CONTENTS: Final = re.compile(r".*?(?:\.\s?){4,}\s*\d+\s*\Z|.*?\t+\d+\s*\Z")

SPECIALISMS: Final = r"(?:occupational )?specialisms?"
_COUNT: Final = rf"(?:(?:(?:only|just) )?(?:an? (?=single|sole))?(?P<count>{NUMBER}|single|sole|an?|the) )?"
#: Sentences that announce the specialisms, with their count and names.
ANNOUNCEMENTS: Final = (
    compiled(
        rf"(?:this|the|our) {_T_LEVEL}(?: in .{{1,120}}?)? (?:has|have|includes?|contains?|consists of|comprises?"
        rf"|offers?|is made up of|covers)(?: the following| a choice of| a total of)? {_COUNT}"
        rf"(?:different |following )?{SPECIALISMS}\b(?P<names>.*)\Z"
    ),
    compiled(
        rf"there (?:is|are)(?: a total of)? {_COUNT}(?:different )?{SPECIALISMS}"
        rf"(?: (?:in|within|for) (?:this|the) {_T_LEVEL})?\b(?P<names>.*)\Z"
    ),
    compiled(
        rf"(?:the|its) (?:(?P<count>{NUMBER}) )?{SPECIALISMS}(?: (?:of|in|within|for) (?:this|the) {_T_LEVEL})?"
        rf"(?P<names> (?:is|are|include)\b.*|\s*:.*)\Z"
    ),
    compiled(rf"(?:(?P<count>{NUMBER}) )?{SPECIALISMS}(?P<names>\s*:.*)\Z"),
)
#: The words between the announcement and the first name.
BEFORE_NAMES: Final = compiled(
    r"\s*(?:(?:available|to choose from),?\s*)?(?:\(\w+\)\s*)?[,:-]?\s*(?:(?:and )?(?:these|they|which) )?"
    r"(?:(?:is|are|include|namely|called|named|as follows|of|either)\b)?\s*[,:-]?\s*"
)
#: The heading of a specialism with a number, as in "2. Nursing" and "Occupational specialism 2: Nursing".
NUMBERED: Final = compiled(
    rf"(?:(?:{SPECIALISMS}|option|pathway|route|strand) )?(?:\d{{1,2}}[a-z]?\.(?=\d))*"
    r"(?:\((?P<a>\d{1,2}|[a-h]|[ivx]{1,4})\)|(?P<b>\d{1,2}|[a-h]|[ivx]{1,4})[.):](?!\d)"
    rf"|{SPECIALISMS} (?P<c>{NUMBER})(?= -| [^\W\d])|(?P<d>\d{{1,2}})(?= (?:[-|>\u00bb] ?)?[^\W\d_]))"
    r"[ :|>\u00bb-]*(?P<title>\S.*)\Z"
)
CALLED_SPECIALISM: Final = compiled(rf"{SPECIALISMS} ?[:-] (?P<title>\S.*)\Z")
CONTINUED: Final = compiled(r"\s*\(?(?:continued|cont(?:'d|d|\.)?)\)?[.:]?\Z")
