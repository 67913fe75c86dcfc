"""Two titles that would share an identifier, and titles of which none can be made.

They are errors and never merged in silence: the wrong merge of two jobs cannot be seen in the graph afterwards.
All identifiers of all profiles and of the reference data are minted here once, and each is asked who else has it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph.describe import option_key, options, specialism_key, t_level_key
from tlevel_rdf.graph.identifiers import slug
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.profiles.reference import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from tlevel_rdf.profiles.model import Option, Profile
    from tlevel_rdf.profiles.reading import Loaded
    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.profiles.yaml import Loc


def collisions(profiles: Iterable[Loaded[Profile]], reference: Reference) -> list[Finding]:
    """Everything that keeps identifiers from being minted, and what the reference data does not know.

    Args:
        profiles: all profiles that are to be published together.
        reference: what other registers say.

    Returns:
        Violations for collisions and for titles without an identifier; warnings for a T Level or specialism that
        the reference data does not know, since new ones come.
    """
    register = _Register()
    register.enter_reference(reference)
    for loaded in profiles:
        register.enter(loaded)
        register.findings += _unknown(loaded, reference)
    return register.findings


@dataclass
class _Register:
    findings: list[Finding] = field(default_factory=list)
    #: identifier → (title, where it was first written)
    holders: dict[Hashable, tuple[str, str]] = field(default_factory=dict)

    def enter_reference(self, reference: Reference) -> None:
        for standard in reference.standards:
            identifier = (Kind.OCCUPATION, None, slug(standard.occupation))
            self.holders[identifier] = (standard.occupation, "the reference data")

    def enter(self, loaded: Loaded[Profile]) -> None:
        profile = loaded.value
        t_level = self._key(loaded, ("t level",), lambda: t_level_key(profile))
        self._claim(loaded, ("t level",), ("profile", t_level), profile.t_level, "T Level", once=True)
        for number, specialism in enumerate(profile.specialisms):
            loc: Loc = ("specialisms", number)
            key = self._key(loaded, (*loc, "title"), lambda s=specialism: specialism_key(s))  # type: ignore[misc]  # mypy cannot infer a lambda's default
            self._claim(loaded, (*loc, "title"), (t_level, key), specialism.title, "specialism", once=True)
            for mode, index, option in options(specialism):
                self._enter_option(loaded, (*loc, mode, index), option, (t_level, key))

    def _enter_option(self, loaded: Loaded[Profile], loc: Loc, option: Option, of: tuple[str, str]) -> None:
        at = (*loc, option.kind.value)
        key = self._key(loaded, at, lambda: option_key(option))
        what = (option.kind, option.level_number, key)
        shared = (*of, *what)
        if shared in self.holders:
            self._claim(loaded, at, shared, option.title, "option", once=True)
            return
        self.holders[shared] = (option.title, _where(loaded, at))
        self._claim(loaded, at, what, option.title, str(option.kind), once=False)

    def _key(self, loaded: Loaded[Profile], loc: Loc, mint: Callable[[], str]) -> str:
        try:
            return mint()
        except IdentifierError as error:
            hint = error.hint[:1].upper() + error.hint[1:] + "."
            said = error.message[:1].upper() + error.message[1:] + "."
            self.findings.append(
                loaded.finding(Code.NO_IDENTIFIER, Severity.VIOLATION, said, loc, hint=hint)
            )
            return f"{loaded.file} {loc}"

    def _claim(
        self, loaded: Loaded[Profile], loc: Loc, identifier: Hashable, title: str, what: str, *, once: bool
    ) -> None:
        first = self.holders.get(identifier)
        if first is None:
            self.holders[identifier] = (title, _where(loaded, loc) if once else loaded.file)
            return
        first_title, where = first
        if first_title == title:
            if once:
                said = f"The {what} {title!r} stands here a second time; the first is at {where}."
                self._report(loaded, loc, Code.DUPLICATE, said, "Keep one of them.")
        elif folded(first_title) == folded(title):
            said = f"The {what} {title!r} is written {first_title!r} in {where}."
            self._report(loaded, loc, Code.COLLISION, said, "Write both the same way.")
        else:
            said = f"The titles {title!r} and {first_title!r} ({where}) would have the same identifier."
            hint = "If they are two things, give one of them 'key: other-words'; if one, write them the same way."
            self._report(loaded, loc, Code.COLLISION, said, hint)

    def _report(self, loaded: Loaded[Profile], loc: Loc, code: Code, said: str, hint: str) -> None:
        self.findings.append(loaded.finding(code, Severity.VIOLATION, said, loc, hint=hint))


def _where(loaded: Loaded[Profile], loc: Loc) -> str:
    return f"{loaded.file}, {' / '.join(str(part) for part in loc[:-1])}" if len(loc) > 1 else loaded.file


def _unknown(loaded: Loaded[Profile], reference: Reference) -> list[Finding]:
    profile = loaded.value
    known = reference.t_level(profile.t_level)
    if known is None:
        names = [t_level.title for t_level in reference.t_levels]
        said = f"The reference data knows no T Level in {profile.t_level!r}."
        hint = _suggestion(profile.t_level, names)
        return [loaded.finding(Code.UNKNOWN_T_LEVEL, Severity.WARNING, said, ("t level",), hint=hint)]
    names = [specialism.title for specialism in known.specialisms]
    return [
        loaded.finding(
            Code.UNKNOWN_SPECIALISM,
            Severity.WARNING,
            f"The reference data knows no specialism {specialism.title!r} of {profile.t_level}.",
            ("specialisms", number, "title"),
            hint=_suggestion(specialism.title, names),
        )
        for number, specialism in enumerate(profile.specialisms)
        if specialism.title not in names
    ]


def _suggestion(title: str, names: list[str]) -> str:
    near = difflib.get_close_matches(title, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else "If it is new, add it to the reference data."
