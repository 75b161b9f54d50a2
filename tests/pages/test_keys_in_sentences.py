"""Which keys in sentences are citations is fixed with the text: no entry that comes or goes changes a signed text."""

import pytest

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions.merging_documents import Merge
from alstrom_site.editorial.actions.merging_documents import merge as merge_entries
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.merging import merge
from alstrom_site.editorial.models import Citation, Edition, PublishedPage
from alstrom_site.editorial.texts import shown_in
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotReady
from pages.exchange.front_matter import read_document, write_document
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    approved,
    article_content,
    draft,
    faq_content,
    fresh,
    in_review,
    made_live,
    published,
    signed,
)

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
SAYS = "One [@sample2001]. As @smith2020 [p. 3] says, words."
FIELD = "cited_in_sentences"


def page_of(edition: Edition) -> str:
    projection.refresh_stale()
    return bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()


def keys_kept(edition: Edition) -> list[str]:
    return list(fresh(edition).text.citations.values_list("key", flat=True))


def test_a_live_handle_stays_a_handle_when_an_entry_takes_its_name(cast: Cast) -> None:
    article = published(cast, "article", body="One [@sample2001]. Follow @smith2020 for news.")
    published(cast, key="smith2020")

    projection.rebuild()

    assert "Follow @smith2020 for news" in page_of(article)
    assert "/bibliography/smith2020/" not in page_of(article)
    assert list(faults()) == []


def test_a_text_whose_entry_was_discarded_after_approval_cannot_be_published(cast: Cast) -> None:
    published(cast, key="sample2001")
    smith = draft(cast, key="smith2020")
    article = approved(cast, "article", body=SAYS)
    actions.discard(smith, by=cast.editor, at=LATER, seen=smith.text.digest, comment="Not needed.")

    with pytest.raises(NotReady) as refused:
        made_live(cast, fresh(article), at=LATER)

    assert {issue.code for issue in refused.value.issues} >= {"unknown-reference", "reference-not-live"}
    assert "unknown reference: smith2020" in kind_named("article").shown(article.text.fields)


def test_a_page_shows_the_sources_that_its_text_had_when_it_was_saved(cast: Cast) -> None:
    article = in_review(cast, "article", body="One [@sample2001]. As @smith2020 says, words.")
    smith = published(cast, key="smith2020")

    article = made_live(cast, signed(cast, article, at=LATER), at=LATER)

    assert "As @smith2020 says" in page_of(article)
    assert keys_kept(article) == ["sample2001"]
    assert list(shown_in(smith.document)) == []
    assert list(faults()) == []


def test_an_entry_that_a_sentence_cites_is_not_unpublished_under_it(cast: Cast) -> None:
    smith = published(cast, key="smith2020")
    article = published(cast, "article", body=SAYS)
    retirement = actions.Retirement("unpublish", "Made up.")

    with pytest.raises(NotReady):
        actions.propose(fresh(smith), retirement, by=cast.editor, at=LATER, seen=smith.text.digest)

    assert keys_kept(article) == ["sample2001", "smith2020"]
    assert list(shown_in(smith.document)) == [article.document]


def test_the_keys_of_sentences_are_signed_with_the_text_and_sorted(cast: Cast) -> None:
    for key in ("zoe2001", "adam2001", "bracketed2001"):
        draft(cast, key=key)

    question = draft(cast, "faq", answer="As @zoe2001 and @adam2001 say [@bracketed2001], unlike @nobody2001.")

    assert question.text.fields[FIELD] == ["adam2001", "zoe2001"]
    assert FIELD not in draft(cast, "term", definition="Follow @nobody2001 [@adam2001].").text.fields


def test_keys_that_are_brought_along_are_not_trusted(cast: Cast) -> None:
    kind = kind_named("faq")
    draft(cast, key="kept2001")

    assert FIELD not in kind.clean({**faq_content(answer="As @gone2001 says."), FIELD: ["gone2001"]})
    assert kind.clean({**faq_content(answer="As @kept2001 says."), FIELD: []})[FIELD] == ["kept2001"]


def test_a_key_counts_that_leads_to_an_entry_since_a_merge(cast: Cast) -> None:
    kept, gone = draft(cast, key="kept2001"), draft(cast, key="gone2001")
    seen = (gone.text.digest, kept.text.digest)
    merge_entries(
        Merge(gone.document, kept.document, "Both are of one made-up source.", seen), by=cast.editor, at=LATER
    )

    question = draft(cast, "faq", answer="As @gone2001 says.")

    assert question.text.fields[FIELD] == keys_kept(question) == ["gone2001"]


def test_saving_what_is_there_changes_nothing_until_an_entry_has_come(cast: Cast) -> None:
    question = draft(cast, "faq", answer="As @smith2020 says.")
    raw = faq_content(answer="As @smith2020 says.")
    seen = question.text.digest

    same = actions.save(question, raw, by=cast.editor, at=LATER, seen=seen)
    draft(cast, key="smith2020")
    other = actions.save(fresh(question), raw, by=cast.editor, at=LATER, seen=seen)
    again = actions.save(fresh(question), raw, by=cast.editor, at=LATER, seen=other.revision.digest)

    assert [same.changed, other.changed, again.changed] == [False, True, False]
    assert other.revision.fields[FIELD] == ["smith2020"]


def test_the_keys_are_never_asked_about_in_a_merge(cast: Cast) -> None:
    kind = kind_named("faq")
    base, mine, theirs = ({**kind.clean(faq_content()), FIELD: [key]} for key in "abc")

    assert not merge(base, mine, theirs, kind.fields).conflicts


def test_a_file_comes_back_with_the_keys_of_its_sentences(cast: Cast) -> None:
    draft(cast, key="smith2020")
    article = draft(cast, "article", body=SAYS)

    written = read_document(write_document("article", article.text.fields))

    assert FIELD not in written.raw
    assert kind_named("article").clean(written.raw) == article.text.fields


def test_an_answer_on_the_page_of_an_article_cites_what_it_cites_alone(cast: Cast) -> None:
    published(cast, "faq", slug="why-so", answer="As @smith2020 says.")
    published(cast, key="smith2020")

    article = published(cast, "article", body=SAYS, faqs=["why-so"])

    assert "As @smith2020 says." in page_of(article)
    assert 'href="#reference-2"' in page_of(article)


@pytest.mark.breaks_the_record
def test_rebuilding_writes_the_citations_that_the_grammar_of_today_finds(cast: Cast) -> None:
    article = published(cast, "article", body="One [@sample2001, 12].")
    projection.refresh_stale()
    Citation.objects.filter(revision=article.head).update(locator="", suffix="12")
    assert "its citations are not those of its text." in [fault.message for fault in faults()]

    projection.rebuild()

    assert list(faults()) == []
    assert fresh(article).text.citations.get().locator == "p. 12"


def test_a_text_of_before_cites_in_brackets_alone(cast: Cast) -> None:
    kind = kind_named("article")
    published(cast, key="sample2001")
    content = kind.clean(article_content(body="As @sample2001 says [@sample2001, p. 3]."))
    del content[FIELD]

    assert [use.locator for use in kind.citations(content)] == ["p. 3"]
    assert "As @sample2001 says" in kind.shown(content)
