"""A publisher schedules an approved text, sees it in the calendar, and readers get it when its time has come."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from procrastinate.contrib.django import app

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.deferring import PUBLISH_DUE
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import Status
from tests.cast import make_cast
from tests.conftest import ContextMaker
from tests.documents import approved, draft, fresh
from tests.journeys.people_at_work import sign_in
from tests.working import work

pytestmark = pytest.mark.django_db(transaction=True)


AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# How far a label stands from the bar that marks its field as faulty.
FROM_THE_BAR = "all => all.map(each => each.querySelector('label').offsetLeft - each.offsetLeft)"


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule and the first element for each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document)")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def fill_in(page: Page, moment: str) -> None:
    """Fill in day and time of publication."""
    day, time = moment.split("T")
    goes_live = page.get_by_role("group", name="Goes live")
    goes_live.get_by_label("Day").fill(day)
    goes_live.get_by_label("Time").fill(time)
    page.get_by_role("button", name="Schedule", exact=True).click()


def test_a_text_is_scheduled_fires_and_is_live(page: Page, phone_page: Page) -> None:
    cast = make_cast()
    edition = approved(cast, "term")
    moment = timezone.now() + timedelta(days=1)
    sign_in(page, cast.publisher)
    page.goto(document_url(edition.document))

    page.get_by_role("link", name="Schedule", exact=True).last.click()
    fill_in(page, "2001-01-01T09:00")
    expect(page.get_by_role("alert")).to_contain_text("This time has passed already.")
    expect(page.get_by_role("group", name="Goes live").get_by_label("Day")).to_have_value("2001-01-01")
    fill_in(page, f"{moment:%Y-%m-%dT%H:%M}")

    expect(page.get_by_text(f"It goes live on {moment.day} {moment:%B %Y, %H:%M} UTC.")).to_be_visible()
    page.goto(f"/admin/schedule/?month={moment:%Y-%m}")
    expect(page.get_by_role("link", name=f"{moment:%H:%M} Sample term")).to_be_visible()
    assert phone_page.goto("/glossary/sample-term/").status == 404  # type: ignore[union-attr]  # it has an answer

    actions.publish_due(moment)
    projection.refresh_stale()

    phone_page.goto("/glossary/sample-term/")
    expect(phone_page.get_by_role("heading", name="Sample term", level=1)).to_be_visible()
    assert fresh(edition).state is Status.PUBLISHED


def test_the_worker_publishes_what_is_due_by_the_clock(page: Page) -> None:
    cast = make_cast()
    edition = approved(cast, "term")
    actions.schedule(
        edition,
        actions.Window(timezone.now() - timedelta(minutes=1)),
        by=cast.publisher,
        at=timezone.now() - timedelta(hours=1),
        seen=edition.text.digest,
    )
    app.configure_task(PUBLISH_DUE).defer(timestamp=0)

    work()

    page.goto("/glossary/sample-term/")
    expect(page.get_by_role("heading", name="Sample term", level=1)).to_be_visible()


def test_an_emergency_is_confirmed_and_shouted_about(page: Page) -> None:
    cast = make_cast()
    edition: Edition = draft(cast, "term")
    sign_in(page, cast.publisher)
    page.goto(document_url(edition.document))

    page.get_by_role("link", name="Publish in an emergency", exact=True).click()
    page.get_by_role("button", name="Publish without a review").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why this cannot wait")
    field, box = page.locator(".field--faulty").evaluate_all(FROM_THE_BAR)
    assert (field > 8, box > 40) == (True, True)
    page.get_by_label("Why can it not wait?").fill("A number is wrong.")
    page.get_by_role("button", name="Publish without a review").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick this to publish.")
    expect(page.get_by_label("Why can it not wait?")).to_have_value("A number is wrong.")
    page.get_by_label("I know that nobody has approved this text").check()
    page.get_by_role("button", name="Publish without a review").click()

    expect(page.get_by_role("heading", name="Published in an emergency: its review is pending")).to_be_visible()
    assert fresh(edition).review_is_pending


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_schedules_and_emergencies_have_no_fault_that_axe_finds(
    scheme: str, new_context: ContextMaker
) -> None:
    cast = make_cast()
    edition, other = approved(cast, "term"), draft(cast, "term", slug="another")
    window = actions.Window(timezone.now() + timedelta(minutes=1))
    actions.schedule(edition, window, by=cast.publisher, at=timezone.now(), seen=edition.text.digest)
    page = new_context(color_scheme=scheme).new_page()
    sign_in(page, cast.publisher)

    faults = {}
    addresses = [document_url(edition.document), document_url(edition.document, "schedule"), "/admin/schedule/"]
    for address in [*addresses, document_url(other.document, "emergency")]:
        page.goto(address)
        faults[address] = violations(page)

    assert set(map(tuple, faults.values())) == {()}, faults
