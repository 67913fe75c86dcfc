"""The commands about releases and what changes between them."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - the commands are read at runtime
from typing import Annotated

from cyclopts import Parameter

from tlevel_rdf.cli_output import Day, Extra, finish, optional, settings_of, stderr
from tlevel_rdf.findings import Severity


def verify(
    release: Annotated[Path, Parameter(help="A release, or a folder of releases.")],
    *,
    key: Annotated[Path | None, optional("The public key that must have signed the release.")] = None,
) -> None:
    """Check a release: its checksums, the agreement of its dumps, its counts, its store and the rules.

    Example: tlevel-rdf verify public
    """
    from tlevel_rdf.release.verify import verify_release

    findings = verify_release(release, key)
    finish([finding for finding in findings if finding.severity is not Severity.INFO], "text")


def diff(
    old: Annotated[Path, Parameter(help="A release, an RDF file, a profile or a folder of profiles.")],
    new: Annotated[Path, Parameter(help="The newer one, of any of these kinds.")],
    *,
    format: Annotated[str, optional("text, json, csv or rdf-patch.")] = "text",  # noqa: A002 - the flag's name
) -> None:
    """Show what changed between two versions of the data, in words.

    Changes of sources only, such as another line of the same document, come last.

    Example: tlevel-rdf diff public/2026-11-22-fb344127c4d2 public
    """
    from tlevel_rdf.dataset.comparing import open_version, write_changes

    settings = settings_of()
    for piece in write_changes(open_version(old, settings), open_version(new, settings), format):
        sys.stdout.buffer.write(piece)


def what_if(  # noqa: PLR0913 - each is a flag
    *paths: Annotated[Path, Parameter(help="YAML profiles and folders of them.")],
    withdraw: Annotated[tuple[str, ...], optional("A standard to withdraw, such as ST0774; repeat for each.")] = (),
    level: Annotated[
        tuple[str, ...], optional("A standard with its new level, such as ST1377=3; repeat for each.")
    ] = (),
    close_t_level: Annotated[tuple[str, ...], optional("The title of a T Level to close; repeat for each.")] = (),
    format: Annotated[str, optional("text, json or csv.")] = "text",  # noqa: A002 - the flag's name
    date: Day = None,
    reference: Extra = None,
) -> None:
    """Show which routes would be lost or gained, for which specialisms, by edits of the data. It changes no file.

    A withdrawn standard has that status in the registers, and the apprenticeships that are based on it are no options
    any more. A standard with a new level takes these apprenticeships along. A T Level that closes has no options, and
    a last month of enrolment: that of --date. The rules are not checked.

    Example: tlevel-rdf what-if --withdraw ST0774 --level ST0218=3
    """
    from tlevel_rdf.changes.edits import read_edits
    from tlevel_rdf.dataset.what_if import find_effects, write_effects

    edits = read_edits(withdraw, level, close_t_level)
    with stderr.status("Reading") as status:  # only shows on a terminal
        effects = find_effects(paths, edits, settings_of(date=date, reference=reference), status.update)
    for piece in write_effects(effects, format):
        sys.stdout.buffer.write(piece)
