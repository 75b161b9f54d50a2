"""The pictures of texts: what is signed with them is there, is found when it changes, and goes into the evidence."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from alstrom_site.editorial.evidence import pack_of, record_of
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotReady
from pages import images
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, made_live, next_edition, published, signed, submitted

pytestmark = pytest.mark.django_db

FIELDS = {"article": "body", "faq": "answer", "term": "definition"}


def stored(*, width: int) -> images.StoredImage:
    """Send a picture of this width, as an editor would."""
    sent = io.BytesIO()
    Image.new("RGB", (width, 10), "teal").save(sent, "PNG")
    sent.seek(0)
    return images.store(sent, into=Path(settings.MEDIA_ROOT) / "images")


def file_of(picture: images.StoredImage) -> Path:
    """Where it lies."""
    return Path(settings.MEDIA_ROOT) / "images" / picture.name


def shows(address: str) -> str:
    """Return a text that shows the picture at this address."""
    return f"A sentence made up for tests.\n\n![A teal field]({address})"


def shown_by_an_article_and_its_answer(cast: Cast) -> tuple[Edition, images.StoredImage, images.StoredImage]:
    """Return a live article, its picture, and that of the answer it carries."""
    own, carried = stored(width=41), stored(width=42)
    published(cast, "faq", at=NOW - 20 * STEP, answer=shows(carried.url))
    body = f"{shows(own.url)}\n\nAnother one [@sample2001]."
    return published(cast, "article", body=body, faqs=["is-this-a-test"]), own, carried


@pytest.mark.parametrize("kind", FIELDS)
def test_no_text_is_submitted_with_a_picture_that_is_not_there(cast: Cast, kind: str) -> None:
    name = f"{'0' * 32}.png"
    fields: dict[str, Any] = {FIELDS[kind]: shows(f"/media/images/{name}")}
    edition = draft(cast, kind, **fields)

    with pytest.raises(NotReady) as refused:
        submitted(cast, edition, at=NOW + STEP)

    label = FIELDS[kind].capitalize()
    said = f"{label}: The picture “{name}” is not on this site. Upload it again and put its new address in the text."
    assert said in [issue.message for issue in refused.value.issues]


def test_no_text_is_approved_whose_picture_became_another_one(cast: Cast) -> None:
    picture = stored(width=43)
    waiting = submitted(cast, draft(cast, "term", definition=shows(picture.url)), at=NOW + STEP)
    file_of(picture).write_bytes(b"another picture")

    with pytest.raises(NotReady, match=picture.name):
        signed(cast, waiting, at=NOW + 2 * STEP)


def test_a_published_picture_that_is_gone_or_became_another_one_is_a_fault(cast: Cast) -> None:
    old, new = stored(width=44), stored(width=45)
    first = published(cast, "term", definition=shows(old.url))
    edition = next_edition(cast, first.document, at=NOW + 10 * STEP, definition=shows(new.url))
    second = submitted(cast, edition, at=NOW + 11 * STEP)
    made_live(cast, signed(cast, second, at=NOW + 12 * STEP), at=NOW + 13 * STEP)
    assert list(faults()) == []

    file_of(old).unlink()
    file_of(new).write_bytes(b"another picture")

    named = [
        f"Edition {first.pk} (term “sample-term”): its picture {old.name} is no longer there.",
        f"Edition {edition.pk} (term “sample-term”): its picture {new.name} is not the one that was stored.",
    ]
    assert [str(fault) for fault in faults()] == named
    assert record_of(first.document)["check"] == named


def test_the_evidence_holds_the_pictures_that_readers_saw_and_says_how_to_check_them(cast: Cast) -> None:
    article, own, carried = shown_by_an_article_and_its_answer(cast)

    with zipfile.ZipFile(io.BytesIO(pack_of(article).body)) as opened:
        files = {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}

    bodies = {picture.name: file_of(picture).read_bytes() for picture in (own, carried)}
    assert {name: body for name, body in files.items() if name.startswith("pictures/")} == {
        f"pictures/{name}": body for name, body in bodies.items()
    }
    assert "sha256sum pictures/*" in files["CHECK.txt"].decode()
    told = article.events.get(verb="publish").fields["pictures"]
    assert told == [[name, hashlib.sha256(body).hexdigest()] for name, body in sorted(bodies.items())]
