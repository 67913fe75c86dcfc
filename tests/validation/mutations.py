"""Ways to break the small data set, each of which breaks one rule.

`take` and `give` are statements in Turtle. A fault in what people say is followed by what follows from it; only the
faults of R23, which is about just that, are put into the finished graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.terms import PREFIXES
from tlevel_rdf.graph.vocabulary import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

_BASE: Final = "https://w3id.org/tlevel/id/"
_PREFIXES: Final = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

T_LEVEL: Final = "<t-level/healthcare-science>"
PROFILE: Final = "<profile/healthcare-science>"
EYES: Final = "<specialism/healthcare-science/optical-care-services>"
LABORATORY: Final = "<specialism/healthcare-science/assisting-with-healthcare-science>"
_OPTIONS: Final = "option/healthcare-science"
#: The options that most mutations are about, and their destinations.
BYPASS: Final = f"<{_OPTIONS}/optical-care-services/apprenticeship/level-2/optical-assistant>"
OPEN: Final = f"<{_OPTIONS}/optical-care-services/apprenticeship/level-6/dispensing-optician>"
STUDY: Final = f"<{_OPTIONS}/optical-care-services/degree/optometry>"
WORK: Final = f"<{_OPTIONS}/optical-care-services/occupation/optometrist>"
TO_HTQ: Final = f"<{_OPTIONS}/assisting-with-healthcare-science/htq/level-4/healthcare-science-associate>"
ASSISTANT: Final = "<apprenticeship/level-2/optical-assistant>"
OPTICIAN: Final = "<apprenticeship/level-6/dispensing-optician>"
OPTOMETRY: Final = "<degree/optometry>"
OPTOMETRIST: Final = "<occupation/optometrist>"
HTQ: Final = "<htq/level-4/healthcare-science-associate>"
DOCUMENT: Final = "<source/000-80ba2ef1bfb81c71-txt>"


@dataclass(frozen=True)
class Mutation:
    """A fault.

    Attributes:
        rule: that it breaks.
        what: the fault in words.
        give: statements to add.
        take: statements to remove.
        also: rules that the same fault cannot but break, too.
    """

    rule: str
    what: str
    give: str = ""
    take: str = ""
    also: frozenset[str] = frozenset()

    def of(self, stated: frozenset[Triple], followed: frozenset[Triple]) -> frozenset[Triple]:
        """The broken graph.

        Args:
            stated: the statements of the profiles and the reference data.
            followed: what follows from it.
        """
        give, take = triples(self.give), triples(self.take)
        if self.rule == "R23":
            assert take <= stated | followed
            return (stated | followed) - take | give
        assert take <= stated
        return closed(stated - take | give)


def triples(turtle: str) -> frozenset[Triple]:
    """Parse Turtle with the prefixes and the base of the data set."""
    read = pyoxigraph.parse((_PREFIXES + turtle).encode(), RdfFormat.TURTLE, base_iri=_BASE)
    return frozenset(quad.triple for quad in read)


def closed(stated: Iterable[Triple]) -> frozenset[Triple]:
    """Return statements with their conclusions."""
    stated = frozenset(stated)
    quads = [pyoxigraph.Quad(*triple) for triple in stated]
    inferred = Entailment(rules(), NamedNode("https://w3id.org/tlevel/graph/inferred")).infer(quads)
    return stated | {quad.triple for quad in inferred}


def _second_option(of: str, path: str, verb: str, to: str, mode: str) -> str:
    return f"""<{_OPTIONS}/{path}> a tlp:ProgressionOption ; skos:prefLabel "Another option"@en ;
        dct:isPartOf {PROFILE} ; tlp:optionFor {of} ; tlp:{verb} {to} ; tlp:mode mode:{mode} ;
        prov:wasQuotedFrom <source/000-80ba2ef1bfb81c71-txt#line=20,21> ."""


MUTATIONS: Final = (
    Mutation("R01", "a profile of nothing", take=f"{PROFILE} tlp:describes {T_LEVEL} ."),
    Mutation("R01", "a profile of two T Levels", give=f"{PROFILE} tlp:describes <t-level/finance> ."),
    Mutation("R02", "a T Level with nothing", give='<t-level/x> a tlp:TLevel ; skos:prefLabel "X"@en .'),
    Mutation(
        "R02",
        "a cancelled T Level is taught",
        give="<qualification/603-7083-x> tlp:qualificationOf <t-level/catering> .",
    ),
    Mutation("R02", "a specialism of two T Levels", give=f"{EYES} tlp:specialismOf <t-level/finance> ."),
    Mutation("R02", "a specialism of none", take=f"{EYES} tlp:specialismOf {T_LEVEL} ."),
    Mutation("R03", "an option of no specialism", take=f"{STUDY} tlp:optionFor {EYES} ."),
    Mutation("R03", "an option of two specialisms", give=f"{STUDY} tlp:optionFor {LABORATORY} ."),
    Mutation("R03", "an option of no profile", take=f"{STUDY} dct:isPartOf {PROFILE} ."),
    Mutation("R03", "an option of something else", give=f"{STUDY} dct:isPartOf {DOCUMENT} ."),
    Mutation("R04", "an option to nowhere", take=f"{WORK} tlp:leadsTo {OPTOMETRIST} .", also=frozenset({"R22"})),
    Mutation(
        "R04", "an option to two places", give=f"{OPEN} tlp:leadsTo <apprenticeship/level-7/clinical-scientist> ."
    ),
    Mutation(
        "R04",
        "an option that leads and bypasses",
        give=f"{BYPASS} tlp:leadsTo {ASSISTANT} .",
        also=frozenset({"R13"}),  # for now it is open at level 2
    ),
    Mutation("R05", "an option of no mode", take=f"{STUDY} tlp:mode mode:education ."),
    Mutation("R05", "an option of two modes", give=f"{STUDY} tlp:mode mode:work ."),
    Mutation(
        "R05",
        "a degree among the jobs",
        take=f"{STUDY} tlp:mode mode:education .",
        give=f"{STUDY} tlp:mode mode:work .",
    ),
    Mutation("R05", "a job to study", take=f"{WORK} tlp:mode mode:work .", give=f"{WORK} tlp:mode mode:education ."),
    Mutation(
        "R05", "an HTQ to study", take=f"{TO_HTQ} tlp:mode mode:technical .", give=f"{TO_HTQ} tlp:mode mode:education ."
    ),
    Mutation("R06", "an unknown status", give=f"{OPEN} tlp:status status:popular ."),
    Mutation(
        "R06",
        "a bypassed standard",
        give="<standard/ST0530> tlp:standardStatus status:not-applicable .",
    ),
    Mutation("R07", "a bypass without its flag", take=f"{BYPASS} tlp:status status:not-applicable ."),
    Mutation("R07", "a flag without its bypass", give=f"{OPEN} tlp:status status:not-applicable ."),
    Mutation("R08", "both flags", give=f"{BYPASS} tlp:status status:accelerated ."),
    Mutation("R08", "an accelerated degree", give=f"{STUDY} tlp:status status:accelerated ."),
    Mutation("R08", "an accelerated HTQ", give=f"{TO_HTQ} tlp:status status:accelerated ."),
    Mutation(
        "R08",
        "a bypassed HTQ",
        take=f"{TO_HTQ} tlp:leadsTo {HTQ} .",
        give=f"{TO_HTQ} tlp:bypasses {HTQ} ; tlp:status status:not-applicable .",
        also=frozenset({"R09"}),  # what is relevant is an apprenticeship
    ),
    Mutation(
        "R09",
        "an open apprenticeship is bypassed",
        take=f"{OPEN} tlp:leadsTo {OPTICIAN} .",
        give=f"{OPEN} tlp:bypasses {OPTICIAN} ; tlp:status status:not-applicable .",
    ),
    Mutation(
        "R10",
        "nothing is relevant",
        take=f"{EYES} tlp:relevantApprenticeship {ASSISTANT} .",
        also=frozenset({"R09"}),  # so what it bypasses is not relevant
    ),
    Mutation(
        "R11",
        "an option twice",
        give=_second_option(EYES, "optical-care-services/degree/eyes", "leadsTo", OPTOMETRY, "education"),
    ),
    Mutation("R12", "a T Level at level 4", give=f"{T_LEVEL} tlp:level level:4 ."),
    Mutation("R12", "an apprenticeship at two levels", give=f"{OPTICIAN} tlp:level level:5 .", also=frozenset({"R31"})),
    Mutation("R12", "an apprenticeship at none", take=f"{OPTICIAN} tlp:level level:6 ."),
    Mutation(
        "R12",
        "an apprenticeship at level 8",
        take=f"{OPTICIAN} tlp:level level:6 .",
        give=f"{OPTICIAN} tlp:level level:8 .",
        also=frozenset({"R30", "R31"}),
    ),
    Mutation(
        "R12",
        "an HTQ at level 6",
        take=f"{HTQ} tlp:level level:4 .",
        give=f"{HTQ} tlp:level level:6 .",
        also=frozenset({"R30", "R31"}),
    ),
    Mutation("R12", "a degree with a level", give=f"{OPTOMETRY} tlp:level level:6 ."),
    Mutation("R12", "a job with a level", give=f"{OPTOMETRIST} tlp:level level:6 ."),
    Mutation(
        "R13",
        "open at level 2",
        take=f"{OPTICIAN} tlp:level level:6 .",
        give=f"{OPTICIAN} tlp:level level:2 .",
        also=frozenset({"R30", "R31"}),
    ),
    Mutation("R14", "no label", take=f'{OPTOMETRY} skos:prefLabel "Optometry"@en .'),
    Mutation("R14", "two labels", give=f'{OPTOMETRY} skos:prefLabel "Optometry and vision"@en .'),
    Mutation("R14", "a label in Irish", give=f'{OPTOMETRY} skos:prefLabel "Optaiméadracht"@ga .'),
    Mutation(
        "R14", "a concept without a label", take='soc:2113 skos:prefLabel "Biochemists and biomedical scientists"@en .'
    ),
    Mutation(
        "R15",
        "one job twice",
        give='<occupation/optometrist-2> a tlp:Occupation ; skos:prefLabel "OPTOMETRIST "@en .'
        + _second_option(
            EYES, "optical-care-services/occupation/optometrist-2", "leadsTo", "<occupation/optometrist-2>", "work"
        ),
        also=frozenset({"R25"}),  # the space at its end
    ),
    Mutation("R16", "a code of no register", give=f'{EYES} tlp:referenceCode "eyes" .'),
    Mutation(
        "R16",
        "a standard reference of three digits",
        give='<standard/ST0530> tlp:standardReference "ST530" .',
    ),
    Mutation(
        "R16",
        "an occupation reference of two letters",
        give='<standard/ST0530> tlp:occupationReference "OCC0530AB" .',
    ),
    Mutation("R16", "a LARS code of five digits", give='<standard/ST0530> tlp:larsStandardCode "12345" .'),
    Mutation("R16", "a learning aim of seven characters", give=f'{EYES} tlp:learningAimReference "ZTLOS54" .'),
    Mutation(
        "R16",
        "a qualification number without slashes",
        give='<qualification/603-7083-x> tlp:qualificationNumber "6037083" .',
    ),
    Mutation("R16", "unit group 0", take='soc:2113 skos:notation "2113" .', give='soc:2113 skos:notation "0" .'),
    Mutation(
        "R17",
        "a reference of two standards",
        give='<standard/ST0530> tlp:standardReference "ST0218" .',
        also=frozenset({"R37"}),
    ),
    Mutation("R18", "a page that is a placeholder", give=f"{DOCUMENT} foaf:page <https://example.org/#> ."),
    Mutation("R18", "a mapping over http", give=f"{OPEN} tlp:mappingDocument <http://example.org/mapping> ."),
    Mutation(
        "R19",
        "one more apprenticeship without a page",
        give='<apprenticeship/level-4/optics> a tlp:Apprenticeship ; skos:prefLabel "Optics"@en ; tlp:level level:4 .'
        + _second_option(
            EYES,
            "optical-care-services/apprenticeship/level-4/optics",
            "leadsTo",
            "<apprenticeship/level-4/optics>",
            "technical",
        ),
    ),
    Mutation(
        "R20",
        "an option without a source",
        take=f"{STUDY} prov:wasQuotedFrom <source/000-80ba2ef1bfb81c71-txt#line=24,25> .",
    ),
    Mutation(
        "R20", "a line by another scheme", give=f"{STUDY} prov:wasQuotedFrom <source/000-80ba2ef1bfb81c71-txt#L25> ."
    ),
    Mutation(
        "R20", "a line that is empty", give=f"{STUDY} prov:wasQuotedFrom <source/000-80ba2ef1bfb81c71-txt#line=25,25> ."
    ),
    Mutation("R21", "a concept of two schemes", give="soc:2113 skos:inScheme <https://w3id.org/tlevel/def/route> ."),
    Mutation("R21", "a concept of no scheme", take="soc:2113 skos:inScheme <https://w3id.org/tlevel/def/soc2020> ."),
    Mutation(
        "R21",
        "a concept that is neither a top concept nor below one",
        give="soc:2259 skos:topConceptOf <https://w3id.org/tlevel/def/soc2020> .",
    ),
    Mutation("R21", "a circle of concepts", give="soc:2113 skos:broader soc:2259 . soc:2259 skos:broader soc:2113 ."),
    Mutation("R22", "a degree of no option", give='<degree/dance> a tlp:Degree ; skos:prefLabel "Dance"@en .'),
    Mutation(
        "R22",
        "a standard of nothing",
        give='<standard/ST9999> a tlp:OccupationalStandard ; skos:prefLabel "Dance"@en .',
    ),
    Mutation(
        "R24",
        "a route with a slash too many",
        give="""<route/a/b> a tlp:Route , skos:Concept ; skos:prefLabel "B"@en ;
        skos:inScheme <https://w3id.org/tlevel/def/route> .""",
    ),
    Mutation(
        "R25",
        "a title with a flag",
        take=f'{OPTICIAN} skos:prefLabel "Dispensing Optician"@en .',
        give=f'{OPTICIAN} skos:prefLabel "Dispensing Optician (Accelerated)"@en .',
    ),
    Mutation(
        "R25",
        "a title with its kind",
        take=f'{OPTICIAN} skos:prefLabel "Dispensing Optician"@en .',
        give=f'{OPTICIAN} skos:prefLabel "Dispensing Optician apprenticeship"@en .',
    ),
    Mutation(
        "R25",
        "a title with a link",
        take=f'{OPTOMETRY} skos:prefLabel "Optometry"@en .',
        give=f'{OPTOMETRY} skos:prefLabel "[Optometry](#)"@en .',
    ),
    Mutation("R26", "an option with a page", give=f"{OPEN} foaf:page <https://example.org/> ."),
    Mutation(
        "R30",
        "an apprenticeship at another level",
        take=f"{OPTICIAN} tlp:level level:6 .",
        give=f"{OPTICIAN} tlp:level level:5 .",
        also=frozenset({"R31"}),
    ),
    Mutation(
        "R31",
        "a standard at another level",
        take="<standard/ST0774> tlp:level level:6 .",
        give="<standard/ST0774> tlp:level level:5 .",
    ),
    Mutation("R32", "an HTQ with the code of a standard", give=f'{HTQ} tlp:standardReference "ST9999" .'),
    Mutation(
        "R33",
        "an apprenticeship of two standards",
        give=f"{OPTICIAN} tlp:basedOn <standard/ST0218> .",
        also=frozenset({"R31"}),
    ),
    Mutation("R34", "standards in a circle", give="<standard/ST1377> tlp:replacedBy <standard/ST0530> ."),
    Mutation(
        "R35", "an occupation with other digits", give="<standard/ST0774> tlp:forOccupation <occupation/OCC0218> ."
    ),
    Mutation(
        "R36",
        "the learning aim of another qualification",
        take='<qualification/603-7083-x> tlp:learningAimReference "6037083X" .',
        give='<qualification/603-7083-x> tlp:learningAimReference "6037084X" .',
    ),
    Mutation(
        "R37",
        "a unit group with the code of another",
        take='soc:2113 skos:notation "2113" .',
        give='soc:2113 skos:notation "2114" .',
    ),
    Mutation(
        "R38",
        "an option of another T Level",
        take=f"{STUDY} tlp:optionFor {EYES} .",
        give=f"{STUDY} tlp:optionFor <t-level/finance> .",
    ),
    Mutation(
        "R39",
        "an option out of another document",
        take=f"{STUDY} prov:wasQuotedFrom <source/000-80ba2ef1bfb81c71-txt#line=24,25> .",
        give=f"{STUDY} prov:wasQuotedFrom <source/finance-page#line=24,25> .",
    ),
    Mutation("R40", "a profile without a source", take=f"{PROFILE} prov:wasDerivedFrom {DOCUMENT} ."),
    Mutation(
        "R41", "a qualification of no T Level", take=f"<qualification/603-7083-x> tlp:qualificationOf {T_LEVEL} ."
    ),
    Mutation("R42", "a misspelt class", give=f"{OPTICIAN} a tlp:Aprenticeship ."),
    Mutation("R43", "a date that means none", give='<standard/ST0774> tlp:retiredOn "0001-01-01"^^xsd:date .'),
    Mutation("R44", "an unknown route", give=f"{T_LEVEL} tlp:inRoute <route/helth> ."),
    Mutation(
        "R45",
        "a version of two numbers",
        give='<standard/ST0774/1.2> tlp:versionNumber "1.3" .',
        also=frozenset({"R37"}),
    ),
    Mutation("R46", "a learning aim of nothing", take=f"<learning-aim/ZTLOS054> tlp:aimOf {EYES} ."),
    Mutation("R47", "a note of nothing", take=f"{PROFILE} tlp:hasNote <note/healthcare-science/line-15> ."),
    Mutation("R48", "an arrow to a job of a profile", give=f"<occupation/OCC0774> tlp:mapProgressesTo {OPTOMETRIST} ."),
    Mutation("R01", "a subject page of nothing", take="<subject-page/finance> tlp:describes <t-level/finance> ."),
    Mutation("R03", "an option of a specialism and a T Level", give=f"{STUDY} tlp:optionFor {T_LEVEL} ."),
    Mutation("R06", "an unknown wording", give=f"{STUDY} tlp:wording wording:must ."),
    Mutation("R06", "an unknown readiness", give=f"{STUDY} tlp:readiness readiness:soon ."),
    Mutation(
        "R06",
        "a standard with the status of an occupation",
        give="<standard/ST0774> tlp:registerStatus register-status:approved-occupation .",
    ),
    Mutation(
        "R16",
        "a product code in small letters",
        give='<product/HTQHS2001> tlp:productCode "htq" .',
        also=frozenset({"R37"}),
    ),
    Mutation("R16", "a version number of one part", give='<occupation/OCC0774> tlp:versionNumber "1" .'),
    Mutation("R21", "a pathway in another scheme", give="<pathway/health> skos:broader soc:2113 ."),
    Mutation(
        "R24",
        "a note without a place",
        give='<note/x> a tlp:Note ; prov:value "X" ; prov:wasQuotedFrom <s> . <t-level/x> tlp:hasNote <note/x> .',
    ),
    Mutation("R27", "a year of approval", give='<standard/ST0774> tlp:approvedOn "2024"^^xsd:gYear .'),
    Mutation("R27", "a document of tomorrow", give=f'{DOCUMENT} dct:issued "2099-12-31"^^xsd:date .'),
    Mutation(
        "R27", "a document of two days", give=f'{DOCUMENT} dct:issued "2024-01-01"^^xsd:date , "2024-01-02"^^xsd:date .'
    ),
    Mutation(
        "R27",
        "a document modified before it was issued",
        give=f'{DOCUMENT} dct:issued "2024-01-02"^^xsd:date ; dct:modified "2024-01-01"^^xsd:date .',
    ),
    Mutation("R27", "a document of a year", give=f'{DOCUMENT} dct:issued "2024"^^xsd:gYear .'),
    Mutation(
        "R28",
        "a job near a standard",
        give='<occupation/trainee> a tlp:Occupation ; skos:prefLabel "Trainee dispensing optician"@en .'
        + _second_option(EYES, "optical-care-services/occupation/trainee", "leadsTo", "<occupation/trainee>", "work"),
    ),
    *(
        Mutation("R23", f"{statement.split()[1]} is missing", take=f"{statement} .")
        for statement in (
            f"{WORK} tlp:target {OPTOMETRIST}",
            f"{BYPASS} tlp:target {ASSISTANT}",
            f"{EYES} tlp:progressesTo {OPTOMETRIST}",
            f"{OPTOMETRIST} tlp:progressionFrom {EYES}",
            f"{EYES} tlp:coversContentOf {ASSISTANT}",
            f"{ASSISTANT} tlp:trainsFor <occupation/optical-assistant>",
            f"{EYES} tlp:relevantOccupation <occupation/optical-assistant>",
            f"{EYES} tlp:hasOption {WORK}",
            f"{T_LEVEL} tlp:hasSpecialism {EYES}",
        )
    ),
    *(
        Mutation("R23", f"{statement.split()[1]} is stale", give=f"{statement} .")
        for statement in (
            f"{WORK} tlp:target <occupation/clinical-scientist>",
            f"{BYPASS} tlp:target {OPTICIAN}",
            f"{EYES} tlp:progressesTo <occupation/clinical-scientist>",
            f"{OPTOMETRIST} tlp:progressionFrom {LABORATORY}",
            f"{EYES} tlp:coversContentOf {OPTICIAN}",
            f"{OPTOMETRY} tlp:trainsFor {OPTOMETRIST}",
            f"{EYES} tlp:relevantOccupation {OPTOMETRIST}",
            f"{EYES} tlp:hasOption <{_OPTIONS}/assisting-with-healthcare-science/degree/nursing>",
            f"{T_LEVEL} tlp:hasSpecialism <specialism/health/dental-nursing>",
        )
    ),
)
