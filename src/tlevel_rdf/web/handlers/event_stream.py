"""`/changes/stream`: all releases that are kept as a Linked Data Event Stream (LDES 1.0, TREE).

The entry leads to the first page of each pair of releases that follow one another, and each page to the next one. A
page never changes while both are kept, because its address names both releases. A member is a named graph with all
statements about a thing, so the last members of all things together are the release that was built last.

The members of a release are a transaction. Its last member says that the transaction is finalized, so a client can wait
for it and never shows half a release.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from tlevel_rdf.changes.events import find_events
from tlevel_rdf.changes.limits import MAX_STREAM_MEMBERS
from tlevel_rdf.graph import canonical_quads, terms
from tlevel_rdf.release.dumps import N_TRIPLES
from tlevel_rdf.release.release import MANIFEST
from tlevel_rdf.web.data.releases import find_release, kept_releases, why_none_kept
from tlevel_rdf.web.data.site import IMMUTABLE
from tlevel_rdf.web.http.media_types import N_QUADS, TRIG, split_suffix
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tlevel_rdf.changes.events import Event
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response

PATH: Final = "/changes/stream"
OFFERS: Final = (TRIG, N_QUADS)
_SYNTAX: Final = {TRIG: RdfFormat.TRIG, N_QUADS: RdfFormat.N_QUADS}
_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_AS: Final = "https://www.w3.org/ns/activitystreams#"
_PREFIXES: Final = {"as": _AS, "dct": terms.DCT, "ldes": _LDES, "rdfs": terms.RDFS, "tree": _TREE, "xsd": terms.XSD}
_CREATED: Final = NamedNode(f"{terms.DCT}created")
_VERSION_OF: Final = NamedNode(f"{terms.DCT}isVersionOf")
_PART_OF: Final = NamedNode(f"{terms.DCT}isPartOf")
_MEMBER: Final = NamedNode(f"{_TREE}member")
_NODE: Final = NamedNode(f"{_TREE}Node")
_RELATION: Final = NamedNode(f"{_TREE}Relation")
_LATER: Final = NamedNode(f"{_TREE}GreaterThanOrEqualToRelation")
#: The value that finalizes a transaction. It is also the default of LDES 1.0 (section 4.3).
_TRUE: Final = Literal("true", datatype=NamedNode(f"{terms.XSD}boolean"))


def event_stream(site: Site, request: Request) -> Response:
    """Answer `/changes/stream`: what the stream is, and where the changes of each release begin.

    Raises:
        ProblemError: 404, the site has no releases; 406.
    """
    # In the order in which they were built: a later one with an earlier date comes at the end too.
    releases = sorted(kept_releases(site), key=lambda release: (_built(release), release.date))
    if not releases:
        raise not_found(why_none_kept(site))

    def quads() -> Iterator[Quad]:
        stream, view = _stream(site), NamedNode(f"{site.url}{PATH[1:]}")
        yield from _described(stream, view, _finalized(site))
        pairs = zip([None, *releases], releases, strict=False)
        for number, (old, new) in enumerate(pairs, 1):
            relation = NamedNode(f"{view.value}#{number}")
            yield from _relation(view, relation, _page(site, old, new, 1))
            yield Quad(relation, terms.TYPE, _LATER)
            yield Quad(relation, NamedNode(f"{_TREE}path"), _CREATED)
            yield Quad(relation, NamedNode(f"{_TREE}value"), _time_of(new))

    return _respond(site, request, quads)


def event_page(site: Site, request: Request) -> Response:
    """Answer `/changes/stream/{old}..{new}/{number}`; without `old`, everything in `new` is created.

    Raises:
        ProblemError: 404, a release is not kept, or there is no such page; 410, a release was removed; 406.
    """
    path, _ = split_suffix(request.path, OFFERS)
    names, _, number = unquote(path.removeprefix(f"{PATH}/")).partition("/")
    old_name, separator, new_name = names.partition("..")
    if not separator or not number.isascii() or not number.isdigit() or len(number) > 9 or number[0] == "0":
        raise not_found(f"There is no page {path}. {PATH} leads to all.")
    old, new, page = find_release(site, old_name) if old_name else None, find_release(site, new_name), int(number)

    def quads() -> Iterator[Quad]:
        first = (page - 1) * MAX_STREAM_MEMBERS
        with _lines(old) as before, _lines(new) as after:
            events = list(islice(find_events(before, after), first, first + MAX_STREAM_MEMBERS + 1))
        if not events and page > 1:
            raise not_found(f"There is no page {path}. {PATH} leads to all.")
        here = NamedNode(_page(site, old, new, page))
        yield Quad(here, terms.TYPE, _NODE)
        if len(events) > MAX_STREAM_MEMBERS:
            yield from _relation(here, NamedNode(f"{here.value}#next"), _page(site, old, new, page + 1))
            yield Quad(NamedNode(f"{here.value}#next"), terms.TYPE, _RELATION)
        for event_number, event in enumerate(events[:MAX_STREAM_MEMBERS], first + 1):
            member = NamedNode(f"{site.url}{PATH[1:]}/{names}#{event_number}")
            yield from _member(_stream(site), member, event, new, site)
            if event_number == first + len(events):
                yield Quad(member, _finalized(site), _TRUE)

    return _respond(site, request, quads).with_headers(IMMUTABLE)


def _described(stream: NamedNode, view: NamedNode, finalized: NamedNode) -> Iterator[Quad]:
    yield Quad(stream, terms.TYPE, NamedNode(f"{_LDES}EventStream"))
    yield Quad(stream, NamedNode(f"{_TREE}view"), view)
    yield Quad(view, terms.TYPE, _NODE)
    yield Quad(stream, NamedNode(f"{_LDES}timestampPath"), _CREATED)
    yield Quad(stream, NamedNode(f"{_LDES}versionOfPath"), _VERSION_OF)
    yield Quad(stream, NamedNode(f"{_LDES}transactionPath"), _PART_OF)
    yield Quad(stream, NamedNode(f"{_LDES}transactionFinalizedPath"), finalized)
    yield Quad(stream, NamedNode(f"{_LDES}transactionFinalizedObject"), _TRUE)
    yield Quad(finalized, terms.TYPE, NamedNode(f"{terms.RDF}Property"))
    yield Quad(finalized, terms.LABEL, Literal("is the last member of its release", language="en"))
    for kind in ("Create", "Update", "Delete"):
        yield Quad(stream, NamedNode(f"{_LDES}version{kind}Path"), terms.TYPE)
        yield Quad(stream, NamedNode(f"{_LDES}version{kind}Object"), NamedNode(f"{_AS}{kind}"))


def _relation(node: NamedNode, relation: NamedNode, page: str) -> Iterator[Quad]:
    yield Quad(node, NamedNode(f"{_TREE}relation"), relation)
    yield Quad(relation, NamedNode(f"{_TREE}node"), NamedNode(page))


def _member(stream: NamedNode, member: NamedNode, event: Event, release: Release, site: Site) -> Iterator[Quad]:
    yield Quad(stream, _MEMBER, member)
    yield Quad(member, terms.TYPE, NamedNode(f"{_AS}{event.kind}"))
    yield Quad(member, _VERSION_OF, NamedNode(event.thing.decode()[1:-1]))
    yield Quad(member, _CREATED, _time_of(release))
    yield Quad(member, _PART_OF, NamedNode(f"{site.url}releases/{release.id}"))
    for quad in parse(b"".join(event.lines), format=RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, member)


def _lines(release: Release | None) -> AbstractContextManager[Iterable[bytes]]:
    """Open the N-Triples of a release; none for no release."""
    return nullcontext(()) if release is None else (release.folder / N_TRIPLES).open("rb")


def _stream(site: Site) -> NamedNode:
    return NamedNode(f"{site.url}{PATH[1:]}#stream")


def _finalized(site: Site) -> NamedNode:
    """Return the property of the last member of a transaction. No vocabulary has one, so the entry describes it."""
    return NamedNode(f"{site.url}{PATH[1:]}#finalized")


def _page(site: Site, old: Release | None, new: Release, number: int) -> str:
    return f"{site.url}{PATH[1:]}/{old.id if old else ''}..{new.id}/{number}"


def _built(release: Release) -> int:
    """Return the time at which a release was built, in milliseconds since 1970."""
    return (release.folder / MANIFEST).stat().st_mtime_ns // 1_000_000


def _time_of(release: Release) -> Literal:
    """Return the time at which a release was built. Two releases can have the same date, and be built in one second."""
    seconds, milliseconds = divmod(_built(release), 1_000)
    moment = dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    return Literal(f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds:03}Z", datatype=NamedNode(f"{terms.XSD}dateTime"))


def _respond(site: Site, request: Request, quads: Callable[[], Iterator[Quad]]) -> Response:
    path, fixed = split_suffix(request.path, OFFERS)

    def body(offer: MediaType) -> bytes:
        if offer is N_QUADS:
            return b"".join(canonical_quads.to_n_quads(quads()))
        return serialize(quads(), format=_SYNTAX[offer], prefixes=_PREFIXES) or b""

    media_type, headers, content = select_representation(
        request, OFFERS, body, fixed, lambda offer: f"{path}{offer.suffix}"
    )
    return site.represent(media_type, content, headers=headers)
