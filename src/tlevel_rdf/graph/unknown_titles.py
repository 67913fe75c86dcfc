"""Titles and levels of options that the registers do not have, but that are close to ones that they have.

A profile may name things that no register has, so only a likely mistake is a warning: a misspelt title, or an
apprenticeship at a level at which no standard of its title exists.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.kinds import Flag, Kind
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.reference.spelling import Speller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.profiles.model import Option, Profile
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc
    from tlevel_rdf.reference.index import ReferenceIndex

#: The register of an option with one of these flags may not have it yet, or has it at another level.
_UNSETTLED = {Flag.IN_DEVELOPMENT, Flag.UNDER_REVISION}


class TitleCheck:
    """Compares the titles of options with those of the registers.

    Args:
        reference: the reference data.
    """

    def __init__(self, reference: ReferenceIndex) -> None:
        self._reference = reference

    @cached_property
    def _standards(self) -> dict[str, set[int]]:
        return _by_form(self._reference.standard_titles)

    @cached_property
    def _htqs(self) -> dict[str, set[int]]:
        return _by_form(self._reference.htq_titles)

    @cached_property
    def _technical(self) -> Speller:
        titles = [*self._reference.standard_titles, *self._reference.htq_titles]
        return Speller(titles, self._reference.job_titles)

    @cached_property
    def _jobs(self) -> Speller:
        titles = [*self._reference.job_titles, *self._reference.jobs.values()]
        return Speller(titles, self._reference.standard_titles)

    def find(self, loaded: Loaded[Profile]) -> Iterator[Finding]:
        """Find the titles and levels of a profile that are likely mistakes."""
        for number, specialism in enumerate(loaded.value.specialisms):
            for mode, index, option in specialism.options():
                loc = ("specialisms", number, mode, index)
                if option.kind is Kind.OCCUPATION:
                    yield from self._check_job(loaded, option, loc)
                elif option.level_number is not None:
                    yield from self._check_technical(loaded, option, option.level_number, loc)

    def _check_job(self, loaded: Loaded[Profile], option: Option, loc: Loc) -> Iterator[Finding]:
        if normalise_title(option.title) in self._jobs.forms:
            return
        if near := self._jobs.suggest(option.title):
            message = f"The registers have no occupation {option.title!r}."
            yield _finding(loaded, Code.SIMILAR_TITLE, message, near, (*loc, option.kind.value))

    def _check_technical(self, loaded: Loaded[Profile], option: Option, level: int, loc: Loc) -> Iterator[Finding]:
        form, kind = normalise_title(option.title), option.kind
        # An HTQ often has the title of an occupation at whose standard's level it is not.
        known = self._standards if kind is Kind.APPRENTICESHIP else self._htqs
        if levels := known.get(form):
            if level not in levels and not _UNSETTLED.intersection(option.flags):
                listed = " and ".join(map(str, sorted(levels)))
                message = f"The registers have {option.title!r} at level {listed}, and not at level {level}."
                hint = "Compare the level with the document. If the document has it, leave it as it is."
                yield loaded.finding(Code.OTHER_LEVEL, Severity.WARNING, message, (*loc, "level"), hint=hint)
            return
        if form in self._technical.forms:
            return
        likely = {title for title, levels in self._standards.items() if level in levels}
        if near := self._technical.suggest(option.title, likely):
            message = f"The registers have no {kind} {option.title!r}."
            yield _finding(loaded, Code.SIMILAR_TITLE, message, near, (*loc, kind.value))


def _by_form(titles: Mapping[str, list[int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for title, levels in titles.items():
        found.setdefault(normalise_title(title), set()).update(levels)
    return found


def _finding(loaded: Loaded[Profile], code: Code, message: str, near: str, loc: Loc) -> Finding:
    hint = f"Did you mean {near!r}? If the document has the title as it is here, leave it."
    return loaded.finding(code, Severity.WARNING, message, loc, hint=hint)
