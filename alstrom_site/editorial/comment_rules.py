"""Who may comment, answer, resolve and reopen, and who may share a text: asked by the buttons and by the actions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.models import Comment, Edition
from alstrom_site.editorial.policies import contributor_ids
from alstrom_site.editorial.workflow import (
    DECIDES_ABOUT_TEXT,
    OPEN,
    WRITE,
    ActionRefused,
    NotPermitted,
    WrongState,
)

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

CLOSED_ACCOUNT = "This account is closed."
DECIDES_NOTHING = "Only editors, medical reviewers and publishers comment here."
NOT_OPEN = "This edition is {state}, so no comment can be added. Begin a new edition to change the text."
ONLY_EDITORS = "Only {author} or an editor resolves this comment. Answer it instead."
ONLY_GUEST_EDITORS = "Only an editor resolves a comment from outside. Answer it instead."
ONLY_REVIEWERS = "“Must fix”: only {author} or another medical reviewer resolves it. Answer it instead."
WROTE_THE_TEXT = "“Must fix”: you wrote part of this text, so {author} or another medical reviewer resolves it."
RESOLVED_ALREADY = "This comment is resolved already."
NOT_RESOLVED = "This comment is open already."
SHARES_NOTHING = "Only editors, medical reviewers and publishers share a text."


@dataclass(frozen=True)
class Commenter:
    """What one person may do with the comments of one edition; made once for a whole page of them."""

    edition: Edition
    person: "User"
    decides: bool
    writes: bool
    reviews: bool
    wrote_the_text: bool

    @classmethod
    def of(cls, edition: Edition, person: "User") -> "Commenter":
        """Return what `person` is to the comments of `edition`, by roles and by what they wrote."""
        return cls(
            edition,
            person,
            decides=_decides(person),
            writes=person.has_perm(WRITE),
            # A superuser has every permission, and is no medical reviewer for it.
            reviews=person.holds(MEDICAL_REVIEWER),
            wrote_the_text=person.pk in contributor_ids(edition),
        )

    def may_comment(self) -> ActionRefused | None:
        """Return why they may not begin a thread, or None."""
        if self.edition.state not in OPEN:
            return self._may_speak() or WrongState(NOT_OPEN.format(state=self.edition.state.value))
        return self._may_speak()

    def may_answer(self) -> ActionRefused | None:
        """Return why they may not answer, or None."""
        return self._may_speak()

    def may_resolve(self, thread: Comment) -> ActionRefused | None:
        """Return why they may not resolve this thread, or None.

        A plain comment is its author's or an editor's to resolve: the editor did what it asked. “Must fix” stands
        between a text and its approval, so who wrote the text never takes it away, whatever their roles; its author
        does, or another medical reviewer, who could have raised it.
        """
        if thread.resolved_at is not None:
            return WrongState(RESOLVED_ALREADY)
        refused = self._may_speak()
        if refused is not None or thread.author_id == self.person.pk:
            return refused
        return self._may_resolve_for_another(thread)

    def may_reopen(self, thread: Comment) -> ActionRefused | None:
        """Return why they may not open it again, or None: who may comment may also say that it is not settled."""
        if thread.resolved_at is None:
            return WrongState(NOT_RESOLVED)
        return self._may_speak()

    def _may_resolve_for_another(self, thread: Comment) -> ActionRefused | None:
        if thread.must_fix:
            if self.wrote_the_text:
                return NotPermitted(WROTE_THE_TEXT.format(author=thread.author_name))
            return None if self.reviews else NotPermitted(ONLY_REVIEWERS.format(author=thread.author_name))
        if self.writes:
            return None
        if thread.link_id is not None:
            return NotPermitted(ONLY_GUEST_EDITORS)
        return NotPermitted(ONLY_EDITORS.format(author=thread.author_name))

    def _may_speak(self) -> ActionRefused | None:
        if not self.person.is_active:
            return NotPermitted(CLOSED_ACCOUNT)
        return None if self.decides else NotPermitted(DECIDES_NOTHING)


def may_share(person: "User") -> ActionRefused | None:
    """Return why `person` may not make or revoke links to texts, or None."""
    if not person.is_active:
        return NotPermitted(CLOSED_ACCOUNT)
    return None if _decides(person) else NotPermitted(SHARES_NOTHING)


def _decides(person: "User") -> bool:
    return any(person.has_perm(permission) for permission in DECIDES_ABOUT_TEXT)
