"""Occupational standards and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.model import Occupation, Reference, Standard, StandardVersion


def describe_standards(reference: Reference, writer: Writer) -> None:
    """Describe each standard and version, as each source states it."""
    for standard in reference.standards:
        _describe_standard(standard, writer)
    for other in reference.standard_titles:
        writer.title(writer.ids.standard(other.reference), other.title, [other.source])
    for version in reference.standard_versions:
        _describe_version(version, writer)


def _describe_standard(standard: Standard, writer: Writer) -> None:
    node, source = writer.ids.standard(standard.reference), standard.source
    writer.add(node, terms.TYPE, terms.OCCUPATIONAL_STANDARD)
    writer.title(node, standard.title or standard.reference, [source])
    writer.add(node, terms.STANDARD_REFERENCE, standard.reference, source)
    writer.level(node, standard.level, source)
    for route in standard.route:
        writer.add(node, terms.IN_ROUTE, writer.ids.route(route), source)
    writer.add(node, terms.VERSION_NUMBER, standard.version, source)
    writer.add(node, terms.LARS_STANDARD_CODE, standard.lars_code, source)
    writer.date(node, terms.REVISED_FROM, standard.revised_from, source)
    writer.add(node, terms.REVISED_FROM_TEXT, standard.revised_from_text, source)
    describe_state(node, standard, writer)


def _describe_version(version: StandardVersion, writer: Writer) -> None:
    node, source = writer.ids.standard_version(version.reference, version.version), version.source
    standard = writer.ids.standard(version.reference)
    writer.add(node, terms.TYPE, terms.STANDARD_VERSION)
    label = english(f"{version.title or version.reference}, version {version.version}")
    writer.add(node, terms.PREF_LABEL, label, source)
    writer.add(node, terms.VERSION_OF, standard, source)
    writer.add(node, terms.VERSION_NUMBER, version.version, source)
    writer.level(node, version.level, source)
    # A LARS code stays when the version changes, so it is a code of the standard.
    writer.add(standard, terms.LARS_STANDARD_CODE, version.lars_code, source)
    describe_state(node, version, writer)


def describe_state(node: NamedNode, row: Standard | StandardVersion | Occupation, writer: Writer) -> None:
    """Describe the status of a thing in its register, and the dates of its approval and end."""
    writer.add(node, terms.REGISTER_STATUS_PROPERTY, row.status and terms.REGISTER_STATUS_OF[row.status], row.source)
    for name, prop in (
        ("approved", terms.APPROVED_ON),
        ("retired", terms.RETIRED_ON),
        ("withdrawn", terms.WITHDRAWN_ON),
    ):
        writer.date(node, prop, getattr(row, name, None), row.source)
