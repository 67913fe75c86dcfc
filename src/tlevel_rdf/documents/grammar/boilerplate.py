"""The sentences that every progression profile has: those that are skipped, and those that are kept as notes.

A sentence is recognised only as a whole, so that one with other words in it is not skipped.
"""

from __future__ import annotations

from typing import Final

from tlevel_rdf.documents.grammar.lexicon import FLAG, NUMBER, SPECIALISMS, compiled

#: The header or number of a page, which ends no list.
_PAGE: Final = r"(?:the |T Level )?progression profiles?|page \d+(?: (?:of|/) \d+)?|- ?\d+ ?-"
_PRIOR_LEARNING: Final = r"recognised prior learning(?: \(RPL\))?"
_SHORTER: Final = rf"(?:an? apprenticeship )?may be shortened due to {_PRIOR_LEARNING}"
_COVERED: Final = (
    r"(?:the|a) learner has covered the content to a high level and may bypass the apprenticeship in this step"
)
#: Sentences that state nothing about one T Level, one a line; a line that begins with spaces continues the one before.
_SENTENCES: Final = rf"""
for (?:these|this|each|both|all)(?: of (?:these|the))?(?: {NUMBER})? ?{SPECIALISMS},? there (?:is|are)(?: a)?
  progression (?:pathways?|routes?|options?) (?:in)?to apprenticeships?(?: and technical qualifications)?,? education,?
 (?: and)? work
(?:the|this|each|every)(?: \S+)? T[ -]Levels? (?:is|are) based on (?:an |the )?(?:relevant )?occupational standards?
(?:the|each|every) occupational standards? will have an apprenticeship option, which is referred to in (?:the|this)
  profiles? as the ['\"]?relevant apprenticeship['\"]?
for some apprenticeships?,? in particular the relevant (?:occupation|apprenticeship)s?, (?:a )?learners? may have
  covered the content to a high level
they will not need to complete the apprenticeship in this step, (?:and )?this is noted as ['\"]?not applicable['\"]?
an apprenticeship may also be shortened due to {_PRIOR_LEARNING}, (?:and )?this is noted as ['\"]?accelerated['\"]?
links to the mapping have been included,? which detail the areas in need of further development.{{0,120}}
(?:please )?(?:see|find) below,? (?:for )?(?:the )?progression options for (?:the|this|each|these) {SPECIALISMS}
(?:the )?progression options(?: (?:for|from|after) the T[ -]Level)?
(?:the )?(?:occupational )?specialisms
(?:table of )?contents|key|legend|key to (?:flags|symbols|terms)|glossary
\(?accelerated\)? ?(?:=|:|-|means|\() ?{_SHORTER}\)?
\(?not applicable\)? ?(?:=|:|-|means) ?{_COVERED}
\(?in development\)? ?(?:=|:|-|means) ?(?:the )?standard is being developed
\(?under revision\)? ?(?:=|:|-|means) ?(?:the )?standard is being revised
{_SHORTER}
{_COVERED}
(?:the )?standard is being (?:developed|revised)
skip to (?:the )?(?:main )?(?:content|navigation)|cookies on .{{1,40}}|related (?:content|links|pages)|contents
(?:back|return) to (?:the )?(?:top|contents)|print (?:this )?page|is this page useful\??
"""
_ANY: Final = "|".join(_SENTENCES.strip().replace("\n ", "").split("\n"))
RECOGNISED: Final = compiled(rf"(?:{_PAGE}|{_ANY})[ .:!]*\Z")
PAGE: Final = compiled(rf"(?:{_PAGE})[ .:!]*\Z")
#: A legend in other words than those above: it changes nothing, but a person should read it.
LEGEND: Final = compiled(rf"\(?(?P<flag>{FLAG})\)? ?(?:=|:|means) ?\S.*\Z")
_SOME_ROLES: Final = (
    r"for work,? (?:whilst|while) some roles may be accessed after completing the T[ -]Level, others are available"
    r" after further training and gaining more experience[ .:!]*\Z"
)
#: It says that some jobs need further training, and not which.
SOME_ROLES: Final = compiled(_SOME_ROLES)
#: Sentences that are notes in every profile.
NOTE: Final = compiled(
    r"(?:(?:a )?learners?|students?) (?:could|may|can|might)(?: potentially| also)? move across progression"
    r" routes\b.*\Z"
    r"|(?:©|\(c\)|copyright|crown copyright)(?:\W.*)?\Z"
    r"|(?:please )?note(?:\s*:| that\b)\s*\S"
    rf"|{_SOME_ROLES}"
)
NOTES: Final = compiled(r"(?:please )?notes?(?: (?:that|to readers?|on .{1,60}))?\s*:?\s*\Z")
