"""The data set about itself, in `graph/catalogue`: what it is, whose, of which day, and the run that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.describe import t_level_key
from tlevel_rdf.graph.identifiers import slug

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.settings import Settings


def describe_dataset(corpus: Corpus, settings: Settings, date: datetime.date) -> tuple[Quad, ...]:
    """Describe the data set, this version of it (DCAT 3, section 11) and the run that made it (PROV-O, section 3.1).

    Args:
        corpus: what is published.
        settings: title, publisher, licence and its wording.
        date: the release's date.
    """
    ids = corpus.ids
    graph = ids.graph("catalogue")
    return tuple(Quad(s, p, o, graph) for s, p, o in _statements(corpus, settings, date))


def release_date(corpus: Corpus, settings: Settings) -> datetime.date | None:
    """The date of a release: the one that was set, else the newest among its sources, never the clock.

    Returns:
        None if no source has a date.
    """
    dates = [source.dated for source in corpus.reference.sources]
    dates += [corpus.reference.gathered, *(loaded.value.source.issued for loaded in corpus.profiles)]
    return settings.date or max((date for date in dates if date), default=None)


def _statements(
    corpus: Corpus, settings: Settings, date: datetime.date
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    ids = corpus.ids
    dataset, version, run, publisher = ids.dataset(), ids.version(date), ids.run(date), ids.publisher()
    day = Literal(date.isoformat(), datatype=terms.DATE)
    for node, label in ((dataset, settings.title), (version, f"{settings.title}, {date.isoformat()}")):
        yield node, terms.TYPE, terms.DATASET
        yield node, terms.TITLE, Literal(label, language="en")
        yield node, terms.LICENCE, NamedNode(settings.licence)
        yield node, terms.RIGHTS, Literal(settings.attribution, language="en")
        yield node, terms.PUBLISHER, publisher
        yield node, terms.MODIFIED, day
    yield dataset, terms.DESCRIPTION, Literal(_DESCRIPTION, language="en")
    yield publisher, terms.TYPE, terms.AGENT
    yield publisher, terms.NAME, Literal(settings.publisher)
    yield version, terms.TYPE, terms.ENTITY
    yield version, terms.IS_VERSION_OF, dataset
    yield version, terms.ISSUED, day
    yield version, terms.WAS_GENERATED_BY, run
    yield run, terms.TYPE, terms.ACTIVITY
    inferred = ids.graph("inferred")
    yield inferred, terms.TYPE, terms.ENTITY
    yield inferred, terms.WAS_GENERATED_BY, run
    for loaded in corpus.profiles:
        profile = loaded.value
        source = ids.source(profile.source.key or slug(profile.source.document))
        graph = ids.profile_graph(t_level_key(profile))
        yield run, terms.USED, source
        yield graph, terms.TYPE, terms.ENTITY
        yield graph, terms.WAS_DERIVED_FROM, source
    for reference in corpus.reference.sources:
        yield run, terms.USED, ids.source(reference.key)


_DESCRIPTION = (
    "Where the occupational specialisms of T Levels lead: apprenticeships, Higher Technical Qualifications, degrees "
    "and jobs. Taken from published progression profiles, line by line, and joined to what official registers say "
    "about the qualifications and standards that they name. Independent; not endorsed by Skills England or the "
    "Department for Education."
)
