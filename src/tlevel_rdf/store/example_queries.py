"""The example queries: a question that people have, and the SPARQL that answers it.

Each is a file in `queries/` that any engine of SPARQL 1.1 answers as it stands. Comments at its top say what it asks
and for whom, and name its parameters; a parameter's default is the line of VALUES that binds the variable of its name.
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Term = Literal | NamedNode

_INTEGER: Final = NamedNode(f"{XSD}integer")
_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_SAID: Final = re.compile(r"# (question|for|parameter (\w+)): (.+)")


class Persona(StrEnum):
    """Who has the question."""

    LEARNER = "learner"
    ADVISER = "adviser"
    PROVIDER = "provider"
    POLICY = "policy"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be put into a query.

    Attributes:
        name: of the parameter and of its variable.
        description: what it is, in a few words.
        defaults: the terms that are asked for when nothing is given; others are made like the first.
    """

    name: str
    description: str
    defaults: tuple[Term, ...]

    def terms(self, values: Iterable[str]) -> tuple[Term, ...]:
        """Values as terms of the same kind as the default: a number, an IRI, or text with its language.

        Raises:
            SettingError: a value is none of that kind.
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
            raise SettingError(f"{self.name} cannot be {value!r}: {error}", hint=f"it is {self.description}") from error
        if not _WHOLE_NUMBER.fullmatch(value):
            raise SettingError(f"{self.name} cannot be {value!r}, which is no whole number", hint="give one such as 4")
        return Literal(int(value))


@dataclass(frozen=True, slots=True)
class Example:
    """An example query.

    Attributes:
        name: of its file, without `.rq`.
        question: what it answers, for people.
        persona: who asks.
        parameters: in the order of the file.
        text: the query with its defaults.
    """

    name: str
    question: str
    persona: Persona
    parameters: tuple[Parameter, ...]
    text: str

    def with_values(self, values: Mapping[str, Sequence[str]]) -> str:
        """The query with other values in the place of its defaults.

        Args:
            values: by the names of parameters, one or more each; a parameter without any keeps its default.

        Raises:
            UnknownNameError: the query has no such parameter.
            SettingError: a value is not of the kind that the parameter asks for.
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


def examples() -> Mapping[str, Example]:
    """The example queries that came with this package, by name."""
    return _read_all(shipped("queries"))


def example(name: str) -> Example:
    """The example query of that name.

    Raises:
        UnknownNameError: there is none; the hint names the nearest.
    """
    known = examples()
    if name not in known:
        raise _unknown("example query", name, known, "there are no example queries")
    return known[name]


def read_example(file: Path) -> Example:
    """An example query from its file.

    Raises:
        UnreadableInputError: the file cannot be read, or its comments are not those of an example.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{file}: {error}", hint="mend the file") from error
    said: dict[str, str] = {}
    parameters = []
    for found in _SAID.finditer(text):
        if name := found[2]:
            parameters.append(Parameter(name, found[3], _defaults(file, name, text)))
        else:
            said[found[1]] = found[3]
    try:
        persona = Persona(said["for"])
        return Example(file.stem, said["question"], persona, tuple(parameters), text)
    except (KeyError, ValueError) as error:
        raise UnreadableInputError(
            f"{file}: no comment says for whom it is or what it asks",
            hint=f"begin with '# question: …?' and '# for: …', one of {', '.join(Persona)}",
        ) from error


@cache
def _read_all(folder: Path) -> dict[str, Example]:
    return {file.stem: read_example(file) for file in sorted(folder.glob("*.rq"))}


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"^([ ]*)VALUES \?{name} \{{ (.+) \}}$", re.MULTILINE)


def _defaults(file: Path, name: str, text: str) -> tuple[Term, ...]:
    blocks = _values(name).findall(text)
    if len(blocks) != 1:
        said = f"{file}: {len(blocks)} lines bind the parameter {name}, and it takes one"
        raise UnreadableInputError(said, hint=f"write 'VALUES ?{name} {{ … }}' on a line of its own")
    # Terms as the engine reads them, so that this module needs no reader of its own.
    try:
        answer = pyoxigraph.Store().query(f"SELECT * {{ VALUES ?{name} {{ {blocks[0][1]} }} }}")
    except SyntaxError as error:
        raise UnreadableInputError(f"{file}: {error}", hint="give each parameter its default") from error
    return tuple(row[name] for row in answer)  # type: ignore[union-attr]  # a SELECT gives rows


def _unknown(what: str, name: str, known: Iterable[str], none: str) -> UnknownNameError:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}" if names else none
    return UnknownNameError(f"there is no {what} {name!r}", hint=hint)
