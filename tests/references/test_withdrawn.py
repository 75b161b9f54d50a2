"""A source that this site no longer stands by says so in every list, and no new text rests on it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, published, signed, submitted

pytestmark = pytest.mark.django_db

WHY = "Its entry named the wrong work."
TAG = '<p class="withdrawn-tag">Withdrawn on '


def withdrawn(cast: Cast, edition: Edition) -> None:
    wanted = actions.Retirement("withdraw", WHY)
    actions.propose(edition, wanted, by=cast.editor, at=NOW + 20 * STEP, seen=edition.text.digest)
    actions.withdraw(fresh(edition), by=cast.publisher, at=NOW + 21 * STEP, seen=edition.text.digest, reason=WHY)
    projection.refresh_stale()


def test_the_list_and_the_search_mark_it(cast: Cast) -> None:
    withdrawn(cast, published(cast))

    listed = Client().get("/bibliography/").content.decode()
    found = Client().get("/search/?q=sample2001").content.decode()

    assert "Withdrawn here" in listed
    assert "Withdrawn" in found


def test_the_list_marks_what_is_not_reviewed_or_past_its_review_date_and_offers_withdrawn_pages_as_such(
    cast: Cast,
) -> None:
    now = timezone.now()
    published(cast, key="old2001", at=now - timedelta(days=3000))
    new = draft(cast, key="new2001", at=now)
    actions.publish_in_emergency(new, by=cast.publisher, at=now, seen=new.text.digest, reason="A test.")
    withdrawn(cast, published(cast, "faq", slug="why-so", answer="So [@old2001]."))

    html = Client().get("/bibliography/").content.decode()

    assert re.findall(r'<p class="(\w+)-tag">', html) == ["pending", "overdue"]
    assert ">Why so?, withdrawn (1)</option>" in html


def test_its_file_and_that_of_a_withdrawn_page_say_so(cast: Cast) -> None:
    withdrawn(cast, published(cast))
    withdrawn(cast, published(cast, "faq", slug="why-so"))

    for path in ("/bibliography/sample2001/", "/questions/why-so/"):
        assert "Withdrawn from" in Client().get(f"{path}citation.ris").content.decode()


def test_a_source_that_stands_has_no_such_mark(cast: Cast) -> None:
    published(cast)

    assert "Withdrawn" not in Client().get("/bibliography/").content.decode()


def test_a_new_text_that_cites_it_is_not_published(cast: Cast) -> None:
    withdrawn(cast, published(cast))
    article = submitted(cast, draft(cast, "article", at=NOW + 30 * STEP), at=NOW + 31 * STEP)
    article = signed(cast, article, at=NOW + 32 * STEP)

    with pytest.raises(NotReady, match="“sample2001” was withdrawn"):
        actions.publish(article, by=cast.publisher, at=NOW + 33 * STEP, seen=article.text.digest)


def test_a_withdrawn_page_is_marked_wherever_another_one_names_it_and_quoted_nowhere(cast: Cast) -> None:
    published(cast)
    published(cast, "term", slug="a-word")
    answer = "Take twice the dose [@sample2001]. See the [word](term:a-word)."
    question = published(cast, "faq", slug="why-so", answer=answer)
    article = published(cast, "article", body="Take thrice the dose [@sample2001].", faqs=["why-so"])
    withdrawn(cast, question)
    withdrawn(cast, article)

    entry = Client().get("/bibliography/sample2001/").content.decode()
    topics = Client().get("/bibliography/?by=topic").content.decode()
    term = Client().get("/glossary/a-word/").content.decode()
    asked_in = Client().get("/questions/why-so/").content.decode().partition("Where this question belongs")[2]

    assert "the dose" not in entry
    assert [entry.count(TAG), topics.count(TAG), term.count(TAG), asked_in.count(TAG)] == [2, 2, 1, 1]
