"""The description of the data set, its version and the run that made it, in `graph/catalogue`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import source_key, t_level_key
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.limits import MAX_TITLE_CHARACTERS
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.store.base import Store

_DESCRIPTION: Final = (
    "Where the occupational specialisms of T Levels lead: apprenticeships, Higher Technical Qualifications, degrees "
    "and jobs. Taken from published progression profiles, line by line, and joined to what official registers say "
    "about the qualifications and standards that they name. Independent; not endorsed by Skills England or the "
    "Department for Education."
)


_KEYWORDS: Final = ("T Level", "progression", "apprenticeship", "higher technical qualification", "occupation")
#: The theme in the European Union's list of themes of data, which DCAT-AP names.
_EDUCATION: Final = NamedNode("http://publications.europa.eu/resource/authority/data-theme/EDUC")


@dataclass(frozen=True, slots=True)
class DatasetMetadata:
    """The metadata of a data set. A text is empty if it is not known.

    Attributes:
        title: at most 65 characters.
        description: a text whose first sentence has at most 140 characters.
        publisher: the name of the publisher.
        licence: the IRI of the licence.
        attribution: the attribution that the licence requires.
        dataset: the IRI of the data set; empty for the IRI that releases use under their base.
    """

    title: str = "Linked data"
    description: str = (
        "A data set from another publisher. Numbers, truth values, dates and times in rows of results, and language "
        "tags everywhere, may be written differently from the files, with the same meaning."
    )
    publisher: str = ""
    licence: str = ""
    attribution: str = ""
    dataset: str = ""


def profiles_metadata(settings: Settings) -> DatasetMetadata:
    """Return the metadata of profiles that are published with these settings."""
    return DatasetMetadata(settings.title, _DESCRIPTION, settings.publisher, settings.licence, settings.attribution)


def external_metadata(settings: Settings) -> DatasetMetadata:
    """Return the metadata of data from elsewhere: only the settings that differ from their defaults.

    The defaults describe our profiles. Our licence, for example, does not apply to other data.
    """
    defaults = Settings()
    values = {name: getattr(settings, name) for name in ("title", "publisher", "licence", "attribution")}
    own = {name: value for name, value in values.items() if value != getattr(defaults, name)}
    return DatasetMetadata(**own, dataset=f"{settings.base}void#dataset")


def release_metadata(store: Store, base: str, settings: Settings) -> DatasetMetadata:
    """Return the metadata that a release states, with the settings for what it does not state.

    Raises:
        QueryFailedError: the store cannot answer.
    """
    dataset = Identifiers(base).dataset()
    names = {
        "title": terms.TITLE,
        "description": terms.DESCRIPTION,
        "licence": terms.LICENCE,
        "attribution": f"{terms.RIGHTS}/{terms.LABEL}",
        "publisher": f"{terms.PUBLISHER}/{terms.NAME}",
    }
    found = " ".join(f"OPTIONAL {{ {dataset} {path} ?{name} }}" for name, path in names.items())
    [row] = select_rows(store, f"SELECT * {{ {found} }} LIMIT 1")
    own = {name: term.value for name, term in row.items() if isinstance(term, NamedNode | Literal)}
    return replace(profiles_metadata(settings), **own)


def describe_dataset(corpus: Corpus, settings: Settings, date: datetime.date, reason: str = "") -> tuple[Quad, ...]:
    """Describe the data set, this version of it (DCAT 3, section 11) and the run that made it (PROV-O, section 3.1).

    Args:
        corpus: the published data.
        settings: title, publisher, licence and attribution.
        date: the date of the release.
        reason: the reason for losses since the last release; empty if nobody has accepted any.
    """
    ids = corpus.ids
    graph = ids.graph("catalogue")
    quads = [Quad(s, p, o, graph) for s, p, o in _statements(corpus, settings, date)]
    if reason:
        note = Literal(f"Losses since the last release were accepted: {reason}", language="en")
        quads.append(Quad(ids.run(date), terms.COMMENT, note, graph))
    return tuple(quads)


def dated_title(title: str, date: datetime.date) -> str:
    """Return the title of a version, shortened if catalogues would cut it.

    >>> import datetime
    >>> dated_title("T Level progression profiles", datetime.date(2026, 11, 22))
    'T Level progression profiles, 2026-11-22'
    """
    day = f", {date.isoformat()}"
    room = MAX_TITLE_CHARACTERS - len(day)
    return (title if len(title) <= room else f"{title[: room - 1].rstrip()}…") + day


def release_date(corpus: Corpus, settings: Settings) -> datetime.date | None:
    """Return the date of a release: the one that is set, or else the newest date of its sources.

    The clock is never used, so that two builds of the same input are equal.

    Returns:
        The date, or None if no source has one.
    """
    dates = [loaded.value.source.issued for loaded in corpus.profiles]
    if corpus.reference.latest:
        dates.append(datetime.date.fromisoformat(corpus.reference.latest))
    return settings.date or max((date for date in dates if date), default=None)


def _statements(
    corpus: Corpus, settings: Settings, date: datetime.date
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    ids = corpus.ids
    dataset, version, run, publisher = ids.dataset(), ids.version(date), ids.run(date), ids.publisher()
    day = Literal(date.isoformat(), datatype=terms.DATE)
    for node, label in ((dataset, settings.title), (version, dated_title(settings.title, date))):
        yield node, terms.TYPE, terms.DATASET
        yield node, terms.TITLE, Literal(label, language="en")
        yield node, terms.LICENCE, NamedNode(settings.licence)
        yield node, terms.RIGHTS, ids.rights()
        yield node, terms.PUBLISHER, publisher
        yield node, terms.MODIFIED, day
    yield ids.rights(), terms.TYPE, terms.RIGHTS_STATEMENT
    yield ids.rights(), terms.LABEL, Literal(settings.attribution, language="en")
    yield dataset, terms.DESCRIPTION, Literal(_DESCRIPTION, language="en")
    yield dataset, NamedNode(f"{terms.DCAT}theme"), _EDUCATION
    for keyword in _KEYWORDS:
        yield dataset, NamedNode(f"{terms.DCAT}keyword"), Literal(keyword, language="en")
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
        source = ids.source(source_key(profile.source))
        graph = ids.profile_graph(t_level_key(profile))
        yield run, terms.USED, source
        yield graph, terms.TYPE, terms.ENTITY
        yield graph, terms.WAS_DERIVED_FROM, source
    for key in corpus.reference.sources:
        yield run, terms.USED, ids.source(key)
