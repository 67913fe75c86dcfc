"""Links between things, as sets of SSSOM mappings (https://mapping-commons.github.io/sssom/): `*.sssom.tsv`.

The lines before the header begin with `#` and hold the metadata of the set, in YAML. docs/linking.md explains the
predicates and justifications.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, Field, StrictStr

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import yaml_reader
from tlevel_rdf.profiles.model import Day, StrictModel, Text
from tlevel_rdf.reference.tables import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENDING: Final = ".sssom.tsv"
#: The object of a mapping that records a look-up without a result.
NO_TERM_FOUND: Final = "https://w3id.org/sssom/NoTermFound"
SAME_AS: Final = "http://www.w3.org/2002/07/owl#sameAs"
EXACT_MATCH: Final = "http://www.w3.org/2004/02/skos/core#exactMatch"
_SEMAPV: Final = "https://w3id.org/semapv/vocab/"
#: The justifications that SSSOM allows: those of a person, and those of a program.
_BY_PEOPLE: Final = ("ManualMappingCuration", "MappingReview")
_BY_PROGRAMS: Final = (
    "LexicalMatching", "LexicalSimilarityThresholdMatching", "SemanticSimilarityThresholdMatching", "LogicalReasoning",
    "CompositeMatching", "MappingChaining", "MappingInversion", "StructuralMatching", "InstanceBasedMatching",
    "BackgroundKnowledgeBasedMatching", "UnspecifiedMatching",
)  # fmt: skip
JUSTIFICATIONS: Final = frozenset(f"{_SEMAPV}{name}" for name in (*_BY_PEOPLE, *_BY_PROGRAMS))
_AUTOMATIC: Final = frozenset(f"{_SEMAPV}{name}" for name in _BY_PROGRAMS)
_ADDRESS: Final = re.compile(r"https?://[!#-;=?-\[\]_a-z~]*")


def _to_decimal(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    try:
        return float(cell)
    except ValueError:
        return cell


#: The columns that hold CURIEs.
_CURIES: Final = (
    "subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source", "author_id", "reviewer_id",
    "subject_match_field", "object_match_field",
)  # fmt: skip
_CURIE: Final = re.compile(r"^[a-z0-9_]+:[!#-;=?-\[\]_a-z~]+$")
#: A prefix of the set, a colon, and the rest of an IRI.
Curie = Annotated[StrictStr, Field(pattern=_CURIE.pattern)]
Share = Annotated[float, BeforeValidator(_to_decimal), Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


class Mapping(StrictModel):
    """A row of a set of mappings. The names are those of SSSOM."""

    subject_id: Curie
    subject_label: Text | None = None
    predicate_id: Curie
    object_id: Curie
    object_label: Text | None = None
    mapping_justification: Curie
    mapping_date: Day
    confidence: Share | None = None
    mapping_source: Curie | None = None
    mapping_tool: Text | None = None
    mapping_tool_version: Text | None = None
    author_id: Curie | None = None
    author_label: Text | None = None
    reviewer_id: Curie | None = None
    reviewer_label: Text | None = None
    subject_match_field: Curie | None = None
    object_match_field: Curie | None = None
    match_string: Text | None = None
    similarity_score: Share | None = None
    similarity_measure: Text | None = None
    comment: Text | None = None


@dataclass(frozen=True)
class MappingSet:
    """A set of mappings.

    Attributes:
        name: the name of its file without the ending, and of its graph.
        metadata: the metadata of the set, by the names of SSSOM.
        mappings: the mappings.
        table: the file that it was read from.
    """

    name: str
    metadata: dict[str, Any] = field(hash=False)
    mappings: tuple[Mapping, ...]
    table: Table[Mapping] = field(repr=False, compare=False)

    def slot(self, name: str) -> list[str]:
        """Return the values of a slot of the metadata, which has none, one or a list of them."""
        return _listed(self.metadata.get(name))

    def expand(self, curie: str) -> str:
        """Return the IRI of a CURIE, by the prefixes of the set."""
        return _expand(curie, self.prefixes)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix → the beginning of the IRIs."""
        return dict(self.metadata["curie_map"])


def _listed(value: object) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [] if value is None else [value])]


def _expand(curie: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = curie.partition(":")
    return f"{prefixes[prefix]}{local}"


def read_links(folder: Path) -> tuple[tuple[MappingSet, ...], list[Finding]]:
    """Read the sets of mappings of a folder, in the order of their names. Without the folder there are none.

    Returns:
        The sets without violations; and all findings.
    """
    return read_link_files(sorted(folder.glob(f"*{ENDING}")))


def read_link_files(paths: Iterable[Path]) -> tuple[tuple[MappingSet, ...], list[Finding]]:
    """Read sets of mappings.

    Returns:
        The sets without violations; and all findings.
    """
    sets, findings = [], []
    for path in paths:
        table, found = read_table(path, Mapping)
        if table is not None:
            metadata, more = _read_metadata(table)
            more = more or list(_check_rows(table, metadata["curie_map"]))
            found += more
            if not more:
                sets.append(MappingSet(path.name.removesuffix(ENDING), metadata, table.rows, table))
        findings += found
    return tuple(sets), findings


def _read_metadata(table: Table[Mapping]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the metadata of a set, and what is wrong with it."""
    lines = table.text.splitlines()[: table.header_line - 1]
    # A space for each `#` keeps the columns of findings.
    text = "\n".join(line.replace("#", " ", 1) for line in lines)
    try:
        metadata = yaml_reader.parse(text.encode(), table.file).value if lines else {}
    except yaml_reader.YamlError as error:
        return {}, error.findings
    found = metadata if isinstance(metadata, dict) else {}
    for key, content in _unsuitable(found):
        message, hint = f"The set has no {key!r}.", f"Begin the file with '#{key}:' and {content}."
        return {}, [Finding(Code.MISSING, Severity.VIOLATION, message, table.file, 1, 1, hint=hint)]
    return found, []


def _unsuitable(metadata: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each slot of the metadata that is missing or unsuitable, and what to write there."""
    if not isinstance(metadata.get("mapping_set_title"), str):
        yield "mapping_set_title", "a title"
    if not _are_prefixes(metadata.get("curie_map")):
        yield "curie_map", "a line with the address of each prefix"
    for name in ("mapping_set_id", "license"):
        if not _is_address(metadata.get(name)):
            yield name, "an address"
    if not all(map(_is_address, _listed(metadata.get("mapping_set_source")))):
        yield "mapping_set_source", "a list of addresses"
    for name in ("subject_source", "object_source"):
        for curie in _listed(metadata.get(name)):
            if not (_CURIE.match(curie) and curie.partition(":")[0] in metadata["curie_map"]):
                yield name, "a declared prefix, a colon and a name"


def _are_prefixes(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_address, value.values()))


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def _check_rows(table: Table[Mapping], prefixes: dict[str, str]) -> Iterator[Finding]:
    """Check each mapping by itself, and that no two are the same."""
    first: dict[tuple[str, ...], int] = {}
    today = dt.datetime.now(tz=dt.UTC).date()
    for number, row in enumerate(table.rows):
        undeclared = [
            column for column in _CURIES if (curie := getattr(row, column)) and curie.partition(":")[0] not in prefixes
        ]
        for column in undeclared:
            message = f"The prefix {getattr(row, column).partition(':')[0]!r} is not declared."
            hint = "Add it under '#curie_map:' at the top of the file."
            yield table.finding(Code.UNKNOWN_REFERENCE, Severity.VIOLATION, message, (number, column), hint=hint)
        if undeclared:
            continue
        for column, message, hint in _faults(row, prefixes, today):
            yield table.finding(Code.BAD_VALUE, Severity.VIOLATION, message, (number, column), hint=hint)
        link = tuple(_expand(curie, prefixes) for curie in (row.subject_id, row.predicate_id, row.object_id))
        if (earlier := first.setdefault(link, number)) != number:
            message = f"The mapping repeats that of line {table.lines[earlier]}."
            yield table.finding(Code.DUPLICATE, Severity.VIOLATION, message, (number,), hint="Keep one of them.")


def _faults(row: Mapping, prefixes: dict[str, str], today: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield the column, message and hint of each fault of a row whose prefixes are declared."""
    predicate, justification = (_expand(curie, prefixes) for curie in (row.predicate_id, row.mapping_justification))
    if justification not in JUSTIFICATIONS:
        message = f"{row.mapping_justification!r} is not a justification."
        yield "mapping_justification", message, f"Use one of semapv: {', '.join((*_BY_PEOPLE, *_BY_PROGRAMS))}."
    if predicate == SAME_AS:
        message = "owl:sameAs would merge the two things."
        yield "predicate_id", message, "Use skos:exactMatch, skos:closeMatch or foaf:page."
    if predicate == EXACT_MATCH and justification in _AUTOMATIC and not (row.reviewer_id or row.reviewer_label):
        message = "A program found this exact match, and nobody has reviewed it."
        yield "predicate_id", message, "Use skos:closeMatch, or name the person who reviewed it in 'reviewer_label'."
    if row.mapping_date > today:
        yield "mapping_date", f"The date {row.mapping_date} is in the future.", "Write the day of the mapping."
