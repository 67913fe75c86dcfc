"""Problems that a server under load has: their status, when to come back, and what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import AnswerTooLargeError
from tlevel_rdf.web.http.problems import busy, problem_from_error, timed_out, worker_lost

if TYPE_CHECKING:
    from tlevel_rdf.web.http.problems import Problem


@pytest.mark.parametrize(
    ("problem", "status", "retry_after", "said"),
    [
        (busy(2), 503, "2", "Try again in 2 seconds."),
        (busy(1), 503, "1", "Try again in 1 second."),
        (timed_out(20, 60), 503, "60", "after 20 seconds"),
        (timed_out(0.5, 60), 503, "60", "after 0.5 seconds"),
        (worker_lost(5), 503, "5", "more memory"),
        (problem_from_error(AnswerTooLargeError("the answer is long", hint="ask for less")), 413, None, "ask for less"),
    ],
)
def test_a_problem_of_load(problem: Problem, status: int, retry_after: str | None, said: str) -> None:
    told = json.loads(problem.as_json())
    assert (told["status"], problem.status) == (status, status)
    assert dict(problem.headers).get("retry-after") == retry_after
    assert said in f"{told['detail']} {told['hint']}"
