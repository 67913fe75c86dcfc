"""rdflib-endpoint over an N-Quads file, as its README shows it. A peer of `serve.py`.

python peer_rdflib.py FILE PORT
"""

from __future__ import annotations

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint


def main(file: str, port: str) -> None:
    """Serve the graphs of a file, and their union as the default graph, until a signal ends the process."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(file, format="nquads")
    app = SparqlEndpoint(graph=graph, path="/sparql")
    uvicorn.run(app, port=int(port), access_log=False, log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
