"""Every public page in a real browser: axe-core finds nothing, nothing overflows, nothing else is loaded."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, ViewportSize

from tests.pages import samples

SITE = "https://site.test"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a look can change; the rest of the rules ask only about the elements.
RULES_OF_LOOKS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block", "target-size"]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
LOOKS: dict[str, tuple[ViewportSize, dict[str, Any]]] = {
    "narrow": (SMALLEST, {"color_scheme": "light", "contrast": "no-preference"}),
    "dark": (PHONE, {"color_scheme": "dark", "contrast": "no-preference"}),
    "high contrast": (PHONE, {"color_scheme": "light", "contrast": "more"}),
    "dark, high contrast": (PHONE, {"color_scheme": "dark", "contrast": "more"}),
}


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
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desk; the test fails in the end if it asked for anything that is not there."""
    context = browser.new_context(viewport=DESK)
    missing: list[str] = []
    context.on("response", lambda response: missing.append(response.url) if not response.ok else None)
    context.route("**/*", answer)
    yield context.new_page()
    context.close()
    assert missing == []


def violations(page: Page, kind: str, values: list[str]) -> list[tuple[str, str]]:
    """What axe-core finds by these rules: the rule and the first element for each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    options = {"runOnly": {"type": kind, "values": values}}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]]


@pytest.mark.parametrize("name", samples.PAGES)
def test_axe_finds_nothing_however_the_reader_sets_the_browser(page: Page, name: str) -> None:
    page.goto(f"{SITE}/{name}")

    assert violations(page, "tag", EVERY_RULE) == []
    assert page.evaluate("document.styleSheets.length") > 3
    for look, (size, medium) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(**medium)

        assert violations(page, "rule", RULES_OF_LOOKS) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
