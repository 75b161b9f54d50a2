"""What reviewers are shown: also the words of pictures, which readers who cannot see them are given."""

import pytest

from pages.kinds import ARTICLE
from pages.kinds.common import with_alt_texts
from pages.markdown import Renderer
from tests.documents import article_content

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
