"""A profile under construction: its specialisms, options and notes, and the findings about them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities
from tlevel_rdf.documents.grammar.statement import MODE_OF, WORK, doubt, shortened
from tlevel_rdf.documents.places import Guide
from tlevel_rdf.documents.profile.source_metadata import https_address
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles.kinds import Kind, Readiness
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.profiles.yaml_writer import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence, Spot
    from tlevel_rdf.documents.grammar.statement import Doubt, Mention
    from tlevel_rdf.profiles.yaml_reader import Loc

#: The most characters of a note in the model.
_NOTE_CHARACTERS: Final = 2000
_PLACES: Final = ("pdf page", "line", "paragraph")


_SEVERITIES: Final = {Code.LEFT_OUT: Severity.INFO, Code.NO_PROFILE: Severity.VIOLATION}


@dataclass
class Reporter:
    """The findings about a document or one of its profiles.

    Attributes:
        file: the document, as the caller named it.
        guide: leads a person to a place in it.
        placed: the findings, with their page, line and column.
    """

    file: str
    guide: Guide = field(default_factory=Guide)
    placed: list[tuple[tuple[int, int, int], Finding]] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """The findings in the order of the document."""
        return [finding for _, finding in sorted(self.placed, key=lambda it: it[0])]

    def report(self, sentence: Sentence, doubt: Doubt) -> str:
        """Add the finding of a doubt; return its message, with the words that lead to its place."""
        spot = sentence.spot(doubt.start)
        self.add(spot, doubt.code, doubt.message, doubt.hint)
        return f"{self.guide.lead(spot.where)}{doubt.message}"

    def add(self, spot: Spot, code: Code, message: str, hint: str) -> None:
        """Add a finding at a place."""
        where = spot.where
        line = where.line or where.paragraph
        severity = _SEVERITIES.get(code, Severity.WARNING)
        finding = Finding(code, severity, f"{self.guide.lead(where)}{message}", self.file, line, spot.column, hint=hint)
        self.placed.append(((where.page or 0, line or 0, spot.column), finding))


@dataclass(frozen=True)
class ProfileDraft:
    """A profile as a document states it.

    Attributes:
        file: the document, as the caller named it.
        profile: for a person to review.
        checks: what that person should look at, by the place in the profile.
        findings: the same by the place in the document.
        heading: the place of its heading in the document.
    """

    file: str
    profile: Profile
    checks: Mapping[Loc, Sequence[str]]
    findings: Sequence[Finding]
    heading: Spot

    def finding(self, code: Code, message: str, hint: str | None = None) -> Finding:
        """Return a violation at its heading."""
        where, column = self.heading
        line = where.line or where.paragraph
        return Finding(code, Severity.VIOLATION, message, self.file, line, column, hint=hint)


class DraftBuilder:
    """The parts of a profile, in the order in which the document states them."""

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter
        self.notes: list[dict[str, Any]] = []
        self._specialisms: list[dict[str, Any]] = []
        self._current: int | None = None
        self._checks: dict[Loc, list[str]] = {}
        self._options: dict[tuple[int, Kind | None, int | None, str], dict[str, Any]] = {}
        self._lost_links: list[Spot] = []
        #: True if the document says that some of its jobs need further training.
        self.has_unready_jobs = False

    @property
    def titles(self) -> list[str]:
        """The titles of the specialisms."""
        return [specialism["title"] for specialism in self._specialisms]

    @property
    def specialism_loc(self) -> Loc | None:
        """The place of the specialism that was begun last."""
        return None if self._current is None else ("specialisms", self._current)

    def check(self, loc: Loc, *messages: str) -> None:
        """Add what a person should look at in a place of the profile."""
        if messages:
            self._checks.setdefault(loc, []).extend(messages)

    def begin_specialism(self, title: str, spot: Spot) -> None:
        """Begin a specialism, or continue the one of that title."""
        same = [n for n, name in enumerate(self.titles) if normalise_title(name) == normalise_title(title)]
        if not same:
            self._specialisms.append({"title": _writable(title), **_place(spot)})
        self._current = same[0] if same else len(self._specialisms) - 1
        specialism = self._specialisms[self._current]
        if not any(mode in specialism for mode in MODE_OF.values()):
            specialism |= _place(spot)

    def add_option(self, sentence: Sentence, mention: Mention) -> Loc | None:
        """Add an option to the current specialism; return its place, or None if the specialism has it."""
        current, kind = self._current or 0, mention.kind or Kind.APPRENTICESHIP
        spot = sentence.spot(mention.start)
        doubts = [*mention.doubts, *ambiguities.about_breaks(sentence, mention.start, mention.title)]
        option: dict[str, Any] = {kind.value: _writable(mention.title)}
        option |= _printed(sentence.text[mention.start : mention.end], mention.title)
        stated = (("level", mention.level), ("relevant", mention.is_relevant), ("flags", mention.flags))
        option |= {key: value for key, value in (*stated, ("wording", mention.wording)) if value}
        option |= _place(spot)
        for key, target in (("page", mention.target), ("mapping", mention.mapping)):
            if target is None:
                continue
            if not target.strip() or target.strip().startswith("#"):
                self._lost_links.append(spot)
                continue
            if address := https_address(target):
                option[key] = address
            else:
                predicate = f"links to “{shortened(target)}”, which is no https address; the link is left out"
                hint = "Find the address that begins with https://, and write it as 'page:'."
                doubts.append(doubt(Code.BAD_LINK, mention.start, mention.title, predicate, hint))
        identity = (current, kind, mention.level, normalise_title(mention.title))
        first = self._options.setdefault(identity, option)
        if first is not option:
            self._report_repeated(sentence, mention, is_same=_compared(first) == _compared(option))
            return None
        mode = MODE_OF[kind]
        options = self._specialisms[current].setdefault(mode, [])
        loc: Loc = ("specialisms", current, mode, len(options))
        options.append(option)
        self.check(loc, *(self.reporter.report(sentence, each) for each in doubts))
        self.check(loc, *(each.message for each in mention.shared))
        return loc

    def _report_repeated(self, sentence: Sentence, mention: Mention, *, is_same: bool) -> None:
        predicate = "is an option of this specialism already; it is not added again"
        if not is_same:
            predicate += ", though the two do not say the same"
        hint = "Check which of the two is right."
        self.reporter.report(sentence, doubt(Code.REPEATED, mention.start, mention.title, predicate, hint))

    def add_note(self, sentence: Sentence, messages: Sequence[str]) -> None:
        """Add a sentence as one or more notes, with what a person should look at."""
        for words in textwrap.wrap(_writable(sentence.text), _NOTE_CHARACTERS):
            self.check(("notes", len(self.notes)), *messages)
            self.notes.append({"note": words, **_place(sentence.spot())})

    def finish(self, t_level: str, source: dict[str, Any], heading: Spot) -> ProfileDraft | None:
        """Return the profile; None if it has no specialism."""
        if self._lost_links:
            message = f"{len(self._lost_links)} links lead nowhere (#), from here on; their options have no page."
            if len(self._lost_links) == 1:
                message = "A link leads nowhere (#), so its option has no page."
            self.reporter.add(self._lost_links[0], Code.LEFT_OUT, message, "Nothing needs to be done.")
        if not self._specialisms:
            message = f"No specialism of the T Level in {t_level} was found, so no profile is made."
            hint = "A specialism begins with a heading such as “1. Optical Care Services”."
            self.reporter.add(heading, Code.NO_PROFILE, message, hint)
            return None
        if self.has_unready_jobs:
            for specialism in self._specialisms:
                for job in specialism.get(WORK, ()):
                    job["readiness"] = Readiness.NOT_STATED
        content = {"t level": t_level, "source": source, "specialisms": self._specialisms, "notes": self.notes}
        return ProfileDraft(
            self.reporter.file, Profile.model_validate(content), self._checks, tuple(self.reporter.findings), heading
        )


def _printed(words: str, title: str) -> dict[str, str]:
    """Return the words of the document for a title that was taken out of them, as without the mark of a note."""
    return {} if normalise_title(title) in normalise_title(words) else {"printed": _writable(words)}


def _place(spot: Spot) -> dict[str, int]:
    where = spot.where
    places = zip(_PLACES, (where.page, where.line, where.paragraph), strict=True)
    return {key: value for key, value in places if value is not None}


def _compared(option: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in option.items() if key not in {*_PLACES, "wording"}}


def _writable(text: str) -> str:
    """Return a text without the characters that the model does not accept."""
    return UNWRITABLE.sub(" ", text).strip() or "?"
