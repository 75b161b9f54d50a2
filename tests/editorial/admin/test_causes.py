"""What stands in the way of a step, and the ways from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.workflow import Issue
from tests.cast import Cast
from tests.documents import draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "way"), [("editor", "Go to the field"), ("reviewer", "Go to its page")])
def test_who_can_choose_another_address_is_led_to_the_field(cast: Cast, who: str, way: str) -> None:
    term, other = draft(cast, "term"), draft(cast, "term", slug="taken").document
    taken = Issue("slug", "Choose another address.", "address-taken", (other.kind, other.address))

    (cause,) = causes_of([taken], term, getattr(cast, who))

    assert cause.way is not None
    assert cause.way.words == way


def test_the_ways_to_other_documents_are_looked_up_together(cast: Cast) -> None:
    article = draft(cast, "article")
    others = [draft(cast, key=f"other200{number}").document for number in range(5)]
    issues = [
        Issue("body", f"“{each.address}” is not live.", each.address, ("reference", each.address)) for each in others
    ]

    with CaptureQueriesContext(connection) as of_one:
        causes_of(issues[:1], article, cast.reviewer)
    with CaptureQueriesContext(connection) as of_five:
        causes = causes_of(issues, article, cast.reviewer)

    assert [each.way.url for each in causes if each.way] == [document_url(each) for each in others]
    assert len(of_five) == len(of_one)
