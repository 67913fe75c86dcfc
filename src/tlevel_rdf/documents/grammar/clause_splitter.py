"""A sentence parted into its clauses: where one statement ends and another begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar.tokenizer import Token, Type

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Without any of these there is one clause.
_PARTING: Final = frozenset({Type.BUT, Type.SEMICOLON, Type.NEGATIVE})


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens parted where one statement ends and another begins."""
    if _PARTING.isdisjoint(token.type for token in tokens):
        return [list(tokens)] if tokens else []
    parts: list[list[Token]] = [[]]
    is_denied = False
    for at, token in enumerate(tokens):
        clause = parts[-1]
        if token.type is Type.BUT or (token.type is Type.SEMICOLON and _states(tokens, at + 1)):
            parts.append([])
            is_denied = False
            continue
        if _turns(clause, token, is_denied=is_denied):
            before = len(clause)
            while before and clause[before - 1].type in {Type.COMMA, Type.LEVEL, Type.AND, Type.FILLER}:
                before -= 1
            parts[-1:] = [clause[:before], [part for part in clause[before:] if part.type is Type.LEVEL]]
            is_denied = False
        is_denied = is_denied or token.type is Type.NEGATIVE
        parts[-1].append(token)
    whole: list[list[Token]] = []
    for clause in filter(None, parts):
        # In "the A apprenticeship, however, is not offered" the second part has no subject of its own.
        if whole and is_negative(clause) and not any(_is_subject(token) for token in clause):
            whole[-1] += clause
        else:
            whole.append(clause)
    return whole


def _turns(clause: list[Token], token: Token, *, is_denied: bool) -> bool:
    """Whether a token begins a statement that something is not so after one that something is, or the other way."""
    is_there = token.value == "there"
    is_after_break = bool(clause) and clause[-1].type in {Type.COMMA, Type.AND}
    if token.type is Type.NEGATIVE:
        return not is_denied and (is_there or is_after_break)
    return is_denied and (is_there or (token.type is Type.RELEVANT and is_after_break))


def is_negative(clause: list[Token]) -> bool:
    """Whether a clause says that something is not so."""
    return any(token.type is Type.NEGATIVE for token in clause)


def _is_subject(token: Token) -> bool:
    return token.type in {Type.KIND, Type.LINK, Type.QUOTE, Type.LEVEL} or token.value == "there"


def _states(tokens: Sequence[Token], at: int) -> bool:
    """Whether a new statement, and not the next title of a list, begins at that token."""
    while at < len(tokens) and tokens[at].type in {Type.AND, Type.COMMA, Type.FILLER, Type.BUT}:
        at += 1
    return at < len(tokens) and tokens[at].type in {Type.LEVEL, Type.THERE_IS, Type.NEGATIVE, Type.RELEVANT}
