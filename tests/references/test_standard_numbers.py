"""ISBN and ISSN are held to their check digits, and a pasted word is told for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.identifiers import isbn13, parse_isbn, parse_issn, recognise


@pytest.mark.parametrize(
    "text",
    [
        "9780306406157",
        "978-0-306-40615-7",
        "ISBN 978 0 306 40615 7.",
        "ISBN-13: 978-0-306-40615-7",
        "isbn13:9780306406157;",
        "urn:isbn:9780306406157",
        "https://books.example/isbn/9780306406157",
        "978‑0‑306‑40615‑7 (pbk.)",
        "(ISBN 9780306406157)",
        "eISBN: 9780306406157",
    ],
)
def test_every_usual_spelling_of_an_isbn_gives_the_same_one(text: str) -> None:
    assert parse_isbn(text) == "9780306406157"


def test_an_isbn_of_ten_keeps_its_ten_and_is_found_under_thirteen() -> None:
    assert parse_isbn("ISBN-10: 0-306-40615-2") == "0306406152"
    assert parse_isbn("0-8044-2957-x") == "080442957X"
    assert isbn13("0306406152") == "9780306406157"
    assert isbn13("9780306406157") == "9780306406157"


@pytest.mark.parametrize(
    "text", ["", "ISBN", "978030640615", "97803064061577", "1234567890123", "X306406152", "٩٧٨٠٣٠٦٤٠٦١٥٧"]
)
def test_what_is_no_isbn_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an ISBN\. It has 10 or 13 digits"):
        parse_isbn(text)


@given(st.integers(0, 9_999_999_999), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_of_an_isbn_is_always_found(number: int, place: int, off: int) -> None:
    body = f"978{number:010}"[:12]
    whole = next(f"{body}{digit}" for digit in range(10) if _is_isbn(f"{body}{digit}"))
    wrong = f"{whole[:place]}{(int(whole[place]) + off) % 10}{whole[place + 1 :]}"

    assert place < 3 or not _is_isbn(wrong)


def _is_isbn(text: str) -> bool:
    try:
        return parse_isbn(text) == text
    except ValueError:
        return False


@pytest.mark.parametrize(
    "text",
    [
        "0317-8471",
        "03178471",
        "ISSN 0317-8471",
        "issn: 0317–8471.",
        "0317-8471 (Print)",
        "eISSN:0317-8471",
        "https://portal.issn.org/resource/ISSN/0317-8471",
        "urn:ISSN:0317-8471",
        "https://issn.org/resource/issn/0317-8471",
        "ISSN (Online): 0317-8471",
        "ISSN-L 0317-8471",
    ],
)
def test_every_usual_spelling_of_an_issn_gives_the_same_one(text: str) -> None:
    assert parse_issn(text) == "0317-8471"


def test_the_check_digit_of_an_issn_may_be_an_x() -> None:
    assert parse_issn("1050-124x") == "1050-124X"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("0317-8472", "has a mistake in it"), ("0317-847", "is not an ISSN"), ("X317-8471", "is not an ISSN")],
)
def test_a_wrong_issn_is_refused_with_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_issn(text)


def test_an_isbn_with_a_wrong_check_digit_is_refused_as_a_mistake() -> None:
    with pytest.raises(ValueError, match="has a mistake in it"):
        parse_isbn("9780306406158")
    with pytest.raises(ValueError, match="has a mistake in it"):
        parse_isbn("0306406153")


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("https://doi.org/10.1000/182.", "DOI", "10.1000/182"),
        ("PMC123", "PMCID", "PMC123"),
        ("https://orcid.org/0000-0002-1825-0097", "ORCID", "0000-0002-1825-0097"),
        ("17940554", "PMID", "17940554"),
        ("0317-8471", "ISSN", "0317-8471"),
        ("0-306-40615-2", "ISBN", "0306406152"),
        ("978-0-306-40615-7", "ISBN", "9780306406157"),
    ],
)
def test_a_pasted_identifier_is_told_for_what_it_is(text: str, scheme: str, value: str) -> None:
    assert recognise(text) == (scheme, value)


@pytest.mark.parametrize("text", ["", "nothing", "12/5", "https://example.org/"])
def test_what_is_no_identifier_is_told_as_none(text: str) -> None:
    assert recognise(text) is None
