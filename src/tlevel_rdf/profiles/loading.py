"""Paths → profiles and reference data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import Finding, Severity, violations
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
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.profiles.yaml_reader import Loc

M = TypeVar("M", bound=StrictModel)
#: A name and where it is written.
Named = tuple[str, "Loc"]

#: The endings of a file with a profile.
YAML_ENDINGS = (".yaml", ".yml")


def read_profiles(paths: Iterable[Path]) -> LoadResult[Profile]:
    """Read profiles from files and folders.

    Args:
        paths: YAML files, and folders of them, which are searched through.

    Returns:
        The sound profiles by the name of their file, and every finding about the others.

    Raises:
        UnreadableInputError: a folder has no YAML files in it.
    """
    reading = read(_files(paths), Profile)
    reading.findings += filter(None, map(_unsettled, reading.loaded))
    return reading


def _unsettled(loaded: Loaded[Profile]) -> Finding | None:
    """The comments of a profile that ask for a person's eye, if it still has any."""
    if b"check:" not in loaded.data or not (places := check_comments(loaded.data)):
        return None
    listed = ", ".join(f"{loaded.file}:{place.line}" for place in places[:_MOST_LISTED])
    more = f" and {len(places) - _MOST_LISTED} more" if len(places) > _MOST_LISTED else ""
    one = "One comment that begins with 'check:' is"
    many = f"{len(places)} comments that begin with 'check:' are"
    said = f"{one if len(places) == 1 else many} not settled: {listed}{more}."
    hint = "Look at it, and remove the comment."
    return Finding(Code.OPEN_CHECKS, Severity.WARNING, said, loaded.file, *places[0], hint=hint)


#: How many places one finding lists.
_MOST_LISTED = 20


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            # A folder laid out like data/ has its profiles beside the reference data, which are YAML too.
            path = path / "profiles" if (path / "profiles").is_dir() else path  # noqa: PLW2901
            inside = (file for file in path.rglob("*") if file.suffix.lower() in YAML_ENDINGS)
            files = sorted(file for file in inside if file.is_file())
            if not files:
                hint = f"profiles are YAML files, which end in {' or '.join(YAML_ENDINGS)}"
                raise UnreadableInputError(f"{path} has no profiles in it", hint=hint)
            yield from files
        else:
            yield path


def data_folder(name: Literal["profiles", "reference"]) -> Path:
    """The project's profiles or reference data: under `data` in the current folder, else what ships."""
    here = Path("data", name)
    return here if here.is_dir() else shipped("data") / name


def read_reference(folder: Path) -> tuple[Reference, list[Finding]]:
    """Read the reference data.

    Args:
        folder: with `sources.yaml`, `routes.yaml`, `t-levels.yaml`, `standards.yaml` and
            `occupation-groups.yaml`; a folder that is not there is reference data that says nothing.

    Returns:
        The data, empty if anything in it is wrong, and every finding about it.
    """
    if not folder.is_dir():
        return Reference(), []
    reader = _Reader(folder)
    sources = reader.take("sources.yaml", SourceList)
    routes = reader.take("routes.yaml", RouteList)
    t_levels = reader.take("t-levels.yaml", TLevelList)
    standards = reader.take("standards.yaml", StandardList)
    groups = reader.take("occupation-groups.yaml", GroupList)
    if not (sources and routes and t_levels and standards and groups):
        return Reference(), reader.findings
    cited = (routes, t_levels, standards, groups)
    known = reader.define("source", sources, _keys(sources.value))
    for file in cited:
        reader.check("source", known, file, _citations(file.value))
    known = reader.define("route", routes, _routes(routes.value))
    reader.check("route", known, t_levels, _routes_of_t_levels(t_levels.value))
    reader.check("route", known, standards, _routes_of_standards(standards.value))
    known = reader.define("T Level", t_levels, _titles(t_levels.value))
    reader.check("T Level", known, t_levels, _later_t_levels(t_levels.value))
    known = reader.define("standard", standards, _standards(standards.value))
    reader.check("standard", known, t_levels, _standards_of_specialisms(t_levels.value))
    reader.check("standard", known, standards, _later_standards(standards.value))
    known = reader.define("occupation group", groups, _groups(groups.value))
    reader.check("occupation group", known, standards, _groups_of_standards(standards.value))
    if violations(reader.findings):
        return Reference(), reader.findings
    reference = Reference(
        sources=sources.value.sources,
        routes=routes.value.routes,
        t_levels=t_levels.value.t_levels,
        standards=standards.value.standards,
        occupation_groups=groups.value.occupation_groups,
        gathered=sources.value.gathered,
    )
    return reference, reader.findings


@dataclass
class _Reader:
    folder: Path
    findings: list[Finding] = field(default_factory=list)

    def take(self, name: str, model: type[M]) -> Loaded[M] | None:
        reading = read([self.folder / name], model)
        self.findings += reading.findings
        return reading.loaded[0] if reading.loaded else None

    def define(self, what: str, loaded: Loaded[Any], names: Iterable[Named]) -> set[str]:
        """The names that a file gives to its things; reports one that is given twice."""
        known: set[str] = set()
        for name, loc in names:
            if name in known:
                said = f"The {what} {name!r} stands here a second time."
                self._report(loaded, loc, Code.DUPLICATE, said, "Keep one of them.")
            known.add(name)
        return known

    def check(self, what: str, known: set[str], loaded: Loaded[Any], names: Iterable[Named]) -> None:
        """Report every name in a file that names nothing."""
        for name, loc in names:
            if name not in known:
                hint = f"Add it to the reference data, or name one that is there as {what}."
                self._report(loaded, loc, Code.UNKNOWN_REFERENCE, f"There is no {what} {name!r}.", hint)

    def _report(self, loaded: Loaded[Any], loc: Loc, code: Code, said: str, hint: str) -> None:
        self.findings.append(loaded.finding(code, Severity.VIOLATION, said, loc, hint=hint))


def _citations(value: object, loc: Loc = ()) -> Iterator[Named]:
    """Every source that a value or anything within it cites."""
    if isinstance(value, Cited):
        yield from ((key, (*loc, "sources", n)) for n, key in enumerate(value.sources))
    if isinstance(value, StrictModel):
        for name, info in type(value).model_fields.items():
            yield from _citations(getattr(value, name), (*loc, info.alias or name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _citations(item, (*loc, n))


def _keys(listed: SourceList) -> Iterator[Named]:
    return ((source.key, ("sources", n, "key")) for n, source in enumerate(listed.sources))


def _routes(listed: RouteList) -> Iterator[Named]:
    return ((route.title, ("routes", n, "title")) for n, route in enumerate(listed.routes))


def _titles(listed: TLevelList) -> Iterator[Named]:
    return ((t_level.title, ("t levels", n, "title")) for n, t_level in enumerate(listed.t_levels))


def _routes_of_t_levels(listed: TLevelList) -> Iterator[Named]:
    return ((t_level.route, ("t levels", n, "route")) for n, t_level in enumerate(listed.t_levels))


def _later_t_levels(listed: TLevelList) -> Iterator[Named]:
    for n, t_level in enumerate(listed.t_levels):
        if t_level.replaced_by:
            yield t_level.replaced_by, ("t levels", n, "replaced by")


def _standards_of_specialisms(listed: TLevelList) -> Iterator[Named]:
    for n, t_level in enumerate(listed.t_levels):
        for m, specialism in enumerate(t_level.specialisms):
            if specialism.standard:
                yield specialism.standard.code, ("t levels", n, "specialisms", m, "standard", "code")


def _standards(listed: StandardList) -> Iterator[Named]:
    for n, standard in enumerate(listed.standards):
        yield standard.standard_reference.code, ("standards", n, "standard reference", "code")


def _routes_of_standards(listed: StandardList) -> Iterator[Named]:
    for n, standard in enumerate(listed.standards):
        if standard.route:
            yield standard.route.route, ("standards", n, "route", "route")


def _later_standards(listed: StandardList) -> Iterator[Named]:
    for n, standard in enumerate(listed.standards):
        if standard.replaced_by:
            yield standard.replaced_by.code, ("standards", n, "replaced by", "code")


def _groups(listed: GroupList) -> Iterator[Named]:
    return ((group.code, ("occupation groups", n, "code")) for n, group in enumerate(listed.occupation_groups))


def _groups_of_standards(listed: StandardList) -> Iterator[Named]:
    for n, standard in enumerate(listed.standards):
        if standard.occupation_group:
            yield standard.occupation_group.code, ("standards", n, "occupation group", "code")
