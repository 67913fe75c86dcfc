"""Faults of the syntax of YAML, by their causes and in the words of the file's author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.limits import MAX_QUOTED_CHARACTERS

if TYPE_CHECKING:
    import yaml

_KEY_AND_VALUE: Final = re.compile(r"""[\s\-]*(?P<key>[^\s:#'"][^:#]*?)\s*:\s+(?P<value>.*\S)""")
_NO_SPACE: Final = re.compile(r"[\s\-]*(?P<key>\w[\w ]*):(?P<value>[^\s:/].*)")
_CLOSED: Final = re.compile(r"""["'\]}]\s*\Z""")
#: Parts of the parser's messages about a value that begins with a sign of YAML.
_BAD_BEGINNING: Final = (
    *("cannot start", "alias", "anchor", "node content", "block scalar", "directive", "mapping keys"),
    *("block sequence entries", "tag"),
)
_ALIGN: Final = "Align it with the key or the hyphen that it belongs beside."
_ON_A_LINE: Final = "Write 'key: value', or begin an entry of a list with a hyphen and a space."


class Explanation(NamedTuple):
    """A fault of the syntax.

    Attributes:
        line: counted from 1.
        column: in characters, counted from 1.
        message: what is wrong.
        hint: what to do.
    """

    line: int
    column: int
    message: str
    hint: str


def explain(error: yaml.MarkedYAMLError, text: str) -> Explanation:
    """Return the cause of an error of the parser.

    Args:
        error: the parser's.
        text: the YAML.
    """
    lines = text.splitlines()
    at_problem, at_context = (
        (mark.line + 1, mark.column + 1) if mark else (1, 1)
        for mark in (error.problem_mark or error.context_mark, error.context_mark or error.problem_mark)
    )
    problem = f"{error.context or ''}: {error.problem or ''}"
    if "quoted scalar" in problem and "end of stream" in problem:
        return Explanation(*at_context, "A quotation mark is opened here and never closed.", "Close it, or remove it.")
    if "expected ',' or" in problem:
        hint = f"Close it. {_advice(_line(lines, at_context[0]))} if it is text."
        return Explanation(*at_context, "A bracket is opened here and never closed.", hint)
    if "could not find expected ':'" in problem:
        return Explanation(*at_context, "This line has no colon with a space after it.", _spaced(lines, at_context[0]))
    line, column = at_problem
    return _explain_line(problem, lines, line, column)


def _explain_line(problem: str, lines: list[str], number: int, column: int) -> Explanation:
    line = _line(lines, number)
    if "mapping values" in problem and not _is_indented_with_tab(line):
        return _explain_colon(lines, number, column)
    return Explanation(number, column, *_message_and_hint(problem, line, column))


def _message_and_hint(problem: str, line: str, column: int) -> tuple[str, str]:
    before, after = line[: column - 1], line[column - 1 :]
    message, hint = "This is not valid YAML.", f"{_ON_A_LINE} {_ALIGN}"
    if "unknown escape" in problem:
        message = f"The text in quotation marks has a backslash that stands for nothing: {after[:2]}."
        hint = r"Write \\ for a backslash, or use single quotation marks."
    elif _is_indented_with_tab(line):
        message, hint = "This line is indented with a tab.", "Indent it with spaces."
    elif "block sequence entries" in problem and after[1:].strip():
        message = "A list begins on the line of its key."
        hint = "Write each entry on a line of its own, with a hyphen."
    elif any(words in problem for words in _BAD_BEGINNING):
        value = _value_in(line)
        begin = line.strip() if value[:1].isalnum() or not value else value
        message = f"A value cannot begin with {begin[:1]} unless it is in quotation marks."
        hint = _advice(line)
    elif _CLOSED.search(before) and after.strip():
        message, hint = "The value goes on after its closing quotation mark or bracket.", _advice(line)
    elif "expected" in problem:
        message, hint = "The indentation of this line fits no line above it.", _ALIGN
    return message, hint


def _is_indented_with_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def _explain_colon(lines: list[str], number: int, column: int) -> Explanation:
    line = _line(lines, number)
    found = _KEY_AND_VALUE.match(line)
    if found and found.start("value") < column:
        message = f"The value of '{found['key'][:MAX_QUOTED_CHARACTERS]}' has a colon in it."
        return Explanation(number, column, message, _advice(line))
    previous = next((n for n in range(number - 1, 0, -1) if _line(lines, n).strip()), 0)
    above = _line(lines, previous)
    if above.strip() and ": " not in above and not above.rstrip().endswith(":"):
        indent = len(above) - len(above.lstrip()) + 1
        return Explanation(previous, indent, "This line has no colon with a space after it.", _spaced(lines, previous))
    message = "This line is indented more than the line before, which has a value already."
    return Explanation(number, column, message, _ALIGN)


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _value_in(line: str) -> str:
    found = _KEY_AND_VALUE.match(line)
    return found["value"] if found else ""


def _spaced(lines: list[str], number: int) -> str:
    found = _NO_SPACE.match(_line(lines, number))
    return f"Write '{found['key']}: {found['value'][:MAX_QUOTED_CHARACTERS]}'." if found else _ON_A_LINE


def _advice(line: str) -> str:
    """Return the advice to put the value of a line in quotation marks."""
    found = _KEY_AND_VALUE.match(line)
    if not found or len(line) > MAX_QUOTED_CHARACTERS:
        return "Put the whole value in quotation marks."
    return f"Put the whole value in quotation marks: {found['key']}: {in_quotation_marks(found['value'])}"


def in_quotation_marks(value: str) -> str:
    """Return a value in quotation marks, as YAML reads it.

    >>> print(in_quotation_marks("Design: Surveying"), in_quotation_marks("'It's'"))
    "Design: Surveying" "It's"
    """
    inner = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
    if '"' in inner or "\\" in inner:
        return "'" + inner.replace("'", "''") + "'"
    return f'"{inner}"'


def shorten(written: str) -> str:
    """Return the first line of a value, shortened to fit in a sentence."""
    line = written.strip().partition("\n")[0]
    return line if len(line) <= MAX_QUOTED_CHARACTERS else f"{line[:MAX_QUOTED_CHARACTERS]}…"
