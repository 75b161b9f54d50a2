"""The links that stand at the top of every page of the desk."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk, list_url


@dataclass(frozen=True)
class DeskLink:
    """A place at the desk; `current` when the page lies in it."""

    label: str
    url: str
    current: bool


def links_for(request: HttpRequest) -> tuple[DeskLink, ...]:
    """Return the places that this person may visit, in order."""
    home = reverse("admin:index")
    places = [("Your desk", home), ("All documents", list_url()), ("Schedule", reverse("admin:editorial-schedule"))]
    places += [(_capital(kind.label_plural), list_url(name)) for name, (kind, _) in kinds_at_the_desk().items()]
    if request.user.has_perm("accounts.view_user"):
        places += _people()
    return tuple(DeskLink(label, url, _lies_in(request.path, url, home)) for label, url in places)


def _people() -> list[tuple[str, str]]:
    from django.contrib import admin

    return [("People", reverse("admin:accounts_user_changelist"))] if admin.site.is_registered(User) else []


def _lies_in(path: str, url: str, home: str) -> bool:
    return path == url if url == home else path.startswith(url)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
