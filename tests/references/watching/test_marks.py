"""A source that no longer stands says so wherever readers meet it, at once, and no new text rests on it unsaid."""

import pytest
from django.test import Client

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, PublishedPage
from alstrom_site.editorial.workflow import NotReady
from references.publication.contents import notices_told
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    approved,
    article_content,
    draft,
    in_review,
    made_live,
    next_edition,
    published,
    submitted,
)
from tests.editorial.admin.desk_visits import page

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice")
IN_PART = Notice("PartialRetractionIn", "2010-02-06", doi="10.1000/notice")
MARK = '<strong>Retracted 2010</strong>, <a href="https://doi.org/10.1000/notice"'


def retract(cast: Cast, notice: Notice = RETRACTED) -> Document:
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    assert observe(source, [notice], source="Retraction Watch", by=cast.publisher, at=LATER)
    return source


@pytest.mark.parametrize(
    "path", ["/sample-article/", "/bibliography/", "/bibliography/sample2001/", "/search/?q=sample2001"]
)
def test_readers_see_it_at_once(path: str, cast: Cast, client: Client) -> None:
    published(cast, "article")
    assert MARK not in client.get(path).content.decode()

    retract(cast)

    assert MARK in client.get(path).content.decode()


def test_the_citation_that_readers_copy_says_it_too(cast: Cast, client: Client) -> None:
    published(cast)

    retract(cast)

    copied = client.get("/bibliography/sample2001/").content.decode().partition('"citation-box__text">')[2]
    assert copied.partition("</p>")[0].endswith(" Retraction in: 2010 Feb 6. doi: 10.1000/notice.")


def test_a_citation_says_once_what_the_entry_and_the_watch_know() -> None:
    known = {"type": "RetractionIn", "pmid": "9", "doi": "", "text": "J Test. 2010"}

    assert notices_told({"notices": [known]}, [RETRACTED]) == [known]


def test_search_engines_read_it_too(cast: Cast, client: Client) -> None:
    published(cast)

    retract(cast)

    assert '"creativeWorkStatus": ["Retracted 2010"]' in client.get("/bibliography/sample2001/").content.decode()


def test_pages_are_made_again_byte_for_byte(cast: Cast) -> None:
    published(cast, "article")
    retract(cast)
    before = {page.path: (bytes(page.body), page.listing) for page in PublishedPage.objects.all()}

    projection.rebuild()

    assert {page.path: (bytes(page.body), page.listing) for page in PublishedPage.objects.all()} == before


def test_an_article_says_which_of_its_sources_were_withdrawn(cast: Cast, client: Client) -> None:
    published(cast, "article")
    source = Document.objects.addressed("reference", ["sample2001"]).select_related("live_edition__head").get()
    assert source.live_edition is not None
    seen = source.live_edition.text.digest
    wanted = actions.Retirement("withdraw", "It named the wrong work.")
    actions.propose(source.live_edition, wanted, by=cast.editor, at=LATER, seen=seen)
    actions.withdraw(source.live_edition, by=cast.publisher, at=LATER, seen=seen, reason="It named the wrong work.")
    projection.refresh_stale()

    html = client.get("/sample-article/").content.decode()

    assert "<strong>Withdrawn here 4 March 2026</strong>: It named the wrong work." in html


def issues_of(body: str, name: str = "article") -> list[str]:
    content = kind_named(name).clean(article_content(body=body))
    return [each.message for each in kind_named(name).issues(content, for_publication=False)]


def test_a_text_must_say_that_its_source_was_retracted(cast: Cast) -> None:
    published(cast)
    assert issues_of("A claim [@sample2001].") == []

    retract(cast)

    (sentence,) = issues_of("A claim [@sample2001].")
    assert sentence.startswith("Body, line 1: “sample2001” was retracted in 2010. ")
    assert sentence.endswith("say so in the citation: [@sample2001, retracted].")


@pytest.mark.parametrize(
    "said",
    [
        "@sample2001, retracted",
        "the Retracted @sample2001",
        "see the retraction of @sample2001",
        "@sample2001, p. 3, retraction",
        "@sample2001, since *retracted*, p. 3",
        "@sample2001, Retracted in 2010",
    ],
)
def test_a_text_that_says_so_may_cite_it(said: str, cast: Cast) -> None:
    published(cast)
    retract(cast)

    assert issues_of(f"A claim was withdrawn by its authors [{said}].") == []


@pytest.mark.parametrize(
    "said",
    [
        "@sample2001, not retracted",
        "@sample2001, p. 3, never a retraction",
        "not retracted @sample2001",
        "unlike the retracted @sample2001",
        "@sample2001, un-retracted",
        "@sample2001, retracted by nobody",
        "@sample2001, retracted 1999",
        "@sample2001, retracted in part",
        "the partly retracted @sample2001",
    ],
)
def test_a_text_that_says_something_else_with_the_word_may_not(said: str, cast: Cast) -> None:
    published(cast)
    retract(cast)

    assert len(issues_of(f"A claim [{said}].")) == 1


def test_a_text_says_of_a_work_retracted_in_part_that_it_was_so_in_part(cast: Cast) -> None:
    published(cast)
    retract(cast, IN_PART)

    (sentence,) = issues_of("A claim [@sample2001, retracted in part 2011].")
    assert "was retracted in part in 2010. " in sentence
    assert sentence.endswith("[@sample2001, retracted in part].")
    for said in ("retracted in part", "retracted in part 2010", "partly retracted", "partial retraction", "retracted"):
        assert issues_of(f"A claim [@sample2001, {said}].") == []


def test_each_citation_must_say_so(cast: Cast) -> None:
    published(cast)
    retract(cast)

    assert len(issues_of("One [@sample2001, retracted]. Two [@sample2001; @sample2001, not retractedly].")) == 2


def test_one_cause_is_said_once_with_each_place_and_leads_who_reads_to_the_line(cast: Cast) -> None:
    published(cast)
    waiting = in_review(cast, "article", body="A claim [@sample2001].\n\nAnother [@sample2001].")
    retract(cast)

    read, written = page(cast.reviewer, waiting, "review"), page(cast.editor, waiting)

    for html in (read, written):
        assert html.count("say so in the citation: [@sample2001, retracted].") == 1
    assert '2 places: <a href="#body-line-1">Body, line 1</a> · <a href="#body-line-3">Body, line 3</a>' in read
    assert 'id="body-line-3"' in read
    assert f'<a href="{document_url(waiting.document, "change")}#id_body">Body, line 3</a>' in written


def test_on_the_page_of_a_live_text_what_is_missing_is_said_where_the_step_is_refused(cast: Cast) -> None:
    published(cast)
    live = published(cast, "article", body="A claim [@sample2001].\n\nAnother [@sample2001].")
    retract(cast)

    html = page(cast.reviewer, live)

    assert "Body, line 1; Body, line 3: “sample2001” was retracted" in html
    assert "listed on this page" not in html


def test_a_reinstated_paper_may_be_cited(cast: Cast) -> None:
    published(cast)
    source = retract(cast)

    observe(source, [Notice("ReinstatementIn", "2012-01")], source="Retraction Watch", by=cast.publisher, at=LATER)

    assert issues_of("A claim [@sample2001].") == []


def test_an_approved_text_is_not_published_when_its_source_was_retracted_since(cast: Cast) -> None:
    article = approved(cast, "article")
    retract(cast)

    with pytest.raises(NotReady, match="was retracted in 2010"):
        made_live(cast, article, at=LATER)


@pytest.mark.parametrize(
    "more", [[], [{"type": "RetractionIn", "pmid": "9"}, {"type": "ReinstatementIn", "text": "2099"}]]
)
def test_a_draft_of_the_entry_takes_no_retraction_back(more: list[dict[str, str]], cast: Cast) -> None:
    source = published(cast, notices=[{"type": "RetractionIn", "pmid": "9", "text": "J Test. 2010;1:1"}]).document

    next_edition(cast, source, at=LATER, notices=more)

    assert [sentence[:50] for sentence in issues_of("A claim [@sample2001].")] == [
        "Body, line 1: “sample2001” was retracted in 2010. "
    ]


def test_a_text_that_rests_on_it_is_neither_submitted_nor_approved(cast: Cast) -> None:
    waiting = in_review(cast, "article")
    retract(cast)
    other = draft(cast, "article", slug="other")

    with pytest.raises(NotReady, match="was retracted in 2010"):
        submitted(cast, other, at=LATER)
    with pytest.raises(NotReady, match="was retracted in 2010"):
        actions.approve(waiting, by=cast.reviewer, at=LATER, seen=waiting.text.digest, said=actions.Said())


def test_a_reviewer_sees_that_the_work_was_retracted_and_signs_no_untruth(cast: Cast) -> None:
    source = published(cast).document
    retract(cast)

    html = page(cast.reviewer, submitted(cast, next_edition(cast, source, at=LATER), at=LATER + STEP), "review")

    head = html.partition('<header class="page-top">')[2].partition("</header>")[0]
    assert '<li class="mark mark--late">Retracted 2010' in head
    assert "The source has not been retracted, or the entry says that it was." in html


@pytest.mark.parametrize(("said", "marked"), [("@sample2001, p. 3", True), ("@sample2001, p. 3, retracted", False)])
def test_a_statement_on_a_retracted_source_is_marked_where_it_is_read_and_at_the_head(
    said: str, marked: bool, cast: Cast, client: Client
) -> None:
    published(cast, "article", body=f"A claim [{said}].")

    retract(cast)

    html = client.get("/sample-article/").content.decode()
    in_the_text = '>1</a>, <strong class="citation-retracted">retracted 2010</strong>, p. 3]' in html
    at_the_head = "A source of this page was retracted." in html and '<a href="#reference-1">Source 1</a>' in html
    assert (in_the_text, at_the_head) == (marked, marked)


def test_the_head_of_a_page_says_that_a_source_was_retracted_in_part(cast: Cast, client: Client) -> None:
    published(cast, "article")

    retract(cast, IN_PART)

    html = client.get("/sample-article/").content.decode()
    assert "A source of this page was retracted in part." in html
    assert "A work is retracted when" not in html
