"""A reason without a letter or a digit is none, whatever signs it is made of, and nothing is written by it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from alstrom_site import unseen
from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Event, Proposal
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, Cast
from tests.documents import STEP, in_review, next_edition, published

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * STEP
Step = Callable[[Cast, str], object]
UNREAD = "Say why|Readers and every reviewer|Tell readers|Whoever asked|Say in a comment"
EMPTY, UNSEEN = "\u00ad \u2800 …", "Because\u200b"


def withdraw(cast: Cast, said: str) -> Proposal:
    live = published(cast)
    wanted = actions.Retirement("withdraw", said)
    return actions.propose(live, wanted, by=cast.editor, at=LATER, seen=live.text.digest)


def turn_down(cast: Cast, said: str) -> object:
    proposal = withdraw(cast, "It does not hold.")
    return actions.turn_down(proposal, answer=said, by=cast.publisher, at=LATER)


def publish_in_emergency(cast: Cast, said: str) -> object:
    edition = next_edition(cast, published(cast).document, at=LATER, volume="9")
    told = actions.Besides(note=said)
    seen = edition.text.digest
    return actions.publish_in_emergency(
        edition, by=cast.publisher, at=LATER, seen=seen, reason="It cannot wait.", besides=told
    )


def decline(cast: Cast, said: str) -> object:
    edition = in_review(cast)
    wanted = actions.Wanted(cast.reviewer, 1, (LATER + timedelta(days=9)).date())
    request = actions.ask(edition, wanted, by=cast.editor, at=LATER, seen=edition.text.digest)
    return actions.decline(request, reason=said, by=cast.reviewer, at=LATER)


def ask_again(cast: Cast, said: str) -> object:
    document = published(cast).document
    return actions.ask_for_another_look(document, cast.second_reviewer, because=said, by=cast.publisher, at=LATER)


@pytest.mark.parametrize("step", [withdraw, turn_down, publish_in_emergency, decline, ask_again])
@pytest.mark.parametrize(("said", "sentence"), [(EMPTY, UNREAD), (UNSEEN, "cannot be seen: U[+]200B")])
def test_a_reason_must_say_something_that_is_seen(cast: Cast, step: Step, said: str, sentence: str) -> None:
    with pytest.raises(NotReady, match=sentence):
        step(cast, said)

    assert not [event for event in Event.objects.all() if said in str(event.fields.values())]


def test_an_older_text_with_an_unseen_sign_is_begun_anew_and_mended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(unseen, "_UNSEEN", re.compile("(?!)"))
        live = published(cast, title="A made-up\u200b source")
    edition = actions.open_edition(live.document, by=cast.editor, at=LATER)
    seen, content = edition.text.digest, {**edition.text.fields, "volume": "9"}

    with pytest.raises(ContentRefused, match=r"Title holds characters that cannot be seen: U[+]200B"):
        actions.save(edition, content, by=cast.editor, at=LATER, seen=seen)
    saved = actions.save(edition, {**content, "title": "A made-up source"}, by=cast.editor, at=LATER, seen=seen)

    assert saved.revision.fields["title"] == "A made-up source"
