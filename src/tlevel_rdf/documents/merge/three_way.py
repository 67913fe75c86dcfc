"""A reviewed profile and its document read again → what the document adds, drops or changes, and both made one.

Three versions are held against each other: what the document said when it was last imported, what it says now, and what
a person made of it. What differs between the first two is the document's doing; all else is the person's and stays.
Where the first is not known, no difference is put down to the document but what is new in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.documents.merge.matching import (
    Matching,
    identity_of,
    kind_and_spot_of,
    name_of,
    place_of,
    spot_of,
    title_of,
    words_of,
)
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.model import MODES, Profile
from tlevel_rdf.profiles.yaml_editor import Editor, NotEditableError
from tlevel_rdf.profiles.yaml_reader import YamlFault
from tlevel_rdf.profiles.yaml_writer import written_note, written_option, written_specialism, written_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tlevel_rdf.profiles.model import Option, Placed, Specialism
    from tlevel_rdf.profiles.yaml_reader import Loc

#: What an option says besides its place, and the key that says it.
_FIELDS: Final = (
    ("title", None),
    ("level", "level"),
    ("relevant", "relevant"),
    ("flags", "flags"),
    ("page", "page"),
    ("mapping", "mapping"),
)
_SOURCE: Final = (
    *(("document", "document"), ("sha256", "sha256"), ("media_type", "media type")),
    *(("section", "section"), ("issued", "issued"), ("licence", "licence")),
)
_PLACES: Final = (("pdf_page", "pdf page"), ("line", "line"), ("paragraph", "paragraph"))


class Change(Enum):
    """How the reviewed file differs from the document."""

    ADDED = auto()
    DROPPED = auto()
    #: The document says otherwise than before, and the file says what it said before.
    CHANGED = auto()
    #: Both the document and the file say otherwise than the document did.
    CONFLICT = auto()
    #: The place that it was read from is one of the document as it was.
    STALE = auto()


@dataclass(frozen=True)
class Difference:
    """Something that the document now says otherwise.

    Attributes:
        change: how.
        what: the thing, in words.
        new: the place in the profile as now imported; None where it is not there any more.
        mine: the place in the reviewed file; None where it is not there.
        name: what of the thing is changed.
        there: what the document says of it.
        here: what the reviewed file says of it.
        line: where it stands in the file as merged.
        new_number: the number of what is put in, of all that is.
    """

    change: Change
    what: str
    new: Loc | None
    mine: Loc | None
    name: str = ""
    there: str = ""
    here: str = ""
    line: int | None = None
    new_number: int = -1


@dataclass
class Merge:
    """What came of comparing.

    Attributes:
        differences: in the order of the document, those that are dropped after it.
        text: the reviewed file with them taken in; None where that cannot be done.
    """

    differences: list[Difference]
    text: str | None


def merge(base: Profile | None, mine: Profile, text: str, new: Profile, checks: Mapping[Loc, Sequence[str]]) -> Merge:
    """Compare and merge.

    Args:
        base: what was imported last; None if that is not known.
        mine: the reviewed profile.
        text: the file it was read from.
        new: what is imported now.
        checks: what a person should look at in it.
    """
    if base is None and mine.source.sha256 == new.source.sha256:
        base = new
    merger = _Merger(base, mine, new, checks)
    merger.compare()
    try:
        editor = Editor(text)
        for edit in merger.edits:
            edit(editor)
        merged = editor.made()
        result = validation.parse(merged.encode(), "merged", Profile)
    except (NotEditableError, YamlFault):
        return Merge(merger.differences, None)
    # The text was changed line by line; it counts only if it says exactly what was meant.
    if _content(result.value) != merger.expected():
        return Merge(merger.differences, None)
    return Merge([replace(it, line=result.document.place(merger.after(it)).line) for it in merger.differences], merged)


def _content(profile: Profile) -> Any:
    return profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _behind(pairs: Mapping[int, int], at: int) -> int:
    """The number, among mine, of what stands before the new thing of that number; -1 if nothing does."""
    return next((pairs[before] for before in range(at - 1, -1, -1) if before in pairs), -1)


@dataclass
class _Merger:
    """Compares three profiles, and gathers what to do to the file."""

    base: Profile | None
    mine: Profile
    new: Profile
    checks: Mapping[Loc, Sequence[str]]
    differences: list[Difference] = field(default_factory=list)
    edits: list[Callable[[Editor], None]] = field(default_factory=list)
    values: dict[Loc, Any] = field(default_factory=dict)
    inserts: list[tuple[Loc, int, int, Any]] = field(default_factory=list)

    @property
    def is_other(self) -> bool:
        """Whether the document is known to be another than at the last import."""
        return self.base is not None and self.base.source.sha256 != self.new.source.sha256

    def after(self, difference: Difference) -> Loc:
        """Where what is different stands in the file as merged."""
        if difference.mine is not None:
            return self._moved(difference.mine)
        into, behind, order, _ = next(it for it in self.inserts if it[2] == difference.new_number)
        before = sum(it[0] == into and (it[1], it[2]) < (behind, order) for it in self.inserts)
        return (*self._moved(into), behind + 1 + before)

    def _moved(self, loc: Loc) -> Loc:
        moved: Loc = ()
        for at, part in enumerate(loc):
            before = sum(it[0] == loc[:at] and it[1] < part for it in self.inserts) if isinstance(part, int) else 0
            moved += (part + before if isinstance(part, int) else part,)
        return moved

    def compare(self) -> None:
        dropped_from = len(self.differences)
        self._source()
        mine, new = self.mine.specialisms, self.new.specialisms
        base = self.base.specialisms if self.base else None
        matching = Matching(base, mine, new, (title_of,), (place_of,))
        for at, specialism in enumerate(new):
            loc = ("specialisms", at)
            before = base[matching.base[at]] if base is not None and at in matching.base else None
            if at in matching.mine:
                mine_at = matching.mine[at]
                self._places(before, mine[mine_at], specialism, ("specialisms", mine_at))
                self._options(before, mine[mine_at], specialism, mine_at, at)
            elif before is None:
                self._add(_name_of(specialism), loc, _behind(matching.mine, at), specialism)
        for at in matching.dropped:
            self._drop(_name_of(mine[at]), ("specialisms", at))
        for at in matching.by_hand:
            self._stale(_name_of(mine[at]), mine[at], ("specialisms", at))
        self._notes()
        order = {id(difference): n for n, difference in enumerate(self.differences[dropped_from:])}
        self.differences.sort(key=lambda difference: (difference.new is None, order[id(difference)]))

    def expected(self) -> Any:
        """What the merged profile says."""
        content = _content(self.mine)
        for loc, value in self.values.items():
            around = content
            for part in loc[:-1]:
                around = around[part]
            if value is None:
                around.pop(loc[-1], None)
            else:
                around[loc[-1]] = value
        for loc, after, _, entry in sorted(self.inserts, key=lambda it: (it[1], it[2]), reverse=True):
            around = content
            for part in loc[:-1]:
                around = around[part]
            around.setdefault(loc[-1], []).insert(after + 1, entry)
        return _content(Profile.model_validate(content, by_alias=True))

    def _source(self) -> None:
        old, mine, new = (self.base or self.mine).source, self.mine.source, self.new.source
        for name, key in _SOURCE:
            if mine.sha256 == new.sha256 and name in {"document", "media_type"}:
                continue  # The same bytes under another name, such as the standard input.
            was, mine_, now = getattr(old, name), getattr(mine, name), getattr(new, name)
            if now is not None and now != mine_ and (was == mine_ or mine_ is None):
                self._set(("source", key), now.isoformat() if name == "issued" else now)

    def _options(self, base: Specialism | None, mine: Specialism, new: Specialism, mine_at: int, new_at: int) -> None:
        for mode in MODES:
            old = getattr(base, mode) if base else None
            if old is None and self.base is not None:
                old = ()
            ours, now = getattr(mine, mode), getattr(new, mode)
            matching = Matching(old, ours, now, (identity_of, name_of), (spot_of, kind_and_spot_of))
            mine_loc: Loc = ("specialisms", mine_at, mode)
            for at, option in enumerate(now):
                loc: Loc = ("specialisms", new_at, mode, at)
                before = old[matching.base[at]] if old is not None and at in matching.base else None
                if at in matching.mine:
                    place = matching.mine[at]
                    self._fields(before, ours[place], option, (*mine_loc, place), loc)
                elif before is None:
                    self._add(_called(option), loc, _behind(matching.mine, at), option, mine_loc)
            for at in matching.dropped:
                self._drop(_called(ours[at]), (*mine_loc, at))
            for at in matching.by_hand:
                self._stale(_called(ours[at]), ours[at], (*mine_loc, at))

    def _fields(self, base: Option | None, mine: Option, new: Option, mine_loc: Loc, new_loc: Loc) -> None:
        self._places(base, mine, new, mine_loc)
        for name, key in _FIELDS:
            was = getattr(base, name, None) if base else None
            ours, now = getattr(mine, name, None), getattr(new, name, None)
            if base is None and self.base is not None:
                continue
            if now == ours or (base is not None and now == was):
                continue
            told = (name, _shown(name, now), _shown(name, ours))
            if base is not None and ours == was:
                self._set((*mine_loc, key or str(mine.kind)), now)
                self.differences.append(Difference(Change.CHANGED, _called(new), new_loc, mine_loc, *told))
                self._ask(mine_loc, f"the document now says {_shown(name, now)}, and said {_shown(name, ours)}")
            elif base is not None or now not in (None, (), False):
                self.differences.append(Difference(Change.CONFLICT, _called(new), new_loc, mine_loc, *told))
                self._ask(mine_loc, f"the document has {_told(name, now)}")

    def _places(self, base: Placed | None, mine: Placed, new: Placed, mine_loc: Loc) -> None:
        if base is not None and place_of(base) != place_of(mine):
            if place_of(mine) != place_of(new):
                self._stale(_name_of(mine), mine, mine_loc)
            return
        for name, key in _PLACES:
            if getattr(mine, name) != getattr(new, name):
                self._set((*mine_loc, key), getattr(new, name))

    def _notes(self) -> None:
        mine, new = self.mine.notes, self.new.notes
        base = self.base.notes if self.base else None
        matching = Matching(base, mine, new, (words_of,), (place_of,))
        for at, note in enumerate(new):
            before = base[matching.base[at]] if base is not None and at in matching.base else None
            if at in matching.mine:
                self._places(before, mine[matching.mine[at]], note, ("notes", matching.mine[at]))
            elif before is None:
                self._add(_name_of(note), ("notes", at), _behind(matching.mine, at), note, ("notes",))
        for at in matching.dropped:
            self._drop(_name_of(mine[at]), ("notes", at))
        for at in matching.by_hand:
            self._stale(_name_of(mine[at]), mine[at], ("notes", at))

    def _add(self, what: str, loc: Loc, after: int, entry: Any, mine_loc: Loc | None = None) -> None:
        said = ["the document adds this", *self.checks.get(loc, ())]
        into = mine_loc if mine_loc is not None else loc[:-1]
        writers: dict[str, Callable[[], str]] = {
            "specialisms": lambda: _dedented(written_specialism(entry, loc, {**self.checks, loc: said})),
            "notes": lambda: written_note(entry, said),
        }
        text = writers.get(str(into[-1]), lambda: written_option(entry, said))()
        self.differences.append(Difference(Change.ADDED, what, loc, None, new_number=len(self.inserts)))
        self.edits.append(lambda editor: editor.insert(into, after, text))
        written = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        self.inserts.append((into, after, len(self.inserts), written))

    def _drop(self, what: str, mine_loc: Loc) -> None:
        self.differences.append(Difference(Change.DROPPED, what, None, mine_loc))
        self._ask(mine_loc, "the document does not say this any more")

    def _stale(self, what: str, mine: Placed, mine_loc: Loc) -> None:
        """Say that a place that a person wrote is of the document as it was."""
        if self.is_other and any(place_of(mine)):
            key = next(key for name, key in reversed(_PLACES) if getattr(mine, name))
            self.differences.append(Difference(Change.STALE, what, None, mine_loc, name=key))
            self._ask(mine_loc, f"its {key} is of the document as it was before")

    def _set(self, loc: Loc, value: Any) -> None:
        if value in (None, (), False):
            self.values[loc] = None
            self.edits.append(lambda editor: editor.remove(loc))
        else:
            self.values[loc] = [str(flag) for flag in value] if isinstance(value, tuple) else value
            self.edits.append(lambda editor: editor.set(loc, written_value(value)))

    def _ask(self, loc: Loc, words: str) -> None:
        self.edits.append(lambda editor: editor.comment(loc, words))


def _dedented(entry: str) -> str:
    return "".join(line[2:] for line in entry.splitlines(keepends=True))


def _name_of(placed: Any) -> str:
    """What an option, specialism or note is called."""
    if hasattr(placed, "note"):
        return f"the note “{placed.note[:100]}”"
    return _called(placed) if hasattr(placed, "kind") else f"the specialism “{placed.title}”"


def _called(option: Option) -> str:
    level = f", level {option.level_number}" if option.level_number is not None else ""
    return f"the {option.kind} “{option.title}”{level}"


def _shown(name: str, value: object) -> str:
    """What is said of a thing under a name."""
    name = name.removesuffix("_number")
    if value is None or value == ():
        return f"no {name}"
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} {', '.join(value) if isinstance(value, tuple) else value}"


def _told(name: str, value: object) -> str:
    """The same as it is written in a file."""
    return _shown(name, value) if value in (None, (), True, False) else _shown(name, value).replace(" ", ": ", 1)
