"""The RDF terms that the package uses, each defined once.

A test compares this module, the ontology, the shapes and the JSON-LD context.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.profiles.kinds import Flag, Kind, Readiness, Wording
from tlevel_rdf.reference.statuses import STATUSES

TLP: Final = f"{DEFINITIONS}progression#"
LEVEL: Final = f"{DEFINITIONS}level#"
STATUS: Final = f"{DEFINITIONS}status#"
MODE: Final = f"{DEFINITIONS}mode#"
REGISTER_STATUS: Final = f"{DEFINITIONS}register-status#"
WORDING: Final = f"{DEFINITIONS}wording#"
READINESS: Final = f"{DEFINITIONS}readiness#"
SHAPES: Final = f"{DEFINITIONS}shapes#"
SOC2020: Final = f"{DEFINITIONS}soc2020"
ROUTE_SCHEME: Final = NamedNode(f"{DEFINITIONS}route")
SOC2020_SCHEME: Final = NamedNode(SOC2020)
HECOS_SCHEME: Final = NamedNode(f"{DEFINITIONS}hecos")

DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SSSOM: Final = "https://w3id.org/sssom/"
SPDX: Final = "http://spdx.org/rdf/terms#"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

#: The prefixes that all syntaxes with prefixes use.
PREFIXES: Final = {
    "ceterms": "https://purl.org/ctdl/terms/",
    "dcat": DCAT,
    "dct": DCT,
    "foaf": FOAF,
    "formats": FORMATS,
    "hecos": f"{DEFINITIONS}hecos#",
    "level": LEVEL,
    "mode": MODE,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "readiness": READINESS,
    "register-status": REGISTER_STATUS,
    "sd": SD,
    "sh": SH,
    "skos": SKOS,
    "soc": f"{SOC2020}#",
    "spdx": SPDX,
    "sssom": SSSOM,
    "status": STATUS,
    "tlp": TLP,
    "void": VOID,
    "wording": WORDING,
    "xsd": XSD,
}


def _tlp(name: str) -> NamedNode:
    return NamedNode(TLP + name)


TYPE: Final = NamedNode(f"{RDF}type")
LABEL: Final = NamedNode(f"{RDFS}label")
COMMENT: Final = NamedNode(f"{RDFS}comment")
SUB_CLASS_OF: Final = NamedNode(f"{RDFS}subClassOf")
SUB_PROPERTY_OF: Final = NamedNode(f"{RDFS}subPropertyOf")
SYMMETRIC_PROPERTY: Final = NamedNode(f"{OWL}SymmetricProperty")

QUALIFICATION: Final = _tlp("Qualification")
T_LEVEL: Final = _tlp("TLevel")
OCCUPATIONAL_SPECIALISM: Final = _tlp("OccupationalSpecialism")
OCCUPATIONAL_STANDARD: Final = _tlp("OccupationalStandard")
PROGRESSION_PROFILE: Final = _tlp("ProgressionProfile")
PROGRESSION_OPTION: Final = _tlp("ProgressionOption")
DESTINATION: Final = _tlp("Destination")
APPRENTICESHIP: Final = _tlp("Apprenticeship")
HTQ: Final = _tlp("HigherTechnicalQualification")
DEGREE: Final = _tlp("Degree")
OCCUPATION: Final = _tlp("Occupation")
ROUTE: Final = _tlp("Route")
LEVEL_CLASS: Final = _tlp("Level")
STATUS_CLASS: Final = _tlp("Status")
SUBJECT_PAGE: Final = _tlp("SubjectPage")
STANDARD_VERSION: Final = _tlp("StandardVersion")
LEARNING_AIM: Final = _tlp("LearningAim")
NOTE_CLASS: Final = _tlp("Note")
MAP_PRODUCT: Final = _tlp("MapProduct")
REGISTER_STATUS_CLASS: Final = _tlp("RegisterStatus")

DESCRIBES: Final = _tlp("describes")
HAS_SPECIALISM: Final = _tlp("hasSpecialism")
SPECIALISM_OF: Final = _tlp("specialismOf")
HAS_OPTION: Final = _tlp("hasOption")
OPTION_FOR: Final = _tlp("optionFor")
TARGET: Final = _tlp("target")
LEADS_TO: Final = _tlp("leadsTo")
BYPASSES: Final = _tlp("bypasses")
PROGRESSES_TO: Final = _tlp("progressesTo")
PROGRESSION_FROM: Final = _tlp("progressionFrom")
COVERS_CONTENT_OF: Final = _tlp("coversContentOf")
BASED_ON: Final = _tlp("basedOn")
FOR_OCCUPATION: Final = _tlp("forOccupation")
TRAINS_FOR: Final = _tlp("trainsFor")
RELEVANT_APPRENTICESHIP: Final = _tlp("relevantApprenticeship")
RELEVANT_OCCUPATION: Final = _tlp("relevantOccupation")
IN_ROUTE: Final = _tlp("inRoute")
LEVEL_PROPERTY: Final = _tlp("level")
LEVEL_NUMBER: Final = _tlp("levelNumber")
MODE_PROPERTY: Final = _tlp("mode")
STATUS_PROPERTY: Final = _tlp("status")
STANDARD_STATUS: Final = _tlp("standardStatus")
MAPPING_DOCUMENT: Final = _tlp("mappingDocument")
OCCUPATION_GROUP: Final = _tlp("occupationGroup")
REFERENCE_CODE: Final = _tlp("referenceCode")
STANDARD_REFERENCE: Final = _tlp("standardReference")
OCCUPATION_REFERENCE: Final = _tlp("occupationReference")
LARS_STANDARD_CODE: Final = _tlp("larsStandardCode")
LEARNING_AIM_REFERENCE: Final = _tlp("learningAimReference")
QUALIFICATION_NUMBER: Final = _tlp("qualificationNumber")
PRODUCT_CODE: Final = _tlp("productCode")
FRAMEWORK_CODE: Final = _tlp("frameworkCode")
UKPRN: Final = _tlp("ukprn")
CAREERS_SERVICE_SLUG: Final = _tlp("careersServiceSlug")
WORDING_PROPERTY: Final = _tlp("wording")
READINESS_PROPERTY: Final = _tlp("readiness")
HAS_NOTE: Final = _tlp("hasNote")
AIM_OF: Final = _tlp("aimOf")
AIM_OF_QUALIFICATION: Final = _tlp("aimOfQualification")
MAPPED_OCCUPATION: Final = _tlp("mappedOccupation")
MAP_PROGRESSES_TO: Final = _tlp("mapProgressesTo")
SHOWN_WITH: Final = _tlp("shownWith")
PRODUCT_OF: Final = _tlp("productOf")
REPLACED_BY: Final = _tlp("replacedBy")
PARTLY_REPLACED_BY: Final = _tlp("partlyReplacedBy")
AWARDING_ORGANISATION: Final = _tlp("awardingOrganisation")
QUALIFICATION_OF: Final = _tlp("qualificationOf")
VERSION_OF: Final = _tlp("versionOf")
VERSION_NUMBER: Final = _tlp("versionNumber")
REGISTER_STATUS_PROPERTY: Final = _tlp("registerStatus")
IN_PATHWAY: Final = _tlp("inPathway")
IN_CLUSTER: Final = _tlp("inCluster")
FIRST_TEACHING: Final = _tlp("firstTeaching")
LAST_ENROLMENT: Final = _tlp("lastEnrolment")
APPROVED_ON: Final = _tlp("approvedOn")
RETIRED_ON: Final = _tlp("retiredOn")
WITHDRAWN_ON: Final = _tlp("withdrawnOn")
REVISED_FROM: Final = _tlp("revisedFrom")
REVISED_FROM_TEXT: Final = _tlp("revisedFromText")

CONCEPT: Final = NamedNode(f"{SKOS}Concept")
CONCEPT_SCHEME: Final = NamedNode(f"{SKOS}ConceptScheme")
IN_SCHEME: Final = NamedNode(f"{SKOS}inScheme")
TOP_CONCEPT_OF: Final = NamedNode(f"{SKOS}topConceptOf")
HAS_TOP_CONCEPT: Final = NamedNode(f"{SKOS}hasTopConcept")
BROADER: Final = NamedNode(f"{SKOS}broader")
PREF_LABEL: Final = NamedNode(f"{SKOS}prefLabel")
ALT_LABEL: Final = NamedNode(f"{SKOS}altLabel")
CLOSE_MATCH: Final = NamedNode(f"{SKOS}closeMatch")
NOTATION: Final = NamedNode(f"{SKOS}notation")
NOTE: Final = NamedNode(f"{SKOS}note")
HISTORY_NOTE: Final = NamedNode(f"{SKOS}historyNote")

ENTITY: Final = NamedNode(f"{PROV}Entity")
ACTIVITY: Final = NamedNode(f"{PROV}Activity")
WAS_QUOTED_FROM: Final = NamedNode(f"{PROV}wasQuotedFrom")
WAS_DERIVED_FROM: Final = NamedNode(f"{PROV}wasDerivedFrom")
WAS_GENERATED_BY: Final = NamedNode(f"{PROV}wasGeneratedBy")
USED: Final = NamedNode(f"{PROV}used")
INVALIDATED_AT_TIME: Final = NamedNode(f"{PROV}invalidatedAtTime")
VALUE: Final = NamedNode(f"{PROV}value")

DOCUMENT: Final = NamedNode(f"{FOAF}Document")
AGENT: Final = NamedNode(f"{FOAF}Organization")
PAGE: Final = NamedNode(f"{FOAF}page")
PRIMARY_TOPIC: Final = NamedNode(f"{FOAF}primaryTopic")
NAME: Final = NamedNode(f"{FOAF}name")

TITLE: Final = NamedNode(f"{DCT}title")
DESCRIPTION: Final = NamedNode(f"{DCT}description")
IDENTIFIER: Final = NamedNode(f"{DCT}identifier")
SUBJECT: Final = NamedNode(f"{DCT}subject")
CREATED: Final = NamedNode(f"{DCT}created")
ISSUED: Final = NamedNode(f"{DCT}issued")
MODIFIED: Final = NamedNode(f"{DCT}modified")
AVAILABLE: Final = NamedNode(f"{DCT}available")
LICENCE: Final = NamedNode(f"{DCT}license")
CONFORMS_TO: Final = NamedNode(f"{DCT}conformsTo")
RIGHTS: Final = NamedNode(f"{DCT}rights")
RIGHTS_STATEMENT: Final = NamedNode(f"{DCT}RightsStatement")
PUBLISHER: Final = NamedNode(f"{DCT}publisher")
FORMAT: Final = NamedNode(f"{DCT}format")
IS_PART_OF: Final = NamedNode(f"{DCT}isPartOf")
IS_REPLACED_BY: Final = NamedNode(f"{DCT}isReplacedBy")
IS_VERSION_OF: Final = NamedNode(f"{DCT}isVersionOf")
BIBLIOGRAPHIC_CITATION: Final = NamedNode(f"{DCT}bibliographicCitation")

CHECKSUM_PROPERTY: Final = NamedNode(f"{SPDX}checksum")
CHECKSUM: Final = NamedNode(f"{SPDX}Checksum")
ALGORITHM: Final = NamedNode(f"{SPDX}algorithm")
SHA256: Final = NamedNode(f"{SPDX}checksumAlgorithm_sha256")
CHECKSUM_VALUE: Final = NamedNode(f"{SPDX}checksumValue")
HEX_BINARY: Final = NamedNode(f"{XSD}hexBinary")
DATE: Final = NamedNode(f"{XSD}date")
DATE_TIME: Final = NamedNode(f"{XSD}dateTime")
DECIMAL: Final = NamedNode(f"{XSD}decimal")
YEAR_MONTH: Final = NamedNode(f"{XSD}gYearMonth")

AXIOM: Final = NamedNode(f"{OWL}Axiom")
ANNOTATED_SOURCE: Final = NamedNode(f"{OWL}annotatedSource")
ANNOTATED_PROPERTY: Final = NamedNode(f"{OWL}annotatedProperty")
ANNOTATED_TARGET: Final = NamedNode(f"{OWL}annotatedTarget")
MAPPING_SET: Final = NamedNode(f"{SSSOM}MappingSet")
MAPPING_JUSTIFICATION: Final = NamedNode(f"{SSSOM}mapping_justification")
MAPPING_DATE: Final = NamedNode(f"{SSSOM}mapping_date")

IN_DATASET: Final = NamedNode(f"{VOID}inDataset")
DATASET: Final = NamedNode(f"{DCAT}Dataset")

#: Classes that say less than another class of the same thing.
GENERAL_CLASSES: Final = frozenset((DESTINATION, QUALIFICATION, CONCEPT, MAP_PRODUCT))
#: The concept of each printed flag.
STATUS_OF: Final = {flag: NamedNode(STATUS + flag.replace(" ", "-")) for flag in Flag}
#: The concept of each wording of an option.
WORDING_OF: Final = {wording: NamedNode(WORDING + wording.replace(" ", "-")) for wording in Wording}
#: The concept of each readiness for an option.
READINESS_OF: Final = {readiness: NamedNode(READINESS + readiness.replace(" ", "-")) for readiness in Readiness}
#: The concept of each status that the register of standards or the occupational map prints.
REGISTER_STATUS_OF: Final = {printed: NamedNode(REGISTER_STATUS + name) for printed, name in STATUSES.items()}
#: The class of each kind of destination.
CLASS_OF: Final = {
    Kind.APPRENTICESHIP: APPRENTICESHIP,
    Kind.HTQ: HTQ,
    Kind.DEGREE: DEGREE,
    Kind.OCCUPATION: OCCUPATION,
}


def sssom(slot: str) -> NamedNode:
    """Return the property of a slot of SSSOM."""
    return NamedNode(f"{SSSOM}{slot}")


def level(number: int) -> NamedNode:
    """Return the concept of a level."""
    return NamedNode(f"{LEVEL}{number}")


def mode(name: str) -> NamedNode:
    """Return the concept of a mode: technical, education or work."""
    return NamedNode(f"{MODE}{name}")
