"""Paths → profiles and reference data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tlevel_rdf.findings import Finding, Severity, violations
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Profile, Written
from tlevel_rdf.profiles.reading import Loaded, Reading, read
from tlevel_rdf.profiles.reference import (
    GroupList,
    Reference,
    RouteList,
    SourceList,
    StandardList,
    TLevelList,
)
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

M = TypeVar("M", bound=Written)

#: The endings of a file with a profile.
YAML_ENDINGS = (".yaml", ".yml")


def read_profiles(paths: Iterable[Path]) -> Reading[Profile]:
    """Read profiles from files and folders.

    Args:
        paths: YAML files, and folders of them, which are searched through.

    Returns:
        The sound profiles by the name of their file, and every finding about the others.
    """
    return read(_files(paths), Profile)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in YAML_ENDINGS and file.is_file())
        else:
            yield path


def data_folder() -> Path:
    """The project's data: `data` in the current folder if it has profiles, else the data that ships."""
    here = Path("data")
    return here if (here / "profiles").is_dir() else shipped("data")


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
    reader.check_names(
        "source", {s.key for s in sources.value.sources}, [routes, t_levels, standards, groups], key="sources"
    )
    reader.check_names("route", {r.title for r in routes.value.routes}, [t_levels, standards], key="route")
    known = {s.standard_reference.code for s in standards.value.standards}
    reader.check_names("standard", known, [t_levels], key="standard")
    reader.check_names("standard", known, [standards], key="replaced by")
    group_codes = {g.code for g in groups.value.occupation_groups}
    reader.check_names("occupation group", group_codes, [standards], key="occupation group")
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

    def check_names(self, what: str, known: set[str], files: Iterable[Loaded[M]], *, key: str) -> None:
        """Report every value under a key of that name which names nothing."""
        for loaded in files:
            for loc in loaded.document.places:
                named = _value(loaded.document.value, loc)
                under = {loc[-2:-1], loc[-1:]} if loc else set()
                inner = key != "sources" and loc[-2:] in {(key, "code"), (key, "route")}
                direct = (key,) in under and (key == "sources") == isinstance(loc[-1], int)
                if isinstance(named, str) and (inner or direct) and named not in known:
                    said = f"There is no {what} {named!r}."
                    hint = f"Add it to the reference data, or name one that is there as {what}."
                    self.findings.append(
                        loaded.finding(Code.UNKNOWN_REFERENCE, Severity.VIOLATION, said, loc, hint=hint)
                    )


def _value(value: object, loc: tuple[str | int, ...]) -> object:
    for part in loc:
        value = value[part]  # type: ignore[index]  # the places are those of this value
    return value
