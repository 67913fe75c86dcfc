"""The example queries: SPARQL files with a title, an audience and parameters.

Each is a file in `queries/` that any SPARQL 1.1 engine answers as it stands. Comments at its top give its title, its
audience and its parameters. The default of a parameter is the VALUES line that binds the variable of its name.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.errors import SettingError, UnknownNameError, UnreadableInputError
from tlevel_rdf.graph.terms import XSD
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.query_guard import check_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Term = Literal | NamedNode

_INTEGER: Final = NamedNode(f"{XSD}integer")
_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_COMMENT: Final = re.compile(r"# (title|for|parameter (\w+)): (.+)")


class Persona(StrEnum):
    """The audiences of the example queries."""

    LEARNER = "learner"
    ADVISER = "adviser"
    PROVIDER = "provider"
    POLICY = "policy"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an example query.

    Attributes:
        name: the name of the parameter and of its variable.
        description: a few words.
        defaults: the terms used if no value is given; values become terms of the kind of the first.
    """

    name: str
    description: str
    defaults: tuple[Term, ...]

    def terms(self, values: Iterable[str]) -> tuple[Term, ...]:
        """Return values as terms of the kind of the default: a number, an IRI, or text with its language.

        Raises:
            SettingError: a value is not of that kind.
        """
        return tuple(self._term(value) for value in values)

    def _term(self, value: str) -> Term:
        like = self.defaults[0]
        try:
            if isinstance(like, NamedNode):
                return NamedNode(value)
            if like.datatype != _INTEGER:
                return Literal(value, language=like.language)
        except ValueError as error:
            raise SettingError(f"{self.name} cannot be {value!r}", hint=f"give {self.description}") from error
        if not _WHOLE_NUMBER.fullmatch(value):
            raise SettingError(f"{self.name} is {value!r}, which is not a whole number", hint="use a number such as 4")
        return Literal(int(value))


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """An example query.

    Attributes:
        name: the name of its file, without `.rq`.
        title: the question that it answers, in plain English.
        persona: its audience.
        parameters: in the order of the file.
        text: SPARQL, with the default values.
    """

    name: str
    title: str
    persona: Persona
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def returns_graph(self) -> bool:
        """True if the result is a graph; False for rows."""
        return check_query(self.text).form.returns_graph

    def with_values(self, values: Mapping[str, Sequence[str]]) -> str:
        """Return the SPARQL with values in place of the defaults.

        Args:
            values: one or more values by the name of their parameter; a parameter with no values keeps its default.

        Raises:
            UnknownNameError: the query has no such parameter.
            SettingError: a value does not suit its parameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, given in values.items():
            if name not in known:
                raise _unknown("parameter", name, known, f"{self.name} has no parameters")
            if given:
                block = f"VALUES ?{name} {{ {' '.join(map(str, known[name].terms(given)))} }}"
                text = _values(name).sub(lambda found, block=block: f"{found[1]}{block}", text)  # type: ignore[misc]  # mypy cannot infer a lambda's default
        return text


def example_queries() -> Mapping[str, ExampleQuery]:
    """Return the shipped example queries by name."""
    return _read_all(shipped("queries"))


def example_query(name: str) -> ExampleQuery:
    """Return an example query by its name.

    Raises:
        UnknownNameError: it does not exist; the hint gives the most similar name.
    """
    known = example_queries()
    if name not in known:
        raise _unknown("example query", name, known, "there are no example queries")
    return known[name]


def read_example_query(file: Path) -> ExampleQuery:
    """Read an example query from its file.

    Raises:
        UnreadableInputError: the file cannot be read, or lacks a title, an audience or a default.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{file}: {error}", hint="fix the file") from error
    comments: dict[str, str] = {}
    parameters = []
    for found in _COMMENT.finditer(text):
        if name := found[2]:
            parameters.append(Parameter(name, found[3], _defaults(file, name, text)))
        else:
            comments[found[1]] = found[3]
    try:
        persona = Persona(comments["for"])
        return ExampleQuery(file.stem, comments["title"], persona, tuple(parameters), text)
    except (KeyError, ValueError) as error:
        raise UnreadableInputError(
            f"{file}: the title or the audience is missing",
            hint=f"begin with '# title: …?' and '# for: …', one of {', '.join(Persona)}",
        ) from error


@cache
def _read_all(folder: Path) -> dict[str, ExampleQuery]:
    return {file.stem: read_example_query(file) for file in sorted(folder.glob("*.rq"))}


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"^([ ]*)VALUES \?{name} \{{ (.+) \}}$", re.MULTILINE)


def _defaults(file: Path, name: str, text: str) -> tuple[Term, ...]:
    blocks = _values(name).findall(text)
    if len(blocks) != 1:
        message = f"{file}: {len(blocks)} lines bind the parameter {name}; there must be one"
        raise UnreadableInputError(message, hint=f"write 'VALUES ?{name} {{ … }}' on a line of its own")
    try:
        answer = pyoxigraph.Store().query(f"SELECT * {{ VALUES ?{name} {{ {blocks[0][1]} }} }}")
    except SyntaxError as error:
        raise UnreadableInputError(f"{file}: {error}", hint="give each parameter its default") from error
    return tuple(row[name] for row in answer)  # type: ignore[union-attr]  # a SELECT gives rows


def _unknown(kind: str, name: str, known: Iterable[str], none: str) -> UnknownNameError:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(names)}" if names else none
    return UnknownNameError(f"there is no {kind} {name!r}", hint=hint)
