"""A property that is computed when somebody first asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class once(Generic[_Owner, _Value]):  # noqa: N801 - used as a decorator
    """`functools.cached_property` without the lock of Python 3.11, which costs more than most values."""

    def __init__(self, make: Callable[[_Owner], _Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[_Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, it: None, owner: type[_Owner]) -> Self: ...
    @overload
    def __get__(self, it: _Owner, owner: type[_Owner]) -> _Value: ...
    def __get__(self, it: _Owner | None, owner: type[_Owner]) -> Self | _Value:
        """The value, which from now on is an attribute of the object, so that this is not asked again."""
        if it is None:
            return self
        value = it.__dict__[self._name] = self._make(it)
        return value
