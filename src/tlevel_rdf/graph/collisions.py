"""Two titles that would share an identifier, and titles of which none can be made.

They are errors and never merged in silence: the wrong merge of two jobs cannot be seen in the graph afterwards.
All identifiers of all profiles and of the reference data are minted here once, and each is asked who else has
it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph.description import option_key, options, source_key, specialism_key, t_level_key
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.profiles.titles import expand_ampersand, normalise_title, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tlevel_rdf.profiles.model import Option, Profile
    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc

#: What a thing is, and what sets it apart from the others of its kind.
Identifier = tuple[str | int | None, ...]


def collisions(profiles: Iterable[Loaded[Profile]], reference: Reference) -> list[Finding]:
    """Everything that keeps identifiers from being minted, and what the reference data does not know.

    Args:
        profiles: all profiles that are to be published together.
        reference: what other registers say.

    Returns:
        Violations for collisions and for titles without an identifier; warnings for a T Level or specialism
        that the reference data does not know, since new ones come.
    """
    register = _Register()
    register.enter_reference(reference)
    for loaded in profiles:
        register.enter(loaded)
        register.findings += _unknown(loaded, reference)
    return register.findings


@dataclass(frozen=True, slots=True)
class _Holder:
    """What has an identifier, and where it was written; the reference data has no place."""

    title: str
    loaded: Loaded[Profile] | None = None
    loc: Loc = ()

    @property
    def where(self) -> str:
        if self.loaded is None:
            return "the reference data"
        return f"{self.loaded.file}, line {self.loaded.document.position(self.loc).line}"


@dataclass(frozen=True, slots=True)
class _Written:
    """Something that a profile names: what it is called in a sentence, its title, and where that stands."""

    what: str
    title: str
    loaded: Loaded[Profile]
    loc: Loc

    @property
    def holder(self) -> _Holder:
        return _Holder(self.title, self.loaded, self.loc)


@dataclass
class _Register:
    findings: list[Finding] = field(default_factory=list)
    holders: dict[Identifier, _Holder] = field(default_factory=dict)

    def enter_reference(self, reference: Reference) -> None:
        for source in reference.sources:
            self.holders["source", source.key] = _Holder(source.title)
        for t_level in reference.t_levels:
            of = slug(t_level.title)
            self.holders["reference", of] = _Holder(t_level.title)
            for specialism in t_level.specialisms:
                self.holders["reference", of, slug(specialism.title)] = _Holder(specialism.title)
        for standard in reference.standards:
            occupation = _Holder(standard.occupation)
            self.holders[Kind.OCCUPATION, None, slug(standard.occupation)] = occupation

    def enter(self, loaded: Loaded[Profile]) -> None:
        profile = loaded.value
        t_level = _Written("T Level", profile.t_level, loaded, ("t level",))
        of = self._key(t_level, lambda: t_level_key(profile))
        is_second = ("profile", of) in self.holders
        self._claim_alone(t_level, ("profile", of))
        if not profile.key:
            self._agree(t_level, ("reference", of))
        self._enter_source(loaded)
        if is_second:
            of = f"{of}, again, in {loaded.file}"  # what stands within is no collision of its own
        for number, specialism in enumerate(profile.specialisms):
            loc: Loc = ("specialisms", number)
            written = _Written("specialism", specialism.title, loaded, (*loc, "title"))
            key = self._key(written, lambda it=specialism: specialism_key(it))  # type: ignore[misc]  # mypy does not infer a default
            self._claim_alone(written, ("specialism", of, key))
            if not specialism.key:
                self._agree(written, ("reference", of, key))
            for mode, index, option in options(specialism):
                self._enter_option(loaded, (*loc, mode, index), option, ("option", of, key))

    def _enter_source(self, loaded: Loaded[Profile]) -> None:
        source = loaded.value.source
        written = _Written("document", source.document, loaded, ("source", "document"))
        key = self._key(written, lambda: source_key(source))
        self._claim(written, ("source", key))
        checksum = _Written("checksum", source.sha256, loaded, ("source", "sha256"))
        first = self.holders.setdefault(("checksum", key), checksum.holder)
        if first.title != source.sha256:
            said = f"The document {source.document!r} has another checksum in {first.where}."
            hint = "If they are two versions, give one of them 'key: other-words'; if one, correct the checksum."
            self._report(checksum, Code.COLLISION, said, hint)

    def _enter_option(self, loaded: Loaded[Profile], loc: Loc, option: Option, of: Identifier) -> None:
        written = _Written(str(option.kind), option.title, loaded, (*loc, option.kind.value))
        destination = (option.kind, option.level_number, self._key(written, lambda: option_key(option)))
        if (*of, *destination) in self.holders:
            self._claim_alone(written, (*of, *destination))
            return
        self.holders[*of, *destination] = written.holder
        self._claim(written, destination)

    def _key(self, written: _Written, mint: Callable[[], str]) -> str:
        """The slug of a thing, or, if there is none, something that no other thing has."""
        try:
            return mint()
        except IdentifierError as error:
            said = error.message[:1].upper() + error.message[1:] + "."
            hint = error.hint[:1].upper() + error.hint[1:] + "."
            self._report(written, Code.NO_IDENTIFIER, said, hint)
            return f"{written.loaded.file} {written.loc}"

    def _claim_alone(self, written: _Written, identifier: Identifier) -> None:
        """Take an identifier that nothing else may have, not even of the same title."""
        first = self.holders.get(identifier)
        if first and first.title == written.title:
            said = f"The {written.what} {written.title!r} stands here a second time; the first is {first.where}."
            self._report(written, Code.DUPLICATE, said, "Keep one of them.")
        else:
            self._claim(written, identifier)

    def _claim(self, written: _Written, identifier: Identifier) -> None:
        """Take an identifier that others of the same title may have as well."""
        self.holders.setdefault(identifier, written.holder)
        self._agree(written, identifier)

    def _agree(self, written: _Written, identifier: Identifier) -> None:
        """Report another title than that of the first to have the identifier."""
        first = self.holders.get(identifier)
        if first is None or first.title == written.title:
            return
        # The reference data's title is the preferred label, and the document's another one (`describe.py`).
        if identifier[0] == "reference" and expand_ampersand(first.title) == expand_ampersand(written.title):
            return
        if normalise_title(first.title) == normalise_title(written.title):
            said = f"The {written.what} {written.title!r} is written {first.title!r} in {first.where}."
            self._report(written, Code.COLLISION, said, "Write both the same way.")
        else:
            said = f"{written.title!r} and {first.title!r} ({first.where}) would have the same identifier."
            hint = "If they are two things, give one of them 'key: other-words'; if one, write them the same way."
            self._report(written, Code.COLLISION, said, hint)

    def _report(self, written: _Written, code: Code, said: str, hint: str) -> None:
        self.findings.append(written.loaded.finding(code, Severity.VIOLATION, said, written.loc, hint=hint))


def _unknown(loaded: Loaded[Profile], reference: Reference) -> list[Finding]:
    profile = loaded.value
    by_key = {slug(t_level.title): t_level for t_level in reference.t_levels} if profile.key else {}
    known = by_key.get(profile.key) if profile.key else reference.t_level(profile.t_level)
    if known is None:
        names = [t_level.title for t_level in reference.t_levels]
        said = f"The reference data knows no T Level in {profile.t_level!r}."
        hint = _suggestion(profile.t_level, names)
        return [loaded.finding(Code.UNKNOWN_T_LEVEL, Severity.WARNING, said, ("t level",), hint=hint)]
    names = [specialism.title for specialism in known.specialisms]
    findings = []
    for number, specialism in enumerate(profile.specialisms):
        if (specialism.key or "") in map(slug, names) or normalise_title(specialism.title) in map(
            normalise_title, names
        ):
            continue
        said = f"The reference data knows no specialism {specialism.title!r} of {profile.t_level}."
        hint, at = _suggestion(specialism.title, names), ("specialisms", number, "title")
        findings.append(loaded.finding(Code.UNKNOWN_SPECIALISM, Severity.WARNING, said, at, hint=hint))
    return findings


def _suggestion(title: str, names: list[str]) -> str:
    if title.casefold().startswith("t level in "):
        return "Leave out the words 'T Level in'."
    near = difflib.get_close_matches(title, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else "If it is new, add it to the reference data."
