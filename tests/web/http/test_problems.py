"""Problem details (RFC 9457): statuses, members, and the headers that each status requires."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf import errors
from tlevel_rdf.web.http.media_types import HTML, TURTLE
from tlevel_rdf.web.http.problems import (
    STATUS_OF,
    Problem,
    bad_request,
    busy,
    content_too_large,
    forbidden,
    method_not_allowed,
    not_acceptable,
    not_found,
    problem_from_error,
    shutting_down,
    timed_out,
    unsupported_content_coding,
    unsupported_media_type,
    uri_too_long,
    worker_lost,
)

if TYPE_CHECKING:
    from tlevel_rdf.web.http.problems import ProblemError


@pytest.mark.parametrize(
    ("problem", "retry_after", "words"),
    [
        (busy(2), "2", "try again in 2 seconds"),
        (busy(1), "1", "try again in 1 second"),
        (shutting_down(3), "3", "try again in 3 seconds"),
        (timed_out(20, 60), "60", "after 20 seconds."),
        (timed_out(1, 60), "60", "after 1 second."),
        (timed_out(0.5, 60), "60", "after 0.5 seconds."),
        (worker_lost(5), "5", "more memory"),
    ],
)
def test_an_overloaded_server_states_when_to_try_again(problem: Problem, retry_after: str, words: str) -> None:
    members = json.loads(problem.as_json())
    assert members["status"] == problem.status == 503
    assert dict(problem.headers) == {"retry-after": retry_after}
    assert words in f"{members['detail']} {members['hint']}"
    # The page adds the full stop.
    assert not members["hint"].endswith(".")


@pytest.mark.parametrize(
    ("error", "status", "headers"),
    [
        (bad_request("x"), 400, {}),
        (forbidden("x"), 403, {}),
        (not_found("x"), 404, {}),
        (method_not_allowed("PUT", ["GET", "HEAD"]), 405, {"allow": "GET, HEAD"}),
        (not_acceptable([(TURTLE, "/a.ttl"), (HTML, "")]), 406, {"vary": "Accept"}),
        (unsupported_media_type("a/b", ["c/d", "e/f"]), 415, {"accept-post": "c/d, e/f"}),
        (unsupported_media_type(None, ["c/d"]), 415, {"accept-post": "c/d"}),
        (unsupported_content_coding("br"), 415, {"accept-encoding": "identity"}),
    ],
)
def test_each_client_error_has_the_headers_of_its_status(
    error: ProblemError, status: int, headers: dict[str, str]
) -> None:
    assert (error.problem.status, dict(error.problem.headers)) == (status, headers)
    assert str(error) == error.problem.detail


@pytest.mark.parametrize(("problem", "status"), [(content_too_large("x"), 413), (uri_too_long("x"), 414)])
def test_a_size_problem_has_its_status(problem: Problem, status: int) -> None:
    assert problem.status == status


def test_a_406_problem_lists_the_representations() -> None:
    members = json.loads(not_acceptable([(TURTLE, "/a.ttl"), (HTML, "")]).problem.as_json())
    assert members["variants"] == [{"type": "text/turtle", "href": "/a.ttl"}, {"type": "text/html"}]
    assert "text/turtle, text/html" in members["detail"]


def test_a_problem_in_json_has_the_members_of_the_rfc_first() -> None:
    body = Problem(HTTPStatus.NOT_FOUND, "Détail", "hint", members={"code": "X"}).as_json()
    assert list(json.loads(body)) == ["type", "title", "status", "detail", "hint", "code"]
    assert "Détail".encode() in body
    assert "hint" not in json.loads(Problem(HTTPStatus.NOT_FOUND, "x").as_json())


OWN = {kind: status for kind, status in STATUS_OF.items() if not issubclass(kind, errors.EngineError)}


@pytest.mark.parametrize(("error_type", "status"), OWN.items())
def test_an_error_that_a_request_causes_keeps_its_message(
    error_type: type[errors.TlevelError], status: HTTPStatus
) -> None:
    problem = problem_from_error(error_type("the message", hint="the hint"))
    assert (problem.status, problem.detail, problem.hint) == (status, "the message", "the hint")
    assert problem.members["code"] == error_type.code


@pytest.mark.parametrize(("error_type", "status"), [item for item in STATUS_OF.items() if item[0] not in OWN])
def test_an_error_of_an_engine_does_not_show_its_address(
    error_type: type[errors.TlevelError], status: HTTPStatus
) -> None:
    problem = problem_from_error(error_type("http://10.0.0.1:8890/ is down", hint="check 10.0.0.1"))
    assert problem.status == status
    assert b"10.0.0.1" not in problem.as_json()
    assert dict(problem.headers) == {"retry-after": "10"}


def test_an_internal_error_does_not_show_its_message() -> None:
    problem = problem_from_error(errors.OutputError("/secret/path cannot be written"))
    assert problem.status == 500
    assert problem.members == {"code": errors.OutputError.code}
    assert b"secret" not in problem.as_json()


def test_a_missing_release_is_a_503_without_its_path() -> None:
    problem = problem_from_error(errors.ReleaseError("/secret/path is missing", hint="build the release again"))
    assert (problem.status, problem.headers) == (503, (("retry-after", "30"),))
    assert b"secret" not in problem.as_json()


def test_a_syntax_error_has_its_line_and_column() -> None:
    problem = problem_from_error(errors.QuerySyntaxError("line 2, column 6: the prefix x: is not declared"))
    assert (problem.members["line"], problem.members["column"]) == (2, 6)
    assert "line" not in problem_from_error(errors.QuerySyntaxError("the query is empty")).members
