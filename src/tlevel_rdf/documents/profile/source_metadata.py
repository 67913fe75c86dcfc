"""What a document says about itself: its licence and the day it was published."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from tlevel_rdf.documents.grammar.lexicon import UNSEEN, compiled
from tlevel_rdf.documents.grammar.segmentation import sentences
from tlevel_rdf.profiles.model import Address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence

#: What licences are called, with the addresses that their publishers gave them.
_LICENCES: Final = (
    (
        compiled(
            r"open government licen[cs]e(?:[ ,]*(?:version|v)?\s*(?P<version>[123])(?:\.0)?)?|\bOGL(?:"
            r" ?v?(?P<v>[123])(?:\.0)?)\b"
        ),
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{}/",
    ),
    (
        compiled(
            r"(?:creative commons attribution(?: licen[cs]e)?(?: international)?|\bCC[ -]BY)(?: (?:version"
            r"|v)?\s*(?P<version>[34])(?:\.0))"
        ),
        "https://creativecommons.org/licenses/by/{}.0/",
    ),
)
_LICENSED: Final = compiled(r"licen[cs]ed?\b|\bOGL\b|\bCC[ -]BY\b")
_ISSUED: Final = compiled(
    r"(?:this (?:document|profile) (?:was )?)?(?:first )?(?:published|issued|publication date|date of (?:publication"
    r"|issue))(?: on)?"
    r"\s*:? (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9}) (?P<year>\d{4})[ .]*\Z"
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - a table of words
_ADDRESS: Final = TypeAdapter(Address)
#: Without one of these a sentence is about no licence and no day.
_TOLD: Final = ("licen", "ogl", "cc by", "cc-by", "publi", "issue")
#: Sentences about a licence are shorter.
_LONGEST: Final = 600


def source_of(document: Document, passages: Iterable[Passage]) -> dict[str, object]:
    """The source as the model takes it.

    Args:
        document: its name, checksum and media type.
        passages: all that it says.
    """
    source: dict[str, object] = {
        "document": UNSEEN.sub(" ", document.name).strip()[:300].strip() or "document",
        "sha256": document.sha256,
        "media type": document.media_type,
    }
    short = (passage for passage in passages if len(passage.text) <= 5 * _LONGEST and _may_tell(passage.text))
    for sentence in itertools.chain.from_iterable(map(sentences, short)):
        if "licence" not in source and (licence := _licence(sentence)):
            source["licence"] = licence
        if "issued" not in source and (day := _issued(sentence)):
            source["issued"] = day
    return source


def is_about_source(sentence: Sentence) -> bool:
    """Whether a sentence states a licence or a day of publication that the source keeps."""
    if len(sentence.text) > _LONGEST or not _may_tell(sentence.text):
        return False
    return bool(_licence(sentence) or _issued(sentence))


def _may_tell(text: str) -> bool:
    return any(map(text.casefold().__contains__, _TOLD))


def _licence(sentence: Sentence) -> str | None:
    if len(sentence.text) > _LONGEST or not _LICENSED.search(sentence.plain):
        return None
    for pattern, address in _LICENCES:
        if not (found := pattern.search(sentence.plain)):
            continue
        for link in sentence.links:
            if link.start <= found.start() < link.end or link.start < found.end() <= link.end:
                return _https(link.target) or _by_version(found.groupdict(), address)
        return _by_version(found.groupdict(), address)
    return None


def _by_version(versions: dict[str, str | None], address: str) -> str | None:
    version = next(filter(None, versions.values()), None)
    return address.format(version) if version else None


def _https(target: str) -> str | None:
    try:
        return _ADDRESS.validate_python(target.strip())
    except ValidationError:
        return None


def _issued(sentence: Sentence) -> dt.date | None:
    found = _ISSUED.match(sentence.plain) if len(sentence.text) <= _LONGEST else None
    if not found or found["month"][:3].casefold() not in _MONTHS:
        return None
    try:
        month = _MONTHS.index(found["month"][:3].casefold()) + 1
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
