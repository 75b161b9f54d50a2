"""Who may enter the desk, and what everybody else gets."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alstrom_site.editorial.admin.addresses import document_url, list_url, step_url, text_url
from alstrom_site.editorial.models import Edition
from tests.cast import Cast
from tests.documents import draft, fresh
from tests.editorial.admin.desk_visits import seen_form, signed_in
from tests.signing_in import sign_in

PAGES = ("standing", "review", "compare", "owner", "change")


def addresses(edition: Edition) -> list[str]:
    """Return an address of every page of the desk."""
    document = edition.document
    return [
        reverse("admin:index"),
        reverse("admin:editorial-document", args=[document.pk]),
        list_url(),
        list_url(document.kind),
        text_url(document, edition.text),
        step_url(document, "submit"),
        *(document_url(document, page) for page in PAGES),
    ]


def test_strangers_get_the_sign_in_form_everywhere(cast: Cast) -> None:
    for address in addresses(draft(cast)):
        response = Client().get(address)

        assert response.status_code == 302, address
        assert response.headers["Location"].startswith(reverse("admin:login")), address


def test_people_without_a_role_are_told_so_everywhere(cast: Cast) -> None:
    for address in addresses(draft(cast)):
        response = signed_in(cast.stranger).get(address)

        assert response.status_code == 403, address
        assert "Your account has no role at this desk." in response.content.decode(), address


def test_a_stranger_who_sends_a_step_changes_nothing(cast: Cast) -> None:
    edition = draft(cast)

    Client().post(step_url(edition.document, "submit"), seen_form(edition))
    signed_in(cast.stranger).post(step_url(edition.document, "submit"), seen_form(edition))

    assert fresh(edition).status == "draft"


def test_a_step_needs_the_token_of_the_page(cast: Cast) -> None:
    edition = draft(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor)

    response = client.post(step_url(edition.document, "submit"), seen_form(edition))

    assert response.status_code == 403
    assert fresh(edition).status == "draft"


def test_somebody_without_a_role_can_sign_out(cast: Cast) -> None:
    client = signed_in(cast.stranger)

    client.post(reverse("admin:logout"))

    assert "_auth_user_id" not in client.session


def test_signing_in_without_a_role_says_what_to_do(cast: Cast) -> None:
    response = sign_in(Client(), "stranger", next=reverse("admin:index"))

    assert "This account has no role at the desk." in response.content.decode()


@pytest.mark.parametrize("name", ["editor", "reviewer", "publisher", "administrator", "superuser"])
def test_every_role_signs_in(cast: Cast, name: str) -> None:
    client = Client()

    sign_in(client, name, next=reverse("admin:index"))

    assert client.get(reverse("admin:index")).status_code == 200


def test_no_page_of_the_desk_holds_a_style_or_a_script_inline(cast: Cast) -> None:
    edition = draft(cast)
    client = signed_in(cast.everything)
    pages = [*addresses(edition), reverse("account_login"), reverse("account_change_password")]

    for address in pages:
        response = client.get(address, follow=True)
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html), address
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], address


def test_a_text_of_another_document_is_not_found_under_this_one(cast: Cast) -> None:
    edition, other = draft(cast), draft(cast, "term")
    client = signed_in(cast.reviewer)

    elsewhere = client.get(text_url(edition.document, other.text))
    compared = client.get(f"{document_url(edition.document, 'compare')}?from={other.text.pk}&to={edition.text.pk}")

    assert elsewhere.status_code == compared.status_code == 404
