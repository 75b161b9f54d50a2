"""What is written is read back as the same records, by other programs' readers and by ours."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

import pages
from references.csl import from_csl, read_bibliography, write_bibliography
from references.exports import FORMS
from references.formats.reading import read_references
from references.formats.records import Record
from references.formatting import nlm_citation
from references.publication.contents import handed_on
from references.publication.parts import as_shown
from references.standing import Notice, what_happened
from tests.references.exports.samples import ARTICLE, BOOK, EVERY, HOSTILE, RETRACTED, WEB_PAGE, WHOLE
from tests.references.test_csl import contents

STARTER = read_bibliography((Path(pages.__file__).parent / "starter_content" / "bibliography.json").read_text("utf-8"))
_HOW_IT_WAS_PUBLISHED = {"abstract_licence", "publication_model", "publication_status"}
_OF_A_CONFERENCE = {"event_title", "event_place", "event_date", "number_of_pages", "collection_number", "medium"}
# What a form has no place for, of all works (under "") and of those of a type.
NO_PLACE: dict[str, dict[str, set[str]]] = {
    # Other makers put the number of their database where we write the key.
    "ris": {
        "": {"key", "source_line", *_HOW_IT_WAS_PUBLISHED},
        "paper-conference": _OF_A_CONFERENCE - {"medium"} | {"original_title"},
    },
    "bibtex": {"": {"source_line", *_HOW_IT_WAS_PUBLISHED}},
    # The type of a work is one of its publication types, and PubMed has none for web pages and their like; where there
    # is no line of the source, we write one.
    "nbib": {
        "": {"key", "source_line", "abstract_licence", "URL", "accessed"},
        "book": {"publication_types"},
        "chapter": {"publication_types"},
        "article": {"publication_types"},
        "dataset": {"publication_types"},
        "thesis": {"publication_types", "genre"},
        "report": {"publication_types", "genre", "number"},
        "paper-conference": _OF_A_CONFERENCE | {"type", "publisher_place"},
        "webpage": {"type"},
        "software": {"type"},
        "article-newspaper": {"type"},
        "article-magazine": {"type"},
    },
    "csl-json": {},
}


def written(form: str, *references: Mapping[str, Any]) -> str:
    return "".join(FORMS[form].write(references))


def read(form: str, text: str) -> list[dict[str, Any]]:
    found = read_references(io.BytesIO(text.encode()), format=form)
    return [from_csl(each.item) for each in found if isinstance(each, Record)]


def people(reference: Mapping[str, Any], role: str) -> list[tuple[str, str, str]]:
    return [
        (each.get("literal") or each.get("family", ""), each.get("given", "").replace(".", ""), each.get("suffix", ""))
        for each in reference.get(role, ())
    ]


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("reference", WHOLE, ids=lambda reference: reference["type"])
def test_our_own_readers_find_the_whole_record_that_was_written(form: str, reference: dict[str, Any]) -> None:
    left_out = NO_PLACE[form].get("", set()) | NO_PLACE[form].get(reference["type"], set())

    (back,) = read(form, written(form, reference))

    assert _without(back, left_out) == _without(reference, left_out)


def _without(reference: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in reference.items() if value and name not in names}


# Two numbers of pages are two fields in RIS, in which other programs look for whole ones.
@pytest.mark.parametrize(("form", "page"), [("ris", "123-129"), ("bibtex", "123-9"), ("nbib", "123-9")])
def test_notes_bold_words_and_short_ranges_come_back_as_they_were(form: str, page: str) -> None:
    said: dict[str, Any] = {"title": "A <b>bold <i>word</i></b>", "page": "123-9", "epub": "2018-10-17"}
    said["notes"] = ["One note.", "Another | note, 2: with {signs}.", "Note: 3"]

    (back,) = read(form, written(form, RETRACTED | said))

    assert {name: back[name] for name in said} == said | {"page": page}


def test_a_note_that_was_changed_elsewhere_is_the_one_that_counts() -> None:
    text = written("bibtex", ARTICLE | {"notes": ["One.", "Two."]})

    assert read("bibtex", text.replace("One. Two.", "Changed."))[0]["notes"] == ["Changed."]


def test_the_capitals_of_a_doi_are_those_of_its_source() -> None:
    for form in ("ris", "bibtex", "nbib"):
        assert "10.1000/S123-X" in written(form, RETRACTED | {"notes": []}).partition("SO  -")[0]


@pytest.mark.parametrize("form", list(FORMS))
def test_the_starter_bibliography_prints_the_same_citations_after_the_way_there_and_back(form: str) -> None:
    back = read(form, written(form, *STARTER))

    assert [nlm_citation(each) for each in back] == [nlm_citation(each) for each in STARTER]


def test_rispy_reads_the_same_records() -> None:
    records = rispy.loads(written("ris", *EVERY))

    assert [each["type_of_reference"] for each in records] == ["JOUR", "BOOK", "CHAP", "ELEC", "THES"]
    article = records[0]
    assert article["authors"] == ["van der Test, Anna B., Jr", "Test Study Group", "Tester, C."]
    assert (article["title"], article["year"], article["doi"]) == (ARTICLE["title"], "2018", ARTICLE["DOI"])
    assert (article["volume"], article["number"]) == ("15", "12")
    assert (article["start_page"], article["end_page"]) == ("1193", "1202")
    assert records[3]["urls"] == [WEB_PAGE["URL"]]


def test_capitals_that_a_style_of_bibtex_would_make_small_stand_in_braces() -> None:
    text = written("bibtex", ARTICLE | {"title": "Alström syndrome: <i>ALMS1</i> and mRNA in United Kingdom kindreds"})

    assert r"{Alström syndrome: \textit{{ALMS1}} and {mRNA} in {United} {Kingdom} kindreds}" in text


def test_bibtexparser_reads_the_same_records() -> None:
    library = parse_string(written("bibtex", *EVERY))

    assert library.failed_blocks == []
    assert [entry.entry_type for entry in library.entries] == ["article", "book", "incollection", "online", "phdthesis"]
    article = {field.key: field.value for field in library.entries[0].fields}
    assert article["author"] == "van der Test, Jr, Anna B. and {Test Study Group} and Tester, C."
    assert article["title"] == r"Effects of x \& y\_z: 50\% of \#1"
    assert (article["doi"], article["pages"], article["date"]) == (ARTICLE["DOI"], "1193--1202", "2018-11-03")
    assert [entry.key for entry in library.entries] == [each["key"] for each in EVERY]


def test_csl_json_is_the_file_that_the_bibliography_is_kept_in() -> None:
    assert written("csl-json", *STARTER) == write_bibliography(STARTER)
    assert written("csl-json") == "[]\n"


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize(
    "name", ["title", "container_title", "abstract", "volume", "page", "publisher", "issued", "DOI", "URL"]
)
def test_no_value_can_begin_a_field_or_a_record_of_its_own(form: str, name: str) -> None:
    text = written(form, ARTICLE | {name: HOSTILE, "notes": [HOSTILE]}, BOOK)

    back = read(form, text)

    assert [each["type"] for each in back] == ["article-journal", "book"]
    assert back[0]["PMID"] == ARTICLE["PMID"]
    assert back[1]["title"] == BOOK["title"]


def test_a_hostile_name_stays_one_name() -> None:
    author = {"family": "Test and Others, {", "given": "A} and B\nAU  - X"}
    library = parse_string(written("bibtex", ARTICLE | {"author": [author, {"literal": HOSTILE}]}))

    (back,) = read("bibtex", written("bibtex", ARTICLE | {"author": [author, {"literal": "others"}]}))

    assert library.failed_blocks == []
    assert [each.get("family") or each.get("literal") for each in back["author"]] == ["Test and Others, {", "others"]


@pytest.mark.parametrize("form", list(FORMS))
def test_a_thousand_authors_come_back_in_their_order(form: str) -> None:
    authors = [{"family": f"Author{number}", "given": "T."} for number in range(1000)]

    (back,) = read(form, written(form, ARTICLE | {"author": authors}))

    assert [each["family"] for each in back["author"]] == [each["family"] for each in authors]


@pytest.mark.parametrize("form", list(FORMS))
def test_what_we_write_of_the_standing_of_a_work_does_not_come_back_as_a_note(form: str) -> None:
    observed = [Notice("RetractionIn", "2010-02-06", doi="10.1000/notice"), Notice("UpdateIn", text="J Test. 2011")]
    content = ARTICLE | {"epub": "", "notes": ["A note of ours."], "notices": []}
    happened = as_shown(what_happened(content, observed))
    shared = handed_on(content, observed=observed, happened=happened, standing=["Withdrawn from the site."])

    text = written(form, shared)
    (back,) = read(form, text)

    assert text.count("Retracted 2010: https://doi.org/10.1000/notice") == 1 + (form in ("bibtex", "csl-json"))
    assert back["notes"] == ["A note of ours."]
    assert what_happened(back)[0].words == "Retracted 2010"
    assert [each["type"] for each in back["notices"]] == ["RetractionIn", "UpdateIn"]


def test_languages_in_nbib_are_those_of_medline() -> None:
    assert "\nLA  - ger\n" in written("nbib", ARTICLE)


def test_lines_of_an_nbib_file_are_folded_under_their_tag() -> None:
    lines = written("nbib", ARTICLE).splitlines()

    assert max(map(len, lines)) <= 88
    assert all(line[4:6] == "- " or line.startswith("      ") or not line for line in lines)


@pytest.mark.parametrize(
    ("issued", "written_as"),
    [
        ("2018", "2018///"),
        ("2018-11", "2018/11//"),
        ("2018-11-03", "2018/11/03/"),
        ("2002-10/2002-12", "2002///Oct-Dec"),
        ("2005-21", "2005///Spring"),
    ],
)
def test_dates_in_ris_keep_their_precision_and_come_back(issued: str, written_as: str) -> None:
    text = written("ris", ARTICLE | {"issued": issued})

    assert f"DA  - {written_as}\r\n" in text
    assert read("ris", text)[0]["issued"] == issued


@pytest.mark.parametrize("form", ["bibtex", "nbib"])
@pytest.mark.parametrize("issued", ["2018", "2018-11", "2018-11-03", "2002-10/2002-12", "2005-21"])
def test_dates_come_back_as_precise_as_they_were(form: str, issued: str) -> None:
    assert read(form, written(form, ARTICLE | {"issued": issued}))[0]["issued"] == issued


def test_two_entries_never_share_a_key_in_bibtex() -> None:
    text = written("bibtex", ARTICLE | {"key": "a<b"}, ARTICLE | {"key": "a>b"}, ARTICLE | {"key": "{},"})

    assert [line for line in text.splitlines() if line.startswith("@")] == [
        "@article{a-b,",
        "@article{a-b-2,",
        "@article{-,",
    ]


@given(st.lists(contents, max_size=3))
def test_whatever_a_reference_holds_each_is_one_record_in_every_form(references: list[dict[str, Any]]) -> None:
    assert len(rispy.loads(written("ris", *references))) == len(references)
    assert parse_string(written("bibtex", *references)).failed_blocks == []
    assert len(json.loads(written("csl-json", *references))) == len(references)
    assert written("nbib", *references).count("\nSO  - ") <= len(references)
