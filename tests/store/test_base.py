"""The interface of a store."""

from __future__ import annotations

import pytest

from tlevel_rdf.store.base import QueryForm, Syntax


@pytest.mark.parametrize("form", QueryForm)
def test_only_construct_and_describe_return_graphs(form: QueryForm) -> None:
    assert form.returns_graph is (form in {"CONSTRUCT", "DESCRIBE"})


def test_each_syntax_is_for_rows_or_for_graphs() -> None:
    assert [syntax for syntax in Syntax if not syntax.is_graph] == [Syntax.JSON, Syntax.XML, Syntax.CSV, Syntax.TSV]
