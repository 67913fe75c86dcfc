"""Problem details for HTTP APIs (RFC 9457), and the status of each error of the package.

A function that handlers call returns a `ProblemError` to raise; one that the server calls returns a `Problem` to send.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tlevel_rdf import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.errors import TlevelError
    from tlevel_rdf.web.http.media_types import MediaType

#: The status of each error that a request can cause. Any other error is the server's fault.
STATUS_OF: Final[Mapping[type[TlevelError], HTTPStatus]] = {
    errors.QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    errors.QueryRefusedError: HTTPStatus.FORBIDDEN,
    errors.QueryTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.QueryUnsupportedError: HTTPStatus.BAD_REQUEST,
    errors.UnwritableError: HTTPStatus.NOT_ACCEPTABLE,
    errors.QueryFailedError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.UnknownNameError: HTTPStatus.NOT_FOUND,
    errors.AnswerTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.EngineUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.EngineTimeoutError: HTTPStatus.GATEWAY_TIMEOUT,
    errors.EngineAnswerError: HTTPStatus.BAD_GATEWAY,
}
#: Seconds after which a missing or damaged release may be there again.
_RETRY_AFTER_RELEASE: Final = 30
#: Seconds after which an engine may answer again.
_RETRY_AFTER_ENGINE: Final = 10
#: The details of its errors, which leave out its address.
_ENGINE: Final[Mapping[type[TlevelError], str]] = {
    errors.EngineUnavailableError: "The engine that has the data cannot be reached now, or is busy.",
    errors.EngineTimeoutError: "The engine that has the data took too long.",
    errors.EngineAnswerError: "The engine that has the data gave no complete answer.",
}
_POSITION: Final = re.compile(r"line (\d+), column (\d+)")
_SMALLER_QUERY: Final = "request less data, or split the query into several"


@dataclass(frozen=True)
class Problem:
    """A problem (RFC 9457, section 3.1) of type `about:blank`, with the phrase of its status as its title.

    Attributes:
        status: of the response.
        detail: what is wrong with this request, in one or two sentences.
        hint: what the client can do.
        headers: that the response must have.
        members: extension members, for programs (section 3.2).
    """

    status: HTTPStatus
    detail: str
    hint: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    members: Mapping[str, object] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The phrase of the status (section 4.2.1)."""
        return self.status.phrase

    def as_json(self) -> bytes:
        """Return the problem as `application/problem+json`."""
        members = {
            "type": "about:blank",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            **({"hint": self.hint} if self.hint else {}),
            **self.members,
        }
        return json.dumps(members, ensure_ascii=False, indent=2).encode() + b"\n"


class ProblemError(Exception):
    """A problem to send as the response to the current request."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem_from_error(error: TlevelError) -> Problem:
    """Return the problem for an error of the package.

    The message of an internal error may name files of the server, so the problem leaves it out.
    """
    if isinstance(error, errors.ReleaseError):
        return data_unavailable(_RETRY_AFTER_RELEASE)
    status = STATUS_OF.get(type(error))
    if isinstance(error, errors.EngineError) and status:
        retry = (("retry-after", str(_RETRY_AFTER_ENGINE)),)
        return Problem(status, _ENGINE[type(error)], "Try again later.", retry, {"code": error.code})
    if status is None:
        detail = "The server failed to answer the request because of an internal error."
        return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail, members={"code": error.code})
    members: dict[str, object] = {"code": error.code}
    if isinstance(error, errors.QuerySyntaxError) and (position := _POSITION.search(error.message)):
        members |= {"line": int(position[1]), "column": int(position[2])}
    return Problem(status, error.message, error.hint, members=members)


def bad_request(detail: str, hint: str = "") -> ProblemError:
    """Return a 400 problem: the request is invalid."""
    return ProblemError(Problem(HTTPStatus.BAD_REQUEST, detail, hint))


def forbidden(detail: str) -> ProblemError:
    """Return a 403 problem: the server does not perform such requests."""
    return ProblemError(Problem(HTTPStatus.FORBIDDEN, detail))


def not_found(detail: str) -> ProblemError:
    """Return a 404 problem: the resource does not exist."""
    return ProblemError(Problem(HTTPStatus.NOT_FOUND, detail))


def gone(detail: str, members: Mapping[str, object]) -> ProblemError:
    """Return a 410 problem: the resource was removed.

    Args:
        detail: in words.
        members: the same for programs.
    """
    return ProblemError(Problem(HTTPStatus.GONE, detail, members=members))


def method_not_allowed(method: str, allowed: Iterable[str]) -> ProblemError:
    """Return a 405 problem with an Allow header (RFC 9110, section 10.2.1)."""
    allow = ", ".join(allowed)
    detail = f"This resource does not support {method}. It supports: {allow}."
    return ProblemError(Problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers=(("allow", allow),)))


def not_acceptable(variants: Sequence[tuple[MediaType, str]]) -> ProblemError:
    """Return a 406 problem with the available representations (RFC 9110, section 15.5.7).

    Args:
        variants: the media type of each representation, and its path or an empty text.
    """
    names = ", ".join(dict.fromkeys(media_type.name for media_type, _ in variants))
    listed = [{"type": t.name} | ({"href": path} if path else {}) for t, path in variants]
    return ProblemError(
        Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            f"This resource is available as {names}.",
            headers=(("vary", "Accept"),),
            members={"variants": listed},
        )
    )


def unsupported_media_type(content_type: str | None, supported: Sequence[str]) -> ProblemError:
    """Return a 415 problem with an Accept-Post header (Linked Data Platform 1.0, section 7.1)."""
    names = ", ".join(supported)
    sent = f"The media type of the body is {content_type}." if content_type else "The body has no Content-Type."
    detail = f"{sent} Supported media types: {names}."
    return ProblemError(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers=(("accept-post", names),)))


def unsupported_content_coding(coding: str) -> ProblemError:
    """Return a 415 problem with an Accept-Encoding header (RFC 9110, section 12.5.3)."""
    detail = f"The content coding of the body is {coding}. The server accepts a body without a content coding only."
    headers = (("accept-encoding", "identity"),)
    return ProblemError(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers=headers))


def content_too_large(detail: str) -> Problem:
    """Return a 413 problem: the body, the query or its result is too large."""
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def uri_too_long(detail: str) -> Problem:
    """Return a 414 problem: the request target is too long."""
    return Problem(HTTPStatus.REQUEST_URI_TOO_LONG, detail)


def busy(retry_after: int) -> Problem:
    """Return a 503 problem: all workers are busy and the queue is full.

    Args:
        retry_after: seconds, for the Retry-After header (RFC 9110, section 10.2.3).
    """
    return _unavailable("The server is busy with other queries.", _try_again(retry_after), retry_after)


def timed_out(seconds: float, retry_after: int) -> Problem:
    """Return a 503 problem: a query took longer than the time limit."""
    return _unavailable(f"The server stopped the query after {_in_words(seconds)}.", _SMALLER_QUERY, retry_after)


def worker_lost(retry_after: int) -> Problem:
    """Return a 503 problem: the worker process ended before it answered the query."""
    detail = "The query failed: it needed more memory than a query may use, or the query engine crashed."
    return _unavailable(detail, _SMALLER_QUERY, retry_after)


def data_unavailable(retry_after: int) -> Problem:
    """Return a 503 problem: the release is missing or damaged, or no worker can open it."""
    return _unavailable("The data is not available at the moment.", _try_again(retry_after), retry_after)


def shutting_down(retry_after: int) -> Problem:
    """Return a 503 problem: the server shuts down before it answered the query."""
    detail = "The server is shutting down and did not finish the query."
    return _unavailable(detail, _try_again(retry_after), retry_after)


def _unavailable(detail: str, hint: str, retry_after: int) -> Problem:
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, hint, (("retry-after", str(retry_after)),))


def _try_again(seconds: int) -> str:
    return f"try again in {_in_words(seconds)}"


def _in_words(seconds: float) -> str:
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
