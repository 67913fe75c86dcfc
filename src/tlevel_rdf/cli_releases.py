"""The commands about releases and what changes between them."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path  # noqa: TC003 - the commands are read at runtime
from typing import Annotated, Final

from cyclopts import App, Parameter

from tlevel_rdf.cli_output import Day, Extra, finish, optional, settings_of, stderr
from tlevel_rdf.errors import requires_extra
from tlevel_rdf.findings import Severity

releases_app: Final = App(name="releases", help="The releases in a folder.")


@releases_app.command(name="prune")
def prune_releases(
    folder: Annotated[Path, Parameter(help="The folder of releases.")],
    *,
    keep: Annotated[int | None, Parameter(help="How many of the newest releases to keep.")] = None,
    keep_since: Annotated[datetime.date | None, Parameter(help="Keep releases of this day and later.")] = None,
    reason: Annotated[str, optional("The reason, which is recorded. Default: the rule in words.")] = "",
    dry_run: Annotated[bool, optional("Print the releases that would be removed, and remove nothing.")] = False,
) -> None:
    """Remove old releases by a rule, and record which, when and why. The site then answers 410 at their addresses.

    The current release stays, and so does the one that a server on this machine serves.

    Example: tlevel-rdf releases prune public --keep 12
    """
    from tlevel_rdf.release.kept import Rule, prune

    today = datetime.datetime.now(tz=datetime.UTC).date()
    removals, shown = prune(folder, Rule(keep, keep_since, " ".join(reason.split())), today, is_dry=dry_run)
    for release in shown:
        stderr.print(f"{release.id} stays, because a server shows it", markup=False)
    for removal in removals:
        print(removal.id)
    number = f"{len(removals):,} release{'' if len(removals) == 1 else 's'}"
    stderr.print(f"{number} {'would be' if dry_run else 'were' if len(removals) != 1 else 'was'} removed", markup=False)


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


def load(
    release: Annotated[Path, Parameter(help="A release, or a folder of releases.")],
    *,
    to: Annotated[str, Parameter(help="The URL of the engine's graph store, such as http://127.0.0.1:7878/store.")],
    query: Annotated[str, Parameter(help="The URL of its SPARQL endpoint, such as http://127.0.0.1:7878/query.")],
) -> None:
    """Load a release into an engine by the SPARQL 1.1 Graph Store Protocol, and compare the two afterwards.

    A name and a password may stand in the URLs, before the host. If the load stops, the same command continues it;
    until it has ended, `serve`, `query` and `get` refuse the engine's data.

    Example: tlevel-rdf load public --to http://127.0.0.1:7878/store --query http://127.0.0.1:7878/query
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from tlevel_rdf.dataset.engine_load import load_release
    from tlevel_rdf.release.release import open_release

    opened = open_release(release)
    columns = (TextColumn("Loading"), BarColumn(), MofNCompleteColumn())
    # Elsewhere than on a terminal it would leave an empty line.
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("")
        load_release(opened, to, query, lambda done, total: progress.update(task, completed=done, total=total))
    stderr.print(f"The engine holds the release {opened.id}: {opened.manifest['triples']:,} triples", markup=False)


def diff(
    old: Annotated[str, Parameter(help="A release, an RDF file, a profile or a folder of profiles.")],
    new: Annotated[str, Parameter(help="The newer one, of any of these kinds.")],
    *,
    format: Annotated[str, optional("text, json, csv or rdf-patch.")] = "text",  # noqa: A002 - the flag's name
) -> None:
    """Show what changed between two versions of the data, in words.

    Changes of sources only, such as another line of the same document, come last.

    Example: tlevel-rdf diff public/2026-11-22-fb344127c4d2 public
    """
    from tlevel_rdf.dataset.comparing import open_version, other_identifiers, write_changes

    settings = settings_of()
    older, newer = open_version(old, settings), open_version(new, settings)
    if warning := other_identifiers(older, newer):
        stderr.print(f"warning: {warning}", markup=False)
    for piece in write_changes(older, newer, format):
        sys.stdout.buffer.write(piece)


def what_if(  # noqa: PLR0913 - each is a flag
    *paths: Annotated[Path, Parameter(help="YAML profiles and folders of them.")],
    withdraw: Annotated[tuple[str, ...], optional("A standard to withdraw, such as ST0774; repeat for each.")] = (),
    level: Annotated[
        tuple[str, ...], optional("A standard with its new level, such as ST1377=3; repeat for each.")
    ] = (),
    close_t_level: Annotated[tuple[str, ...], optional("The title of a T Level to close; repeat for each.")] = (),
    format: Annotated[str, optional("text, json or csv.")] = "text",  # noqa: A002 - the flag's name
    map: Annotated[  # noqa: A002 - the flag's name
        Path | None, optional("A folder for a map (SVG) of each T Level that would lose or gain a route.")
    ] = None,
    date: Day = None,
    reference: Extra = None,
) -> None:
    """Show which routes would be lost or gained, for which specialisms, by edits of the data. It changes no file.

    A withdrawn standard has that status in the registers, and the apprenticeships that are based on it are no longer
    options. If a standard gets a new level, these apprenticeships get it too. A T Level that closes loses its options,
    and its last month of enrolment is that of --date. The rules are not checked.

    Example: tlevel-rdf what-if --withdraw ST0774 --level ST0218=3
    """
    from tlevel_rdf.changes.edits import read_edits
    from tlevel_rdf.dataset.what_if import find_effects, write_effects

    edits = read_edits(withdraw, level, close_t_level)
    with stderr.status("Reading") as status:  # only shows on a terminal
        settings = settings_of(date=date, reference=reference)
        effects = find_effects(paths, edits, settings, status.update)
    for piece in write_effects(effects, format):
        sys.stdout.buffer.write(piece)
    if map is None:
        return
    with requires_extra("server", "tlevel-rdf what-if --map"):
        from tlevel_rdf.web.data.site import Site
        from tlevel_rdf.web.html.maps.effects import effects_pictures
    map.mkdir(parents=True, exist_ok=True)
    old, new = (Site(store, settings.base, "what-if", settings=settings) for store in effects.stores)
    for name, picture in effects_pictures(old, new, effects.routes):
        (map / f"{name}.svg").write_bytes(picture)
        stderr.print(str(map / f"{name}.svg"), markup=False)
