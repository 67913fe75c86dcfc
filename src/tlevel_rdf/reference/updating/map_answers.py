"""Answers of the API of the occupational map: a route with its occupations, occupations, or steps of the map."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.titles import normalise_title, slug
from tlevel_rdf.reference.updating.download import OCCUPATIONAL_MAP, Cells, Download, Key, Statement
from tlevel_rdf.reference.updating.json_records import JsonRecord
from tlevel_rdf.reference.updating.standards_table import KIND_OF_LETTERS, REFERENCE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from tlevel_rdf.reference.updating.cells import Findings

_OCCUPATION: Final = "OCC[0-9]{4}[A-Z]?"
#: The types of products that `products.csv` has. Those of standards are in `standards.csv`.
_PRODUCT_KINDS: Final = {
    "htq": "higher technical qualification",
    "tq": "technical qualification",
    "tlevel": "t level",
}
#: Each column of `occupations.csv` that a summary of an occupation gives → its name there.
_FIELDS: Final = {
    "title": "name",
    "level": "level",
    "status": "statusName",
    "version": "versionNo",
    "updated": "statusLastUpdated",
}
#: Each kind of area → the names of its title in an answer, and the kind that it is within.
_AREAS: Final = {"pathway": "route", "cluster": "pathway"}


def is_map_answer(first: object) -> bool:
    """Return True if the first record of a file is a route, an occupation or the steps around one."""
    names = {"stdCode", "pathways", "occupations", "progressions"}
    return isinstance(first, dict) and (first.get("object") in ("Route", "Occupation") or bool(names & first.keys()))


@dataclass
class _MapReader:
    file: str
    areas: Mapping[tuple[str, str], str]
    findings: Findings
    download: Download
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, number: int, value: dict[str, object]) -> None:
        """Read a route, an occupation or the steps around one."""
        if "stdCode" in value:
            self._read_occupation(number, value, {})
            return
        if "progressions" in value:
            self._read_steps(number, value)
            return
        route = value.get("name") or value.get("routeName")
        for hierarchy, occupation in _occupations_of(value):
            self._read_occupation(number, occupation, {"routeName": route, **hierarchy})
        record = JsonRecord({"route": route}, self.file, number, self.findings, str(route or "")[:40])
        if key := record.routes("route", self._routes):
            self.download.covered.add(("occupations", key))

    @property
    def _routes(self) -> dict[str, str]:
        return {title: key for (kind, title), key in self.areas.items() if kind == "route"}

    def _read_occupation(self, number: int, value: dict[str, object], around: Mapping[str, object]) -> None:
        hierarchy = value.get("mapHierarchy")
        soc = value.get("soc")
        values = {**around, **value}
        values |= hierarchy if isinstance(hierarchy, dict) else {}
        values |= soc if isinstance(soc, dict) else {}
        name = str(value.get("stdCode"))[:20]
        record = JsonRecord(values, self.file, number, self.findings, name)
        if not (reference := record.code("stdCode", _OCCUPATION)):
            return
        readers = {"level": record.level, "status": record.status, "version": record.version, "updated": record.day}
        cells: Cells = {"reference": reference}
        cells |= {column: readers.get(column, record.text)(name) for column, name in _FIELDS.items()}
        if not cells["title"]:
            record.report(Code.MISSING, "It has no 'name'.", "The record is left out.")
            return
        if "routeName" in values:
            cells["route"] = record.routes("routeName", self._routes)
            cells |= self._read_areas(record, cells["route"])
        if isinstance(soc, dict):
            cells["soc 2020"] = record.number_code("soc2020Code")
        if "typicalJobTitles" in values:
            cells["typical job titles"] = "|".join(_job_titles(record))
        given = {column for column, name in _FIELDS.items() if name in value}
        columns = frozenset(cells) - {"reference", *_FIELDS} | given
        self._state(record, "occupations", (reference,), cells, columns)
        if isinstance(products := values.get("products"), list):
            self.download.covered.add(("occupation_products", reference))
            for product in products:
                self._read_product(record, reference, product)

    def _read_areas(self, record: JsonRecord, route: str) -> Cells:
        """Return the keys of the pathway and the cluster, and state those that are new."""
        cells, within = {}, route
        for kind in _AREAS:
            if f"{kind}Name" not in record.values:
                continue
            title = record.text(f"{kind}Name")
            key = self.areas.get((kind, normalise_title(title)), "") if title else ""
            if title and not key:
                try:
                    key = slug(title)
                except IdentifierError as error:
                    record.report(Code.NO_IDENTIFIER, f"{error.message}.", "It is left out.")
                    continue
                row: Cells = {"kind": kind, "key": key, "title": title, "within": within}
                self.download.state("areas", (kind, key), Statement(row, frozenset({"title", "within"}), record.place))
            cells[kind] = key
            within = key
        return cells

    def _read_product(self, record: JsonRecord, occupation: str, value: object) -> None:
        if not isinstance(value, dict):
            return
        name = str(value.get("productCode"))[:20]
        product = JsonRecord(value, self.file, record.number, self.findings, name)
        code = product.text("productCode")
        kind = _PRODUCT_KINDS.get(product.text("typeName").casefold())
        if not code.isascii() or not code.isalnum() or len(code) > 20:
            hint = "The product is left out."
            product.report(Code.BAD_VALUE, f"'productCode' cannot be {code[:40]!r}.", hint)
            return
        if kind:
            level = product.level("level")
            cells: Cells = {"code": code, "title": product.text("name"), "kind": kind, "level": level}
            self._state(product, "products", (code,), cells, frozenset({"title", "kind", "level"}))
        elif re.fullmatch(REFERENCE, code):
            cells = {"reference": code, "kind": KIND_OF_LETTERS[code[:2]]}
            self.download.state("standards", (code,), Statement(cells, frozenset(), product.place))
        else:
            message = f"'typeName' cannot be {product.text('typeName')[:40]!r}."
            product.report(Code.BAD_VALUE, message, f"The product {code} is left out.")
            return
        pair: Cells = {"occupation": occupation, "product": code}
        self._state(product, "occupation_products", (occupation, code), pair, frozenset())

    def _read_steps(self, number: int, value: dict[str, object]) -> None:
        for step in _objects(value, "progressions"):
            record = JsonRecord(step, self.file, number, self.findings, str(value.get("keyStdCode", ""))[:20])
            start, end = record.code("stdCodeFrom", _OCCUPATION), record.code("stdCodeTo", _OCCUPATION)
            if start and end:
                self._state(record, "map_edges", (start, end), {"from": start, "to": end}, frozenset())

    def _state(self, record: JsonRecord, table: str, key: Key, cells: Cells, columns: frozenset[str]) -> None:
        earlier = self.download.state(table, key, Statement(cells, columns, record.place))
        if earlier and earlier.cells != cells:
            message = f"{' and '.join(key)} is repeated with other values; it is also in {earlier.place}."
            hint = "Keep the right record, or save the answer again."
            record.report(Code.DUPLICATE, message, hint, "", Severity.VIOLATION)


def read_map_answer(
    records: Iterable[tuple[int, object]],
    file: str,
    dated: dt.date,
    areas: Mapping[tuple[str, str], str],
    findings: Findings,
) -> Download:
    """Read an answer.

    Args:
        records: the records with their numbers.
        file: the name of the file.
        dated: the day of the answer.
        areas: the kind and normalised title of each route, pathway and cluster → its key.
        findings: receives the findings about values.
    """
    download = Download(OCCUPATIONAL_MAP, dated, is_dated=False)
    reader = _MapReader(file, areas, findings, download)
    for number, value in records:
        if isinstance(value, dict) and is_map_answer(value):
            reader.read(number, value)
        else:
            message = "It is neither a route nor an occupation."
            record = JsonRecord({}, file, number, findings, "")
            record.report(Code.BAD_VALUE, message, "The record is left out. Check that the file is undamaged.")
    return download


def _occupations_of(route: Mapping[str, object]) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Yield the occupations of a route, each with the titles of its pathway and cluster."""
    for occupation in _objects(route, "occupations"):
        yield {}, occupation
    for pathway in _objects(route, "pathways"):
        for group in _objects(pathway, "clusterGroups"):
            for cluster in _objects(group, "clusters"):
                for occupation in _objects(cluster, "occupations"):
                    titles = (("pathwayName", pathway), ("clusterName", cluster))
                    around = {name: area.get("name") or area.get(name) for name, area in titles}
                    yield {name: title for name, title in around.items() if title}, occupation


def _objects(value: Mapping[str, object], name: str) -> Iterator[dict[str, object]]:
    found = value.get(name)
    yield from (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))


def _job_titles(record: JsonRecord) -> Iterator[str]:
    """Yield the typical job titles, each once. The sign that separates them in our tables becomes a slash."""
    titles = record.values.get("typicalJobTitles")
    seen = set()
    for title in titles if isinstance(titles, list) else ():
        name = title.get("name") if isinstance(title, dict) else title
        text = JsonRecord({"typicalJobTitles": name}, record.file, record.number, record.findings, record.name)
        line = text.text("typicalJobTitles").replace("|", "/")
        if line and line not in seen:
            seen.add(line)
            yield line
