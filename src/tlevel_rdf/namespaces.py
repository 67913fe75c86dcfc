"""The namespace of this project's vocabulary, schemes and shapes; data under any base uses it."""

from __future__ import annotations

from typing import Final

#: The namespace of the definitions. It is fixed, and not a setting.
DEFINITIONS: Final = "https://w3id.org/tlevel/def/"
