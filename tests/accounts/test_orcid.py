"""ORCID iDs are recognised in any spelling and their check digit is verified."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alstrom_site.accounts.orcid import parse_orcid

# The examples that ORCID publishes in the description of its identifier.
EXAMPLE, EXAMPLE_WITH_X = "0000-0002-1825-0097", "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        "  0000-0002-1825-0097\n",
        "0000000218250097",
        "0000 0002 1825 0097",
        "0000–0002–1825–0097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097",
        "ORCID: 0000-0002-1825-0097.",
        "ORCID iD: https://orcid.org/0000-0002-1825-0097",
    ],
)
def test_every_usual_spelling_gives_the_same_id(text: str) -> None:
    assert parse_orcid(text) == EXAMPLE


def test_the_last_character_may_be_an_x_in_either_case() -> None:
    assert parse_orcid("000000021694233x") == EXAMPLE_WITH_X


@pytest.mark.parametrize(
    "text",
    ["", "0000-0002-1825-009", "0000-0002-1825-00977", "X000-0002-1825-0097", "0000-0002-1825-OO97", "A Name",
     "0000-orcid:0002-1825-0097", "https://example.org/0000-0002-1825-0097", "٠000-0002-1825-0097"],
)  # fmt: skip
def test_what_has_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an ORCID iD\. It has 16 characters"):
        parse_orcid(text)


@given(st.integers(0, 15), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_found(position: int, digit: str) -> None:
    characters = EXAMPLE.replace("-", "")
    assume(characters[position] != digit)

    with pytest.raises(ValueError, match="does not fit the others"):
        parse_orcid(characters[:position] + digit + characters[position + 1 :])


@given(st.integers(0, 14))
def test_two_neighbours_in_the_wrong_order_are_found(position: int) -> None:
    characters = list(EXAMPLE.replace("-", ""))
    assume(characters[position] != characters[position + 1])
    characters[position], characters[position + 1] = characters[position + 1], characters[position]

    with pytest.raises(ValueError, match="does not fit the others"):
        parse_orcid("".join(characters))
