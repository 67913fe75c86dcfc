"""The JSON Schema of a profile, with which editors complete keys and mark errors.

The schema is generated from the model. `python -m tlevel_rdf.profiles.schema` prints it.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.profiles.model import Profile

_ID: Final = f"{DEFINITIONS}profile.schema.json"


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the YAML of one profile."""
    generated = Profile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID,
        "title": "Progression profile of a T Level",
        "description": generated["description"],
        **{key: _without_titles(value) for key, value in generated.items() if key not in {"title", "description"}},
    }


def profile_schema_text() -> str:
    """Return the schema as text, with a line break at its end."""
    return json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"


def _without_titles(value: Any) -> Any:
    """Remove the titles that pydantic makes from names in the code, which editors would show."""
    if isinstance(value, list):
        return [_without_titles(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_titles(item) for key, item in value.items() if key != "title" or not isinstance(item, str)}


if __name__ == "__main__":
    sys.stdout.write(profile_schema_text())
