"""The file of the search index, which needs no loading: a process maps it into memory and reads what a search needs.

The file begins with `MAGIC`, the length of a header and the header in JSON, and goes on with sections, whose places the
header lists. Numbers are unsigned, of 32 bits, the lowest byte first, and begin at multiples of four bytes, so that a
script in a browser can read the same file. Sections:

- `records`: each thing in JSON (IRI, name, kinds, level, codes, other names), in the order in which a list without a
  better reason has them;
- `facets`: the numbers of each thing's values among those that the header names;
- `words`, `codes`, `names`: texts in the order of their bytes, each with the things that have it in their `own` name,
  and those that have it in their `others` (other names, and for words also codes).

A list of lists is two sections: its items, and `…_at`, the place at which each list begins, and the end of the last.
"""

from __future__ import annotations

import json
import re
import struct
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.graph.labels import natural_key, vocabulary_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.search.entries import Entry

#: The name of the file in a release.
FILE: Final = "search.idx"
#: The name and the version of the format.
MAGIC: Final = b"TLSIDX01"
_NUMBER: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
#: Facets, in the order of the page, and the values of a thing.
FACETS: Final[Mapping[str, Callable[[Entry], Iterable[str]]]] = {
    "kind": lambda entry: filter(None, [entry.kind]),
    "level": lambda entry: [] if entry.level is None else [str(entry.level)],
    "route": lambda entry: entry.routes,
    "t-level": lambda entry: entry.t_levels,
    "flag": lambda entry: entry.flags,
}
#: Lists of texts with the things that have them.
DICTIONARIES: Final = ("words", "codes", "names")


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case.

    >>> words_of("Health & Safety (603/7083/X)")
    ['health', 'and', 'safety', '603', '7083', 'x']
    """
    return _WORD.findall(text.casefold().replace("&", " and "))


def pack_index(entries: Iterable[Entry]) -> bytes:
    """Return the file of the index of some things. The same things give the same bytes."""
    ordered = sorted(entries, key=_order)
    values = _facet_values(ordered)
    numbers = {(facet, value): number for number, (facet, value, _) in enumerate(values)}
    sections = dict(_lists("records", [_record(entry).encode() for entry in ordered]))
    of_things = [
        sorted(numbers[facet, value] for facet, of in FACETS.items() for value in of(entry)) for entry in ordered
    ]
    sections |= _lists("facets", map(_numbers, of_things), _NUMBER)
    for name, (own, others) in _texts(ordered).items():
        texts = sorted({text.encode() for text in (*own, *others)})
        sections |= _lists(name, texts)
        for suffix, found in (("own", own), ("others", others)):
            things = (_numbers(sorted(found.get(text.decode(), ()))) for text in texts)
            sections |= _lists(f"{name}_{suffix}", things, _NUMBER)
    return _assemble({"facets": values, "things": len(ordered)}, sections)


def read_index(content: memoryview) -> tuple[dict[str, Any], dict[str, memoryview]]:
    """Return the header of an index and its sections.

    Raises:
        ValueError: the content is no index, or is cut off.
    """
    start = len(MAGIC) + _NUMBER
    if bytes(content[: len(MAGIC)]) != MAGIC:
        raise ValueError("the file is no search index of this version")
    end = start + int.from_bytes(content[len(MAGIC) : start], "little")
    header = json.loads(bytes(content[start:end]))
    places = {name: (end + begin, end + begin + size) for name, (begin, size) in header["sections"].items()}
    if max(last for _, last in places.values()) > len(content):
        raise ValueError("the file of the search index is cut off")
    return header, {name: content[begin:last] for name, (begin, last) in places.items()}


def _order(entry: Entry) -> tuple[object, ...]:
    # T Levels first, then what belongs to one.
    return entry.iri not in entry.t_levels, not entry.t_levels, natural_key(entry.name), entry.level or 0, entry.iri


def _record(entry: Entry) -> str:
    record = (entry.iri, entry.name, entry.kinds, entry.level, entry.codes, entry.others)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _facet_values(entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Return the facet, the value and the name of each value that a thing has."""
    names = {entry.iri: entry.name for entry in entries}

    def name(facet: str, value: str) -> str:
        return f"Level {value}" if facet == "level" else names.get(value) or vocabulary_labels().get(value) or value

    return [
        (facet, value, name(facet, value))
        for facet, of in FACETS.items()
        for value in sorted({value for entry in entries for value in of(entry)})
    ]


def _texts(entries: Sequence[Entry]) -> dict[str, tuple[Mapping[str, set[int]], Mapping[str, set[int]]]]:
    """Return for each dictionary the things that have a text in their own name, and those that have it in others."""
    found: dict[str, tuple[defaultdict[str, set[int]], defaultdict[str, set[int]]]] = {
        name: (defaultdict(set), defaultdict(set)) for name in DICTIONARIES
    }
    for number, entry in enumerate(entries):
        for text, is_other in ((entry.name, 0), *((other, 1) for other in entry.others)):
            words = words_of(text)
            found["names"][is_other][" ".join(words)].add(number)
            for word in words:
                found["words"][is_other][word].add(number)
        for code in entry.codes:
            words = words_of(code)
            found["codes"][0]["".join(words)].add(number)
            for word in words:
                found["words"][1][word].add(number)
    return {name: (own, others) for name, (own, others) in found.items()}


def _numbers(values: Iterable[int]) -> bytes:
    numbers = [*values]
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _lists(name: str, lists: Iterable[bytes], size: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield the two sections of a list of lists, whose items have a size in bytes."""
    items = list(lists)
    yield name, b"".join(items)
    yield f"{name}_at", _numbers(accumulate((len(item) // size for item in items), initial=0))


def _assemble(header: dict[str, Any], sections: Mapping[str, bytes]) -> bytes:
    padded = {name: content + bytes(-len(content) % _NUMBER) for name, content in sections.items()}
    begins = accumulate(map(len, padded.values()), initial=0)
    places = {name: (begin, len(content)) for (name, content), begin in zip(sections.items(), begins, strict=False)}
    text = json.dumps(header | {"sections": places}, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _NUMBER)
    return b"".join((MAGIC, _numbers([len(text)]), text, *padded.values()))
