"""What a document has and no profile takes: pictures, struck-out and hidden words, menus and the foot of a page.

Nothing of it is lost in silence: each has a finding.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Document, Line, Where, Why
from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.segmentation import Spot, passages, sentences
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context, shortened
from tlevel_rdf.documents.grammar.title_splitter import Known
from tlevel_rdf.documents.profile.source_metadata import is_about_source
from tlevel_rdf.limits import MAX_IMPORT_DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Unread
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence
    from tlevel_rdf.documents.grammar.statement import Reporter

_SAID: Final = {
    Why.UNREAD: (Code.NOT_READABLE, "{}: this cannot be read.", "Look whether it says something about an option."),
    Why.STRUCK: (
        Code.STRUCK_OUT,
        "“{}” is struck out, and left out.",
        "If it still holds, write what it says; look too whether what is left of its sentence is right.",
    ),
    Why.MARGIN: (
        Code.NOT_READABLE,
        "“{}” stands apart at the head or foot of a page, and is left out.",
        "Look whether it says something about an option, as a footnote can.",
    ),
    Why.HIDDEN: (Code.LEFT_OUT, "“{}” is hidden in the document, and left out.", "Nothing needs to be done."),
}
_STATEMENT: Final = (
    Code.HIDDEN,
    "“{}” is hidden in the document, and left out, though it reads like a statement.",
    "If the page shows it when a panel or tab is opened, save the page with all of them open, or write what it says.",
)
#: Beyond so many characters hidden words are not looked through; by then they have told what they are.
_LONGEST_HIDDEN: Final = 20_000
_TELLING: Final = lexicon.compiled(rf"{lexicon.LEVEL}|\b(?:{lexicon.KIND.replace('?P<', '?P<x_')})|\bdegree options\b")


def report_unread(unread: Iterable[Unread], reporter: Reporter) -> None:
    """Report what is not in the lines of a document."""
    for each in itertools.islice(unread, MAX_IMPORT_DOUBTS):
        code, said, hint = _STATEMENT if each.why is Why.HIDDEN and _states(each.what) else _SAID[each.why]
        words = shortened(each.what) if each.why is not Why.UNREAD else f"{each.what[:1].upper()}{each.what[1:]}"
        reporter.add(Spot(each.where, each.column), code, said.format(words), hint)


def report_furniture(furniture: Iterable[Passage], reporter: Reporter) -> None:
    """Report what reads like a statement in a menu or at the foot of the page."""
    telling = filter(_tells, itertools.chain.from_iterable(map(sentences, furniture)))
    for sentence in itertools.islice(telling, MAX_IMPORT_DOUBTS):
        said = f"“{shortened(sentence.text)}” stands in a menu or at the foot of the page, and is left out."
        reporter.add(sentence.spot(), Code.LEFT_OUT, said, "If it is about a T Level, write what it says.")


def _states(words: str) -> bool:
    """Whether hidden words read like a statement of a profile."""
    document = Document("", "", "text/html", (Line(words[:_LONGEST_HIDDEN], Where()),))
    return any(map(_tells, itertools.chain.from_iterable(map(sentences, passages(document)))))


def _tells(sentence: Sentence) -> bool:
    if is_about_source(sentence):
        return False
    if _TELLING.search(sentence.plain) and len(sentence.text.split()) > 3:
        return True
    return bool(read_sentence(sentence, Context(), Known()).offers)
