"""Query strings and forms as names and values (URL Standard, section 5.1)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from tlevel_rdf.limits import MAX_PARAMETER_CHARACTERS, MAX_PARAMETERS
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable


def parse_pairs(text: str, max_pairs: int = MAX_PARAMETERS) -> list[tuple[str, str]]:
    """Return the names and values of a query string or a form, in the order in which the client sent them.

    Args:
        text: percent-encoded.
        max_pairs: the number of pairs that is accepted.

    Raises:
        ProblemError: 400, the text is not UTF-8 or has too many pairs.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=max_pairs)
    except UnicodeDecodeError as error:
        raise bad_request("The parameters are not encoded in UTF-8.") from error
    except ValueError as error:
        detail = f"A request may have at most {max_pairs:,} parameters."
        raise bad_request(detail) from error


def parse_parameters(query: str) -> dict[str, tuple[str, ...]]:
    """Return the values of each parameter, in the order in which the client sent them.

    Raises:
        ProblemError: 400, the query string is not UTF-8, or has too many parameters or too long a value.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in parse_pairs(query):
        if max(len(name), len(value)) > MAX_PARAMETER_CHARACTERS:
            detail = f"The name and the value of a parameter may have at most {MAX_PARAMETER_CHARACTERS:,} characters."
            raise bad_request(detail)
        found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def check_parameter_names(resource: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    """Reject unknown parameters, which would otherwise have no effect.

    Args:
        resource: the name of the resource, for the message.
        names: of the parameters that the client sent.
        allowed: the parameters of the resource.

    Raises:
        ProblemError: 400, with the allowed names.
    """
    known = list(allowed)
    if unknown := [name for name in names if name not in known]:
        parameters = f"Its parameters: {', '.join(known)}." if known else "It has none."
        raise bad_request(f"{resource} has no parameter {unknown[0]!r}. {parameters}")
