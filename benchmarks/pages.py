"""Measure a page of each kind: what a browser loads for it, and how long its answer takes.

`python benchmarks/pages.py RELEASES` prints for each page its bytes with all styles, scripts and pictures, compressed,
and the milliseconds of CPU of its first and second answer in one process, as a worker has it. It ends with status 1
if a page is above the limits.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import Site, site_of
from tlevel_rdf.web.html.rendering import load_templates
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.router import respond

PAGES = (
    "/",
    "/search?q=optician",
    "/search?q=engineering",
    "/search?kind=Occupation",
    "/doc/t-level/healthcare-science",
    "/doc/t-level/legal-services",
    "/doc/specialism/healthcare-science/optical-care-services",
    "/doc/apprenticeship/level-6/dispensing-optician",
    "/doc/degree/optometry",
    "/doc/occupation/OCC0774",
    "/doc/standard/ST0774",
    "/doc/route/health-and-science",
    "/doc/qualification/603-7083-x",
    "/doc/source/000-80ba2ef1bfb81c71-txt",
    "/doc/option/healthcare-science/optical-care-services/degree/optometry",
    "/def/progression",
    "/def/level",
    "/def/shapes",
    "/def/soc2020",
    "/report",
    "/releases",
    "/codes/",
    "/codes/soc-2020/3211",
    "/catalogue",
    "/void",
    "/queries/",
    "/queries/options-after-specialism",
    "/queries/options-after-specialism?specialism=Optical+Care+Services",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ftype+%7D+LIMIT+20&format=html",
    "/questions/ways-to-a-job?job=optician",
    "/questions/ways-to-a-job?job=engineer",
    "/questions/compare-specialisms",
    "/questions/compare-specialisms?first=Optical+Care+Services&second=Assisting+with+Healthcare+Science",
    "/questions/steps-to-bypass-or-shorten",
    "/questions/open-t-levels",
    "/no/such/page",
)
LOADED = re.compile(r'<(?:script|img)[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"')
MAX_BYTES = 80_000
#: With the editor, which no other page has.
MAX_QUERY_PAGE_BYTES = 200_000
MAX_MILLISECONDS = 100


def get(site: Site, target: str, coding: str = "br") -> Response:
    """Return the answer to a browser."""
    path, _, query = target.partition("?")
    return respond(site, Request("GET", path, query, (("accept", "text/html,*/*;q=0.8"), ("accept-encoding", coding))))


def timed(site: Site, target: str) -> tuple[Response, float]:
    """Return the answer and the milliseconds of CPU that it took."""
    begin = time.process_time()
    response = get(site, target)
    return response, 1000 * (time.process_time() - begin)


def main(releases: Path) -> bool:
    """Print a line for each page, and return True if all are within the limits."""
    settings = Settings()
    site = site_of(open_dataset([releases], settings), settings)
    load_templates()
    get(site, "/no/such/page")
    is_good = True
    print(f"{'bytes':>8} {'page':>8} {'first':>7} {'second':>7}  address")
    for target in PAGES:
        response, first = timed(site, target)
        _, second = timed(site, target)
        text = get(site, target, "identity").content.decode()
        parts = {one or other for one, other in LOADED.findall(text)}
        total = response.length + sum(get(site, part).length for part in parts)
        limit = MAX_QUERY_PAGE_BYTES if target.partition("?")[0] == "/sparql" else MAX_BYTES
        above = " <- too heavy" * (total > limit) + " <- too slow" * (first > MAX_MILLISECONDS)
        is_good = is_good and not above
        print(f"{total:8,} {response.length:8,} {first:7.0f} {second:7.0f}  {response.status} {target}{above}")
    return is_good


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    sys.exit(not main(Path(sys.argv[1])))
