"""What is taken for a whole number of what browsers send."""

import pytest

from alstrom_site.numbers_sent import number_sent


@pytest.mark.parametrize(("sent", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_that_fit_a_row_are_a_number(sent: str, number: int) -> None:
    """Zeros in front change nothing."""
    assert number_sent(sent) == number


@pytest.mark.parametrize("sent", ["", "-1", "+1", " 1", "1\n", "1_000", "1.0", "²", "٣", "9" * 19, "9" * 5_000, "\x00"])
def test_anything_else_is_none(sent: str) -> None:
    """Python's own `int` would take some of these, and PostgreSQL would refuse others."""
    assert number_sent(sent) is None


def test_a_form_may_want_fewer_digits() -> None:
    """As the number of days of a link does."""
    assert (number_sent("99", digits=2), number_sent("100", digits=2)) == (99, None)
