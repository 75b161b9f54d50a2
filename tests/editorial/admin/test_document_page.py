"""A document's page: where it stands, what is missing, what this person may do, and what happened."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.admin.addresses import comparison_url, document_url, text_url
from alstrom_site.editorial.admin.approvals import NO_CLINICIAN, ShownReview
from alstrom_site.editorial.admin.history import happened
from alstrom_site.editorial.admin.offers import offers_on
from alstrom_site.editorial.admin.states import STAGES, step_line
from alstrom_site.editorial.models import Edition, Event, Review
from alstrom_site.editorial.workflow import LIVE, OPEN, Status
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    approved,
    changes_requested,
    draft,
    fresh,
    in_review,
    next_edition,
    published,
    term_content,
)
from tests.editorial.admin.desk_visits import page, signed_in
from tests.editorial.eventful import eventful

PEOPLE = ("editor", "reviewer", "publisher", "administrator", "everything", "superuser")
MAKERS = {"draft": draft, "in review": in_review, "approved": approved, "published": published}
# How the page shows that a step may be taken: by a form of its own, or by a link to another page.
FORMS = {"submit": "steps/submit/", "publish": "steps/publish/", "discard": "steps/discard/"}


@pytest.mark.parametrize("state", MAKERS)
def test_only_the_steps_that_the_policies_allow_have_a_form(cast: Cast, state: str) -> None:
    edition = MAKERS[state](cast)
    editing = rf'class="button-link( button-link--quiet)?" href="{document_url(edition.document, "change")}"'

    for name in PEOPLE:
        html = page(getattr(cast, name), edition)

        allowed = {step.transition.verb for step in policies.steps_for(edition, getattr(cast, name)) if step.allowed}
        assert {verb for verb, address in FORMS.items() if address in html} == allowed & set(FORMS), name
        assert ("Review this text" in html) == bool(allowed & {"approve", "request changes"}), name
        assert bool(re.search(editing, html)) == bool(allowed & {"revise", "take back"}), name


def test_a_step_of_ones_roles_that_is_refused_is_listed_with_its_reason(cast: Cast) -> None:
    edition = actions.start("term", term_content(), by=cast.everything, at=NOW)
    actions.submit(edition, by=cast.everything, at=NOW + STEP, seen=edition.text.digest)

    html = page(cast.everything, fresh(edition))

    assert "You wrote part of this change, so somebody else must check it." in html
    assert "“Publish” is not possible while the edition is in review." in html


def test_nobody_reads_of_steps_that_their_roles_do_not_include_or_that_stand_elsewhere(cast: Cast) -> None:
    html = page(cast.editor, approved(cast))

    assert "Your roles do not include" not in html
    assert "not possible while" not in html
    assert "It waits for a publisher" in page(cast.administrator, approved(cast, "term"))


@pytest.mark.parametrize("state", MAKERS)
def test_no_step_is_offered_twice_and_few_are_refused(cast: Cast, state: str) -> None:
    edition = MAKERS[state](cast)

    for name in PEOPLE:
        offers, refused = offers_on(edition, getattr(cast, name), NOW)

        steps = [offer.transition for offer in offers] + [each.transition for each in refused]
        assert len(steps) == len(set(steps)), name
        assert len(refused) <= 4, name


def test_steps_on_the_live_text_stand_apart_from_those_on_the_draft_beside_it(cast: Cast) -> None:
    live = published(cast, at=NOW)
    draft_beside = next_edition(cast, live.document, at=NOW + 9 * STEP, volume="8")

    offers, _ = offers_on(draft_beside, cast.reviewer, NOW)

    assert [(offer.transition.verb, offer.on_live) for offer in offers] == [("reaffirm", True)]
    assert "On the live text" in page(cast.reviewer, draft_beside)


@pytest.mark.parametrize("status", sorted(OPEN | LIVE))
def test_the_step_line_marks_one_station_for_every_open_and_live_state(status: Status) -> None:
    stages = step_line(Edition(status=status))

    assert len(stages) == len(STAGES)
    assert [stage.place for stage in stages].count("now") == 1
    assert next(stage.label for stage in stages if stage.place == "now") == status.label


def test_the_step_line_runs_from_what_is_done_to_what_is_to_come() -> None:
    stages = step_line(Edition(status=Status.IN_REVIEW))

    assert [(stage.label, stage.place) for stage in stages] == [
        ("Draft", "done"),
        ("In review", "now"),
        ("Approved", "to come"),
        ("Published", "to come"),
    ]
    assert step_line(Edition(status=Status.DISCARDED)) == ()


def test_what_went_out_in_an_emergency_is_not_said_to_be_reviewed_or_approved() -> None:
    stages = step_line(Edition(status=Status.PUBLISHED, emergency_reason="It could not wait."))

    assert [stage.place for stage in stages] == ["done", "to come", "to come", "now"]


def test_all_that_is_missing_is_listed_with_a_link_to_the_field(cast: Cast) -> None:
    edition = draft(cast, "article", summary="", user_need="")

    html = page(cast.editor, edition)

    change = document_url(edition.document, "change")
    assert "Summary is empty. Fill it in." in html
    assert f'href="{change}#id_summary"' in html
    assert f'href="{change}#id_user_need"' in html
    assert "steps/submit/" not in html


def test_what_must_be_live_first_is_said_before_anybody_submits(cast: Cast) -> None:
    draft(cast, "reference")

    html = page(cast.editor, draft(cast, "article"))

    assert "Before it can be published" in html
    assert "The bibliography entry “sample2001” is not live yet. Publish it first." in html


def test_the_live_edition_and_the_open_one_stand_side_by_side(cast: Cast) -> None:
    live = published(cast)
    edition = next_edition(cast, live.document, at=NOW + timedelta(days=1), volume="8")

    html = page(cast.editor, edition)

    assert "Edition 2, being worked on" in html
    assert "Edition 1, which readers see" in html
    assert comparison_url(live.document, live.text, edition.text).replace("&", "&amp;") in html
    assert '<a href="/bibliography/sample2001/">' in html


def test_an_approval_names_its_signer_and_the_digest_of_the_text(cast: Cast) -> None:
    edition = approved(cast)

    html = page(cast.publisher, edition)

    assert "by Test reviewer" in html
    assert "Test title" in html
    assert "Signed exactly the text that stands here." in html
    assert edition.text.digest in html
    assert "2 March 2026,</span>" in html
    assert '11:00 <span class="zone">UTC</span>' in html


def test_a_demonstration_account_is_called_so_once() -> None:
    titles = (NO_CLINICIAN, "Test title")
    reviews = [ShownReview(Review(is_demonstration=True, professional_title=title), counts=True) for title in titles]

    assert [shown.title for shown in reviews] == ["", "Test title"]


def test_an_approval_of_an_earlier_text_is_said_not_to_count(cast: Cast) -> None:
    edition = approved(cast)
    content = {**edition.text.fields, "volume": "8"}
    actions.save(edition, content, by=cast.editor, at=NOW + 9 * STEP, seen=edition.text.digest, take_back=True)

    html = page(cast.publisher, edition)

    assert "Signed an earlier text. It does not count for the text of now." in html


def test_a_document_without_an_open_edition_offers_editors_to_begin_one(cast: Cast) -> None:
    live = published(cast)

    assert "Begin a new edition" in page(cast.editor, live)
    assert "Begin a new edition" not in page(cast.reviewer, live)


def test_what_happened_is_told_newest_first_page_by_page(cast: Cast) -> None:
    edition = draft(cast)
    for number in range(25):
        content = {**edition.text.fields, "volume": str(number)}
        at = NOW + (number + 1) * STEP
        edition = actions.save(edition, content, by=cast.editor, at=at, seen=edition.text.digest).edition
    client = signed_in(cast.reviewer)
    address = document_url(edition.document)

    first, second = client.get(address), client.get(f"{address}?page=2")

    shown = [each.event.position for response in (first, second) for each in response.context["happenings"]]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == 26
    assert client.get(f"{address}?page=x").status_code == 200


def test_a_comment_is_shown_as_it_was_typed_and_never_as_markup(cast: Cast) -> None:
    edition = in_review(cast)
    comment = "<script>alert(1)</script>\n\nSecond part."
    changes_requested(cast.reviewer, edition, at=NOW + 5 * STEP, comment=comment)

    html = page(cast.editor, edition)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("kind", ["article", "faq", "term", "reference"])
def test_every_text_can_be_read_and_compared(cast: Cast, kind: str) -> None:
    edition = draft(cast, kind)
    client = signed_in(cast.reviewer)

    read = client.get(text_url(edition.document, edition.text))
    compared = client.get(comparison_url(edition.document, None, edition.text))

    assert edition.document.title in read.content.decode()
    assert "Everything is new." in compared.content.decode()


def test_where_no_text_is_named_the_newest_is_compared_with_what_readers_see(cast: Cast) -> None:
    live = published(cast, "term")
    client, address = signed_in(cast.reviewer), document_url(live.document, "compare")
    assert "Everything is new." in client.get(address).content.decode()

    new = next_edition(cast, live.document, at=NOW + 9 * STEP, definition="Another word for tests.")

    html = client.get(address).content.decode()
    assert f'<option value="{live.text.pk}" selected>' in html
    assert f'<option value="{new.text.pk}" selected>' in html
    assert "Definition changed." in html


def test_any_two_texts_are_compared_as_readers_will_see_them_too(cast: Cast) -> None:
    live = published(cast, "article", body="Made up [@sample2001], with **first** words.")
    new = next_edition(cast, live.document, at=NOW + 9 * STEP, body="Made up [@sample2001], with **second** words.")
    address = comparison_url(live.document, live.text, new.text)
    client = signed_in(cast.reviewer)

    written, rendered = (client.get(address + shape).content.decode() for shape in ("", "&as=rendered"))

    assert f'<a href="{escape(address)}&amp;as=rendered">as readers will see it</a>' in written
    assert "**" in written
    marked = rendered.partition('<div class="shown comparison marked">')[2]
    assert "removed: </span>first<span" in marked
    assert "added: </span>second<span" in marked
    assert "**" not in marked
    assert '<input type="hidden" name="as" value="rendered">' in rendered


@pytest.mark.parametrize("name", ["article", "faq", "term", "reference"])
def test_a_text_with_nothing_in_it_says_so(name: str) -> None:
    html = render_to_string(f"editorial/shown/{name}.html", {"content": {}, "html": {}, "cited": [], "questions": {}})

    assert "mpty" in html


@pytest.mark.parametrize("chosen", ["?to=x", "?to=0", "?from=9999999999999999999999", "?from=-1"])
def test_a_text_that_is_not_there_is_not_found(cast: Cast, chosen: str) -> None:
    edition = draft(cast)

    response = signed_in(cast.reviewer).get(document_url(edition.document, "compare") + chosen)

    assert response.status_code == 404


def test_the_general_address_leads_to_the_page_of_the_right_kind(cast: Cast) -> None:
    edition = draft(cast, "faq")

    response = signed_in(cast.reviewer).get(f"/admin/documents/{edition.document_id}/")

    assert response.headers["Location"] == document_url(fresh(edition).document)
    assert "/pages/question/" in response.headers["Location"]


def test_the_history_says_which_step_was_proposed_and_turned_down(cast: Cast) -> None:
    eventful(cast)

    events = Event.objects.filter(verb__in=("propose", "turn down"))
    told = {happened(event.document, event).did.removesuffix(f" edition {event.edition.number}") for event in events}

    assert told == {
        "proposed to withdraw",
        "proposed to unpublish",
        "turned down the proposal to withdraw",
        "turned down the proposal to unpublish",
    }
