"""A store that remembers its last answers: the representations of one thing need the same ones."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from pyoxigraph import Triple

    from tlevel_rdf.store.base import Query, Solutions, Store, Syntax

    T = TypeVar("T")

#: Answers that are kept, and the rows of the largest: a page asks about 20 queries.
_MAX_ANSWERS: Final = 64
_MAX_ROWS: Final = 5_000


class RepeatingStore:
    """A store that remembers its last answers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._answers: OrderedDict[Hashable, object] = OrderedDict()

    def query(self, query: Query, syntax: Syntax) -> bytes:
        """Run a query and write its result; see `Store`."""
        return self._store.query(query, syntax)

    def select(self, query: Query) -> Solutions | bool:
        """Run a SELECT or ASK query; see `Store`."""
        key = ("select", query.text, tuple(query.default_graphs), tuple(query.named_graphs), query.base)
        return self._remember(key, lambda: self._store.select(query), lambda answer: len(getattr(answer, "rows", ())))

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples; see `Store`."""
        return self._store.graph_sizes()

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """Yield the statements about IRIs; see `Store`."""
        names = tuple(iris)
        statements: list[tuple[Triple, str]] = self._remember(
            ("describe", names), lambda: list(self._store.describe(names)), len
        )
        return iter(statements)

    def close(self) -> None:
        """Release files and processes."""
        self._store.close()

    def _remember(self, key: Hashable, ask: Callable[[], T], size: Callable[[T], int]) -> T:
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]  # type: ignore[return-value]  # the key names the method
        answer = ask()
        if size(answer) <= _MAX_ROWS:
            self._answers[key] = answer
            if len(self._answers) > _MAX_ANSWERS:
                self._answers.popitem(last=False)
        return answer
