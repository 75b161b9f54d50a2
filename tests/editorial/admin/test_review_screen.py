"""The review screen: what is shown, and how a verdict is taken or refused."""

import re
from datetime import timedelta

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.signing import APPROVAL_MEANS
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Edition, Event, Reason, Review
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast
from tests.documents import STEP, changes_requested, draft, fresh, in_review, next_edition, published, submitted
from tests.editorial.admin.desk_visits import approval_form, page, review, seen_form, signed, signed_in
from tests.editorial.policies_of_tests import under

LATER = NOW + timedelta(days=1)


def ticked(html: str) -> int:
    """Return how many boxes and circles are filled in."""
    return len(re.findall(r"<input[^>]* checked", html))


def second_round(cast: Cast) -> Edition:
    """Return an article in review again, after this reviewer asked for a change and the editor made it."""
    edition = in_review(cast, "article")
    edition = changes_requested(cast.reviewer, edition, at=LATER, comment="Say where the number is from.")
    content = {**edition.text.fields, "summary": "A page made up for tests, changed once."}
    edition = actions.save(edition, content, by=cast.editor, at=LATER + STEP, seen=edition.text.digest).edition
    return submitted(cast, fresh(edition), at=LATER + 2 * STEP)


def test_no_verdict_is_chosen_beforehand(cast: Cast) -> None:
    html = page(cast.reviewer, in_review(cast), "review")

    assert html.count('type="radio"') == 3
    assert ticked(html) == 0


def test_beside_approve_it_says_what_stands_in_its_way(cast: Cast) -> None:
    edition = in_review(cast)
    before = page(cast.reviewer, edition, "review")
    words = actions.Words("This needs a source.", must_fix=True)
    actions.comment(edition, words, by=cast.second_reviewer, at=NOW + 9 * STEP, seen=edition.text.digest)

    after = page(cast.reviewer, edition, "review")

    assert "It cannot be approved yet:" not in before
    assert '<a href="#part-needs">1 thing stands in the way</a>' in after


def test_the_screen_shows_the_text_its_sources_and_what_signing_means(cast: Cast) -> None:
    html = page(cast.reviewer, in_review(cast, "article"), "review")

    assert "A sentence made up for tests" in html
    assert "Sample AB. A made-up source for tests, sample2001. J Test Fixt. 2001 Apr;7(2):10-2." in html
    assert APPROVAL_MEANS in html
    assert "Test title" in html
    assert html.index('href="#verdict">Go to your verdict</a>') < html.index('id="part-text"')


def test_a_source_is_shown_with_its_links_and_the_way_to_where_it_is_cited(cast: Cast) -> None:
    published(cast, "reference", key="linked2003", DOI="10.1000/test", PMID="12345")
    edition = in_review(cast, "article", body="A sentence [@linked2003]. Another one [@sample2001; @linked2003].")

    html = page(cast.reviewer, edition, "review")

    assert 'href="https://doi.org/10.1000/test"' in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345/"' in html
    assert 'href="#citation-1"' in html
    assert 'href="#citation-3"' in html
    assert 'id="citation-3"' in html


def test_an_approval_signs_the_text_with_the_whole_checklist(cast: Cast) -> None:
    edition = in_review(cast)

    response = review(cast.reviewer, edition, approval_form(edition, comment="Read it all."))

    given = Review.objects.get()
    assert response.status_code == 302
    assert fresh(edition).status == "approved"
    assert given.revision_digest == edition.text.digest
    assert given.comment == "Read it all."
    assert len(given.checklist) == 3
    assert all(answer for _, answer in given.checklist)


def test_without_a_verdict_nothing_is_signed_and_the_comment_stays(cast: Cast) -> None:
    edition = in_review(cast)

    response = review(cast.reviewer, edition, seen_form(edition, comment="My words."))

    html = response.content.decode()
    assert "Choose a verdict." in html
    assert "My words.</textarea>" in html
    assert not Review.objects.exists()


def test_an_approval_with_an_open_statement_is_asked_about_and_keeps_what_was_ticked(cast: Cast) -> None:
    edition = in_review(cast)

    response = review(cast.reviewer, edition, {**approval_form(edition), "checklist": ["0", "2"]})

    html = response.content.decode()
    assert "Tick every statement to approve." in html
    assert ticked(html) == 3  # the verdict and the two statements
    assert not Review.objects.exists()


def test_one_statement_ticked_many_times_is_still_one(cast: Cast) -> None:
    edition = in_review(cast)

    review(cast.reviewer, edition, {**approval_form(edition), "checklist": ["0", "0", "0"]})

    assert not Review.objects.exists()


def test_a_request_for_changes_needs_a_comment(cast: Cast) -> None:
    edition = in_review(cast)

    response = review(cast.reviewer, edition, seen_form(edition, verdict="request-changes", comment=" "))

    html = response.content.decode()
    assert '<span class="field__error" id="error-comment">Say in a comment what has to change.' in html
    assert '<a href="#field-comment">Say in a comment what has to change.' in html
    assert fresh(edition).status == "in review"


def test_a_request_for_changes_goes_back_with_its_comment(cast: Cast) -> None:
    edition = in_review(cast)

    review(cast.reviewer, edition, seen_form(edition, verdict="request-changes", comment="Add the journal."))

    assert fresh(edition).status == "changes requested"
    assert Review.objects.get().comment == "Add the journal."


@pytest.mark.parametrize("verdict", ["approve", "request-changes"])
def test_a_verdict_on_a_text_that_changed_is_refused_and_the_comment_given_back(cast: Cast, verdict: str) -> None:
    old = in_review(cast)
    seen_last = Event.objects.latest("position").position
    changed = {**old.text.fields, "volume": "99"}
    actions.save(old, changed, by=cast.second_editor, at=LATER, seen=old.text.digest, take_back=True)
    submitted(cast, fresh(old), at=LATER + STEP)

    form = {**approval_form(old), "verdict": verdict, "comment": "My <words>.", "after": seen_last}
    response = review(cast.reviewer, old, form)

    html = response.content.decode()
    assert response.status_code == 409
    assert not Review.objects.exists()
    assert "Somebody changed this text since you opened it." in html
    assert "My &lt;words&gt;.</textarea>" in html
    assert "Test second editor took back and changed" in html
    assert 'id="since-you-looked-volume"' in html
    assert ticked(html) == 0, "a verdict meant for the old text is not carried over"
    assert f'value="{fresh(old).text.digest}"' in html


def test_a_verdict_after_the_edition_was_discarded_gives_the_comment_back(cast: Cast) -> None:
    edition = in_review(cast)
    actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Not needed.")

    response = review(cast.reviewer, edition, approval_form(edition, comment="My words."))

    html = response.content.decode()
    assert response.status_code == 409
    assert "My words.</textarea>" in html
    assert "is not possible while the edition is discarded" in html


def test_sending_an_approval_twice_signs_once(cast: Cast) -> None:
    edition = in_review(cast)
    form = approval_form(edition)
    review(cast.reviewer, edition, form)

    response = signed_in(cast.reviewer).post(document_url(edition.document, "review"), signed(form), follow=True)

    assert "You approved edition 1 already. It was done once." in response.content.decode()
    assert Review.objects.count() == 1


def test_who_signed_one_of_two_places_is_told_why_no_second_one_is_offered(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), at=LATER)
    review(cast.reviewer, edition, approval_form(edition))

    html = page(cast.reviewer, edition, "review")

    assert "<strong>Approve</strong> is not offered: You approved this text" in html
    assert 'value="approve"' not in html
    assert "Only signatures are missing." in page(cast.reviewer, edition)


def test_who_wrote_the_text_is_told_why_they_cannot_sign_it(cast: Cast) -> None:
    edition = draft(cast)
    content = {**edition.text.fields, "volume": "8"}
    edition = actions.save(edition, content, by=cast.everything, at=LATER, seen=edition.text.digest).edition
    edition = submitted(cast, fresh(edition), at=LATER + STEP)

    html = page(cast.everything, edition, "review")
    response = review(cast.everything, edition, approval_form(edition))

    assert "You wrote part of this change, so somebody else must check it." in html
    assert 'type="radio"' not in html
    assert response.status_code == 403
    assert not Review.objects.exists()


def test_the_change_is_shown_since_ones_own_last_verdict(cast: Cast) -> None:
    html = page(cast.reviewer, second_round(cast), "review")

    assert '?against=verdict#part-changes" aria-current="true">' in html
    assert "Your last verdict was: request changes, on 3 March 2026." in html
    assert "Summary changed." in html


def test_another_reviewer_sees_the_whole_as_new_while_nothing_is_live(cast: Cast) -> None:
    html = page(cast.second_reviewer, second_round(cast), "review")

    assert '?against=whole#part-changes" aria-current="true">' in html
    assert "Since my last verdict" not in html


def test_another_reviewer_sees_the_change_against_the_live_text(cast: Cast) -> None:
    live = published(cast)
    edition = next_edition(cast, live.document, at=LATER, volume="8")
    submitted(cast, edition, at=LATER + STEP)

    html = page(cast.second_reviewer, edition, "review")

    assert '?against=live#part-changes" aria-current="true">' in html
    assert "Volume changed." in html


def test_what_flagged_the_live_text_stands_above_the_change_that_is_to_answer_it(cast: Cast) -> None:
    live = published(cast)
    edition = submitted(cast, next_edition(cast, live.document, at=LATER, volume="8"), at=LATER + STEP)
    said, flagged = "Its source was retracted in 2010.", LATER + 2 * STEP
    actions.raise_flag(live.document, Reason.SOURCE, about=None, statement=said, by=cast.editor, at=flagged)

    html = page(cast.second_reviewer, edition, "review")

    assert "<strong>A source it cites has changed its standing</strong>" in html
    assert 0 < html.find(said) < html.index('id="part-changes"')


def test_a_document_with_nothing_open_leads_back_to_its_page(cast: Cast) -> None:
    live = published(cast)

    response = signed_in(cast.reviewer).get(document_url(live.document, "review"))

    assert response.status_code == 302
    assert response.headers["Location"] == document_url(live.document)
