"""Turtle, TriG, N-Triples and N-Quads: byte order marks, faults in plain words, and bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.graph.reading.faulty import faults_of, statements_of
from tlevel_rdf.limits import MAX_RDF_TERM_BYTES

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = {
    "<a> <p>\n  'x'@en_GB .": "2:7: 'en_GB' is not a language tag",
    "<a> <p> 'x'@abcdefghijkl .": "1:13: 'abcdefghijkl' is not a language tag",
    "<a> <p> <b c> .": "1:9: '<b c>' is not an IRI: it cannot contain ' '",
    "<a> <p> <http://b:x> .": "1:9: '<http://b:x>' is not an IRI",
    "<a> ex:p <b> .": "1:5: the prefix ex: is not declared",
    "<a> <p> <b>\n<c> <p> <d> .": "2:1: the statement before '<c>' does not end",
    "<a> <p> foo .": "1:9: a value is expected here, and not 'foo'",
    "<a> 'p' <b> .": "1:5: a property is expected here, and not ''p''",
    "'a' <p> <b> .": "1:1: a subject is expected here, and not ''a''",
    "<a> <p> 'x": "1:9: the file ends within a statement",
    "<a> <p> <b>": "1:12: the file ends within a statement",
    "<a> <p> [ <q> 1 .": "1:17: a bracket is open here",
    '<a> <p> "x\ny" .': "1:11: a text in single quotation marks has a line break",
    "<a> <p> 'a\\qb' .": "1:11: '\\q' has an escape that does not exist",
    "<a> <p> 1e .": "1:9: this is not Turtle: '1e'",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_in_plain_words_with_its_place(text: str, tmp_path: Path) -> None:
    assert faults_of(text, "a.ttl", tmp_path) == [FAULTS[text]]


def test_of_n3_the_part_that_is_turtle_is_read(tmp_path: Path) -> None:
    assert statements_of("<a> <p> <b> .", "a.n3", tmp_path) == [
        "<https://example.org/a> <https://example.org/p> <https://example.org/b>"
    ]
    rule = "@prefix : <http://e.org/> .\n{ :a :b :c } => { :d :e :f } ."
    assert faults_of(rule, "a.n3", tmp_path) == ["2:1: a subject is expected here, and not '{'"]


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig"])
def test_a_byte_order_mark_is_skipped_and_shifts_no_column(ending: str, tmp_path: Path) -> None:
    text = "<http://a> <http://p> <http://b> ."
    assert statements_of(b"\xef\xbb\xbf" + text.encode(), f"a.{ending}", tmp_path) == [text.removesuffix(" .")]
    assert faults_of(b"\xef\xbb\xbf<http://a> 1", f"a.{ending}", tmp_path)[0].startswith("1:12: ")


def test_another_encoding_is_named(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        mark = "" if encoding == "utf-16" else "\ufeff"
        data = (mark + "<a> <p> 'x' .").encode(encoding)
        assert faults_of(data, "a.ttl", tmp_path) == ["1:1: the file is in UTF-16"]
    for text in ("<a> <p>\n 'caf\u00e9' .", "<a> <p>\n '\u00a3' .", "<a> <p>\n '\u00fc\u00df' ."):
        assert faults_of(text.encode("latin-1"), "a.ttl", tmp_path)[0].endswith("the text here is not UTF-8")


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig"])
def test_triples_within_triples_are_bounded(ending: str, tmp_path: Path) -> None:
    def nested(levels: int) -> str:
        return "<http://a> <http://p> " + "<<( <http://a> <http://p> " * levels + "<http://b>" + " )>>" * levels + " ."

    assert len(statements_of(nested(200), f"a.{ending}", tmp_path)) == 1
    assert faults_of(nested(200_000), f"a.{ending}", tmp_path) == ["1:5223: more than 200 triples are nested here"]


@pytest.mark.parametrize("text", ["<a> <p> '%s' .", '<a> <p> """%s""" .', "# %s\n<a> <p> 1 .", "<a> <p> '''%s''' ."])
def test_angle_brackets_in_texts_and_comments_are_not_nesting(text: str, tmp_path: Path) -> None:
    assert len(statements_of(text % ("<< " * 1000), "a.ttl", tmp_path)) == 1


def test_deep_brackets_and_lists_are_read(tmp_path: Path) -> None:
    assert len(statements_of("<a> <p> " + "[ <p> " * 4000 + "1" + "]" * 4000 + ".", "a.ttl", tmp_path)) == 4001
    assert len(statements_of("<a> <p> " + "(" * 4000 + ")" * 4000 + ".", "a.ttl", tmp_path)) == 7999


def test_a_literal_that_is_too_long_for_the_parser_is_named_by_its_place(tmp_path: Path) -> None:
    text = f'<urn:a> <urn:p> \'short\' ;\n  <urn:q> """{"x" * (MAX_RDF_TERM_BYTES + 1)}""" .'
    assert faults_of(text, "a.ttl", tmp_path) == ["2:11: a literal or an IRI has more than 16,777,216 bytes"]
