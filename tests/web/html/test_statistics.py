"""The page of the statistics: each plot stands beside its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.conftest import site_from
from tlevel_rdf.web.html.statistics import statistics_page

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def test_the_longest_bar_is_the_largest_number(site: Site) -> None:
    page = statistics_page(site).decode()
    table = page[page.index('id="options"') : page.index('id="coverage"')]
    numbers = [int(one.replace(",", "")) for one in re.findall(r'data-column="Next steps">([\d,]+)<', table)]
    widths = [float(one) for one in re.findall(r'<rect width="([\d.]+)" height="10"', table)]
    assert widths == [round(100 * number / max(numbers), 1) for number in numbers]


def test_each_t_level_shows_its_share_of_codes_and_links(site: Site) -> None:
    page = statistics_page(site).decode()
    row = page[page.index(">Healthcare Science</a></th>") :].partition("</tr>")[0]
    assert len(re.findall(r"\d+ of \d+ <svg", row)) == 2


def test_other_data_has_no_plots() -> None:
    assert b"<svg" not in statistics_page(site_from("<https://e.org/a> <https://e.org/p> 1 ."))
