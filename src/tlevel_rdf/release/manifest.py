"""What a release says of itself in `manifest.json`, for programs that download it."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.description import t_level_key
from tlevel_rdf.release import dumps, release
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import count

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded


def write_manifest(name: str, date: datetime.date, corpus: Corpus, found: Sequence[Finding], folder: Path) -> None:
    """Write `manifest.json`: what the release is, what it was made of, and its files with their sums.

    Args:
        name: the release's id.
        date: its date.
        corpus: what is published.
        found: everything that the checks found; none of it a violation.
        folder: with all the other files, and the store.
    """
    with closing(EmbeddedStore.open(folder / release.STORE)) as store:
        counts = count(store, corpus.ids.base).to_json()
    manifest = {
        "id": name,
        "date": date.isoformat(),
        "base": corpus.ids.base,
        "dataset": corpus.ids.dataset().value,
        "version": corpus.ids.version(date).value,
        "generator": release.GENERATOR,
        "profiles": [
            _profile_entry(loaded) for loaded in sorted(corpus.profiles, key=lambda one: t_level_key(one.value))
        ],
        "graphs": count_graphs(folder / dumps.N_QUADS),
        "triples": _lines(folder / dumps.N_TRIPLES),
        "counts": counts,
        "findings": {severity.value: sum(f.severity is severity for f in found) for severity in Severity},
        "files": {
            file: {
                "mediaType": media_type,
                "bytes": (folder / file).stat().st_size,
                "sha256": release.sha256(folder / file),
            }
            for file, media_type in release.MEDIA_TYPES.items()
            if (folder / file).is_file()
        },
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / release.MANIFEST).write_text(text, encoding="utf-8")


def _profile_entry(loaded: Loaded[Profile]) -> dict[str, Any]:
    profile = loaded.value
    return {
        "tLevel": profile.t_level,
        "sha256": hashlib.sha256(loaded.data).hexdigest(),
        "source": {"document": profile.source.document, "sha256": profile.source.sha256},
    }


def count_graphs(file: Path) -> dict[str, int]:
    """The number of statements of each graph of an N-Quads file, by the graph's IRI."""
    counts: dict[str, int] = {}
    with file.open("rb") as lines:
        for line in lines:
            graph = line[line.rindex(b" <") + 2 : -4].decode()
            counts[graph] = counts.get(graph, 0) + 1
    return dict(sorted(counts.items()))


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
