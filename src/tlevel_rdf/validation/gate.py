"""The gate: decides whether a corpus may be published.

pySHACL is the engine of record. It runs the Core shapes on a few profiles at a time, each complete with its context;
SPARQL constraints run as queries on the whole data set. A test compares the results with those of pySHACL alone on the
whole graph.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.union import union_store
from tlevel_rdf.limits import MAX_PROFILES_PER_CHECK
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.origins import Origins, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Store

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.validation.result import ValidationResult
    from tlevel_rdf.validation.shapes import Shapes


class CheckedCorpus(NamedTuple):
    """The quads of a corpus beside the reference data, and what was found in it."""

    quads: list[Quad]
    findings: list[Finding]


class Gate:
    """A check of a corpus in one pass, so that each profile is described once.

    First read `quads` to the end, and load what it yields into a store, beside the reference data. Then call `check`
    with the store.

    Args:
        corpus: the data to publish.
        shapes: the rules.

    Attributes:
        results: the results so far, each once.
    """

    def __init__(self, corpus: Corpus, shapes: Shapes) -> None:
        self.results: set[ValidationResult] = set()
        self._corpus = corpus
        self._shapes = shapes
        self._origins = Origins()

    def quads(self) -> Iterator[Quad]:
        """Yield the quads of the profiles, and run the Core shapes on each batch of profiles as it passes."""
        profiles = enumerate(self._corpus.describe_profiles())
        while batch := list(islice(profiles, MAX_PROFILES_PER_CHECK)):
            for number, profile in batch:
                yield from profile.quads
                self._origins.add(number, profile.description)
            quads = (quad for _, profile in batch for quad in (*profile.quads, *profile.context))
            self.results.update(validate_core(quads, self._shapes.core))

    def check(self, store: Store) -> list[Finding]:
        """Run the SPARQL constraints on all quads, and return everything that was found.

        Args:
            store: its default graph has each triple once (`graph/union.py`).

        Returns:
            Findings with their positions in the YAML files, in no order. What could be better in the reference data is
            left out, for a publisher can do nothing about it.
        """
        self.results.update(validate_sparql(store, self._shapes))
        findings = locate((result.finding for result in self.results), self._origins, self._corpus.profiles)
        return [finding for finding in findings if finding.file or finding.severity is Severity.VIOLATION]

    @property
    def is_blocked(self) -> bool:
        """True if a violation was found, so that the corpus must not be published."""
        return any(result.severity is Severity.VIOLATION for result in self.results)


def check_corpus(corpus: Corpus, shapes: Shapes, more: Iterable[Quad] = ()) -> CheckedCorpus:
    """Describe and check a corpus that fits in memory, with as much of the reference data as the rules need.

    Args:
        corpus: the data to check.
        shapes: the rules.
        more: quads to check together with the corpus.

    Returns:
        The quads that were added to the reference data, and the findings, with their positions in the YAML files.
    """
    gate = Gate(corpus, shapes)
    quads = [*gate.quads(), *more]
    nodes = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    findings = gate.check(union_store([*quads, *corpus.compiled.context(nodes)]))
    # The context is cut off somewhere, so a rule may miss something about its outermost things.
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return CheckedCorpus(quads, [finding for finding in findings if finding.file or finding.focus in subjects])
