"""The page of a report: violations first, and the results of a rule together."""

from __future__ import annotations

import re

from tests.web.conftest import site_from
from tlevel_rdf.web.html.report import report_page

SITE = site_from("<https://data.example.org/id/a> <http://www.w3.org/2000/01/rdf-schema#label> 'A thing' .")


def result(number: int, severity: str, rule: str, message: str, focus: str) -> str:
    return f"""<https://e.org/report#result-{number}> a sh:ValidationResult ; sh:resultSeverity sh:{severity} ;
        sh:sourceShape <https://w3id.org/tlevel/def/shapes#{rule}> ; sh:resultMessage "{rule}: {message}"@en ;
        sh:focusNode <https://data.example.org/id/{focus}> ."""


def page(*results: str) -> str:
    text = "\n".join(("@prefix sh: <http://www.w3.org/ns/shacl#> .", *results))
    return report_page(SITE, text.encode()).decode()


def test_violations_come_first_and_results_of_a_rule_together() -> None:
    text = page(
        result(1, "Info", "R2", "Look.", "a"),
        result(2, "Violation", "R9", "Wrong.", "a"),
        result(3, "Info", "R2", "Look.", "b"),
    )
    assert re.findall("<h2>(.*?)</h2>", text) == ["Wrong.", "Look."]
    assert "3 results" in text
    assert ">A thing</a>" in text
    assert text.index("violation</p>") < text.index("note</p>")


def test_an_empty_report_says_so() -> None:
    assert "The checks found nothing." in page()
