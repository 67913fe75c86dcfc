"""Each part of the server's protocol that is there for speed, measured with and without it in the same run.

Usage: python benchmarks/protocol.py [--rounds 5] [--seconds 2]

The servers differ in one part and take turns, in the opposite order in every other round. A ratio is the median of the
rounds' ratios, with the smallest and the largest in brackets. A part that does not gain 10 % should go. Needs wrk.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from server_process import Server

_SERVE = """
import sys
from pathlib import Path
from tlevel_rdf.server.http import protocol
{change}
from tlevel_rdf.server.lifecycle import serve
from tlevel_rdf.server.live_site import open_site
from tlevel_rdf.settings import Settings
site, newer = open_site([Path(sys.argv[1])], Settings(port=int(sys.argv[2])))
serve(site, print, newer)
"""
#: What is changed in a server that lacks the part.
CHANGES = {
    "as it is": "",
    "without the ready-made head": "protocol._EXTENSIONS.clear()",
    "without writing head and body together": """
async def send(self, message):
    if protocol.HEAD_EXTENSION in message:
        head = self._head(message)
        self.expected_content_length -= len(head)
        self.transport.write(head)
    else:
        await protocol.Cycle.__base__.send(self, message)
protocol.Cycle.send = send
""",
}
TARGETS = {
    "a thing in Turtle, from the cache": "/doc/t-level/healthcare-science.ttl",
    "a small query, each time with a text of its own": (
        f"/sparql?query={quote('ASK { <https://w3id.org/tlevel/id/t-level/healthcare-science> ?p ?o } #')}%N%"
    ),
}


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    plan = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        public = str(Path(folder) / "public")
        command = [sys.executable, "-m", "tlevel_rdf", "build", "--out", public]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        servers = [
            stack.enter_context(Server(name, sys.executable, "-c", _SERVE.format(change=change), public))
            for name, change in CHANGES.items()
        ]
        for name, target in TARGETS.items():
            rates: dict[str, list[float]] = {server.name: [] for server in servers}
            for number in range(plan.rounds):
                for server in servers if number % 2 == 0 else reversed(servers):
                    rates[server.name].append(server.measure(target, 16, plan.seconds).rate)
            whole, *others = rates
            print(f"\n{name}: {statistics.median(rates[whole]):,.0f} in a second; load {os.getloadavg()[0]:.1f}")
            for other in others:
                ratios = [a / b for a, b in zip(rates[whole], rates[other], strict=True)]
                print(f"  {statistics.median(ratios):.2f} times {other} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
