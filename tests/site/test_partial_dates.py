"""Dates keep the precision they were given."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alstrom_site.partial_dates import PartialDate


def _points(year: int, month: int, day: int) -> dict[str, str]:
    return {"year": f"{year:04}", "month": f"{year:04}-{month:02}", "day": f"{year:04}-{month:02}-{day:02}"}


@st.composite
def edtf_strings(draw: st.DrawFn) -> str:
    """Any date we keep: a year, season, month, day, or a range of two different ones of the same precision."""
    if draw(st.integers(0, 4)) == 0:
        return f"{draw(st.integers(1, 9999)):04}-{draw(st.integers(21, 24))}"
    precision = draw(st.sampled_from(["year", "month", "day"]))
    days = draw(st.lists(st.dates(), min_size=1, max_size=2))
    points = sorted({_points(day.year, day.month, day.day)[precision] for day in days})
    return "/".join(points)


partial_dates = edtf_strings().map(PartialDate.parse)


@given(edtf_strings())
def test_a_date_is_written_back_as_it_was_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@given(partial_dates)
def test_a_date_survives_the_way_through_csl(value: PartialDate) -> None:
    assert PartialDate.from_csl(value.to_csl()) == value


@given(partial_dates, partial_dates)
def test_exactly_one_of_before_equal_and_after_holds(one: PartialDate, other: PartialDate) -> None:
    assert [one < other, one == other, one > other].count(True) == 1


@given(st.dates(), st.dates())
def test_days_are_ordered_as_the_calendar_orders_them(one: date, other: date) -> None:
    assert (PartialDate.parse(str(one)) < PartialDate.parse(str(other))) == (one < other)


@given(st.dates(max_value=date.max - timedelta(days=1)))
def test_the_day_before_its_end_can_begin_a_range_and_the_other_way_round_is_refused(first: date) -> None:
    last = first + timedelta(days=1)

    assert PartialDate.parse(f"{first}/{last}").earliest == first
    with pytest.raises(ValueError, match="not after its beginning"):
        PartialDate.parse(f"{last}/{first}")


@pytest.mark.parametrize(
    ("text", "shown", "nlm"),
    [
        ("2008", "2008", "2008"),
        ("2008-08", "August 2008", "2008 Aug"),
        ("2009-05-04", "4 May 2009", "2009 May 4"),
        ("2005-21", "spring 2005", "2005 Spring"),
        ("2005-23", "autumn 2005", "2005 Fall"),
        ("2002-10/2002-12", "October to December 2002", "2002 Oct-Dec"),
        ("2001-12/2002-01", "December 2001 to January 2002", "2001 Dec-2002 Jan"),
        ("2005/2006", "2005 to 2006", "2005-2006"),
        ("2009-05-04/2009-05-10", "4 to 10 May 2009", "2009 May 4-10"),
        ("2009-05-28/2009-06-03", "28 May to 3 June 2009", "2009 May 28-Jun 3"),
        ("2009-12-28/2010-01-03", "28 December 2009 to 3 January 2010", "2009 Dec 28-2010 Jan 3"),
    ],
)
def test_a_date_is_shown_to_readers_and_in_citations_without_gaining_or_losing_precision(
    text: str, shown: str, nlm: str
) -> None:
    value = PartialDate.parse(text)

    assert (value.display(), value.nlm()) == (shown, nlm)


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "08", "2008-8", "2008-08-", " 2008", "2008\n", "2008/", "/2008", "2008/2009/2010",
     "2008-08-01T00:00", "August 2008", "٢٠٠٨", "-2008", "20080801", "2008~", "2008-08/.."],
)  # fmt: skip
def test_what_is_not_a_date_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date we can keep\. Write a year"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0000", "There is no year 0"),
        ("2008-13", "There is no month 13"),
        ("2008-00", "There is no month 00"),
        ("2008-02-30", "There is no day 30 in February 2008."),
        ("2009-02-29", "There is no day 29 in February 2009."),
        ("2008-08-00", "There is no day 0 in August 2008."),
        ("2008-21-01", "A season has no days; write 2008-21 alone."),
        ("2008-08/2008-08", "The range ends on 2008-08, which is not after its beginning, 2008-08."),
        ("2008/2008-08", "both ends of a range in the same way"),
        ("2008-21/2008-22", "A range cannot be made of seasons"),
        ("2008-08/2008-22", "A range cannot be made of seasons"),
    ],
)
def test_a_date_that_no_calendar_has_is_refused_with_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PartialDate.parse(text)


def test_dates_are_sorted_by_their_earliest_day_and_the_rougher_first() -> None:
    expected = ["2007-12-31", "2008", "2008-01", "2008-01/2008-02", "2008-01-01", "2008-21", "2008-03", "2008-04"]

    assert [str(value) for value in sorted(map(PartialDate.parse, reversed(expected)))] == expected


@pytest.mark.parametrize(
    ("season", "month_before", "first_month"),
    [("21", "02", "03"), ("22", "05", "06"), ("23", "08", "09"), ("24", "11", "12")],
)
def test_a_season_is_sorted_at_its_first_month(season: str, month_before: str, first_month: str) -> None:
    before, value, first = (PartialDate.parse(f"2008-{part}") for part in (month_before, season, first_month))

    assert before < value < first


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2008", "year"), ("2008-24", "season"), ("2008-08", "month"), ("2008-08-01", "day"), ("2008/2009", "year")],
)
def test_a_date_tells_how_exact_it_is(text: str, precision: str) -> None:
    assert PartialDate.parse(text).precision == precision


def test_csl_dates_carry_no_more_than_is_known() -> None:
    assert PartialDate.parse("2008-08").to_csl() == {"date-parts": [[2008, 8]]}
    assert PartialDate.parse("2002-10/2002-12").to_csl() == {"date-parts": [[2002, 10], [2002, 12]]}
    assert PartialDate.parse("2005-24").to_csl() == {"date-parts": [[2005]], "season": 4}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"date-parts": [["2008", "8"]]}, "2008-08"),
        ({"date-parts": [[2008, None]], "season": ""}, "2008"),
        ({"date-parts": [[2008]], "season": "Autumn"}, "2008-23"),
    ],
)
def test_csl_dates_of_other_programs_are_read(value: dict[str, object], text: str) -> None:
    assert str(PartialDate.from_csl(value)) == text


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"date-parts": 2008},
        {"date-parts": [[None]]},
        {"date-parts": [2008]},
        {"date-parts": [["soon"]]},
        {"date-parts": [[2008, 1, 10**30]]},
        {"date-parts": [[float("inf")]]},
        {"date-parts": [[2008], [2009], [2010]]},
        {"date-parts": [[2008, 1, 1, 1]]},
        {"date-parts": [[2008, 10], [0, 0]]},
        {"date-parts": [[2008]], "season": "monsoon"},
        {"date-parts": [[2008], [2009]], "season": 1},
    ],
)
def test_a_csl_date_without_a_meaning_is_refused_with_a_sentence(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"[a-z].*\.$"):
        PartialDate.from_csl(value)
