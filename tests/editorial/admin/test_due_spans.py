"""The spans of time that the filter offers and the picture of reviews counts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from alstrom_site.editorial.admin.due_dates import months_from, span_named, year_from


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 22), date(2027, 11, 22)),
        (date(2026, 12, 1), date(2027, 12, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_twelve_months_reach_to_the_same_day_next_year_without_a_gap_and_each_by_its_name(
    day: date, last: date
) -> None:
    months = months_from(day)

    assert (year_from(day).first, year_from(day).last) == (months[0].first, months[-1].last) == (day, last)
    assert all(later.first - each.last == timedelta(days=1) for each, later in pairwise(months))
    assert [span_named(each.slug, day) for each in months] == list(months)
