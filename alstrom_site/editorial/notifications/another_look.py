"""Who is told that a reviewer is asked by name to look at a live text again, and that this is over."""

from alstrom_site.accounts.models import User
from alstrom_site.editorial.models import Event
from alstrom_site.editorial.notifications.letters import REAFFIRM, Letter, letters_about


def asked_to_look_again(event: Event) -> list[Letter]:
    """To the reviewer who was asked."""
    asked = User.objects.filter(pk=int(event.fields["asked_id"]))
    return letters_about(event, "look_again", asked, page=REAFFIRM)


def settled(event: Event) -> list[Letter]:
    """To those who were asked by name to look at the text, and need not any more."""
    asked = User.objects.filter(looks_asked__in=event.fields.get("flags", [])).distinct().order_by("pk")
    return letters_about(event, "looked_again", asked)
