"""The sentences that every progression profile has, as tables: what is passed over, and what is kept as a note.

A sentence is recognised as a whole, so that one with something else in it is not passed over.
"""

from __future__ import annotations

from typing import Final

from tlevel_rdf.documents.grammar.lexicon import FLAG, NUMBER, SPECIALISMS, compiled

#: What a page is headed or numbered with, so that a list may go on behind it.
_PASSING: Final = r"(?:the |T Level )?progression profiles?|page \d+(?: (?:of|/) \d+)?|- ?\d+ ?-"
#: Sentences of the layout that say nothing about one T Level; they are read, and nothing is made of them.
_RECOGNISED: Final = (
    _PASSING,
    (
        rf"for (?:these|this|each|both|all)(?: of (?:these|the))?(?: {NUMBER})? ?{SPECIALISMS},? there (?:is|are)"
        r"(?: a)? progression (?:pathways?|routes?|options?) (?:in)?to apprenticeships?(?: and technical"
        r" qualifications)?"
        r",? education,?(?: and)? work"
    ),
    (
        r"(?:the|this|each|every)(?: \S+)? T[ -]Levels? (?:is|are) based on (?:an |the )?(?:relevant )?occupational"
        r" standards?"
    ),
    (
        r"(?:the|each|every) occupational standards? will have an apprenticeship option, which is referred to in"
        r" (?:the|this)"
        r" profiles? as the ['\"]?relevant apprenticeship['\"]?"
    ),
    (
        r"for some apprenticeships?,? in particular the relevant (?:occupation|apprenticeship)s?, (?:a )?learners?"
        r" may have"
        r" covered the content to a high level"
    ),
    (
        r"they will not need to complete the apprenticeship in this step, (?:and )?this is noted as ['\"]?not"
        r" applicable['\"]?"
    ),
    (
        r"an apprenticeship may also be shortened due to recognised prior learning(?: \(RPL\))?, (?:and )?this is"
        r" noted as"
        r" ['\"]?accelerated['\"]?"
    ),
    r"links to the mapping have been included,? which detail the areas in need of further development.{0,120}",
    (
        r"for work,? (?:whilst|while) some roles may be accessed after completing the T[ -]Level, others are"
        r" available after"
        r" further training and gaining more experience"
    ),
    (
        rf"(?:please )?(?:see|find) below,? (?:for )?(?:the )?progression options for (?:the|this|each|these)"
        rf" {SPECIALISMS}"
    ),
    r"(?:the )?progression options(?: (?:for|from|after) the T[ -]Level)?",
    r"(?:the )?(?:occupational )?specialisms",
    r"(?:table of )?contents|key|legend|key to (?:flags|symbols|terms)|glossary",
    (
        r"\(?accelerated\)? ?(?:=|:|-|means|\() ?(?:an? apprenticeship )?may be shortened due to recognised prior"
        r" learning(?: \(RPL\))?\)?"
    ),
    (
        r"\(?not applicable\)? ?(?:=|:|-|means) ?(?:the|a) learner has covered the content to a high level and may"
        r" bypass the"
        r" apprenticeship in this step"
    ),
    r"\(?in development\)? ?(?:=|:|-|means) ?(?:the )?standard is being developed",
    r"\(?under revision\)? ?(?:=|:|-|means) ?(?:the )?standard is being revised",
    r"(?:an? apprenticeship )?may be shortened due to recognised prior learning(?: \(RPL\))?",
    r"the learner has covered the content to a high level and may bypass the apprenticeship in this step",
    r"(?:the )?standard is being (?:developed|revised)",
    # What stands around the text of a web page.
    (
        r"skip to (?:the )?(?:main )?(?:content|navigation)|cookies on .{1,40}|related (?:content|links|pages)|contents"
        r"|(?:back|return) to (?:the )?(?:top|contents)|print (?:this )?page|is this page useful\??"
    ),
)
RECOGNISED: Final = compiled(rf"(?:{'|'.join(f'(?:{part})' for part in _RECOGNISED)})[ .:!]*\Z")
PASSING: Final = compiled(rf"(?:{_PASSING})[ .:!]*\Z")
#: A legend in words that are not those above: it changes nothing here, but a person should read it.
LEGEND: Final = compiled(rf"\(?(?P<flag>{FLAG})\)? ?(?:=|:|means) ?\S.*\Z")

#: Sentences that are notes in every profile.
KEPT: Final = compiled(
    r"(?:(?:a )?learners?|students?) (?:could|may|can|might)(?: potentially| also)? move across progression"
    r" routes\b.*\Z"
    r"|(?:©|\(c\)|copyright|crown copyright)(?:\W.*)?\Z"
)
NOTES: Final = compiled(r"(?:please )?notes?(?: (?:that|to readers?|on .{1,60}))?\s*:?\s*\Z")
NOTED: Final = compiled(r"(?:please )?note(?:\s*:| that\b)\s*\S")
