"""What reviewers are shown: also the words of pictures, which readers who cannot see them are given."""

import pytest

from pages import live
from pages.kinds import ARTICLE, FAQ
from pages.kinds.common import with_alt_texts
from pages.markdown import Renderer
from tests.cast import NOW, Cast
from tests.documents import article_content, draft, faq_content, next_edition, published

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
