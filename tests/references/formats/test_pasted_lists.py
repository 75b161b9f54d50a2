"""Pasted lists whose citations carry notices, odd volumes and odd names: each is found, whole, wherever lines break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.references.formats.samples import read

# Each begins and ends otherwise; the title is the one thing that no other one holds.
CITATIONS = (
    "Tester AB, Sample C Jr. First title. Eur J Test. 2007 Dec;15(12):1193-202. doi: 10.1000/first. Epub 2007 Oct 17. "
    "Erratum in: Eur J Test A. 2009 Jan;17(1):1. doi: 10.1000/error. PMID: 17940554; PMCID: PMC123456.",
    "World Health Organization. Second title? J Test. 2007 Spec No:1-2. Review. German. No abstract available.",
    "'t Hart LM, Ivanov IuA. Third title: of two parts. J Test. 2007;15 Spec No 2:1-2. Comment in: J Test. 2008;1:2. "
    "Test Rev. 2009;3:4. PMID: 123.",
    "Suharto, Tester AB, Test Study Group; Tests Society. Fourth title. Test J (Bern). 2007;15 Pt 3:1-2. "
    "Retraction in: J Test. 2010 Jan;1(1):2. PMID: 456; PMCID: PMC7. Free PMC article.",
    "St. John A. Fifth title. J Test. 2007:1-2. doi: 10.1000/fifth. Online ahead of print.",
    "Probe DE, editor. Sixth title. 2nd ed. Test Town (MD): Test Press; 2002. 768 p.",
)
TITLES = ["First title", "Second title?", "Third title: of two parts", "Fourth title", "Fifth title", "Sixth title"]
NUMBERS = ["17940554", None, "123", "456", None, None]


def found(text: str) -> list[tuple[str, str | None]]:
    records, _ = read(text, format="nlm-text")
    return [(each.item["title"], each.item.get("PMID")) for each in records]


@pytest.mark.parametrize("first", ["1: ", "1. ", ""])
@pytest.mark.parametrize("words", ["Erratum in:", "Comment on:", "Retracted and republished from:", "Update of:"])
def test_a_line_behind_the_words_of_a_notice_goes_on_with_the_citation(first: str, words: str) -> None:
    text = f"{first}Test A. A title. J Test. 2007 Dec;15(12):1193-202. {words}\nEur J Test. 2009 Jan;17(1):1. PMID: 5;"

    assert found(f"{text} PMCID: PMC6.\n") == [("A title", "5")]
    assert found(text.replace(words, f"\n\n{words}")) == [("A title", "5")]
    assert found(f"{text}\nPMCID: PMC6.\n\n{first and '2: '}Test B. Another. J Test. 2008;1:2.") == [
        ("A title", "5"),
        ("Another", None),
    ]


@pytest.mark.parametrize(
    ("place", "read_as"),
    [
        ("2007:1-2", (None, None)),
        ("2007 Spec No:1-2", (None, "Spec No")),
        ("2007;Spec No:1-2", (None, "Spec No")),
        ("2007;Suppl 1:1-2", (None, "Suppl 1")),
        ("2007;15 Spec No 2:1-2", ("15", "Spec No 2")),
        ("2007;15 Pt 3:1-2", ("15 Pt 3", None)),
        ("2007;15 ( Pt 3):1-2", ("15", "Pt 3")),
        ("2007;15 Suppl 1 Pt 2:1-2", ("15", "Suppl 1 Pt 2")),
    ],
)
def test_every_volume_that_pubmed_prints_is_read(place: str, read_as: tuple[str | None, str | None]) -> None:
    records, problems = read(f"Test A. One. J Test. {place}.\nTest B. Two. J Test. {place}.", format="nlm-text")

    items = [each.item for each in records]
    assert [(each["title"], each["page"]) for each in items] == [("One", "1-2"), ("Two", "1-2")]
    assert [(each.get("volume"), each.get("issue")) for each in items] == [read_as] * 2
    assert problems == []


def _broken(text: str, places: set[int]) -> str:
    return "".join("\n" if at in places else sign for at, sign in enumerate(text))


@settings(max_examples=40)
@given(st.sampled_from(["numbered", "apart", "lines"]), st.permutations(range(len(CITATIONS))), st.data())
def test_wherever_lines_break_each_citation_is_found_with_its_own_number(
    form: str, order: list[int], draw: st.DataObject
) -> None:
    parts = []
    for number, which in enumerate(order, start=1):
        text = CITATIONS[which]
        spaces = [at for at, sign in enumerate(text) if sign == " "]
        text = _broken(text, set(draw.draw(st.lists(st.sampled_from(spaces), max_size=12))))
        parts.append(f"{number}: {text}" if form == "numbered" else text)

    whole = ("\n\n" if form == "apart" else "\n").join(parts)

    assert found(whole) == [(TITLES[each], NUMBERS[each]) for each in order]


def test_a_citation_that_cannot_be_read_costs_no_other_and_is_named_with_its_line() -> None:
    records, problems = read(
        "References\nTest A. One. J Test. 2001;1:2.\nTest B. No journal and no date.\nTest C. Three. J Test. 2003;1:2.",
        format="nlm-text",
    )

    assert [each.item["title"] for each in records] == ["One", "Three"]
    assert [(each.record, each.line) for each in problems] == [(None, 1), (None, 3)]


@pytest.mark.parametrize("first", ["", "1. "])
def test_a_citation_that_runs_into_the_next_one_is_named_with_its_line(first: str) -> None:
    bad = f"{first and '2. '}Test B. Two ends nowhere\nTest C. Three. J Test. 2003;1:2."
    text = f"{first}Test A. One. J Test. 2001;1:2.\n{bad}"
    records, problems = read(text, format="nlm-text")

    assert len(records) == 2
    assert [(each.record, each.line) for each in problems] == [(2, 3)]


def test_an_address_without_a_full_stop_ends_its_citation() -> None:
    page = "A site [Internet]. A page; 2005 [cited 2007 Feb 22]. Available from: https://test.example/a"

    assert [title for title, _ in found(f"{page}\nTest A. One. J Test. 2001;1:2.\n{page}")] == [
        "A page",
        "One",
        "A page",
    ]


def test_a_title_that_holds_the_source_of_another_citation_is_named() -> None:
    _, problems = read("Test A. One. J Test. 2001;1(2 Test B. Two. J Test. 2002;1:2.", format="nlm-text")

    assert [each.message.partition(" “")[0] for each in problems] == ["The title"]


def test_a_line_that_is_a_citation_by_itself_is_one_where_its_number_is_missing() -> None:
    text = "1. Test A. One. J Test. 2001;1:2.\nTest B. Two. J Test. 2002;1:2.\n2. Test C. Three. J Test. 2003;1:2."

    assert [title for title, _ in found(text)] == ["One", "Two", "Three"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("numbers", ["1212", "1223", "1111", "4321"])
def test_numbers_that_begin_again_or_are_wrong_cost_no_citation(numbers: str, between: str) -> None:
    citations = (
        f"{number}. Test A. Title {at}. J Test. 2001;1:2. Erratum in: J Test. 2003;2:3. PMID: {at}."
        for at, number in enumerate(numbers, start=1)
    )

    assert found(between.join(citations)) == [(f"Title {at}", str(at)) for at in range(1, 5)]


@pytest.mark.parametrize("title", ["Apolipoprotein E. A review", "Gene therapy for haemophilia A. Results of a trial"])
def test_a_line_that_ends_in_a_capital_is_no_name_before_the_title(title: str) -> None:
    records, _ = read(f"Test AB.\n{title}.\nJ Test. 2007 Jul;357(3):266-81.\n" * 2, format="nlm-text")

    assert [(each.item["author"][0]["family"], each.item["title"]) for each in records] == [("Test", title)] * 2
    assert found("Sunlight and vitamin D. Part II. J Test. 1998;1:2.")[0][0] == "Sunlight and vitamin D. Part II"


BOOK = "Test A. A book. New York: Test Press; 2001."
NOTED = "Test A. One. J Test. 2001;1:2."


@pytest.mark.parametrize(
    "first",
    [
        f"{BOOK} 300 p.",
        f"{BOOK} p. 12-34.",
        f"{BOOK} Report No.: 2.",
        f"{BOOK} (Tests; no. 5).",
        f"{NOTED} Retraction in: PubMed 9. PMCID: PMC1.",
        f"{NOTED} Erratum in: Test Rev (to appear).",
        f"{NOTED} Discussion in: Tests.",
    ],
)
def test_what_stands_behind_a_citation_takes_nothing_from_the_next(first: str) -> None:
    second = "A study of the heart. J Test. 1965;15:231-86. PMID: 7."

    assert [found(f"{first}{between}{second}")[1:] for between in ("\n", "\n\n")] == [[(second[:20], "7")]] * 2


def test_an_imprint_in_a_title_is_named() -> None:
    _, problems = read(f"{BOOK} A study of the heart. J Test. 1965;15:231-86.", format="nlm-text")

    assert [each.message.partition(" “")[0] for each in problems] == ["The title"]


PAGE = "{}\nTest {}. Title {}. J Test. 2001;1:2. doi: 10.1000/{}.\nPMID: {} Free PMC article.\n"


@pytest.mark.parametrize("between", ["", "\n"])
def test_numbers_alone_on_their_lines_begin_the_citations_of_a_page_of_pubmed(between: str) -> None:
    citations = (PAGE.format(number, letter, letter, letter, number) for number, letter in enumerate("ABC", start=3))

    assert found(between.join(citations)) == [("Title A", "3"), ("Title B", "4"), ("Title C", "5")]
