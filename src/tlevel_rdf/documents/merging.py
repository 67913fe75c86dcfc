"""A reviewed profile and its document read again → what the document adds, drops or changes, and both made one.

Three versions are held against each other: what the document said when it was last imported, what it says now, and what
a person made of it. What differs between the first two is the document's doing; all else is the person's and stays.
Where the first is not known, no difference is put down to the document but what is new in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.documents.editing import Editor, NotEditableError
from tlevel_rdf.profiles import reading
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import MODES, Profile
from tlevel_rdf.profiles.reference import folded
from tlevel_rdf.profiles.writing import written_note, written_option, written_specialism, written_value
from tlevel_rdf.profiles.yaml import YamlFault

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from tlevel_rdf.profiles.model import Note, Option, Placed, Specialism
    from tlevel_rdf.profiles.yaml import Loc

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


@dataclass(frozen=True)
class Difference:
    """Something that the document now says otherwise.

    Attributes:
        code: whether it is added, dropped or changed.
        said: what, in words.
        new: the place in the profile as now imported; None where it is not there any more.
        mine: the place in the reviewed file; None where it is not there.
        is_settled: whether a merge settles it, so that nobody needs to look.
    """

    code: Code
    said: str
    new: Loc | None
    mine: Loc | None
    is_settled: bool = False


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
        result = reading.parse(merged.encode(), "merged", Profile).value
    except (NotEditableError, YamlFault):
        return Merge(merger.differences, None)
    # The text was changed line by line; it counts only if it says exactly what was meant.
    return Merge(merger.differences, merged if _content(result) == merger.expected() else None)


def _content(profile: Profile) -> Any:
    return profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _pairs(first: Sequence[Any], second: Sequence[Any], *keys: Callable[[Any], Hashable]) -> dict[int, int]:
    """Which of the first is which of the second: by the first key, what is left by the next, and so on."""
    found: dict[int, int] = {}
    for key in keys:
        free: dict[Hashable, list[int]] = defaultdict(list)
        taken = set(found.values())
        for at, item in enumerate(second):
            if at not in taken:
                free[key(item)].append(at)
        for at, item in enumerate(first):
            if at not in found and (places := free.get(key(item))):
                found[at] = places.pop(0)
    return found


def _identity(option: Option) -> Hashable:
    return option.kind, option.level_number, folded(option.title)


def _name(option: Option) -> Hashable:
    return option.kind, folded(option.title)


def _spot(option: Option) -> Hashable:
    return option.kind, option.level_number, _place(option)


def _kind_and_spot(option: Option) -> Hashable:
    return option.kind, _place(option)


def _place(placed: Placed) -> tuple[int | None, ...]:
    return placed.pdf_page, placed.line, placed.paragraph


def _title(specialism: Specialism) -> Hashable:
    return folded(specialism.title)


def _words(note: Note) -> Hashable:
    return folded(note.note)


def _behind(pairs: Mapping[int, int], at: int) -> int:
    """The number, among mine, of what stands before the new thing of that number; -1 if nothing does."""
    return next((pairs[before] for before in range(at - 1, -1, -1) if before in pairs), -1)


class _Matching:
    """Which thing is which in the three versions of a list, by keys of which the first is the surest.

    Attributes:
        mine: by the number of the new thing, that of mine.
        base: by the number of the new thing, that of the base.
        dropped: the numbers of those of mine that the document said once, and does not now.
    """

    def __init__(
        self,
        base: Sequence[Any] | None,
        mine: Sequence[Any],
        new: Sequence[Any],
        by: tuple[Callable[[Any], Hashable], ...],
        by_person: tuple[Callable[[Any], Hashable], ...],
    ) -> None:
        if base is None:
            self.mine, self.base = _pairs(new, mine, *by), dict[int, int]()
            taken = set(self.mine.values())
            self.dropped = [at for at in range(len(mine)) if at not in taken]
            return
        self.base = _pairs(new, base, *by)
        of_base = _pairs(base, mine, *by, *by_person)
        self.mine = {at: of_base[before] for at, before in self.base.items() if before in of_base}
        still = set(self.base.values())
        self.dropped = sorted(at for before, at in of_base.items() if before not in still)
        # What both the document and the person have added since.
        free_new = [at for at in range(len(new)) if at not in self.base]
        taken = set(of_base.values())
        free_mine = [at for at in range(len(mine)) if at not in taken]
        same = _pairs([new[at] for at in free_new], [mine[at] for at in free_mine], by[0])
        self.mine |= {free_new[a]: free_mine[b] for a, b in same.items()}


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

    def compare(self) -> None:
        dropped_from = len(self.differences)
        self._source()
        mine, new = self.mine.specialisms, self.new.specialisms
        base = self.base.specialisms if self.base else None
        matching = _Matching(base, mine, new, (_title,), (_place,))
        for at, specialism in enumerate(new):
            loc = ("specialisms", at)
            before = base[matching.base[at]] if base is not None and at in matching.base else None
            if at in matching.mine:
                mine_at = matching.mine[at]
                self._places(before, mine[mine_at], specialism, ("specialisms", mine_at))
                self._options(before, mine[mine_at], specialism, mine_at, at)
            elif before is None:
                self._add(f"the specialism “{specialism.title}”", loc, _behind(matching.mine, at), specialism)
        for at in matching.dropped:
            self._drop(f"the specialism “{mine[at].title}”", ("specialisms", at))
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
            was, mine_, now = getattr(old, name), getattr(mine, name), getattr(new, name)
            if now is not None and now != mine_ and (was == mine_ or mine_ is None):
                self._set(("source", key), now.isoformat() if name == "issued" else now)

    def _options(self, base: Specialism | None, mine: Specialism, new: Specialism, mine_at: int, new_at: int) -> None:
        for mode in MODES:
            old = getattr(base, mode) if base else None
            if old is None and self.base is not None:
                old = ()
            ours, now = getattr(mine, mode), getattr(new, mode)
            matching = _Matching(old, ours, now, (_identity, _name), (_spot, _kind_and_spot))
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

    def _fields(self, base: Option | None, mine: Option, new: Option, mine_loc: Loc, new_loc: Loc) -> None:
        self._places(base, mine, new, mine_loc)
        for name, key in _FIELDS:
            was = getattr(base, name, None) if base else None
            ours, now = getattr(mine, name, None), getattr(new, name, None)
            if base is None and self.base is not None:
                continue
            if now == ours or (base is not None and now == was):
                continue
            what = f"{_called(new)}: {name} {_shown(ours)} is now {_shown(now)}"
            if base is not None and ours == was:
                self._set((*mine_loc, key or str(mine.kind)), now)
                self.differences.append(Difference(Code.CHANGED, what, new_loc, mine_loc, is_settled=True))
            elif base is not None or now not in (None, (), False):
                said = f"{_called(new)}: {name} is {_shown(now)} there and {_shown(ours)} here, which stays"
                self.differences.append(Difference(Code.CHANGED, said, new_loc, mine_loc))
                self._ask(mine_loc, f"the document has {name}: {_shown(now)}")

    def _places(self, base: Placed | None, mine: Placed, new: Placed, mine_loc: Loc) -> None:
        if base is not None and _place(base) != _place(mine):
            return
        for name, key in _PLACES:
            if getattr(mine, name) != getattr(new, name):
                self._set((*mine_loc, key), getattr(new, name))

    def _notes(self) -> None:
        mine, new = self.mine.notes, self.new.notes
        base = self.base.notes if self.base else None
        matching = _Matching(base, mine, new, (_words,), (_place,))
        for at, note in enumerate(new):
            before = base[matching.base[at]] if base is not None and at in matching.base else None
            if at in matching.mine:
                self._places(before, mine[matching.mine[at]], note, ("notes", matching.mine[at]))
            elif before is None:
                what = f"the note “{note.note[:100]}”"
                self._add(what, ("notes", at), _behind(matching.mine, at), note, ("notes",))
        for at in matching.dropped:
            self._drop(f"the note “{mine[at].note[:100]}”", ("notes", at))

    def _add(self, what: str, loc: Loc, after: int, entry: Any, mine_loc: Loc | None = None) -> None:
        said = ["the document adds this", *self.checks.get(loc, ())]
        into = mine_loc if mine_loc is not None else loc[:-1]
        writers: dict[str, Callable[[], str]] = {
            "specialisms": lambda: _dedented(written_specialism(entry, loc, {**self.checks, loc: said})),
            "notes": lambda: written_note(entry, said),
        }
        text = writers.get(str(into[-1]), lambda: written_option(entry, said))()
        self.differences.append(Difference(Code.ADDED, what, loc, None, is_settled=True))
        self.edits.append(lambda editor: editor.insert(into, after, text))
        written = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        self.inserts.append((into, after, len(self.inserts), written))

    def _drop(self, what: str, mine_loc: Loc) -> None:
        self.differences.append(Difference(Code.DROPPED, what, None, mine_loc))
        self._ask(mine_loc, "the document does not say this any more")

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


def _called(option: Option) -> str:
    level = f", level {option.level_number}" if option.level_number is not None else ""
    return f"the {option.kind} “{option.title}”{level}"


def _shown(value: object) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
