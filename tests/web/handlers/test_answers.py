"""The pages of questions: their forms, their answers as links, and what to try without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest

from tests.web.conftest import BROWSER

if TYPE_CHECKING:
    from tests.web.conftest import Send


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ways-to-a-job?job=OPTICIAN", 'href="/doc/occupation/dispensing-optician"'),
        ("ways-to-a-job?job=optician", "by the apprenticeship"),
        (
            "compare-specialisms?first=optical+care+services&second=Assisting+with+Healthcare+Science",
            "After Optical Care",
        ),
        ("steps-to-bypass-or-shorten", "may be bypassed (printed as not applicable)"),
        ("steps-to-bypass-or-shorten?t-level=healthcare+science", "after the T Level in Healthcare Science"),
        ("open-t-levels?year=2026", "T Levels in 2026"),
        ("open-t-levels", "T Levels in 2026"),
    ],
)
def test_an_answer_has_links_and_the_same_in_json(send: Send, path: str, expected: str) -> None:
    response = send(f"/questions/{path}", BROWSER)
    page = response.content.decode()
    assert (response.status, expected in page) == (200, True), page
    assert f'href="/api/questions/{path.partition("?")[0]}' in page


@pytest.mark.parametrize(
    "path", ["ways-to-a-job", "ways-to-a-job?job=+", "compare-specialisms?first=Optical+Care+Services"]
)
def test_a_form_without_values_gives_no_answer(send: Send, path: str) -> None:
    page = send(f"/questions/{path}", BROWSER).content.decode()
    assert "<form" in page
    assert 'id="answer"' not in page


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ways-to-a-job?job=dispensing+opticien", "Did you mean"),
        ("ways-to-a-job?job=zzzz", "search all things for “zzzz”"),
        ("compare-specialisms?first=Optical+Care+Service&second=Legal", "first=Optical+Care+Services&amp;second=Legal"),
        ("steps-to-bypass-or-shorten?t-level=Healthcare+Scienc", "t-level=Healthcare+Science"),
        ("open-t-levels?year=2001", "Try a later year"),
    ],
)
def test_an_empty_answer_says_what_to_try(send: Send, path: str, expected: str) -> None:
    response = send(f"/questions/{path}", BROWSER)
    assert (response.status, expected in response.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "path", ["open-t-levels?year=x", "open-t-levels?year=99999", "open-t-levels?year=%D9%A2%D9%A0"]
)
def test_a_year_that_is_none_is_a_problem_on_the_page(send: Send, path: str) -> None:
    response = send(f"/questions/{path}", BROWSER)
    assert (response.status, "is not a year" in response.content.decode()) == (400, True)


@pytest.mark.parametrize("path", ["ways-to-a-job?colour=red", f"ways-to-a-job?job={'a' * 201}"])
def test_other_parameters_and_long_values_are_refused(send: Send, path: str) -> None:
    assert send(f"/questions/{path}", BROWSER).status == 400


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '") } #', "\\u0041", "%00"])
def test_hostile_values_are_shown_as_text_or_refused(send: Send, text: str) -> None:
    response = send(f"/questions/ways-to-a-job?job={quote_plus(text)}", BROWSER)
    assert response.status in {200, 400, 403}
    assert "<script>alert" not in response.content.decode()
