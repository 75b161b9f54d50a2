"""People at the desk: administrators look after them, everybody looks after their own details."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alstrom_site.accounts.forms import DETAILS, DetailsForm, NewPersonForm, PersonForm
from alstrom_site.accounts.models import User

# Django's class takes its model as a parameter for the type checker only.
if TYPE_CHECKING:
    People = UserAdmin[User]
else:
    People = UserAdmin

# Roles are kept in code and written at every migration; a group changed by hand would be changed back.
# Secrets, and addresses that follow the person's own, are nobody's to look at or to write.
for model in (Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

OWN = "Shown with every review"


@admin.register(User)
class PersonAdmin(People):
    """People. Nobody is deleted; who leaves is closed. Only a superuser changes a superuser."""

    form = PersonForm
    add_form = NewPersonForm
    fieldsets = (
        ("Account", {"fields": ("username", "email", "is_active", "shown_password")}),
        ("Roles", {"fields": ("groups",)}),
        (OWN, {"fields": DETAILS}),
        ("Kept by the site", {"fields": ("is_demonstration", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        ("Account", {"fields": ("username", "display_name", "email")}),
        ("First password", {"fields": ("password1", "password2")}),
        ("Roles", {"fields": ("groups",)}),
    )
    readonly_fields = ("is_demonstration", "last_login", "date_joined", "shown_password")
    list_display = ("display_name", "username", "shown_roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("display_name", "username", "email")
    ordering = ("display_name", "pk")
    filter_horizontal = ()
    actions = None

    add_form_template = None
    change_form_template = "accounts/person.html"
    change_user_password_template = "accounts/password.html"  # noqa: S105 a template

    class Media:
        css = {"all": ["desk/editing.css", "desk/saving.css"]}

    @admin.display(description="Roles")
    def shown_roles(self, person: User) -> str:
        """Return the names of the person's roles."""
        return ", ".join(sorted(group.name for group in person.groups.all())) or "none"

    @admin.display(description="Password")
    def shown_password(self, person: User) -> SafeString:
        """Return the way to the form that sets another one."""
        return format_html('<a href="{}">Set another password</a>', "../password/")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return everybody, with their roles."""
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        page: HttpResponse = super().changelist_view(request, {"title": "People", **(extra_context or {})})
        return page

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which everybody looks after their own details."""
        own = path("me/", self.admin_site.admin_view(self.own_details), name="accounts_user_me")
        return [own, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Administrators, but nobody takes over the account of a superuser."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted: the record names them."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Return what is only shown; nobody locks themselves out."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "is_active") if obj is not None and obj.pk == request.user.pk else fixed

    def own_details(self, request: HttpRequest) -> HttpResponse:
        """Show and take what a person says of themselves."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        form = DetailsForm(request.POST or None, instance=request.user)
        if form.is_valid():
            form.save()
            self.log_change(request, request.user, "Changed their own details.")
            messages.success(request, "Saved. What you sign from now on carries these details.")
            return redirect("admin:accounts_user_me")
        shown = AdminForm(form, [(OWN, {"fields": list(DETAILS)})], {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Your details",
            "person": User.objects.get(pk=request.user.pk),
            "adminform": shown,
            "media": self.media + shown.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "accounts/own_details.html", context)
