"""Which thing is which in three versions of a list: of the document before, of the document now, and of a person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tlevel_rdf.profiles.titles import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from tlevel_rdf.profiles.model import Note, Option, Placed, Specialism


def _pairs(first: Sequence[Any], second: Sequence[Any], *keys: Callable[[Any], Hashable]) -> dict[int, int]:
    """Which of the first is which of the second: by the first key, what is left by the next, and so on."""
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


def identity_of(option: Option) -> Hashable:
    """What makes an option this one and no other."""
    return option.kind, option.level_number, folded(option.title)


def name_of(option: Option) -> Hashable:
    """Its kind and title."""
    return option.kind, folded(option.title)


def spot_of(option: Option) -> Hashable:
    """Its kind, level and place."""
    return option.kind, option.level_number, place_of(option)


def kind_and_spot_of(option: Option) -> Hashable:
    """Its kind and place."""
    return option.kind, place_of(option)


def place_of(placed: Placed) -> tuple[int | None, ...]:
    """Where it was read from."""
    return placed.pdf_page, placed.line, placed.paragraph


def title_of(specialism: Specialism) -> Hashable:
    """The title of a specialism."""
    return folded(specialism.title)


def words_of(note: Note) -> Hashable:
    """The words of a note."""
    return folded(note.note)


class Matching:
    """Which thing is which in the three versions of a list, by keys of which the first is the surest.

    Attributes:
        mine: by the number of the new thing, that of mine.
        base: by the number of the new thing, that of the base.
        dropped: the numbers of those of mine that the document said once, and does not now.
        by_hand: the numbers of those of mine that it never said.
    """

    def __init__(
        self,
        base: Sequence[Any] | None,
        mine: Sequence[Any],
        new: Sequence[Any],
        by: tuple[Callable[[Any], Hashable], ...],
        by_person: tuple[Callable[[Any], Hashable], ...],
    ) -> None:
        if base is None:
            self.mine, self.base = _pairs(new, mine, *by), dict[int, int]()
            taken = set(self.mine.values())
            self.dropped = [at for at in range(len(mine)) if at not in taken]
            self.by_hand: list[int] = []
            return
        self.base = _pairs(new, base, *by)
        of_base = _pairs(base, mine, *by, *by_person)
        self.mine = {at: of_base[before] for at, before in self.base.items() if before in of_base}
        still = set(self.base.values())
        self.dropped = sorted(at for before, at in of_base.items() if before not in still)
        # What both the document and the person have added since.
        free_new = [at for at in range(len(new)) if at not in self.base]
        taken = set(of_base.values())
        free_mine = [at for at in range(len(mine)) if at not in taken]
        same = _pairs([new[at] for at in free_new], [mine[at] for at in free_mine], by[0])
        self.mine |= {free_new[a]: free_mine[b] for a, b in same.items()}
        known = {*of_base.values(), *self.mine.values()}
        self.by_hand = [at for at in range(len(mine)) if at not in known]
