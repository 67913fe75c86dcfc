"""Links that follow from the reference data: pages whose addresses hold a code, and things of the same title.

`python -m tlevel_rdf.reference.proposals data/links` writes these sets again when the tables have changed. The reason
for each predicate and confidence is in docs/linking.md.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from tlevel_rdf.profiles.titles import normalise_title, slug
from tlevel_rdf.reference.links import ENDING, Mapping
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.reference.model import JobRole, Occupation, Reference, Source, Standard

CodedRow = TypeVar("CodedRow", "Standard", "Occupation")

LICENCE: Final = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PREFIXES: Final = {
    "data": "https://w3id.org/tlevel/data/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "https://w3id.org/tlevel/id/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source": "https://w3id.org/tlevel/id/source/",
    "sssom": "https://w3id.org/sssom/",
    "web": "https://",
}
_PAGE: Final = "foaf:page"
_CLOSE: Final = "skos:closeMatch"
_NONE: Final = "sssom:NoTermFound"
_BY_PERSON: Final = "semapv:ManualMappingCuration"
_BY_TEXT: Final = "semapv:LexicalMatching"
#: The confidence in a link that the source itself states, in an address that follows the publisher's rule, and in two
#: titles that are the same.
STATED, BY_RULE, SAME_TITLE = 1.0, 0.95, 0.9
#: The beginnings of the keys of the sources that are registers of standards, and states of the occupational map.
_REGISTER, _MAP = "register-", "occupational-maps-2"
_STANDARD_PAGES: Final = {"ST": "standard", "FA": "foundation", "AU": "unit"}
#: A standard has a page once a version of it has been approved.
_PUBLISHED: Final = ("Approved for delivery", "Approved for delivery (paused for starts)", "Retired")
_OPEN: Final = _PUBLISHED[:2]


@dataclass(frozen=True)
class Proposal:
    """A set of mappings to write.

    Attributes:
        name: the name of its file without the ending.
        title: its title, of at most 65 characters, which catalogues show.
        description: how the mappings were made, and what is left out.
        target: the data set that it leads to, as a CURIE.
        prefixes: the prefixes of the set beside the usual ones.
        mappings: the mappings, in the order of their subjects.
        licence: the licence of the set.
        more: other metadata. By default, it names this program.
    """

    name: str
    title: str
    description: str
    target: str
    prefixes: dict[str, str]
    mappings: tuple[Mapping, ...]
    licence: str = LICENCE
    more: dict[str, str] = field(
        default_factory=lambda: {
            "mapping_tool": "tlevel-rdf",
            "mapping_tool_version": json.dumps(version("tlevel-rdf")),
        }
    )

    def to_text(self) -> str:
        """Return the set as SSSOM in TSV, with the columns that it uses."""
        head = {
            "sssom_version": '"1.1"',
            "mapping_set_id": f"https://w3id.org/tlevel/graph/links/{self.name}",
            "mapping_set_title": json.dumps(self.title, ensure_ascii=False),
            "mapping_set_description": json.dumps(self.description, ensure_ascii=False),
            "license": self.licence,
            "subject_source": "data:progression-profiles",
            "object_source": self.target,
            **self.more,
        }
        rows = [mapping.model_dump(mode="json", exclude_none=True) for mapping in self.mappings]
        columns = [name for name in Mapping.model_fields if any(name in row for row in rows)]
        prefixes = dict(sorted({**PREFIXES, **self.prefixes}.items()))
        curies = {mapping.mapping_source for mapping in self.mappings if mapping.mapping_source}
        parts = [curie.partition(":") for curie in sorted(curies)]
        sources = [f"{prefixes[prefix]}{local}" for prefix, _, local in parts]
        buffer = io.StringIO()
        buffer.writelines(f"#{name}: {value}\n" for name, value in head.items())
        if sources:
            buffer.write("#mapping_set_source:\n")
            buffer.writelines(f"#  - {source}\n" for source in sources)
        buffer.write("#curie_map:\n")
        buffer.writelines(f"#  {prefix}: {iri}\n" for prefix, iri in prefixes.items())
        writer = csv.DictWriter(buffer, columns, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return buffer.getvalue()


def propose(reference: Reference) -> tuple[Proposal, ...]:
    """Return the sets of links that follow from the reference data."""
    return (
        Proposal(
            "national-careers-service",
            "Jobs, and their profiles of the National Careers Service",
            "The pages of the Department for Education about T Levels link each of these jobs to a job profile. The"
            " last part of each address is kept, since the service may move.",
            "web:nationalcareers.service.gov.uk",
            {"ncs": "https://nationalcareers.service.gov.uk/job-profiles/"},
            tuple(_job_profiles(reference)),
        ),
        Proposal(
            "skills-england",
            "Standards and occupations, and their pages of Skills England",
            "The addresses hold the reference, by the rule that the register and the map print. Left out are standards"
            " without an approved version, and the pages of progression maps, which a quarter of the occupations lack.",
            "web:skillsengland.education.gov.uk",
            {
                "standard": "https://skillsengland.education.gov.uk/apprenticeships/",
                "foundation": "https://skillsengland.education.gov.uk/foundation-apprenticeships/",
                "unit": "https://skillsengland.education.gov.uk/apprenticeship-units/",
                "occupation": "https://occupational-maps.skillsengland.education.gov.uk/maps/occupation/",
            },
            (*_standard_pages(reference), *_occupation_pages(reference)),
        ),
        Proposal(
            "lars",
            "Standards, and their pages of Find apprenticeship training",
            "The address holds the LARS code. Left out are standards that are not approved for delivery: the service"
            " lists what can be started.",
            "web:findapprenticeshiptraining.apprenticeships.education.gov.uk",
            {"course": "https://findapprenticeshiptraining.apprenticeships.education.gov.uk/courses/"},
            tuple(_training_pages(reference)),
        ),
        Proposal(
            "jobs-and-occupations",
            "Jobs, and the occupations of the map with the same title",
            "Titles are compared without regard to case and spaces. A person has not reviewed them. Each job without an"
            " occupation of its title has a row as well.",
            "web:occupational-maps.skillsengland.education.gov.uk",
            {},
            tuple(_same_titles(reference)),
        ),
    )


def write(folder: Path, proposals: Sequence[Proposal]) -> None:
    """Write sets of links to a folder."""
    for proposal in proposals:
        (folder / f"{proposal.name}{ENDING}").write_text(proposal.to_text(), encoding="utf-8", newline="")


def _newest(reference: Reference, rows: Sequence[CodedRow], prefix: str) -> Iterator[tuple[CodedRow, Source]]:
    """Yield the rows of the newest of the sources whose keys begin with a text, by reference."""
    used = {row.source for row in rows}
    sources = [source for source in reference.sources if source.key in used and source.key.startswith(prefix)]
    if sources:
        newest = max(sources, key=lambda source: (source.dated or source.gathered, source.key))
        found = (row for row in rows if row.source == newest.key)
        yield from ((row, newest) for row in sorted(found, key=lambda row: row.reference))


def _mapping(subject: str, label: str | None, predicate: str, target: str, source: Source, **more: object) -> Mapping:
    return Mapping.model_validate(
        {
            "subject_id": f"id:{subject}",
            "subject_label": label,
            "predicate_id": predicate,
            "object_id": target,
            "mapping_date": source.gathered,
            "mapping_source": f"source:{source.key}",
            **more,
        }
    )


def _job_profiles(reference: Reference) -> Iterator[Mapping]:
    sources = {source.key: source for source in reference.sources}
    found: dict[tuple[str, str], JobRole] = {}
    for role in reference.job_roles:
        found.setdefault((slug(role.title), role.careers_slug), role)
    for (job, profile), role in sorted(found.items()):
        grounds = {"mapping_justification": _BY_PERSON, "confidence": STATED}
        yield _mapping(f"occupation/{job}", role.title, _PAGE, f"ncs:{profile}", sources[role.source], **grounds)


def _standard_pages(reference: Reference) -> Iterator[Mapping]:
    for row, source in _newest(reference, reference.standards, _REGISTER):
        if row.status in _PUBLISHED:
            kind = _STANDARD_PAGES[row.reference[:2]]
            name = row.reference.lower() if kind == "standard" else row.reference
            yield _page(f"standard/{row.reference}", row.title, f"{kind}:{name}", source)


def _occupation_pages(reference: Reference) -> Iterator[Mapping]:
    for row, source in _newest(reference, reference.occupations, _MAP):
        yield _page(f"occupation/{row.reference}", row.title, f"occupation:{row.reference}", source)


def _training_pages(reference: Reference) -> Iterator[Mapping]:
    for row, source in _newest(reference, reference.standards, _REGISTER):
        if row.status in _OPEN and row.lars_code:
            yield _page(f"standard/{row.reference}", row.title, f"course:{row.lars_code}", source)


def _page(subject: str, label: str | None, target: str, source: Source) -> Mapping:
    return _mapping(subject, label, _PAGE, target, source, mapping_justification=_BY_TEXT, confidence=BY_RULE)


def _same_titles(reference: Reference) -> Iterator[Mapping]:
    """Propose an occupation of the map for each job, by equal titles; one of several is half as sure."""
    occupations: defaultdict[str, dict[str, str]] = defaultdict(dict)
    newest = list(_newest(reference, reference.occupations, _MAP))
    if not newest:
        return
    source = newest[0][1]
    for row, _ in newest:
        occupations[normalise_title(row.title)][row.reference] = row.title
    for job, title in sorted(_jobs(reference).items()):
        found = occupations.get(normalise_title(title), {})
        for code, label in sorted(found.items()):
            sure = SAME_TITLE if len(found) == 1 else SAME_TITLE / 2
            yield _same_title(job, title, f"id:occupation/{code}", source, confidence=sure, object_label=label)
        if not found:
            yield _same_title(job, title, _NONE, source)


def _same_title(job: str, title: str, target: str, source: Source, **more: object) -> Mapping:
    return _mapping(f"occupation/{job}", title, _CLOSE, target, source, mapping_justification=_BY_TEXT, **more)


def _jobs(reference: Reference) -> dict[str, str]:
    """Return the slug and title of each job that the reference data names."""
    linked = (
        mapping
        for mapping_set in reference.links
        for mapping in mapping_set.mappings
        if mapping.predicate_id == "tlp:forOccupation" and mapping.object_label
    )
    titles = {mapping.object_id.rpartition("/")[2]: mapping.object_label or "" for mapping in linked}
    for role in reference.job_roles:
        titles.setdefault(slug(role.title), role.title)
    return titles


def main(arguments: Sequence[str]) -> None:
    """Write the sets that follow from the shipped reference data to the folder that the argument names."""
    reference, findings = read_reference(shipped("data") / "reference")
    for finding in findings:
        sys.stderr.write(f"{finding}\n")
    write(Path(*arguments), propose(reference))


if __name__ == "__main__":
    main(sys.argv[1:])
