"""The release that a folder has already, with which a build compares the new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import OutputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.release import dumps, release
from tlevel_rdf.release.guard import Loss, find_losses
from tlevel_rdf.release.manifest import count_graphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: The titles that a finding lists.
_LISTED_TITLES: Final = 10


@dataclass(frozen=True)
class LastRelease:
    """The current release of a folder.

    Attributes:
        store: its store; None if there is no release, or if it is damaged.
        sizes: the number of statements of each of its graphs.
        fault: the reason why it cannot be read; empty if it can.
    """

    store: pyoxigraph.Store | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""

    def losses(self, folder: Path) -> list[Loss]:
        """Return what a new release lacks of this one, as far as that stops a build.

        Args:
            folder: of the new release, with its store and canonical dump.
        """
        if self.fault:
            return [Loss(self.fault, 0, 0)]
        if self.store is None:
            return []
        new = pyoxigraph.Store.read_only(str(folder / release.STORE))
        return find_losses(self.store, new, self.sizes, count_graphs(folder / dumps.N_QUADS))


def open_last_release(out: Path, base: str) -> LastRelease:
    """Open the current release of a folder, if it has one.

    Args:
        out: the folder of releases.
        base: the IRI that the identifiers of the new release begin with.

    Raises:
        OutputError: the identifiers of the current release begin otherwise.
        ReleaseError: its manifest is damaged.
    """
    if not release.is_release(out):
        return LastRelease()
    last = release.open_release(out)
    if last.base != base:
        raise OutputError(
            f"the current release in {out} has identifiers under {last.base}, not {base}",
            hint=f"give --base {last.base}, or another folder with --out",
        )
    try:
        return LastRelease(pyoxigraph.Store.read_only(str(last.folder / release.STORE)), last.manifest["graphs"])
    except (OSError, KeyError) as error:
        return LastRelease(fault=f"all of {last.id}, which is damaged and cannot be compared: {error}")


def loss_finding(loss: Loss, accept: str) -> Finding:
    """Return the finding about a loss: a violation, or a note if the publisher has accepted it with a reason."""
    return Finding(
        Code.LOSS,
        Severity.INFO if accept else Severity.VIOLATION,
        f"the last release has what this one would lack: {loss.what}",
        hint=f"accepted: {accept}" if accept else "check what is gone; if it is right, give the reason with --accept",
    )


def gone_finding(titles: Sequence[str]) -> Finding:
    """Return the finding about the things that become tombstones."""
    listed = ", ".join(f"“{title}”" for title in titles[:_LISTED_TITLES])
    more = f" and {len(titles) - _LISTED_TITLES:,} more" if len(titles) > _LISTED_TITLES else ""
    return Finding(
        Code.GONE,
        Severity.WARNING,
        f"the last release describes {listed}{more}, and this one does not; a tombstone stays at each identifier",
        hint="if a title was only changed, give the old one with formerly: in the profile, which keeps the identifier",
    )
