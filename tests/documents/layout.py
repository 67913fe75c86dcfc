"""Writes random profiles in the layout of published ones, so that reading them back can be held against them.

Titles with a comma or "and" in them are always linked, for nothing else says that they are one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from tlevel_rdf.profiles.kinds import Flag, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = [
    *("Care", "Health", "Nurse", "Senior", "Technician", "Optical", "Science", "Engineer", "Associate", "Adviser"),
    *("Site", "Manager", "Legal", "Data", "Digital", "Food", "Law", "Music", "History", "Dental", "Land-based"),
    *("Women's", "Café", "C++", "HR", "IT", "3D", "BSc"),
]
#: Titles of one to four words. One draw for each title keeps a document cheap to make and to shrink.
_RANDOM: Final = random.Random(1)  # noqa: S311 - titles, no secrets
_PLAIN: Final = sorted({" ".join(_RANDOM.choices(_WORDS, k=count)) for count in (1, 2, 3, 4) for _ in range(60)})
_JOINED: Final = sorted(
    {
        f"{first}{joint}{second}{end}"
        for joint in (" and ", ", ", " & ", " / ", " or ")
        for end in ("", " (Care)", " and Law")
        for first, second in (_RANDOM.sample(_PLAIN, 2) for _ in range(12))
    }
)
_TITLES: Final = st.sampled_from([*_JOINED, *_PLAIN])
_NOTES: Final = (
    "Ask your adviser which of these are offered near you.",
    "There is no apprenticeship at level 5.",
    "These options are reviewed each year.",
    "A learner could potentially move across progression routes from the different specialisms due to the broad core",
)
_FLAGS: Final = st.lists(
    st.sampled_from([Flag.ACCELERATED, Flag.IN_DEVELOPMENT, Flag.UNDER_REVISION]), unique=True, max_size=2
)
_NUMBERS: Final = ("", "one", "two", "three")


@dataclass
class Written:
    """A document, and what is in it.

    Attributes:
        lines: of the text; blank lines between them.
        specialisms: title, line, and options as (kind, level, title, flags, relevant, page, line).
        notes: as (text, line).
    """

    t_level: str
    section: str
    lines: list[str] = field(default_factory=list)
    specialisms: list[tuple[str, int, list[tuple[Any, ...]]]] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)

    def add(self, line: str) -> int:
        """Add a line; gives its number in the text."""
        self.lines.append(line)
        return 2 * len(self.lines) - 1

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines) + "\n"


_LEADS: Final = (
    (Kind.DEGREE, ("For **education**, degree options may include", "For **education**, Degree options may include")),
    (Kind.OCCUPATION, ("For **work**, career progression could include",)),
)
#: A title, what it links to, and its flags.
Entry = tuple[str, str | None, list[Flag]]


@st.composite
def documents(draw: Callable[..., Any]) -> Written:
    """A document in the layout of the seed."""
    written = Written(draw(_TITLES), draw(st.sampled_from(["7c", "11b", "2"])))
    written.add(f"{written.section}. T Level in {written.t_level}")
    written.add("The Progression Profile")
    titles = draw(st.lists(_TITLES, min_size=1, max_size=3, unique_by=str.casefold))
    count = draw(st.sampled_from([_NUMBERS[len(titles)], str(len(titles))]))
    plural = "" if len(titles) == 1 else "s"
    written.add(f"This T Level has {count} occupational specialism{plural}: {_listed(titles)}.")
    written.add(
        "For these occupational specialisms, there are progression pathways into apprenticeships, education and work."
    )
    for number, title in enumerate(titles, 1):
        line = written.add(f"{number}. {title}")
        specialism = _Specialism(draw, written)
        written.specialisms.append((title, line, specialism.options))
        specialism.write()
    for end in ("Progression Profile", f"T Level in {written.t_level}", "Under revision = standard is being revised."):
        written.add(end)
    if draw(st.booleans()):
        written.notes.append((_NOTES[-1], written.add(_NOTES[-1])))
    return written


class _Specialism:
    """Writes the options of one specialism, none of them twice."""

    def __init__(self, draw: Callable[..., Any], written: Written) -> None:
        self.draw = draw
        self.written = written
        self.options: list[tuple[Any, ...]] = []
        self.seen: set[tuple[Any, ...]] = set()

    def write(self) -> None:
        self._relevant()
        if self.draw(st.booleans()):
            note = self.draw(st.sampled_from(_NOTES[:3]))
            self.written.notes.append((note, self.written.add(note)))
        self._technical()
        for kind, ways in _LEADS:
            if found := self._entries(kind, None, 4):
                words = f"{self.draw(st.sampled_from(ways))} {_listed([_flagged(*each) for each in found])}."
                self._say(self.written.add(words), kind, None, found)

    def _say(self, line: int, kind: Kind, level: int | None, found: list[Entry]) -> None:
        self.options += [(kind, level, name, tuple(flags), False, page, line) for name, page, flags in found]

    def _entries(self, kind: Kind, level: int | None, most: int) -> list[Entry]:
        found: list[Entry] = []
        for name in self.draw(st.lists(_TITLES, max_size=most)):
            if (kind, level, name.casefold()) not in self.seen:
                self.seen.add((kind, level, name.casefold()))
                is_joined = any(sign in f" {name} " for sign in (" and ", ",", " or "))
                pages = ["https://example.org/a", "https://example.org/b?c=d"] if is_joined else [None]
                found.append((name, self.draw(st.sampled_from(pages)), self.draw(_FLAGS)))
        return found

    def _relevant(self) -> None:
        for name, page, flags in self._entries(Kind.APPRENTICESHIP, 2, 1):
            flag = self.draw(st.sampled_from([Flag.ACCELERATED, Flag.NOT_APPLICABLE]))
            kept = [flag, *(extra for extra in flags if extra is not Flag.ACCELERATED)]
            lead = "For apprenticeships and technical qualifications, the relevant occupation level 2"
            line = self.written.add(f"{lead} {_linked(name, page)} is {' and '.join(kept)}.")
            self.options.append((Kind.APPRENTICESHIP, 2, name, tuple(kept), True, page, line))

    def _technical(self) -> None:
        sentences = []
        for level in sorted(self.draw(st.sets(st.sampled_from([3, 4, 5, 6, 7]), max_size=3))):
            made = [(kind, found) for kind, most in _TECHNICAL if (found := self._entries(kind, level, most))]
            if made:
                sentences.append((level, made))
        while sentences:
            several = self.draw(st.integers(1, len(sentences)))
            line = self.written.add(" ".join(_at_level(level, made) for level, made in sentences[:several]))
            for level, made in sentences[:several]:
                for kind, found in made:
                    self._say(line, kind, level, found)
            sentences = sentences[several:]


_TECHNICAL: Final = ((Kind.APPRENTICESHIP, 3), (Kind.HTQ, 2))


def _at_level(level: int, made: list[tuple[Kind, list[Entry]]]) -> str:
    parts = []
    for kind, found in made:
        name = "HTQ" if kind is Kind.HTQ else "apprenticeship"
        parts.append(f"the {_listed([_flagged(*each) for each in found])} {name}{'s' if len(found) > 1 else ''}")
    verb = "are" if sum(len(found) for _, found in made) > 1 else "is"
    return f"At level {level}, there {verb} {' and '.join(parts)}."


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _linked(name: str, page: str | None) -> str:
    return f"[{name}]({page})" if page else name


def _flagged(name: str, page: str | None, flags: list[Flag]) -> str:
    brackets = f" ({', '.join(flags).capitalize()})" if flags else ""
    return f"{_linked(name, page)}{brackets}"
