"""What is said of a difference between a document and its reviewed file, by what becomes of it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.merge.three_way import Change
from tlevel_rdf.findings import Finding, Severity

if TYPE_CHECKING:
    from tlevel_rdf.documents.merge.three_way import Difference
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded


class Mode(Enum):
    """What an import does with differences."""

    #: They are only told.
    COMPARED = auto()
    #: They are taken into the file.
    TAKEN = auto()
    #: They cannot be taken in, for the way the file is written.
    REFUSED = auto()


_CODES: Final = {Change.ADDED: Code.ADDED, Change.DROPPED: Code.DROPPED}
_LOOK: Final = "Look at it there, and remove the comment."
_ADDED: Final = "The document adds {what}, which {file} does not have."
_CHANGED: Final = "{What}: the document now says {there}; {place} still says {here}, and stays so."
_CONFLICT: Final = "{What}: the document says {there}; {place} says {here}, which stays."
_DROPPED: Final = "The document does not have {what}, which {file} has"
#: The words and the hint, by what is different and what becomes of it.
_TOLD: Final = {
    (Change.ADDED, Mode.COMPARED): (_ADDED, "Add it, or import with --update."),
    (Change.ADDED, Mode.REFUSED): (_ADDED, "Add it by hand."),
    (Change.ADDED, Mode.TAKEN): ("Added {what} at {place}.", _LOOK),
    (Change.DROPPED, Mode.COMPARED): (f"{_DROPPED}.", "Remove it if it is gone."),
    (Change.DROPPED, Mode.REFUSED): (f"{_DROPPED}.", "Remove it if it is gone."),
    (Change.DROPPED, Mode.TAKEN): (
        f"{_DROPPED}; it stays, with a comment, and its place in the document as it was.",
        "Remove it if it is gone, else the comment.",
    ),
    (Change.CHANGED, Mode.COMPARED): (_CHANGED, "Change it there, or import with --update."),
    (Change.CHANGED, Mode.REFUSED): (_CHANGED, "Change it there by hand."),
    (Change.CHANGED, Mode.TAKEN): (
        "{What}: the document now says {there}; {place} said {here}, and is changed.",
        _LOOK,
    ),
    (Change.CONFLICT, Mode.COMPARED): (_CONFLICT, "If the document is right, change it there by hand."),
    (Change.CONFLICT, Mode.REFUSED): (_CONFLICT, "If the document is right, change it there by hand."),
    (Change.CONFLICT, Mode.TAKEN): (
        _CONFLICT,
        "If the document is right, change it there by hand; remove the comment.",
    ),
    (Change.STALE, Mode.TAKEN): (
        "The {name} of {what} is one of the document as it was before.",
        "Find its place in the document as it is, and remove the comment.",
    ),
}


def told(
    difference: Difference, imported: Profile, document: str, loaded: Loaded[Profile], mode: Mode
) -> Finding | None:
    """The finding about a difference; None where there is nothing to say.

    Args:
        difference: it.
        imported: the profile as the document says it.
        document: the name of the document's file.
        loaded: the reviewed file.
        mode: what becomes of it.
    """
    if (difference.change, mode) not in _TOLD:
        return None
    said, hint = _TOLD[difference.change, mode]
    line = difference.line if mode is Mode.TAKEN else loaded.document.place(difference.mine or ()).line
    said = said.format(
        what=difference.what,
        What=f"{difference.what[:1].upper()}{difference.what[1:]}",
        file=loaded.file,
        place=f"{loaded.file}:{line}",
        name=difference.name,
        there=difference.there,
        here=difference.here,
    )
    is_done = mode is Mode.TAKEN and difference.change in {Change.ADDED, Change.CHANGED}
    severity = Severity.INFO if is_done else Severity.WARNING
    code = _CODES.get(difference.change, Code.CHANGED)
    if difference.new is None:
        return Finding(code, severity, said, loaded.file, line, 1, hint=hint)
    thing: object = imported
    for part in difference.new:
        thing = thing[part] if isinstance(thing, tuple) and isinstance(part, int) else getattr(thing, str(part))
    at = getattr(thing, "line", None) or getattr(thing, "paragraph", None)
    page = getattr(thing, "pdf_page", None)
    said = f"On page {page}: {said}" if page else said
    return Finding(code, severity, said, document, at, 1 if at else None, hint=hint)
