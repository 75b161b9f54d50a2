"""Contents are brought to their shape; those saved before a field came keep their bytes and so their digest."""

from typing import Any

import pytest

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.kinds import ContentRefused
from references.cleaning import cleaned, is_web_address
from references.shape import BASE, MOST_PEOPLE

# As it was saved and signed before references could hold more than journal articles.
OLD = (
    '{"DOI":"10.1000/182","PMCID":"","PMID":"123","author":[{"family":"Sample","given":"A. B."}],'
    '"container_title":"Journal of Test Fixtures","container_title_short":"J Test Fixt","epub":"","issue":"2",'
    '"issued":"2001-04","key":"sample2001","notes":["Review."],"page":"10-2",'
    '"title":"A made-up source","type":"article-journal","volume":"7"}'
)
OLD_CONTENT: dict[str, Any] = {
    "key": "sample2001",
    "type": "article-journal",
    "author": [{"family": "Sample", "given": "A. B."}],
    "title": "A made-up source",
    "container_title": "Journal of Test Fixtures",
    "container_title_short": "J Test Fixt",
    "issued": "2001-04",
    "volume": "7",
    "issue": "2",
    "page": "10-2",
    "epub": "",
    "DOI": "10.1000/182",
    "PMID": "123",
    "PMCID": "",
    "notes": ["Review."],
}
LATER: dict[str, Any] = {
    "editor": [{"family": "Editor", "given": "T."}],
    "publisher": "Test Press",
    "publisher_place": "Test Town",
    "edition": "2nd ed.",
    "ISBN": ["9780306406157"],
    "ISSN": ["0317-8471"],
    "URL": "https://example.org/a",
    "accessed": "2026-11-21",
    "language": "en",
    "number_of_pages": "123",
    "collection_title": "Test series",
    "collection_number": "4",
    "number": "R-1",
    "genre": "dissertation",
    "medium": "Internet",
    "abstract": "First.\n\nSecond.",
    "abstract_licence": "CC BY 4.0",
    "publication_types": ["Journal Article"],
    "notices": [{"type": "ErratumIn", "pmid": "1"}],
    "event_title": "Test Days",
    "event_date": "2026-11-20/2026-11-21",
    "event_place": "Test Town",
    "updated": "2026-11-20",
    "container_issued": "1993",
    "original_title": "Ein Titel",
    "publication_model": "Electronic-eCollection",
    "publication_status": "epublish",
    "source_line": "J Test Fixt. 2001 Apr;7(2):10-2.",
}


def faults(**changes: Any) -> dict[str, str]:
    try:
        cleaned(OLD_CONTENT | changes)
    except ContentRefused as refused:
        return {issue.field: issue.message for issue in refused.issues}
    return {}


def test_an_old_content_cleaned_again_has_the_bytes_that_were_signed() -> None:
    assert canonical_json(cleaned(OLD_CONTENT)) == OLD
    assert sha256(OLD) == "558df7943fba3d4da2697fb1a7b80ccf2a9f46b9c717e0c102ad51c2bce51eb4"


def test_later_fields_sent_empty_leave_an_old_content_as_it_was() -> None:
    empty = {name: type(value)() for name, value in LATER.items()}

    assert canonical_json(cleaned(OLD_CONTENT | empty)) == OLD


def test_every_field_of_the_beginning_is_there_even_when_it_is_empty() -> None:
    assert set(cleaned({"key": "a"})) == BASE


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_later_field_is_kept_when_it_is_filled(name: str) -> None:
    assert cleaned(OLD_CONTENT | {name: LATER[name]}) == OLD_CONTENT | {name: LATER[name]}


def test_cleaning_twice_changes_nothing() -> None:
    once = cleaned(OLD_CONTENT | LATER)

    assert cleaned(once) == once


def test_identifiers_of_books_are_kept_in_one_spelling_and_once() -> None:
    content = cleaned(OLD_CONTENT | {"ISBN": ["978-0-306-40615-7", "ISBN 9780306406157"], "ISSN": ["03178471"]})

    assert (content["ISBN"], content["ISSN"]) == (["9780306406157"], ["0317-8471"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ISBN": ["9780306406158"]}, "has a mistake in it"),
        ({"ISSN": ["x"]}, "is not an ISSN"),
        ({"accessed": "yesterday"}, "is not a date we can keep"),
        ({"URL": "javascript:alert(1)"}, "is not an address on the web"),
        ({"URL": "https://"}, "is not an address on the web"),
        ({"publisher": "x" * 1001}, "Shorten it to 1000"),
        ({"editor": "Somebody"}, "is not a list"),
        ({"author": [{"family": "a"}] * (MOST_PEOPLE + 1)}, "Shorten the list to 5,000"),
        ({"notices": ["x"]}, "is not a list of records"),
        ({"source_line": "\u202eabc"}, "cannot be seen: U+202E"),
        ({"type": "poem"}, "cannot be “poem”"),
    ],
)
def test_what_does_not_fit_is_named_with_its_field(changes: dict[str, Any], sentence: str) -> None:
    found = faults(**changes)

    assert list(found) == list(changes)
    assert sentence in next(iter(found.values()))


def test_a_thousand_authors_are_kept_in_their_order() -> None:
    authors = [{"family": f"Author{number}", "given": "T."} for number in range(1000)]

    assert cleaned(OLD_CONTENT | {"author": authors})["author"] == authors


def test_a_fault_among_a_thousand_authors_says_where() -> None:
    authors = [{"family": "A"}] * 300 + [{"family": "B" * 401}]

    assert "Authors after the first 200, row 101, family has 401 characters" in faults(author=authors)["author"]


@pytest.mark.parametrize(
    ("address", "fit"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("ftp://example.org/a", True),
        ("HTTPS://example.org", True),
        ("https://exa mple.org", False),
        ("//example.org", False),
        ("mailto:a@example.org", False),
        ("https://example.org/<b>", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_taken(address: str, fit: bool) -> None:
    assert is_web_address(address) is fit
