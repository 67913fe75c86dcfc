"""The entry point of the command line.

The query engine ends its process when it has no memory left. So a query runs in a process of its own, and this one
explains the end.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Final, NoReturn

from tlevel_rdf.errors import QueryFailedError, ReleaseError
from tlevel_rdf.parent_death import end_with_parent

#: The commands that run queries.
_QUERYING: Final = frozenset({"query", "get"})


def main() -> NoReturn:
    """Run the command that the process was started with, and end it."""
    if next((argument for argument in sys.argv[1:] if argument != "--debug"), "") in _QUERYING:
        _run_apart()
    # A process that has imported little yet is forked in a millisecond.
    from tlevel_rdf.cli import main as run_command  # noqa: PLC0415 - see above

    run_command()


def _run_apart() -> None:
    """Return in a new process; wait for its end in this one."""
    sys.stdout.flush()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        end_with_parent(parent)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return
    status = _wait(child)
    if status < 0:
        print(_explain(-status, sys.argv[2:]), file=sys.stderr)
        os._exit(2)
    os._exit(status)


def _wait(child: int) -> int:
    while True:
        # The child gets an interrupt from the keyboard too.
        with contextlib.suppress(KeyboardInterrupt):
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _explain(number: int, arguments: list[str]) -> str:
    """Return the reason for the end of a query by a signal."""
    for path in (Path(argument.removeprefix("--on=")) for argument in arguments):
        if message := _damage(path):
            return message
    reason = f"the query engine ended by {signal.Signals(number).name}, most likely for lack of memory"
    return f"error {QueryFailedError.code}: {reason}\n    hint: ask for less, or raise the setting memory"


def _damage(path: Path) -> str:
    """Return a message if a path is a release that differs from its checksums."""
    # A query that ends well needs neither.
    from tlevel_rdf.release.checksums import compare  # noqa: PLC0415 - see above
    from tlevel_rdf.release.release import is_release, open_release  # noqa: PLC0415 - see above

    try:
        if not is_release(path):
            return ""
        differences = compare(open_release(path).folder)
    except (OSError, ReleaseError):
        return ""
    if not differences:
        return ""
    first = differences[0]
    return f"error {ReleaseError.code}: {path} is damaged: {first.name}: {first.message}\n    hint: build it again"
