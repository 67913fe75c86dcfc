"""The options after a specialism, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.profiles.model import MODES
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.names import Names
from tlevel_rdf.web.data.facts import column, facts, facts_of, first, known, level_of
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import natural_key, vocabulary_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tlevel_rdf.web.data.facts import Facts
    from tlevel_rdf.web.data.site import Site

_KINDS: Final = {iri.value for iri in terms.CLASS_OF.values()}
_STEPS: Final = (terms.LEADS_TO, terms.BYPASSES)
_CODES: Final = {
    "standard": terms.STANDARD_REFERENCE,
    "occupation": terms.OCCUPATION_REFERENCE,
    "lars": terms.LARS_STANDARD_CODE,
}
_PLACE: Final = re.compile(r"(line|page|paragraph) (\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class _Around:
    """What is needed to tell of an option: its destination, the standards behind that, and names."""

    base: str
    targets: Mapping[str, Facts]
    codes: Mapping[str, Facts]
    names: Names


def options(site: Site, values: Mapping[str, Any]) -> schema.Options:
    """The options after a specialism, in the order of the document.

    Raises:
        ProblemError: 404.
    """
    key = f"{values['t_level']}/{values['key']}"
    iri = known(site, f"specialism/{key}", terms.OCCUPATIONAL_SPECIALISM)
    rows = select_rows(
        site.store,
        f"SELECT DISTINCT ?option ?p ?v {{ ?option {terms.OPTION_FOR} <{iri}> ; ?p ?v FILTER(isIRI(?option)) }}",
    )
    said = {option: of for option, of in facts(rows, "option").items() if first(of, *_STEPS)}
    targets = facts_of(site, map(_target, said.values()), (terms.TYPE, terms.LEVEL_PROPERTY, terms.BASED_ON))
    behind = {standard for of in targets.values() for standard in of[terms.BASED_ON.value]}
    codes = facts_of(site, behind, tuple(_CODES.values()))
    t_levels = column(site, f"SELECT DISTINCT ?t {{ <{iri}> {terms.SPECIALISM_OF} ?t FILTER(isIRI(?t)) }}")
    named = {iri, *t_levels}
    for of in said.values():
        named |= {_target(of), _document(of), *of[terms.STATUS_PROPERTY.value]} - {""}
    around = _Around(site.base, targets, codes, Names(site, named))
    told = sorted((_place(of), option) for option, of in said.items())
    return schema.Options(
        link=f"/api/specialisms/{key}/options",
        specialism=around.names.thing(iri),
        t_levels=around.names.things(t_levels),
        options=[_option(option, said[option], around) for _, option in told],
    )


def _option(iri: str, of: Facts, around: _Around) -> schema.Option:
    target = _target(of)
    kinds = sorted(kind for kind in around.targets[target][terms.TYPE.value] if kind in _KINDS)
    return schema.Option(
        kind=vocabulary_labels().get(kinds[0], "") if kinds else "",
        title=around.names.name(target),
        level=level_of(around.targets[target]),
        heading=_heading(of),
        step="bypassed" if of[terms.BYPASSES.value] else "open",
        flags=sorted(map(around.names.name, of[terms.STATUS_PROPERTY.value])),
        source=_source(of, around),
        links=sorted(of[terms.PAGE.value], key=natural_key),
        identifiers=list(_identifiers(around.targets[target], around)),
        destination=around.names.thing(target),
        iri=iri,
        page=local_path(iri, around.base),
    )


def _target(of: Facts) -> str:
    return first(of, *_STEPS)


def _document(of: Facts) -> str:
    return first(of, terms.WAS_QUOTED_FROM).partition("#")[0]


def _heading(of: Facts) -> str:
    return first(of, terms.MODE_PROPERTY).removeprefix(terms.MODE)


def _numbers(of: Facts) -> dict[str, int]:
    return {name: int(number) for name, number in _PLACE.findall(place_in_words(first(of, terms.WAS_QUOTED_FROM)))}


def _place(of: Facts) -> tuple[int, list[int]]:
    heading, numbers = _heading(of), _numbers(of)
    order = MODES.index(heading) if heading in MODES else len(MODES)
    return order, [numbers.get(name, 0) for name in ("page", "paragraph", "line")]


def _source(of: Facts, around: _Around) -> schema.Source | None:
    iri = first(of, terms.WAS_QUOTED_FROM)
    if not iri:
        return None
    numbers = _numbers(of)
    return schema.Source(
        document=around.names.name(_document(of)),
        line=numbers.get("line"),
        page=numbers.get("page"),
        paragraph=numbers.get("paragraph"),
        iri=iri,
        described_at=local_path(iri, around.base),
    )


def _identifiers(target: Facts, around: _Around) -> Iterator[schema.Identifier]:
    for standard in sorted(target[terms.BASED_ON.value]):
        for scheme, code in _CODES.items():
            for value in sorted(around.codes[standard][code.value]):
                yield schema.Identifier.model_validate({"scheme": scheme, "value": value})
