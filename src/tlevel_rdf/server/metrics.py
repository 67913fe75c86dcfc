"""The operations port: health, readiness and metrics for the people who run the server."""

from __future__ import annotations

import itertools
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

    from tlevel_rdf.server.live_site import LiveSite

_TEXT: Final = "text/plain; charset=utf-8"


class MetricsCollector(Collector):
    """The metrics of a site, for Prometheus; computed for each scrape."""

    def __init__(self, live: LiveSite) -> None:
        self._live = live

    def collect(self) -> Iterator[Metric]:
        """Yield all metrics."""
        log, backend = self._live.log, self._live.backend
        scheduler, cache = backend.scheduler, backend.cache
        requests = CounterMetricFamily("tlevel_rdf_requests", "Requests answered.", labels=["status"])
        for status, number in sorted(log.statuses.items()):
            requests.add_metric([str(status)], number)
        yield requests
        durations = HistogramMetricFamily("tlevel_rdf_request_seconds", "Duration of requests.")
        durations.add_metric([], _cumulative(log.buckets), log.seconds)
        yield durations
        ended = CounterMetricFamily("tlevel_rdf_workers_ended", "Workers that have ended.", labels=["reason"])
        for reason, number in sorted(scheduler.ended.items()):
            ended.add_metric([reason], number)
        yield ended
        for name, queue in (("fast", scheduler.fast), ("slow", scheduler.slow)):
            yield _gauge(f"{name}_busy", f"Busy workers of the {name} queue.", queue.busy)
            yield _gauge(f"{name}_waiting", f"Requests waiting in the {name} queue.", queue.waiting)
        yield _gauge("disturbed", "1 while requests exceed their processor time.", scheduler.fast.has_runaways)
        yield _gauge("workers", "Workers.", scheduler.size)
        yield _gauge("workers_spare", "Workers that stand ready to replace another.", scheduler.spares)
        yield _gauge("cache_bytes", "Size of the responses in the cache.", cache.bytes)
        yield _gauge("cache_entries", "Number of responses in the cache.", len(cache))
        yield CounterMetricFamily("tlevel_rdf_cache_found", "Requests answered from the cache.", value=cache.found)
        yield CounterMetricFamily("tlevel_rdf_log_lines_dropped", "Lines of logs that were dropped.", value=log.dropped)
        release = GaugeMetricFamily("tlevel_rdf_release", "The release that is served.", labels=["id"])
        release.add_metric([backend.site.release], 1)
        yield release


class OperationsApp:
    """The ASGI application of the operations port: `/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, live: LiveSite) -> None:
        self._live = live
        self._registry = CollectorRegistry()
        self._registry.register(MetricsCollector(live))

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
            return (200, _TEXT, b"ready\n") if self._live.is_ready else (503, _TEXT, b"not ready\n")
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest(self._registry)
        return 404, _TEXT, b"The paths are /healthz, /readyz and /metrics.\n"


def _cumulative(buckets: list[int]) -> list[tuple[str, float]]:
    totals = itertools.accumulate(map(float, buckets))
    return list(zip([*map(str, BUCKETS), "+Inf"], totals, strict=True))


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"tlevel_rdf_{name}", help_text, value=value)
