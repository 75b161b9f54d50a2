"""CSL-JSON and pasted citations: many in one text, in every arrangement, good and bad."""

import json
from typing import Any

import pytest

from tests.references.formats.samples import CSL_JSON, item, messages, read

ONE = '{"id": "a", "type": "book", "title": "A"}'
TWO = '{"id": "b", "type": "book", "title": "B"}'


@pytest.mark.parametrize(
    "source",
    [
        f"[{ONE},{TWO}]",
        f"{ONE}\n{TWO}\n",
        f'{{"items": [{ONE}, {TWO}], "other": [{{"id": "no"}}]}}',
        f'{{"records": [\n{ONE}\n,{TWO}\n], "problems": [{{"line": 1}}]}}',
        f"[{ONE},,{TWO},]",
        f"[[{ONE}],[{TWO}]]",
    ],
)
def test_entries_are_found_in_every_kind_of_list(source: str) -> None:
    records, problems = read(source)

    assert ([one.item["id"] for one in records], problems) == (["a", "b"], [])


@pytest.mark.parametrize(
    "source",
    [
        f'[\n{ONE},\n{{"id": "x", "title": "no end}},\n{TWO}\n]',
        f'[\n{ONE},\n{{"id": "x", "author": [{{"family": "Test"}},\n{TWO}\n]',
        f'[{ONE}, {{"id": "x", "author": [{{"family": "Test"}}, {TWO}]',
        f'[{ONE}, {{"id": "x" "title": "no comma"}}, {TWO}]',
        f'[{ONE}, {{"id": 1e5, "title": NaN, "x": [[[}}, {TWO}]',
        f"[{ONE}, what is this, {TWO}]",
    ],
)
def test_an_entry_that_is_not_json_costs_itself_only(source: str) -> None:
    records, problems = read(source)

    assert {"a", "b"} <= {one.item["id"] for one in records}
    assert problems


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        ('"author": [{"family": "T"}, {"fam', {"author": [{"family": "T"}]}),
        ('"author": [{"family": "T"}],\n"publi', {"author": [{"family": "T"}]}),
        ('"volume": "1, 2"', {"volume": "1, 2"}),
        ('"volume": "1, 2\\', {}),
        ('"volume": 1', {}),
    ],
)
def test_of_an_entry_that_is_cut_off_the_whole_members_are_kept(rest: str, kept: dict[str, Any]) -> None:
    records, problems = read(f'[{ONE},\n{{"id": "c", "type": "book", "title": "C", {rest}')

    assert records[1].item == {"id": "c", "type": "book", "title": "C"} | kept
    assert [(one.record, one.line) for one in problems if "cut off" in one.message] == [(2, 2 + rest.count("\n"))]


def test_variables_that_csl_does_not_know_are_named() -> None:
    records, problems = read('[\n{"id": 1, "type": "book", "title": "A",\n"shelf": 3}]')

    assert records[0].item == {"id": "1", "type": "book", "title": "A"}
    assert messages(problems) == [(2, "“shelf” is not a variable of CSL; it was not read.")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ({"family": "Test", "non-dropping-particle": "van", "dropping-particle": "de"}, {"family": "de van Test"}),
        ({"literal": "Test Group"}, {"literal": "Test Group"}),
        ({"name": "Test Group"}, {"literal": "Test Group"}),
        ("Test, Anna", {"family": "Test", "given": "Anna"}),
    ],
)
def test_names_come_into_our_parts(name: object, kept: dict[str, str]) -> None:
    assert item(json.dumps([{"type": "book", "author": [name]}]))["author"] == [kept]


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        ({"date-parts": [["2001", "3"]]}, {"date-parts": [[2001, 3]]}),
        ({"date-parts": [[2001]], "season": "winter"}, {"date-parts": [[2001]], "season": 4}),
        ({"raw": "2001-03-04"}, {"date-parts": [[2001, 3, 4]]}),
        ("March 2001", {"date-parts": [[2001, 3]]}),
    ],
)
def test_dates_of_other_programs_are_read(date: object, kept: dict[str, object]) -> None:
    assert item(json.dumps([{"type": "book", "title": "A", "issued": date}]))["issued"] == kept


def test_a_date_that_is_none_stays_as_it_is_written() -> None:
    records, problems = read('[{"type": "book", "title": "A", "issued": {"date-parts": [[2001, 2, 30]]}}]')

    assert "literal" in records[0].item["issued"]
    assert len(problems) == 1


def test_identifiers_in_notes_and_notes_are_kept() -> None:
    found = item('[{"type": "book", "title": "A", "note": "PMID: 123\\nA note", "custom": {"notes": ["One"]}}]')

    assert (found["PMID"], found["custom"]) == ("123", {"notes": ["One", "A note"]})


def test_texts_that_cannot_be_stored_are_made_fit() -> None:
    found = item('[{"type": "book", "title": "A\\ud800\\u0000B", "custom": {"x\\u0000": ["\\udfff"]}}]')

    assert json.dumps(found, ensure_ascii=False).encode()
    assert "\\u0000" not in json.dumps(found)


def test_depth_and_numbers_beyond_measure_are_named() -> None:
    records, problems = read(f'[{{"id": {"9" * 5000}}}, {{"custom": {"[" * 9000}1{"]" * 9000}}}, {ONE}]')

    assert [one.item["id"] for one in records] == ["a"]
    assert len(problems) == 2


FIRST = "Test AB, van Sample C Jr. A title. J Test. 2001 Apr;12(3):1-9. PMID: 1234567."
SECOND = "Probe D. 12. And another title? Test J. 2002 Dec-2003 Jan;4 Suppl 1:S1-2; discussion S3. Epub 2002 Nov 3."
THIRD = "[No authors]. Test Rev. 2003;(5):123-129.e5. doi: 10.1000/test.3."


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join([FIRST, SECOND, THIRD]),
        "\n".join([FIRST, SECOND, THIRD]),
        f"1. {FIRST}\n2. {SECOND}\n3. {THIRD}",
        f"1: {FIRST}\n\n2: {SECOND}\n\n3: {THIRD}",
        f"[7] {FIRST}\n[8] {SECOND}\n[9] {THIRD}",
        f"• {FIRST}\n• {SECOND}\n• {THIRD}",
        "\n".join(f"{n}. {text}" for n, text in enumerate([FIRST, SECOND, THIRD], 9)).replace(". ", ".\n", 9),
        "\n\n".join(text.replace(" ", "\n  ") for text in [FIRST, SECOND, THIRD]),
    ],
    ids=["apart", "lines", "numbered", "colons", "brackets", "bullets", "broken", "a word a line"],
)
def test_citations_are_told_apart_in_every_arrangement(text: str) -> None:
    records, problems = read(text, format="nlm-text")

    assert problems == []
    assert [(one.item["title"], one.item["page"]) for one in records] == [
        ("A title", "1-9"),
        ("12. And another title?", "S1-2; discussion S3"),
        ("[No authors]", "123-129.e5"),
    ]


BOOKS: dict[str, dict[str, Any]] = {
    "Test A, Probe BC. A book. 2nd ed. Boston (MA): Test Press; 2009. 123 p.": {
        "type": "book", "author": 2, "title": "A book", "edition": "2nd", "publisher-place": "Boston (MA)",
        "publisher": "Test Press", "number-of-pages": "123",
    },
    "Test A. A part? In: Probe B, editor. A book. St. Louis (MO): Test, Inc.; 2009 Jan. p. 12-34.": {
        "type": "chapter", "author": 1, "title": "A part?", "container-title": "A book", "editor": 1, "page": "12-34",
        "publisher-place": "St. Louis (MO)", "publisher": "Test, Inc.",
    },
    "A page [Internet]. Bern: Tests; 2003 [cited 2010 May 3]. Available from: https://test.example/.": {
        "type": "webpage", "title": "A page", "publisher-place": "Bern", "publisher": "Tests",
        "accessed": {"date-parts": [[2010, 5, 3]]}, "URL": "https://test.example/",
    },
    "Test A. A part. 2003 Feb 7 [Updated 2019 Jun 13]. In: Probe B, et al., editors. A book [Internet]. Bern: Tests; "
    "1993–2025.": {
        "type": "chapter", "author": 1, "title": "A part", "container-title": "A book", "editor": 2,
        "publisher": "Tests", "publisher-place": "Bern", "medium": "Internet",
        "custom": {"updated": "2019-06-13", "container_issued": "1993/2025"},
    },
    "Test A. A part. 2003 Feb 7. In: Probe B, editor. A book. Bern: Tests; 1993-.": {
        "type": "chapter", "author": 1, "title": "A part", "container-title": "A book", "editor": 1,
        "publisher": "Tests", "publisher-place": "Bern", "custom": {"container_issued": "1993"},
    },
}  # fmt: skip


@pytest.mark.parametrize("text", BOOKS)
def test_books_parts_and_pages_are_read_as_citing_medicine_has_them(text: str) -> None:
    found = item(text)

    counted = {name: len(found[name]) if name in {"author", "editor"} else found[name] for name in found}
    assert counted == BOOKS[text] | {"id": "1", "issued": found["issued"]}


def test_a_date_that_is_no_date_costs_the_date_only() -> None:
    records, problems = read("Test A. A title. J Test. 2000 Spring-Summer;1(2):3.")

    assert records[0].item["issued"]["literal"] == "2000 Spring-Summer"
    assert messages(problems) == [(1, "The date “2000 Spring-Summer” was read as far as its year only.")]


def test_a_line_behind_a_citation_that_is_no_note_of_nlm_is_named() -> None:
    records, problems = read(
        "Sample C. A title. J Test. 2001;12(1):1-9.\nReview. German.\nWhat is this?\n\nTest A. B. J Test. 2002;1:2.\n"
    )

    assert [one.item.get("custom") for one in records] == [{"notes": ["Review.", "What is this?"]}, None]
    assert records[0].item["language"] == "de"
    assert [(one.record, one.line) for one in problems] == [(1, 3)]


@pytest.mark.parametrize(
    "tail",
    [
        "https://doi.org/10.1000/abc PMID 123",
        "doi: 10.1000/abc PMID: 123",
        "DOI:10.1000/ABC. PMID: 123; PMCID: PMC45.",
        "Review. PMID 123. Available from: http://dx.doi.org/10.1000/abc",
        "https://pubmed.ncbi.nlm.nih.gov/123/. 10.1000/abc.",
    ],
)
@pytest.mark.parametrize("work", ["Test A. A title. J Test. 2019;380(2):e12. ", "Test A. A book. Bern: Tests; 2009. "])
def test_identifiers_behind_a_citation_are_read_in_every_usual_spelling(work: str, tail: str) -> None:
    records, problems = read(work + tail, format="nlm-text")

    assert (records[0].item["DOI"].lower(), records[0].item["PMID"], problems) == ("10.1000/abc", "123", [])
    assert records[0].item.get("custom", {"notes": ["Review."]}) == {"notes": ["Review."]}


def test_what_stays_unread_behind_a_citation_is_named() -> None:
    records, problems = read("Test A. A title. J Test. 2019;380(2):e12. PMID: 123. PMID: 456. 2020 12. PMID none.")

    assert records[0].item["PMID"] == "123"
    assert [one.message.partition("”")[0] for one in problems] == ["“PMID: 456.", "“2020 12.", "“PMID none."]


def test_a_group_behind_people_is_an_author() -> None:
    found = item("Test A, Probe BC, Test Study Group; Centers of Tests. A title. J Test. 2000;1(2):3.")

    assert found["author"][2:] == [{"literal": "Test Study Group"}, {"literal": "Centers of Tests"}]


@pytest.mark.parametrize(
    ("authors", "families", "kept_as_written"),
    [
        ("'t Hart LM, Maassen JA", ["'t Hart", "Maassen"], []),
        ("Ivanov IuA, Petrov VS", ["Ivanov", "Petrov"], []),
        ("Li X, Wang Y-H", ["Li", "Wang"], []),
        ("St. John A, Test B", ["St. John", "Test"], []),
        ("King ML III, Test B", ["King", "Test"], []),
        ("Diabetes Prevention Program Research Group", ["Diabetes Prevention Program Research Group"], []),
        ("World Health Organization", ["World Health Organization"], []),
        ("Test Study Group, Test B", ["Test Study Group", "Test"], []),
        ("Suharto, Test AB", ["Suharto", "Test"], ["Suharto"]),
        ("Test AB, 3 more people, Probe C", ["Test", "3 more people", "Probe"], ["3 more people"]),
        ("The truth", [], []),
        ("A clinical Study of hearts", [], []),
    ],
)
def test_one_name_costs_no_other_and_is_named_when_it_is_strange(
    authors: str, families: list[str], kept_as_written: list[str]
) -> None:
    records, problems = read(f"{authors}. A title. J Test. 2001 Mar;12(3):45-50.")

    found = records[0].item.get("author", [])
    assert [one.get("family") or one["literal"] for one in found] == families
    assert [one.message.partition("”")[0] for one in problems if "“" in one.message] == [
        f"“{name}" for name in kept_as_written
    ]
    assert any("No author" in one.message for one in problems) is not bool(families)


def test_ranks_and_the_sounds_of_initials_are_told_from_the_names() -> None:
    found = item("Ivanov IuA, Wang Y-H, King ML III. A title. J Test. 2001;1:2.")

    assert [(one["given"], one.get("suffix")) for one in found["author"]] == [
        ("Iu. A.", None),
        ("Y-H", None),
        ("M L", "III"),
    ]


def test_an_empty_list_holds_nothing() -> None:
    assert read("[]") == ([], [])
    assert len(read(CSL_JSON)[0]) == 1
