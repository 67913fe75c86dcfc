"""The names and codes of the reference data that profiles refer to, for quick look-up."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.profiles.titles import normalise_title, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.reference.links import Mapping
    from tlevel_rdf.reference.model import Reference, Standard, StandardTitle, StandardVersion


_HTQ: Final = "higher technical qualification"


@dataclass(frozen=True)
class KnownTLevel:
    """A T Level of the registers.

    Attributes:
        title: its title.
        specialisms: the slug of each specialism → its title.
    """

    title: str
    specialisms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReferenceIndex:
    """Names and codes of the reference data. It consists of text and numbers only, so that it can be kept as JSON.

    Attributes:
        sources: the key of each source → its title.
        t_levels: the slug of each T Level → its names.
        jobs: the slug of each job that the reference data names → its title.
        degrees: the slug of each degree that a set of links names → its title.
        latest: the latest date that a source of the reference data gives for itself, or on which it was gathered.
        occupations: the reference of each standard → the last parts of the IRIs of its occupations.
        standard_titles: each title of a standard or of an occupation of the map → its levels.
        htq_titles: each title of a Higher Technical Qualification → its levels.
        job_titles: the titles of occupations of the map, and its typical job titles.
        standards: level → normalised title → the reference of the standard with that title, present or former, or for
            an occupation of that title.
    """

    sources: dict[str, str] = field(default_factory=dict)
    t_levels: dict[str, KnownTLevel] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)
    degrees: dict[str, str] = field(default_factory=dict)
    standards: dict[int, dict[str, str]] = field(default_factory=dict)
    occupations: dict[str, list[str]] = field(default_factory=dict)
    latest: str = ""
    standard_titles: dict[str, list[int]] = field(default_factory=dict)
    htq_titles: dict[str, list[int]] = field(default_factory=dict)
    job_titles: list[str] = field(default_factory=list)

    def standard_for(self, title: str, level: int) -> str | None:
        """Return the reference of the standard at a level with that title, present or former, or occupation."""
        return self.standards.get(level, {}).get(normalise_title(title))

    def t_level(self, title: str) -> KnownTLevel | None:
        """Return the T Level with that title, in upper or lower case."""
        wanted = normalise_title(title)
        return next((known for known in self.t_levels.values() if normalise_title(known.title) == wanted), None)


def suggest(title: str, titles: list[str]) -> str | None:
    """Return the most similar of the titles, whatever the case; None if none is similar."""
    by_form = {normalise_title(each): each for each in titles}
    near = difflib.get_close_matches(normalise_title(title), by_form, n=1)
    return by_form[near[0]] if near else None


def index(reference: Reference) -> ReferenceIndex:
    """Index the reference data."""
    return ReferenceIndex(
        {source.key: source.title for source in reference.sources},
        {
            slug(t_level.title): KnownTLevel(t_level.title, {slug(s.title): s.title for s in t_level.specialisms})
            for t_level in reference.t_levels
        },
        {
            **{mapping.object_id.rpartition("/")[2]: mapping.object_label or "" for mapping in _jobs(reference)},
            **{slug(role.title): role.title for role in reference.job_roles},
        },
        dict(_degrees(reference)),
        _index_standards(reference),
        _index_occupations(reference),
        max((day.isoformat() for s in reference.sources for day in (s.dated, s.gathered) if day), default=""),
        _levels(_standard_levels(reference)),
        _levels((row.title, row.level) for row in reference.products if row.kind == _HTQ),
        sorted({title for row in reference.occupations for title in (row.title, *row.typical_job_titles)}),
    )


def _levels(titles: Iterable[tuple[str, int | None]]) -> dict[str, list[int]]:
    """Return the levels of each title. A title without a level has none, and so no wrong one."""
    found: dict[str, set[int]] = defaultdict(set)
    for title, level in titles:
        found[title].update([level] if level else [])
    return {title: sorted(levels) for title, levels in found.items()}


def _standard_levels(reference: Reference) -> Iterator[tuple[str, int | None]]:
    """Yield each title of a standard or occupation with a level that a source states."""
    rows: tuple[Standard | StandardVersion, ...] = (*reference.standards, *reference.standard_versions)
    levels: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        levels[row.reference].update([row.level] if row.level else [])
    for code, title in _titles(reference):
        yield from ((title, level) for level in levels[code])
    for occupation in reference.occupations:
        yield occupation.title, occupation.level


def _index_occupations(reference: Reference) -> dict[str, list[str]]:
    standards = {row.reference for row in reference.standards}
    found = defaultdict(list)
    for row in reference.occupation_products:
        if row.product in standards:
            found[row.product].append(row.occupation)
    for mapping in _jobs(reference):
        found[mapping.subject_id.rpartition("/")[2]].append(mapping.object_id.rpartition("/")[2])
    return dict(found)


def _index_standards(reference: Reference) -> dict[int, dict[str, str]]:
    """Index the standards. A title of a standard wins over the title of an occupation.

    A name that two standards of one level share finds neither.
    """
    rows: tuple[Standard | StandardVersion, ...] = (*reference.standards, *reference.standard_versions)
    levels: dict[str, int] = {}
    for row in rows:
        if row.level:
            levels.setdefault(row.reference, row.level)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for names in (_titles(reference), _occupation_titles(reference)):
        claims: dict[tuple[int, str], set[str]] = defaultdict(set)
        for reference_code, title in names:
            if level := levels.get(reference_code):
                claims[level, normalise_title(title)].add(reference_code)
        for (level, title), codes in claims.items():
            if len(codes) == 1:
                found[level].setdefault(title, *codes)
    return dict(found)


def _titles(reference: Reference) -> Iterator[tuple[str, str]]:
    rows: tuple[Standard | StandardVersion | StandardTitle, ...] = (
        *reference.standards,
        *reference.standard_versions,
        *reference.standard_titles,
    )
    for row in rows:
        if row.title:
            yield row.reference, row.title


def _occupation_titles(reference: Reference) -> Iterator[tuple[str, str]]:
    titles = defaultdict(set)
    for row in reference.occupations:
        titles[row.reference].add(row.title)
    for listed in reference.occupation_products:
        for title in titles[listed.occupation]:
            yield listed.product, title
    for mapping in _jobs(reference):
        yield mapping.subject_id.rpartition("/")[2], mapping.object_label or ""


def _degrees(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the slug and the title of each degree that is linked."""
    for mapping_set in reference.links:
        for mapping in mapping_set.mappings:
            if mapping.subject_label and mapping.subject_id.startswith("id:degree/"):
                yield mapping.subject_id.rpartition("/")[2], mapping.subject_label


def _jobs(reference: Reference) -> Iterator[Mapping]:
    """Yield the mappings from a standard to the job that it is for."""
    for mapping_set in reference.links:
        yield from (each for each in mapping_set.mappings if each.predicate_id == "tlp:forOccupation")
