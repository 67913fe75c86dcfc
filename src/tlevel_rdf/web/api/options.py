"""The handler of the options after a specialism."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.names import Names
from tlevel_rdf.web.data.facts import find_thing, options_after, properties_of, t_levels_of
from tlevel_rdf.web.data.iris import local_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.web.data.facts import OptionFacts
    from tlevel_rdf.web.data.site import Site

#: The properties that hold the codes of a standard, by the scheme of the code.
_CODES: Final = {
    "standard": terms.STANDARD_REFERENCE,
    "occupation": terms.OCCUPATION_REFERENCE,
    "lars": terms.LARS_STANDARD_CODE,
}


def options(site: Site, values: Mapping[str, Any]) -> schema.OptionList:
    """Return the options after a specialism, in the order of the document.

    Raises:
        ProblemError: 404.
    """
    key = f"{values['t_level']}/{values['key']}"
    iri = find_thing(site, f"specialism/{key}", terms.OCCUPATIONAL_SPECIALISM)
    found = options_after(site, [iri])[iri]
    codes = _codes(site, (standard for option in found for standard in option.standards))
    t_levels = t_levels_of(site, iri)
    named = (one for option in found for one in (option.kind, option.destination, option.document, *option.flags))
    names = Names(site, {iri, *t_levels, *named})
    return schema.OptionList(
        link=f"/api/specialisms/{key}/options",
        specialism=names.thing(iri),
        t_levels=names.things(t_levels),
        options=[_option(option, names, codes, site.base) for option in found],
    )


def _codes(site: Site, standards: Iterable[str]) -> dict[str, list[schema.RegisterCode]]:
    """Return the codes of each standard."""
    return {
        standard: [
            schema.RegisterCode.model_validate({"scheme": scheme, "value": value})
            for scheme, code in _CODES.items()
            for value in sorted(facts[code.value])
        ]
        for standard, facts in properties_of(site, standards, _CODES.values()).items()
    }


def _option(
    option: OptionFacts, names: Names, codes: Mapping[str, list[schema.RegisterCode]], base: str
) -> schema.OptionResource:
    return schema.OptionResource(
        kind=names.name(option.kind) if option.kind else "",
        title=names.name(option.destination),
        level=option.level,
        heading=option.mode,
        step="bypassed" if option.is_bypassed else "open",
        flags=sorted(map(names.name, option.flags)),
        source=_source(option, names, base) if option.source else None,
        links=sorted(option.links, key=natural_key),
        identifiers=[code for standard in option.standards for code in codes.get(standard, ())],
        destination=names.thing(option.destination),
        iri=option.iri,
        page=local_path(option.iri, base),
    )


def _source(option: OptionFacts, names: Names, base: str) -> schema.SourceLocation:
    place = option.place
    return schema.SourceLocation(
        document=names.name(option.document),
        line=place.get("line"),
        page=place.get("page"),
        paragraph=place.get("paragraph"),
        iri=option.source,
        described_at=local_path(option.source, base),
    )
