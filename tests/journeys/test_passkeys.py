"""A passkey from end to end in a real browser, whose device is a virtual one: added, signed in with, signed with."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone
from playwright.sync_api import Page, expect

from alstrom_site.accounts.models import User
from alstrom_site.accounts.signature_form import SignatureForm
from alstrom_site.accounts.signing import SignatureRefused
from tests.cast import PASSWORD, Cast
from tests.conftest import ContextMaker
from tests.journeys.people_at_work import sign_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGE = """
{% extends "admin/base_site.html" %}
{% block content %}<form method="post" novalidate>{% csrf_token %}
<p class="field"><label for="said">Comment</label><textarea id="said" name="said">{{ said }}</textarea></p>
{% include "components/signature.html" with label="Sign and record" %}</form>
<p id="outcome">{{ outcome }}</p>{% endblock %}
"""


def signing(request: HttpRequest) -> HttpResponse:
    """A page with a form that is signed, as the review screen is one."""
    assert isinstance(request.user, User)
    form = SignatureForm(request.POST or None, person=request.user)
    outcome = ""
    if request.method == "POST":
        try:
            outcome = f"signed with {form.sign(request, at=timezone.now())}"
        except SignatureRefused:
            outcome = "refused"
    shown = {**admin.site.each_context(request), "signature": form, "said": request.POST.get("said", "")}
    return HttpResponse(engines["django"].from_string(PAGE).render({**shown, "outcome": outcome}, request))


urlpatterns = [path("admin/signing/", signing), path("", include("alstrom_site.urls"))]


@pytest.fixture
def device(new_context: ContextMaker, settings: Any) -> Page:
    """A page on a device that knows its owner."""
    settings.ROOT_URLCONF = __name__
    page = new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def add_passkey(page: Page) -> None:
    page.goto("/admin/account/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Test device")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes", level=1)).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/admin/account/logout/")
    page.get_by_role("button", name="Yes, sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_a_passkey_is_added_signs_in_and_signs_what_was_typed_before(device: Page, cast: Cast) -> None:
    sign_in(device, cast.reviewer)
    add_passkey(device)
    sign_out(device)

    device.get_by_role("button", name="Use a passkey").click()
    expect(device.get_by_role("heading", name="Your desk", level=1)).to_be_visible()

    device.goto("/admin/signing/")
    device.get_by_label("Comment").fill("Half of a verdict")
    device.context.clear_cookies(name="csrftoken")
    device.get_by_role("button", name="Sign and record with a passkey").click()
    device.get_by_role("button", name="Send it now").click()
    device.get_by_role("button", name="Sign and record with a passkey").click()

    expect(device.locator("#outcome")).to_have_text("signed with passkey")
    expect(device.get_by_label("Comment")).to_have_value("Half of a verdict")


def test_after_a_password_the_passkey_is_the_second_step(device: Page, cast: Cast) -> None:
    sign_in(device, cast.reviewer)
    add_passkey(device)
    sign_out(device)

    device.get_by_label("User name").fill("reviewer")
    device.get_by_label("Password").fill(PASSWORD)
    device.get_by_role("button", name="Sign in", exact=True).click()
    expect(device.get_by_role("heading", name="Second step", level=1)).to_be_visible()
    device.get_by_role("button", name="Use a passkey").click()

    expect(device.get_by_role("heading", name="Your desk", level=1)).to_be_visible()


def test_a_device_without_the_passkey_says_so_and_the_password_still_signs(device: Page, cast: Cast) -> None:
    sign_in(device, cast.reviewer)
    add_passkey(device)
    device.goto("/admin/signing/")
    device.get_by_label("Comment").fill("Half of a verdict")
    device.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )

    device.get_by_role("button", name="Sign and record with a passkey").click()
    expect(device.get_by_role("status")).to_have_text(re.compile("The passkey was not used"))
    device.get_by_label("Your password").fill(PASSWORD)
    device.get_by_role("button", name="Sign and record", exact=True).click()

    expect(device.locator("#outcome")).to_have_text("signed with password")


def test_a_wrong_password_loses_nothing_that_was_typed(device: Page, cast: Cast) -> None:
    sign_in(device, cast.reviewer)
    device.goto("/admin/signing/")
    device.get_by_label("Comment").fill("Half of a verdict")
    device.get_by_label("Your password").fill("wrong")
    device.get_by_role("button", name="Sign and record", exact=True).click()

    expect(device.locator("#outcome")).to_have_text("refused")
    expect(device.get_by_label("Comment")).to_have_value("Half of a verdict")
    expect(device.get_by_text("This is not your password")).to_be_visible()
    expect(device.get_by_label("Your password")).to_have_value("")
