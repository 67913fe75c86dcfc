"""An engine that answers as a test says, over real sockets."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Sent(NamedTuple):
    """A request that the engine got: its method, target, body, and the value of Authorization."""

    method: str
    target: str
    body: bytes
    authorization: str


@contextmanager
def answering(answer: Callable[[BaseHTTPRequestHandler, Sent], None]) -> Iterator[tuple[str, list[Sent]]]:
    """Run an engine; yield its address and the requests that it gets."""
    got: list[Sent] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            sent = Sent(self.command, self.path, body, self.headers.get("authorization", ""))
            got.append(sent)
            answer(self, sent)

        do_PUT = do_POST  # noqa: N815 - the name that the base class calls

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql", got
        finally:
            server.shutdown()
            thread.join()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """Send a whole answer; the names of headers have underscores for hyphens."""
    handler.send_response(status)
    for name, value in {"content_type": "application/sparql-results+json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
