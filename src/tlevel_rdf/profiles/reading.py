"""Files → values of the model with a place for each, and every finding of every file in one run."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import yaml
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import TAGS, Kind, Written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from tlevel_rdf.profiles.yaml import Document, Loc

M = TypeVar("M", bound=Written)

_TECHNICAL: Final = (Kind.APPRENTICESHIP.value, Kind.HTQ.value)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A value and the file that it was read from.

    Attributes:
        value: what the file says.
        file: its name, as the caller gave it.
        data: the bytes that were read. Places are found by reading them again: most files have no findings,
            and ten thousand profiles with the place of every value would fill the memory.
    """

    value: M
    file: str
    data: bytes

    @cached_property
    def document(self) -> Document:
        """The same as plain values with their places."""
        return yaml.parse(self.data, self.file)

    def finding(
        self, code: str, severity: Severity, message: str, loc: Loc, *, hint: str, at_key: bool = False
    ) -> Finding:
        """A finding about the value at that place."""
        place = self.document.key_place(loc) if at_key else self.document.place(loc)
        return Finding(code, severity, message, self.file, *place, hint=hint)


@dataclass
class Reading(Generic[M]):
    """What came of reading files: the values that are sound, and the findings about the others."""

    loaded: list[Loaded[M]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(paths: Iterable[Path], model: type[M]) -> Reading[M]:
    """Read YAML files of one kind.

    Args:
        paths: files, in the order in which they are to be read.
        model: what each must be.

    Returns:
        The sound ones, and all findings about the others.
    """
    reading: Reading[M] = Reading()
    for path in paths:
        try:
            reading.loaded.append(parse(yaml.read_bytes(path), str(path), model))
        except yaml.YamlFault as fault:
            reading.findings.extend(fault.findings)
    return reading


def parse(data: bytes, file: str, model: type[M]) -> Loaded[M]:
    """Read one YAML text as a value of the model.

    Raises:
        YamlFault: with every finding in it.
    """
    document = yaml.parse(data, file)
    try:
        return Loaded(model.model_validate(document.value, by_alias=True), file, data)
    except ValidationError as error:
        said = [_finding(e, document, file, model) for e in error.errors(include_url=False)]
        raise yaml.YamlFault(said) from error


def _finding(error: ErrorDetails, document: Document, file: str, model: type[BaseModel]) -> Finding:
    loc = tuple(part for part in error["loc"] if part not in TAGS.values())
    name = str(loc[-1]) if loc else "the file"
    kind = error["type"]
    if kind == "missing":
        place = document.place(loc[:-1])
        return Finding(
            Code.MISSING, Severity.VIOLATION, f"{name!r} is missing here.", file, *place, hint=f"Add '{name}: …'."
        )
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name.lower(), _keys_beside(document, loc, model), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Remove it; comments begin with #."
        message = f"The key {name!r} is not known here."
        return Finding(Code.UNKNOWN_KEY, Severity.VIOLATION, message, file, *document.key_place(loc), hint=hint)
    code, message, hint = _explain(error, name)
    return Finding(code, Severity.VIOLATION, message, file, *document.place(loc), hint=hint)


def _explain(error: ErrorDetails, name: str) -> tuple[Code, str, str]:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "enum":
        allowed = [str(word).strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        near = difflib.get_close_matches(str(value).lower(), allowed, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"It can be {', '.join(allowed)}."
        return Code.BAD_VALUE, f"{value!r} is no flag.", hint
    if kind == "union_tag_not_found":
        said = "This option is neither an apprenticeship nor a higher technical qualification."
        written = value if isinstance(value, dict) else {}
        near = [(key, match) for key in written for match in difflib.get_close_matches(key, _TECHNICAL, n=1)]
        if near:
            return Code.UNKNOWN_KEY, f"{near[0][0]!r} is no kind of option.", f"Did you mean {near[0][1]!r}?"
        return Code.MISSING, said, f"Begin it with '{Kind.APPRENTICESHIP}:' or '{Kind.HTQ}:'."
    wanted = {
        "string_type": ("text", f'Put it in quotation marks: "{value}".'),
        "int_type": ("a whole number", "Write it in digits, such as 4."),
        "bool_type": ("true or false", "Write true or false, without quotation marks."),
        "tuple_type": ("a list", "Begin each entry with a hyphen, or write [one, two]."),
        "model_type": ("a mapping of keys and values", "Write 'key: value' lines."),
        "model_attributes_type": ("a mapping of keys and values", "Write 'key: value' lines."),
        "date_from_datetime_parsing": ("a day", "Write it as year-month-day, such as 2026-11-22."),
        "date_type": ("a day", "Write it as year-month-day, such as 2026-11-22."),
    }.get(kind)
    if wanted:
        shown = "nothing" if value is None else repr(value)
        return Code.WRONG_TYPE, f"{name!r} must be {wanted[0]}, and {shown} was written.", wanted[1]
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = "at least" if kind.startswith("greater") else "at most"
        limit = context.get("ge", context.get("le"))
        return Code.BAD_VALUE, f"{name!r} must be {bound} {limit}, and {value} was written.", _meaning(name)
    if kind in {"too_short", "string_too_short"}:
        return Code.BAD_VALUE, f"{name!r} is empty.", f"Write something under '{name}:' or remove it."
    return Code.BAD_VALUE, f"{name!r} cannot be {str(value)[:80]!r}.", _meaning(name)


def _meaning(name: str) -> str:
    return {
        "level": "Levels run from 1 to 8.",
        "line": "Lines are counted from 1.",
        "page": "An address begins with https:// and has no spaces; leave the key out where there is none.",
        "mapping": "An address begins with https:// and has no spaces; leave the key out where there is none.",
        "sha256": "The SHA-256 of the document has 64 characters, 0-9 and a-f: sha256sum prints it.",
        "key": "A key is lower-case words and digits joined by hyphens.",
    }.get(name, "Write one line of text without spaces at its ends.")


def _keys_beside(document: Document, loc: Loc, model: type[BaseModel]) -> list[str]:
    """The keys that could stand where an unknown one stands: all keys of the model that are not there yet."""
    present = {key[-1] for key in document.keys if key[:-1] == loc[:-1]}
    return [key for key in _all_keys(model) if key not in present]


@cache
def _all_keys(model: type[BaseModel]) -> tuple[str, ...]:
    schema = model.model_json_schema(by_alias=True)
    shapes = [schema, *schema.get("$defs", {}).values()]
    return tuple(sorted({key for shape in shapes for key in shape.get("properties", {})}))
