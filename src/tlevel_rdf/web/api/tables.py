"""The lists of the API as tables: CSV and XLSX with one row for each entry."""

from __future__ import annotations

import csv
from functools import cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, PlainSerializer

from tlevel_rdf.release.tables.spreadsheet import Sheet, write_workbook
from tlevel_rdf.web.api.schema import ThingResource
from tlevel_rdf.web.http.media_types import CSV, XLSX

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo

    from tlevel_rdf.web.http.media_types import MediaType

    #: The name of a column, and the names of the fields that lead to its value.
    Column = tuple[str, tuple[str, ...]]

#: The media types of tables.
TABLES: Final = (CSV, XLSX)
_SEPARATOR: Final = "; "


def write_table(
    model: type[BaseModel], entries: Iterable[BaseModel], media_type: MediaType, name: str, date: dt.date | None
) -> bytes:
    """Return a table with a row for each entry.

    A thing has a column for its name and one for its IRI; a list is one text. Paths of the site are left out.

    Args:
        model: the model of the entries.
        entries: the entries.
        media_type: one of `TABLES`.
        name: of the sheet.
        date: of the data.
    """
    columns = list(_columns(model))
    names = [column for column, _ in columns]
    rows = ([_text(_value(entry, path)) for _, path in columns] for entry in entries)
    if media_type is XLSX:
        target = BytesIO()
        write_workbook([Sheet(name, names, rows)], date, target)
        return target.getvalue()
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


@cache
def entry_model(model: type[BaseModel], field: str) -> type[BaseModel]:
    """Return the model of the entries of a list."""
    (inner,) = _models(model.model_fields[field].annotation)
    return inner


def _columns(model: type[BaseModel], prefix: str = "", path: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        nested = _models(field.annotation)
        is_list = getattr(field.annotation, "__origin__", None) is list
        if nested and not is_list:
            # The name of a thing is the value of its column.
            yield from _columns(nested[0], f"{prefix}{name}_", (*path, name))
        elif not _is_path(field):
            column = prefix.removesuffix("_") if prefix and name == "name" and issubclass(model, ThingResource) else ""
            yield column or f"{prefix}{name}", (*path, name)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def _is_path(field: FieldInfo) -> bool:
    inner = (data for one in get_args(field.annotation) for data in getattr(one, "__metadata__", ()))
    return any(isinstance(data, PlainSerializer) for data in (*field.metadata, *inner))


def _value(entry: BaseModel, path: tuple[str, ...]) -> Any:
    value: Any = entry
    for name in path:
        value = getattr(value, name, None)
    return value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _SEPARATOR.join(map(_text, value))
    if isinstance(value, ThingResource):
        return value.name
    if isinstance(value, BaseModel):
        return " ".join(map(_text, dict(value).values()))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
