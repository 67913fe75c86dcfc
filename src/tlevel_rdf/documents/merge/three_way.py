"""Merge a document that was read again into its reviewed file.

Three versions are compared: the document at its last import (the base), the document now, and the reviewed file. A
difference between the first two comes from the document; every other difference is the reviewer's, and stays. Without a
base, only what is new in the document counts as its change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.documents.merge.matching import NOTE_KEYS, OPTION_KEYS, SPECIALISM_KEYS, Matching, place_of
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.kinds import MODES
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.yaml_editor import Editor, NotEditableError
from tlevel_rdf.profiles.yaml_reader import YamlError
from tlevel_rdf.profiles.yaml_writer import (
    lines_to_yaml,
    note_to_yaml,
    option_to_yaml,
    specialism_to_yaml,
    value_to_yaml,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from tlevel_rdf.documents.merge.matching import Keys
    from tlevel_rdf.profiles.model import Option, Placed, Specialism
    from tlevel_rdf.profiles.yaml_reader import Loc

    #: Compares an entry of the base, of the reviewed file and of the document, with the places of the last two.
    Compare = Callable[[Any, Any, Any, Loc, Loc], None]

#: The attributes of an option besides its place. They are its keys in YAML too, but the key of the title is its kind.
_FIELDS: Final = ("title", "level", "relevant", "flags", "wording", "readiness", "page", "mapping")
#: Earlier imports did not record these, so that a file without them is no difference from the document.
_SINCE_1_1: Final = frozenset({"wording", "readiness"})
_SOURCE: Final = ("document", "sha256", "media_type", "section", "issued", "licence")
#: The quoted lines at the end of a file.
_QUOTED_LINES: Final = re.compile(r"(?:\r?\n)+lines:\r?\n(?:[ #-].*\n?|\r?\n)*\Z")
_PLACES: Final = ("pdf_page", "line", "paragraph")


class Change(Enum):
    """A kind of difference between the reviewed file and the document."""

    ADDED = auto()
    DROPPED = auto()
    #: The document has changed, and the file still has what the document had.
    CHANGED = auto()
    #: The document and the file have both changed.
    CONFLICT = auto()
    #: A person wrote a place of the earlier document.
    STALE = auto()


@dataclass(frozen=True)
class Difference:
    """A difference between the document and the reviewed file.

    Attributes:
        change: its kind.
        what: the entry, in words.
        new: the place of the entry in the profile as now imported; None if the document has no such entry.
        mine: its place in the reviewed file; None if the file has no such entry.
        name: the attribute that differs.
        theirs: that attribute in the document, in words.
        ours: that attribute in the reviewed file, in words.
        line: the entry's line in the merged file.
        insert: the index of the insertion that adds the entry.
    """

    change: Change
    what: str
    new: Loc | None
    mine: Loc | None
    name: str = ""
    theirs: str = ""
    ours: str = ""
    line: int | None = None
    insert: int = -1


def merge(
    base: Profile | None, mine: Profile, text: str, new: Profile, checks: Mapping[Loc, Sequence[str]]
) -> tuple[list[Difference], str | None]:
    """Compare a reviewed profile with its document, and merge the document's changes into the file.

    Args:
        base: the profile at the last import; None if it is not known.
        mine: the reviewed profile.
        text: the file that it was read from.
        new: the profile as the document states it now.
        checks: what a person should look at in the new profile, by place.

    Returns:
        The differences in the order of the document, with entries that it dropped last; and the merged file, or None if
        the reviewed file cannot be edited.
    """
    if base is None and mine.source.sha256 == new.source.sha256:
        base = new
    merger = _Merger(base, mine, new, checks)
    merger.compare()
    try:
        editor = Editor(_without_lines(text))
        for edit in merger.edits:
            edit(editor)
        merged = editor.made()
        if quoted := lines_to_yaml(new):
            end = "\r\n" if "\r\n" in text else "\n"
            merged = f"{merged.rstrip()}{2 * end}{quoted.replace(chr(10), end)}"
        result = validation.parse(merged.encode(), "merged", Profile)
    except (NotEditableError, YamlError):
        return merger.differences, None
    # The text was edited line by line, so it counts only if it states exactly what was meant.
    expected, locs = merger.merged()
    if _content(result.value) != expected:
        return merger.differences, None
    lines = (result.document.position(loc).line for loc in locs)
    return [replace(it, line=line) for it, line in zip(merger.differences, lines, strict=True)], merged


def _without_lines(text: str) -> str:
    """Return a file without its quoted lines, which the import writes whole; they stand at its end."""
    return _QUOTED_LINES.sub("\n", text)


def _content(model: BaseModel) -> Any:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _key(name: str) -> str:
    """Return the key in YAML of an attribute of a model."""
    return name.replace("_", " ")


@dataclass
class _Merger:
    """Compares three profiles, and collects the edits to the reviewed file."""

    base: Profile | None
    mine: Profile
    new: Profile
    checks: Mapping[Loc, Sequence[str]]
    differences: list[Difference] = field(default_factory=list)
    edits: list[Callable[[Editor], None]] = field(default_factory=list)
    values: dict[Loc, Any] = field(default_factory=dict)
    #: Entries to add: the place of the list, the index of the entry before, and the content.
    inserts: list[tuple[Loc, int, Any]] = field(default_factory=list)

    def compare(self) -> None:
        base, mine, new = self.base, self.mine, self.new
        self._source()
        specialisms = (base.specialisms if base else None, mine.specialisms, new.specialisms)
        self._entries(specialisms, SPECIALISM_KEYS, (("specialisms",), ("specialisms",)), self._specialism)
        notes = (base.notes if base else None, mine.notes, new.notes)
        self._entries(notes, NOTE_KEYS, (("notes",), ("notes",)), lambda *_: None)
        self.differences.sort(key=lambda difference: difference.new is None)

    def merged(self) -> tuple[Any, list[Loc]]:
        """Return the content that the merged file must have, and the place in it of each difference."""
        content = _content(self.mine) | {"lines": _content(self.new).get("lines", [])}
        for loc, value in self.values.items():
            mapping = _at(content, loc[:-1])
            if value is None:
                mapping.pop(loc[-1], None)
            else:
                mapping[loc[-1]] = value
        entries = [self.inserts[it.insert][2] if it.mine is None else _at(content, it.mine) for it in self.differences]
        # From the last to the first, so that each insertion leaves the places of the others as they are.
        for into, after, entry in sorted(self.inserts, key=lambda it: it[1])[::-1]:
            _at(content, into[:-1]).setdefault(into[-1], []).insert(after + 1, entry)
        places = {id(entry): loc for loc, entry in _walk(content)}
        return _content(Profile.model_validate(content, by_alias=True)), [places[id(entry)] for entry in entries]

    def _source(self) -> None:
        old, mine, new = (self.base or self.mine).source, self.mine.source, self.new.source
        for name in _SOURCE:
            if mine.sha256 == new.sha256 and name in {"document", "media_type"}:
                continue  # The same bytes under another name, such as the standard input.
            was, ours, now = getattr(old, name), getattr(mine, name), getattr(new, name)
            if now is not None and now != ours and (was == ours or ours is None):
                self._set(("source", _key(name)), now.isoformat() if name == "issued" else now)

    def _entries(
        self,
        lists: tuple[Sequence[Any] | None, Sequence[Any], Sequence[Any]],
        keys: Keys,
        locs: tuple[Loc, Loc],
        compare: Compare,
    ) -> None:
        """Compare three versions of a list, whose places in the reviewed file and in the document are given."""
        (base, mine, new), (mine_loc, new_loc) = lists, locs
        matching = Matching(base, mine, new, keys)
        for at, entry in enumerate(new):
            before = base[matching.base[at]] if base is not None and at in matching.base else None
            if at in matching.mine:
                ours = matching.mine[at]
                self._places(before, mine[ours], entry, (*mine_loc, ours))
                compare(before, mine[ours], entry, (*mine_loc, ours), (*new_loc, at))
            elif before is None:
                after = next((matching.mine[n] for n in range(at - 1, -1, -1) if n in matching.mine), -1)
                self._add(entry, (*new_loc, at), mine_loc, after)
        for at in matching.dropped:
            self.differences.append(Difference(Change.DROPPED, _words_for(mine[at]), None, (*mine_loc, at)))
            self._comment((*mine_loc, at), "the document no longer has this")
        for at in matching.by_hand:
            self._stale(mine[at], (*mine_loc, at))

    def _specialism(
        self, base: Specialism | None, mine: Specialism, new: Specialism, mine_loc: Loc, new_loc: Loc
    ) -> None:
        for mode in MODES:
            before = getattr(base, mode) if base else None if self.base is None else ()
            lists = (before, getattr(mine, mode), getattr(new, mode))
            self._entries(lists, OPTION_KEYS, ((*mine_loc, mode), (*new_loc, mode)), self._option)

    def _option(self, base: Option | None, mine: Option, new: Option, mine_loc: Loc, new_loc: Loc) -> None:
        if base is None and self.base is not None:
            return
        for name in _FIELDS:
            was, ours, now = (getattr(option, name, None) for option in (base, mine, new))
            if now == ours or (base is not None and now == was):
                continue
            if ours is None and was is None and name in _SINCE_1_1:
                self._set((*mine_loc, name), str(now))
                continue
            words = (name, _value_words(name, now), _value_words(name, ours))
            if base is not None and ours == was:
                self._set((*mine_loc, str(mine.kind) if name == "title" else name), now)
                self.differences.append(Difference(Change.CHANGED, _words_for(new), new_loc, mine_loc, *words))
                self._comment(mine_loc, f"the document now says {words[1]}, and had {words[2]} before")
            elif base is not None or now not in (None, (), False):
                self.differences.append(Difference(Change.CONFLICT, _words_for(new), new_loc, mine_loc, *words))
                is_pair = now not in (None, ()) and not isinstance(now, bool)
                self._comment(mine_loc, f"the document has {words[1].replace(' ', ': ', 1) if is_pair else words[1]}")

    def _places(self, base: Placed | None, mine: Placed, new: Placed, mine_loc: Loc) -> None:
        if base is not None and place_of(base) != place_of(mine):
            if place_of(mine) != place_of(new):
                self._stale(mine, mine_loc)
            return
        for name in _PLACES:
            if getattr(mine, name) != getattr(new, name):
                self._set((*mine_loc, _key(name)), getattr(new, name))

    def _stale(self, mine: Placed, mine_loc: Loc) -> None:
        """Report a place that a person wrote, if the document has changed since the last import."""
        is_other = self.base is not None and self.base.source.sha256 != self.new.source.sha256
        if is_other and any(place_of(mine)):
            key = _key(next(name for name in reversed(_PLACES) if getattr(mine, name)))
            self.differences.append(Difference(Change.STALE, _words_for(mine), None, mine_loc, name=key))
            self._comment(mine_loc, f"its {key} is its place in the earlier document")

    def _add(self, entry: Any, new_loc: Loc, into: Loc, after: int) -> None:
        comments = ["the document adds this", *self.checks.get(new_loc, ())]
        if into[-1] == "specialisms":
            lines = specialism_to_yaml(entry, new_loc, {**self.checks, new_loc: comments}).splitlines(keepends=True)
            text = "".join(line[2:] for line in lines)
        else:
            text = (note_to_yaml if into[-1] == "notes" else option_to_yaml)(entry, comments)
        what = _words_for(entry)
        self.differences.append(Difference(Change.ADDED, what, new_loc, None, insert=len(self.inserts)))
        self.edits.append(lambda editor: editor.insert(into, after, text))
        self.inserts.append((into, after, _content(entry)))

    def _set(self, loc: Loc, value: Any) -> None:
        if value in (None, (), False):
            self.values[loc] = None
            self.edits.append(lambda editor: editor.remove(loc))
        else:
            self.values[loc] = [str(flag) for flag in value] if isinstance(value, tuple) else value
            self.edits.append(lambda editor: editor.set(loc, value_to_yaml(value)))

    def _comment(self, loc: Loc, words: str) -> None:
        self.edits.append(lambda editor: editor.comment(loc, words))


def _at(content: Any, loc: Loc) -> Any:
    for part in loc:
        content = content[part]
    return content


def _walk(content: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    yield loc, content
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, part in parts:
        yield from _walk(part, (*loc, key))


def _words_for(entry: Any) -> str:
    """Return a phrase that names an option, a specialism or a note."""
    if hasattr(entry, "note"):
        return f"the note “{entry.note[:100]}”"
    if not hasattr(entry, "kind"):
        return f"the specialism “{entry.title}”"
    level = f", level {entry.level_number}" if entry.level_number is not None else ""
    return f"the {entry.kind} “{entry.title}”{level}"


def _value_words(name: str, value: object) -> str:
    """Return an attribute in words: "level 4", "no page", "not relevant"."""
    if value is None or value == ():
        return f"no {name}"
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} {', '.join(value) if isinstance(value, tuple) else value}"
