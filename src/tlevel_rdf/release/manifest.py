"""The manifest of a release, `manifest.json`, for programs that download releases."""

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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded


def write_manifest(  # noqa: PLR0913, PLR0917 - the parts of a manifest
    date: datetime.date,
    corpus: Corpus,
    findings: Sequence[Finding],
    digests: Mapping[str, str],
    folder: Path,
    accepted: Mapping[str, Any] | None = None,
) -> str:
    """Write `manifest.json`: the release, the profiles that it was made from, and its files.

    Args:
        date: the date of the release.
        corpus: the published data.
        findings: the findings of the gate, without violations.
        digests: file → SHA-256, for all files that exist so far.
        folder: holds the files and the store.
        accepted: the losses since the last release that the publisher accepted, and the reason.

    Returns:
        The id of the release: the date, and a hash of the rest of the manifest. So another release with the same id
        has the same files, made by the same version of the program from the same profiles, down to their comments.
    """
    with closing(EmbeddedStore.open(folder / release.STORE)) as store:
        counts = count(store, corpus.ids.base).to_json()
    rest = {
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
        "findings": {severity.value: sum(f.severity is severity for f in findings) for severity in Severity},
        **({"accepted": accepted} if accepted else {}),
        "files": {
            file: {
                "mediaType": release.media_type_of(file),
                "bytes": (folder / file).stat().st_size,
                "sha256": digest,
            }
            for file, digest in digests.items()
        },
    }
    release_id = f"{date.isoformat()}-{hashlib.sha256(json.dumps(rest).encode()).hexdigest()[:12]}"
    text = json.dumps({"id": release_id, **rest}, indent=2, ensure_ascii=False) + "\n"
    (folder / release.MANIFEST).write_text(text, encoding="utf-8")
    return release_id


def _profile_entry(loaded: Loaded[Profile]) -> dict[str, Any]:
    profile = loaded.value
    return {
        "tLevel": profile.t_level,
        "sha256": hashlib.sha256(loaded.data).hexdigest(),
        "source": {"document": profile.source.document, "sha256": profile.source.sha256},
    }


def count_graphs(file: Path) -> dict[str, int]:
    """Count the statements of each graph of an N-Quads file, by the IRI of the graph."""
    counts: dict[str, int] = {}
    with file.open("rb") as lines:
        for line in lines:
            graph = line[line.rindex(b" <") + 2 : -4].decode()
            counts[graph] = counts.get(graph, 0) + 1
    return dict(sorted(counts.items()))


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
