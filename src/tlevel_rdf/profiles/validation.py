"""YAML files read as values of the model, with findings in the words of the file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity, sort_findings
from tlevel_rdf.limits import MAX_CACHED_POSITIONS, MAX_FINDINGS, MAX_QUOTED_CHARACTERS
from tlevel_rdf.profiles import yaml_reader
from tlevel_rdf.profiles.kinds import Flag, Kind, Readiness, Wording
from tlevel_rdf.profiles.model import TAGS, StrictModel
from tlevel_rdf.profiles.yaml_faults import shorten

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
        value: the value.
        file: the name of the file, as the caller gave it.
        data: the bytes of the file. They are parsed again if a position is needed: most files have no findings, and
            the positions of 10,000 profiles would fill 1 GB of memory.
    """

    value: M
    file: str
    data: bytes = field(repr=False)

    @property
    def document(self) -> YamlDocument:
        """The contents of the file, with the position of each value."""
        return _parse_again(self.data, self.file)

    def finding(  # noqa: PLR0913 - a finding has that many parts
        self, code: str, severity: Severity, message: str, loc: Loc, *, hint: str, at_key: bool = False
    ) -> Finding:
        """Make a finding about the value at a path, or about its key."""
        position = self.document.key_position(loc) if at_key else self.document.position(loc)
        return Finding(code, severity, message, self.file, *position, hint=hint)


@lru_cache(maxsize=MAX_CACHED_POSITIONS)
def _parse_again(data: bytes, file: str) -> YamlDocument:
    return yaml_reader.parse(data, file)


@dataclass
class LoadResult(Generic[M]):
    """The result of reading files.

    Attributes:
        loaded: the valid values, with their files.
        findings: all findings.
    """

    loaded: list[Loaded[M]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(paths: Iterable[Path], model: type[M]) -> LoadResult[M]:
    """Read YAML files of one model.

    Args:
        paths: the files, in the order to read them.
        model: the model of each file.

    Returns:
        The values of the valid files, and the findings about the others.
    """
    result: LoadResult[M] = LoadResult()
    for path in paths:
        try:
            result.loaded.append(parse(yaml_reader.read_bytes(path), str(path), model))
        except yaml_reader.YamlError as error:
            result.findings.extend(error.findings)
    return result


def parse(data: bytes, file: str, model: type[M]) -> Loaded[M]:
    """Read YAML as a value of the model.

    Raises:
        YamlError: the text has problems, listed up to a limit.
    """
    document = yaml_reader.parse(data, file)
    try:
        return Loaded(model.model_validate(document.value, by_alias=True), file, data)
    except ValidationError as error:
        errors = [e for e in error.errors(include_url=False) if not _is_echo(e)][:MAX_FINDINGS]
        raise yaml_reader.YamlError(sort_findings(_finding(e, document, file, model) for e in errors)) from error


def _finding(error: ErrorDetails, document: YamlDocument, file: str, model: type[BaseModel]) -> Finding:
    loc = _without_tags(error["loc"])
    name = str(loc[-1])[:MAX_QUOTED_CHARACTERS] if loc else "the file"
    kind = error["type"]
    if kind == "missing":
        code, message, hint = Code.MISSING, f"{name!r} is missing here.", f"Add '{name}: …'."
        position = document.position(loc[:-1])
    elif kind == "extra_forbidden":
        code, message = Code.UNKNOWN_KEY, f"The key {name!r} is not allowed here."
        near = difflib.get_close_matches(name.lower(), _missing_keys(document, loc, model), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Remove it. For a comment, begin the line with #."
        position = document.key_position(loc)
    elif kind == "union_tag_not_found":
        code, message, hint, position = _explain_missing_kind(error["input"], document, loc)
    else:
        code, message, hint = _explain(error, name, document.written.get(loc, ""))
        position = document.position(loc)
    return Finding(code, Severity.VIOLATION, message, file, *position, hint=hint)


def _without_tags(loc: Loc) -> Loc:
    """Remove the tags that pydantic puts after an index, which are not in the file."""
    return tuple(
        part for i, part in enumerate(loc) if not (part in TAGS.values() and loc[max(i - 2, 0)] == "technical")
    )


def _is_echo(error: ErrorDetails) -> bool:
    """Return True for a list that is empty only because its entries, which have errors of their own, were removed."""
    return error["type"] == "too_short" and bool(error["input"])


def _explain_missing_kind(value: object, document: YamlDocument, loc: Loc) -> tuple[Code, str, str, Position]:
    written = value if isinstance(value, dict) else {}
    for key in written:
        if near := difflib.get_close_matches(key, _TECHNICAL, n=1):
            message = f"{key!r} is not a kind of option."
            return Code.UNKNOWN_KEY, message, f"Did you mean {near[0]!r}?", document.key_position((*loc, key))
    message = "This option is neither an apprenticeship nor a higher technical qualification."
    hint = f"Begin it with '{Kind.APPRENTICESHIP}:' or '{Kind.HTQ}:'."
    return Code.MISSING, message, hint, document.position(loc)


_WANTED: Final = {
    "string_type": ("text", "Write a line of text."),
    "int_type": ("a whole number", "Write it in digits, such as 4."),
    "bool_type": ("true or false", "Write true or false, without quotation marks."),
    "tuple_type": ("a list", "Begin each entry with a hyphen, or write [one, two]."),
    "model_type": ("a mapping of keys and values", "Write 'key: value' lines."),
    "model_attributes_type": ("a mapping of keys and values", "Write 'key: value' lines."),
    "date_from_datetime_parsing": ("a day", "Write it as year-month-day, such as 2026-11-22."),
    "date_type": ("a day", "Write it as year-month-day, such as 2026-11-22."),
}


def _explain(error: ErrorDetails, name: str, written: str) -> tuple[Code, str, str]:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "enum":
        choices = {"wording": Wording, "readiness": Readiness}.get(name, Flag)
        allowed = [choice.value for choice in choices]
        near = difflib.get_close_matches(str(value)[:MAX_QUOTED_CHARACTERS].lower(), allowed, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Use one of: {', '.join(allowed)}."
        sort = "flag" if choices is Flag else f"value of {name!r}"
        return Code.BAD_VALUE, f"{_quote(value, written)} is not a {sort}.", hint
    if kind in _WANTED:
        wanted, hint = _WANTED[kind]
        if kind == "string_type" and written and not isinstance(value, str):
            hint = f'Put it in quotation marks, such as "{shorten(written)}".'
        elif kind == "string_type" and value is None:
            hint = f"Write a line of text, in quotation marks if it begins with #, or remove '{name}:'."
        return Code.WRONG_TYPE, f"{name!r} must be {wanted}, not {_quote(value, written)}.", hint
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = "at least" if kind.startswith("greater") else "at most"
        limit = context.get("ge", context.get("le"))
        return (
            Code.BAD_VALUE,
            f"{name!r} must be {bound} {limit}, not {_quote(value, written)}.",
            _explain_key(name),
        )
    if kind in {"too_short", "string_too_short"}:
        return Code.BAD_VALUE, f"{name!r} is empty.", f"Write something under '{name}:' or remove it."
    if kind == "string_too_long":
        message = f"{name!r} has {len(value)} characters; at most {context['max_length']} are allowed."
        return Code.BAD_VALUE, message, "Shorten it."
    return Code.BAD_VALUE, f"{name!r} cannot be {_quote(value, written)}.", _explain_key(name)


def _quote(value: object, written: str) -> str:
    """Return a value as the file has it, shortened to fit in a sentence."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None:
        return f"{written}, which is an empty value" if written else "an empty value"
    if isinstance(value, str) and written[:1] not in {"'", '"'}:
        # Of a text with invisible characters, their codes are shown.
        return f"'{shorten(written)}'" if written.isprintable() else shorten(repr(value))
    return shorten(written)


def _explain_key(name: str) -> str:
    address = "An address begins with https:// and has no spaces. If there is none, remove the key."
    return {
        "level": "Levels run from 1 to 8.",
        "line": "Lines are counted from 1.",
        "page": address,
        "mapping": address,
        "licence": address,
        "sha256": "A SHA-256 has 64 characters, 0-9 and a-f, as sha256sum prints.",
        "media type": "A media type is two words with a slash, such as text/plain.",
        "key": "A key is lower-case words and digits joined by hyphens.",
    }.get(name, "Write one line of text, without spaces at its ends and without invisible characters.")


def _missing_keys(document: YamlDocument, loc: Loc, model: type[BaseModel]) -> list[str]:
    """Return the keys that are allowed beside an unknown key and not yet used."""
    return [key for key in _known_keys(_fields_of(loc), model) if (*loc[:-1], key) not in document.key_positions]


def _fields_of(loc: Loc) -> tuple[str, ...]:
    return tuple(part for part in loc[:-1] if isinstance(part, str))


@cache
def _known_keys(path: tuple[str, ...], model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of the mappings at a path of keys, in which lists are left out."""
    shapes: list[type[BaseModel]] = [model]
    for key in path:
        fields = [f for shape in shapes for name, f in shape.model_fields.items() if key == (f.alias or name)]
        shapes = [shape for field_ in fields for shape in _models_in(field_.annotation)]
    return tuple(sorted({f.alias or name for shape in shapes for name, f in shape.model_fields.items()}))


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models in an annotation, also within tuples and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
