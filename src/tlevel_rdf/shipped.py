"""The files that ship with the package: ontology, shapes, queries and data.

A checkout has them at its top, an installed package inside it; only this module knows where.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

Folder = Literal["ontology", "shapes", "queries", "data"]

_INSTALLED: Final = Path(__file__).parent / "shipped"
_CHECKOUT: Final = Path(__file__).parents[2]


def shipped(folder: Folder) -> Path:
    """Return the absolute path of a folder that ships with the package."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root / folder
