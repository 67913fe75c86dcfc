"""All IRIs that the package mints.

The kind and the title of a thing make its IRI. Standards, and the things of the occupational map, have no title that
stays, so their codes make theirs. Rule R24 checks the patterns of the IRIs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    import datetime as dt

    from tlevel_rdf.profiles.model import Placed


_PLACE: Final = re.compile(r"#(?:line=\d+,(\d+)|paragraph=(\d+)|page=(\d+)(?:&line=(\d+))?)$")


def place_in_words(iri: str) -> str:
    """Return the place in a document that an IRI of `Identifiers.place` names, in words; empty if it names none.

    >>> place_in_words("https://e.org/id/source/a#line=20,21")
    'line 21'
    >>> place_in_words("https://e.org/id/source/a#page=3&line=4")
    'page 3, line 4'
    """
    found = _PLACE.search(iri)
    if found is None:
        return ""
    line, paragraph, page, line_of_page = found.groups()
    parts = {"page": page, "paragraph": paragraph, "line": line or line_of_page}
    return ", ".join(f"{name} {number}" for name, number in parts.items() if number)


_SEGMENT: Final = {
    Kind.APPRENTICESHIP: "apprenticeship",
    Kind.HTQ: "htq",
    Kind.DEGREE: "degree",
    Kind.OCCUPATION: "occupation",
}


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The IRIs under one base.

    Args:
        base: an absolute IRI that ends in a slash.
    """

    base: str

    def t_level(self, key: str) -> NamedNode:
        """Return the IRI of a T Level."""
        return NamedNode(f"{self.base}id/t-level/{key}")

    def qualification(self, number: str) -> NamedNode:
        """Return the IRI of a technical qualification, from its number on Ofqual's register.

        >>> Identifiers("https://e.org/").qualification("603/7083/X").value
        'https://e.org/id/qualification/603-7083-x'
        """
        return NamedNode(f"{self.base}id/qualification/{slug(number)}")

    def organisation(self, key: str) -> NamedNode:
        """Return the IRI of an awarding organisation."""
        return NamedNode(f"{self.base}id/organisation/{key}")

    def profile(self, t_level: str) -> NamedNode:
        """Return the IRI of the profile of a T Level."""
        return NamedNode(f"{self.base}id/profile/{t_level}")

    def specialism(self, t_level: str, key: str) -> NamedNode:
        """Return the IRI of a specialism of a T Level."""
        return NamedNode(f"{self.base}id/specialism/{t_level}/{key}")

    def option(self, t_level: str, specialism: str, kind: Kind, level: int | None, key: str) -> NamedNode:
        """Return the IRI of an option of a specialism."""
        return NamedNode(f"{self.base}id/option/{t_level}/{specialism}/{_kind_path(kind, level, key)}")

    def destination(self, kind: Kind, level: int | None, key: str) -> NamedNode:
        """Return the IRI of a destination: its kind, its level if profiles print one, and the slug of its title."""
        return NamedNode(f"{self.base}id/{_kind_path(kind, level, key)}")

    def t_level_option(self, t_level: str, kind: Kind, level: int | None, key: str) -> NamedNode:
        """Return the IRI of an option of a whole T Level."""
        return NamedNode(f"{self.base}id/option/{t_level}/t-level/{_kind_path(kind, level, key)}")

    def standard(self, reference: str) -> NamedNode:
        """Return the IRI of an occupational standard, from its reference, such as ST0774."""
        return NamedNode(f"{self.base}id/standard/{reference}")

    def standard_version(self, reference: str, version: str) -> NamedNode:
        """Return the IRI of a version of a standard."""
        return NamedNode(f"{self.base}id/standard/{reference}/{version}")

    def map_occupation(self, reference: str) -> NamedNode:
        """Return the IRI of an occupation of the occupational map, from its reference, such as OCC0774."""
        return NamedNode(f"{self.base}id/occupation/{reference}")

    def product(self, code: str) -> NamedNode:
        """Return the IRI of a product of the occupational map."""
        return NamedNode(f"{self.base}id/product/{code}")

    def learning_aim(self, reference: str) -> NamedNode:
        """Return the IRI of a learning aim."""
        return NamedNode(f"{self.base}id/learning-aim/{reference}")

    def subject_page(self, t_level: str) -> NamedNode:
        """Return the IRI of the department's page about a T Level."""
        return NamedNode(f"{self.base}id/subject-page/{t_level}")

    def area(self, kind: str, key: str) -> NamedNode:
        """Return the IRI of a route, pathway or cluster."""
        return NamedNode(f"{self.base}id/{kind}/{key}")

    def note(self, t_level: str, key: str) -> NamedNode:
        """Return the IRI of a note of the profile of a T Level."""
        return NamedNode(f"{self.base}id/note/{t_level}/{key}")

    def route(self, key: str) -> NamedNode:
        """Return the IRI of a route."""
        return self.area("route", key)

    def source(self, key: str) -> NamedNode:
        """Return the IRI of a source document or page."""
        return NamedNode(f"{self.base}id/source/{key}")

    @staticmethod
    def place(source: NamedNode, placed: Placed) -> NamedNode:
        """Return the IRI of a place in a source, or of the source if the place is not known.

        A line of a text is a fragment by RFC 5147 (section 2.1.2), which counts the gaps between lines from 0. A page
        of a PDF is a fragment by RFC 8118 (section 3). The line of a page and the paragraph of a DOCX document are
        fragments of our own.

        >>> from tlevel_rdf.profiles.model import Placed
        >>> ids = Identifiers("https://e.org/")
        >>> ids.place(ids.source("a"), Placed(line=21)).value
        'https://e.org/id/source/a#line=20,21'
        """
        if placed.pdf_page:
            fragment = f"#page={placed.pdf_page}" + (f"&line={placed.line}" if placed.line else "")
        elif placed.paragraph:
            fragment = f"#paragraph={placed.paragraph}"
        else:
            fragment = f"#line={placed.line - 1},{placed.line}" if placed.line else ""
        return NamedNode(source.value + fragment)

    def checksum(self, source: NamedNode) -> NamedNode:
        """Return the IRI of the checksum of a source document."""
        return NamedNode(f"{source.value}#sha256")

    def dataset(self) -> NamedNode:
        """Return the IRI of the data set, which covers all versions."""
        return NamedNode(f"{self.base}data/progression-profiles")

    def version(self, date: dt.date) -> NamedNode:
        """Return the IRI of the version of the data set that was released on a day."""
        return NamedNode(f"{self.base}data/progression-profiles/{date.isoformat()}")

    def run(self, date: dt.date) -> NamedNode:
        """Return the IRI of the run that made that version."""
        return NamedNode(f"{self.version(date).value}#run")

    def rights(self) -> NamedNode:
        """Return the IRI of the statement of rights of the data set: the attribution that its licence requires."""
        return NamedNode(f"{self.dataset().value}#rights")

    def publisher(self) -> NamedNode:
        """Return the IRI of the publisher of the data set."""
        return NamedNode(f"{self.dataset().value}#publisher")

    def graph(self, name: str) -> NamedNode:
        """Return the IRI of a named graph: reference, links, inferred, vocabulary or catalogue."""
        return NamedNode(f"{self.base}graph/{name}")

    def profile_graph(self, t_level: str) -> NamedNode:
        """Return the graph of the statements of one profile."""
        return self.graph(f"profile/{t_level}")

    def subject_page_graph(self, t_level: str) -> NamedNode:
        """Return the graph of the statements of one page about a T Level."""
        return self.graph(f"subject-page/{t_level}")

    def links_graph(self, name: str) -> NamedNode:
        """Return the graph of one set of links."""
        return self.graph(f"links/{name}")

    def reference_graph(self, source: str) -> NamedNode:
        """Return the graph of the statements of one reference source."""
        return self.graph(f"reference/{source}")

    @staticmethod
    def occupation_group(code: str) -> NamedNode:
        """Return our IRI of a unit group of SOC 2020. No official IRI exists."""
        return NamedNode(f"{terms.SOC2020}#{code}")


def _kind_path(kind: Kind, level: int | None, key: str) -> str:
    segment = _SEGMENT[kind]
    return f"{segment}/{key}" if level is None else f"{segment}/level-{level}/{key}"
