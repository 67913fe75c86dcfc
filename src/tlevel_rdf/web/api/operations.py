"""`/api/`: plain JSON for clients that do not use RDF. `OPERATIONS` is the table of paths; `openapi` describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import (
    MAX_OFFSET,
    MAX_PAGE_ENTRIES,
    MAX_SEARCH_SUGGESTIONS,
    MAX_YEAR,
    MIN_YEAR,
)
from tlevel_rdf.web.api import answers, handlers, schema
from tlevel_rdf.web.api.options import options
from tlevel_rdf.web.api.parameters import SPACES, DayParameter, NumberParameter, Parameter, TextParameter
from tlevel_rdf.web.api.statements import statements, t_level_statements
from tlevel_rdf.web.api.tables import TABLES, entry_model, write_table
from tlevel_rdf.web.api.terms import terms as terms_of_data
from tlevel_rdf.web.http.media_types import PLAIN_JSON, split_suffix
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API.

    Attributes:
        path: the path, with the names of parameters in braces.
        name: the name for programs (`operationId`).
        summary: the description for people.
        model: the model of the JSON object that the operation returns.
        handler: returns the object for the values of the parameters.
        path_parameters: the parameters in the path, each a segment of it.
        query_parameters: the parameters after the question mark.
        max_age: seconds for which caches may use a response without asking again.
        entries: the field of the object with its list, which is also a table in CSV and XLSX; empty if there is none.
    """

    path: str
    name: str
    summary: str
    model: type[schema.ApiModel]
    handler: Callable[[Site, Mapping[str, Any]], schema.ApiModel]
    path_parameters: tuple[TextParameter, ...] = ()
    query_parameters: tuple[Parameter, ...] = ()
    max_age: int = 0
    entries: str = ""

    @property
    def offers(self) -> tuple[MediaType, ...]:
        """The media types of the response, JSON first."""
        return (PLAIN_JSON, *TABLES) if self.entries else (PLAIN_JSON,)

    def match(self, path: str) -> dict[str, str] | None:
        """Return the path parameters, still percent-encoded; None if the path is not one of this operation."""
        # Every other part of the path is the name of a parameter.
        parts = enumerate(re.split(r"[{}]", self.path))
        pattern = "".join(f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part) for number, part in parts)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


_PAGING: Final = (
    NumberParameter("limit", "Maximum number of entries to return.", 100, 1, MAX_PAGE_ENTRIES),
    NumberParameter("offset", "Number of entries to skip.", 0, 0, MAX_OFFSET),
)
_DAY: Final = DayParameter()


def _key(name: str, description: str, example: str) -> TextParameter:
    return TextParameter(name, description, example, rf"^[^{SPACES}\x00-\x20\x7f/?#]+$")


#: What narrows a search; each is a value of the facet of that name.
_FACETS: Final = tuple(
    TextParameter(name, f"{description}, to narrow the results.", example, is_required=False)
    for name, description, example in (
        ("kind", "Name of a class", "Apprenticeship"),
        ("level", "Number of a level", "2"),
        ("route", "IRI of a route", "https://w3id.org/tlevel/id/route/health-and-science"),
        ("t-level", "IRI of a T Level", "https://w3id.org/tlevel/id/t-level/healthcare-science"),
        ("flag", "IRI of a flag", f"{terms.STATUS}not-applicable"),
    )
)
#: The names of things change with a release only.
_SUGGESTION_SECONDS: Final = 300
_T_LEVEL: Final = "Key of a T Level: the last part of its IRI."
OPERATIONS: Final = (
    Operation("/api/", "index", "Entry points of the API", schema.ApiIndex, handlers.index),
    Operation(
        "/api/t-levels",
        "tLevels",
        "All T Levels",
        schema.TLevelList,
        handlers.t_levels,
        query_parameters=(*_PAGING, _DAY),
        entries="t_levels",
    ),
    Operation(
        "/api/t-levels/{key}",
        "tLevel",
        "A T Level with its specialisms and qualifications",
        schema.TLevelResource,
        handlers.t_level,
        (_key("key", _T_LEVEL, "healthcare-science"),),
        (_DAY,),
    ),
    Operation(
        "/api/specialisms/{t_level}/{key}/options",
        "options",
        "Options after a specialism, as its profile states them",
        schema.OptionList,
        options,
        (
            _key("t_level", _T_LEVEL, "healthcare-science"),
            _key("key", "Key of the specialism: the last part of its IRI.", "optical-care-services"),
        ),
        entries="options",
    ),
    Operation(
        "/api/occupations/{key}/reached-from",
        "reachedFrom",
        "Ways to an occupation",
        schema.PathwayList,
        handlers.reached_from,
        (_key("key", "Key of an occupation: the last part of its IRI.", "dispensing-optician"),),
        _PAGING,
        entries="ways",
    ),
    Operation(
        "/api/search",
        "search",
        "Search for things by names and codes",
        schema.SearchResultList,
        handlers.search,
        query_parameters=(
            TextParameter("q", "Words of names, or a code; case does not matter.", "optic"),
            *_FACETS,
            *_PAGING,
        ),
        entries="results",
    ),
    Operation(
        "/api/suggestions",
        "suggestions",
        "Best results of a search that is still being written",
        schema.SuggestionList,
        handlers.suggestions,
        query_parameters=(
            TextParameter("q", "Words of names, or a code; the last word may be unfinished.", "dispensing op"),
            TextParameter("kind", "Name of the class of all results.", "Occupation", is_required=False),
            NumberParameter("limit", "Maximum number of suggestions.", 8, 1, MAX_SEARCH_SUGGESTIONS),
        ),
        max_age=_SUGGESTION_SECONDS,
    ),
    Operation(
        "/api/t-levels/{key}/statements",
        "tLevelStatements",
        "All statements about a T Level and its specialisms",
        schema.StatementList,
        t_level_statements,
        (_key("key", _T_LEVEL, "healthcare-science"),),
        entries="statements",
    ),
    Operation(
        "/api/statements",
        "statements",
        "All statements about a thing",
        schema.StatementList,
        statements,
        query_parameters=(
            TextParameter(
                "iri", "IRI of the thing.", "https://w3id.org/tlevel/id/t-level/healthcare-science", r"^[a-z]+:[!-~]+$"
            ),
        ),
        entries="statements",
    ),
    Operation(
        "/api/codes/{scheme}/{code}",
        "code",
        "A code of a public register, with what has it",
        schema.CodeResource,
        handlers.code,
        (
            _key("scheme", "Key of a scheme, such as standard, lars, occupation or soc-2020.", "standard"),
            TextParameter("code", "The code; a slash in it is sent as %2F.", "ST0774", r"^[A-Za-z0-9][A-Za-z0-9/_-]*$"),
        ),
        (_DAY,),
        entries="statements",
    ),
    Operation(
        "/api/terms",
        "terms",
        "Classes and properties of the data",
        schema.TermList,
        terms_of_data,
        query_parameters=_PAGING,
        entries="terms",
    ),
    Operation(
        "/api/questions/ways-to-a-job",
        "waysToJob",
        "T Levels that lead to a job",
        schema.JobWayList,
        answers.ways_to_job,
        query_parameters=(TextParameter("job", "Words of a title, a careers service slug or a SOC code.", "optician"),),
        entries="ways",
    ),
    Operation(
        "/api/questions/compare-specialisms",
        "compareSpecialisms",
        "Next steps after two specialisms",
        schema.Comparison,
        answers.compare_specialisms,
        query_parameters=(
            TextParameter("first", "Name of a specialism, in any case.", "Optical Care Services"),
            TextParameter("second", "Name of the other specialism.", "Assisting with Healthcare Science"),
        ),
        entries="steps",
    ),
    Operation(
        "/api/questions/steps-to-bypass-or-shorten",
        "stepsToBypassOrShorten",
        "Steps that a learner may bypass or shorten",
        schema.ShortStepList,
        answers.steps_to_bypass_or_shorten,
        query_parameters=(
            TextParameter("t-level", "Name of the only T Level, in any case.", "Healthcare Science", is_required=False),
        ),
        entries="steps",
    ),
    Operation(
        "/api/questions/open-t-levels",
        "openTLevels",
        "T Levels on which learners can enrol in a year",
        schema.OpenTLevelList,
        answers.open_t_levels,
        query_parameters=(NumberParameter("year", "The year.", 2026, MIN_YEAR, MAX_YEAR),),
        entries="t_levels",
    ),
)


def api(site: Site, request: Request) -> Response:
    """Answer a request with the operation of its path, in JSON with its keys in a fixed order.

    Raises:
        ProblemError: 400 for an unknown parameter or an invalid value, 404, 406.
    """
    path = request.path if request.path != "/api" else "/api/"
    stem, fixed = split_suffix(path, (PLAIN_JSON, *TABLES))
    # A key may end in .json; no key of a list ends like a table.
    readings = ((path, None), (stem, fixed)) if fixed is PLAIN_JSON else ((stem, fixed), (path, None))
    for read, media_type in readings:
        for operation in OPERATIONS:
            if media_type in {None, *operation.offers} and (in_path := operation.match(read)) is not None:
                return _answer(site, request, operation, in_path, media_type)
    detail = f"The API has no resource {path}."
    raise not_found(detail)


def _answer(
    site: Site, request: Request, operation: Operation, in_path: Mapping[str, str], fixed: MediaType | None = None
) -> Response:
    given = parse_parameters(request.query)
    check_parameter_names(operation.path, given, [parameter.name for parameter in operation.query_parameters])
    for parameter in operation.path_parameters:
        parameter.read((unquote(in_path[parameter.name]),))
    # IRIs take the keys as the client sent them, percent-encoded.
    values: dict[str, Any] = dict(in_path)
    values |= {one.name: one.read(given.get(one.name, ())) for one in operation.query_parameters}
    media_type, headers = select_media_type(request, operation.offers, fixed)
    found = operation.handler(site, values)
    if media_type is PLAIN_JSON:
        body = found.model_dump_json(by_alias=True, indent=2, context={"root_path": request.root_path}).encode() + b"\n"
    else:
        model, entries = entry_model(operation.model, operation.entries), getattr(found, operation.entries)
        body = write_table(model, entries, media_type, operation.entries, site.date)
    response = site.represent(media_type, body, headers=headers)
    if operation.max_age:
        return response.with_headers(("cache-control", f"public, max-age={operation.max_age}"))
    return response
