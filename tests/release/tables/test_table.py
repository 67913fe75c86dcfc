"""The table of a release."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from tests.validation.running import store_of
from tlevel_rdf.graph import terms
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.release.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.release.release import Release


def test_the_table_has_a_row_for_each_option(shipped_release: Release) -> None:
    with (shipped_release.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len([row for row in rows if row["specialism"]]) == 26
    assert len(rows) == 26 + 140
    assert [row["title"] for row in rows if row["step"] == "bypassed"] == [
        "Optical Assistant",
        "Healthcare Science Assistant",
    ]
    assert {row["level"] for row in rows if row["kind"] in {"degree", "occupation"}} == {""}
    assert all(row["line"] for row in rows)


def test_the_description_of_the_table_names_its_columns(shipped_release: Release) -> None:
    metadata = json.loads((shipped_release.folder / table.CSVW).read_text(encoding="utf-8"))
    header = (shipped_release.folder / table.CSV).read_text(encoding="utf-8").splitlines()[0]
    columns = [column["name"] for column in metadata["tableSchema"]["columns"] if not column.get("virtual")]
    assert columns == header.split(",")


@pytest.mark.parametrize(
    "key", ["degree/optometry", "occupation/optometrist", "apprenticeship/level-6/dispensing-optician"]
)
def test_a_title_is_that_of_the_statements(key: str, small_corpus: Corpus, tmp_path: Path) -> None:
    """A register may have another title than the profile, and RDF then has that of the register."""
    thing = NamedNode(f"{small_corpus.ids.base}id/{key}")
    label = Literal("Of the Register", language="en")
    is_label = [quad.subject == thing and quad.predicate == terms.PREF_LABEL for quad in small_corpus.quads()]
    assert any(is_label)
    renamed = [
        Quad(thing, terms.PREF_LABEL, label, quad.graph_name) if is_one else quad
        for is_one, quad in zip(is_label, small_corpus.quads(), strict=True)
    ]
    table.write_table(small_corpus, store_of(renamed), tmp_path)
    with (tmp_path / table.CSV).open(encoding="utf-8", newline="") as file:
        titles = {row["title"] for row in csv.DictReader(file) if row["destination"] == thing.value}
    assert titles == {"Of the Register"}


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Log nothing."""


@pytest.fixture
def address(shipped_release: Release) -> Iterator[str]:
    """Yield the address of a server of the files of the release: the converter reads no paths."""
    handler = partial(Quiet, directory=str(shipped_release.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_converter_of_csvw_makes_statements_of_the_release(
    shipped_release: Release, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    csvw = pytest.importorskip("csvw_functions.csvw_functions")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    text = csvw.create_rdf(csvw.create_annotated_table_group(address + table.CSVW), mode="minimal")
    made = {quad.triple for quad in pyoxigraph.parse(text.encode(), format=RdfFormat.N_TRIPLES)}
    published = {quad.triple for quad in pyoxigraph.parse(path=shipped_release.folder / N_QUADS)}
    rows = (shipped_release.folder / table.CSV).read_bytes().count(b"\n") - 1

    assert made <= published
    counts = Counter(triple.predicate for triple in made)
    assert counts[terms.TYPE] == counts[terms.TARGET] == counts[terms.MODE_PROPERTY] == rows
    assert {terms.LEVEL_PROPERTY, terms.BASED_ON, terms.PREF_LABEL, terms.CAREERS_SERVICE_SLUG} <= set(counts)


def test_destinations_have_the_codes_by_which_other_data_sets_name_them(shipped_release: Release) -> None:
    with (shipped_release.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    degrees = {row["title"]: row["hecos"] for row in rows if row["kind"] == "degree"}
    assert degrees == {
        "Medical Science": "100270",
        "Nursing": "100290",
        "Occupational Therapy": "100249",
        "Optometry": "100036",
        "Paramedic Science": "100749",
    }
    slugs = {row["title"]: row["careers_service"] for row in rows if not row["specialism"]}
    assert slugs["accounting technician"] == "accounting-technician"
    assert all(slugs.values())
