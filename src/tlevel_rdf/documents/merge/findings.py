"""Findings about the differences between a document and its reviewed file, worded by what the import does with each."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Location
from tlevel_rdf.documents.merge.three_way import Change
from tlevel_rdf.documents.places import Guide
from tlevel_rdf.findings import Finding, Severity

if TYPE_CHECKING:
    from tlevel_rdf.documents.merge.three_way import Difference
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded


class Handling(Enum):
    """The ways in which an import handles differences."""

    #: It only lists them.
    LISTED = auto()
    #: It merges them into the file.
    MERGED = auto()
    #: It cannot merge them, because of the way the file is written.
    REFUSED = auto()


_CODES: Final = {Change.ADDED: Code.ADDED, Change.DROPPED: Code.DROPPED}
_ADDED: Final = "The document adds {what}, which {file} does not have."
_CHANGED: Final = "{What}: the document now says {theirs}; {place} still says {mine}, and stays so."
_CONFLICT: Final = "{What}: the document says {theirs}; {place} says {mine}, which stays."
_DROPPED: Final = "The document does not have {what}, which {file} has"
#: The message and the hint, by the change and its handling.
_MESSAGES: Final = {
    (Change.ADDED, Handling.LISTED): (_ADDED, "Add it, or import with --update."),
    (Change.ADDED, Handling.REFUSED): (_ADDED, "Add it by hand."),
    (Change.ADDED, Handling.MERGED): ("Added {what} at {place}.", "Check it there, and remove the comment."),
    (Change.DROPPED, Handling.LISTED): (f"{_DROPPED}.", "Remove it if it is gone."),
    (Change.DROPPED, Handling.REFUSED): (f"{_DROPPED}.", "Remove it if it is gone."),
    (Change.DROPPED, Handling.MERGED): (
        f"{_DROPPED}; it stays, with a comment, and with its place in the earlier document.",
        "Remove it if it is gone, else the comment.",
    ),
    (Change.CHANGED, Handling.LISTED): (_CHANGED, "Change it there, or import with --update."),
    (Change.CHANGED, Handling.REFUSED): (_CHANGED, "Change it there by hand."),
    (Change.CHANGED, Handling.MERGED): (
        "{What}: the document now says {theirs}; {place} had {mine}, and is changed.",
        "Check it there, and remove the comment.",
    ),
    (Change.CONFLICT, Handling.LISTED): (_CONFLICT, "If the document is right, change it there by hand."),
    (Change.CONFLICT, Handling.REFUSED): (_CONFLICT, "If the document is right, change it there by hand."),
    (Change.CONFLICT, Handling.MERGED): (
        _CONFLICT,
        "If the document is right, change it there by hand; remove the comment.",
    ),
    (Change.STALE, Handling.MERGED): (
        "The {name} of {what} is its place in the earlier document.",
        "Find its place in the new document, and remove the comment.",
    ),
}


def finding_about(
    difference: Difference, imported: Profile, document: str, loaded: Loaded[Profile], handling: Handling
) -> Finding | None:
    """Return the finding about a difference, or None if there is nothing to report.

    Args:
        difference: between the document and the reviewed file.
        imported: the profile as the document states it.
        document: the name of the document's file.
        loaded: the reviewed file.
        handling: what the import does with the difference.
    """
    if (difference.change, handling) not in _MESSAGES:
        return None
    message, hint = _MESSAGES[difference.change, handling]
    line = difference.line if handling is Handling.MERGED else loaded.document.position(difference.mine or ()).line
    message = message.format(
        what=difference.what,
        What=f"{difference.what[:1].upper()}{difference.what[1:]}",
        file=loaded.file,
        place=f"{loaded.file}:{line}",
        name=difference.name,
        theirs=difference.theirs,
        mine=difference.ours,
    )
    is_done = handling is Handling.MERGED and difference.change in {Change.ADDED, Change.CHANGED}
    severity = Severity.INFO if is_done else Severity.WARNING
    code = _CODES.get(difference.change, Code.CHANGED)
    if difference.new is None:
        return Finding(code, severity, message, loaded.file, line, 1, hint=hint)
    entry: object = imported
    for part in difference.new:
        entry = entry[part] if isinstance(entry, tuple) and isinstance(part, int) else getattr(entry, str(part))
    at = getattr(entry, "line", None) or getattr(entry, "paragraph", None)
    page = getattr(entry, "pdf_page", None)
    message = f"{Guide().lead(Location(page=page, line=at))}{message}" if page else message
    return Finding(code, severity, message, document, at, 1 if at else None, hint=hint)
