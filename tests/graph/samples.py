"""Small profiles, written as YAML and read back, so that every value has a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

if TYPE_CHECKING:
    from tlevel_rdf.profiles.validation import Loaded

SOURCE = {"document": "a.txt", "sha256": "a" * 64}


def load(t_level: str, *specialisms: dict[str, Any], file: str = "p.yaml", **more: Any) -> Loaded[Profile]:
    """Return a profile of a T Level, with a specialism called Optics if none is given."""
    document = {"t level": t_level, "source": SOURCE, "specialisms": specialisms or [{"title": "Optics"}], **more}
    return parse(profile_to_yaml(Profile.model_validate(document)).encode(), file, Profile)


def specialism(title: str, **more: Any) -> dict[str, Any]:
    """Return a specialism, with its options by heading."""
    return {"title": title, **more}


def job(title: str, **more: Any) -> dict[str, Any]:
    """Return an option to work."""
    return {"occupation": title, **more}


def apprenticeship(title: str, level: int, **more: Any) -> dict[str, Any]:
    """Return an option to take an apprenticeship."""
    return {"apprenticeship": title, "level": level, **more}
