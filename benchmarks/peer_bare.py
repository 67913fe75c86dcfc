"""The smallest SPARQL endpoint that answers at all: Starlette over pyoxigraph in one process. A peer of `serve.py`.

    python peer_bare.py STORE FILE PORT

It has no limits, no content negotiation, no cache and no isolation. `/static` returns the bytes of FILE.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request


def main(store_path: str, file: str, port: str) -> None:
    """Serve a store and a file until a signal ends the process."""
    store = pyoxigraph.Store.read_only(store_path)
    page = Path(file).read_bytes()

    async def sparql(request: Request) -> Response:
        results = store.query(request.query_params["query"])
        body = results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return Response(body, media_type="application/sparql-results+json")

    async def static(_request: Request) -> Response:
        return Response(page, media_type="text/turtle")

    app = Starlette(routes=[Route("/sparql", sparql), Route("/static", static)])
    uvicorn.run(app, port=int(port), access_log=False, log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
