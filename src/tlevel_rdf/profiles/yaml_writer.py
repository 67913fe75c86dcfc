"""YAML of a profile in the style of hand-written files, which reads back as the same profile.

Parsers of YAML 1.1 and of YAML 1.2 read the same titles, which are quoted only if one of the two needs it. Keys are
always in the same order, so two versions can be compared line by line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import yaml
from yaml.resolver import Resolver

from tlevel_rdf.limits import MAX_CACHED_SCALARS
from tlevel_rdf.profiles.kinds import MODES
from tlevel_rdf.profiles.model import UNSEEN, Source
from tlevel_rdf.profiles.yaml_reader import parse_scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.profiles.model import Note, Option, Placed, Profile, Specialism
    from tlevel_rdf.profiles.yaml_reader import Loc

#: Text that would begin another kind of value, end a key, or begin a comment.
_SYNTAX: Final = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?: |$)|.*(?::(?: |$)| #)")
#: Truth values of YAML 1.1 that some parsers read as text.
_LETTERS: Final = frozenset("yYnN")
#: The beginning of a comment that asks a person to check something.
CHECK: Final = "# check:"
#: Characters that comments must not have. Some parsers of YAML end a line at some of them.
UNWRITABLE: Final = re.compile(rf"[{UNSEEN}\ud800-\udfff]")
_RESOLVER: Final = Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"
_MEDIA_TYPE: Final = Source.model_fields["media_type"].default


def profile_to_yaml(
    profile: Profile, *, comments: Iterable[str] = (), checks: Mapping[Loc, Sequence[str]] = MappingProxyType({})
) -> str:
    """Write a profile as YAML.

    Args:
        profile: the profile.
        comments: lines for the top of the file, without number signs.
        checks: check comments, by the path of the specialism, option or note that they precede; the path () is for
            comments about the whole profile.

    Returns:
        The whole file, with a line break at its end.
    """
    blocks = [
        [f"# {comment}".rstrip() for comment in comments],
        [*_marks(checks, ()), _pair("t level", profile.t_level), *_pairs({"key": profile.key})],
        ["source:", *_indented(_source(profile.source))],
        *_specialisms(profile.specialisms, checks),
        _notes(profile, checks),
        _quoted_lines(profile),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def specialism_to_yaml(specialism: Specialism, loc: Loc = (), checks: Mapping[Loc, Sequence[str]] | None = None) -> str:
    """Write an entry of the list of specialisms, with a line break at its end and the comments of its path."""
    return _lines(_specialism_entry(specialism, loc, checks or {}))


def option_to_yaml(option: Option, checks: Sequence[str] = ()) -> str:
    """Write an entry of a list of options, not indented, with a line break at its end."""
    return _lines([*_check_lines(checks), *_unindented(_entry(_option(option)))])


def note_to_yaml(note: Note, checks: Sequence[str] = ()) -> str:
    """Write an entry of the list of notes, not indented, with a line break at its end."""
    return _lines([*_check_lines(checks), *_unindented(_entry(_note(note)))])


def lines_to_yaml(profile: Profile) -> str:
    """Write the list of quoted lines with its key, and a line break at its end; empty if there are none."""
    return _lines(_quoted_lines(profile))


def value_to_yaml(value: str | int | bool | Sequence[str]) -> str:  # noqa: FBT001 - a value of the model
    """Write the value of a key: a text, a number, true or false, or a list of flags."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _scalar(value)
    return str(value) if isinstance(value, int) else f"[{', '.join(value)}]"


def _source(source: Source) -> list[str]:
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


def _specialisms(specialisms: Iterable[Specialism], checks: Mapping[Loc, Sequence[str]]) -> Iterator[list[str]]:
    lead = ["specialisms:"]
    for number, specialism in enumerate(specialisms):
        yield lead + list(_specialism_entry(specialism, ("specialisms", number), checks))
        lead = []


def _specialism_entry(specialism: Specialism, loc: Loc, checks: Mapping[Loc, Sequence[str]]) -> Iterator[str]:
    yield from _indented(_marks(checks, loc))
    yield from _entry(_specialism(specialism, loc, checks))


def _specialism(specialism: Specialism, loc: Loc, checks: Mapping[Loc, Sequence[str]]) -> list[str]:
    lines = _pairs({"title": specialism.title, **_place(specialism), "key": specialism.key})
    lines += _pairs({"formerly": specialism.formerly, "printed": specialism.printed})
    for mode in MODES:
        if options := getattr(specialism, mode):
            lines.append(f"{mode}:")
            for number, option in enumerate(options):
                lines += _indented(_marks(checks, (*loc, mode, number)))
                lines += _entry(_option(option))
    return lines


def _option(option: Option) -> list[str]:
    lines = _pairs({option.kind.value: option.title, "level": option.level_number})
    if option.is_relevant:
        lines.append("relevant: true")
    if option.flags:
        lines.append(f"flags: [{', '.join(option.flags)}]")
    lines += _pairs({"wording": option.wording, "readiness": option.readiness})
    lines += _pairs({**_place(option), "page": option.page, "mapping": option.mapping, "key": option.key})
    lines += _pairs({"formerly": option.formerly, "printed": option.printed})
    return lines


def _place(placed: Placed) -> dict[str, int | None]:
    return {"pdf page": placed.pdf_page, "line": placed.line, "paragraph": placed.paragraph}


def _notes(profile: Profile, checks: Mapping[Loc, Sequence[str]]) -> list[str]:
    entries = [
        [*_indented(_marks(checks, ("notes", number))), *_entry(_note(note))]
        for number, note in enumerate(profile.notes)
    ]
    return ["notes:", *(line for entry in entries for line in entry)] if entries else []


def _note(note: Note) -> list[str]:
    return _pairs({"note": note.note, **_place(note)})


def _quoted_lines(profile: Profile) -> list[str]:
    entries = [_entry(_pairs({**_place(line), "text": line.text})) for line in profile.lines]
    return ["lines:", *(line for entry in entries for line in entry)] if entries else []


def _marks(checks: Mapping[Loc, Sequence[str]], loc: Loc) -> Iterator[str]:
    return _check_lines(checks.get(loc, ()))


def _check_lines(checks: Iterable[str]) -> Iterator[str]:
    """Write each comment on one line, since a line break would end it."""
    return (f"{CHECK} {' '.join(UNWRITABLE.sub(' ', check).split())}" for check in checks)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _entry(lines: Iterable[str]) -> list[str]:
    """Indent lines as one entry of a list."""
    entry = [f"    {line}" for line in lines]
    entry[0] = f"  - {entry[0][4:]}"
    return entry


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _unindented(lines: Iterable[str]) -> list[str]:
    return [line[2:] for line in lines]


def _pairs(values: Mapping[str, str | int | None]) -> list[str]:
    return [_pair(key, value) for key, value in values.items() if value is not None]


def _pair(key: str, value: str | int) -> str:
    return f"{key}: {_scalar(value) if isinstance(value, str) else value}"


@lru_cache(maxsize=MAX_CACHED_SCALARS)
def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if _needs_quotes(text) else text


def _needs_quotes(text: str) -> bool:
    if text in _LETTERS or _SYNTAX.match(text):
        return True
    if " " in text and text[0].isalpha():
        return False  # numbers, dates and truth values never look like this
    by_yaml_1_1 = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # not in the stubs
    return by_yaml_1_1 != _TEXT or not isinstance(parse_scalar(text), str)
