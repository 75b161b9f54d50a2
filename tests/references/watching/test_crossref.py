"""What Crossref registers about a work is read by its exact type."""

from references.standing import Notice, is_retracted
from references.watching.crossref import notices_of

UPDATED = {"date-parts": [[2010, 2, 6]], "date-time": "2010-02-06T00:00:00Z", "timestamp": 1265414400000}


def test_an_update_by_another_record_is_a_notice_about_the_work() -> None:
    update = {"DOI": "10.1000/Notice", "type": "retraction", "source": "retraction-watch", "updated": UPDATED}

    assert notices_of({"updated-by": [update]}) == (Notice("RetractionIn", "2010-02-06", doi="10.1000/notice"),)


def test_a_record_that_updates_another_one_is_itself_the_notice() -> None:
    record = {"update-to": [{"DOI": "10.1000/work", "type": "retraction"}, {"DOI": "10.1000/w", "type": "correction"}]}

    found = notices_of(record)

    assert [each.type for each in found] == ["RetractionOf", "ErratumFor"]
    assert not is_retracted({}, found)


def test_what_is_broken_or_unknown_is_left_out() -> None:
    updates = [None, {"type": "crossmark"}, {"type": "Corrigendum", "DOI": 7, "updated": {"date-parts": [[None]]}}]

    assert notices_of({"updated-by": updates, "update-to": "no"}) == (Notice("ErratumIn"),)
