"""Links between things, as sets of SSSOM mappings (https://mapping-commons.github.io/sssom/): `*.sssom.tsv`.

The lines before the header begin with `#` and hold the metadata of the set, in YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field, StrictStr

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import yaml_reader
from tlevel_rdf.profiles.model import Day, StrictModel, Text
from tlevel_rdf.reference.tables import Table, read_table

if TYPE_CHECKING:
    from pathlib import Path

ENDING: Final = ".sssom.tsv"
Curie = Annotated[StrictStr, Field(pattern=r"^[a-z0-9_]+:[!-~]+$")]


class Mapping(StrictModel):
    """A row of a set of mappings. The names are those of SSSOM."""

    subject_id: Curie
    subject_label: Text | None = None
    predicate_id: Curie
    object_id: Curie
    object_label: Text | None = None
    mapping_justification: Curie
    mapping_date: Day
    comment: Text | None = None


@dataclass(frozen=True)
class MappingSet:
    """A set of mappings.

    Attributes:
        name: the name of its file without the ending, and of its graph.
        metadata: the metadata of the set, by the names of SSSOM.
        mappings: the mappings.
    """

    name: str
    metadata: dict[str, Any] = field(hash=False)
    mappings: tuple[Mapping, ...]

    def expand(self, curie: str) -> str:
        """Return the IRI of a CURIE, by the prefixes of the set."""
        prefix, _, local = curie.partition(":")
        return f"{self.metadata['curie_map'][prefix]}{local}"


def read_links(folder: Path) -> tuple[tuple[MappingSet, ...], list[Finding]]:
    """Read the sets of mappings of a folder, in the order of their names. Without the folder there are none.

    Returns:
        The sets without violations; and all findings.
    """
    sets, findings = [], []
    for path in sorted(folder.glob(f"*{ENDING}")):
        table, found = read_table(path, Mapping)
        if table is not None:
            metadata, more = _read_metadata(table)
            found += more
            if not more:
                sets.append(MappingSet(path.name.removesuffix(ENDING), metadata, table.rows))
        findings += found
    return tuple(sets), findings


def _read_metadata(table: Table[Mapping]) -> tuple[dict[str, Any], list[Finding]]:
    lines = table.text.splitlines()[: table.header_line - 1]
    text = "\n".join(line.removeprefix("#") for line in lines)
    try:
        metadata = yaml_reader.parse(text.encode(), table.file).value if lines else {}
    except yaml_reader.YamlError as error:
        return {}, error.findings
    found = metadata if isinstance(metadata, dict) else {}
    for key, is_sound, content in (
        ("mapping_set_title", isinstance(found.get("mapping_set_title"), str), "a title"),
        ("curie_map", _are_prefixes(found.get("curie_map")), "a line with the address of each prefix"),
    ):
        if not is_sound:
            message, hint = f"The set has no {key!r}.", f"Begin the file with '#{key}:' and {content}."
            return {}, [Finding(Code.MISSING, Severity.VIOLATION, message, table.file, 1, 1, hint=hint)]
    return found, [
        table.finding(
            Code.UNKNOWN_REFERENCE,
            Severity.VIOLATION,
            f"The prefix {curie.partition(':')[0]!r} is not declared.",
            (number, column),
            hint="Add it under '#curie_map:' at the top of the file.",
        )
        for number, row in enumerate(table.rows)
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification")
        if (curie := getattr(row, column)).partition(":")[0] not in found["curie_map"]
    ]


def _are_prefixes(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(address, str) and re.match("https?://", address) for address in value.values()
    )
