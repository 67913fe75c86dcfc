"""The parameters of the API: each reads its value, and has the JSON Schema of the value for the description."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.limits import MAX_API_TEXT_CHARACTERS
from tlevel_rdf.web.data.on_a_day import read_days
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    import datetime as dt

_WHOLE_NUMBER: Final = re.compile("[0-9]{1,9}", re.ASCII)
#: White space for Python or for JavaScript. Each has characters that the other does not have; the schema and the server
#: must agree.
SPACES: Final = r"\s\u001c-\u001f\u0085\ufeff"
_VISIBLE: Final = re.compile(f"[^{SPACES}]")


@dataclass(frozen=True, slots=True)
class TextParameter:
    """A parameter whose value is text.

    Attributes:
        name: the name of the parameter.
        description: the description of the value.
        example: an example of a value.
        pattern: a regular expression of the value, which Python and JavaScript read alike.
        is_required: False if the client may leave the parameter out; its value is then empty.
    """

    name: str
    description: str
    example: str
    pattern: str = _VISIBLE.pattern
    is_required: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        return {"type": "string", "minLength": 1, "maxLength": MAX_API_TEXT_CHARACTERS, "pattern": self.pattern}

    def read(self, given: tuple[str, ...]) -> str:
        """Return the value.

        Raises:
            ProblemError: 400, the value is missing, repeated, blank or too long.
        """
        if not given and not self.is_required:
            return ""
        if len(given) != 1 or not _VISIBLE.search(given[0]) or len(given[0]) > MAX_API_TEXT_CHARACTERS:
            detail = f"Send {self.name} once, with 1 to {MAX_API_TEXT_CHARACTERS} characters. {self.description}"
            raise bad_request(detail)
        return given[0]


@dataclass(frozen=True, slots=True)
class NumberParameter:
    """An optional parameter whose value is a whole number.

    Attributes:
        name: the name of the parameter.
        description: the description of the value.
        default: the value if the client sends none.
        min: the smallest value.
        max: the largest value.
    """

    name: str
    description: str
    default: int
    min: int
    max: int
    is_required = False

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        return {"type": "integer", "minimum": self.min, "maximum": self.max, "default": self.default}

    @property
    def example(self) -> int:
        """An example of a value."""
        return self.default

    def read(self, given: tuple[str, ...]) -> int:
        """Return the value.

        Raises:
            ProblemError: 400, the value is repeated, not a whole number or out of range.
        """
        if not given:
            return self.default
        if len(given) == 1 and _WHOLE_NUMBER.fullmatch(given[0]) and self.min <= int(given[0]) <= self.max:
            return int(given[0])
        sent = " and ".join(map(repr, given))
        detail = f"{self.name} must be one whole number from {self.min} to {self.max}, not {sent}."
        raise bad_request(detail)


@dataclass(frozen=True, slots=True)
class DayParameter:
    """The optional parameter `on`, a day on which the state of things is asked for."""

    name = "on"
    description = "Day on which to state what is open or in force."
    example = "2027-09-01"
    is_required = False

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def read(self, given: tuple[str, ...]) -> dt.date | None:
        """Return the day, or None if the client sends none.

        Raises:
            ProblemError: 400, it is no day, or there are two.
        """
        return read_days(given)


#: A parameter of any kind.
Parameter = TextParameter | NumberParameter | DayParameter
