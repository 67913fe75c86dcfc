"""JSON-LD: statements that a processor drops, contexts at other addresses, faults and bounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyld.jsonld
import pytest

from tests.graph.reading.faulty import BASE, faults_of, statements_of
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.graph.jsonld import CONTEXT_ADDRESS
from tlevel_rdf.graph.reading import json_ld

if TYPE_CHECKING:
    from pathlib import Path

NAME = "a.jsonld"
E = '"@context": {"e": "http://e.org/"}'
DROPPED = {
    "a key without a context": (
        '{"@id": "http://e.org/a",\n "name": "lost"}',
        ["2:2: the key 'name' has no meaning here, since no @context defines it"],
    ),
    "a key within a thing": (
        f'{{{E}, "@id": "e:a", "e:label": "colour",\n "e:p": {{"colour": "red"}}}}',
        ["2:10: the key 'colour' has no meaning here, since no @context defines it"],
    ),
    "a key where the context was taken away": (
        '{"@context": {"n": "http://e.org/n"}, "n": "kept",\n "http://e.org/p": {"@context": null, "n": "lost"}}',
        ["2:39: the key 'n' has no meaning here, since no @context defines it"],
    ),
    "a key where the context was taken away in a list": (
        '{"@context": {"n": "http://e.org/n"},\n "e:p": {"@context": [null, {"m": "e:m"}],\n "n": 1}}',
        ["3:2: the key 'n' has no meaning here, since no @context defines it"],
    ),
    "a key where the vocabulary was taken away": (
        '{"@context": {"@vocab": "http://e.org/"}, "n": 1,\n "p": {"@context": {"@vocab": null}, "q": 2}}',
        ["2:38: the key 'q' has no meaning here, since no @context defines it"],
    ),
    "a blank node as a property": ('{"@id": "http://e.org/a", "_:p": 1}', ["1:27: '_:p' is not an IRI"]),
    "an IRI with a space": (
        '{"@id": "http://e.org/a", "http://e.org/p": {"@id": "http://e.org/x y"}}',
        ["1:53: 'http://e.org/x y' is not an IRI"],
    ),
    "a compact IRI with a space": (f'{{{E}, "@id": "e:x y", "e:p": 1}}', ["1:45: 'http://e.org/x y' is not an IRI"]),
    "a relative IRI without a base": (
        '{"@context": {"@base": null}, "@id": "rel", "http://e.org/p": 1}',
        ["1:38: 'rel' is not an IRI"],
    ),
    "the IRI of a graph": (
        '{"@id": "http://e.org/<g>", "@graph": [{"@id": "http://e.org/a", "http://e.org/p": 1}]}',
        ["1:9: 'http://e.org/<g>' is not an IRI"],
    ),
    "a datatype": (
        '{"@id": "http://e.org/a",\n "http://e.org/p": {"@value": "1", "@type": "bad type"}}',
        ["2:45: 'bad type' is not an IRI"],
    ),
    "an IRI of the context": (
        '{"@context": {"p": "http://e.org/a b"}, "@id": "http://e.org/a", "p": 1}',
        ["1:20: 'http://e.org/a b' is not an IRI"],
    ),
    "an item of a list": (
        '{"@id": "http://e.org/a", "http://e.org/p": {"@list": ["a", {"@id": "http://e.org/{x}"}]}}',
        ["1:69: 'http://e.org/{x}' is not an IRI"],
    ),
    "a language": (
        '{"@id": "http://e.org/en_GB", "http://e.org/p": {"@value": "en_GB",\n "@language": "en_GB"}}',
        ["2:15: 'en_GB' is not a language tag"],
    ),
    "a key of a map of languages": (
        '{"@context": {"l": {"@id": "http://e.org/l", "@container": "@language"}},\n "l": {"en": "a", "e n": "b"}}',
        ["2:19: 'e n' is not a language tag"],
    ),
    "the language of the context": (
        '{"@context": {"@language": "englishlanguage"}, "@id": "http://e.org/a", "http://e.org/p": "x"}',
        ["1:28: 'englishlanguage' is not a language tag"],
    ),
    "a word like a keyword": (
        '{"@id": "http://e.org/a",\n "@label": "x"}',
        ["2:2: '@label' is not a keyword of JSON-LD"],
    ),
    "several": (
        (
            '[{"@id": "http://e.org/a", "name": 1},\n {"@id": "http://e.org/b c", "http://e.org/p": 1},\n'
            ' {"@id": "http://e.org/a", "http://e.org/p": {"@value": "x", "@language": "x y"}}]'
        ),
        [
            "1:28: the key 'name' has no meaning here, since no @context defines it",
            "2:10: 'http://e.org/b c' is not an IRI",
            "3:75: 'x y' is not a language tag",
        ],
    ),
}


@pytest.mark.parametrize("name", DROPPED)
def test_each_text_because_of_which_a_statement_is_dropped_is_reported(name: str, tmp_path: Path) -> None:
    text, messages = DROPPED[name]
    assert faults_of(text, NAME, tmp_path) == messages


KEPT = {
    "a key that the context sets to null": '{"@context": {"n": null}, "n": "no", "http://e.org/p": 1}',
    "a key without a value": '{"@id": "http://e.org/a", "name": null, "http://e.org/p": 1}',
    "keys within a JSON literal": '{"http://e.org/p": {"@type": "@json", "@value": {"@label": 1, "name": {"a": [2]}}}}',
    "a relative IRI": '{"@id": "a", "http://e.org/p": {"@id": "../b"}}',
    "a scoped context": (
        '{"@context": {"p": {"@id": "http://e.org/p", "@context": {"q": "http://e.org/q"}}}, "p": {"q": 1}}'
    ),
    "a nested property": '{"@context": {"q": "http://e.org/q", "n": "@nest"}, "n": {"q": 1}}',
    "a reverse property": '{"@id": "a", "@reverse": {"http://e.org/p": {"@id": "b"}}}',
    "an alias": '{"@context": {"id": "@id", "type": "@type", "T": "http://e.org/T"}, "id": "a", "type": "T"}',
    "a text like a context": '{"http://e.org/p": "\\"@context\\": null, \\"@vocab\\": null, {{{[["}',
}


@pytest.mark.parametrize("name", KEPT)
def test_what_json_ld_allows_is_read_as_another_implementation_reads_it(name: str, tmp_path: Path) -> None:
    read = statements_of(KEPT[name], NAME, tmp_path)
    expected = pyld.jsonld.to_rdf(json.loads(KEPT[name]), {"base": BASE})
    assert len(read) == len(expected["@default"])


REMOTE = {
    '{"@context": "https://schema.org/", "name": "x"}': ("1:14", "https://schema.org/"),
    '{"@context": [{"a": "http://e.org/a"},\n "https://e.org/c.jsonld"], "name": "x"}': (
        "2:2",
        "https://e.org/c.jsonld",
    ),
    '[{"a": {"@context": "c.jsonld", "name": "x"}}]': ("1:21", "c.jsonld"),
    '{"@context": {"@import": "https://e.org/i"}, "name": "x"}': ("1:26", "https://e.org/i"),
    '{"@context": {"p": {"@id": "http://e.org/p", "@context": "https://e.org/s"}}, "p": {"q": 1}}': (
        "1:58",
        "https://e.org/s",
    ),
}


@pytest.mark.parametrize("text", REMOTE)
def test_a_context_at_another_address_is_named_and_not_fetched(text: str, tmp_path: Path) -> None:
    place, address = REMOTE[text]
    message = f"{place}: the context '{address}' is at another address, and nothing is fetched"
    assert faults_of(text, NAME, tmp_path) == [message]


def test_the_address_of_the_published_context_stands_for_it(tmp_path: Path) -> None:
    text = f'{{"@context": "{CONTEXT_ADDRESS}", "@id": "https://example.org/a", "@type": "tlp:Degree"}}'
    assert len(statements_of(text, NAME, tmp_path)) == 1
    # Its text is longer, and shifts no column.
    assert faults_of(text.replace("@type", "name"), NAME, tmp_path)[0].startswith("1:92: the key 'name'")


FAULTS = {
    '{"@id": "http://e.org/a",\n "http://e.org/p": "x",}': "2:24: this is not JSON: '}'",
    '{"@id": "http://e.org/a",\n "http://e.org/p": "x"': "2:23: the file ends too early",
    "[1, 2\n": "2:1: the file ends too early",
    '{"@id": "http://e.org/a",\n "@id": "http://e.org/b"}': "2:9: an object has @id twice, before or at this place",
    '{"@id": "a", "@reverse": {"http://e.org/p": "x"}}': '1:45: a property under @reverse has the text "x"',
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_in_plain_words_with_its_place(text: str, tmp_path: Path) -> None:
    assert faults_of(text, NAME, tmp_path) == [FAULTS[text]]


def test_the_encoding_is_utf_8_with_or_without_a_mark(tmp_path: Path) -> None:
    text = '{"@id": "http://e.org/a",\n "http://e.org/p": "é"}'
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
        assert statements_of(data, NAME, tmp_path) == ['<http://e.org/a> <http://e.org/p> "é"']
    assert faults_of(text.encode("latin-1"), NAME, tmp_path) == ["2:21: the text here is not UTF-8"]
    assert faults_of(text.encode("utf-16"), NAME, tmp_path) == ["1:1: the file is in UTF-16"]


@pytest.mark.parametrize("levels", [201, 4_000, 300_000])
def test_objects_and_arrays_are_nested_to_a_bound(levels: int, tmp_path: Path) -> None:
    texts = ('{"http://e.org/p":' * levels + "1" + "}" * levels, "[" * levels + "]" * levels, "[" * levels)
    for text in texts:
        assert faults_of(text, NAME, tmp_path)[0].endswith("more than 200 objects and arrays are nested here")
    assert len(statements_of('{"http://e.org/p":' * 200 + "1" + "}" * 200, NAME, tmp_path)) == 200


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_ld, "MAX_JSON_LD_BYTES", 5)
    with pytest.raises(UnreadableInputError, match="more than 5 bytes of JSON-LD"):
        statements_of('{"@id": "a"}', NAME, tmp_path)


def test_at_most_so_many_faults_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_ld, "MAX_RDF_FAULTS", 3)
    text = "{" + ", ".join(f'"k{number}": 1' for number in range(10)) + "}"
    assert len(faults_of(text, NAME, tmp_path)) == 3


def test_a_string_that_is_too_long_for_the_parser_is_named_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_ld, "MAX_RDF_TERM_BYTES", 100)
    text = '{"@id": "urn:a",\n "urn:p": "' + "x" * 100 + '"}'
    [fault] = faults_of(text, "a.jsonld", tmp_path)
    assert fault.startswith("2:11: a literal or an IRI has more than ")
