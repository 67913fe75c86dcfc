"""The data set and its things in the vocabulary of schema.org, for search engines.

The markup of a thing states only what the description of the thing does, in other terms.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.dumps import dumps
from tlevel_rdf.web.data.iris import document_path
from tlevel_rdf.web.data.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site

#: Characters that could end the script element or begin a comment in it (HTML, section 4.12.1.3).
_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class _Thing(NamedTuple):
    """A thing with the values of its properties.

    Attributes:
        kind: the label of the class by which it is described.
        values: the values by the IRI of each property: texts, and the IRIs of things.
        labels: of the things that it names.
    """

    kind: str
    values: Mapping[str, list[NamedNode | Literal]]
    labels: Labels

    def texts(self, *properties: NamedNode) -> list[str]:
        """Return the literals of some properties."""
        found = (value for prop in properties for value in self.values.get(prop.value, ()))
        return [value.value for value in found if isinstance(value, Literal)]

    def named(self, prop: NamedNode) -> dict[str, str]:
        """Return the labels of the things that a property names, by their IRIs."""
        found = self.values.get(prop.value, ())
        return {value.value: self.labels.of(value.value) for value in found if isinstance(value, NamedNode)}


def dataset_markup(site: Site) -> str:
    """Return a `Dataset` of schema.org as JSON-LD that is safe in a script element, which browsers do not run."""
    return _write(_dataset(site))


def thing_markup(site: Site, description: Description) -> str:
    """Return a thing in schema.org, safe in a script element; empty for kinds that schema.org has no type for."""
    types = description.types
    found = next((one for one in _TYPES if one[0].value in types), None)
    values: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for prop, value in description.properties:
        if isinstance(value, NamedNode | Literal):
            values[prop.value].append(value)
    labels = Labels(site.base, description.labels)
    names = [*values[terms.PREF_LABEL.value], *values[terms.TITLE.value]]
    if found is None or not names:
        return ""
    class_, type_, further = found
    thing = _Thing(labels.of(class_.value), values, labels)
    official = thing.texts(terms.PAGE) + list(thing.named(terms.PAGE))
    return _write(
        _stated(
            {
                "@context": "https://schema.org/",
                "@type": type_,
                "@id": description.iri,
                "name": names[0].value,
                "alternateName": sorted(thing.texts(terms.ALT_LABEL)),
                "description": " ".join(thing.texts(terms.DESCRIPTION)),
                "identifier": sorted({*thing.texts(terms.REFERENCE_CODE, terms.IDENTIFIER)}),
                "url": site.url + document_path(description.iri, site.base).variant().removeprefix("/"),
                "sameAs": sorted(official),
                **further(thing),
            }
        )
    )


def _program(thing: _Thing) -> dict[str, Any]:
    """Return the properties of a programme: what it leads to, and the jobs that it trains for."""
    levels = list(thing.named(terms.LEVEL_PROPERTY).values())
    credential = {"@type": "EducationalOccupationalCredential", "credentialCategory": thing.kind}
    return {
        "programType": thing.kind,
        "educationalCredentialAwarded": {**credential, "educationalLevel": levels[0]} if levels else "",
        "occupationalCategory": sorted({*thing.named(terms.TRAINS_FOR).values()}),
    }


def _credential(thing: _Thing) -> dict[str, Any]:
    levels = list(thing.named(terms.LEVEL_PROPERTY).values())
    recognized = [
        {"@type": "Organization", "@id": iri, "name": name}
        for iri, name in thing.named(terms.AWARDING_ORGANISATION).items()
    ]
    return {"credentialCategory": thing.kind, "educationalLevel": levels[:1], "recognizedBy": recognized}


def _occupation(thing: _Thing) -> dict[str, Any]:
    groups = thing.named(terms.OCCUPATION_GROUP).items()
    codes = [{"@type": "CategoryCode", "codeValue": iri.rpartition("#")[2], "name": name} for iri, name in groups]
    return {"occupationalCategory": codes}


def _term(thing: _Thing) -> dict[str, Any]:
    return {
        "termCode": thing.texts(terms.STANDARD_REFERENCE, terms.NOTATION)[:1],
        "inDefinedTermSet": list(thing.named(terms.IN_SCHEME)),
    }


def _document(thing: _Thing) -> dict[str, Any]:
    return {"datePublished": thing.texts(terms.ISSUED)[:1], "dateModified": thing.texts(terms.MODIFIED)[:1]}


#: The type of schema.org of each class, the most telling class first, and its properties besides those of every thing.
_TYPES: Final[tuple[tuple[NamedNode, str, Callable[[_Thing], dict[str, Any]]], ...]] = (
    (terms.T_LEVEL, "EducationalOccupationalProgram", _program),
    (terms.OCCUPATIONAL_SPECIALISM, "EducationalOccupationalProgram", _program),
    (terms.APPRENTICESHIP, "WorkBasedProgram", _program),
    (terms.HTQ, "EducationalOccupationalCredential", _credential),
    (terms.DEGREE, "EducationalOccupationalCredential", _credential),
    (terms.OCCUPATION, "Occupation", _occupation),
    (terms.OCCUPATIONAL_STANDARD, "DefinedTerm", _term),
    (terms.QUALIFICATION, "EducationalOccupationalCredential", _credential),
    (terms.ROUTE, "DefinedTerm", _term),
    (terms.CONCEPT, "DefinedTerm", _term),
    (terms.DOCUMENT, "DigitalDocument", _document),
)


def _write(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False).translate(_UNSAFE)


def _stated(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that have a value, and the only value of a list by itself."""
    found = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in properties.items()
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _dataset(site: Site) -> dict[str, Any]:
    about, catalogue = site.about, f"{site.base}catalogue"
    properties = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": site.dataset,
        "name": about.title,
        "description": about.description,
        "url": site.base,
        "identifier": site.dataset,
        "license": about.licence,
        "creditText": about.attribution,
        "publisher": {"@type": "Organization", "name": about.publisher} if about.publisher else "",
        "version": site.date.isoformat() if site.date else "",
        "dateModified": site.date.isoformat() if site.date else "",
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": catalogue, "url": catalogue},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.name,
                "contentUrl": site.base + dump.path,
                "encodingFormat": dump.media_type.name,
                "contentSize": f"{dump.size} B",
                "sha256": dump.sha256,
            }
            for dump in dumps(site)
        ],
    }
    return {name: value for name, value in properties.items() if value not in ("", [])}
