"""By what the list of people is narrowed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES


class RoleFilter(admin.SimpleListFilter):
    """People of one role, or of none."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the roles."""
        return [(role.name, role.name.capitalize()) for role in ROLES] + [("none", "No role")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return the people asked for."""
        chosen = self.value()
        if chosen == "none":
            return queryset.filter(groups=None)
        return queryset.filter(groups__name=chosen) if chosen else queryset


class AccountFilter(admin.SimpleListFilter):
    """Open or closed accounts."""

    title = "account"
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both."""
        return [("open", "Open"), ("closed", "Closed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return the people asked for."""
        chosen = self.value()
        return queryset.filter(is_active=chosen == "open") if chosen else queryset
