"""An update in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.reference.updating.comparison import Change, ChangedField, TableComparison
    from tlevel_rdf.reference.updating.download import Download

#: More completed things than this are counted by column, and not named.
_MAX_COMPLETED: Final = 20
#: Each table → the word for one of its things, and for several.
_NOUNS: Final = {
    "areas": ("area of the map", "areas of the map"),
    "standards": ("standard", "standards"),
    "standard_versions": ("version of a standard", "versions of standards"),
    "occupations": ("occupation", "occupations"),
    "products": ("qualification", "qualifications"),
    "occupation_products": ("product under an occupation", "products under occupations"),
    "map_edges": ("step of the map", "steps of the map"),
}


def describe_update(download: Download, comparisons: Sequence[TableComparison]) -> Iterator[str]:
    """Yield the lines of a summary of a download."""
    files = ", ".join(download.files)
    reason = "" if download.is_dated else "; the file does not state its day (--dated gives another)"
    yield f"{download.kind.title.format(day=f'{download.dated:%-d %B %Y}')} ({files}{reason})"
    for comparison in comparisons:
        if comparison.known or comparison.new:
            yield from _describe_table(comparison)


def _describe_table(comparison: TableComparison) -> Iterator[str]:
    one, many = _NOUNS[comparison.table]
    parts = [
        f"{len(found):,} {word}"
        for word, found in (
            ("new", comparison.new),
            ("changed", comparison.changed),
            ("completed", comparison.completed),
            ("gone", comparison.gone),
        )
        if found
    ]
    if not parts and not comparison.unchanged:
        return
    unchanged = [f"{comparison.unchanged:,} unchanged"] if comparison.unchanged else []
    yield f"  {many}: {', '.join([*parts, *unchanged])}"
    for change in comparison.new:
        yield f"    new {one}: {name_of(comparison.table, change.cells)}"
    for change in comparison.changed:
        yield f"    {_describe_change(comparison.table, change)}"
    if len(comparison.completed) <= _MAX_COMPLETED:
        yield from (f"    {_describe_change(comparison.table, change)}" for change in comparison.completed)
    else:
        counts = Counter(each.column for change in comparison.completed for each in change.fields)
        yield from (f"    {column}: stated of {count:,} more" for column, count in counts.items())
    for change in comparison.gone:
        yield f"    gone, and kept: {name_of(comparison.table, change.cells)}"


def explain_suspicion(comparison: TableComparison) -> str:
    """Return the reason why a person must accept an update of a table."""
    _, many = _NOUNS[comparison.table]
    if comparison.emptied:
        groups = ", ".join(group or many for group in comparison.emptied)
        return f"The download has nothing left of: {groups}."
    differing = len(comparison.changed) + len(comparison.gone)
    return f"{differing:,} of {comparison.known:,} {many} have changed or are gone."


def name_of(table: str, cells: Mapping[str, str]) -> str:
    """Return the name of a thing for a summary.

    >>> name_of("standards", {"reference": "ST1377", "title": "Optical assistant 2022", "level": "2"})
    'Optical assistant 2022 (ST1377), level 2'
    """
    if table == "occupation_products":
        return f"{cells['product']} under {cells['occupation']}"
    if table == "map_edges":
        return f"{cells['from']} to {cells['to']}"
    code = cells.get("reference") or cells.get("code") or cells.get("kind", "")
    version = f" {cells['version']}" if table == "standard_versions" else ""
    level = f", level {cells['level']}" if cells.get("level") else ""
    return f"{cells['title']} ({code}{version}){level}" if cells.get("title") else f"{code}{version}{level}"


def _describe_change(table: str, change: Change) -> str:
    name = name_of(table, {**change.cells, "level": ""})
    return f"{name}: {', '.join(map(_describe_field, change.fields))}"


def _describe_field(field: ChangedField) -> str:
    old, new = (value.replace("|", ", ") or "not stated" for value in (field.old, field.new))
    return f"{field.column} {old} → {new}"
