"""A profile → quads: what the document says, in the profile's own graph.

Nothing is added that the document does not say. What follows from it is `entail.py`'s; what other registers
say is `reference.py`'s. The one bridge is `basedOn`, which links an apprenticeship or HTQ to the standard of its
title and level; it is our reading, so it stands in the reference graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference import standard_iri
from tlevel_rdf.profiles.model import MODES, Flag, Kind
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Option, Placed, Profile, Source, Specialism
    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc


@dataclass(frozen=True)
class Description:
    """A profile as quads, with the way back.

    Attributes:
        loaded: the profile and the file that it was read from.
        t_level: the slug of its T Level.
        quads: what it says; no two are equal and no term is a blank node.
        origins: which value of the YAML each subject was made of.
    """

    loaded: Loaded[Profile]
    t_level: str
    quads: tuple[Quad, ...]
    origins: Mapping[str, Loc]


#: Which key of the YAML a property was made of, under the value that its subject was made of.
YAML_KEYS = {
    terms.LEVEL_PROPERTY.value: "level",
    terms.STATUS_PROPERTY.value: "flags",
    terms.BYPASSES.value: "flags",
    terms.WAS_QUOTED_FROM.value: "line",
    terms.PAGE.value: "page",
    terms.MAPPING_DOCUMENT.value: "mapping",
    terms.RELEVANT_APPRENTICESHIP.value: "technical",
    terms.ISSUED.value: "issued",
}


def describe(
    loaded: Loaded[Profile],
    reference: Reference,
    ids: Identifiers,
    labels: Mapping[str, Quad] = MappingProxyType({}),
) -> Description:
    """Describe one profile.

    Args:
        loaded: the profile, free of collisions (`collisions.py`).
        reference: what other registers say, for the standards.
        ids: mints the IRIs.
        labels: the statements of the reference data that give things (as in N-Triples) their preferred labels;
            another title is an alternative label.

    Returns:
        Quads in the graphs `graph/profile/{t-level}` and `graph/reference`.
    """
    return _Describer(loaded, reference, ids, labels).describe()


def t_level_key(profile: Profile) -> str:
    """The slug of a profile's T Level."""
    return profile.key or slug(profile.t_level)


def specialism_key(specialism: Specialism) -> str:
    """The slug of a specialism."""
    return specialism.key or slug(specialism.title)


def source_key(source: Source) -> str:
    """The slug of a source document."""
    return source.key or slug(source.document)


def option_key(option: Option) -> str:
    """The slug of an option and of its destination."""
    return option.key or slug(option.title)


class _Describer:
    def __init__(
        self, loaded: Loaded[Profile], reference: Reference, ids: Identifiers, labels: Mapping[str, Quad]
    ) -> None:
        self.loaded = loaded
        self.labels = labels
        self.profile = loaded.value
        self.reference = reference
        self.ids = ids
        self.key = t_level_key(self.profile)
        self.graph = ids.profile_graph(self.key)
        self.reference_graph = ids.graph("reference")
        self.node = ids.profile(self.key)
        self.source = ids.source(source_key(self.profile.source))
        self.quads: dict[Quad, None] = {}
        self.origins: dict[str, Loc] = {}

    def describe(self) -> Description:
        self._profile()
        self._source()
        for number, specialism in enumerate(self.profile.specialisms):
            self._specialism(specialism, ("specialisms", number))
        return Description(self.loaded, self.key, tuple(self.quads), self.origins)

    def _say(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads[Quad(subject, predicate, value, self.graph)] = None

    def _from(self, subject: NamedNode, loc: Loc) -> None:
        self.origins.setdefault(subject.value, loc)

    def _label(self, node: NamedNode, title: str) -> None:
        # A title that changed is an alternative label of the same thing, never a second preferred one.
        kept = self.labels.get(str(node))
        is_new = kept is not None and kept.object != _en(title)
        self._say(node, terms.ALT_LABEL if is_new else terms.PREF_LABEL, _en(title))

    def _profile(self) -> None:
        t_level = self.ids.t_level(self.key)
        title = self.profile.t_level
        self._from(self.node, ())
        self._from(t_level, ("t level",))
        self._say(self.node, terms.TYPE, terms.PROGRESSION_PROFILE)
        self._say(self.node, terms.PREF_LABEL, _en(f"Progression profile of the T Level in {title}"))
        self._say(self.node, terms.DESCRIBES, t_level)
        self._say(self.node, terms.WAS_DERIVED_FROM, self.source)
        for note in self.profile.notes:
            self._say(self.node, terms.NOTE, _en(note.note))
            self._quote(self.node, note)
        self._say(t_level, terms.TYPE, terms.T_LEVEL)
        self._label(t_level, title)

    def _source(self) -> None:
        source = self.profile.source
        checksum = self.ids.checksum(self.source)
        self._from(self.source, ("source",))
        self._say(self.source, terms.TYPE, terms.DOCUMENT)
        self._say(self.source, terms.TITLE, Literal(source.document))
        self._say(
            self.source,
            terms.FORMAT,
            NamedNode(f"https://www.iana.org/assignments/media-types/{source.media_type}"),
        )
        self._say(self.source, terms.CHECKSUM_PROPERTY, checksum)
        self._say(checksum, terms.TYPE, terms.CHECKSUM)
        self._say(checksum, terms.ALGORITHM, terms.SHA256)
        self._say(checksum, terms.CHECKSUM_VALUE, Literal(source.sha256, datatype=terms.HEX_BINARY))
        if source.section:
            self._say(
                self.node,
                terms.BIBLIOGRAPHIC_CITATION,
                Literal(f"{source.document}, section {source.section}"),
            )
        if source.issued:
            self._say(self.source, terms.ISSUED, Literal(source.issued.isoformat(), datatype=terms.DATE))
        if source.licence:
            self._say(self.source, terms.LICENCE, NamedNode(source.licence))
        if source.page:
            self._say(self.source, terms.PAGE, NamedNode(source.page))

    def _quote(self, subject: NamedNode, placed: Placed) -> None:
        quoted = self.ids.place(self.source, placed)
        self._say(subject, terms.WAS_QUOTED_FROM, quoted)
        if quoted != self.source:
            self._say(quoted, terms.TYPE, terms.ENTITY)
            self._say(quoted, terms.IS_PART_OF, self.source)

    def _specialism(self, specialism: Specialism, loc: Loc) -> None:
        key = specialism_key(specialism)
        node = self.ids.specialism(self.key, key)
        self._from(node, loc)
        self._say(node, terms.TYPE, terms.OCCUPATIONAL_SPECIALISM)
        self._label(node, specialism.title)
        self._say(node, terms.SPECIALISM_OF, self.ids.t_level(self.key))
        self._quote(node, specialism)
        for mode, number, option in options(specialism):
            self._option(option, mode, specialism, node, (*loc, mode, number))

    def _option(self, option: Option, mode: str, specialism: Specialism, of: NamedNode, loc: Loc) -> None:
        key, level = option_key(option), option.level_number
        node = self.ids.option(self.key, specialism_key(specialism), option.kind, level, key)
        target = self.ids.destination(option.kind, level, key)
        self._from(node, loc)
        self._from(target, loc)
        self._say(node, terms.TYPE, terms.PROGRESSION_OPTION)
        self._say(node, terms.PREF_LABEL, _en(f"{specialism.title}: {_named(option)}"))
        self._say(node, terms.IS_PART_OF, self.node)
        self._say(node, terms.OPTION_FOR, of)
        self._say(node, terms.BYPASSES if Flag.NOT_APPLICABLE in option.flags else terms.LEADS_TO, target)
        self._say(node, terms.MODE_PROPERTY, terms.mode(mode))
        for flag in option.flags:
            self._say(node, terms.STATUS_PROPERTY, terms.STATUS_OF[flag])
        if option.mapping:
            self._say(node, terms.MAPPING_DOCUMENT, NamedNode(option.mapping))
        self._quote(node, option)
        if option.is_relevant:
            self._say(of, terms.RELEVANT_APPRENTICESHIP, target)
        self._destination(option, target)

    def _destination(self, option: Option, node: NamedNode) -> None:
        self._say(node, terms.TYPE, terms.CLASS_OF[option.kind])
        self._say(node, terms.PREF_LABEL, _en(option.title))
        if option.page:
            self._say(node, terms.PAGE, NamedNode(option.page))
        if option.level_number is None:
            return
        self._say(node, terms.LEVEL_PROPERTY, terms.level(option.level_number))
        if standard := self.reference.standard_for(option.title, option.level_number):
            based_on = standard_iri(standard, self.ids)
            self.quads[Quad(node, terms.BASED_ON, based_on, self.reference_graph)] = None


def options(specialism: Specialism) -> Iterator[tuple[str, int, Option]]:
    """Every option of a specialism with its mode and its number under that heading, in the order of the document."""
    for mode in MODES:
        for number, option in enumerate(getattr(specialism, mode)):
            yield mode, number, option


_NAMED = {
    Kind.APPRENTICESHIP: "{title} apprenticeship, level {level}",
    Kind.HTQ: "{title} HTQ, level {level}",
    Kind.DEGREE: "degree in {title}",
    Kind.OCCUPATION: "work as {title}",
}


def _named(option: Option) -> str:
    return _NAMED[option.kind].format(title=option.title, level=option.level_number)


def _en(text: str) -> Literal:
    return Literal(text, language="en")
