"""The columns of `SELECT *`: in the order in which the query names them, where the engine sorts them by name."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from tlevel_rdf.store.lexer import Kind, tokens

#: Says which variables a query selects: that depends on no data.
_EMPTY: Final = pyoxigraph.Store()


def with_columns(text: str, star: int, base: str | None) -> str:
    """A query that selects by name what it selected by `*`.

    SPARQL 1.1 Query, section 18.2.4.4, leaves the order to who answers; people expect what they have written.

    Args:
        text: of a query that begins with SELECT, without codepoint escapes.
        star: where its `*` is, in characters from 0.
        base: against which relative IRIs are resolved.

    Raises:
        SyntaxError, ValueError, RuntimeError: from the engine, about the query.
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
