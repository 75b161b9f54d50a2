"""What reviewers are shown: also the words of pictures, which readers who cannot see them are given."""

from typing import Any

import pytest

from pages import live
from pages.kinds import ARTICLE, FAQ
from pages.kinds.common import with_alt_texts
from pages.markdown import Renderer
from references.kinds import ReferenceKind
from tests.cast import NOW, Cast
from tests.documents import STEP, article_content, draft, faq_content, next_edition, published, reference_content
from tests.pages.reading import Reading

NAME = "/media/images/0123456789abcdef0123456789abcdef.png"


@pytest.mark.django_db
def test_a_pictures_description_stands_under_it() -> None:
    content = ARTICLE.clean(article_content(body=f"Words.\n\n![A grey gradient]({NAME})\n\nMore."))

    shown = ARTICLE.shown(content)

    assert "Described as: “A grey gradient”" in shown
    assert shown.index("<img") < shown.index("Described as:") < shown.index("More.")


@pytest.mark.parametrize("alt", ["a <script>alert(1)</script> b", 'a "quoted" & b', "a > b", "“x” onerror=y"])
def test_a_description_is_shown_as_text_whatever_it_holds(alt: str) -> None:
    html = Renderer(references={}, terms={}).render(f"![{alt}]({NAME} 'a title')").html

    shown = with_alt_texts(html)

    assert shown.count("Described as:") == 1
    assert "<script" not in shown.split("Described as:")[1]
    assert '"quoted"' not in shown.split("Described as:")[1]


@pytest.mark.django_db
def test_reviewers_and_previews_name_a_source_as_its_live_text_does_and_only_else_as_its_draft(cast: Cast) -> None:
    entry = published(cast, key="smith2001", author=[{"family": "Smith"}]).document
    next_edition(cast, entry, at=NOW, author=[{"family": "Smyth"}], issued="2003")
    draft(cast, key="jones2005", author=[{"family": "Jones"}])
    text = "@smith2001 says so, and @jones2005 too."

    shown = FAQ.shown(FAQ.clean(faq_content(answer=text)))

    assert "Smyth" not in shown
    assert "2003" not in shown
    previewed = live.renderer_for([text])
    assert "Smith" in previewed.render(text).html
    assert previewed.labels == {"smith2001": "Smith 2001", "jones2005": "Jones 2001 (draft)"}
    first, second = shown.split('id="reference-1"')[1].split('id="reference-2"')
    assert "Draft only" not in first
    assert "Jones" in second
    assert "Draft only: readers cannot see this entry yet" in second


def shown_article(cast: Cast, **fields: Any) -> Reading:
    return Reading(ARTICLE.shown(ARTICLE.clean(article_content(**fields))))


@pytest.mark.django_db
def test_whoever_signs_an_article_reads_its_answers_as_readers_get_them_and_whose_review_each_has_had(
    cast: Cast,
) -> None:
    question = published(cast, "faq", slug="is-it-safe", question="Is it safe?", answer="It is safe.").document
    next_edition(cast, question, at=NOW + STEP, question="Was it safe?", answer="It is deadly.")
    draft(cast, "faq", slug="what-else", answer="Nothing else.")

    shown = shown_article(cast, faqs=["is-it-safe", "what-else"])

    assert ["It is safe." in shown.html, "It is deadly." in shown.html] == [True, False]
    assert "Is it safe?" in shown.words("summary")
    assert "Nothing else." in shown.words("p")
    first, second = (each for each in shown.words("p") if "Its page: " in each)
    assert first.startswith("Reviewed as a text of its own, last on 2 March 2026.")
    assert second.startswith("Draft only: readers cannot see this answer yet")


@pytest.mark.django_db
def test_related_pages_stand_by_the_titles_that_readers_see(cast: Cast) -> None:
    published(cast, "article", slug="the-other", title="The other page")

    shown = shown_article(cast, related=[{"address": "the-other", "description": "More of it."}])

    assert "The other page" in shown.words("strong")


@pytest.mark.django_db
def test_a_source_stands_with_its_abstract_and_what_the_text_says_at_each_place(cast: Cast) -> None:
    published(cast, key="smith2001", abstract="Three of five had it.")

    shown = shown_article(cast, body="Most have it [@smith2001, p. 3].\n\nSome do not [@smith2001].")

    assert "Three of five had it." in shown.words("p")
    said = [each for each in shown.words("li") if each.startswith("“")]
    assert said[0].startswith("“Most have it [Sample 2001, p. 3].” The source is cited at p. 3.")
    assert said[1].startswith("“Some do not [Sample 2001].”")


def test_an_entry_shows_its_title_as_its_citation_does_and_its_type_in_words() -> None:
    entry = ReferenceKind()

    shown = entry.shown(entry.clean(reference_content(title="About <i>ALMS1</i>")))

    assert "<dd>About <i>ALMS1</i></dd>" in shown
    assert "Journal article" in Reading(shown).words("dd")
