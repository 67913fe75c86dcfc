"""A process that ends with its parent, however the parent ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Final

from tests.server.conftest import is_alive
from tests.web.conftest import wait_until
from tlevel_rdf.parent_death import end_with_parent

PROGRAM: Final = """
import os, signal, time
from tlevel_rdf.parent_death import end_with_parent
parent = os.getpid()
if os.fork() == 0:
    end_with_parent(parent)
    print(os.getpid(), flush=True)
signal.pause()
"""


def test_a_process_ends_with_its_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert is_alive(child)
        process.kill()
        assert wait_until(lambda: not is_alive(child))


def test_a_process_whose_parent_has_gone_ends_at_once() -> None:
    child = os.fork()
    if child == 0:
        end_with_parent(child + 1_000_000)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
