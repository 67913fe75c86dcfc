"""What follows the question mark, as names and values (URL Standard, section 5.1)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

#: More values, and longer ones, than anybody needs.
_MOST_VALUES: Final = 200
MOST_CHARACTERS: Final = 500


def parse_pairs(text: str, most: int = _MOST_VALUES) -> list[tuple[str, str]]:
    """Names and values in the order in which they were sent.

    Args:
        text: percent-encoded, as after a question mark or in a form.
        most: pairs that are read.

    Raises:
        ProblemError: 400, they are not UTF-8 or too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=most)
    except UnicodeDecodeError as error:
        raise bad_request("The parameters are not UTF-8.") from error
    except ValueError as error:
        what = f"A request has {most:,} parameters at most."
        raise bad_request(what) from error


def parse_parameters(query: str) -> dict[str, tuple[str, ...]]:
    """The values of each parameter, in the order in which they were sent.

    Raises:
        ProblemError: 400, they are not UTF-8, too many or too long.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in parse_pairs(query):
        if max(len(name), len(value)) > MOST_CHARACTERS:
            what = f"A value has {MOST_CHARACTERS:,} characters at most."
            raise bad_request(what)
        found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def check_parameter_names(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse parameters that would be passed over.

    Args:
        what: that is asked for, as it begins a sentence.
        given: the names that were sent.
        known: the names that are read.

    Raises:
        ProblemError: 400, with the names that are known.
    """
    names = list(known)
    if wrong := [name for name in given if name not in names]:
        has = f"It has: {', '.join(names)}." if names else "It has none."
        raise bad_request(f"{what} has no parameter {wrong[0]!r}. {has}")
