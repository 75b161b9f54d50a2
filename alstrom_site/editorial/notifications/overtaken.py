"""Who is told when an approved text cannot go live any more, because a source or an answer that it carries changed."""

from alstrom_site.accounts.models import User
from alstrom_site.editorial.grounds import SIGN_ANEW, overtaken_by
from alstrom_site.editorial.models import Edition, Event, Verdict
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.notifications.letters import Letter, desk_link, personal_letter
from alstrom_site.editorial.notifications.recipients import answerable


def overtaken(event: Event) -> list[Letter]:
    """One letter of all their texts to each who answers for one, approved it or put it on the schedule.

    Who took the step gets it as well: their step was about another text.
    """
    told: dict[User, list[dict[str, object]]] = {}
    for edition, changes in overtaken_by(event):
        for person in _whom(edition):
            told.setdefault(person, []).append(_line_of(edition, changes))
    return [
        personal_letter("overtaken", person, event=event, texts=texts, way_on=SIGN_ANEW)
        for person, texts in told.items()
    ]


def _whom(edition: Edition) -> set[User]:
    signed = edition.reviews.filter(round=edition.round, verdict=Verdict.APPROVE).values("reviewer")
    people = {*answerable(edition), *User.objects.filter(pk__in=signed)}
    return people | ({edition.scheduled_by} if edition.scheduled_by else set())


def _line_of(edition: Edition, changes: list[str]) -> dict[str, object]:
    title, link = title_of(edition.document, edition), desk_link(edition.document, edition)
    return {"title": title, "edition": edition, "changes": changes, "link": link}
