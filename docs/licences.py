"""Write the page of the licences of all locked packages: `python docs/licences.py`. A test compares it."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import metadata, requires
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE: Final = Path(__file__).parent / "operations" / "licences.md"
_TOP: Final = Path(__file__).parents[1]
_PERMISSIVE: Final = (
    "MIT MIT-0 MIT-CMU BSD BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 PSF-2.0 MPL-2.0 Zlib CC0-1.0 W3C OFL-1.1"
)
#: The licences of packages that people install with tlevel_rdf: they permit use in a program under the MIT licence.
ALLOWED: Final = frozenset(_PERMISSIVE.split())
#: Further licences of tools for development, which nobody gets with the package.
ALLOWED_FOR_DEVELOPMENT: Final = ALLOWED | {"LGPL-3.0-only", "GPL-3.0"}
#: Names that packages use for those licences.
_SPELT: Final = {
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "Apache License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause license": "BSD-3-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "W3C-20150513": "W3C",
    "W3C SOFTWARE NOTICE AND LICENSE": "W3C",
}
#: Packages of the lock for other systems than Linux, and two whose metadata states no licence: their file LICENSE is
#: that of MIT, and the axe-core in one of them has the Mozilla Public License.
_READ: Final = {"colorama": "BSD-3-Clause", "resvg-py": "MIT", "axe-playwright-python": "MIT AND MPL-2.0"}
_LEAD: Final = """\
Every package of [requirements.lock](../../requirements.lock), with its licence as its metadata states it, and those in
the styles, scripts and fonts of the site, by [their lock](../../assets/package-lock.json). `python docs/licences.py`
writes this page, and a test compares each licence with the list of those that are allowed. The site serves the texts of
the latter at `/static/licences.txt`."""


_EDITOR: Final = "Packages in the styles, scripts and fonts of the site"


class Package(NamedTuple):
    """A package, its licence, and True if people install it with tlevel_rdf or one of its extras."""

    name: str
    licence: str
    is_installed: bool


def packages() -> list[Package]:
    """Return the packages of the lock, in the order of their names."""
    locked = re.findall(r"^([\w.\-]+)==", (_TOP / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    needed = _needed()
    return [Package(name, licence_of(name), name in needed) for name in sorted(map(canonicalize_name, locked))]


def packages_of_editor() -> list[Package]:
    """Return the packages of npm whose code or fonts are in the site, which people get with tlevel_rdf."""
    locked = json.loads((_TOP / "assets" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        Package(path.removeprefix("node_modules/"), one.get("license", "unknown"), is_installed=True)
        for path, one in locked.items()
        if path and not one.get("dev")
    ]


def licence_of(name: str) -> str:
    """Return the licence of a package, by its SPDX identifiers where its metadata has them."""
    if name in _READ:
        return _READ[name]
    fields = metadata(name)
    classifiers = [line.split(" :: ")[-1] for line in fields.get_all("Classifier", []) if line.startswith("License ::")]
    text = str(fields.get("License") or "").strip()
    stated = [str(fields.get("License-Expression") or ""), text if len(text) < 50 else "", *classifiers]
    known = [_SPELT.get(one, one) for one in stated if one]
    return known[0] if known else "unknown"


def is_allowed(package: Package) -> bool:
    """Return True if every licence of a package, or one of those to choose from, is allowed."""
    allowed = ALLOWED if package.is_installed else ALLOWED_FOR_DEVELOPMENT
    return any(allowed.issuperset(choice.split(" AND ")) for choice in package.licence.split(" OR "))


def licences() -> str:
    """Return the page of the licences."""
    parts = ["# Licences", _LEAD]
    for title, some in (
        ("Packages that are installed with tlevel_rdf", [one for one in packages() if one.is_installed]),
        (_EDITOR, packages_of_editor()),
        ("Tools for development", [one for one in packages() if not one.is_installed]),
    ):
        rows = [f"| {one.name} | {one.licence} |" for one in some]
        parts += [f"## {title}", "| Package | Licence |\n|---|---|\n" + "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _needed() -> set[str]:
    """Return the packages that tlevel_rdf needs with all its extras, and those that they need."""
    project = tomllib.loads((_TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    waiting = [(Requirement(line), "") for line in lines]
    found: set[str] = set()
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        found.add(name)
        for wanted in (*requirement.extras, ""):
            waiting += [(Requirement(line), wanted) for line in requires(name) or []]
    return found


if __name__ == "__main__":
    PAGE.write_text(licences(), encoding="utf-8")
