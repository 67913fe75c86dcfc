"""The kinds of things that have a page in plain words, in one table.

A section or a parent of a page is a pattern of SPARQL, so a page says nothing that the data does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Collection


class Kind(NamedTuple):
    """A kind of thing.

    Attributes:
        name: its name within a sentence.
        listing: the name of the list of all its things; empty if there is no such list.
        sections: the sections of a page: each a heading, and a pattern that binds ?item.
        parents: the things on the way from the home page to it, each a pattern that binds ?item.
    """

    name: str
    listing: str
    sections: tuple[tuple[str, str], ...]
    parents: tuple[str, ...] = ()


_IN_ROUTE: Final = f"{{0}} {terms.IN_ROUTE} ?item"
_ROUTE: Final = ("Route", _IN_ROUTE)
_LEADING: Final = (
    ("T Levels and specialisms that lead here", f"?item {terms.PROGRESSES_TO} {{0}}"),
    ("Specialisms that cover its content", f"?item {terms.COVERS_CONTENT_OF} {{0}}"),
)
_BEHIND: Final = (
    ("The occupational standard that it is based on", f"{{0}} {terms.BASED_ON} ?item"),
    ("Occupations that it trains for", f"{{0}} {terms.TRAINS_FOR} ?item"),
)
_BY_APPRENTICESHIP: Final = (
    f"?specialism {terms.PROGRESSES_TO} ?step ; {terms.SPECIALISM_OF} ?item ."
    f" ?step a {terms.APPRENTICESHIP} ; {terms.TRAINS_FOR} {{0}}"
)
_ON_MAP: Final = ("Occupations under which the occupational maps list it", f"{{0}} {terms.MAPPED_OCCUPATION} ?item")
#: The kinds, the most telling first: a thing with several classes is of the first of them.
KINDS: Final = {
    terms.T_LEVEL: Kind(
        "T Level",
        "",
        (
            ("T Levels that replace it", f"{{0}} {terms.IS_REPLACED_BY} ?item"),
            ("T Levels that take up a part of its content", f"{{0}} {terms.PARTLY_REPLACED_BY} ?item"),
            ("Jobs named on the government's page about it", f"{{0}} {terms.PROGRESSES_TO} ?item"),
            (
                "Occupations that the occupational maps show with its specialisms",
                f"?specialism {terms.SPECIALISM_OF} {{0}} ; {terms.MAPPED_OCCUPATION} ?item",
            ),
            _ROUTE,
            ("Technical qualification", f"?item {terms.QUALIFICATION_OF} {{0}}"),
        ),
        (_IN_ROUTE,),
    ),
    terms.OCCUPATIONAL_SPECIALISM: Kind(
        "specialism",
        "",
        (
            ("T Level", f"{{0}} {terms.SPECIALISM_OF} ?item"),
            ("Apprenticeship whose content it covers", f"{{0}} {terms.COVERS_CONTENT_OF} ?item"),
            ("The occupational standard that it is based on", f"{{0}} {terms.BASED_ON} ?item"),
            ("Occupations that the occupational maps show with it", f"{{0}} {terms.MAPPED_OCCUPATION} ?item"),
        ),
        (f"{{0}} {terms.SPECIALISM_OF}/{terms.IN_ROUTE} ?item", f"{{0}} {terms.SPECIALISM_OF} ?item"),
    ),
    terms.PROGRESSION_OPTION: Kind(
        "statement",
        "",
        (
            ("After", f"{{0}} {terms.OPTION_FOR} ?item"),
            ("The step that it names", f"{{0}} {terms.LEADS_TO} ?item"),
            ("The step that it names as one that may be bypassed", f"{{0}} {terms.BYPASSES} ?item"),
            ("Flags printed beside it", f"{{0}} {terms.STATUS_PROPERTY} ?item"),
            ("How the source speaks of it", f"{{0}} {terms.WORDING_PROPERTY} ?item"),
            ("Heading of the source", f"{{0}} {terms.MODE_PROPERTY} ?item"),
            ("The place that states it", f"{{0}} {terms.WAS_QUOTED_FROM} ?item"),
        ),
        (f"{{0}} {terms.OPTION_FOR}/{terms.SPECIALISM_OF} ?item", f"{{0}} {terms.OPTION_FOR} ?item"),
    ),
    terms.APPRENTICESHIP: Kind("apprenticeship", "Apprenticeships", (*_LEADING, *_BEHIND)),
    terms.HTQ: Kind(
        "Higher Technical Qualification", "Higher Technical Qualifications", (*_LEADING, *_BEHIND, _ON_MAP)
    ),
    terms.DEGREE: Kind("degree", "Degrees", _LEADING),
    terms.OCCUPATIONAL_STANDARD: Kind(
        "occupational standard",
        "Occupational standards",
        (
            ("Apprenticeships and qualifications based on it", f"?item {terms.BASED_ON} {{0}} ; a {terms.DESTINATION}"),
            ("Specialisms based on it", f"?item {terms.BASED_ON} {{0}} ; a {terms.OCCUPATIONAL_SPECIALISM}"),
            ("Occupations", f"{{0}} {terms.FOR_OCCUPATION} ?item"),
            _ROUTE,
            ("Versions", f"?item {terms.VERSION_OF} {{0}}"),
        ),
        (_IN_ROUTE,),
    ),
    terms.STANDARD_VERSION: Kind(
        "standard",
        "",
        (
            ("The occupational standard", f"{{0}} {terms.VERSION_OF} ?item"),
            ("Status in the register", f"{{0}} {terms.REGISTER_STATUS_PROPERTY} ?item"),
        ),
        (f"{{0}} {terms.VERSION_OF}/{terms.IN_ROUTE} ?item", f"{{0}} {terms.VERSION_OF} ?item"),
    ),
    terms.OCCUPATION: Kind(
        "occupation",
        "Occupations",
        (
            *_LEADING,
            ("T Levels that lead here by an apprenticeship", _BY_APPRENTICESHIP),
            ("Apprenticeships that train for it", f"?item {terms.TRAINS_FOR} {{0}} ; a {terms.APPRENTICESHIP}"),
            ("Occupational standards", f"?item {terms.FOR_OCCUPATION} {{0}}"),
            ("Specialisms that the occupational maps show with it", f"?item {terms.MAPPED_OCCUPATION} {{0}}"),
            ("Occupational group of SOC 2020", f"{{0}} {terms.OCCUPATION_GROUP} ?item"),
            ("Occupations that it leads to, by the occupational maps", f"{{0}} {terms.MAP_PROGRESSES_TO} ?item"),
            ("Occupations that the occupational maps show together with it", f"{{0}} {terms.SHOWN_WITH} ?item"),
            _ROUTE,
        ),
        (_IN_ROUTE,),
    ),
    terms.ROUTE: Kind(
        "route",
        "",
        (
            ("T Levels", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.T_LEVEL}"),
            ("Occupations", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.OCCUPATION}"),
            ("Occupational standards", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.OCCUPATIONAL_STANDARD}"),
            ("Pathways of the occupational map", f"?item {terms.BROADER} {{0}}"),
        ),
    ),
    terms.MAP_PRODUCT: Kind(
        "product of the occupational map",
        "Products of the occupational map",
        (_ON_MAP, ("Specialism that the occupational map lists as this product", f"{{0}} {terms.PRODUCT_OF} ?item")),
    ),
    terms.LEARNING_AIM: Kind(
        "learning aim",
        "Learning aims",
        (
            ("Specialism", f"{{0}} {terms.AIM_OF} ?item"),
            ("Technical qualification", f"{{0}} {terms.AIM_OF_QUALIFICATION} ?item"),
        ),
    ),
    terms.SUBJECT_PAGE: Kind(
        "government page", "Subject pages", (("T Level that it is about", f"{{0}} {terms.DESCRIBES} ?item"),)
    ),
    terms.PROGRESSION_PROFILE: Kind(
        "progression profile",
        "",
        (
            ("T Level that it is about", f"{{0}} {terms.DESCRIBES} ?item"),
            ("Source document", f"{{0}} {terms.WAS_DERIVED_FROM} ?item"),
            ("Notes", f"{{0}} {terms.HAS_NOTE} ?item"),
        ),
        (f"{{0}} {terms.DESCRIBES}/{terms.IN_ROUTE} ?item", f"{{0}} {terms.DESCRIBES} ?item"),
    ),
    terms.QUALIFICATION: Kind(
        "technical qualification",
        "Qualifications",
        (
            ("T Level", f"{{0}} {terms.QUALIFICATION_OF} ?item"),
            ("Awarding organisation", f"{{0}} {terms.AWARDING_ORGANISATION} ?item"),
            ("Learning aims", f"?item {terms.AIM_OF_QUALIFICATION} {{0}}"),
        ),
        (f"{{0}} {terms.QUALIFICATION_OF}/{terms.IN_ROUTE} ?item", f"{{0}} {terms.QUALIFICATION_OF} ?item"),
    ),
}
#: Concepts of the occupational map, by a part of their IRIs.
_CONCEPTS: Final = {
    "/id/pathway/": Kind(
        "pathway of the occupational map",
        "",
        (("Route", f"{{0}} {terms.BROADER} ?item"), ("Clusters", f"?item {terms.BROADER} {{0}}")),
        (f"{{0}} {terms.BROADER} ?item",),
    ),
    "/id/cluster/": Kind(
        "cluster of the occupational map",
        "",
        (
            ("Pathway", f"{{0}} {terms.BROADER} ?item"),
            ("In this cluster", f"?item {terms.IN_CLUSTER} {{0}}"),
        ),
        (f"{{0}} {terms.BROADER}/{terms.BROADER} ?item", f"{{0}} {terms.BROADER} ?item"),
    ),
}


def kind_of(types: Collection[str], iri: str) -> Kind | None:
    """Return the kind of a thing by its classes, or by its IRI; None if the table does not have it."""
    by_class = (kind for class_, kind in KINDS.items() if class_.value in types)
    return next(by_class, next((kind for part, kind in _CONCEPTS.items() if part in iri), None))


def facet_of(kind: Kind) -> str:
    """Return the name of a kind by which a search is narrowed."""
    return _FACETS[kind.listing]


#: The list of each kind → the value of its facet, where that is not the name with a capital letter.
_FACETS: Final = {
    kind.listing: f"{kind.name[:1].upper()}{kind.name[1:]}" for kind in KINDS.values() if kind.listing
} | {"Qualifications": "Qualification", "Subject pages": "Subject page"}
