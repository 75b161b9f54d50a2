"""Literal citations of every type, by the rules of Citing Medicine; people and works are made up."""

from typing import Any

import pytest

from references.formatting import nlm_citation, nlm_citation_html, nlm_source, plain_title, title_html

ONE = {"family": "Tester", "given": "C. D."}
TWO = {"family": "Writer", "given": "Anna", "suffix": "Jr"}
ED = {"family": "Editor", "given": "E. F."}
IMPRINT = {"publisher_place": "Test Town (MD)", "publisher": "Test Press", "issued": "2002"}
SEEN = {"URL": "https://example.org/work", "accessed": "2007-02-22"}


def printed(kind: str, **fields: Any) -> str:
    return nlm_citation({"type": kind, "author": [ONE], "title": "A title", **fields}, identifiers=("DOI",))


@pytest.mark.parametrize(
    ("fields", "citation"),
    [
        (IMPRINT, "Tester CD. A title. Test Town (MD): Test Press; 2002."),
        (
            IMPRINT | {"author": [ONE, TWO], "edition": "2", "number_of_pages": "768"},
            "Tester CD, Writer A Jr. A title. 2nd ed. Test Town (MD): Test Press; 2002. 768 p.",
        ),
        (IMPRINT | {"author": [], "editor": [ED]}, "Editor EF, editor. A title. Test Town (MD): Test Press; 2002."),
        (
            IMPRINT | {"author": [], "editor": [ED, ONE]},
            "Editor EF, Tester CD, editors. A title. Test Town (MD): Test Press; 2002.",
        ),
        (
            IMPRINT | {"editor": [ED], "edition": "Rev. ed."},
            "Tester CD. A title. Rev. ed. Editor EF, editor. Test Town (MD): Test Press; 2002.",
        ),
        (
            IMPRINT | {"collection_title": "Series of tests", "collection_number": "5", "number_of_pages": "368"},
            "Tester CD. A title. Test Town (MD): Test Press; 2002. 368 p. (Series of tests; no. 5).",
        ),
        (IMPRINT | {"volume": "3"}, "Tester CD. A title. Vol. 3. Test Town (MD): Test Press; 2002."),
        (IMPRINT | {"medium": "CD-ROM"}, "Tester CD. A title [CD-ROM]. Test Town (MD): Test Press; 2002."),
        (
            IMPRINT | SEEN,
            "Tester CD. A title [Internet]. Test Town (MD): Test Press; 2002 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            IMPRINT | SEEN | {"URL": "https://example.org/a-work/", "DOI": "10.1000/x"},
            "Tester CD. A title [Internet]. Test Town (MD): Test Press; 2002 [cited 2007 Feb 22]. "
            "Available from: https://example.org/a-work/. doi: 10.1000/x.",
        ),
        ({"publisher": "Test Press"}, "Tester CD. A title. Test Press."),
    ],
)
def test_books(fields: dict[str, Any], citation: str) -> None:
    assert printed("book", **fields) == citation


@pytest.mark.parametrize(
    ("kind", "fields", "citation"),
    [
        (
            "chapter",
            IMPRINT
            | {"editor": [ED, TWO], "container_title": "The whole book", "page": "93-113", "edition": "3rd ed."},
            "Tester CD. A title. In: Editor EF, Writer A Jr, editors. The whole book. 3rd ed. Test Town (MD): "
            "Test Press; 2002. p. 93-113.",
        ),
        (
            "chapter",
            IMPRINT | {"container_title": "The whole book", "page": "113", "volume": "2"},
            "Tester CD. A title. In: The whole book. Vol. 2. Test Town (MD): Test Press; 2002. p. 113.",
        ),
        (
            "chapter",
            IMPRINT | SEEN | {"container_title": "The whole book", "editor": [ED]},
            "Tester CD. A title. In: Editor EF, editor. The whole book [Internet]. Test Town (MD): Test Press; 2002 "
            "[cited 2007 Feb 22]. Available from: https://example.org/work",
        ),
        (
            "chapter",
            IMPRINT | SEEN | {"container_title": "The whole book", "updated": "2006-05-01", "container_issued": "1993"},
            "Tester CD. A title. 2002 [updated 2006 May 1]. In: The whole book [Internet]. Test Town (MD): Test Press; "
            "1993- [cited 2007 Feb 22]. Available from: https://example.org/work",
        ),
        (
            "webpage",
            IMPRINT | SEEN | {"updated": "2006-05-01"},
            "Tester CD. A title [Internet]. Test Town (MD): Test Press; 2002 [updated 2006 May 1; cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            "paper-conference",
            IMPRINT
            | {"container_title": "Tests today", "editor": [ED], "page": "182-91", "event_title": "5th Days of Tests"}
            | {"event_date": "2002-04-03/2002-04-05", "event_place": "Test Town"},
            "Tester CD. A title. In: Editor EF, editor. Tests today. 5th Days of Tests; 2002 Apr 3-5; Test Town. "
            "Test Town (MD): Test Press; 2002. p. 182-91.",
        ),
        (
            "paper-conference",
            {"event_title": "5th Days of Tests", "event_date": "2002-04", "event_place": "Test Town"},
            "Tester CD. A title. Presented at: 5th Days of Tests; 2002 Apr; Test Town.",
        ),
        (
            "paper-conference",
            {"container_title": "Proc Tests", "volume": "7", "page": "1-9", "issued": "2002"},
            "Tester CD. A title. Proc Tests. 2002;7:1-9.",
        ),
        (
            "report",
            IMPRINT | {"issued": "2001-02", "number_of_pages": "24", "number": "T-0139-2824"},
            "Tester CD. A title. Test Town (MD): Test Press; 2001 Feb. 24 p. Report No.: T-0139-2824.",
        ),
        (
            "thesis",
            IMPRINT | {"publisher": "University of Tests", "number_of_pages": "70"},
            "Tester CD. A title [dissertation]. Test Town (MD): University of Tests; 2002. 70 p.",
        ),
        (
            "thesis",
            IMPRINT | {"genre": "Master's thesis"} | SEEN,
            "Tester CD. A title [master's thesis on the Internet]. Test Town (MD): Test Press; 2002 "
            "[cited 2007 Feb 22]. Available from: https://example.org/work",
        ),
        (
            "webpage",
            IMPRINT | SEEN | {"author": []},
            "A title [Internet]. Test Town (MD): Test Press; 2002 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            "webpage",
            IMPRINT | SEEN | {"author": [], "container_title": "Site of tests", "issued": "2005-03-03"},
            "Site of tests [Internet]. Test Town (MD): Test Press. A title; 2005 Mar 3 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            "webpage",
            SEEN | {"author": [{"literal": "Test Group"}], "issued": ""},
            "Test Group. A title [Internet]. [cited 2007 Feb 22]. Available from: https://example.org/work",
        ),
        (
            "dataset",
            IMPRINT | {"DOI": "10.1000/set", "edition": "Release 2"},
            "Tester CD. A title [dataset]. Release 2. Test Town (MD): Test Press; 2002. "
            "Available from: https://doi.org/10.1000/set",
        ),
        (
            "software",
            {"publisher": "Test Press", "issued": "2020"} | SEEN,
            "Tester CD. A title [software on the Internet]. Test Press; 2020 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            "article",
            {"container_title": "testRxiv", "issued": "2021-03-16", "page": "2021.03.15.1", "DOI": "10.1000/2021.1"}
            | {"genre": "preprint"},
            "Tester CD. A title. testRxiv [Preprint]. 2021 Mar 16:2021.03.15.1. doi: 10.1000/2021.1.",
        ),
        (
            "article",
            {"container_title": "testRxiv", "issued": "2016", "publication_types": ["Preprint"]} | SEEN,
            "Tester CD. A title. testRxiv [Preprint]. 2016 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work",
        ),
        (
            "article",
            {"container_title": "medRxiv", "issued": "2020"},
            "Tester CD. A title. medRxiv [Preprint]. 2020.",
        ),
        ("article", {"publisher": "Test Films", "issued": "2001"}, "Tester CD. A title. Test Films. 2001."),
        (
            "article-journal",
            {"container_title_short": "Tests J", "issued": "2002-06", "volume": "102", "issue": "6"} | SEEN,
            "Tester CD. A title. Tests J [Internet]. 2002 Jun [cited 2007 Feb 22];102(6). "
            "Available from: https://example.org/work",
        ),
        (
            "article-newspaper",
            {"container_title": "The Test Post", "issued": "2002-08-12", "page": "A2"},
            "Tester CD. A title. The Test Post. 2002 Aug 12;Sect. A:2.",
        ),
        (
            "article-journal",
            {"title": "[A title]", "container_title_short": "Tests", "issued": "2008", "language": "ger"}
            | {"DOI": "10.1000/X", "notes": ["Review."]},
            "Tester CD. [A title]. Tests. 2008. German. doi: 10.1000/X. Review.",
        ),
    ],
)
def test_other_works(kind: str, fields: dict[str, Any], citation: str) -> None:
    assert printed(kind, **fields) == citation


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"epub": "2008-07-01"}, "J Tests. 2008 Nov;153(5):905-9. doi: 10.1000/a1. Epub 2008 Jul 1."),
        ({"epub": "2008-11"}, "J Tests. 2008 Nov;153(5):905-9. doi: 10.1000/a1."),
        (
            {"issued": "2018-07", "epub": "2018-04-25", "publication_model": "Electronic-eCollection"},
            "J Tests. 2018 Apr 25;153(5):905-909. doi: 10.1000/a1. eCollection 2018 Jul.",
        ),
        (
            {"issued": "2016", "epub": "2016-04-19", "issue": "", "page": "67"},
            "J Tests. 2016 Apr 19;153:67. doi: 10.1000/a1. eCollection 2016.",
        ),
        (
            {"issued": "2020-08", "epub": "2020-08-18", "page": "e3000801"},
            "J Tests. 2020 Aug 18;153(5):e3000801. doi: 10.1000/a1. eCollection 2020 Aug.",
        ),
        (
            {"issued": "2014-05", "epub": "2014-03-13", "page": "e85"},
            "J Tests. 2014 May;153(5):e85. doi: 10.1000/a1. Epub 2014 Mar 13.",
        ),
        ({"issue": "Suppl 1"}, "J Tests. 2008 Nov;153 Suppl 1:905-9. doi: 10.1000/a1."),
        ({"issue": "Pt 1"}, "J Tests. 2008 Nov;153(Pt 1):905-9. doi: 10.1000/a1."),
        ({"issue": "Suppl_1"}, "J Tests. 2008 Nov;153(Suppl_1):905-9. doi: 10.1000/a1."),
        ({"issued": "2019-24"}, "J Tests. 2019 Winter;153(5):905-909. doi: 10.1000/a1."),
        ({"issued": "2019-01/2019-02"}, "J Tests. 2019 Jan-Feb;153(5):905-909. doi: 10.1000/a1."),
        ({"page": "379.e9-379.e13"}, "J Tests. 2008 Nov;153(5):379.e9-379.e13. doi: 10.1000/a1."),
        ({"page": "E174; discussion E174"}, "J Tests. 2008 Nov;153(5):E174; discussion E174. doi: 10.1000/a1."),
        (
            {"source_line": "J Tests. 2008 Nov;153(5):905-909. doi: 10.1000/A1."},
            "J Tests. 2008 Nov;153(5):905-909. doi: 10.1000/A1.",
        ),
        (
            {"source_line": "J Tests. 2008 Nov;153(5). pii: T12. doi: 10.1000/a1.", "page": "T12"},
            "J Tests. 2008 Nov;153(5). pii: T12. doi: 10.1000/a1.",
        ),
    ],
)
def test_the_source_line_is_that_of_pubmed(fields: dict[str, Any], line: str) -> None:
    article = {
        "type": "article-journal",
        "container_title_short": "J Tests",
        "issued": "2008-11",
        "volume": "153",
        "issue": "5",
        "page": "905-909",
        "DOI": "10.1000/a1",
    }

    assert nlm_source(article | fields) == line


@pytest.mark.parametrize(
    ("title", "plain", "html"),
    [
        ("<i>ALMS1</i> and H<sub>2</sub>O", "ALMS1 and H2O", "<i>ALMS1</i> and H<sub>2</sub>O"),
        ("<i>a<sup>2</sup></i> <b>bold</b>", "a2 bold", "<i>a<sup>2</sup></i> bold"),
        ("p<0.05 & <i>unclosed", "p<0.05 & <i>unclosed", "p&lt;0.05 &amp; &lt;i&gt;unclosed"),
        ('<i class="x">a</i>', '<i class="x">a</i>', "&lt;i class=&quot;x&quot;&gt;a&lt;/i&gt;"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<i><script></i>", "<script>", "<i>&lt;script&gt;</i>"),
        ("</i><i>", "</i><i>", "&lt;/i&gt;&lt;i&gt;"),
        ("\ufdd0a\ufdd1<i>b</i>", "\ufdd0a\ufdd1b", "a<i>b</i>"),
    ],
)
def test_of_the_mark_up_of_titles_only_whole_pairs_are_tags(title: str, plain: str, html: str) -> None:
    assert plain_title({"title": title}) == plain
    assert title_html({"title": title}) == html


def test_nothing_outside_of_titles_is_ever_a_tag() -> None:
    hostile = "<i>x</i>"
    entry = {
        "type": "book",
        "author": [{"literal": hostile}],
        "publisher": hostile,
        "issued": hostile,
        "notes": [hostile],
    }

    html = nlm_citation_html(entry | {"title": "<i>ALMS1</i>?", "edition": "\ufdd0"})

    assert html.count("<i>") == 1
    assert html.startswith("&lt;i&gt;x&lt;/i&gt;. <i>ALMS1</i>? ")


def test_a_thousand_authors_are_printed_and_none_left_out() -> None:
    authors = [{"family": f"Author{number}", "given": "T."} for number in range(1000)]

    assert printed("book", author=authors).count(" T") == 1000
