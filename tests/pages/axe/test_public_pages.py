"""Every public page in a real browser: axe-core finds nothing, nothing overflows, nothing else is loaded."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from tests.pages import samples

SITE = "https://site.test"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a look can change; the rest of the rules ask only about the elements.
RULES_OF_LOOKS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block", "target-size"]
LOOKS: dict[str, dict[str, Any]] = {
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "high contrast": {"viewport": {"width": 390, "height": 844}, "contrast": "more"},
    "dark, high contrast": {"viewport": {"width": 390, "height": 844}, "contrast": "more", "color_scheme": "dark"},
}
OpenSample = Callable[[str], Page]


def answer(route: Route) -> None:
    """Serve a sample page or a static file; anything else is not there."""
    path = route.request.url.removeprefix(SITE)
    found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
    name = path.strip("/").replace("%20", " ")
    if found:
        route.fulfill(path=Path(found))
    elif name in samples.PAGES:
        template, page = samples.PAGES[name]
        html = render_to_string(template, {"page": page} if page else None)
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(status=404)


@pytest.fixture
def look() -> dict[str, Any]:
    """How the reader has set the browser: on a desk, unless a test says otherwise."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def open_sample(look: dict[str, Any], browser: Browser) -> Iterator[OpenSample]:
    """Opens a sample page by name; fails in the end if the page asked for anything that is not there."""
    context = browser.new_context(**look)
    missing: list[str] = []
    context.on("response", lambda response: missing.append(response.url) if not response.ok else None)
    context.route("**/*", answer)
    page = context.new_page()

    def open_page(name: str) -> Page:
        page.goto(f"{SITE}/{name}")
        return page

    yield open_page
    context.close()
    assert missing == []


def violations(page: Page, kind: str, values: list[str]) -> list[tuple[str, str]]:
    """What axe-core finds by these rules: the rule and the first element for each."""
    page.evaluate(AXE)
    options = {"runOnly": {"type": kind, "values": values}}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]]


@pytest.mark.parametrize("name", samples.PAGES)
def test_axe_finds_nothing(open_sample: OpenSample, name: str) -> None:
    page = open_sample(name)

    assert violations(page, "tag", EVERY_RULE) == []
    assert page.evaluate("document.styleSheets.length") > 3


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_page_stays_readable_however_the_reader_sets_the_browser(open_sample: OpenSample) -> None:
    for name in samples.PAGES:
        page = open_sample(name)

        assert violations(page, "rule", RULES_OF_LOOKS) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
