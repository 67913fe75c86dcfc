"""The page of the statistics of the data, with plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.html.pages import MEMBERS, STATEMENTS, counted
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.html.view_models import Presenter, TermView

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def statistics_page(site: Site) -> bytes:
    """Return the page of the statistics of the data."""
    counts = site.counts
    linking = (links.predicate for links in counts.links)
    options, coverage = site.counts.options, site.counts.coverage
    further = (*(one.kind for one in options), *(one.t_level for one in coverage))
    iris = (*further, *counts.of_class, *counts.of_property, *counts.examples, *linking)
    presenter = Presenter(site.base, labels_and_types(site.store, iris))
    totals = {
        "Statements": counts.triples,
        "Things with an address on this site": counts.entities,
        "Subjects": counts.subjects,
        "Objects": counts.objects,
        "Classes": counts.classes,
        "Properties": counts.properties,
    }
    return render(
        site,
        "statistics.html",
        "Statistics of the data",
        totals=[(TermView(name), number) for name, number in totals.items()],
        examples=[presenter.link(iri) for iri in counts.examples],
        classes=counted(presenter, counts.of_class, MEMBERS),
        properties=counted(presenter, counts.of_property, STATEMENTS),
        options=[(presenter.label(one.kind), one.level, one.number) for one in options],
        most_options=max((one.number for one in options), default=1),
        coverage=sorted(((presenter.link(one.t_level), one) for one in coverage), key=lambda row: row[0].text),
        links=[(links.target, presenter.link(links.predicate), links.triples) for links in counts.links],
        alternates=alternates(lambda suffix: f"/void{suffix}"),
    )
