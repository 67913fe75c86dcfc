"""`/api/`: plain JSON for people who know no RDF. One table says what there is; `openapi` describes it from that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from tlevel_rdf.limits import MAX_API_TEXT_CHARACTERS, MAX_OFFSET, MAX_PAGE_ENTRIES
from tlevel_rdf.web.api import handlers, schema
from tlevel_rdf.web.api.options import options
from tlevel_rdf.web.http.media_types import PLAIN_JSON
from tlevel_rdf.web.http.problems import bad_request, not_found
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_WHOLE_NUMBER: Final = re.compile("[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """A parameter that is text. One with a place in the path is always there; one after the question mark, required.

    Attributes:
        name: of the parameter.
        description: what it is.
        example: of a value.
        pattern: what it can be, as a regular expression that JavaScript reads alike.
    """

    name: str
    description: str
    example: str
    pattern: str = r"\S"

    @property
    def schema(self) -> dict[str, Any]:
        """What it can be (JSON Schema)."""
        return {"type": "string", "minLength": 1, "maxLength": MAX_API_TEXT_CHARACTERS, "pattern": self.pattern}

    def read(self, given: tuple[str, ...]) -> str:
        """The value.

        Raises:
            ProblemError: 400.
        """
        if len(given) != 1 or not given[0].strip() or len(given[0]) > MAX_API_TEXT_CHARACTERS:
            what = f"{self.name} is needed once, with 1 to {MAX_API_TEXT_CHARACTERS} characters: {self.description}"
            raise bad_request(what)
        return given[0]


@dataclass(frozen=True, slots=True)
class Number:
    """A parameter that is a whole number, and may be left out.

    Attributes:
        name: of the parameter.
        description: what it is.
        usual: what it is if it is left out.
        least: the smallest that it can be.
        most: the largest.
    """

    name: str
    description: str
    usual: int
    least: int
    most: int

    @property
    def schema(self) -> dict[str, Any]:
        """What it can be (JSON Schema)."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "default": self.usual}

    @property
    def example(self) -> int:
        """Of a value."""
        return self.usual

    def read(self, given: tuple[str, ...]) -> int:
        """The value.

        Raises:
            ProblemError: 400.
        """
        if not given:
            return self.usual
        if len(given) == 1 and _WHOLE_NUMBER.fullmatch(given[0]) and self.least <= int(given[0]) <= self.most:
            return int(given[0])
        sent = " and ".join(map(repr, given))
        what = f"{self.name} is {sent}, and it is one whole number from {self.least} to {self.most}."
        raise bad_request(what)


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked.

    Attributes:
        path: with the names of its parameters in braces.
        name: for programs, without spaces.
        summary: for people.
        model: the shape of the answer.
        answer: makes it from the values of the parameters.
        in_path: the parameters of the path, each one segment of it.
        in_query: those after the question mark.
    """

    path: str
    name: str
    summary: str
    model: type[schema.Plain]
    answer: Callable[[Site, Mapping[str, Any]], schema.Plain]
    in_path: tuple[Text, ...] = ()
    in_query: tuple[Text | Number, ...] = ()

    def keys(self, path: str) -> dict[str, str] | None:
        """The values in a path, as they were sent; None for the path of another operation."""
        names = [re.escape(part) if place % 2 == 0 else f"(?P<{part}>[^/]+)" for place, part in enumerate(self._parts)]
        found = re.fullmatch("".join(names), path)
        return found.groupdict() if found else None

    @property
    def _parts(self) -> list[str]:
        """The path, with every other part the name of a parameter."""
        return re.split(r"[{}]", self.path)


_PAGED: Final = (
    Number("limit", "How many entries at most.", 100, 1, MAX_PAGE_ENTRIES),
    Number("offset", "How many entries to pass over.", 0, 0, MAX_OFFSET),
)


def _key(name: str, description: str, example: str) -> Text:
    return Text(name, description, example, r"^[^\x00-\x20\x7f/?#]+$")


_T_LEVEL: Final = "The key of a T Level: the end of its IRI."
OPERATIONS: Final = (
    Operation("/api/", "index", "What there is", schema.Index, handlers.index),
    Operation("/api/t-levels", "tLevels", "All T Levels", schema.TLevels, handlers.t_levels, in_query=_PAGED),
    Operation(
        "/api/t-levels/{key}",
        "tLevel",
        "A T Level with its specialisms and qualifications",
        schema.TLevel,
        handlers.t_level,
        (_key("key", _T_LEVEL, "healthcare-science"),),
    ),
    Operation(
        "/api/specialisms/{t_level}/{key}/options",
        "options",
        "What a profile says may come after a specialism",
        schema.Options,
        options,
        (
            _key("t_level", _T_LEVEL, "healthcare-science"),
            _key("key", "The key of the specialism: the last part of its IRI.", "optical-care-services"),
        ),
    ),
    Operation(
        "/api/occupations/{key}/reached-from",
        "reachedFrom",
        "What leads to an occupation",
        schema.ReachedFrom,
        handlers.reached_from,
        (_key("key", "The key of an occupation: the end of its IRI.", "dispensing-optician"),),
        _PAGED,
    ),
    Operation(
        "/api/search",
        "search",
        "Things by a part of their names",
        schema.Search,
        handlers.search,
        in_query=(Text("q", "What to look for in names, whatever its case.", "optic"), *_PAGED),
    ),
)


def api(site: Site, request: Request) -> Response:
    """An operation of the table, in JSON with keys that always stand in the same order.

    Raises:
        ProblemError: 400 for a parameter that is not known or cannot be what it is, 404, 406.
    """
    path = request.path if request.path != "/api" else "/api/"
    for operation in OPERATIONS:
        if (keys := operation.keys(path)) is not None:
            return _answer(site, request, operation, keys)
    raise not_found(path)


def _answer(site: Site, request: Request, operation: Operation, keys: Mapping[str, str]) -> Response:
    given = parse_parameters(request.query)
    check_parameter_names(operation.path, given, [one.name for one in operation.in_query])
    for one in operation.in_path:
        one.read((unquote(keys[one.name]),))
    # What stands in the path goes into IRIs as it was sent.
    values: dict[str, Any] = dict(keys)
    values |= {field.name: field.read(given.get(field.name, ())) for field in operation.in_query}
    media_type, headers = select_media_type(request, (PLAIN_JSON,))
    told = operation.answer(site, values)
    return site.represent(media_type, told.model_dump_json(by_alias=True, indent=2).encode() + b"\n", headers=headers)
