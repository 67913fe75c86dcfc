"""The contents of table columns: what their headers state, and the levels, kinds and titles in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


class Column(NamedTuple):
    """The content of a column, and the kind and level of its titles."""

    content: str
    kind: Kind | None = None
    level: int | None = None


LEVELS, KINDS, FLAGS, TITLES = "levels", "kinds", "flags", "titles"
#: A header is shorter.
_HEADER_CHARACTERS: Final = 60
_HEADERS: Final = tuple(
    (compiled(rf"(?:{pattern})\Z"), column)
    for pattern, column in (
        (r"(?:RQF )?(?:levels?|lvls?)", Column(LEVELS)),
        (r"(?:type|kind|route|product|category)(?: of (?:option|progression|qualification))?", Column(KINDS)),
        (r"(?:status|flags?|notes?|applicability|marked)", Column(FLAGS)),
        (r"apprenticeships?(?: titles?| standards?)?", Column(TITLES, Kind.APPRENTICESHIP)),
        (r"apprenticeships? ?(?:or|and|/|&) ?(?:HTQs?|(?:higher )?technical qualifications?)", Column(TITLES)),
        (
            r"title|name|occupations?|(?:occupational )?standard|(?:progression )?options?|progression|target",
            Column(TITLES),
        ),
        (r"(?:HTQs?|higher technical qualifications?)(?: titles?)?", Column(TITLES, Kind.HTQ)),
        (r"(?:degrees?|education)(?: options?| subjects?| courses?)?", Column(TITLES, Kind.DEGREE)),
        (r"(?:work|jobs?|careers?|(?:job )?roles?)(?: options?| titles?)?", Column(TITLES, Kind.OCCUPATION)),
    )
)
_DEGREE: Final = compiled(r"degrees?\Z")
_OCCUPATION: Final = compiled(r"(?:occupation|job|work|(?:job )?role|career)s?\Z")
_LEVEL_ALONE: Final = compiled(rf"(?:at )?(?:{lexicon.LEVEL}|L?(?P<digit>[1-8]))\Z")
EMPTY: Final = compiled(r"[-\u2013—.\s]+\Z|(?:none|nil)\Z")


def column_headed(text: str) -> Column | None:
    """Return the column that a header describes.

    >>> column_headed("Job titles").kind
    <Kind.OCCUPATION: 'occupation'>
    """
    if len(text) >= _HEADER_CHARACTERS:
        return None
    return next((column for pattern, column in _HEADERS if pattern.match(text)), None)


def header_lengths(words: Sequence[str]) -> list[int]:
    """Return the number of words of each column header in a row; none if the row holds anything else.

    >>> header_lengths(["Level", "Degree", "options", "HTQ"])
    [1, 2, 1]
    """
    if sum(len(word) + 1 for word in words) > 4 * _HEADER_CHARACTERS:
        return []
    lengths, texts, at = [], [], 0
    while at < len(words):
        ends = ((end, " ".join(words[at:end]).strip(" .:")) for end in range(len(words), at, -1))
        end, text = next((each for each in ends if column_headed(each[1]) or level_of(each[1])), (0, ""))
        if not end:
            return []
        lengths.append(end - at)
        texts.append(text)
        at = end
    has_titles = any((column := column_headed(text)) and column.content == TITLES for text in texts)
    return lengths if len(lengths) > 1 and (has_titles or all(map(level_of, texts))) else []


def level_of(text: str) -> int | None:
    """Return the level that a cell holds.

    >>> level_of("Level 4"), level_of("4"), level_of("4 years")
    (4, 4, None)
    """
    found = _LEVEL_ALONE.match(text)
    return lexicon.number(found["level"] or found["digit"]) if found and not found["more"] else None


def kind_in(text: str) -> Kind | None:
    """Return the kind of option that a cell names."""
    if named := lexicon.kind_of(text):
        return named[0]
    return Kind.DEGREE if _DEGREE.match(text) else Kind.OCCUPATION if _OCCUPATION.match(text) else None
