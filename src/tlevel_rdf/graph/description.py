"""A profile as quads, in a graph of its own.

The quads state only what the document says. `entailment.py` draws conclusions from them, and `reference.py` describes
what other registers say. One statement links the two: `basedOn`, from an apprenticeship or HTQ to the standard of its
title and level. That link is this project's interpretation, so it is in the graph `graph/links/titles`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.profiles.kinds import Flag, Kind
from tlevel_rdf.profiles.titles import normalise_title, slug
from tlevel_rdf.reference.index import KnownTLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Option, Placed, Profile, Source, Specialism
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc
    from tlevel_rdf.reference.index import ReferenceIndex


@dataclass(frozen=True)
class Description:
    """A profile as quads, and the YAML value that each node comes from.

    Attributes:
        loaded: the profile, with its file.
        t_level: the slug of its T Level.
        quads: its statements, each once and without blank nodes.
        origins: IRI → the YAML value that the node comes from.
        known_labels: the preferred labels in the reference data, of the things to which the profile gives another.
    """

    loaded: Loaded[Profile]
    t_level: str
    quads: tuple[Quad, ...]
    origins: Mapping[str, Loc]
    known_labels: tuple[Quad, ...] = ()


#: Property → the YAML key that it comes from, within the value that its subject comes from.
YAML_KEYS: Final = {
    terms.LEVEL_PROPERTY.value: "level",
    terms.STATUS_PROPERTY.value: "flags",
    terms.BYPASSES.value: "flags",
    terms.WAS_QUOTED_FROM.value: "line",
    terms.PAGE.value: "page",
    terms.MAPPING_DOCUMENT.value: "mapping",
    terms.WORDING_PROPERTY.value: "wording",
    terms.READINESS_PROPERTY.value: "readiness",
    terms.RELEVANT_APPRENTICESHIP.value: "technical",
    terms.ISSUED.value: "issued",
}


def describe(loaded: Loaded[Profile], reference: ReferenceIndex, ids: Identifiers) -> Description:
    """Describe one profile.

    Args:
        loaded: the profile, without collisions (`collisions.py`).
        reference: the names of the reference data. If the profile has another title for one of its things, that is an
            alternative label.
        ids: mints the IRIs.

    Returns:
        Quads in the graphs `graph/profile/{t-level}` and `graph/links/titles`.
    """
    return _ProfileDescriber(loaded, reference, ids).describe()


def t_level_key(profile: Profile) -> str:
    """Return the slug of a profile's T Level."""
    return profile.key or slug(profile.t_level)


def specialism_key(specialism: Specialism) -> str:
    """Return the slug of a specialism."""
    return specialism.key or slug(specialism.formerly or specialism.title)


def source_key(source: Source) -> str:
    """Return the slug of a source document."""
    return source.key or slug(source.document)


def option_key(option: Option) -> str:
    """Return the slug of an option and of its destination."""
    return option.key or slug(option.formerly or option.title)


def standard_behind(option: Option, reference: ReferenceIndex) -> str | None:
    """Return the reference of the standard with the level and the title of an option, or with its former title."""
    if option.level_number is None:
        return None
    titles = filter(None, (option.title, option.formerly))
    found = (reference.standard_for(title, option.level_number) for title in titles)
    return next(filter(None, found), None)


class _ProfileDescriber:
    def __init__(self, loaded: Loaded[Profile], reference: ReferenceIndex, ids: Identifiers) -> None:
        self.loaded = loaded
        self.profile = loaded.value
        self.reference = reference
        self.ids = ids
        self.key = t_level_key(self.profile)
        self.graph = ids.profile_graph(self.key)
        self.titles_graph = ids.links_graph("titles")
        self.known = reference.t_levels.get(self.key, KnownTLevel(self.profile.t_level))
        self.node = ids.profile(self.key)
        self.source = ids.source(source_key(self.profile.source))
        self.quads: dict[Quad, None] = {}
        self.origins: dict[str, Loc] = {}
        self.known_labels: list[Quad] = []
        #: The words of each place, by its IRI.
        self.words: dict[NamedNode, list[str]] = {}
        for line in self.profile.lines:
            self.words.setdefault(ids.place(self.source, line), []).append(line.text)

    def describe(self) -> Description:
        self._profile()
        self._source()
        for number, specialism in enumerate(self.profile.specialisms):
            self._specialism(specialism, ("specialisms", number))
        return Description(self.loaded, self.key, tuple(self.quads), self.origins, tuple(self.known_labels))

    def _add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads[Quad(subject, predicate, value, self.graph)] = None

    def _set_origin(self, subject: NamedNode, loc: Loc) -> None:
        self.origins.setdefault(subject.value, loc)

    def _label(self, node: NamedNode, title: str, known: str | None, former: str | None = None) -> None:
        """Label a thing. It has one preferred label: the title in the reference data, if that has one."""
        if former is not None and former not in {title, known}:
            self._add(node, terms.ALT_LABEL, _english(former))
        if known is None or known == title:
            self._add(node, terms.PREF_LABEL, _english(title))
        else:
            self._add(node, terms.ALT_LABEL, _english(title))
            self.known_labels.append(Quad(node, terms.PREF_LABEL, _english(known), self.graph))

    def _profile(self) -> None:
        t_level = self.ids.t_level(self.key)
        title = self.profile.t_level
        self._set_origin(self.node, ())
        self._set_origin(t_level, ("t level",))
        self._add(self.node, terms.TYPE, terms.PROGRESSION_PROFILE)
        self._add(self.node, terms.PREF_LABEL, _english(f"Progression profile of the T Level in {title}"))
        self._add(self.node, terms.DESCRIBES, t_level)
        self._add(self.node, terms.WAS_DERIVED_FROM, self.source)
        self._notes()
        self._add(t_level, terms.TYPE, terms.T_LEVEL)
        self._label(t_level, title, self.known.title)

    def _notes(self) -> None:
        keys: Counter[str] = Counter()
        for number, note in enumerate(self.profile.notes):
            key = _place_key(note)
            keys[key] += 1
            node = self.ids.note(self.key, key if keys[key] == 1 else f"{key}-{keys[key]}")
            self._set_origin(node, ("notes", number))
            self._add(self.node, terms.HAS_NOTE, node)
            self._add(node, terms.TYPE, terms.NOTE_CLASS)
            self._add(node, terms.VALUE, Literal(note.note))
            self._quote(node, note)

    def _source(self) -> None:
        source = self.profile.source
        checksum = self.ids.checksum(self.source)
        self._set_origin(self.source, ("source",))
        self._add(self.source, terms.TYPE, terms.DOCUMENT)
        self._add(self.source, terms.TITLE, Literal(source.document))
        self._add(
            self.source,
            terms.FORMAT,
            NamedNode(f"https://www.iana.org/assignments/media-types/{source.media_type}"),
        )
        self._add(self.source, terms.CHECKSUM_PROPERTY, checksum)
        self._add(checksum, terms.TYPE, terms.CHECKSUM)
        self._add(checksum, terms.ALGORITHM, terms.SHA256)
        self._add(checksum, terms.CHECKSUM_VALUE, Literal(source.sha256, datatype=terms.HEX_BINARY))
        if source.section:
            self._add(
                self.node,
                terms.BIBLIOGRAPHIC_CITATION,
                Literal(f"{source.document}, section {source.section}"),
            )
        if source.issued:
            self._add(self.source, terms.ISSUED, Literal(source.issued.isoformat(), datatype=terms.DATE))
        if source.licence:
            self._add(self.source, terms.LICENCE, NamedNode(source.licence))
        if source.page:
            self._add(self.source, terms.PAGE, NamedNode(source.page))

    def _quote(self, subject: NamedNode, placed: Placed) -> None:
        quoted = self.ids.place(self.source, placed)
        self._add(subject, terms.WAS_QUOTED_FROM, quoted)
        if quoted != self.source:
            self._add(quoted, terms.TYPE, terms.ENTITY)
            self._add(quoted, terms.IS_PART_OF, self.source)
            for words in self.words.get(quoted, ()):
                self._add(quoted, terms.VALUE, Literal(words))

    def _specialism(self, specialism: Specialism, loc: Loc) -> None:
        key = specialism_key(specialism)
        node = self.ids.specialism(self.key, key)
        self._set_origin(node, loc)
        self._add(node, terms.TYPE, terms.OCCUPATIONAL_SPECIALISM)
        self._label(node, specialism.title, self.known.specialisms.get(key), specialism.formerly)
        self._add(node, terms.SPECIALISM_OF, self.ids.t_level(self.key))
        self._quote(node, specialism)
        for mode, number, option in specialism.options():
            self._option(option, mode, specialism, node, (*loc, mode, number))

    def _option(self, option: Option, mode: str, specialism: Specialism, of: NamedNode, loc: Loc) -> None:
        key, level = option_key(option), option.level_number
        node = self.ids.option(self.key, specialism_key(specialism), option.kind, level, key)
        target = self.ids.destination(option.kind, level, key)
        self._set_origin(node, loc)
        self._set_origin(target, loc)
        self._add(node, terms.TYPE, terms.PROGRESSION_OPTION)
        self._add(node, terms.PREF_LABEL, _english(f"{specialism.title}: {_option_label(option)}"))
        self._add(node, terms.IS_PART_OF, self.node)
        self._add(node, terms.OPTION_FOR, of)
        self._add(node, terms.BYPASSES if Flag.NOT_APPLICABLE in option.flags else terms.LEADS_TO, target)
        self._add(node, terms.MODE_PROPERTY, terms.mode(mode))
        for flag in option.flags:
            self._add(node, terms.STATUS_PROPERTY, terms.STATUS_OF[flag])
        if option.wording:
            self._add(node, terms.WORDING_PROPERTY, terms.WORDING_OF[option.wording])
        if option.readiness:
            self._add(node, terms.READINESS_PROPERTY, terms.READINESS_OF[option.readiness])
        if option.mapping:
            self._add(node, terms.MAPPING_DOCUMENT, NamedNode(option.mapping))
        self._quote(node, option)
        if option.is_relevant:
            self._add(of, terms.RELEVANT_APPRENTICESHIP, target)
        self._destination(option, target)

    def _destination(self, option: Option, node: NamedNode) -> None:
        self._add(node, terms.TYPE, terms.CLASS_OF[option.kind])
        titles = {Kind.OCCUPATION: self.reference.jobs, Kind.DEGREE: self.reference.degrees}.get(option.kind, {})
        known = titles.get(option_key(option))
        names = [normalise_title(title) for title in (option.title, option.formerly) if title]
        if option.kind is Kind.DEGREE and known and normalise_title(known) not in names:
            known = None  # so that the rules about titles see what the profile prints
        self._label(node, option.title, known, option.formerly)
        if option.page:
            self._add(node, terms.PAGE, NamedNode(option.page))
        if option.level_number is None:
            return
        self._add(node, terms.LEVEL_PROPERTY, terms.level(option.level_number))
        if standard := standard_behind(option, self.reference):
            based_on = self.ids.standard(standard)
            self.quads[Quad(node, terms.BASED_ON, based_on, self.titles_graph)] = None


def _place_key(placed: Placed) -> str:
    """Return the last part of the IRI of a note: its place in the document."""
    parts = {"page": placed.pdf_page, "line": placed.line, "paragraph": placed.paragraph}
    return "-".join(f"{name}-{number}" for name, number in parts.items() if number) or "note"


_LABELS: Final = {
    Kind.APPRENTICESHIP: "{title} apprenticeship, level {level}",
    Kind.HTQ: "{title} HTQ, level {level}",
    Kind.DEGREE: "degree in {title}",
    Kind.OCCUPATION: "work as {title}",
}


def _option_label(option: Option) -> str:
    return _LABELS[option.kind].format(title=option.title, level=option.level_number)


def _english(text: str) -> Literal:
    return Literal(text, language="en")
