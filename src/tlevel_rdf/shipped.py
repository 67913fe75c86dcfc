"""Where the files that ship with the package are: ontology, shapes, queries and data.

In a checkout they stand at its top; in an installed package, inside it. Nothing else knows this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

Folder = Literal["ontology", "shapes", "queries", "data"]

_INSTALLED: Final = Path(__file__).parent / "shipped"
_CHECKOUT: Final = Path(__file__).parents[2]


def shipped(folder: Folder) -> Path:
    """The folder of that name which came with this package.

    Returns:
        An absolute path to an existing folder.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root / folder
