"""Edits for "what if": standards that are withdrawn or get another level, and T Levels that close.

An edit changes profiles and rows of the reference data in memory, as a publisher would change the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.changes.limits import MAX_EDITS
from tlevel_rdf.errors import SettingError, UnknownNameError
from tlevel_rdf.graph.description import standard_behind
from tlevel_rdf.limits import MAX_QUOTED_CHARACTERS
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml
from tlevel_rdf.reference.index import suggest
from tlevel_rdf.reference.model import CitedMonth

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.profiles.model import Option, Profile, Specialism
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.reference.index import ReferenceIndex
    from tlevel_rdf.reference.model import Reference, ReferenceTLevel, Standard, StandardVersion

_STANDARD: Final = re.compile("(?:ST|FA|AU)[0-9]{4}", re.ASCII)
_WITHDRAWN: Final = "Withdrawn"
#: The status that a version keeps when its standard is withdrawn.
_RETIRED: Final = "Retired"


@dataclass(frozen=True)
class Edits:
    """Edits of the data.

    Attributes:
        withdrawn: the references of standards that are withdrawn.
        levels: the reference of each standard that gets another level → the level.
        closed: the titles of T Levels that close.
    """

    withdrawn: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)
    closed: tuple[str, ...] = ()

    def reasons(self, t_level: str, standards: Iterable[str]) -> tuple[str, ...]:
        """Return the edits that affect an option, in words.

        Args:
            t_level: the title of its T Level.
            standards: the references of the standards behind it.
        """
        closed = [f"the T Level in {t_level} closes"] if _has_title(self.closed, t_level) else []
        named = sorted(standards)
        withdrawn = [f"{each} is withdrawn" for each in named if each in self.withdrawn]
        levels = [f"{each} has level {self.levels[each]}" for each in named if each in self.levels]
        return (*closed, *withdrawn, *levels)


def read_edits(withdraw: Sequence[str], level: Sequence[str], close: Sequence[str]) -> Edits:
    """Read edits as they are written on the command line.

    Args:
        withdraw: references of standards, such as `ST0774`.
        level: references with a level, such as `ST1377=3`.
        close: titles of T Levels.

    Raises:
        SettingError: there are none or too many, or one is not well formed.
    """
    number = len(withdraw) + len(level) + len(close)
    if not number:
        raise SettingError("no edit is given", hint="give --withdraw ST0774, --level ST1377=3 or --close-t-level TITLE")
    if number > MAX_EDITS:
        raise SettingError(f"{number:,} edits are too many", hint=f"give at most {MAX_EDITS}")
    levels: dict[str, int] = {}
    for text in level:
        reference, _, value = text.partition("=")
        if not re.fullmatch("[1-8]", value, re.ASCII):
            raise SettingError(f"{_quoted(text)} has no level from 1 to 8", hint="write it as ST1377=3")
        if levels.setdefault(_reference(reference), int(value)) != int(value):
            raise SettingError(f"{_reference(reference)} has two levels", hint="give one of them")
    return Edits(frozenset(map(_reference, withdraw)), levels, tuple(close))


def check_edits(edits: Edits, profiles: Iterable[Loaded[Profile]], reference: Reference) -> None:
    """Check that the data has what the edits name.

    Raises:
        UnknownNameError: a standard or a T Level does not exist.
    """
    standards = {row.reference for row in reference.standards}
    for name in sorted({*edits.withdrawn, *edits.levels} - standards):
        raise _unknown("standard", name, sorted(standards))
    titles = [*(each.title for each in reference.t_levels), *(each.value.t_level for each in profiles)]
    for title in edits.closed:
        if not _has_title(titles, title):
            raise _unknown("T Level", title, titles)


def edit_reference(reference: Reference, edits: Edits, day: datetime.date) -> Reference:
    """Return the reference data with the edits.

    A withdrawn standard has that status in each source that states one, and so have its versions, unless they were
    retired before. A T Level that closes has a last month of enrolment.

    Args:
        reference: the data.
        edits: the edits.
        day: in the month after which nobody enrols on a T Level that closes.
    """
    return replace(
        reference,
        standards=tuple(_edit_row(row, edits) for row in reference.standards),
        standard_versions=tuple(_edit_row(row, edits) for row in reference.standard_versions),
        t_levels=tuple(
            _close(each, f"{day:%Y-%m}") if _has_title(edits.closed, each.title) else each
            for each in reference.t_levels
        ),
    )


def edit_profiles(profiles: Iterable[Loaded[Profile]], edits: Edits, index: ReferenceIndex) -> list[Loaded[Profile]]:
    """Return the profiles with the edits, without those of T Levels that close.

    An apprenticeship that is based on a withdrawn standard is no option any more, and one whose standard gets another
    level has that level.

    Args:
        profiles: the profiles.
        edits: the edits.
        index: the names of the reference data without the edits.
    """
    found = []
    for loaded in profiles:
        if _has_title(edits.closed, loaded.value.t_level):
            continue
        specialisms = tuple(_edit_specialism(each, edits, index) for each in loaded.value.specialisms)
        if specialisms == loaded.value.specialisms:
            found.append(loaded)
        else:
            edited = loaded.value.model_copy(update={"specialisms": specialisms})
            found.append(replace(loaded, value=edited, data=profile_to_yaml(edited).encode()))
    return found


def _edit_row(row: Any, edits: Edits) -> Any:
    changed: dict[str, object] = {}
    if row.reference in edits.levels and row.level is not None:
        changed["level"] = edits.levels[row.reference]
    if row.reference in edits.withdrawn and _can_be_withdrawn(row):
        changed["status"] = _WITHDRAWN
    return row.model_copy(update=changed) if changed else row


def _can_be_withdrawn(row: Standard | StandardVersion) -> bool:
    return row.status is not None and row.status != _RETIRED


def _close(t_level: ReferenceTLevel, month: str) -> ReferenceTLevel:
    qualifications = tuple(
        each
        if each.last_enrolment
        else each.model_copy(update={"last_enrolment": CitedMonth(month=month, sources=each.sources)})
        for each in t_level.qualifications
    )
    return t_level.model_copy(update={"qualifications": qualifications})


def _edit_specialism(specialism: Specialism, edits: Edits, index: ReferenceIndex) -> Specialism:
    options = [_edit_option(option, edits, index) for option in specialism.technical]
    return specialism.model_copy(update={"technical": tuple(option for option in options if option)})


def _edit_option(option: Option, edits: Edits, index: ReferenceIndex) -> Option | None:
    if option.kind is not Kind.APPRENTICESHIP or option.level_number is None:
        return option
    standard = standard_behind(option, index)
    if standard in edits.withdrawn:
        return None
    level = edits.levels.get(standard or "", option.level_number)
    return option if level == option.level_number else option.model_copy(update={"level": level})


def _reference(text: str) -> str:
    found = text.strip().upper()
    if not _STANDARD.fullmatch(found):
        raise SettingError(f"{_quoted(text)} is no reference of a standard", hint="write it as ST0774")
    return found


def _has_title(titles: Iterable[str], title: str) -> bool:
    return normalise_title(title) in map(normalise_title, titles)


def _unknown(noun: str, name: str, names: list[str]) -> UnknownNameError:
    near = suggest(name[:MAX_QUOTED_CHARACTERS], names)
    hint = f"did you mean {near}?" if near else f"check the name of the {noun}"
    return UnknownNameError(f"the data has no {noun} {_quoted(name)}", hint=hint)


def _quoted(text: str) -> str:
    return repr(text[:MAX_QUOTED_CHARACTERS])
