"""The memory for requests that arrive and for responses that clients have not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tlevel_rdf.settings import Settings


class Buffers:
    """The number of bytes that all connections hold together.

    Attributes:
        bytes: of the heads, bodies and pipelined requests received and not answered, and of the responses not read.
        limit: the largest number that the server accepts.
    """

    def __init__(self, settings: Settings) -> None:
        self.bytes = 0
        # One response and one body of full length must fit.
        self.limit = max(settings.buffers, settings.answer_bytes + settings.body_bytes)

    def has_room(self, more: int = 0) -> bool:
        """Return True if so many bytes can be added."""
        return self.bytes + more <= self.limit
