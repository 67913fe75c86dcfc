"""A document → profiles, with everything in it that a person should look at.

Goes through the passages of each profile in their order and puts what the grammar makes of their sentences where it
belongs. Whatever finds no place becomes a note and a finding, so that no sentence is lost.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import ambiguities, boilerplate, lexicon
from tlevel_rdf.documents.grammar.list_tracking import Entries
from tlevel_rdf.documents.grammar.segmentation import Sentence, passages, sentences
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.specialism_sentence import announcement_in
from tlevel_rdf.documents.grammar.statement import (
    MODE_OF,
    TECHNICAL,
    Context,
    Offer,
    Outcome,
    Reporter,
    Statement,
    doubt,
    doubted,
    shortened,
    told,
)
from tlevel_rdf.documents.grammar.title_splitter import Known
from tlevel_rdf.documents.grammar.tokenizer import marked_titles
from tlevel_rdf.documents.grammar.unfinished import Unfinished
from tlevel_rdf.documents.profile import omissions, source_metadata
from tlevel_rdf.documents.profile.sections import sections
from tlevel_rdf.documents.profile.specialism_headings import find_specialisms
from tlevel_rdf.documents.profile.tables import find_tables, read_row
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_IMPORT_DOUBTS
from tlevel_rdf.profiles.model import Address, Kind, Profile
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.grammar.segmentation import Passage, Spot
    from tlevel_rdf.documents.grammar.statement import Doubt
    from tlevel_rdf.documents.profile.sections import Section
    from tlevel_rdf.documents.profile.specialism_headings import Specialisms
    from tlevel_rdf.profiles.yaml_reader import Loc

_ADDRESS: Final = TypeAdapter(Address)
#: How a sentence ends that is whole.
#: The number of an item.
_NUMBER: Final = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
#: The longest note that a profile holds.
_LONGEST_NOTE: Final = 2000


@dataclass(frozen=True)
class ProfileDraft:
    """A profile as a document says it.

    Attributes:
        profile: it.
        checks: what a person should look at, by the place in the profile.
        findings: the same with their places in the document.
        heading: the place of its heading in the document.
    """

    profile: Profile
    checks: Mapping[Loc, Sequence[str]]
    findings: Sequence[Finding]
    heading: Spot


@dataclass
class DraftResult:
    """What came of a document: its profiles in their order, and what was found outside them."""

    drafts: list[ProfileDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def draft_profiles(document: Document, file: str) -> DraftResult:
    """The profiles of a document.

    Args:
        document: as its reader gave it.
        file: what to call it in findings.
    """
    reading = DraftResult()
    furniture = passages(replace(document, lines=document.furniture))
    before, found = sections(passages(document))
    every = itertools.chain(before, *(section.passages for section in found), furniture)
    source = source_metadata.source_of(document, every)
    reporter = Reporter(file)
    omissions.report_unread(document.unread, reporter)
    omissions.report_furniture(furniture, reporter)
    for sentence in itertools.chain.from_iterable(map(sentences, before)):
        if len(reporter.placed) < MAX_IMPORT_DOUBTS:
            _report_outside(sentence, reporter)
    for section in found:
        builder = _Builder(section, source, Reporter(file))
        imported = builder.build()
        if imported:
            reading.drafts.append(imported)
        else:
            reporter.placed += builder.reporter.placed
    if not found:
        said = f"No T Level is named in {file}." if document.lines else f"There are no words in {file}."
        hint = "A profile begins with a heading such as “7c. T Level in Healthcare Science”."
        none = Finding(Code.NO_PROFILE, Severity.VIOLATION, said, file, hint=hint)
        reporter.placed.insert(0, ((0, 0, 0), none))
    reading.findings = reporter.findings
    return reading


def _report_outside(sentence: Sentence, reporter: Reporter) -> None:
    """Report a sentence that stands before the first profile, unless nothing is lost with it."""
    statement = read_sentence(sentence, Context(), Known())
    kept = {Outcome.RECOGNISED, Outcome.LABEL, Outcome.STRAY, Outcome.NOTE}
    if statement.outcome in kept or source_metadata.is_about_source(sentence):
        return
    said = "stands before the first T Level, and belongs to no profile"
    reporter.report(sentence, doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, said, "Look whether a profile needs it."))


class _Builder:
    """Builds one profile."""

    def __init__(self, section: Section, source: dict[str, object], reporter: Reporter) -> None:
        self.section = section
        self.source = source
        self.reporter = reporter
        self.found: Specialisms = find_specialisms(section.passages)
        self.known = Known(_known_titles(section, self.found))
        self.context = Context()
        #: The level of the label that stands right before, if one does.
        self.label_level: int | None = None
        self.specialisms: list[dict[str, Any]] = []
        self.current: int | None = None
        self.notes: list[dict[str, Any]] = []
        self.checks: dict[Loc, list[str]] = {}
        self.destinations: dict[tuple[int, Kind, int | None, str], dict[str, Any]] = {}
        self.lost_links: list[Spot] = []
        self.entries = Entries()
        self.unfinished = Unfinished()
        self.is_full = False

    def build(self) -> ProfileDraft | None:
        self._begin_single()
        tables = find_tables(self.section.passages, self.found.headings)
        for number, passage in enumerate(self.section.passages):
            if number in self.found.headings:
                self._begin_specialism(self.found.headings[number], passage.spot(0))
                if number in self.found.doubtful:
                    self._doubt_heading(Sentence(passage, 0, len(passage.text)))
                self._doubt_breaks(("specialisms", self.current or 0), Sentence(passage, 0, len(passage.text)))
            elif number in tables.rows:
                row = tables.rows[number]
                self._take(row.title, read_row(row, self.context.mode, self.known))
            elif number not in self.found.passed and number not in tables.passed:
                self._take_passage(passage)
            if self.is_full:
                break
        self._compare_specialisms()
        self._report_lost_links()
        self._doubt_breaks((), self.section.at)
        heading = self.section.heading
        at = self.section.at.spot()
        if not self.specialisms:
            said = f"No specialism of the T Level in {heading.t_level} was found, so no profile is made."
            hint = "A specialism begins with a heading such as “1. Optical Care Services”."
            self.reporter.add(at, Code.NO_PROFILE, said, hint)
            return None
        written: dict[str, Any] = {"t level": heading.t_level, "source": self.source | {"section": heading.section}}
        written |= {"specialisms": self.specialisms, "notes": self.notes}
        profile = Profile.model_validate(written)
        return ProfileDraft(profile, self.checks, tuple(self.reporter.findings), at)

    def _begin_single(self) -> None:
        """Where one specialism is announced and no heading follows, all options are its own."""
        announcement = self.found.announcement
        if not announcement or self.found.headings or len(announcement.names) != 1:
            return
        if announcement.names[0] and len(announcement.names[0]) <= 300:
            self._begin_specialism(announcement.names[0], announcement.sentence.spot())

    def _begin_specialism(self, title: str, spot: Spot) -> None:
        same = [n for n, it in enumerate(self.specialisms) if normalise_title(it["title"]) == normalise_title(title)]
        self.context, self.label_level = Context(), None
        if not same:
            self.specialisms.append({"title": _seen(title), **_place(spot)})
            self.current = len(self.specialisms) - 1
            return
        self.current = same[0]
        specialism = self.specialisms[self.current]
        if not any(mode in specialism for mode in MODE_OF.values()):
            specialism |= _place(spot)

    def _doubt_heading(self, heading: Sentence) -> None:
        said = "is read as the heading of a specialism, though it is not announced so"
        hint = "If it is none, move what stands under it to the specialism that it is about."
        told_of = self.reporter.report(heading, doubt(Code.SPECIALISMS_DIFFER, 0, heading.text, said, hint))
        self.checks.setdefault(("specialisms", self.current or 0), []).append(told_of)

    def _doubt_breaks(self, loc: Loc, heading: Sentence) -> None:
        doubts = ambiguities.about_breaks(heading, 0, heading.text)
        if said := [self.reporter.report(heading, about) for about in doubts]:
            self.checks.setdefault(loc, []).extend(said)

    def _take_passage(self, passage: Passage) -> None:
        if boilerplate.PASSING.match(passage.plain):
            self.unfinished.skip(Sentence(passage, 0, len(passage.text)))
            return
        parts = list(sentences(passage))
        if passage.role in {Role.ITEM, Role.CELL} and parts and (numbered := _NUMBER.match(parts[0].text)):
            parts[0] = Sentence(passage, parts[0].start + numbered.end(), parts[0].end)
        if self.context.is_list and self.entries.ends_at(passage):
            self.context = self.context._replace(is_list=False)
        is_item = self.context.is_list and self.entries.has(passage, parts, self.context)
        before = self.entries.last
        if self.context.is_list and (is_item or self.context.mode != TECHNICAL):
            self.entries.add(passage)
        for sentence in parts:
            self._take_sentence(sentence, is_item=is_item, before=before)
            if self.is_full:
                break

    def _take_sentence(self, sentence: Sentence, *, is_item: bool, before: Passage | None) -> None:
        if source_metadata.is_about_source(sentence) or self._is_announcement(sentence):
            return
        context = self.context._replace(is_item=True) if is_item else self.context.outside()
        statement = read_sentence(sentence, context, self.known)
        self.context = statement.context._replace(is_item=False)
        if statement.outcome is Outcome.LABEL:
            self.entries = Entries(sentence.passage.role)
            is_other = self.label_level and self.context.level and self.label_level != self.context.level
            if is_other and sentence.passage.role is not Role.HEADING:
                # Two levels one after the other, as where a column is read before the one beside it.
                self.context = self.context._replace(level=0)
        elif is_item and (about := self.entries.doubt_about(sentence.passage, before, context)):
            statement = doubted(statement, about)
        self.label_level = statement.context.level if statement.outcome is Outcome.LABEL else None
        self._take(sentence, statement)

    def _is_announcement(self, sentence: Sentence) -> bool:
        announced = self.found.announcement
        if not announced:
            return False
        if sentence == announced.sentence:
            return True
        again = announcement_in(sentence)
        return bool(again and again.count == announced.count and set(again.names) == set(announced.names))

    def _take(self, sentence: Sentence, statement: Statement) -> None:
        if statement.offers and self.current is None:
            said = "stands under no specialism, so no option is made of it; it is kept as a note"
            hint = "Write it under the specialism that it is about."
            about = doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, said, hint)
            statement = Statement(Outcome.UNSURE_NOTE, statement.context, doubts=(about,))
        loc: Loc | None = None
        for offer in statement.offers:
            loc = self._add_option(sentence, offer)
        if last := self.unfinished.next(sentence, statement, loc):
            self.checks.setdefault(last.loc, []).append(self.reporter.report(last.sentence, last.about))
        reported = [self.reporter.report(sentence, about) for about in statement.doubts]
        if statement.outcome in {Outcome.NOTE, Outcome.UNSURE_NOTE}:
            self._add_note(sentence, reported)
        if len(self.notes) + len(self.reporter.placed) >= MAX_IMPORT_DOUBTS:
            stop = f"{MAX_IMPORT_DOUBTS:,} sentences of this profile are notes or need a look; the rest is not read."
            self.reporter.add(sentence.spot(), Code.NO_PROFILE, stop, "This may be no progression profile.")
            self.is_full = True

    def _add_note(self, sentence: Sentence, said: list[str]) -> None:
        for start, words in _pieces(_seen(sentence.text)):
            if said:
                self.checks[("notes", len(self.notes))] = said
            self.notes.append({"note": words, **_place(sentence.spot(start))})

    def _add_option(self, sentence: Sentence, offer: Offer) -> Loc | None:
        """Add an option; gives its place, and None if it is there already."""
        specialism = self.specialisms[self.current or 0]
        spot = sentence.spot(offer.start)
        identity = (self.current or 0, offer.kind, offer.level, normalise_title(offer.title))
        doubts = [*offer.doubts, *ambiguities.about_breaks(sentence, offer.start, offer.title)]
        written: dict[str, Any] = {offer.kind.value: _seen(offer.title)}
        if offer.level is not None:
            written["level"] = offer.level
        if offer.is_relevant:
            written["relevant"] = True
        if offer.flags:
            written["flags"] = offer.flags
        written |= _place(spot)
        for key, target in (("page", offer.target), ("mapping", offer.mapping)):
            if target is not None and (address := self._address(offer, target, spot, doubts)):
                written[key] = address
        if first := self.destinations.get(identity):
            self._repeat(sentence, offer, is_same=_without_place(first) == _without_place(written))
            return None
        self.destinations[identity] = written
        mode = MODE_OF[offer.kind]
        options = specialism.setdefault(mode, [])
        loc: Loc = ("specialisms", self.current or 0, mode, len(options))
        options.append(written)
        if checks := [self.reporter.report(sentence, about) for about in doubts] + [*map(told, offer.shared)]:
            self.checks[loc] = checks
        return loc

    def _repeat(self, sentence: Sentence, offer: Offer, *, is_same: bool) -> None:
        said = "is an option of this specialism already; it is not added again"
        if not is_same:
            said += ", though the two do not say the same"
        about = doubt(Code.REPEATED, offer.start, offer.title, said, "Look which of the two is right.")
        self.reporter.report(sentence, about)

    def _address(self, offer: Offer, target: str, spot: Spot, doubts: list[Doubt]) -> str | None:
        if not target.strip() or target.strip().startswith("#"):
            self.lost_links.append(spot)
            return None
        try:
            return _ADDRESS.validate_python(target.strip())
        except ValidationError:
            said = f"links to “{shortened(target)}”, which is no https address; the link is left out"
            hint = "Find the address that begins with https://, and write it as 'page:'."
            doubts.append(doubt(Code.BAD_LINK, offer.start, offer.title, said, hint))
            return None

    def _report_lost_links(self) -> None:
        if not self.lost_links:
            return
        said = f"{len(self.lost_links)} links lead nowhere (#), from here on; their options have no page."
        if len(self.lost_links) == 1:
            said = "A link leads nowhere (#), so its option has no page."
        self.reporter.add(self.lost_links[0], Code.LEFT_OUT, said, "Nothing needs to be done.")

    def _compare_specialisms(self) -> None:
        """Hold what is announced against the headings."""
        announced = self.found.announcement
        titles = [specialism["title"] for specialism in self.specialisms]
        if not announced or not titles:
            return
        faults = []
        if announced.count is not None and announced.count != len(titles):
            faults.append(
                f"{announced.count} are announced, and {len(titles)} {'is' if len(titles) == 1 else 'are'} there"
            )
        if announced.names and not announced.is_covered_by(titles) and titles != announced.names:
            faults.append(f"the names announced are {_named(announced.names)}, and the headings are {_named(titles)}")
        if faults:
            said = f"The specialisms differ: {'; '.join(faults)}."
            hint = "Look in the document which is right."
            self.reporter.add(announced.sentence.spot(), Code.SPECIALISMS_DIFFER, said, hint)
            self.checks.setdefault((), []).append(said)


def _named(titles: Iterable[str]) -> str:
    return "; ".join(f"“{shortened(title)}”" for title in titles)


def _known_titles(section: Section, found: Specialisms) -> Iterable[str]:
    """What links, quotation marks and headings say is a title."""
    yield from found.headings.values()
    if found.announcement and found.announcement.count == 1:
        yield from found.announcement.names
    for passage in section.passages:
        yield from marked_titles(passage)


def _place(spot: Spot) -> dict[str, int]:
    where = spot.where
    places = {"pdf page": where.page, "line": where.line, "paragraph": where.paragraph}
    return {key: value for key, value in places.items() if value is not None}


def _without_place(written: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in written.items() if key not in {"line", "paragraph", "pdf page"}}


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    """A text in parts that a note can hold, parted at spaces, with where each begins."""
    start = 0
    while len(text) - start > _LONGEST_NOTE:
        end = text.rfind(" ", start + 1, start + _LONGEST_NOTE)
        end = end if end > start else start + _LONGEST_NOTE
        yield start, text[start:end].strip()
        start = end
    if text[start:].strip():
        yield start, text[start:].strip()


def _seen(text: str) -> str:
    """A text without characters that nobody sees and the model does not take."""
    return lexicon.UNSEEN.sub(" ", text).strip() or "?"
