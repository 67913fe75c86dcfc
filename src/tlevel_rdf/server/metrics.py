"""For whoever runs the server, on a port of its own: whether it lives, whether it can be asked, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from tlevel_rdf.server.access_log import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric
    from starlette.types import Receive, Scope, Send

    from tlevel_rdf.server.access_log import Journal
    from tlevel_rdf.server.http.asgi import Shell

_TEXT: Final = "text/plain; charset=utf-8"


class Figures(Collector):
    """What the server counts, in the text format of Prometheus; read when it is asked for."""

    def __init__(self, shell: Shell, journal: Journal) -> None:
        self._shell = shell
        self._journal = journal

    def collect(self) -> Iterator[Metric]:
        """All figures."""
        journal, served = self._journal, self._shell.served
        requests = CounterMetricFamily("tlevel_rdf_requests", "Requests answered.", labels=["status"])
        for status, number in sorted(journal.statuses.items()):
            requests.add_metric([str(status)], number)
        yield requests
        durations = HistogramMetricFamily("tlevel_rdf_request_seconds", "How long requests took.")
        durations.add_metric([], _cumulated(journal.buckets), journal.seconds)
        yield durations
        ended = CounterMetricFamily("tlevel_rdf_workers_ended", "Workers replaced.", labels=["reason"])
        for reason, number in sorted(served.lanes.ended.items()):
            ended.add_metric([reason], number)
        yield ended
        for name, lane in (("fast", served.lanes.fast), ("slow", served.lanes.slow)):
            yield _gauge(f"{name}_busy", f"Workers of the {name} lane at work.", lane.busy)
            yield _gauge(f"{name}_waiting", f"Requests that wait for the {name} lane.", lane.waiting)
        yield _gauge("disturbed", "Whether requests run away.", served.lanes.fast.is_disturbed)
        yield _gauge("workers", "Workers that are there.", served.lanes.size)
        yield _gauge("workers_spare", "Workers that are ready to replace one.", served.lanes.spares)
        yield _gauge("cache_bytes", "Bytes of answers that are kept.", served.cache.bytes)
        yield _gauge("cache_entries", "Answers that are kept.", len(served.cache))
        yield CounterMetricFamily(
            "tlevel_rdf_cache_found", "Requests answered from what is kept.", value=served.cache.found
        )
        release = GaugeMetricFamily("tlevel_rdf_release", "The release that is served.", labels=["id"])
        release.add_metric([served.site.release], 1)
        yield release


class Operations:
    """The ASGI application of the operations port: `/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, shell: Shell, journal: Journal) -> None:
        self._shell = shell
        self._registry = CollectorRegistry()
        self._registry.register(Figures(shell, journal))

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        status, content_type, body = self._answer(scope["path"])
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/healthz":
            return 200, _TEXT, b"alive\n"
        if path == "/readyz":
            is_ready = not self._shell.is_ending and self._shell.served.lanes.size > 0
            return (200, _TEXT, b"ready\n") if is_ready else (503, _TEXT, b"not ready\n")
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest(self._registry)
        return 404, _TEXT, b"There are /healthz, /readyz and /metrics.\n"


def _cumulated(buckets: list[int]) -> list[tuple[str, float]]:
    counted, total = [], 0
    for end, number in zip([*map(str, BUCKETS), "+Inf"], buckets, strict=True):
        total += number
        counted.append((end, float(total)))
    return counted


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tlevel_rdf_{name}", help_text, value=value)
