"""What was typed outlives its session: it is given back and sent again, by whoever signs in."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, Cast
from tests.documents import draft, fresh, in_review
from tests.editorial.admin.writing_visits import page
from tests.posting import Sent, fields_of, opened, sent

pytestmark = pytest.mark.django_db

TYPED = "Half an hour of typing.\n\nIn two parts."
SECRET = "not-to-be-shown-again"


@pytest.fixture
def strict() -> Client:
    """A browser whose forms need their token."""
    return Client(enforce_csrf_checks=True)


def enter(client: Client, name: str = "editor") -> None:
    """Sign in on another page of the same browser, by the form."""
    address = reverse("account_login")
    client.post(address, {"login": name, "password": PASSWORD, **token_in(client.get(address))})


def token_in(response: Any) -> Sent:
    """Return the token of the first form on a page."""
    _, _, rest = response.content.decode().partition('name="csrfmiddlewaretoken" value="')
    return {"csrfmiddlewaretoken": [rest.partition('"')[0]]} if rest else {}


def form_at(client: Client, url: str) -> Sent:
    return {**opened(client, url), **token_in(client.get(url))}


def end_session(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def enter_again(client: Client, name: str) -> None:
    end_session(client)
    enter(client, name)


def given_back(response: Any) -> Sent:
    """Return what the page that gives back would send when its button is pressed."""
    assert response.status_code == 403
    html = response.content.decode().partition('class="card card--narrow given-back"')[2]
    return {**fields_of(html), **({} if "I have signed in" in html else token_in(response))}


def test_what_is_saved_after_the_session_ended_is_given_back_and_saved(cast: Cast, strict: Client) -> None:
    edition = draft(cast, "term")
    enter(strict)
    form, url = form_at(strict, page(edition.document)), page(edition.document)
    end_session(strict)

    signed_out = sent(strict, url, form, definition=TYPED)
    enter(strict)
    signed_in = sent(strict, url, given_back(signed_out))
    saved = sent(strict, url, given_back(signed_in))

    assert "You are signed out" in signed_out.content.decode()
    assert 'class="button button-link--quiet">I have signed in: go on<' in signed_out.content.decode()
    assert "in the name of <strong>Test editor</strong>" in signed_in.content.decode()
    assert saved.status_code == 302
    assert fresh(edition).text.fields["definition"] == TYPED


def test_a_verdict_is_given_back_without_its_password(cast: Cast, strict: Client) -> None:
    edition = in_review(cast, "term")
    enter(strict, "reviewer")
    url = page(edition.document, "review")
    form = form_at(strict, url)
    enter_again(strict, "reviewer")

    response = sent(strict, url, form, comment=TYPED, **{"signature-password": SECRET})

    back = given_back(response)
    assert back["comment"] == [TYPED.replace("\n", "\r\n")]
    assert "signature-password" not in back
    assert SECRET not in response.content.decode()
    assert "You will be asked for yours again" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("name", "carried"), [("reviewer", True), ("second_reviewer", False)])
def test_a_verdict_and_its_ticks_are_carried_over_to_nobody_else(
    cast: Cast, strict: Client, name: str, carried: bool
) -> None:
    url = page(in_review(cast, "term").document, "review")
    enter(strict, "reviewer")
    form = {**form_at(strict, url), "verdict": ["approve"], "checklist": ["0", "1"], "comment": [TYPED]}
    end_session(strict)
    signed_out = sent(strict, url, form)
    enter(strict, name)

    signed_in = sent(strict, url, given_back(signed_out))

    back, html = given_back(signed_in), signed_in.content.decode()
    assert {"verdict", "checklist"} & set(back) == ({"verdict", "checklist"} if carried else set())
    assert ("Left out" in html, "Half an hour" in back["comment"][0]) == (not carried, True)
    for shown in (signed_out.content.decode(), html):
        assert "<dt>Verdict</dt><dd><pre>approve</pre></dd><dt>Checklist</dt><dd><pre>0</pre></dd>" in shown


@pytest.mark.parametrize(
    "header", [{"Origin": "https://elsewhere.test"}, {"Origin": "null"}, {"Referer": "https://elsewhere.test/a"}]
)
def test_what_another_site_sent_is_not_given_back(cast: Cast, strict: Client, header: dict[str, str]) -> None:
    edition = draft(cast, "term")
    enter(strict)

    response = strict.post(page(edition.document), {"definition": TYPED}, headers=header)

    assert response.status_code == 403
    assert "from a page of another site" in response.content.decode()
    assert "Half an hour" not in response.content.decode()


def test_a_script_gets_the_new_token_of_who_signed_in_again(cast: Cast, strict: Client) -> None:
    edition = draft(cast, "term")
    enter(strict)
    form, url = form_at(strict, page(edition.document)), page(edition.document, "typing") + "?did=type"
    end_session(strict)

    signed_out = strict.post(url, form, headers={"Accept": "*/*"})
    enter(strict)
    refused = strict.post(url, form, headers={"Accept": "*/*"}).json()
    kept = strict.post(url, {**form, "csrfmiddlewaretoken": refused["token"]}, headers={"Accept": "*/*"})

    assert (signed_out.status_code, "token" in signed_out.json()) == (403, False)
    assert refused["person"] == cast.editor.pk
    assert (kept.status_code, bool(kept.json()["kept"])) == (200, True)


def test_a_sign_in_form_that_lay_open_is_opened_again(cast: Cast, strict: Client) -> None:
    response = strict.post(reverse("account_login"), {"login": "editor", "password": SECRET})

    assert "Open it again" in response.content.decode()
    assert SECRET not in response.content.decode()
