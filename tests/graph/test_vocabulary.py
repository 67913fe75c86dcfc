"""The vocabulary as published, and as other tools read it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from owlrl import DeductiveClosure
from owlrl.OWLRL import OWLRL_Semantics
from pyoxigraph import NamedNode, Quad
from rdflib.compare import isomorphic

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.vocabulary import FILES, describe_vocabulary, ontology, rules
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

GRAPH = NamedNode("https://example.org/graph/vocabulary")
#: Data for the rules to draw conclusions from: a profile, a subject page and what registers say of their things.
DATA = Path(__file__).parents[1] / "validation" / "small.ttl"
JARS = Path("/usr/share/java")


def published() -> str:
    """Return the vocabulary graph of a release as N-Triples."""
    return n_triples(describe_vocabulary(GRAPH))


def n_triples(quads: Iterable[Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)


def test_the_vocabulary_is_published_without_blank_nodes() -> None:
    quads = describe_vocabulary(GRAPH)

    assert quads
    assert not [quad for quad in quads if str(quad.subject).startswith("_:") or str(quad.object).startswith("_:")]
    assert {quad.graph_name for quad in quads} == {GRAPH}


def test_every_axiom_of_the_ontology_is_published() -> None:
    as_written, as_published = rdflib.Graph(), rdflib.Graph()
    for file in FILES:
        as_written.parse(shipped("ontology") / file)
    as_published.parse(data=published(), format="nt")
    # A tool that turns IRIs back into blank nodes gets the ontology as it is written.
    made = {node for node in as_published.all_nodes() if str(node).startswith(terms.TLP)} - set(as_written.all_nodes())
    nodes: dict[Node, Node] = {node: rdflib.BNode() for node in made}
    back = rdflib.Graph()
    for s, p, o in as_published:
        back.add((nodes.get(s, s), p, nodes.get(o, o)))

    assert len(describe_vocabulary(GRAPH)) == len(ontology())
    assert isomorphic(back, as_written)


def test_the_published_vocabulary_is_enough_to_derive_what_is_inferred() -> None:
    """An independent reasoner that has only the published statements draws the conclusions of graph/inferred."""
    stated = [Quad(*quad.triple) for quad in pyoxigraph.parse(path=DATA)]
    inferred = Entailment(rules(), NamedNode("https://example.org/graph/inferred")).infer(stated)
    graph, alone = rdflib.Graph(), rdflib.Graph()
    graph.parse(data=published() + n_triples(stated), format="nt")
    alone.parse(data=published(), format="nt")
    for each in (graph, alone):
        DeductiveClosure(OWLRL_Semantics).expand(each)  # type: ignore[no-untyped-call]  # owlrl has no types

    drawn = {(s.n3(), p.n3(), o.n3()) for s, p, o in graph - alone if _is_ours(p, o)}
    ours = {tuple(map(str, quad.triple)) for quad in [*stated, *inferred]}
    assert drawn == {t for t in ours if _is_ours(rdflib.URIRef(t[1][1:-1]), rdflib.URIRef(t[2][1:-1]))}


def _is_ours(predicate: object, value: object) -> bool:
    is_type = str(predicate) == terms.TYPE.value
    return str(value if is_type else predicate).startswith(terms.TLP) and "-subClassOf" not in str(value)


def test_the_ontology_its_schemes_and_its_alignments_are_owl_2_dl_and_rl(tmp_path: Path) -> None:
    if not shutil.which("java") or not (JARS / "owlapi-distribution.jar").exists():
        pytest.fail("OWLAPI or Java is missing. Run: apt-get install libowlapi-java default-jdk-headless")
    union = tmp_path / "union.ttl"
    files = [shipped("ontology") / name for name in (*FILES, "alignments.ttl")]
    union.write_bytes(b"\n".join(file.read_bytes() for file in files))
    program = Path(__file__).with_name("OwlProfiles.java")
    run = subprocess.run(
        ["java", "-cp", f"{JARS}/*", program, union], capture_output=True, text=True, check=True, timeout=120
    )
    axioms, *found = run.stdout.splitlines()
    assert int(axioms.removeprefix("axioms ")) > 500
    assert found == ["OWL2_DL 0", "OWL2_RL 0"]
