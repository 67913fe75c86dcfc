"""Read what a document states about itself: its licence and the day it was published."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.limits import MAX_LICENCE_CHARACTERS
from tlevel_rdf.profiles.model import Address
from tlevel_rdf.profiles.yaml_writer import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence

#: The Open Government Licence, and its address by version.
_LICENCE: Final = compiled(
    r"open government licen[cs]e(?:[ ,]*(?:version|v)?\s*([123])(?:\.0)?)?|\bOGL ?v?([123])(?:\.0)?\b"
)
_LICENCE_PAGE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{}/"
_ISSUED: Final = compiled(
    r"(?:this (?:document|profile) (?:was )?)?(?:first )?"
    r"(?:published|issued|publication date|date of (?:publication|issue))(?: on)?"
    r"\s*:? (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9}) (?P<year>\d{4})[ .]*\Z"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ADDRESS: Final = TypeAdapter(Address)
#: Without one of these a sentence is about no licence and no day.
_SIGNS: Final = ("licen", "ogl", "publi", "issue")


def source_of(document: Document, passages: Iterable[Passage]) -> dict[str, object]:
    """Return the source of a profile, with the keys of the model, from all passages of its document."""
    source: dict[str, object] = {
        "document": UNWRITABLE.sub(" ", document.name).strip()[:300].strip() or "document",
        "sha256": document.sha256,
        "media type": document.media_type,
    }
    short = (
        passage for passage in passages if len(passage.text) <= 5 * MAX_LICENCE_CHARACTERS and _has_sign(passage.text)
    )
    for sentence in itertools.chain.from_iterable(passage.sentences for passage in short):
        if "licence" not in source and (licence := _licence(sentence)):
            source["licence"] = licence
        if "issued" not in source and (day := _issued(sentence)):
            source["issued"] = day
    return source


def is_about_source(sentence: Sentence) -> bool:
    """Return True if a sentence states a licence or a day of publication."""
    return _has_sign(sentence.text) and bool(_licence(sentence) or _issued(sentence))


def _has_sign(text: str) -> bool:
    return any(map(text.casefold().__contains__, _SIGNS))


def _licence(sentence: Sentence) -> str | None:
    found = _LICENCE.search(sentence.plain) if len(sentence.text) <= MAX_LICENCE_CHARACTERS else None
    if not found:
        return None
    for link in sentence.links:
        if (link.start <= found.start() < link.end or link.start < found.end() <= link.end) and https_address(
            link.target
        ):
            return https_address(link.target)
    version = next(filter(None, found.groups()), None)
    return _LICENCE_PAGE.format(version) if version else None


def https_address(target: str) -> str | None:
    """Return the target of a link if it is an https address."""
    try:
        return _ADDRESS.validate_python(target.strip())
    except ValidationError:
        return None


def _issued(sentence: Sentence) -> dt.date | None:
    found = _ISSUED.match(sentence.plain) if len(sentence.text) <= MAX_LICENCE_CHARACTERS else None
    if not found:
        return None
    # "Sep" and "Sept" are September; a word that only begins like a month is none.
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(found["month"].casefold())), 0)
    try:
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
