"""Draft the profiles of a document, with everything in it that a person should look at.

The builder walks the passages of each profile in their order, and adds what the grammar reads in their sentences. A
sentence that belongs nowhere becomes a note and a finding, so that none is lost.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import ambiguities, boilerplate
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.list_tracking import OpenList
from tlevel_rdf.documents.grammar.misspellings import read_respelt
from tlevel_rdf.documents.grammar.segmentation import Sentence, split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.specialism_sentence import announcement_in
from tlevel_rdf.documents.grammar.statement import TECHNICAL, Category, Context, Statement, doubt, shortened
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.grammar.tokenizer import marked_titles
from tlevel_rdf.documents.places import Guide
from tlevel_rdf.documents.profile import omissions, source_metadata
from tlevel_rdf.documents.profile.draft import DraftBuilder, ProfileDraft, Reporter
from tlevel_rdf.documents.profile.quoted_lines import with_quoted_lines
from tlevel_rdf.documents.profile.sections import split_sections
from tlevel_rdf.documents.profile.specialism_headings import find_headings
from tlevel_rdf.documents.profile.tables import find_tables, read_row
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_IMPORT_DOUBTS, MAX_READ_TITLE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.grammar.segmentation import Passage
    from tlevel_rdf.documents.grammar.statement import Mention
    from tlevel_rdf.documents.profile.sections import Section
    from tlevel_rdf.documents.profile.specialism_headings import SpecialismHeadings
    from tlevel_rdf.profiles.yaml_reader import Loc

#: The number of an item.
_NUMBER: Final = compiled(r"\(?\d{1,3}[.)]\s+(?=\S)")
#: Nothing is lost with these before the first profile.
_LAYOUT: Final = frozenset({Category.RECOGNISED, Category.LABEL, Category.STRAY, Category.NOTE})
#: The header and number of a page may stand between the parts of a list.
_SKIPPED: Final = frozenset({Category.RECOGNISED, Category.STRAY})
_ENDS: Final = (".", "!", "?", ";", ":")


@dataclass
class DraftResult:
    """The profiles of a document in their order, and the findings outside them."""

    drafts: list[ProfileDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def draft_profiles(document: Document, file: str, registered: Callable[[], Container[str]] = frozenset) -> DraftResult:
    """Return the profiles of a document.

    Args:
        document: as its reader returned it.
        file: its name in findings.
        registered: returns the normalised titles of the registers, if a list can be split in several ways.
    """
    result = DraftResult()
    reporter = Reporter(file, Guide(document))
    furniture = split_passages(replace(document, lines=document.furniture))
    before, sections = split_sections(split_passages(document))
    every = itertools.chain(before, *(section.passages for section in sections), furniture)
    source = source_metadata.source_of(document, every)
    omissions.report_unread(document.omissions, reporter)
    omissions.report_furniture(furniture, reporter)
    for sentence in itertools.chain.from_iterable(passage.sentences for passage in before):
        if len(reporter.placed) < MAX_IMPORT_DOUBTS:
            _report_outside(sentence, reporter)
    for section in sections:
        builder = _Builder(section, source, Reporter(file, reporter.guide), registered)
        if draft := builder.build():
            result.drafts.append(replace(draft, profile=with_quoted_lines(draft.profile, document)))
        else:
            reporter.placed += builder.reporter.placed
    if not sections:
        message = f"No T Level is named in {file}." if document.lines else f"There are no words in {file}."
        hint = "A profile begins with a heading such as “7c. T Level in Healthcare Science”."
        finding = Finding(Code.NO_PROFILE, Severity.VIOLATION, message, file, hint=hint)
        reporter.placed.insert(0, ((0, 0, 0), finding))
    result.findings = reporter.findings
    return result


def _report_outside(sentence: Sentence, reporter: Reporter) -> None:
    """Report a sentence before the first profile, unless it is a part of the layout."""
    is_layout = read_sentence(sentence, Context(), KnownTitles()).category in _LAYOUT
    if not is_layout and not source_metadata.is_about_source(sentence):
        predicate = "stands before the first T Level, and belongs to no profile"
        hint = "Check whether a profile needs it."
        reporter.report(sentence, doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, predicate, hint))


class _Builder:
    """Builds one profile."""

    def __init__(
        self, section: Section, source: dict[str, object], reporter: Reporter, registered: Callable[[], Container[str]]
    ) -> None:
        self.section = section
        self.source = source
        self.reporter = reporter
        self.draft = DraftBuilder(self.reporter)
        self.headings: SpecialismHeadings = find_headings(section.passages)
        self.known = KnownTitles(_known_titles(section, self.headings), registered)
        self.context = Context()
        #: The level of the label right before, if there is one.
        self.label_level: int | None = None
        self.open_list = OpenList()
        #: The passage before, and the last option of a list without an end in it.
        self.before: Passage | None = None
        self.open_end: tuple[Loc, Sentence, Mention] | None = None
        self.is_full = False

    def build(self) -> ProfileDraft | None:
        self._begin_single()
        headings = self.headings
        tables = find_tables(self.section.passages, headings.titles)
        for index, passage in enumerate(self.section.passages):
            if index in headings.titles:
                self._begin_specialism(headings.titles[index], passage.whole, is_doubtful=index in headings.doubtful)
            elif index in headings.skipped:
                continue
            elif index in tables:
                if row := tables[index]:
                    self._add(row.title, read_row(row, self.context.mode, self.known))
            else:
                self._read_passage(passage)
            if self.is_full:
                break
        self._compare_specialisms()
        self._check_breaks((), self.section.at.whole)
        heading = self.section.heading
        source: dict[str, Any] = self.source | {"section": heading.section}
        return self.draft.finish(heading.t_level, source, self.section.at.spot())

    def _begin_single(self) -> None:
        """Begin the only specialism that is announced, if no heading follows: all options belong to it."""
        announcement = self.headings.announcement
        if not announcement or self.headings.titles or len(announcement.names) != 1:
            return
        if announcement.names[0] and len(announcement.names[0]) <= MAX_READ_TITLE_CHARACTERS:
            self.draft.begin_specialism(announcement.names[0], announcement.sentence.spot())

    def _begin_specialism(self, title: str, heading: Sentence, *, is_doubtful: bool) -> None:
        self.context, self.label_level = Context(), None
        self.draft.begin_specialism(title, heading.spot())
        loc = self.draft.specialism_loc or ()
        if is_doubtful:
            predicate = "is read as the heading of a specialism, though it is not announced so"
            hint = "If it is not one, move what stands under it to the specialism that it is about."
            about = doubt(Code.SPECIALISMS_DIFFER, 0, heading.text, predicate, hint)
            self.draft.check(loc, self.reporter.report(heading, about))
        self._check_breaks(loc, heading)

    def _check_breaks(self, loc: Loc, heading: Sentence) -> None:
        doubts = ambiguities.about_breaks(heading, 0, heading.text)
        self.draft.check(loc, *(self.reporter.report(heading, about) for about in doubts))

    def _read_passage(self, passage: Passage) -> None:
        if boilerplate.PAGE.match(passage.plain):
            self._add(passage.whole, Statement(Category.RECOGNISED, self.context))
            return
        parts = list(passage.sentences)
        if passage.role in {Role.ITEM, Role.CELL} and parts and (numbered := _NUMBER.match(parts[0].text)):
            parts[0] = Sentence(passage, parts[0].start + numbered.end(), parts[0].end)
        if self.context.is_list and self.open_list.ends_at(passage):
            self.context = self.context._replace(is_list=False)
        is_item = self.context.is_list and self.open_list.has(passage, parts, self.context)
        before = self.open_list.last
        if self.context.is_list and (is_item or self.context.mode != TECHNICAL):
            self.open_list.add(passage)
        for sentence in parts:
            self._read_sentence(sentence, is_item=is_item, before=before)
            if self.is_full:
                break

    def _read_sentence(self, sentence: Sentence, *, is_item: bool, before: Passage | None) -> None:
        if source_metadata.is_about_source(sentence) or self._is_announcement(sentence):
            return
        context = self.context._replace(is_item=True) if is_item else self.context.outside()
        statement = read_sentence(sentence, context, self.known)
        sentence, statement = read_respelt(sentence, context, self.known, statement)
        self.context = statement.context._replace(is_item=False)
        is_label = statement.category is Category.LABEL
        if is_label:
            self.open_list = OpenList()
            is_other = self.label_level and self.context.level and self.label_level != self.context.level
            if is_other and sentence.passage.role is not Role.HEADING:
                # Two levels one after the other, as where a column is read before the one beside it.
                self.context = self.context._replace(level=0)
        elif is_item and (about := self.open_list.doubt_about(sentence.passage, before, context)):
            for mention in statement.mentions[:1]:
                mention.doubts.append(about)
        self.label_level = statement.context.level if is_label else None
        self._add(sentence, statement)

    def _is_announcement(self, sentence: Sentence) -> bool:
        """Return True for the announcement of the specialisms, and where it is repeated."""
        announced = self.headings.announcement
        if not announced:
            return False
        again = announcement_in(sentence)
        is_same = again and again.count == announced.count and set(again.names) == set(announced.names)
        return sentence == announced.sentence or bool(is_same)

    def _add(self, sentence: Sentence, statement: Statement) -> None:
        """Add the options of a statement, or the sentence as a note."""
        if statement.mentions and self.draft.specialism_loc is None:
            predicate = "stands under no specialism, so no option is made of it; it is kept as a note"
            hint = "Write it under the specialism that it is about."
            about = doubt(Code.NOT_UNDERSTOOD, 0, sentence.text, predicate, hint)
            statement = Statement(Category.UNCLEAR, statement.context, doubts=(about,))
        self._check_end(sentence, statement)
        for mention in statement.mentions:
            is_ended = sentence.plain.rstrip(")]'\" ").endswith(_ENDS)
            loc = self.draft.add_option(sentence, mention)
            self.open_end = None if is_ended or loc is None else (loc, sentence, mention)
        messages = [self.reporter.report(sentence, about) for about in statement.doubts]
        if statement.category in {Category.NOTE, Category.UNCLEAR}:
            self.draft.add_note(sentence, messages)
            self.draft.has_unready_jobs |= bool(boilerplate.SOME_ROLES.match(sentence.plain))
        if len(self.draft.notes) + len(self.reporter.placed) >= MAX_IMPORT_DOUBTS:
            message = f"{MAX_IMPORT_DOUBTS:,} sentences of this profile are notes or doubtful; the rest is not read."
            self.reporter.add(sentence.spot(), Code.NO_PROFILE, message, "Check that it is a progression profile.")
            self.is_full = True

    def _check_end(self, sentence: Sentence, statement: Statement) -> None:
        """Report the last title of a list without an end, if the line right below it is not understood."""
        passage, before = sentence.passage, self.before
        self.before = passage
        is_below = before and passage.role is Role.TEXT and sentence.start == 0 and passage.follows(before)
        if self.open_end and is_below and statement.category is Category.UNCLEAR:
            loc, end, mention = self.open_end
            self.draft.check(loc, self.reporter.report(end, ambiguities.about_end(mention)))
        if not (is_below and statement.category in _SKIPPED):
            self.open_end = None

    def _compare_specialisms(self) -> None:
        """Compare the announcement with the headings."""
        announced, titles = self.headings.announcement, self.draft.titles
        if not announced or not titles:
            return
        faults = []
        if announced.count is not None and announced.count != len(titles):
            counts = (f"{n} {'is' if n == 1 else 'are'}" for n in (announced.count, len(titles)))
            faults.append("{} announced, and {} found".format(*counts))
        if announced.names and not announced.is_covered_by(titles) and titles != announced.names:
            faults.append(f"the names announced are {_quoted(announced.names)}, and the headings are {_quoted(titles)}")
        if faults:
            message = f"The specialisms differ: {'; '.join(faults)}."
            hint = "Check in the document which is right."
            self.reporter.add(announced.sentence.spot(), Code.SPECIALISMS_DIFFER, message, hint)
            self.draft.check((), message)


def _quoted(titles: Iterable[str]) -> str:
    return "; ".join(f"“{shortened(title)}”" for title in titles)


def _known_titles(section: Section, headings: SpecialismHeadings) -> Iterable[str]:
    """Yield the titles that links, quotation marks and headings mark."""
    yield from headings.titles.values()
    if headings.announcement and headings.announcement.count == 1:
        yield from headings.announcement.names
    for passage in section.passages:
        yield from marked_titles(passage)
