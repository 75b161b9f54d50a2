"""Comments: where they stand, what they hold, who may settle them, and what they hold up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from alstrom_site.accounts.roles import AUDITOR
from alstrom_site.editorial import actions, content, requirements
from alstrom_site.editorial.models import Comment, Event
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import (
    APPROVE,
    PUBLISH,
    SCHEDULE,
    ActionRefused,
    NotPermitted,
    NotReady,
    OutOfDate,
    WrongState,
)
from tests.cast import Cast, person
from tests.documents import (
    STEP,
    approved,
    article_content,
    draft,
    fresh,
    in_review,
    made_live,
    published,
    signed,
    yes_to_all,
)
from tests.editorial.comments.remarks import LATER, PASSAGE, commented

pytestmark = pytest.mark.django_db


def test_a_comment_keeps_its_words_its_passage_and_what_stands_around_it(cast: Cast) -> None:
    edition = in_review(cast, "article")

    said = commented(edition, cast.reviewer, field="body", passage=PASSAGE)

    assert (said.passage, said.before, said.after) == (PASSAGE, "## First part\n\n", " [@sample2001].")
    assert (said.author, said.author_name, said.revision) == (cast.reviewer, "Test reviewer", edition.text)


def test_a_passage_is_kept_as_it_stands_in_the_source(cast: Cast) -> None:
    body = "## First part\n\nA **strong** sentence [@sample2001]. Another one."
    edition = in_review(cast, "article", body=body)

    said = commented(edition, cast.reviewer, passage="A strong sentence [1]. Another", field="")

    assert (said.field, said.passage) == ("body", "A **strong** sentence [@sample2001]. Another")


def test_words_of_an_older_text_are_named_whatever_stands_between_them_unseen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(content, "unseen_in", lambda label, text: "")
        edition = in_review(cast, "faq", answer="Some hid\u200bden words of a test.")

    assert commented(edition, cast.reviewer, passage="hid\u200bden words").passage == "hid\u200bden words"


def test_of_like_words_in_two_fields_those_are_taken_that_were_selected(cast: Cast) -> None:
    edition = in_review(cast, "article", quick_answer="It is *rare* indeed.", closing_summary="So it is rare indeed.")

    first = commented(edition, cast.reviewer, passage="is rare indeed", before="Quick answer It ", after=".")
    second = commented(edition, cast.reviewer, passage="is rare indeed", before="So it ", after=". Sources")

    assert (first.field, second.field) == ("quick_answer", "closing_summary")
    with pytest.raises(NotReady, match="Say in which part"):
        commented(edition, cast.reviewer, passage="is rare indeed")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"body": " \n "}, "Write your comment."),
        ({"body": "x" * 10_001}, "The comment has 10,001 characters. Shorten it to 10,000."),
        ({"body": " \u2800\u00ad …"}, "Write your comment."),
        ({"body": "Turned \u202eround."}, "The comment holds characters that cannot be seen: U+202E."),
        ({"body": "No\x00thing."}, "The comment holds a character that cannot be stored"),
        ({"body": "Half \ud83d of one."}, "The comment holds a character that cannot be stored"),
        ({"passage": "words that are not there"}, "These words do not stand in this text."),
        ({"passage": "Sample", "field": "body"}, "These words do not stand in “Body”."),
        ({"passage": "made up for tests"}, "These words stand in more than one place."),
        ({"passage": "x" * 2_001}, "The passage has 2,001 characters."),
        ({"passage": "nobody", "field": "no_such_field"}, "These words do not stand in this text."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(cast: Cast, words: dict[str, str], sentence: str) -> None:
    edition = in_review(cast, "article")

    with pytest.raises(NotReady) as refused:
        commented(edition, cast.reviewer, **words)

    assert sentence in str(refused.value)
    assert not Comment.objects.exists()


def test_ten_thousand_characters_are_kept_whole(cast: Cast) -> None:
    body = "<script>alert(1)</script>\n" + "x" * (10_000 - 26)
    assert commented(draft(cast), cast.reviewer, body=body).body == body


def test_who_decides_about_text_comments_answers_and_reopens_and_nobody_else(cast: Cast) -> None:
    edition = draft(cast)
    thread = commented(edition, cast.reviewer, must_fix=True)
    actions.resolve(thread, by=cast.reviewer, at=LATER)
    nobody_else = "Only editors, medical reviewers and publishers comment here"

    for who in (cast.administrator, cast.stranger, person("auditor", AUDITOR)):
        with pytest.raises(NotPermitted, match=nobody_else):
            commented(edition, who, must_fix=True)
        with pytest.raises(NotPermitted, match=nobody_else):
            actions.answer(thread, "Yes.", by=who, at=LATER)
        with pytest.raises(NotPermitted, match=nobody_else):
            actions.reopen(thread, by=who, at=LATER, body="Not yet.")
    for who in (cast.editor, cast.reviewer, cast.publisher):
        commented(edition, who)
    cast.reviewer.is_active = False
    with pytest.raises(NotPermitted, match="closed"):
        commented(edition, cast.reviewer)
    assert Comment.objects.count() == 4


def test_no_comment_begins_on_an_edition_that_is_no_longer_open(cast: Cast) -> None:
    with pytest.raises(WrongState, match="Begin a new edition"):
        commented(published(cast), cast.reviewer)


def test_a_comment_names_a_text_of_its_own_edition(cast: Cast) -> None:
    other = draft(cast, key="other2002")
    with pytest.raises(OutOfDate):
        actions.comment(draft(cast), actions.Words("Hm."), by=cast.editor, at=LATER, seen=other.text.digest)


def test_a_comment_on_the_text_before_the_newest_is_kept_with_that_text(cast: Cast) -> None:
    edition = draft(cast, "article")
    first = edition.text
    actions.save(edition, article_content(summary="New."), by=cast.editor, at=LATER, seen=first.digest)

    said = actions.comment(fresh(edition), actions.Words("Hm."), by=cast.reviewer, at=LATER, seen=first.digest)

    assert said.revision == first


def test_a_button_pressed_twice_says_a_thing_once(cast: Cast) -> None:
    edition = draft(cast)
    assert commented(edition, cast.editor) == commented(edition, cast.editor)
    thread = commented(edition, cast.editor)
    answers = [actions.answer(thread, "Yes.", by=cast.editor, at=LATER) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Event.objects.filter(verb__in=["comment", "answer"]).count() == 2


WHO_RESOLVES = {
    # who asked, whether it must be fixed: who may resolve it
    ("editor", False): {"editor", "second_editor", "everything", "superuser"},
    ("reviewer", False): {"editor", "second_editor", "everything", "reviewer", "superuser"},
    ("publisher", False): {"editor", "second_editor", "everything", "publisher", "superuser"},
    ("editor", True): {"editor", "reviewer", "second_reviewer", "everything"},
    ("reviewer", True): {"reviewer", "second_reviewer", "everything"},
    ("publisher", True): {"publisher", "reviewer", "second_reviewer", "everything"},
}


@pytest.mark.parametrize(("asker", "must_fix"), list(WHO_RESOLVES))
def test_each_comment_is_resolved_by_those_it_is_for(cast: Cast, asker: str, must_fix: bool) -> None:
    edition = in_review(cast)
    able = set()
    for number, name in enumerate(vars(cast)):
        thread = commented(edition, getattr(cast, asker), body=f"Comment {number}.", must_fix=must_fix)
        try:
            actions.resolve(thread, by=getattr(cast, name), at=LATER)
        except NotPermitted:
            continue
        able.add(name)

    assert able == WHO_RESOLVES[asker, must_fix]


def test_who_wrote_the_text_does_not_take_away_what_must_be_fixed_by_another_role(cast: Cast) -> None:
    edition = actions.start("reference", {"key": "own2001", "type": "book"}, by=cast.everything, at=LATER)
    thread = commented(edition, cast.reviewer, must_fix=True)

    with pytest.raises(NotPermitted, match="you wrote part of this text"):
        actions.resolve(thread, by=cast.everything, at=LATER)


def test_what_must_be_fixed_holds_up_approval_publication_and_schedule(cast: Cast) -> None:
    for edition, steps in ((in_review(cast), (APPROVE,)), (approved(cast, key="other2002"), (PUBLISH, SCHEDULE))):
        thread = commented(edition, cast.second_reviewer, must_fix=True)
        for step in steps:
            codes = [issue.code for issue in requirements.missing(step, fresh(edition))]
            assert codes == ["must-fix"]
        actions.resolve(thread, by=cast.second_reviewer, at=LATER)
        assert [issue for step in steps for issue in requirements.missing(step, fresh(edition))] == []
        actions.reopen(thread, by=cast.publisher, at=LATER)
        assert [issue.code for issue in requirements.missing(steps[0], fresh(edition))] == ["must-fix"]


def test_an_approval_is_refused_while_something_must_be_fixed(cast: Cast) -> None:
    edition = in_review(cast)
    commented(edition, cast.second_reviewer, must_fix=True, body="The year is wrong.")

    with pytest.raises(NotReady, match=r"“The year is wrong.” .Test second reviewer. must be fixed"):
        actions.approve(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))


@pytest.mark.parametrize("act", [actions.approve_afterwards, actions.reaffirm], ids=lambda act: act.__name__)
def test_no_signature_on_a_live_text_is_given_while_something_must_be_fixed(
    act: Callable[..., Any], cast: Cast
) -> None:
    edition = draft(cast) if act is actions.approve_afterwards else in_review(cast)
    thread = commented(edition, cast.second_reviewer, must_fix=True, body="The year is wrong.")
    seen, signing = edition.text.digest, {"by": cast.reviewer, "said": yes_to_all(edition)}
    if act is actions.approve_afterwards:
        actions.publish_in_emergency(edition, by=cast.publisher, at=LATER + STEP, seen=seen, reason="It cannot wait.")
    else:
        actions.resolve(thread, by=cast.second_reviewer, at=LATER)
        made_live(cast, signed(cast, edition, at=LATER + STEP), at=LATER + 2 * STEP)
        actions.reopen(thread, by=cast.second_reviewer, at=LATER + 3 * STEP)

    with pytest.raises(NotReady, match=r"“The year is wrong.” .Test second reviewer. must be fixed"):
        act(fresh(edition), at=LATER + 4 * STEP, seen=seen, **signing)

    actions.resolve(thread, by=cast.second_reviewer, at=LATER + 5 * STEP)
    assert act(fresh(edition), at=LATER + 6 * STEP, seen=seen, **signing).reviewer == cast.reviewer


def test_a_thread_is_settled_once_and_opened_again_with_words(cast: Cast) -> None:
    thread = commented(draft(cast), cast.reviewer)
    with pytest.raises(WrongState, match="open already"):
        actions.reopen(thread, by=cast.editor, at=LATER)
    actions.resolve(thread, by=cast.editor, at=LATER, body="Done.")
    with pytest.raises(WrongState, match="resolved already"):
        actions.resolve(thread, by=cast.editor, at=LATER)
    actions.reopen(thread, by=cast.reviewer, at=LATER + timedelta(hours=1), body="Not quite.")

    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (None, None)
    assert [reply.body for reply in thread.replies.all()] == ["Done.", "Not quite."]
    verbs = Event.objects.order_by("position").values_list("verb", flat=True)
    assert list(verbs) == ["start", "comment", "answer", "resolve", "answer", "reopen"]


def test_comments_move_no_state_no_date_and_no_text(cast: Cast) -> None:
    edition = approved(cast)
    before = {name: value for name, value in vars(edition).items() if not name.startswith("_")}
    thread = commented(edition, cast.reviewer, must_fix=True)
    actions.answer(thread, "Is it?", by=cast.editor, at=LATER)
    actions.resolve(thread, by=cast.reviewer, at=LATER)

    assert {name: value for name, value in vars(fresh(edition)).items() if not name.startswith("_")} == before
    assert list(faults()) == []


@pytest.mark.parametrize("action", ["comment", "answer", "resolve", "reopen"])
def test_nothing_is_kept_of_what_could_not_be_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    edition = draft(cast)
    thread = commented(edition, cast.editor, body="The first one.")
    if action == "reopen":
        actions.resolve(thread, by=cast.editor, at=LATER)
    before = list(Comment.objects.values())

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the last write failed")

    monkeypatch.setattr("alstrom_site.editorial.actions.commenting.remark", fail)
    calls: dict[str, Callable[[], object]] = {
        "comment": lambda: commented(edition, cast.editor, body="Lost."),
        "answer": lambda: actions.answer(thread, "Lost.", by=cast.editor, at=LATER),
        "resolve": lambda: actions.resolve(thread, by=cast.editor, at=LATER),
        "reopen": lambda: actions.reopen(thread, by=cast.editor, at=LATER),
    }
    with pytest.raises(RuntimeError):
        calls[action]()

    assert list(Comment.objects.values()) == before


def test_a_verdict_cannot_hold_what_turns_its_words_round_either(cast: Cast) -> None:
    edition = in_review(cast)
    with pytest.raises(ActionRefused, match=r"U\+202E"):
        actions.request_changes(
            edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, comment="Change \u202ethis."
        )
