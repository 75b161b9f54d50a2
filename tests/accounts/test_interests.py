"""Interests are declared by the person alone, and count for a year."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alstrom_site.accounts.interests import a_year_before, confirm_interests, interests_are_due
from alstrom_site.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 2), date(2025, 3, 2)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28)),
        (date(2028, 3, 1), date(2027, 3, 1)),
    ],
)
def test_a_year_before_is_the_same_day(day: date, before: date) -> None:
    assert a_year_before(day) == before


@pytest.mark.parametrize(
    ("declared", "due"),
    [
        (None, True),
        (date(2025, 3, 1), True),
        (date(2025, 3, 2), False),
        (date(2026, 3, 2), False),
        (date(2026, 3, 3), True),
    ],
)
def test_interests_count_for_a_year_and_never_in_advance(declared: date | None, due: bool) -> None:
    person = User(interests="None" if declared else "", interests_declared_on=declared)

    assert interests_are_due(person, DAY) is due


def test_a_day_without_a_declaration_counts_for_nothing() -> None:
    assert interests_are_due(User(interests=" ", interests_declared_on=DAY), DAY)


def test_confirming_sets_text_and_day_and_nothing_else(cast: Cast) -> None:
    stale = User.objects.get(pk=cast.reviewer.pk)
    User.objects.filter(pk=cast.reviewer.pk).update(affiliation="Written meanwhile")

    confirm_interests(stale, "  A grant from a test fund \n", on=DAY)

    now = User.objects.get(pk=cast.reviewer.pk)
    assert (now.interests, now.interests_declared_on) == ("A grant from a test fund", DAY)
    assert now.affiliation == "Written meanwhile"


def test_a_declaration_of_several_lines_is_taken_as_browsers_send_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.reviewer)

    client.post(reverse("account_interests"), {"interests": "A test grant.\r\nA test fee."})

    assert User.objects.get(pk=cast.reviewer.pk).interests.splitlines() == ["A test grant.", "A test fee."]


def test_nothing_is_no_declaration(cast: Cast) -> None:
    with pytest.raises(ValueError, match="Write your interests, or “None”"):
        confirm_interests(cast.reviewer, " \n ", on=DAY)


def test_still_true_is_one_button_and_leads_back(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.reviewer.pk).update(interests="A grant", interests_declared_on=date(2020, 1, 1))
    client.force_login(cast.reviewer)
    html = client.get(reverse("account_interests"), {"next": "/admin/pages/article/"}).content.decode()

    response = client.post(reverse("account_interests"), {"interests": "A grant", "next": "/admin/pages/article/"})

    now = User.objects.get(pk=cast.reviewer.pk)
    assert "Still true today" in html
    assert "longer than a year ago" in html
    assert response["Location"] == "/admin/pages/article/"
    assert (now.interests, now.interests_declared_on == date(2020, 1, 1)) == ("A grant", False)


def test_nobody_is_led_elsewhere(cast: Cast, client: Client) -> None:
    client.force_login(cast.reviewer)

    response = client.post(reverse("account_interests"), {"interests": "None", "next": "https://elsewhere.invalid/"})

    assert response["Location"] == reverse("account_interests")


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ("  ", "Write your interests, or “None” if you have none."),
        ("…", "Write your interests, or “None” if you have none."),
        ("None\u202e dna", "The declaration holds characters that cannot be seen: U+202E."),
    ],
)
def test_a_declaration_that_says_nothing_or_hides_something_is_refused_with_a_sentence(
    cast: Cast, client: Client, declared: str, sentence: str
) -> None:
    client.force_login(cast.reviewer)

    html = client.post(reverse("account_interests"), {"interests": declared}).content.decode()

    assert sentence in html
    assert User.objects.get(pk=cast.reviewer.pk).interests == "None"
