"""A profile → YAML in the hand-written style, which reads back as the same profile.

Every title is written so that readers of YAML 1.1 and of YAML 1.2 see the same text in it; quotation marks
stand only where one of them needs them. The order of keys never changes, so versions compare line by line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml
from yaml.resolver import Resolver

from tlevel_rdf.profiles.model import MODES, Source
from tlevel_rdf.profiles.yaml import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.profiles.model import Option, Profile, Specialism

#: What begins something else than a word, ends a key, or begins a comment.
_SYNTAX: Final = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?: |$)|.*(?::(?: |$)| #)")
#: Truth values of YAML 1.1 that its readers disagree about.
_LETTERS: Final = frozenset("yYnN")
_RESOLVER: Final = Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"
_MEDIA_TYPE: Final = Source.model_fields["media_type"].default


def write(profile: Profile, *, comments: Iterable[str] = ()) -> str:
    """A profile as YAML text.

    Args:
        profile: what to write.
        comments: lines to put at the top, without their number signs.

    Returns:
        The whole file, with a line break at its end.
    """
    blocks = [
        [f"# {comment}".rstrip() for comment in comments],
        [_pair("t level", profile.t_level), *_pairs({"key": profile.key})],
        ["source:", *_indented(_source(profile.source))],
        *_specialisms(profile.specialisms),
        _notes(profile),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def empty_profile(title: str) -> str:
    """A profile of which only the T Level is written, with comments for whoever fills it in.

    Args:
        title: the T Level, without the words 'T Level in'.
    """
    return _EMPTY.replace("{title}", _scalar(" ".join(title.split())))


_EMPTY: Final = """\
# The progression profile of one T Level. Fill in what the document says, repeat what comes more than once, and
# remove what the document does not say.

t level: {title}

source:
  document:  # its name
  sha256:  # 64 characters, as sha256sum prints them
  section:  # where in it the profile stands

specialisms:
  - title:
    line:  # of the document, counted from 1; the same in every entry below
    technical:
      - apprenticeship:
        level:  # from 1 to 8
        relevant: false  # true if the document calls it the relevant occupation
        flags: []  # accelerated, not applicable, in development, under revision
        line:
      - higher technical qualification:
        level:
        line:
    education:
      - degree:
        line:
    work:
      - occupation:
        line:

notes:  # sentences that are no option
  - note:
    line:
"""


def _source(source: Source) -> Iterator[str]:
    return _pairs(
        {
            "document": source.document,
            "sha256": source.sha256,
            "media type": None if source.media_type == _MEDIA_TYPE else source.media_type,
            "section": source.section,
            "issued": source.issued.isoformat() if source.issued else None,
            "licence": source.licence,
            "page": source.page,
            "key": source.key,
        }
    )


def _specialisms(specialisms: Iterable[Specialism]) -> Iterator[list[str]]:
    lead = ["specialisms:"]
    for specialism in specialisms:
        yield lead + list(_entry(_specialism(specialism)))
        lead = []


def _specialism(specialism: Specialism) -> Iterator[str]:
    yield from _pairs({"title": specialism.title, "line": specialism.line, "key": specialism.key})
    for mode in MODES:
        if options := getattr(specialism, mode):
            yield f"{mode}:"
            for option in options:
                yield from _entry(_option(option))


def _option(option: Option) -> Iterator[str]:
    yield from _pairs({option.kind.value: option.title, "level": option.level_number})
    if option.is_relevant:
        yield "relevant: true"
    if option.flags:
        yield f"flags: [{', '.join(option.flags)}]"
    yield from _pairs({"line": option.line, "page": option.page, "mapping": option.mapping, "key": option.key})


def _notes(profile: Profile) -> list[str]:
    entries = [_entry(_pairs({"note": note.note, "line": note.line})) for note in profile.notes]
    return ["notes:", *(line for entry in entries for line in entry)] if entries else []


def _entry(lines: Iterable[str]) -> Iterator[str]:
    """Lines as one entry of a list."""
    for number, line in enumerate(lines):
        yield f"  {'  ' if number else '- '}{line}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _pairs(values: dict[str, str | int | None]) -> Iterator[str]:
    return (_pair(key, value) for key, value in values.items() if value is not None)


def _pair(key: str, value: str | int) -> str:
    return f"{key}: {_scalar(value) if isinstance(value, str) else value}"


def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if _needs_quotes(text) else text


def _needs_quotes(text: str) -> bool:
    if text in _LETTERS or _SYNTAX.match(text):
        return True
    by_yaml_1_1 = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # not in the stubs
    return by_yaml_1_1 != _TEXT or not isinstance(plain_value(text), str)
