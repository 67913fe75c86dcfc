"""What went wrong, in the shape of RFC 9457, and the one place that says which status an error of ours has."""

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

#: The status of each error that a request can bring about; any other is the server's own fault.
STATUS_OF: Final[Mapping[type[TlevelError], HTTPStatus]] = {
    errors.QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    errors.QueryRefusedError: HTTPStatus.FORBIDDEN,
    errors.QueryTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.QueryUnsupportedError: HTTPStatus.BAD_REQUEST,
    errors.UnwritableError: HTTPStatus.NOT_ACCEPTABLE,
    errors.QueryFailedError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.UnknownNameError: HTTPStatus.NOT_FOUND,
    errors.AnswerTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}
_PLACE: Final = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True)
class Problem:
    """A problem (RFC 9457, section 3.1) of type `about:blank`: its title is the phrase of its status.

    Attributes:
        status: of the response.
        detail: what is wrong with this request, in one sentence or two.
        hint: what to do about it.
        headers: that the response must have.
        members: more about it, for programs (section 3.2).
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
        """The problem as `application/problem+json`."""
        told = {
            "type": "about:blank",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            **({"hint": self.hint} if self.hint else {}),
            **self.members,
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


class ProblemError(Exception):
    """Ends the work on a request with a problem as its answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem_from_error(error: TlevelError) -> Problem:
    """An error of the package as a problem.

    The text of an error that is the server's own fault may name its files, so it stays in the log.
    """
    status = STATUS_OF.get(type(error))
    if status is None:
        detail = "The server could not answer. The fault is its own."
        return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail, members={"code": error.code})
    members: dict[str, object] = {"code": error.code}
    if isinstance(error, errors.QuerySyntaxError) and (place := _PLACE.search(error.message)):
        members |= {"line": int(place[1]), "column": int(place[2])}
    return Problem(status, error.message, error.hint, members=members)


def not_found(what: str) -> ProblemError:
    """404: nothing is known of what was asked for."""
    return ProblemError(Problem(HTTPStatus.NOT_FOUND, f"Nothing is known here of {what}."))


def bad_request(detail: str) -> ProblemError:
    """400: the request cannot be understood."""
    return ProblemError(Problem(HTTPStatus.BAD_REQUEST, detail))


def forbidden(detail: str) -> ProblemError:
    """403: the request is understood, and not done here."""
    return ProblemError(Problem(HTTPStatus.FORBIDDEN, detail))


def method_not_allowed(method: str, allowed: Iterable[str]) -> ProblemError:
    """405, with Allow (RFC 9110, section 10.2.1)."""
    allow = ", ".join(allowed)
    detail = f"{method} is not done here. What is: {allow}."
    return ProblemError(Problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers=(("allow", allow),)))


def not_acceptable(variants: Sequence[tuple[MediaType, str]]) -> ProblemError:
    """406, with the list of what there is (RFC 9110, section 15.5.7): each type with its path, if it has one."""
    names = ", ".join(dict.fromkeys(media_type.name for media_type, _ in variants))
    told = [{"type": t.name} | ({"href": path} if path else {}) for t, path in variants]
    return ProblemError(
        Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            f"The answer can be had as {names}.",
            headers=(("vary", "Accept"),),
            members={"variants": told},
        )
    )


def unsupported_media_type(sent: str | None, allowed: Sequence[str]) -> ProblemError:
    """415, with Accept-Post (Linked Data Platform 1.0, section 7.1)."""
    detail = f"The body is {sent or 'of no stated type'}. What is read here: {', '.join(allowed)}."
    headers = (("accept-post", ", ".join(allowed)),)
    return ProblemError(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers=headers))


def unsupported_content_coding(sent: str) -> ProblemError:
    """415, with Accept-Encoding (RFC 9110, section 12.5.3): the body is in a coding."""
    detail = f"The body is in the coding {sent}. What is read here: no coding."
    headers = (("accept-encoding", "identity"),)
    return ProblemError(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers=headers))


def content_too_large(detail: str) -> Problem:
    """413: the body is longer than what is read."""
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def uri_too_long(detail: str) -> Problem:
    """414: the target is longer than what is read."""
    return Problem(HTTPStatus.REQUEST_URI_TOO_LONG, detail)


def busy(retry_after: int) -> Problem:
    """503, with Retry-After in seconds (RFC 9110, section 10.2.3): all who answer queries are at work."""
    detail = "The server is answering as many queries as it can."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, _later(retry_after), _retry_after(retry_after))


def timed_out(seconds: float, retry_after: int) -> Problem:
    """503, with Retry-After: a query took longer than a query may take."""
    detail = f"The query was ended after {seconds:g} seconds."
    hint = "Ask for less, or in several queries."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, hint, _retry_after(retry_after))


def worker_lost(retry_after: int) -> Problem:
    """503, with Retry-After: the process that answered the query is gone, with what it had."""
    detail = "The query could not be finished: it took more memory than a query may have, or the engine failed."
    hint = "Ask for less, or in several queries."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, hint, _retry_after(retry_after))


def shutting_down(retry_after: int) -> Problem:
    """503, with Retry-After: the server has been told to end before it had the answer."""
    detail = "The server ends, and the query could not be finished before."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, _later(retry_after), _retry_after(retry_after))


def _later(seconds: int) -> str:
    return f"Ask again in {seconds} second{'' if seconds == 1 else 's'}."


def _retry_after(seconds: int) -> tuple[tuple[str, str], ...]:
    return (("retry-after", str(seconds)),)
