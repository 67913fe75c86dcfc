"""The views of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.store.known_values import UnknownValue
from tlevel_rdf.web.data.answers import Answer, ComparedStep, JobWay, OpenTLevel, ShortStep
from tlevel_rdf.web.data.things import Thing
from tlevel_rdf.web.html import answers

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

A, B = Thing("Anna", "urn:a", "/a"), Thing("Bert", "urn:b", "/b")


def words(view: answers.AnswerView) -> list[str]:
    return ["".join(part.text for part in cell) for table in view.tables for row in table.rows for cell in row]


def test_each_way_to_a_job_has_its_own_words() -> None:
    ways = [
        JobWay(A, None, B, None, "stated", None, None, None, None),
        JobWay(A, None, B, A, "stated", B, None, None, A),
        JobWay(A, None, B, A, "by an apprenticeship", None, B, 4, A),
        JobWay(A, None, B, A, "mapped", None, None, None, None),
    ]
    view = answers.view_job("anna", Answer(ways, []))
    assert view.summary == "1 job found for “anna”."
    own = answers.view_job("a", Answer([JobWay(A, "OCC1", B, None, "stated", None, None, None, None)], []))
    assert [table.heading.text for table in own.tables] == ["Anna (OCC1)"]
    assert words(view)[2::4] == [
        "named directly",
        "named as Bert, which is linked to this occupation",
        "by the apprenticeship Bert at level 4",
        "listed under this occupation by the occupational map",
    ]


def test_a_comparison_says_which_specialism_has_no_profile() -> None:
    view = answers.view_comparison(
        "X", "Y", Answer([ComparedStep(A, "Degree", None, after_first=True, after_second=False)], [])
    )
    assert view.summary == "1 next step, none of them after both. No profile here lists next steps after Y."
    assert words(view) == ["Anna", "Degree", "not stated", "named", "not named"]
    assert "No profile here lists" in answers.view_comparison("X", "Y", Answer([], [])).summary
    unknown = answers.view_comparison("X", "Y", Answer([], [UnknownValue("first", "X", ("XX", "XY"))]))
    (links,) = unknown.to_try
    assert [link.href for link in links if link.href] == [
        "/questions/compare-specialisms?first=XX&second=Y",
        "/questions/compare-specialisms?first=XY&second=Y",
    ]


def test_short_steps_and_open_t_levels_are_rows_of_links() -> None:
    step = ShortStep(A, "Apprenticeship", 3, B, A, "shorten", "https://e.org/x", None)
    view = answers.view_short_steps("", Answer([step], []))
    assert words(view)[:2] == [
        "Anna, apprenticeship at level 3",
        "may be shortened (printed as accelerated). Mapping document (e.org)",
    ]
    assert answers.view_short_steps("B", Answer([], [])).to_try
    assert answers.view_short_steps("B", Answer([], [UnknownValue("t_level", "B", ())])).summary.startswith(
        "The data has no"
    )
    opened = answers.view_open(2026, Answer([OpenTLevel(A, None, "2024-09-01", None)], []))
    assert words(opened) == ["Anna", "", "1 September 2024", "no date stated"]


def test_a_thing_leads_to_the_questions_about_it() -> None:
    (link,) = answers.questions_about({terms.OCCUPATIONAL_SPECIALISM.value}, "A & B", has_options=True)
    assert link.href == "/questions/compare-specialisms?first=A+%26+B"
    assert answers.questions_about({terms.ROUTE.value}, "A", has_options=True) == []


def test_forms_have_the_values_of_the_data_and_what_the_client_sent(site: Site) -> None:
    first, second = answers.compare_fields(site, "optical care services", "none")
    assert (first.value, second.value) == ("Optical Care Services", "none")
    assert ("Healthcare Science", True) in [(name, "Optical Care Services" in values) for name, values in first.groups]
    (t_level,) = answers.t_level_fields(site, "healthcare science")
    assert t_level.value == "Healthcare Science"
    (job,), (year,) = answers.job_fields("<b>"), answers.year_fields("2027")
    view = answers.AnswerView("None.", to_try=([],))
    page = answers.answer_page(site, answers.WAYS_TO_JOB, [job, year], view).decode()
    assert 'value="&lt;b&gt;"' in page
    assert 'href="/api/questions/ways-to-a-job.csv?job=%3Cb%3E&amp;year=2027"' in page
    assert answers.view_job("x", Answer([], [])).to_try


def test_a_t_level_without_next_steps_has_no_question_about_them() -> None:
    types = {terms.T_LEVEL.value, terms.OCCUPATION.value}
    assert [link.href for link in answers.questions_about(types, "A b", has_options=True)] == [
        "/questions/steps-to-bypass-or-shorten?t-level=A+b",
        "/questions/ways-to-a-job?job=A+b",
    ]
    assert [link.href for link in answers.questions_about(types, "A b", has_options=False)] == [
        "/questions/ways-to-a-job?job=A+b"
    ]


def test_each_question_names_an_example_query() -> None:
    assert {one.query for one in answers.QUESTIONS} <= example_queries().keys()
