"""`/questions/…`: pages that answer what people ask. `/api/questions/…` has the same answers in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.limits import MAX_SEARCH_CHARACTERS, MAX_YEAR, MIN_YEAR
from tlevel_rdf.web.data import answers
from tlevel_rdf.web.html import answers as pages
from tlevel_rdf.web.html.answers import AnswerView, answer_page
from tlevel_rdf.web.http.media_types import HTML
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import ProblemError, bad_request
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.answers import Field, Question
    from tlevel_rdf.web.http.messages import Request


def ways_to_job(site: Site, request: Request) -> Response:
    """Answer `/questions/ways-to-a-job?job=…`.

    Raises:
        ProblemError: 400, an unknown parameter or too long a text; 406.
    """
    (job,) = _values(pages.WAYS_TO_JOB, request, "job")

    def view() -> AnswerView:
        return pages.view_job(job, answers.ways_to_job(site, job)) if job else AnswerView()

    return _respond(site, request, pages.WAYS_TO_JOB, pages.job_fields(job), view)


def compare_specialisms(site: Site, request: Request) -> Response:
    """Answer `/questions/compare-specialisms?first=…&second=…`.

    Raises:
        ProblemError: 400, an unknown parameter or too long a text; 406.
    """
    fields = pages.compare_fields(site, *_values(pages.COMPARE, request, "first", "second"))
    first, second = (field.value for field in fields)

    def view() -> AnswerView:
        if not (first and second):
            return AnswerView()
        return pages.view_comparison(first, second, answers.compare_specialisms(site, first, second))

    return _respond(site, request, pages.COMPARE, fields, view)


def steps_to_bypass_or_shorten(site: Site, request: Request) -> Response:
    """Answer `/questions/steps-to-bypass-or-shorten?t-level=…`; without a T Level, for all of them.

    Raises:
        ProblemError: 400, an unknown parameter or too long a text; 406.
    """
    fields = pages.t_level_fields(site, *_values(pages.SHORTEN, request, "t-level"))
    t_level = fields[0].value

    def view() -> AnswerView:
        return pages.view_short_steps(t_level, answers.steps_to_bypass_or_shorten(site, t_level))

    return _respond(site, request, pages.SHORTEN, fields, view)


def open_t_levels(site: Site, request: Request) -> Response:
    """Answer `/questions/open-t-levels?year=…`; without a year, for that of the release.

    Raises:
        ProblemError: 400, an unknown parameter or too long a text; 406.
    """
    (sent,) = _values(pages.OPEN, request, "year")
    year = sent or (str(site.date.year) if site.date else "")

    def view() -> AnswerView:
        if not year:
            return AnswerView()
        if not (year.isascii() and year.isdigit() and len(year) == 4 and MIN_YEAR <= int(year) <= MAX_YEAR):
            raise bad_request(f"“{year}” is not a year.", f"give a year from {MIN_YEAR} to {MAX_YEAR}, such as 2026")
        return pages.view_open(int(year), answers.open_t_levels(site, int(year)))

    return _respond(site, request, pages.OPEN, pages.year_fields(year), view)


def _values(question: Question, request: Request, *names: str) -> list[str]:
    given = parse_parameters(request.query)
    check_parameter_names(question.path, given, names)
    values = [" ".join(" ".join(given.get(name, ())).split()) for name in names]
    if max(map(len, values)) > MAX_SEARCH_CHARACTERS:
        detail = f"A value may have at most {MAX_SEARCH_CHARACTERS} characters."
        raise bad_request(detail)
    return values


def _respond(
    site: Site, request: Request, question: Question, fields: Sequence[Field], view: Callable[[], AnswerView]
) -> Response:
    _, headers = select_media_type(request, (HTML,))
    try:
        shown = view()
    except ProblemError as error:
        page = answer_page(site, question, fields, AnswerView(), problem=error.problem)
        return Response(int(error.problem.status), (("content-type", HTML.content_type), *headers), page)
    return site.represent(HTML, answer_page(site, question, fields, shown), headers=headers)
