"""RDF formats and result syntaxes of media types."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.web.data.formats import RESULT_SYNTAXES, serialize
from tlevel_rdf.web.http.media_types import GRAPHS, HTML, RDF_XML, RESULTING_GRAPH, ROWS, MediaType

TRIPLE = Triple(NamedNode("http://e.org/a"), NamedNode("http://e.org/b"), NamedNode("http://e.org/c"))


@pytest.mark.parametrize("media_type", GRAPHS)
def test_a_graph_is_written_in_each_of_its_media_types(media_type: MediaType) -> None:
    body = serialize([TRIPLE], media_type, about="http://e.org/a")
    rdf_format = RdfFormat.from_media_type(media_type.name)
    assert rdf_format is not None
    assert [quad.triple for quad in parse(body, format=rdf_format)] == [TRIPLE]


def test_a_graph_that_a_media_type_cannot_express_is_an_error() -> None:
    unwritable = Triple(TRIPLE.subject, NamedNode("http://e.org/123"), TRIPLE.object)
    with pytest.raises(UnwritableError):
        serialize([unwritable], RDF_XML, about="")


def test_every_offer_but_html_has_a_result_syntax() -> None:
    assert set(RESULT_SYNTAXES) == {*ROWS, *RESULTING_GRAPH} - {HTML}
    assert all(RESULT_SYNTAXES[media_type].value == media_type.name for media_type in GRAPHS)
