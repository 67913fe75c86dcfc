"""A change, and its sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kind of a change."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """A change of one thing, or of one of its properties.

    Attributes:
        kind: added, removed or changed.
        thing: the IRI of the thing.
        title: its title; in the older version if the thing is gone.
        type: the name of its class; empty if it has none.
        whole: the title of the specialism or T Level that an option is for.
        predicate: the IRI of the changed property; empty if the thing itself was added or removed.
        name: the name of that property.
        old: the values that only the older version has, as people read them.
        new: the values that only the newer version has.
        is_about_source: True if only the place that a statement comes from has changed, not what it means.
        sources: the titles of the sources of the newer statements, or of the older if there are no newer.
    """

    kind: Kind
    thing: str
    title: str
    type: str = ""
    whole: str = ""
    predicate: str = ""
    name: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    is_about_source: bool = False
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The change as a sentence without its full stop.

        >>> Change(Kind.CHANGED, "x", "Optical Assistant", predicate="l", name="level", old=("2",), new=("3",)).text
        'Optical Assistant: level 2 → 3'
        >>> Change(Kind.ADDED, "x", "Paramedic degree", whole="Health", sources=("Profile",)).text
        'Paramedic degree added to Health (Profile)'
        """
        sources = f" ({'; '.join(self.sources)})" if self.sources else ""
        return f"{self._statement()}{sources}"

    def _statement(self) -> str:
        if not self.predicate:
            whole = f" {'to' if self.kind is Kind.ADDED else 'from'} {self.whole}" if self.whole else ""
            type_ = f" ({self.type})" if self.type and not self.whole else ""
            return f"{self.title}{type_} {self.kind}{whole}"
        old, new = ", ".join(self.old), ", ".join(self.new)
        if old and new:
            return f"{self.title}: {self.name} {old} → {new}"
        if old or new:
            return f"{self.title}: {self.name} {old or new} {'removed' if old else 'added'}"
        return f"{self.title}: {self.name} has another source"

    def to_json(self) -> dict[str, Any]:
        """Return the change as JSON has it."""
        return {**asdict(self), "text": self.text}
