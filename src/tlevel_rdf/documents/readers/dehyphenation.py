"""Words that the end of a line breaks in two: the decision whether the hyphen between the halves stays.

The hyphen may belong to the word ("work-based") or to the line break ("appren-ticeship"). The document's other words
decide, else the halves themselves; otherwise the likelier spelling is taken and the other one is noted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.line_joins import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
#: Second halves that commonly keep the hyphen before them, and those that make no word without it.
_SUFFIXES: Final = re.compile(r"based|carbon|centred|focused|led|level|ready|related|specific|term|time|to|up|wide")
_CERTAIN_SUFFIXES: Final = re.compile(r"based|centred|focused|led|ready|related|specific")
#: Words in the middle of a hyphenated word, as in "state-of-the-art".
_MIDDLE: Final = re.compile(r"and|by|in|of|on|or|the|to|up")
#: Word endings that are not words, so that the hyphen before them belongs to the line break.
_ENDINGS: Final = re.compile(
    r"anc[ey]|ary|c?ations?|c?ians?|c?ial|enc[ey]|er(?:y|ies)|ess|ials|icals?|ics?|ings?|ional|ism|ists?|it(?:y|ies)"
    r"|t?ives?|i[sz]ation|ments?|ness|nicians?|ogists?|(?:ol)?ogy|t?or(?:y|ies)|ous|sion(?:s|als?)?|ters|tial|tians?"
    r"|ticeships?|tics?|tion(?:al|s)?|tors?|tures?|ual"
)


class Hyphenation:
    """The way a document hyphenates its words.

    Args:
        texts: the lines of the document.
        has_soft_hyphens: True if it marks line breaks with soft hyphens, so that any other hyphen belongs to its word.
    """

    def __init__(self, texts: Iterable[str], *, has_soft_hyphens: bool) -> None:
        self._words = {word.casefold().replace("\u2010", "-") for text in texts for word in _WORD.findall(text)}
        self._has_soft_hyphens = has_soft_hyphens

    def decide(self, half: str, rest: str) -> tuple[bool, bool]:
        """Decide about the hyphen between two halves of a word.

        Returns:
            True if the hyphen stays; and True if the decision is certain.
        """
        half, rest = half.casefold(), rest.casefold()
        is_hyphenated, is_whole = f"{half}-{rest}" in self._words, half + rest in self._words
        if is_hyphenated != is_whole:
            return is_hyphenated, True
        before, _, last = half.rpartition("-")
        if _ENDINGS.fullmatch(rest):
            return False, not is_whole
        is_letter, has_prefix, has_suffix = len(last) == 1, last in PREFIXES, bool(_SUFFIXES.fullmatch(rest))
        is_middle = bool(before and _MIDDLE.fullmatch(last))
        keeps = self._has_soft_hyphens or is_letter or has_prefix or has_suffix or is_middle
        is_certain = is_letter or bool(_CERTAIN_SUFFIXES.fullmatch(rest)) or (has_prefix and has_suffix)
        return keeps, is_certain and not is_whole
