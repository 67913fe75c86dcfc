"""The description of a profile as one would write it first, with rdflib. A peer of `publish.py`."""

from __future__ import annotations

import re
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS

BASE = "https://w3id.org/tlevel/"
TLP = Namespace(f"{BASE}def/progression#")
KINDS = {
    "apprenticeship": (TLP.Apprenticeship, "apprenticeship"),
    "higher technical qualification": (TLP.HigherTechnicalQualification, "htq"),
    "degree": (TLP.Degree, "degree"),
    "occupation": (TLP.Occupation, "occupation"),
}


def slug(title: str) -> str:
    """Return the words of a title, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def describe(graph: Graph, profile: dict[str, Any]) -> None:
    """Add the statements of one profile, and those that follow from them, to a graph."""
    key = slug(profile["t level"])
    node, t_level = URIRef(f"{BASE}id/profile/{key}"), URIRef(f"{BASE}id/t-level/{key}")
    source = URIRef(f"{BASE}id/source/{slug(profile['source']['document'])}")
    graph.add((node, RDF.type, TLP.ProgressionProfile))
    graph.add((node, SKOS.prefLabel, Literal(f"Progression profile of the T Level in {profile['t level']}", lang="en")))
    graph.add((node, TLP.describes, t_level))
    graph.add((node, PROV.wasDerivedFrom, source))
    graph.add((source, RDF.type, FOAF.Document))
    graph.add((source, DCTERMS.title, Literal(profile["source"]["document"])))
    for kind in (TLP.TLevel, TLP.Qualification):
        graph.add((t_level, RDF.type, kind))
    graph.add((t_level, SKOS.prefLabel, Literal(profile["t level"], lang="en")))
    graph.add((t_level, TLP.level, URIRef(f"{BASE}def/level#3")))
    for specialism in profile["specialisms"]:
        own = slug(specialism["title"])
        part = URIRef(f"{BASE}id/specialism/{key}/{own}")
        graph.add((part, RDF.type, TLP.OccupationalSpecialism))
        graph.add((part, SKOS.prefLabel, Literal(specialism["title"], lang="en")))
        graph.add((part, TLP.specialismOf, t_level))
        graph.add((t_level, TLP.hasSpecialism, part))
        for mode in ("technical", "education", "work"):
            for option in specialism.get(mode, []):
                _describe_option(graph, option, mode, (node, part, source), f"{key}/{own}")


def _describe_option(
    graph: Graph, option: dict[str, Any], mode: str, around: tuple[URIRef, URIRef, URIRef], path: str
) -> None:
    profile, specialism, source = around
    kind = next(kind for kind in KINDS if kind in option)
    of_class, segment = KINDS[kind]
    title, level = option[kind], option.get("level")
    tail = f"{segment}/level-{level}/{slug(title)}" if level else f"{segment}/{slug(title)}"
    node, target = URIRef(f"{BASE}id/option/{path}/{tail}"), URIRef(f"{BASE}id/{tail}")
    bypassed = "not applicable" in option.get("flags", [])
    line = URIRef(f"{source}#line={option['line'] - 1},{option['line']}")
    statements = [
        (node, RDF.type, TLP.ProgressionOption),
        (node, SKOS.prefLabel, Literal(f"{title}, {kind}", lang="en")),
        (node, DCTERMS.isPartOf, profile),
        (node, TLP.optionFor, specialism),
        (specialism, TLP.hasOption, node),
        (node, TLP.bypasses if bypassed else TLP.leadsTo, target),
        (node, TLP.target, target),
        (node, TLP.mode, URIRef(f"{BASE}def/mode#{mode}")),
        (node, PROV.wasQuotedFrom, line),
        (line, RDF.type, PROV.Entity),
        (line, DCTERMS.isPartOf, source),
        (target, RDF.type, of_class),
        (target, RDF.type, TLP.Destination),
        (target, SKOS.prefLabel, Literal(title, lang="en")),
        (specialism, TLP.coversContentOf if bypassed else TLP.progressesTo, target),
    ]
    if not bypassed:
        statements.append((target, TLP.progressionFrom, specialism))
    if level:
        statements.append((target, TLP.level, URIRef(f"{BASE}def/level#{level}")))
    if option.get("relevant"):
        statements.append((specialism, TLP.relevantApprenticeship, target))
    statements += [(node, TLP.status, URIRef(f"{BASE}def/status#{slug(flag)}")) for flag in option.get("flags", [])]
    for statement in statements:
        graph.add(statement)
