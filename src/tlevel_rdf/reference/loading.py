"""The reference data, read from a folder and checked across its files."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity, violations
from tlevel_rdf.profiles.model import StrictModel
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.profiles.validation import read
from tlevel_rdf.reference import model
from tlevel_rdf.reference.links import read_links
from tlevel_rdf.reference.model import Cited, Reference, Row, TLevelList
from tlevel_rdf.reference.tables import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc
    from tlevel_rdf.reference.links import MappingSet

#: A name and the path of the value that holds it.
NameAt = tuple[str, "Loc"]


@dataclass(frozen=True)
class TableFormat:
    """A table of the reference data.

    Attributes:
        row: the model of its rows.
        unique: the columns that together tell a row from all others of the table.
        refers: each column that names a thing of another file, and the kind of that thing.
        is_optional: True if complete reference data may lack the file.
    """

    row: type[Row]
    unique: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    is_optional: bool = False


_OCCUPATION: Final = "occupation"
_STANDARD: Final = "standard"
_PRODUCT: Final = "standard or product"
#: Each table, by the name of its field in `Reference`; its file has hyphens for underscores.
TABLES: Final[Mapping[str, TableFormat]] = {
    "sources": TableFormat(model.Source, ("key",)),
    "areas": TableFormat(model.Area, ("kind", "key", "source")),
    "standards": TableFormat(model.Standard, ("reference", "source"), {"route": "route"}),
    "standard_versions": TableFormat(
        model.StandardVersion, ("reference", "version", "source"), {"reference": _STANDARD}
    ),
    "standard_titles": TableFormat(model.StandardTitle, ("reference", "title", "source"), {"reference": _STANDARD}),
    "occupation_groups": TableFormat(model.OccupationGroup, ("code", "source")),
    "occupations": TableFormat(
        model.Occupation,
        ("reference", "source"),
        {"route": "route", "pathway": "pathway", "cluster": "cluster", "soc 2020": "occupation group"},
    ),
    "products": TableFormat(model.Product, ("code", "source")),
    "occupation_products": TableFormat(
        model.OccupationProduct,
        ("occupation", "product", "source"),
        {"occupation": _OCCUPATION, "product": _PRODUCT},
    ),
    "t_level_products": TableFormat(
        model.TLevelProduct,
        ("product", "t level", "specialism", "source"),
        {"product": _PRODUCT, "t level": "T Level"},
    ),
    "map_edges": TableFormat(model.MapEdge, ("from", "to", "source"), {"from": _OCCUPATION, "to": _OCCUPATION}),
    "shown_together": TableFormat(
        model.ShownTogether,
        ("occupation", "shown with", "source"),
        {"occupation": _OCCUPATION, "shown with": _OCCUPATION},
    ),
    "job_roles": TableFormat(model.JobRole, ("t level", "title", "source"), {"t level": "T Level"}),
    "updates": TableFormat(model.Update, ("date", "source", "sha 256"), is_optional=True),
}
T_LEVELS_FILE: Final = "t-levels.yaml"
#: The endings of tables, of lists and of spreadsheets.
_TABLE_ENDINGS: Final = frozenset({".csv", ".tsv", ".yaml", ".yml", ".xlsx", ".xls", ".ods"})


def file_of(table: str) -> str:
    """Return the name of the file of a table.

    >>> file_of("occupation_groups")
    'soc-2020.csv'
    """
    return "soc-2020.csv" if table == "occupation_groups" else f"{table.replace('_', '-')}.csv"


class _File(Protocol):
    """A file whose findings have a place."""

    def finding(self, code: str, severity: Severity, message: str, loc: Loc, *, hint: str) -> Finding: ...


@dataclass
class _Files:
    """The files of all folders.

    Attributes:
        tables: the name of each table → the files that have rows of it.
        t_levels: the files of T Levels.
        links: the sets of links.
        findings: what was found in them.
    """

    tables: dict[str, list[Table[Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    t_levels: list[Loaded[TLevelList]] = field(default_factory=list)
    links: list[MappingSet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, folder: Path, *, is_complete: bool) -> None:
        """Read the files of a folder; a folder that is not complete adds to another and may have some of them."""
        self.findings += _unknown_files(folder)
        for name, table_format in TABLES.items():
            path = folder / file_of(name)
            if (is_complete and not table_format.is_optional) or path.exists():
                table, found = read_table(path, table_format.row)
                self.findings += found
                self.tables[name] += [_without_known(table, self.rows(name))] if table else []
        path = folder / T_LEVELS_FILE
        if is_complete or path.exists():
            result = read([path], TLevelList)
            self.findings += result.findings
            known_lists = [loaded.value for loaded in self.t_levels]
            self.t_levels += [loaded for loaded in result.loaded if loaded.value not in known_lists]
        links, found = read_links(folder.parent / "links")
        self.links += [each for each in links if each not in self.links]
        self.findings += found

    def rows(self, name: str) -> tuple[Any, ...]:
        return tuple(row for table in self.tables[name] for row in table.rows)


def _unknown_files(folder: Path) -> Iterator[Finding]:
    """Report each file of a folder that looks like reference data, but has a name that is not read."""
    known = [*map(file_of, TABLES), T_LEVELS_FILE]
    for path in sorted(folder.glob("[!.]*.*")):
        if path.suffix.lower() in _TABLE_ENDINGS and path.name not in known:
            near = difflib.get_close_matches(path.name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Use these names, or move the file: {', '.join(known)}."
            message = "No file of reference data has this name."
            yield Finding(Code.UNKNOWN_KEY, Severity.VIOLATION, message, str(path), hint=hint)


def _without_known(table: Table[Any], rows: Iterable[Row]) -> Table[Any]:
    """Return a table without the rows that earlier folders have too, as where one of them is a copy of the other."""
    known = set(rows)
    kept = [number for number, row in enumerate(table.rows) if row not in known]
    return replace(table, rows=tuple(table.rows[n] for n in kept), lines=tuple(table.lines[n] for n in kept))


def read_reference(folder: Path, *more: Path) -> tuple[Reference, list[Finding]]:
    """Read the reference data.

    Args:
        folder: has `t-levels.yaml` and all tables; the folder `links` beside it has the links.
        more: folders that add to it. Each has any of the files. A row that an earlier folder has too counts once.

    Returns:
        The reference data, empty if a file has a violation; and all findings.
    """
    files = _Files()
    files.read(folder, is_complete=True)
    for another in more:
        files.read(another, is_complete=False)
    if not violations(files.findings):
        files.findings += _check_names(files)
    if violations(files.findings):
        return Reference(), files.findings
    t_levels = tuple(t_level for loaded in files.t_levels for t_level in loaded.value.t_levels)
    rows: dict[str, Any] = {name: files.rows(name) for name in TABLES}
    return Reference(**rows, t_levels=t_levels, links=tuple(files.links)), files.findings


def _check_names(files: _Files) -> list[Finding]:
    """Check that each row and name is there once, and that each reference is to a defined name."""
    check = _NameCheck()
    known = _defined(files)
    known["T Level"] = check.define("T Level", files.t_levels, "t levels.*.title")
    known["qualification"] = check.define("qualification", files.t_levels, "t levels.*.qualifications.*.number")
    for name, table_format in TABLES.items():
        check.refuse_repeated(files.tables[name], table_format.unique)
        has_source = "source" in table_format.row.model_fields
        for column, noun in (*table_format.refers.items(), *([("source", "source")] if has_source else [])):
            for table in files.tables[name]:
                check.refer(noun, known[noun], table, _cells(table, column))
    for table in files.tables["areas"]:
        for kind, wider in model.WIDER_AREAS.items():
            check.refer(wider, known[wider], table, _within(table, kind))
    for loaded in files.t_levels:
        check.refer("source", known["source"], loaded, _citations(loaded.value))
        for path, noun in _NAMED_BY_T_LEVELS.items():
            check.refer(noun, known[noun], loaded, _find(loaded.value, path))
    specialisms = {
        (normalise_title(t_level.title), normalise_title(specialism.title))
        for loaded in files.t_levels
        for t_level in loaded.value.t_levels
        for specialism in t_level.specialisms
    }
    for table in files.tables["t_level_products"]:
        check.refer_specialisms(specialisms, table)
    check.refuse_repeated_sets(files.links)
    return check.findings


#: The paths of the names in `t-levels.yaml`, with the kind of thing that each names.
_NAMED_BY_T_LEVELS: Final = {
    "t levels.*.route": "route",
    "t levels.*.replaced by": "T Level",
    "t levels.*.partly replaced by.*.title": "T Level",
    "t levels.*.specialisms.*.learning aims.*.qualification": "qualification",
}


def _defined(files: _Files) -> dict[str, set[str]]:
    """Return the names of the things of each kind that the tables define."""
    areas = files.rows("areas")
    known = {kind: {row.key for row in areas if row.kind == kind} for kind in ("route", "pathway", "cluster")}
    known["source"] = {row.key for row in files.rows("sources")}
    known["occupation group"] = {row.code for row in files.rows("occupation_groups")}
    known[_OCCUPATION] = {row.reference for row in files.rows("occupations")}
    known[_STANDARD] = {row.reference for row in files.rows("standards")}
    known[_PRODUCT] = known[_STANDARD] | {row.code for row in files.rows("products")}
    return known


def _cells(table: Table[Any], column: str) -> Iterator[NameAt]:
    for number, row in enumerate(table.rows):
        value = getattr(row, _attribute(column))
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None:
                yield one, (number, column)


def _within(table: Table[Any], kind: str) -> Iterator[NameAt]:
    """Find what the areas of a kind are within."""
    for number, row in enumerate(table.rows):
        if row.kind == kind and row.within:
            yield row.within, (number, "within")


def _attribute(column: str) -> str:
    """Return the name of the attribute of a row that holds a column. `from` is a word of Python."""
    return "from_" if column == "from" else column.replace(" ", "_")


@dataclass
class _NameCheck:
    findings: list[Finding] = field(default_factory=list)

    def refuse_repeated(self, tables: Iterable[Table[Any]], columns: Sequence[str]) -> None:
        """Report each row that has the same values in these columns as an earlier row."""
        names = list(map(_attribute, columns))
        seen: dict[tuple[object, ...], tuple[Table[Any], int]] = {}
        for table in tables:
            for number, row in enumerate(table.rows):
                first, at = seen.setdefault(tuple(getattr(row, name) for name in names), (table, number))
                if (first, at) != (table, number):
                    message = f"The row repeats that of {first.file}, line {first.lines[at]}."
                    self._report(table, (number, columns[0]), Code.DUPLICATE, message, "Keep one of them.")

    def refuse_repeated_sets(self, sets: Iterable[MappingSet]) -> None:
        """Report each set of links with the name of an earlier one, with which it would share a graph."""
        seen: dict[str, MappingSet] = {}
        for links in sets:
            if (first := seen.setdefault(links.name, links)) is not links:
                message = f"The set has the name of {first.table.file}."
                self._report(links.table, (0,), Code.DUPLICATE, message, "Give the file another name.")

    def define(self, noun: str, files: Iterable[Loaded[Any]], path: str) -> set[str]:
        """Return the names at a path of files, and report each that is defined again."""
        known: set[str] = set()
        for loaded in files:
            for name, loc in _find(loaded.value, path):
                if name in known:
                    self._report(loaded, loc, Code.DUPLICATE, f"The {noun} {name!r} is repeated.", "Keep one of them.")
                known.add(name)
        return known

    def refer(self, noun: str, known: set[str], file: _File, names: Iterable[NameAt]) -> None:
        """Report each reference to an undefined name."""
        for name, loc in names:
            if name not in known:
                self._report_unknown(noun, name, file, loc)

    def refer_specialisms(self, known: set[tuple[str, str]], table: Table[Any]) -> None:
        """Report each specialism that its T Level does not have."""
        for number, row in enumerate(table.rows):
            if row.specialism and (normalise_title(row.t_level), normalise_title(row.specialism)) not in known:
                self._report_unknown("specialism", row.specialism, table, (number, "specialism"))

    def _report_unknown(self, noun: str, name: str, file: _File, loc: Loc) -> None:
        message = f"The {noun} {name!r} does not exist."
        hint = f"Add it to the reference data, or correct the name of the {noun}."
        self._report(file, loc, Code.UNKNOWN_REFERENCE, message, hint)

    def _report(self, file: _File, loc: Loc, code: Code, message: str, hint: str) -> None:
        self.findings.append(file.finding(code, Severity.VIOLATION, message, loc, hint=hint))


def _find(value: object, path: str) -> Iterator[NameAt]:
    """Find the texts at a path of keys, in which `*` is each item of a list: `t levels.*.route`."""
    return _follow(value, path.split("."), ())


def _follow(value: Any, path: Sequence[str], loc: Loc) -> Iterator[NameAt]:
    if value is None:
        return
    if not path:
        yield value, loc
    elif path[0] == "*":
        for number, item in enumerate(value):
            yield from _follow(item, path[1:], (*loc, number))
    else:
        yield from _follow(getattr(value, path[0].replace(" ", "_")), path[1:], (*loc, path[0]))


def _citations(value: object, loc: Loc = ()) -> Iterator[NameAt]:
    """Find every source that a value or a part of it cites."""
    if isinstance(value, Cited):
        yield from ((key, (*loc, "sources", number)) for number, key in enumerate(value.sources))
    if isinstance(value, StrictModel):
        for name, info in type(value).model_fields.items():
            yield from _citations(getattr(value, name), (*loc, info.alias or name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _citations(item, (*loc, number))
