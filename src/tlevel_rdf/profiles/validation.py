"""Files → values of the model with a place for each, and every finding of every file in one run."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity, sort_findings
from tlevel_rdf.limits import MAX_FINDINGS
from tlevel_rdf.profiles import yaml_reader
from tlevel_rdf.profiles.model import TAGS, Flag, Kind, StrictModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from tlevel_rdf.profiles.yaml_reader import Loc, Position, YamlDocument

M = TypeVar("M", bound=StrictModel)

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
    def document(self) -> YamlDocument:
        """The same as plain values with their places."""
        return yaml_reader.parse(self.data, self.file)

    def finding(  # noqa: PLR0913 - a finding has that many parts
        self, code: str, severity: Severity, message: str, loc: Loc, *, hint: str, at_key: bool = False
    ) -> Finding:
        """A finding about the value at that place."""
        place = self.document.key_position(loc) if at_key else self.document.position(loc)
        return Finding(code, severity, message, self.file, *place, hint=hint)


@dataclass
class LoadResult(Generic[M]):
    """What came of reading files: the values that are sound, and the findings about the others."""

    loaded: list[Loaded[M]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(paths: Iterable[Path], model: type[M]) -> LoadResult[M]:
    """Read YAML files of one kind.

    Args:
        paths: files, in the order in which they are to be read.
        model: what each must be.

    Returns:
        The sound ones, and all findings about the others.
    """
    reading: LoadResult[M] = LoadResult()
    for path in paths:
        try:
            reading.loaded.append(parse(yaml_reader.read_bytes(path), str(path), model))
        except yaml_reader.YamlError as fault:
            reading.findings.extend(fault.findings)
    return reading


def parse(data: bytes, file: str, model: type[M]) -> Loaded[M]:
    """Read one YAML text as a value of the model.

    Raises:
        YamlError: with every finding in it.
    """
    document = yaml_reader.parse(data, file)
    try:
        return Loaded(model.model_validate(document.value, by_alias=True), file, data)
    except ValidationError as error:
        errors = [e for e in error.errors(include_url=False) if not _is_echo(e)][:MAX_FINDINGS]
        raise yaml_reader.YamlError(sort_findings(_finding(e, document, file, model) for e in errors)) from error


def _finding(error: ErrorDetails, document: YamlDocument, file: str, model: type[BaseModel]) -> Finding:
    loc = _written(error["loc"])
    name = str(loc[-1])[:80] if loc else "the file"
    kind = error["type"]
    if kind == "missing":
        code, message, hint = Code.MISSING, f"{name!r} is missing here.", f"Add '{name}: …'."
        place = document.position(loc[:-1])
    elif kind == "extra_forbidden":
        code, message = Code.UNKNOWN_KEY, f"The key {name!r} is not known here."
        near = difflib.get_close_matches(name.lower(), _keys_beside(document, loc, model), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Remove it; comments begin with #."
        place = document.key_position(loc)
    elif kind == "union_tag_not_found":
        code, message, hint, place = _no_kind(error["input"], document, loc)
    else:
        code, message, hint = _explain(error, name)
        place = document.position(loc)
    return Finding(code, Severity.VIOLATION, message, file, *place, hint=hint)


def _written(loc: Loc) -> Loc:
    """The keys and indices that somebody wrote: without the tags that pydantic puts behind an index."""
    return tuple(
        part for i, part in enumerate(loc) if not (part in TAGS.values() and loc[max(i - 2, 0)] == "technical")
    )


def _is_echo(error: ErrorDetails) -> bool:
    """Whether it only says that a list is empty without its unsound entries, which are reported themselves."""
    return error["type"] == "too_short" and bool(error["input"])


def _no_kind(value: object, document: YamlDocument, loc: Loc) -> tuple[Code, str, str, Position]:
    written = value if isinstance(value, dict) else {}
    for key in written:
        if near := difflib.get_close_matches(key, _TECHNICAL, n=1):
            said = f"{key!r} is no kind of option."
            return Code.UNKNOWN_KEY, said, f"Did you mean {near[0]!r}?", document.key_position((*loc, key))
    said = "This option is neither an apprenticeship nor a higher technical qualification."
    hint = f"Begin it with '{Kind.APPRENTICESHIP}:' or '{Kind.HTQ}:'."
    return Code.MISSING, said, hint, document.position(loc)


_WANTED: Final = {
    "string_type": ("text", "Write it out."),
    "int_type": ("a whole number", "Write it in digits, such as 4."),
    "bool_type": ("true or false", "Write true or false, without quotation marks."),
    "tuple_type": ("a list", "Begin each entry with a hyphen, or write [one, two]."),
    "model_type": ("a mapping of keys and values", "Write 'key: value' lines."),
    "model_attributes_type": ("a mapping of keys and values", "Write 'key: value' lines."),
    "date_from_datetime_parsing": ("a day", "Write it as year-month-day, such as 2026-11-22."),
    "date_type": ("a day", "Write it as year-month-day, such as 2026-11-22."),
}


def _explain(error: ErrorDetails, name: str) -> tuple[Code, str, str]:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "enum":
        allowed = [flag.value for flag in Flag]
        near = difflib.get_close_matches(str(value)[:80].lower(), allowed, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"It can be {', '.join(allowed)}."
        return Code.BAD_VALUE, f"{_shown(value)} is no flag.", hint
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        if kind == "string_type" and isinstance(value, bool | int | float):
            hint = f'Put it in quotation marks, such as "{_shown(value)}".'
        return Code.WRONG_TYPE, f"{name!r} must be {wanted}, and {_shown(value)} was written.", hint
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = "at least" if kind.startswith("greater") else "at most"
        limit = context.get("ge", context.get("le"))
        return (
            Code.BAD_VALUE,
            f"{name!r} must be {bound} {limit}, and {_shown(value)} was written.",
            _meaning(name),
        )
    if kind in {"too_short", "string_too_short"}:
        return Code.BAD_VALUE, f"{name!r} is empty.", f"Write something under '{name}:' or remove it."
    if kind == "string_too_long":
        said = f"{name!r} has {len(value)} characters, and {context['max_length']} are the most."
        return Code.BAD_VALUE, said, "Shorten it."
    return Code.BAD_VALUE, f"{name!r} cannot be {_shown(value)}.", _meaning(name)


def _shown(value: object) -> str:
    """A value as YAML writes it, cut to what fits in a sentence."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    return (repr(value) if isinstance(value, str) else str(value))[:80]


def _meaning(name: str) -> str:
    address = "An address begins with https:// and has no spaces; leave the key out where there is none."
    return {
        "level": "Levels run from 1 to 8.",
        "line": "Lines are counted from 1.",
        "page": address,
        "mapping": address,
        "licence": address,
        "sha256": "The SHA-256 of the document has 64 characters, 0-9 and a-f: sha256sum prints it.",
        "media type": "A media type is two words with a slash, such as text/plain.",
        "key": "A key is lower-case words and digits joined by hyphens.",
    }.get(name, "Write one line of text, without spaces at its ends or characters that cannot be seen.")


def _keys_beside(document: YamlDocument, loc: Loc, model: type[BaseModel]) -> list[str]:
    """The keys that could stand where an unknown one stands: those known there that are not there yet."""
    return [key for key in _known_keys(_fields_of(loc), model) if (*loc[:-1], key) not in document.key_positions]


def _fields_of(loc: Loc) -> tuple[str, ...]:
    return tuple(part for part in loc[:-1] if isinstance(part, str))


@cache
def _known_keys(path: tuple[str, ...], model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of the mappings to which these keys lead from the top, with lists passed over."""
    shapes: list[type[BaseModel]] = [model]
    for key in path:
        fields = [f for shape in shapes for name, f in shape.model_fields.items() if key == (f.alias or name)]
        shapes = [shape for field_ in fields for shape in _models_in(field_.annotation)]
    return tuple(sorted({f.alias or name for shape in shapes for name, f in shape.model_fields.items()}))


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that an annotation names, within tuples, unions and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
