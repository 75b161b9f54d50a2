"""The same hostile texts in a real browser: nothing runs, nothing is fetched."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from tests.pages.markdown.cast import new_renderer
from tests.pages.markdown.payloads import PAYLOADS

SITE = "http://site.test"
_EVENTS = ["mouseover", "pointerenter", "focus", "load", "error", "toggle", "animationstart", "click"]
_PROVOKE = """events => {
  document.addEventListener("click", event => event.preventDefault());
  for (const element of document.querySelectorAll("body, body *"))
    for (const name of events) element.dispatchEvent(new Event(name, {cancelable: true}));
}"""
_PROTOCOLS = """() => [...new Set([...document.querySelectorAll("a[href]")].map(link => link.protocol))].sort()"""


class Watched:
    """A page in a browser, and all it did that it should not have done."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.document = ""
        self.seen: list[str] = []
        page.on("dialog", self._dismiss)
        page.route("**/*", self._answer)

    def _dismiss(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if address == f"{SITE}/":
            route.fulfill(body=self.document, content_type="text/html; charset=utf-8")
            return
        if not address.startswith(f"{SITE}/media/images/"):
            self.seen.append(f"request {address}")
        route.abort()

    def show(self, html: str) -> list[str]:
        """Load the HTML as a page and once more as innerHTML, provoke its events, and tell what happened."""
        self.document = f"<!DOCTYPE html><meta charset=utf-8><title>x</title><main>{html}</main>"
        self.page.goto(f"{SITE}/", wait_until="load")
        self.page.evaluate(_PROVOKE, _EVENTS)
        self.page.evaluate(f"document.body.insertAdjacentHTML('beforeend', {json.dumps(html)})")
        self.page.evaluate(_PROVOKE, _EVENTS)
        self.page.wait_for_timeout(300)
        if self.page.evaluate("'__x' in window"):
            self.seen.append("script")
        return self.seen


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    page = browser.new_page()
    yield Watched(page)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("attack", "noticed"),
    [
        ("<img src=/x onerror=window.__x=1>", "script"),
        ("<svg onload=alert(1)>", "dialog 1"),
        ("<img src=https://evil.example/x>", "request https://evil.example/x"),
    ],
)
def test_the_watch_notices_an_attack_that_succeeds(watched: Watched, attack: str, noticed: str) -> None:
    assert noticed in watched.show(attack)


@pytest.mark.browser
def test_no_hostile_text_runs_a_script_or_reaches_another_host(watched: Watched) -> None:
    renderer = new_renderer()
    html = "".join(f"<section>{renderer.render(payload).html}</section>" for payload in PAYLOADS)

    assert watched.show(html) == []
    assert watched.page.evaluate(_PROTOCOLS) == ["http:", "https:", "mailto:"]
    assert watched.page.evaluate("document.querySelectorAll('section').length") == 2 * len(PAYLOADS)
