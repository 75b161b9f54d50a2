"""People as the makers of records write them: particles, names that were put right, and lists that are not whole."""

import io
import json
from typing import Any

import pytest

from references.csl import from_csl
from references.exports import FORMS
from references.formats.reading import read_references
from references.formats.records import Record
from references.formatting import nlm_citation, short_label
from references.lookup.crossref import item_of
from references.publication.parts import display_name
from references.shape import OTHERS
from tests.documents import reference_content
from tests.references.formats.samples import item
from tests.references.formats.test_pubmed_xml import article

ONE = "<LastName>Tester</LastName><ForeName>A B</ForeName><Initials>AB</Initials>"


def read(text: str, form: str) -> list[dict[str, Any]]:
    found = read_references(io.BytesIO(text.encode()), format=form)
    return [dict(each.item) for each in found if isinstance(each, Record)]


def test_a_name_and_a_doi_that_nlm_marks_as_wrong_are_left_out() -> None:
    wrong = '<Author ValidYN="N"><LastName>Testr</LastName><Initials>AB</Initials></Author>'
    dois = "".join(
        f'<ELocationID EIdType="doi"{valid}>10.1000/{name}</ELocationID>'
        for name, valid in (("no", ' ValidYN="N"'), ("yes", ""))
    )

    found = item(article(f"<AuthorList>{wrong}<Author>{ONE}</Author></AuthorList>{dois}"))

    assert [person["family"] for person in found["author"]] == ["Tester"]
    assert found["DOI"] == "10.1000/yes"


def test_a_list_that_is_not_complete_ends_with_et_al() -> None:
    found = item(article(f'<AuthorList CompleteYN="N"><Author>{ONE}</Author></AuthorList>'))

    assert found["author"][1:] == [OTHERS]


def test_others_are_nobody() -> None:
    work = reference_content(author=[{"family": "Tester", "given": "A B"}, dict(OTHERS)], issued="2007")

    assert short_label(work) == "Tester and others 2007"
    assert display_name(OTHERS) == "and others"
    assert ", et al." in nlm_citation(work)


@pytest.mark.parametrize(
    ("family", "given", "printed", "spoken"),
    [
        ("王", "小明", "王 小明", "王 小明"),
        ("Ivanov", "Iu. A.", "Ivanov IuA", "Iu. A. Ivanov"),
        ("Tsakalos", "G. Th.", "Tsakalos GTh", "G. Th. Tsakalos"),
        ("Tester", "Thomas Io", "Tester TI", "Thomas Io Tester"),
        ("", "Madonna", "Madonna", "Madonna"),
    ],
)
def test_names_of_other_scripts_and_single_names_stay_those_of_the_same_person(
    family: str, given: str, printed: str, spoken: str
) -> None:
    person = {"family": family, "given": given}

    assert (nlm_citation({"author": [person]}), display_name(person)) == (f"{printed}.", spoken)


@pytest.mark.parametrize(
    ("written", "form", "person"),
    [
        ("PMID- 1\nFAU - 王, 小明\nAU  - 王 小明\n", "nbib", {"family": "王", "given": "小明"}),
        ("PMID- 1\nFAU - Ivanov, Iu A\nAU  - Ivanov IuA\n", "nbib", {"family": "Ivanov", "given": "Iu. A."}),
        ("PMID- 1\nAU  - Ivanov IuA\n", "nbib", {"family": "Ivanov", "given": "IuA"}),
        ("Ivanov IuA. A. J Test. 2001;1:2.", "nlm-text", {"family": "Ivanov", "given": "Iu. A."}),
        ('[{"title": "A", "author": [{"given": "Madonna"}]}]', "csl-json", {"family": "Madonna"}),
        (
            article(
                "<AuthorList><Author><LastName>Ivanov</LastName><ForeName>Iu A</ForeName><Initials>IuA</Initials>"
                "</Author></AuthorList>"
            ),
            "pubmed-xml",
            {"family": "Ivanov", "given": "Iu. A."},
        ),
    ],
)
def test_initials_of_two_letters_and_single_names_are_read_as_such(
    written: str, form: str, person: dict[str, str]
) -> None:
    (found,) = read(written, form)

    assert found["author"] == [person]


@pytest.mark.parametrize("form", ["bibtex", "nbib", "ris"])
def test_others_are_written_as_each_form_has_them_and_read_back(form: str) -> None:
    work = reference_content(author=[{"family": "Tester", "given": "A B"}, dict(OTHERS)])

    text = "".join(FORMS[form].write([work]))

    assert "{et al}" not in text
    assert read(text, form)[0]["author"][-1] == OTHERS


@pytest.mark.parametrize(
    ("particle", "family"), [("d'", "d'Test"), ("dell’", "dell’Test"), ("al-", "al-Test"), ("van der", "van der Test")]
)
def test_a_particle_is_joined_as_it_is_written(particle: str, family: str) -> None:
    name = {"family": "Test", "non-dropping-particle": particle, "given": "A"}
    written = json.dumps([{"id": "one", "type": "article-journal", "title": "A work", "author": [name]}])

    assert from_csl(json.loads(written)[0])["author"][0]["family"] == family
    assert read(written, "csl-json")[0]["author"][0]["family"] == family


def test_what_crossref_has_escaped_is_read_as_text() -> None:
    found = item_of(
        {
            "type": "journal-article",
            "title": ["A &amp;lt;i&amp;gt;test&amp;lt;/i&amp;gt; &amp; more"],
            "container-title": ["Tests &amp; Trials"],
            "author": [{"family": "O&#39;Test", "given": "A"}],
        }
    )

    assert (found["title"], found["container-title"]) == ("A <i>test</i> & more", "Tests & Trials")
    assert found["author"][0]["family"] == "O'Test"


def test_a_chapter_of_a_book_in_a_series_stands_in_its_book() -> None:
    found = item_of({"type": "book-chapter", "title": ["A chapter"], "container-title": ["A series", "The book"]})

    assert (found["container-title"], found["collection-title"]) == ("The book", "A series")
