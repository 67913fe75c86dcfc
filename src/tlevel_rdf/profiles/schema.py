"""The JSON Schema of a profile, for editors: they complete keys and mark faults while somebody writes.

It is made from the model, so it can say nothing else. `python -m tlevel_rdf.profiles.schema` prints it.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.profiles.model import Profile

_ID: Final = f"{DEFINITIONS}profile.schema.json"


def profile_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the YAML of one profile."""
    made = Profile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID,
        "title": "Progression profile of a T Level",
        "description": made["description"],
        **{key: _bare(value) for key, value in made.items() if key not in {"title", "description"}},
    }


def profile_schema_text() -> str:
    """The same as text, with a line break at its end."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"


def _bare(value: Any) -> Any:
    """Without the titles that pydantic makes of names in the code: editors would show them."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _bare(item) for key, item in value.items() if key != "title" or not isinstance(item, str)}


if __name__ == "__main__":
    sys.stdout.write(profile_schema_text())
