"""The page of the report of the checks: the results of each rule together."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PAGE_ROWS
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.html.rendering import render
from tlevel_rdf.web.html.view_models import Presenter, TermView

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

_SEVERITIES: Final = {"Violation": "violation", "Warning": "warning", "Info": "note"}


class RuleView(NamedTuple):
    """The results of a rule: its name, how bad they are, the message, and the things that they are about."""

    rule: TermView
    severity: str
    message: str
    things: list[TermView]


class _Result(NamedTuple):
    severity: int
    shape: str
    message: str
    thing: str


def report_page(site: Site, turtle: bytes) -> bytes:
    """Return the page of a report.

    Args:
        site: with the data that the report is about.
        turtle: the report, as a release has it.
    """
    results = sorted(_results(turtle))
    shown = results[:MAX_PAGE_ROWS]
    presenter = Presenter(site.base, labels_and_types(site.store, {one.thing for one in shown}))
    rules = []
    for (severity, shape, message), group in groupby(shown, key=lambda one: one[:3]):
        name = shape.rpartition("#")[2] or shape
        things = [presenter.link(one.thing) for one in group]
        rules.append(
            RuleView(TermView(name, presenter.link(shape).href), [*_SEVERITIES.values()][severity], message, things)
        )
    return render(
        site, "report.html", "Report of the checks", rules=rules, total=len(results), shown=len(shown), path="/report"
    )


def _results(turtle: bytes) -> list[_Result]:
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and (value := getattr(quad.object, "value", None)) is not None:
            values[quad.subject.value][quad.predicate.value.removeprefix(terms.SH)] = value
    known = list(_SEVERITIES)
    return [
        _Result(
            known.index(one.get("resultSeverity", "").removeprefix(terms.SH)),
            one.get("sourceShape", ""),
            one.get("resultMessage", "").partition(": ")[2] or one.get("resultMessage", ""),
            one["value"] if one.get("value", "").startswith("http") else one.get("focusNode", ""),
        )
        for one in values.values()
        if one.get("resultSeverity", "").removeprefix(terms.SH) in known
    ]
