"""The columns of `SELECT *`, in the order of the query; the engine sorts them by name."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from tlevel_rdf.store.lexer import Kind, tokens

#: A store without data suffices to find the variables that a query selects.
_EMPTY: Final = pyoxigraph.Store()


def with_columns(text: str, star: int, base: str | None) -> str:
    """Replace the `*` of a query by the names of its variables.

    SPARQL 1.1 Query, section 18.2.4.4, leaves the order of the columns open; people expect the order of the query.

    Args:
        text: a query that begins with SELECT, without codepoint escapes.
        star: the position of its `*`, in characters from 0.
        base: the IRI that relative IRIs are resolved against.

    Raises:
        SyntaxError, ValueError, RuntimeError: the engine rejects the query.
    """
    named = list(dict.fromkeys(token.text[1:] for token in tokens(text) if token.kind is Kind.VARIABLE))
    if named == sorted(named):
        return text
    result = _EMPTY.query(text, base_iri=base)
    if not isinstance(result, pyoxigraph.QuerySolutions):
        return text
    selected = {variable.value for variable in result.variables}
    columns = [name for name in named if name in selected]
    return f"{text[:star]} ?{' ?'.join(columns)} {text[star + 1 :]}" if columns else text
