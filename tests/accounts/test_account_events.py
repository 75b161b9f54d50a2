"""What is done to an account is noted for good, and nobody gains another's signature by it."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from alstrom_site.accounts import actions
from alstrom_site.accounts.models import AccountEvent, User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER, PUBLISHER
from tests.cast import NOW, PASSWORD, Cast, person
from tests.passkeys import Passkey
from tests.posting import opened, sent
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

Noted = list[tuple[str, str, str]]
NEW_PASSWORD = "another long one"


def noted(about: User) -> Noted:
    """What was noted about this person: what, which role, by whom."""
    events = AccountEvent.objects.filter(person=about).order_by("pk")
    return [(event.what, event.detail, str(event.by)) for event in events]


def page(about: User, name: str = "change") -> str:
    return f"/admin/accounts/user/{about.pk}/{name}/"


def group(name: str) -> str:
    return str(Group.objects.get(name=name).pk)


@pytest.fixture
def administrator(cast: Cast, client: Client) -> Client:
    """A browser in which the administrator is signed in, having shown the password a moment ago."""
    client.force_login(cast.administrator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_each_role_granted_or_taken_away_is_noted_with_who_did_it(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.editor))

    sent(administrator, page(cast.editor), fields, groups=[group(MEDICAL_REVIEWER.name), group(PUBLISHER.name)])

    by = "Test administrator"
    assert noted(cast.editor) == [
        ("role-granted", "medical reviewer", by),
        ("role-granted", "publisher", by),
        ("role-removed", "editor", by),
    ]


def test_a_save_that_changes_neither_roles_access_nor_details_notes_nothing(cast: Cast, administrator: Client) -> None:
    sent(administrator, page(cast.editor), opened(administrator, page(cast.editor)), username="another")

    assert noted(cast.editor) == []


def test_closing_and_reopening_are_noted(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.editor))
    closed = {name: value for name, value in fields.items() if name != "is_active"}

    sent(administrator, page(cast.editor), closed)
    sent(administrator, page(cast.editor), fields)

    assert [what for what, _, _ in noted(cast.editor)] == ["closed", "reopened"]


def test_a_new_person_begins_with_their_making_their_roles_and_their_link(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, "/admin/accounts/user/add/")

    sent(
        administrator,
        "/admin/accounts/user/add/",
        fields,
        username="new",
        display_name="Test new",
        email="new@test.invalid",
        groups=[group(EDITOR.name)],
    )

    added = User.objects.get(username="new")
    assert [what for what, _, _ in noted(added)] == ["made", "role-granted", "link-sent"]
    assert "Role granted: editor" in administrator.get(page(added)).content.decode()


@pytest.mark.parametrize("statement", ["UPDATE {} SET what = 'closed'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_keeps_what_was_noted(cast: Cast, statement: str) -> None:
    actions.set_roles(cast.editor, [], by=cast.administrator, at=NOW)

    with connection.cursor() as cursor:
        # What is still to be checked at commit would keep PostgreSQL from even trying to empty the table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="The record is kept"), transaction.atomic():
            cursor.execute(statement.format("accounts_accountevent"))

    assert noted(cast.editor) == [("role-removed", "editor", "Test administrator")]


def test_roles_and_their_notes_are_saved_together_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("the last write fails")

    monkeypatch.setattr(AccountEvent.objects, "create", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.set_roles(cast.editor, [], by=cast.administrator, at=NOW)

    assert cast.editor.holds(EDITOR)


# The link by which people set their own password


def link_in(text: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/admin/account/password/reset/\S+-\S+/)", str(text))
    assert found is not None, text
    return found[1]


def test_by_the_link_a_person_sets_their_own_password_once(cast: Cast, administrator: Client) -> None:
    administrator.post(page(cast.reviewer, "password-link"))
    link, visitor = link_in(str(mail.outbox[-1].body)), Client()

    form = visitor.get(link, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert sign_in(Client(), "reviewer", NEW_PASSWORD).status_code == 302
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_the_link_names_this_site_whatever_host_was_asked(cast: Cast, administrator: Client) -> None:
    administrator.post(page(cast.reviewer, "password-link"), headers={"host": "localhost"})

    assert link_in(str(mail.outbox[-1].body))


def test_a_short_password_is_refused_by_the_link_too(cast: Cast, administrator: Client) -> None:
    administrator.post(page(cast.reviewer, "password-link"))
    visitor = Client()
    form = visitor.get(link_in(str(mail.outbox[-1].body)), follow=True)

    visitor.post(form.redirect_chain[-1][0], {"password1": "short", "password2": "short"})

    assert User.objects.get(pk=cast.reviewer.pk).check_password(PASSWORD)


def test_without_an_address_nothing_is_sent_and_the_page_says_why(administrator: Client) -> None:
    without = person("without", EDITOR)
    User.objects.filter(pk=without.pk).update(email="")

    response = administrator.post(page(without, "password-link"), follow=True)

    assert "has no e-mail address. Write one and save" in response.content.decode()
    assert noted(without) == []


def test_a_mail_server_that_is_away_is_told_and_nothing_is_noted(
    cast: Cast, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)

    response = administrator.post(page(cast.editor, "password-link"), follow=True)

    assert "The mail server did not take the mail" in response.content.decode()
    assert noted(cast.editor) == []


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("editor@test.invalid", "Set your password"),
        ("EDITOR@test.invalid", "Set your password"),
        ("nobody@test.invalid", "No account with this address"),
        ("closed@test.invalid", "No account with this address"),
    ],
)
def test_whoever_asks_for_a_link_is_answered_the_same(cast: Cast, client: Client, address: str, subject: str) -> None:
    person("closed", EDITOR, active=False)

    response = client.post(reverse("account_reset_password"), {"email": address})

    assert response["Location"] == reverse("account_reset_password_done")
    assert [one.subject for one in mail.outbox] == [subject]


# Another address, and lost devices


def test_after_another_address_the_old_one_signs_in_no_more_and_is_told(
    cast: Cast, administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(Client(), "editor@test.invalid")
    EmailAddress.objects.get_or_create(user=cast.editor, email="editor@test.invalid")
    fields = opened(administrator, page(cast.editor))

    with django_capture_on_commit_callbacks(execute=True):
        sent(administrator, page(cast.editor), fields, email="Elsewhere@test.invalid")

    assert [what for what, _, _ in noted(cast.editor)] == ["address-changed"]
    assert [one.to for one in mail.outbox] == [["editor@test.invalid"]]
    assert sign_in(Client(), "editor@test.invalid").status_code == 200
    assert sign_in(Client(), "elsewhere@test.invalid").status_code == 302
    Client().post(reverse("account_reset_password"), {"email": "editor@test.invalid"})
    assert mail.outbox[-1].subject == "No account with this address"


def test_who_is_given_another_name_by_somebody_else_is_told_and_what_was_before_is_kept(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    changed = User.objects.get(pk=cast.reviewer.pk)
    changed.display_name, changed.professional_title = "Test another name", ""
    before = f"display name “{cast.reviewer.display_name}”; professional title “{cast.reviewer.professional_title}”"

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_person(changed, by=cast.administrator, at=NOW)

    assert noted(changed) == [("details-changed", f"before: {before}", "Test administrator")]
    assert [one.to for one in mail.outbox] == [["reviewer@test.invalid"]]
    body = str(mail.outbox[0].body)
    assert f"Before: {before}.\nNow: display name “Test another name”; professional title empty." in body


def test_what_people_change_of_themselves_is_noted_and_no_mail_tells_them(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    changed = User.objects.get(pk=cast.administrator.pk)
    changed.credentials = "Other test credentials"

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_person(changed, by=cast.administrator, at=NOW)

    assert noted(changed) == [("own-details-changed", "before: credentials empty", "Test administrator")]
    assert mail.outbox == []


def test_lost_second_steps_are_removed_noted_and_told(
    cast: Cast, administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    Passkey(cast.reviewer).kept()

    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(page(cast.reviewer, "second-steps"))

    assert not Authenticator.objects.filter(user=cast.reviewer).exists()
    assert noted(cast.reviewer) == [("second-steps-removed", "", "Test administrator")]
    assert [one.to for one in mail.outbox] == [["reviewer@test.invalid"]]


def test_an_open_desk_is_not_enough_to_remove_second_steps(cast: Cast, client: Client) -> None:
    Passkey(cast.reviewer).kept()
    client.force_login(cast.administrator)

    response = client.post(page(cast.reviewer, "second-steps"))

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=cast.reviewer).exists()


def test_the_page_of_a_person_asks_the_same_number_of_questions_however_much_was_done(
    cast: Cast, administrator: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        actions.send_password_link(cast.editor, by=cast.administrator, at=NOW)

    with django_assert_max_num_queries(16):
        administrator.get(page(cast.editor))
