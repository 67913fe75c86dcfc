"""The schemes of codes by which public registers name the things of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import NamedNode


class CodeScheme(NamedTuple):
    """A scheme of codes.

    Attributes:
        title: its name for people.
        pattern: SPARQL that binds `?code` for `?thing`.
    """

    title: str
    pattern: str


def _property(prop: NamedNode) -> str:
    return f"?thing {prop} ?code ."


#: Each scheme, by its name in addresses and tables.
SCHEMES: Final = {
    "standard": CodeScheme("Reference of a standard", _property(terms.STANDARD_REFERENCE)),
    "standard-version": CodeScheme(
        "Reference and version of a standard",
        f"?thing {terms.VERSION_OF} ?of ; {terms.VERSION_NUMBER} ?version ."
        " BIND(CONCAT(REPLACE(STR(?of), '^.*/', ''), '/', ?version) AS ?code)",
    ),
    "lars": CodeScheme("LARS standard code", _property(terms.LARS_STANDARD_CODE)),
    "occupation": CodeScheme("Reference of an occupation of the map", _property(terms.OCCUPATION_REFERENCE)),
    "soc-2020": CodeScheme(
        "Unit group of SOC 2020", f"?thing {terms.NOTATION} ?code . FILTER(STRSTARTS(STR(?thing), '{terms.SOC2020}#'))"
    ),
    "qualification": CodeScheme("Qualification number", _property(terms.QUALIFICATION_NUMBER)),
    "learning-aim": CodeScheme(
        "Learning aim",
        f"?thing {terms.LEARNING_AIM_REFERENCE} ?code . FILTER NOT EXISTS {{ ?thing {terms.AIM_OF} ?of }}",
    ),
    "framework": CodeScheme("Framework code", _property(terms.FRAMEWORK_CODE)),
    "product": CodeScheme("Product code of the occupational map", _property(terms.PRODUCT_CODE)),
    "ukprn": CodeScheme("UK provider number", _property(terms.UKPRN)),
    "hecos": CodeScheme(
        "Subject of the Higher Education Classification of Subjects",
        f"?thing {terms.CLOSE_MATCH} ?subject . ?subject {terms.IN_SCHEME} {terms.HECOS_SCHEME} ;"
        f" {terms.NOTATION} ?code .",
    ),
    "careers-service": CodeScheme("Job profile of the National Careers Service", _property(terms.CAREERS_SERVICE_SLUG)),
}
