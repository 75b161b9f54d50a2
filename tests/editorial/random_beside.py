"""What happens beside the texts in a random story: guests say something, owners change, and people come and go."""

from datetime import datetime

from django.contrib.auth.models import Group

from alstrom_site.accounts.actions import change_person, set_roles
from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import SharedLink
from tests.cast import ROLES
from tests.editorial.random_story import PEOPLE, Story

BESIDE = ("share", "advise", "advise", "advise", "revoke", "hand_over", "come_and_go", "come_and_go")


class Beside(Story):
    """The moves that touch no text."""

    def share(self) -> None:
        """Show a text of now or of before to a guest, who may say something to it or only read."""
        edition, who = self.edition(any_state=self.one_in(3)), self.by("editor", "reviewer", "publisher")
        if edition:
            revision = self.dice.choice(list(edition.revisions.order_by("number")))
            purpose, days = self.dice.choice(["advice", "advice", "reading"]), self.dice.choice([0, 1, 14, 14])
            invitation = actions.Invitation(purpose, "Test Guest", days=days)
            self.attempt(lambda at: actions.share(revision, invitation, by=who, at=at))

    def advise(self) -> None:
        """Say something by a link, whether it works or not; a guest would like to hold up the approval, too."""
        link = self.link()
        if link:
            words = actions.Words(
                "Made up for tests.", must_fix=True, passage=self.dice.choice(["", "ade up for tests"])
            )
            role = self.dice.choice(["", "Test adviser", "Test adviser"])
            self.attempt(lambda at: actions.advise(link, words, name="Test Guest", role=role, at=at))

    def revoke(self) -> None:
        """End a link."""
        link, who = self.link(), self.by("editor", "reviewer", "publisher")
        if link:
            self.attempt(lambda at: actions.revoke(link, by=who, at=at))

    def link(self) -> SharedLink | None:
        """One of the links that there are."""
        links = list(SharedLink.objects.order_by("pk"))
        return self.dice.choice(links) if links else None

    def hand_over(self) -> None:
        """Give the document, or all of them, to somebody else."""
        document = self.document()
        who = self.by("administrator") if self.one_in(2) else User.objects.get(pk=document.owner_id)
        to, every = self.by("editor", "second_editor", "publisher"), self.documents if self.one_in(3) else [document]
        self.attempt(lambda at: actions.hand_over_all(every, to=to, by=who, at=at))

    def come_and_go(self) -> None:
        """Close an account or take a role away; or, most of the time, give everything back to somebody who lost it."""
        lost = [name for name in PEOPLE if not self.is_whole(name)]
        if lost and not self.one_in(4):
            self.attempt(lambda at: self.change(self.dice.choice(lost), active=True, whole=True, at=at))
        else:
            name, closes = self.dice.choice(PEOPLE), self.one_in(2)
            self.attempt(lambda at: self.change(name, active=not closes, whole=closes, at=at))

    def is_whole(self, name: str) -> bool:
        """Whether the person is still all that they were when the story began."""
        person = self.person(name)
        return person.is_active and person.groups.count() == len(ROLES[name])

    def change(self, name: str, *, active: bool, whole: bool, at: datetime) -> None:
        """Open or close the account, and give it all its roles or all but one that is drawn."""
        person, by = self.person(name), self.person("administrator")
        names = [role.name for role in ROLES[name]]
        if names and not whole:
            names.remove(self.dice.choice(names))
        person.is_active = active
        change_person(person, by=by, at=at)
        set_roles(person, Group.objects.filter(name__in=names), by=by, at=at)
