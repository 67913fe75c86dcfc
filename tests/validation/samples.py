"""Profiles for tests, written as YAML and read back, so that every value has a position."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.kinds import Flag
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.graph.compiled import CompiledReference

IDS = Identifiers("https://w3id.org/tlevel/")

#: The second has another spelling in the reference data; the third was never taught.
T_LEVELS = ("Healthcare Science", "FINANCE", "Catering", "Optics", "Lenses", "Frames", "Sight", "Colour", "Light")
TITLES = (
    "Optician",
    "Lens Maker",
    "Dispensing optician trainee",
    "Optician apprenticeship",
    "Optical Assistant",
    "*Guide*",
)


def corpus_of(texts: Sequence[tuple[str, str]], compiled: CompiledReference) -> Corpus:
    """Return a corpus of YAML texts, each with a file name."""
    return Corpus([parse(text.encode(), file, Profile) for file, text in texts], compiled, IDS)


def random_corpus(seed: int, size: int, compiled: CompiledReference) -> Corpus:
    """Return profiles that share titles and a source, with all kinds of faults that the model accepts."""
    chance = random.Random(seed)  # noqa: S311 - the same profiles each time
    texts = [
        (f"p{i}.yaml", profile_to_yaml(Profile.model_validate(_profile(T_LEVELS[i], chance)))) for i in range(size)
    ]
    return corpus_of(texts, compiled)


def _profile(t_level: str, chance: random.Random) -> dict[str, Any]:
    source = {
        "document": chance.choice(("a.txt", "b.txt")),
        "sha256": "a" * 64,
        "issued": chance.choice(("2024-01-01", "2024-01-02", "2099-01-01")),
        "page": chance.choice(("https://example.org/a", "https://example.org/a#")),
    }
    specialisms = [_specialism(f"{t_level} {name}", chance) for name in ("One", "Two")]
    return {"t level": t_level, "source": source, "specialisms": specialisms}


def _specialism(title: str, chance: random.Random) -> dict[str, Any]:
    technical = [
        *({"apprenticeship": t, "relevant": chance.random() < 0.3} | _levelled(chance) for t in _some(TITLES, chance)),
        *({"higher technical qualification": t} | _levelled(chance) for t in _some(TITLES, chance)),
    ]
    return {
        "title": title,
        "technical": technical,
        "education": [{"degree": t} | _any(chance) for t in _some(TITLES, chance)],
        "work": [{"occupation": t} | _any(chance) for t in _some(TITLES, chance)],
    }


def _some(titles: Sequence[str], chance: random.Random) -> list[str]:
    return chance.sample(titles, 2)


def _levelled(chance: random.Random) -> dict[str, Any]:
    return {"level": chance.choice((1, 2, 3, 4, 6, 8))} | _any(chance)


def _any(chance: random.Random) -> dict[str, Any]:
    options: dict[str, Any] = {"flags": chance.choices(list(Flag), k=chance.choice((0, 0, 0, 1, 2)))}
    if chance.random() < 0.4:
        options["page"] = chance.choice(("https://example.org/", "https://example.org/a#"))
    if chance.random() < 0.3:
        options["line"] = chance.randint(1, 99)
    return options
