"""Pair the entries of three versions of a list: the document before, the document now, and the reviewed file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from tlevel_rdf.profiles.model import Placed

    Key = Callable[[Any], Hashable]
    Keys = tuple[tuple[Key, ...], tuple[Key, ...]]


def _pairs(first: Sequence[Any], second: Sequence[Any], *keys: Key) -> dict[int, int]:
    """Pair entries by the first key, those left by the next key, and so on; return indices by index."""
    found: dict[int, int] = {}
    for key in keys:
        free: dict[Hashable, list[int]] = defaultdict(list)
        taken = set(found.values())
        for at, item in enumerate(second):
            if at not in taken:
                free[key(item)].append(at)
        for at, item in enumerate(first):
            if at not in found and (places := free.get(key(item))):
                found[at] = places.pop(0)
    return found


def place_of(placed: Placed) -> tuple[int | None, ...]:
    """Return the place in the document that an entry was read from."""
    return placed.pdf_page, placed.line, placed.paragraph


#: The keys of entries that nobody has changed, the most reliable first, and of those whose words a person has changed.
SPECIALISM_KEYS: Final[Keys] = ((lambda specialism: normalise_title(specialism.title),), (place_of,))
OPTION_KEYS: Final[Keys] = (
    (
        lambda option: (option.kind, option.level_number, normalise_title(option.title)),
        lambda option: (option.kind, normalise_title(option.title)),
    ),
    (
        lambda option: (option.kind, option.level_number, place_of(option)),
        lambda option: (option.kind, place_of(option)),
    ),
)
NOTE_KEYS: Final[Keys] = ((lambda note: normalise_title(note.note),), (place_of,))


class Matching:
    """The pairs of entries in the three versions of a list.

    Args:
        base: the entries of the document at the last import; None if they are not known.
        mine: the entries of the reviewed file.
        new: the entries of the document now.
        keys: of entries that nobody has changed, and of entries whose words a person has changed.

    Attributes:
        mine: indices in the reviewed file, by the index of the new entry.
        base: indices in the base, by the index of the new entry.
        dropped: indices in the reviewed file of the entries that the document dropped.
        by_hand: indices in the reviewed file of the entries that the document never had.
    """

    def __init__(self, base: Sequence[Any] | None, mine: Sequence[Any], new: Sequence[Any], keys: Keys) -> None:
        if base is None:
            self.mine, self.base = _pairs(new, mine, *keys[0]), dict[int, int]()
            taken = set(self.mine.values())
            self.dropped = [at for at in range(len(mine)) if at not in taken]
            self.by_hand: list[int] = []
            return
        self.base = _pairs(new, base, *keys[0])
        of_base = _pairs(base, mine, *keys[0], *keys[1])
        self.mine = {at: of_base[before] for at, before in self.base.items() if before in of_base}
        still = set(self.base.values())
        self.dropped = sorted(at for before, at in of_base.items() if before not in still)
        # Entries that both the document and the person have added since.
        free_new = [at for at in range(len(new)) if at not in self.base]
        taken = set(of_base.values())
        free_mine = [at for at in range(len(mine)) if at not in taken]
        same = _pairs([new[at] for at in free_new], [mine[at] for at in free_mine], keys[0][0])
        self.mine |= {free_new[a]: free_mine[b] for a, b in same.items()}
        known = {*of_base.values(), *self.mine.values()}
        self.by_hand = [at for at in range(len(mine)) if at not in known]
