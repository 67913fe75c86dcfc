"""Titles that would share an identifier, and titles that no identifier can be made from.

Such titles are reported and never merged: after a wrong merge of two jobs the graph no longer shows that they were
two. The register below mints every identifier of the profiles and the reference data once, and compares the titles
that claim it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph.description import option_key, source_key, specialism_key, t_level_key
from tlevel_rdf.graph.unknown_titles import TitleCheck
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.titles import expand_ampersand, normalise_title, slug
from tlevel_rdf.reference.index import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tlevel_rdf.profiles.model import Option, Profile
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc
    from tlevel_rdf.reference.index import ReferenceIndex

#: The kind of a thing, and the parts that tell it from others of its kind.
Identifier = tuple[str | int | None, ...]


def find_collisions(profiles: Iterable[Loaded[Profile]], reference: ReferenceIndex) -> list[Finding]:
    """Find titles without an identifier of their own, and titles that the reference data does not have.

    Args:
        profiles: all profiles that are published together.
        reference: the reference data.

    Returns:
        A violation for each collision and each title without an identifier; a warning for each T Level and specialism
        that is not in the reference data, since new ones appear, and for each option whose title or level is close to
        one of the registers.
    """
    register = _Register()
    register.enter_reference(reference)
    titles = TitleCheck(reference)
    for loaded in profiles:
        register.enter(loaded)
        register.findings += _find_unknown(loaded, reference)
        register.findings += titles.find(loaded)
    return register.findings


@dataclass(frozen=True, slots=True)
class _Owner:
    """The first title that claimed an identifier. A title of the reference data has no file."""

    title: str
    loaded: Loaded[Profile] | None = None
    loc: Loc = ()

    @property
    def place(self) -> str:
        if self.loaded is None:
            return "the reference data"
        return f"{self.loaded.file}, line {self.loaded.document.position(self.loc).line}"


@dataclass(frozen=True, slots=True)
class _Mention:
    """A thing that a profile names: the word for its kind, its title, and the value that holds the title."""

    noun: str
    title: str
    loaded: Loaded[Profile]
    loc: Loc

    @property
    def owner(self) -> _Owner:
        return _Owner(self.title, self.loaded, self.loc)


@dataclass
class _Register:
    findings: list[Finding] = field(default_factory=list)
    owners: dict[Identifier, _Owner] = field(default_factory=dict)
    #: The last parts of the identifiers of the reference data: of the specialisms of each T Level, and of other kinds.
    specialisms: dict[str, Collection[str]] = field(default_factory=dict)
    named: dict[Kind, Collection[str]] = field(default_factory=dict)
    #: The kind, the level and the title of each option → the key that it had first, and True if it was renamed.
    keys: dict[Identifier, tuple[str, bool, _Owner]] = field(default_factory=dict)

    def enter_reference(self, reference: ReferenceIndex) -> None:
        for key, title in reference.sources.items():
            self.owners["source", key] = _Owner(title)
        self.named = {Kind.OCCUPATION: reference.jobs, Kind.DEGREE: reference.degrees}
        for of, t_level in reference.t_levels.items():
            self.specialisms[of] = t_level.specialisms
            self.owners["reference", of] = _Owner(t_level.title)
            for key, title in t_level.specialisms.items():
                self.owners["reference", of, key] = _Owner(title)

    def enter(self, loaded: Loaded[Profile]) -> None:
        profile = loaded.value
        t_level = _Mention("T Level", profile.t_level, loaded, ("t level",))
        of = self._key(t_level, lambda: t_level_key(profile))
        is_repeated = ("profile", of) in self.owners
        self._claim_alone(t_level, ("profile", of))
        if not profile.key:
            self._compare(t_level, ("reference", of))
        self._enter_source(loaded)
        if is_repeated:
            of = f"{of}, again, in {loaded.file}"  # the contents of a repeated profile are no collisions of their own
        for number, specialism in enumerate(profile.specialisms):
            loc: Loc = ("specialisms", number)
            mention = _Mention("specialism", specialism.title, loaded, (*loc, "title"))
            key = self._key(mention, lambda it=specialism: specialism_key(it))  # type: ignore[misc]  # mypy does not infer a default
            self._claim_alone(mention, ("specialism", of, key))
            if not specialism.key and not specialism.formerly:
                self._compare(mention, ("reference", of, key))
            if specialism.formerly:
                self._check_rename(mention, specialism.formerly, key, self.specialisms.get(of, ()))
            for mode, index, option in specialism.options():
                self._enter_option(loaded, (*loc, mode, index), option, ("option", of, key))

    def _check_rename(self, mention: _Mention, former: str, key: str, known: Collection[str]) -> None:
        """Report a former title that keeps an identifier, if the reference data has the new title under another one.

        Args:
            mention: of the new title.
            former: the former title.
            key: the last part of the identifier.
            known: these parts of the things of this kind in the reference data.
        """
        own = self._key(mention, lambda: slug(mention.title))
        if own != key and own in known:
            message = f"The reference data has {mention.title!r} with the identifier {own!r}, and not {key!r}."
            self._report(mention, Code.COLLISION, message, f"Remove 'formerly: {former}'.")

    def _compare_rename(self, mention: _Mention, option: Option, key: str) -> None:
        """Report an option that has its former title in one place and not in another, and so two identifiers."""
        title = (option.kind, option.level_number, normalise_title(option.title))
        first_key, was_renamed, first = self.keys.setdefault(title, (key, bool(option.formerly), mention.owner))
        if first_key != key and (was_renamed or option.formerly):
            message = f"The {mention.noun} {mention.title!r} has another identifier in {first.place}."
            self._report(mention, Code.COLLISION, message, "Give the same 'formerly:' everywhere that it appears.")

    def _enter_source(self, loaded: Loaded[Profile]) -> None:
        source = loaded.value.source
        mention = _Mention("document", source.document, loaded, ("source", "document"))
        key = self._key(mention, lambda: source_key(source))
        self._claim(mention, ("source", key))
        checksum = _Mention("checksum", source.sha256, loaded, ("source", "sha256"))
        first = self.owners.setdefault(("checksum", key), checksum.owner)
        if first.title != source.sha256:
            message = f"The document {source.document!r} has a different checksum in {first.place}."
            hint = (
                "If these are two versions of the document, give one of them 'key: other-words'. If they are the same, "
                "correct the checksum."
            )
            self._report(checksum, Code.COLLISION, message, hint)

    def _enter_option(self, loaded: Loaded[Profile], loc: Loc, option: Option, of: Identifier) -> None:
        mention = _Mention(str(option.kind), option.title, loaded, (*loc, option.kind.value))
        key = self._key(mention, lambda: option_key(option))
        if option.formerly:
            self._check_rename(mention, option.formerly, key, self.named.get(option.kind, ()))
        self._compare_rename(mention, option, key)
        destination = (option.kind, option.level_number, key)
        if (*of, *destination) in self.owners:
            self._claim_alone(mention, (*of, *destination))
            return
        self.owners[*of, *destination] = mention.owner
        self._claim(mention, destination)

    def _key(self, mention: _Mention, mint: Callable[[], str]) -> str:
        """Return the slug of a thing or, if it has none, a key that no other thing has."""
        try:
            return mint()
        except IdentifierError as error:
            message = error.message[:1].upper() + error.message[1:] + "."
            hint = error.hint[:1].upper() + error.hint[1:] + "."
            self._report(mention, Code.NO_IDENTIFIER, message, hint)
            return f"{mention.loaded.file} {mention.loc}"

    def _claim_alone(self, mention: _Mention, identifier: Identifier) -> None:
        """Claim an identifier for this mention only; another mention of the same title is a repetition."""
        first = self.owners.get(identifier)
        if first and first.title == mention.title:
            message = f"The {mention.noun} {mention.title!r} is repeated; it first appears in {first.place}."
            self._report(mention, Code.DUPLICATE, message, "Keep one of them.")
        else:
            self._claim(mention, identifier)

    def _claim(self, mention: _Mention, identifier: Identifier) -> None:
        """Claim an identifier together with all mentions of the same title."""
        self.owners.setdefault(identifier, mention.owner)
        self._compare(mention, identifier)

    def _compare(self, mention: _Mention, identifier: Identifier) -> None:
        """Report a title that differs from the first title with that identifier."""
        first = self.owners.get(identifier)
        if first is None or first.title == mention.title:
            return
        # The title of the reference data becomes the preferred label, and that of the profile an alternative label.
        if identifier[0] == "reference" and expand_ampersand(first.title) == expand_ampersand(mention.title):
            return
        if normalise_title(first.title) == normalise_title(mention.title):
            message = f"The {mention.noun} {mention.title!r} is written {first.title!r} in {first.place}."
            self._report(mention, Code.COLLISION, message, "Write both the same way.")
        else:
            message = f"{mention.title!r} and {first.title!r} ({first.place}) would have the same identifier."
            hint = (
                "If they are different things, give one of them 'key: other-words'. If they are the same, write both "
                "the same way."
            )
            self._report(mention, Code.COLLISION, message, hint)

    def _report(self, mention: _Mention, code: Code, message: str, hint: str) -> None:
        self.findings.append(mention.loaded.finding(code, Severity.VIOLATION, message, mention.loc, hint=hint))


def _find_unknown(loaded: Loaded[Profile], reference: ReferenceIndex) -> list[Finding]:
    profile = loaded.value
    known = reference.t_levels.get(profile.key) if profile.key else reference.t_level(profile.t_level)
    if known is None:
        titles = [t_level.title for t_level in reference.t_levels.values()]
        message = f"The reference data has no T Level in {profile.t_level!r}."
        hint = _suggest(profile.t_level, titles)
        return [loaded.finding(Code.UNKNOWN_T_LEVEL, Severity.WARNING, message, ("t level",), hint=hint)]
    titles = list(known.specialisms.values())
    normalised = {normalise_title(title) for title in titles}
    findings = []
    for number, specialism in enumerate(profile.specialisms):
        names = filter(None, (specialism.title, specialism.formerly))
        if specialism.key in known.specialisms or normalised.intersection(map(normalise_title, names)):
            continue
        message = f"The reference data has no specialism {specialism.title!r} of {profile.t_level}."
        hint, loc = _suggest(specialism.title, titles), ("specialisms", number, "title")
        findings.append(loaded.finding(Code.UNKNOWN_SPECIALISM, Severity.WARNING, message, loc, hint=hint))
    return findings


def _suggest(title: str, titles: list[str]) -> str:
    if title.casefold().startswith("t level in "):
        return "Remove the words 'T Level in'."
    near = suggest(title, titles)
    return f"Did you mean {near!r}?" if near else "If it is new, add it to the reference data."
