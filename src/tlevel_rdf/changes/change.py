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
    RENAMED = "renamed"


@dataclass(frozen=True)
class Change:
    """A change of one thing, or of one of its properties.

    Attributes:
        kind: added, removed, changed or renamed.
        thing: the IRI of the thing.
        title: its title; in the older version if the thing is gone.
        type: the name of its class; empty if it has none.
        whole: the title of the specialism or T Level that an option is for.
        predicate: the IRI of the changed property; empty if the thing itself was added or removed.
        name: the name of that property.
        old: the values that only the older version has, as people read them.
        new: the values that only the newer version has.
        is_about_source: True if only the place that a statement comes from has changed, not what it means.
        formerly: the IRI of a renamed thing in the older version, if it had another one.
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
    formerly: str = ""

    @property
    def text(self) -> str:
        """The change as a sentence without its full stop.

        >>> Change(Kind.CHANGED, "x", "Optical Assistant", predicate="l", name="level", old=("2",), new=("3",)).text
        'Optical Assistant: level 2 → 3'
        >>> Change(Kind.ADDED, "x", "Paramedic degree", whole="Health", sources=("Profile",)).text
        'Paramedic degree added to Health (Profile)'
        >>> Change(Kind.RENAMED, "y", "B", "Route", predicate="t", old=("A",), new=("B",), formerly="x").text
        'A (Route) renamed to B, with another identifier'
        """
        sources = f" ({'; '.join(self.sources)})" if self.sources else ""
        return f"{self._statement()}{sources}"

    def _statement(self) -> str:
        if self.kind is Kind.RENAMED:
            type_ = f" ({self.type})" if self.type else ""
            if self.old == self.new:
                return f"{self.title}{type_} has another identifier"
            identifier = ", with another identifier" if self.formerly else ""
            return f"{', '.join(self.old)}{type_} renamed to {', '.join(self.new)}{identifier}"
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
