"""The data set in the vocabulary of schema.org, in the first page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.metadata.schema_org import dataset_markup
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site


def test_the_markup_cannot_end_its_script_element(site: Site) -> None:
    hostile = replace(site, about=replace(site.about, title="</script><b>&", description="<!-- <script>"))
    page = respond(hostile, Request.of("/")).content.decode()
    (markup,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&") & set(markup)
    found = json.loads(markup)
    assert found["name"] == "</script><b>&"
    assert found["@type"] == "Dataset"
    assert found["license"] == site.settings.licence
    assert [one["contentUrl"] for one in found["distribution"]] == [f"{BASE}data/all.nq", f"{BASE}data/all.csv"]


def test_the_markup_leaves_out_what_is_not_known() -> None:
    site = site_from("<x:a> <x:b> 1 .")
    markup = json.loads(
        dataset_markup(replace(site, about=replace(site.about, licence="", publisher="", attribution="")))
    )
    assert not {"license", "publisher", "creditText", "version", "dateModified", "distribution"} & set(markup)
    assert markup["@id"] == site.dataset


def markup_of(site: Site, path: str) -> dict[str, Any]:
    page = respond(site, Request.of(path, accept=BROWSER)).content.decode()
    (markup,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(markup)
    return found


#: The properties that schema.org has for each type, as far as this site uses them (schema.org 29).
THING = {"@context", "@type", "@id", "name", "alternateName", "description", "identifier", "url", "sameAs"}
PROGRAM = THING | {"programType", "educationalCredentialAwarded", "occupationalCategory"}
CREDENTIAL = THING | {"credentialCategory", "educationalLevel", "recognizedBy"}
PROPERTIES = {
    "EducationalOccupationalProgram": PROGRAM,
    "WorkBasedProgram": PROGRAM,
    "EducationalOccupationalCredential": CREDENTIAL,
    "Occupation": THING | {"occupationalCategory"},
    "DefinedTerm": THING | {"termCode", "inDefinedTermSet"},
    "DigitalDocument": THING | {"datePublished", "dateModified"},
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "t-level/healthcare-science",
            {
                "@type": "EducationalOccupationalProgram",
                "name": "Healthcare Science",
                "programType": "T Level",
                "educationalCredentialAwarded": {
                    "@type": "EducationalOccupationalCredential",
                    "credentialCategory": "T Level",
                    "educationalLevel": "Level 3",
                },
            },
        ),
        (
            "specialism/healthcare-science/optical-care-services",
            {
                "@type": "EducationalOccupationalProgram",
                "programType": "Occupational specialism",
                "identifier": "ZTLOS054",
            },
        ),
        (
            "apprenticeship/level-6/dispensing-optician",
            {"@type": "WorkBasedProgram", "programType": "Apprenticeship", "name": "Dispensing Optician"},
        ),
        ("degree/nursing", {"@type": "EducationalOccupationalCredential", "credentialCategory": "Degree"}),
        (
            "qualification/603-7083-x",
            {
                "@type": "EducationalOccupationalCredential",
                "recognizedBy": {"@type": "Organization", "@id": f"{BASE}id/organisation/ncfe", "name": "NCFE"},
            },
        ),
        (
            "occupation/OCC0774",
            {
                "@type": "Occupation",
                "identifier": "OCC0774",
                "occupationalCategory": {
                    "@type": "CategoryCode",
                    "codeValue": "3211",
                    "name": "Dispensing opticians",
                },
            },
        ),
        ("standard/ST0774", {"@type": "DefinedTerm", "termCode": "ST0774", "identifier": ["747", "ST0774"]}),
        ("route/health-and-science", {"@type": "DefinedTerm", "name": "Health and science"}),
        ("source/000-80ba2ef1bfb81c71-txt", {"@type": "DigitalDocument"}),
    ],
)
def test_a_thing_has_the_type_and_the_properties_of_its_kind(site: Site, path: str, expected: dict[str, Any]) -> None:
    found = markup_of(site, f"/doc/{path}")
    assert found.items() >= expected.items(), found
    assert set(found) <= PROPERTIES[found["@type"]]
    assert found["url"] == f"{BASE}doc/{path}"


def values(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name not in {"@context", "@type", "url"}:
                yield from values(value)
    elif isinstance(content, list):
        for value in content:
            yield from values(value)
    else:
        yield str(content)


def test_the_markup_states_nothing_that_the_description_does_not(site: Site) -> None:
    for path in ("t-level/healthcare-science", "occupation/OCC0774", "standard/ST0774", "qualification/603-7083-x"):
        data = respond(site, Request.of(f"/doc/{path}.nt")).content.decode()
        for value in values(markup_of(site, f"/doc/{path}")):
            assert f'"{value}"' in data or f"<{value}>" in data or f"#{value}>" in data, (path, value)


def test_kinds_that_schema_org_lacks_have_no_markup(site: Site) -> None:
    page = respond(site, Request.of("/doc/note/1", accept=BROWSER)).content
    assert b"application/ld+json" not in page
