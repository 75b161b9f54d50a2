"""Takes the two pictures of the README, from the site itself with its starter content: `make pictures`.

Not a test: pytest runs it only when it is named, for the database, the server and the browser that its fixtures bring.
"""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from alstrom_site.accounts.demonstration import PASSWORD
from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition
from tests.conftest import ContextMaker
from tests.journeys.people_at_work import sign_in, waiting

PICTURES = Path(__file__).parent / "pictures"
VIEW = {"width": 1280, "height": 1100}
LARGEST = 300_000
# Pages of text have few colours; so many show them without loss to the eye, if those of small things are kept too.
COLOURS = 256

ARTICLE = "how-common-is-alstrom-syndrome"
BEFORE = "“How many others are there?” is a natural question to ask. There is an answer, but it is an old one."
AFTER = "“How many others are there?” is a natural question. There is an answer, but it is from 2008."
COMMENT = "The first paragraph calls the figure old. Please say of which year it is."


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("starter_content")
def test_the_pictures_are_taken(new_context: ContextMaker) -> None:
    take_the_reading_page(new_context(viewport=VIEW).new_page())
    title = change_once_more()
    take_the_review_screen(new_context(viewport=VIEW).new_page(), title)


def take_the_reading_page(page: Page) -> None:
    """Picture what readers get."""
    page.goto("/what-is-alstrom-syndrome/")
    keep(page, "reading-page.png")


def change_once_more() -> str:
    """Bring a second edition back to the reviewer, changed as the reviewer asked; return its title."""
    document = Document.objects.get(kind="article", address=ARTICLE)
    editor, reviewer = (User.objects.get(username=name) for name in ("editor", "reviewer"))
    edition = actions.open_edition(document, by=editor, at=timezone.now())
    first = revised(edition, editor, "\n\nRare does not have to mean alone. ", "\n\nRare need not mean alone. ")
    actions.submit(first, by=editor, at=timezone.now(), seen=first.text.digest)
    actions.request_changes(first, by=reviewer, at=timezone.now(), seen=first.text.digest, comment=COMMENT)
    second = revised(first, editor, BEFORE, AFTER)
    actions.submit(second, by=editor, at=timezone.now(), seen=second.text.digest)
    return document.title


def revised(edition: Edition, editor: User, old: str, new: str) -> Edition:
    """Save the edition's text with one passage replaced; return the edition as it is then."""
    fields = edition.text.fields
    assert old in fields["body"], f"The starter content no longer says: {old}"
    content = {**fields, "body": fields["body"].replace(old, new)}
    return actions.save(edition, content, by=editor, at=timezone.now(), seen=edition.text.digest).edition


def take_the_review_screen(page: Page, title: str) -> None:
    """Picture what the reviewer signs on: what changed since the last verdict."""
    sign_in(page, User.objects.get(username="reviewer"), PASSWORD)
    waiting(page).get_by_role("listitem").filter(has_text=title).get_by_role("link", name="Review this text").click()
    expect(page.get_by_role("link", name="Since my last verdict")).to_have_attribute("aria-current", "true")
    keep(page, "review-screen.png")


def keep(page: Page, name: str) -> None:
    """Write what the window shows as a small PNG."""
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    PICTURES.mkdir(exist_ok=True)
    few.save(PICTURES / name, optimize=True)
    assert (PICTURES / name).stat().st_size < LARGEST
