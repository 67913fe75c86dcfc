"""One browser and one server with a small release, for all tests of pages in a real browser."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright

from tests.web.conftest import serving
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from tlevel_rdf.release.release import Release

    #: Opens a page at a path; the keywords are options of the browser context.
    Open = Callable[..., Page]

#: axe-core, from the package that carries it.
AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def address(small_release: Release) -> Iterator[str]:
    settings = Settings(workers=1)
    site = site_of(open_dataset([small_release.folder], settings).with_counts(), settings)
    with serving(site) as client:
        yield str(client.base_url)


# Playwright keeps an event loop running in this thread, in which tests of other folders start loops of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        pytest.fail("Chromium is not installed. Run: apt-get install chromium")
    # A page of another site embeds the map, from an address of this machine.
    options = ["--disable-features=LocalNetworkAccessChecks", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Return a function that opens a page; at the end, no page has loaded from elsewhere or reported an error."""
    faults: list[str] = []
    contexts = []

    def check_request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            faults.append(f"request to {request.url}")

    def check_console(message: ConsoleMessage) -> None:
        # The browser reports the status of an error page itself.
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            faults.append(message.text)

    def open_in_context(path: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]  # options of the browser
        contexts.append(context)
        page = context.new_page()
        page.on("request", check_request)
        page.on("console", check_console)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    yield open_in_context
    for context in contexts:
        context.close()
    assert not faults
