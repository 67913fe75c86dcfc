"""Report what a document has and no profile takes: pictures, struck-out and hidden words, menus and page footers."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Document, Line, Location, Reason
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.segmentation import Spot, split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context, shortened
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.profile.source_metadata import is_about_source
from tlevel_rdf.limits import MAX_HIDDEN_CHARACTERS, MAX_IMPORT_DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Omission
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.documents.profile.draft import Reporter

_MESSAGES: Final = {
    Reason.UNREAD: (Code.NOT_READABLE, "{}: this cannot be read.", "Check whether it says something about an option."),
    Reason.DELETED: (
        Code.STRUCK_OUT,
        "“{}” is deleted in the document by a tracked change, and left out.",
        "Nothing needs to be done, unless the change is rejected.",
    ),
    Reason.STRUCK: (
        Code.STRUCK_OUT,
        "“{}” is struck out, and left out.",
        "If it still holds, write what it says; check too whether the rest of its sentence is right.",
    ),
    Reason.MARGIN: (
        Code.NOT_READABLE,
        "“{}” stands apart at the head or foot of a page, and is left out.",
        "Check whether it says something about an option, as a footnote can.",
    ),
    Reason.HIDDEN: (Code.LEFT_OUT, "“{}” is hidden in the document, and left out.", "Nothing needs to be done."),
}
_HIDDEN_STATEMENT: Final = (
    Code.HIDDEN,
    "“{}” is hidden in the document, and left out, though it reads like a statement.",
    "If the page shows it when a panel or tab is opened, save the page with all of them open, or write what it says.",
)
#: Words of a statement about options.
_STATING: Final = lexicon.compiled(rf"{lexicon.LEVEL}|\b(?:{lexicon.KIND.replace('?P<', '?P<x_')})|\bdegree options\b")


def report_unread(unread: Iterable[Omission], reporter: Reporter) -> None:
    """Report the parts of a document that are not in its lines."""
    for part in itertools.islice(unread, MAX_IMPORT_DOUBTS):
        is_hidden_statement = part.reason is Reason.HIDDEN and _holds_statement(part.text)
        code, message, hint = _HIDDEN_STATEMENT if is_hidden_statement else _MESSAGES[part.reason]
        words = shortened(part.text) if part.reason is not Reason.UNREAD else f"{part.text[:1].upper()}{part.text[1:]}"
        reporter.add(Spot(part.location, part.column), code, message.format(words), hint)


def report_furniture(furniture: Iterable[Passage], reporter: Reporter) -> None:
    """Report sentences in a menu or a page footer that read like statements."""
    stating = (sentence for passage in furniture for sentence in passage.sentences if _is_statement(sentence))
    for sentence in itertools.islice(stating, MAX_IMPORT_DOUBTS):
        message = f"“{shortened(sentence.text)}” stands in a menu or at the foot of the page, and is left out."
        reporter.add(sentence.spot(), Code.LEFT_OUT, message, "If it is about a T Level, write what it says.")


def _holds_statement(words: str) -> bool:
    """Return True if hidden words read like a statement of a profile."""
    document = Document("", "", "text/html", (Line(words[:MAX_HIDDEN_CHARACTERS], Location()),))
    return any(_is_statement(sentence) for passage in split_passages(document) for sentence in passage.sentences)


def _is_statement(sentence: Sentence) -> bool:
    if is_about_source(sentence):
        return False
    if _STATING.search(sentence.plain) and len(sentence.text.split()) > 3:
        return True
    return bool(read_sentence(sentence, Context(), KnownTitles()).mentions)
