"""A fault, a hostile query or a lack of memory in a worker costs one request, and nothing else."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from tests.server.conftest import is_complete, is_running
from tests.web.conftest import FaultyStore, answers_correctly, endless_query, run_query, run_server, serving, wait_until
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


def test_a_fault_costs_one_request_and_is_reported_without_its_traceback(site: Site) -> None:
    with serving(replace(site, store=FaultyStore())) as client:
        for _ in range(3):
            response = client.get("/sparql?query=ASK%20{}%23fault")
            assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
            assert set(response.json()) == {"type", "title", "status", "detail", "code"}
            assert "KeyError" not in response.text


SECONDS = 3.0
_KILLS = 40
_TARGETS = [
    "/doc/5.ttl",
    "/doc/6.jsonld",
    "/doc/7.html",
    "/doc/8.nt",
    "/id/9",
    "/void.ttl",
    *(f"/sparql?query={quote(f'SELECT * {{ ?s ?p ?o }} ORDER BY ?o LIMIT {n}')}" for n in (1, 50, 900)),
]


def test_killed_workers_cost_one_request_each(numbered_site: Site) -> None:
    chance = random.Random(20_261_122)  # noqa: S311 - a test
    settings = Settings(cache=0, workers=2, timeout=60)
    with run_server(replace(numbered_site, settings=settings)) as server:
        assert wait_until(lambda: is_complete(server))
        expected = {target: server.client.get(target) for target in _TARGETS}
        assert {response.status_code for response in expected.values()} == {200, 303}
        statuses: Counter[int] = Counter()
        errors: list[str] = []
        over = threading.Event()

        def load(seed: int) -> None:
            mine = random.Random(seed)  # noqa: S311 - a test
            while not over.is_set():
                target = mine.choice(_TARGETS)
                response = server.client.get(target)
                statuses[response.status_code] += 1
                if response.status_code == 503:
                    assert response.headers["content-type"] == "application/problem+json"
                elif not are_equal(response, expected[target]):
                    errors.append(f"{target}: {response.status_code} {response.content[:100]!r}")

        killed: set[int] = set()
        with ThreadPoolExecutor(4) as pool:
            loads = [pool.submit(load, seed) for seed in range(4)]
            try:
                for _ in range(_KILLS):
                    over.wait(chance.random() / 10)
                    with contextlib.suppress(ProcessLookupError, IndexError):
                        pid = chance.choice(server.scheduler.pids)
                        os.kill(pid, signal.SIGKILL)
                        killed.add(pid)
                assert wait_until(lambda: statuses[200] > statuses[503])
            finally:
                over.set()
            for one in loads:
                one.result()
        assert not errors
        assert len(killed) > _KILLS / 2
        assert statuses[503] <= len(killed)
        assert wait_until(lambda: is_complete(server))
        assert sum(server.scheduler.ended.values()) >= len(killed)
        assert all(are_equal(server.client.get(target), response) for target, response in expected.items())


def are_equal(one: httpx.Response, other: httpx.Response) -> bool:
    return (one.status_code, one.content) == (other.status_code, other.content)


def test_the_end_of_a_worker_is_reported_to_its_client(numbered_site: Site) -> None:
    with (
        run_server(replace(numbered_site, settings=Settings(workers=1, timeout=60))) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(run_query, server.client, endless_query())
        assert wait_until(
            lambda: server.scheduler.slow.busy == 1 and wait_until(lambda: any(map(is_running, server.scheduler.pids)))
        )
        for pid in filter(is_running, server.scheduler.pids):
            os.kill(pid, signal.SIGKILL)
        response = answer.result(60)
        assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        assert response.json()["detail"].startswith("The query failed")
        assert wait_until(lambda: is_complete(server))
        assert answers_correctly(server.client)


@pytest.fixture(scope="module")
def strict(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=2, timeout=SECONDS))) as server:
        yield server


def _triples(joint: str, number: int) -> str:
    return joint.join(f"?s{n} ?p{n} ?o{n}" for n in range(number))


#: Hostile queries and the statuses that are right for them. LISTENER stands for an address of this test.
HOSTILE: dict[str, tuple[str, set[int]]] = {
    "nested EXISTS": ("SELECT * {" + "FILTER EXISTS {" * 1_000 + "?s ?p ?o" + "}" * 1_001, {413}),
    "many patterns": (f"SELECT * {{ {_triples(' . ', 3_000)} }}", {413}),
    "patterns within the limit": (f"SELECT * {{ {_triples(' . ', 100)} }}", {413, 503}),
    "a cross product": (endless_query(), {503}),
    "an ordered cross product": ("SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?d ?a", {413, 503}),
    "a long query": (f"SELECT * {{ ?s ?p '{'a' * 600_000}' }}", {413}),
    "many tokens": (f"SELECT * {{ VALUES ?x {{ {'1 ' * 50_000} }} }}", {413}),
    # The engine takes linear time for it; other engines never end.
    "a regular expression": (f"SELECT * {{ ?s ?p ?o FILTER(REGEX('{'a' * 5_000}!', '^(a+)+$')) }}", {200}),
    "paths over everything": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:a>)* ?b . ?c (!<x:a>|^!<x:a>)* ?d }",
        {503},
    ),
    "a gigabyte": (f"SELECT ('{'a' * 1_000}' AS ?a) {{ ?s ?p ?o . ?t ?q ?u }}", {413, 503}),
    "a gigabyte of triples": (f"CONSTRUCT {{ ?s ?p '{'a' * 1_000}', ?u }} {{ ?s ?p ?o . ?t ?q ?u }}", {413, 503}),
    "every graph with every other": (
        "SELECT (COUNT(*) AS ?n) { { GRAPH ?g { ?a ?b ?c } } UNION { ?a ?b ?c } ?d ?e ?f . ?i ?j ?k . ?l ?m ?o }",
        {503},
    ),
    "SERVICE": ("SELECT * { SERVICE <LISTENER> { ?s ?p ?o } }", {403}),
    "SERVICE of a variable": ("SELECT * { BIND(<LISTENER> AS ?x) SERVICE SILENT ?x { ?s ?p ?o } }", {403}),
    "a hidden SERVICE": (r"SELECT * { \u0053ERV\U00000049CE <LISTENER> { ?s ?p ?o } }", {403}),
    "a SERVICE after a hidden quote": (r"SELECT * { ?s ?p \u0022a\u0022 . SERVICE <LISTENER> {} }", {400, 403}),
    "a hidden update": (r"\u0044ROP ALL", {400, 403}),
    "LOAD": ("LOAD <LISTENER>", {400}),
    "FROM a site": ("SELECT * FROM <LISTENER> { ?s ?p ?o }", {200}),
    "FROM NAMED a site": ("SELECT * FROM NAMED <LISTENER> { GRAPH ?g { ?s ?p ?o } }", {200}),
    "FROM a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {200}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_refused_or_ended(name: str, strict: RunningServer) -> None:
    query, statuses = HOSTILE[name]
    with listen("127.0.0.1", 0) as listener:
        query = query.replace("LISTENER", f"http://127.0.0.1:{listener.getsockname()[1]}/data.ttl")
        response = strict.client.post(
            "/sparql", content=query, headers={"content-type": "application/sparql-query", "accept": "*/*"}
        )
        listener.settimeout(0)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert response.status_code in statuses, response.text[:300]
    if response.status_code == 200:
        assert response.json()["results"]["bindings"] == []
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]
        assert ("retry-after" in response.headers) is (response.status_code == 503)
    assert answers_correctly(strict.client)


HUNGRY = {
    "distinct texts": (
        f"SELECT (COUNT(DISTINCT CONCAT('{'a' * 50_000}', STR(?a), STR(?b))) AS ?n) {{ ?a ?p ?x . ?b ?q ?y }}"
    ),
    "one long text": f"SELECT (GROUP_CONCAT('{'a' * 50_000}') AS ?d) {{ ?a ?p ?x . ?b ?q ?y }}",
    "sorted rows": "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } ORDER BY ?c ?b ?a",
}


@pytest.mark.parametrize("name", HUNGRY)
def test_a_lack_of_memory_costs_one_request(name: str, numbered_site: Site) -> None:
    settings = Settings(workers=1, timeout=100, memory=300_000_000)
    with run_server(replace(numbered_site, settings=settings)) as server:
        server.client.timeout = httpx.Timeout(120)
        response = run_query(server.client, HUNGRY[name])
        assert response.status_code == 503
        assert "memory" in response.json()["detail"]
        assert wait_until(lambda: is_complete(server))
        assert set(server.scheduler.ended) <= {"moved", "lost"}
        assert server.scheduler.ended["lost"] == 1
        assert answers_correctly(server.client)
