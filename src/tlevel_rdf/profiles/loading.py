"""Profiles and reference data, read from files and folders."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import Finding, Severity, violations
from tlevel_rdf.limits import MAX_LISTED_PLACES
from tlevel_rdf.profiles.model import Profile, StrictModel
from tlevel_rdf.profiles.reference import (
    Cited,
    GroupList,
    Reference,
    RouteList,
    SourceList,
    StandardList,
    TLevelList,
)
from tlevel_rdf.profiles.validation import Loaded, LoadResult, read
from tlevel_rdf.profiles.yaml_reader import check_comments
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.profiles.yaml_reader import Loc

#: A name and the path of the value that holds it.
NameAt = tuple[str, "Loc"]

#: The endings of the files of profiles.
YAML_ENDINGS: Final = (".yaml", ".yml")


def read_profiles(paths: Iterable[Path]) -> LoadResult[Profile]:
    """Read profiles from files and folders.

    Args:
        paths: YAML files, and folders whose YAML files are read, also in subfolders.

    Returns:
        The valid profiles, sorted by file name within each folder, and all findings.

    Raises:
        UnreadableInputError: a folder has no YAML files.
    """
    result = read(_yaml_files(paths), Profile)
    result.findings += filter(None, map(_find_open_checks, result.loaded))
    return result


def _find_open_checks(loaded: Loaded[Profile]) -> Finding | None:
    """Report the comments of a profile that ask a person to check something."""
    if b"check:" not in loaded.data or not (positions := check_comments(loaded.data)):
        return None
    listed = ", ".join(f"{loaded.file}:{position.line}" for position in positions[:MAX_LISTED_PLACES])
    more = f" and {len(positions) - MAX_LISTED_PLACES} more" if len(positions) > MAX_LISTED_PLACES else ""
    one, many = "One comment that begins with 'check:' is", "comments that begin with 'check:' are"
    message = f"{one if len(positions) == 1 else f'{len(positions)} {many}'} open: {listed}{more}."
    hint = "Compare the profile with the document, correct it, and remove the comments."
    return Finding(Code.OPEN_CHECKS, Severity.WARNING, message, loaded.file, *positions[0], hint=hint)


def _yaml_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            # In a folder such as data/, the profiles are beside the reference data, which are YAML files too.
            folder = path / "profiles" if (path / "profiles").is_dir() else path
            inside = (file for file in folder.rglob("*") if file.suffix.lower() in YAML_ENDINGS)
            files = sorted(file for file in inside if file.is_file())
            if not files:
                hint = f"profiles are YAML files, which end in {' or '.join(YAML_ENDINGS)}"
                raise UnreadableInputError(f"{folder} has no profiles", hint=hint)
            yield from files
        else:
            yield path


def data_folder(name: Literal["profiles", "reference"]) -> Path:
    """Return the folder of profiles or reference data: in `data` of the current folder, or else in the package."""
    here = Path("data", name)
    return here if here.is_dir() else shipped("data") / name


_FILES: Final[Mapping[str, type[StrictModel]]] = {
    "sources.yaml": SourceList,
    "routes.yaml": RouteList,
    "t-levels.yaml": TLevelList,
    "standards.yaml": StandardList,
    "occupation-groups.yaml": GroupList,
}
#: Each kind of thing: the file and path that define its names, and the files and paths that refer to them.
_NAMES: Final = {
    "route": (
        ("routes.yaml", "routes.*.title"),
        [("t-levels.yaml", "t levels.*.route"), ("standards.yaml", "standards.*.route.route")],
    ),
    "T Level": (("t-levels.yaml", "t levels.*.title"), [("t-levels.yaml", "t levels.*.replaced by")]),
    "standard": (
        ("standards.yaml", "standards.*.standard reference.code"),
        [
            ("t-levels.yaml", "t levels.*.specialisms.*.standard.code"),
            ("standards.yaml", "standards.*.replaced by.code"),
        ],
    ),
    "occupation group": (
        ("occupation-groups.yaml", "occupation groups.*.code"),
        [("standards.yaml", "standards.*.occupation group.code")],
    ),
}


def read_reference(folder: Path) -> tuple[Reference, list[Finding]]:
    """Read the reference data.

    Args:
        folder: has `sources.yaml`, `routes.yaml`, `t-levels.yaml`, `standards.yaml` and `occupation-groups.yaml`. If
            the folder does not exist, the reference data is empty.

    Returns:
        The reference data, empty if a file has a violation; and all findings.
    """
    if not folder.is_dir():
        return Reference(), []
    result: LoadResult[Any] = LoadResult()
    for file, model in _FILES.items():
        one = read([folder / file], model)
        result.loaded += one.loaded
        result.findings += one.findings
    if len(result.loaded) < len(_FILES):
        return Reference(), result.findings
    files = dict(zip(_FILES, result.loaded, strict=True))
    result.findings += _check_names(files)
    if violations(result.findings):
        return Reference(), result.findings
    values = {file: loaded.value for file, loaded in files.items()}
    reference = Reference(
        sources=values["sources.yaml"].sources,
        routes=values["routes.yaml"].routes,
        t_levels=values["t-levels.yaml"].t_levels,
        standards=values["standards.yaml"].standards,
        occupation_groups=values["occupation-groups.yaml"].occupation_groups,
        gathered=values["sources.yaml"].gathered,
    )
    return reference, result.findings


def _check_names(files: Mapping[str, Loaded[Any]]) -> list[Finding]:
    """Check that each name is defined once, and that each reference is to a defined name."""
    check = _NameCheck()
    known = check.define("source", files["sources.yaml"], _find(files["sources.yaml"].value, "sources.*.key"))
    for loaded in files.values():
        check.refer("source", known, loaded, _citations(loaded.value))
    for noun, ((file, path), references) in _NAMES.items():
        known = check.define(noun, files[file], _find(files[file].value, path))
        for referring, where in references:
            check.refer(noun, known, files[referring], _find(files[referring].value, where))
    return check.findings


@dataclass
class _NameCheck:
    findings: list[Finding] = field(default_factory=list)

    def define(self, noun: str, loaded: Loaded[Any], names: Iterable[NameAt]) -> set[str]:
        """Return the names that a file defines, and report each that it defines again."""
        known: set[str] = set()
        for name, loc in names:
            if name in known:
                self._report(loaded, loc, Code.DUPLICATE, f"The {noun} {name!r} is repeated.", "Keep one of them.")
            known.add(name)
        return known

    def refer(self, noun: str, known: set[str], loaded: Loaded[Any], names: Iterable[NameAt]) -> None:
        """Report each reference to an undefined name."""
        for name, loc in names:
            if name not in known:
                message = f"The {noun} {name!r} does not exist."
                hint = f"Add it to the reference data, or correct the name of the {noun}."
                self._report(loaded, loc, Code.UNKNOWN_REFERENCE, message, hint)

    def _report(self, loaded: Loaded[Any], loc: Loc, code: Code, message: str, hint: str) -> None:
        self.findings.append(loaded.finding(code, Severity.VIOLATION, message, loc, hint=hint))


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
