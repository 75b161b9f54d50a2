"""Whom a mail is for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER, PUBLISHER, Role
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.rounds import StepStanding, standing
from alstrom_site.editorial.texts import drafts_citing


def with_a_mailbox(person: User) -> bool:
    """Whether mail to this person arrives: the account is open, has an address, and is nobody's demonstration."""
    return person.is_active and bool(person.email) and not person.is_demonstration


def reached(people: Iterable[User]) -> list[User]:
    """Return the people; the publishers in their place when no mail to any of them arrives, as when an owner left."""
    meant = list(people)
    return meant if not meant or any(map(with_a_mailbox, meant)) else list(holders_of(PUBLISHER))


def holders_of(role: Role) -> QuerySet[User]:
    """Return everybody in a role whose account is open."""
    return User.objects.filter(is_active=True, groups__name=role.name).order_by("pk")


def reviewers() -> QuerySet[User]:
    """Return every medical reviewer."""
    return holders_of(MEDICAL_REVIEWER)


def publishers_for(edition: Edition) -> QuerySet[User]:
    """Return the publishers who may take the last step: who approved just this text may not."""
    approved = edition.reviews.of_the_current_text().approvals()
    return holders_of(PUBLISHER).exclude(pk__in=approved.values("reviewer"))


def awaited_reviewers(edition: Edition) -> list[User]:
    """Return whom the round waits for: who was asked for a step whose turn it is, else all who may take it."""
    found: list[User] = []
    for each in standing(edition):
        if each.open:
            asked = list(_asked(edition, each.number))
            found += asked or list(_who_may(edition, each.step.role))
    return found


def who_may_take(edition: Edition, steps: Iterable[StepStanding]) -> list[User]:
    """Return who may take one of these steps from the queue: whoever was asked has a place already."""
    asked = edition.review_requests.standing().values("reviewer")
    found = [person for each in steps for person in _who_may(edition, each.step.role).exclude(pk__in=asked)]
    return list(dict.fromkeys(found))


def answerable(edition: Edition) -> list[User]:
    """Return who answers for an edition: the owner of the document, and everybody who wrote in the edition.

    The publishers do when all of them have left.
    """
    wrote = Revision.objects.filter(edition=edition).values("author")
    return reached(User.objects.filter(Q(pk=edition.document.owner_id) | Q(pk__in=wrote)).order_by("pk"))


def owner_and(edition: Edition, *others: User | None) -> list[User]:
    """Return the owner of the document and these people; the publishers when no mail to any of them arrives."""
    return reached([edition.document.owner, *_known(others)])


def owners_of_drafts_citing(document: Document) -> list[User]:
    """Return the owners of documents whose open editions cite this one."""
    return list(User.objects.filter(owned_documents__editions__in=drafts_citing(document)).distinct().order_by("pk"))


def _known(people: Iterable[User | None]) -> list[User]:
    return [person for person in people if person is not None]


def _asked(edition: Edition, step: int) -> QuerySet[User]:
    waiting = edition.review_requests.standing().filter(step=step)
    return User.objects.filter(pk__in=waiting.values("reviewer")).order_by("pk")


def _who_may(edition: Edition, role: Role) -> QuerySet[User]:
    wrote = Revision.objects.in_the_change_up_to(edition.document_id, edition.number)
    signed = edition.reviews.of_the_current_text().approvals()
    return holders_of(role).exclude(pk__in=wrote.values("author")).exclude(pk__in=signed.values("reviewer"))
