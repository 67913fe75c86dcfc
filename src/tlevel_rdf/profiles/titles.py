"""When two titles are one."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def folded(title: str) -> str:
    """A title for comparing: without regard to capitals and spaces, and with `&` as the word that it stands for.

    >>> folded("Tree &  Woodland Management") == folded("tree and woodland management")
    True
    """
    return " ".join(spelt(title.casefold()).split())


def spelt(title: str) -> str:
    """A title with `&` as the word that it stands for, as in identifiers."""
    return " ".join(title.replace("&", " and ").split()) if "&" in title else title
