"""What shows a text that changed is called up for review, in the transaction of the change."""

import pytest
from django.test import Client

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.models import Change, Document, Edition, Event, Flag, Reason
from alstrom_site.editorial.models.flag import WHAT_RESTS
from alstrom_site.editorial.verification import faults
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted, yes_to_all

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP
SEEN = Reason.DEPENDENCY
NOTE = "The answer names another day."


def changed(cast: Cast, live: Edition, change: str, *, at: int = 0) -> Edition:
    """Return the next edition, published as a minor or a major change."""
    begin = LATER + at * STEP
    current = fresh(live)
    field = {"faq": "answer", "reference": "volume", "article": "summary"}[current.document.kind]
    edition = next_edition(cast, current.document, at=begin, **{field: f"9{at}"})
    actions.submit(edition, by=cast.editor, at=begin + STEP, seen=edition.text.digest, change=change, note=NOTE)
    return made_live(cast, signed(cast, fresh(edition), at=begin + 2 * STEP), at=begin + 3 * STEP)


def source() -> Edition:
    edition = Document.objects.get(kind="reference").live_edition
    assert edition is not None
    return edition


def statements(document: Document) -> list[str]:
    return list(document.flags.standing().values_list("statement", flat=True))


def test_a_question_that_says_something_else_flags_the_articles_that_carry_it_whatever_it_was_called(
    cast: Cast,
) -> None:
    question = published(cast, "faq")
    article = published(cast, "article", faqs=["is-this-a-test"])
    published(cast, "article", slug="other-article", related=[{"address": "sample-article", "description": "More."}])

    renamed = next_edition(cast, question.document, at=LATER, slug="another-address")
    made_live(cast, signed(cast, submitted(cast, renamed, at=LATER), at=LATER), at=LATER)
    assert not Flag.objects.exists()
    minor = changed(cast, renamed, Change.MINOR, at=5)
    (said,) = statements(article.document)
    assert (
        said
        == f"The question “Is this a test?” has changed (edition {minor.number}): It says something else in its answer."
    )
    actions.reaffirm(
        fresh(article), by=cast.reviewer, at=LATER + 9 * STEP, seen=article.text.digest, said=yes_to_all(article)
    )
    edition = changed(cast, question, Change.MAJOR, at=10)

    flag = Flag.objects.standing().get()
    assert flag.document_id == article.document_id
    announced = f"has a major change (edition {edition.number}): {NOTE} It says something else in its answer."
    assert flag.statement == f"The question “Is this a test?” {announced}"
    assert (flag.reason, flag.about_id, flag.raised_by) == ("dependency", question.document_id, cast.publisher)
    assert Event.objects.filter(verb="flag", document=article.document, by=cast.publisher).count() == 2


def test_a_major_change_of_a_source_flags_what_cites_it(cast: Cast) -> None:
    article = published(cast, "article")
    question = published(cast, "faq", answer="So [@sample2001].")

    changed(cast, source(), Change.MAJOR)

    assert set(Flag.objects.values_list("document", flat=True)) == {article.document_id, question.document_id}


def test_a_minor_change_of_what_a_source_is_known_by_flags_what_cites_it_with_the_sentence_and_says_so_before(
    cast: Cast,
) -> None:
    live = published(cast, author=[{"family": "Smith"}])
    article = published(cast, "article", body="A sentence of a test [@sample2001].")
    edition = next_edition(cast, live.document, at=LATER, author=[{"family": "Smyth"}], DOI="10.1000/new")
    edition = signed(cast, submitted(cast, edition, at=LATER), at=LATER)
    otherwise = "short name now “Smyth 2001”, before “Smith 2001”; DOI now “10.1000/new”, before none."
    client = Client()
    client.force_login(cast.publisher)

    for page in ("", "schedule/"):
        html = client.get(f"/admin/references/reference/{live.document_id}/{page or 'standing/'}").content.decode()
        assert "The live pages that cite it, 1 in all, are flagged for another look as it goes live" in html
        assert otherwise in html
    made_live(cast, edition, at=LATER)

    (said,) = statements(article.document)
    assert said.endswith(f"What it is known by: {otherwise} It is the source of: “A sentence of a test [@sample2001].”")


def test_a_minor_change_of_what_no_reader_knows_a_source_by_flags_nothing(cast: Cast) -> None:
    published(cast, "article")
    edition = next_edition(cast, source().document, at=LATER, abstract="Another one.", notes=["A note."], volume="8")

    made_live(cast, signed(cast, submitted(cast, edition, at=LATER), at=LATER), at=LATER)

    assert not Flag.objects.exists()


def test_a_second_major_change_adds_to_the_flag_that_stands(cast: Cast) -> None:
    article = published(cast, "article")

    changed(cast, source(), Change.MAJOR)
    changed(cast, source(), Change.MAJOR, at=10)

    assert Flag.objects.count() == 1
    assert statements(article.document)[0].count("has a major change") == 2


def test_news_that_was_said_before_is_news_again(cast: Cast) -> None:
    article = published(cast, "article")
    for at, statement in enumerate(["It was retracted in 2010.", "It stands again.", "It was retracted in 2010."]):
        actions.flag_citing(source().document, statement, by=cast.editor, at=LATER + at * STEP)

    projection.refresh_stale()
    flag = article.document.flags.get()

    assert flag.statement == "It was retracted in 2010.\nIt stands again.\nIt was retracted in 2010."
    assert flag.raised_at == LATER + 2 * STEP
    assert Event.objects.filter(verb="flag", document=article.document).count() == 3
    assert list(faults()) == []


def test_a_reaffirmation_settles_the_flags(cast: Cast) -> None:
    article = published(cast, "article")
    changed(cast, source(), Change.MAJOR)
    assert statements(article.document)

    actions.reaffirm(
        fresh(article), by=cast.reviewer, at=LATER + 9 * STEP, seen=article.text.digest, said=yes_to_all(article)
    )

    flag = Flag.objects.get()
    assert (flag.settled_by, flag.settled_at) == (cast.reviewer, LATER + 9 * STEP)
    assert Event.objects.filter(verb="settle", document=article.document).count() == 1


def test_a_new_edition_settles_the_flags_that_its_review_could_see(cast: Cast) -> None:
    article = published(cast, "article")
    changed(cast, source(), Change.MAJOR)

    changed(cast, article, Change.MINOR, at=10)

    assert statements(article.document) == []


def test_a_flag_that_comes_after_the_approval_in_the_record_stands_whatever_its_clock_said(cast: Cast) -> None:
    article = published(cast, "article")
    actions.raise_flag(article.document, SEEN, about=None, statement="Seen.", by=cast.editor, at=LATER + 5 * STEP)
    edition = next_edition(cast, fresh(article).document, at=LATER, summary="Other.")
    waiting = signed(cast, submitted(cast, edition, at=LATER + STEP), at=LATER + 3 * STEP)
    actions.flag_citing(source().document, "It was corrected.", by=cast.editor, at=LATER + 2 * STEP)

    made_live(cast, waiting, at=LATER + 20 * STEP)

    assert statements(article.document) == ["It was corrected."]


def test_a_withdrawn_question_flags_its_articles_which_say_so_at_the_answer(cast: Cast) -> None:
    question = published(cast, "faq")
    article = published(cast, "article", faqs=["is-this-a-test"])
    wanted = actions.Retirement("withdraw", "It no longer holds.")
    actions.propose(question, wanted, by=cast.editor, at=LATER, seen=question.text.digest)

    actions.withdraw(question, by=cast.publisher, at=LATER, seen=question.text.digest, reason="It no longer holds.")
    projection.refresh_stale()

    assert statements(article.document) == ["The question “Is this a test?” was withdrawn: It no longer holds."]
    html = bytes(article.document.published_page.body).decode()
    assert "This answer was withdrawn" in html


def test_a_source_that_lost_its_standing_flags_every_page_that_cites_it(cast: Cast) -> None:
    article = published(cast, "article")
    published(cast, "term")

    count = actions.flag_citing(source().document, "It was retracted.", by=cast.editor, at=LATER)

    flag = Flag.objects.get()
    assert (count, flag.document_id, flag.reason, flag.statement) == (
        1,
        article.document_id,
        "source",
        "It was retracted.",
    )


def test_a_publication_that_fails_flags_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    published(cast, "article")

    def fail(document: Document, **_: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(projection, "refresh", fail)
    with pytest.raises(OSError, match="full"):
        changed(cast, source(), Change.MAJOR)

    assert not Flag.objects.exists()
    assert not Event.objects.filter(verb="flag").exists()


def test_a_statement_is_taken_apart_into_causes_and_the_sentences_that_rest_on_each() -> None:
    one = f"The work: Corrected 2004. {WHAT_RESTS} “A; b.”; “C.”; and 3 more"

    said = Flag(statement=f"{one}\nThe work: Retracted 2010.").said

    assert said == [
        ("The work: Corrected 2004.", ("“A; b.”", "“C.”", "and 3 more")),
        ("The work: Retracted 2010.", ()),
    ]
    assert [each.places for each in said] == [5, 0]
    assert Flag(reason=Reason.ASKED, statement=one).said == [(one, ())]
