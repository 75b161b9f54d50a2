"""People at the desk: administrators look after them, everybody looks after their own details."""

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from alstrom_site.accounts import actions
from alstrom_site.accounts.filters import AccountFilter, RoleFilter
from alstrom_site.accounts.forms import DetailsForm, NewPersonForm, PersonForm
from alstrom_site.accounts.hanging import hanging_on
from alstrom_site.accounts.interests import interests_are_due
from alstrom_site.accounts.models import DETAILS, AccountEvent, User
from alstrom_site.accounts.screens import as_person

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
KEPT = ("shown_demonstration", "shown_last_login", "shown_date_joined")
MOMENT = "%-d %B %Y, %H:%M UTC"
# Without a mail server, mails are written where the site was started.
MAIL_IS_PRINTED = settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
WHERE_MAIL_GOES = " No mail server is set: it stands where the site was started." if MAIL_IS_PRINTED else ""


@admin.register(User)
class PersonAdmin(People):
    """People. Nobody is deleted; who leaves is closed. Only a superuser changes a superuser."""

    form = PersonForm
    add_form = NewPersonForm
    fieldsets = (
        ("Account", {"fields": ("username", "email", "is_active")}),
        ("Roles", {"fields": ("groups",)}),
        (OWN, {"fields": (*DETAILS, "shown_interests")}),
        ("Kept by the site", {"fields": KEPT}),
    )
    add_fieldsets = (
        ("Account", {"fields": ("username", "display_name", "email")}),
        ("Roles", {"fields": ("groups",)}),
    )
    # Interests are declared by the person alone.
    readonly_fields = ("shown_interests", *KEPT)
    list_display = ("display_name",)
    list_filter = (RoleFilter, AccountFilter)
    search_fields = ("display_name", "username", "email")
    ordering = ("display_name", "pk")
    filter_horizontal = ()
    actions = None

    add_form_template = None
    change_form_template = "accounts/person.html"
    change_list_template = "accounts/people.html"

    class Media:
        css = {"all": ["desk/editing.css", "desk/saving.css"]}

    @admin.display(description="Declared interests")
    def shown_interests(self, person: User) -> str:
        """Return what the person declared, and when."""
        declared_on = person.interests_declared_on
        return f"{person.interests} (declared on {declared_on:%-d %B %Y})" if declared_on else "Not declared"

    @admin.display(description="Demonstration account")
    def shown_demonstration(self, person: User) -> str:
        """Return whether it is one, in a word."""
        return "Yes: its signature stands for no clinician, and every page says so" if person.is_demonstration else "No"

    @admin.display(description="Last signed in")
    def shown_last_login(self, person: User) -> str:
        """Return when, as every other moment is written."""
        return f"{person.last_login:{MOMENT}}" if person.last_login else "Never"

    @admin.display(description="Account made")
    def shown_date_joined(self, person: User) -> str:
        """Return when, as every other moment is written."""
        return f"{person.date_joined:{MOMENT}}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return everybody, with their roles."""
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name."""
        page: HttpResponse = super().changelist_view(request, {"title": "People", **(extra_context or {})})
        return page

    def get_urls(self) -> list[URLPattern]:
        """Add one's own page and what is done to an account, and leave out Django's form for another's password."""
        opened = self.admin_site.admin_view
        steps = (("password-link", self.password_link), ("second-steps", self.second_steps))
        own = path("me/", opened(self.own_details), name="accounts_user_me")
        done = [path(f"<int:pk>/{name}/", opened(view), name=f"accounts_user_{name}") for name, view in steps]
        return [own, *done, *ModelAdmin.get_urls(self)]

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

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **options: Any) -> Any:
        """Return the form; on one's own page it changes no roles."""
        form = super().get_form(request, obj, change=change, **options)
        is_own = obj is not None and obj.pk == request.user.pk
        return type(form.__name__, (form,), {"is_own": is_own})

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save through the step that notes what was done."""
        save = actions.change_person if change else actions.make_person
        save(obj, by=as_person(request), at=timezone.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Set the roles through the step that notes each."""
        actions.set_roles(form.instance, form.cleaned_data["groups"], by=as_person(request), at=timezone.now())

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Send the new person the link by which they set their password, and show their page."""
        self._send_link(request, obj)
        return redirect("admin:accounts_user_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the person with what was done to their account."""
        person = self.get_object(request, unquote(object_id))
        done = AccountEvent.objects.filter(person=person).select_related("by").order_by("-at", "-pk")
        second_steps = person is not None and Authenticator.objects.filter(user=person).exists()
        hanging = hanging_on(person) if person is not None else []
        shown = {"account_events": done, "has_second_steps": second_steps, "hanging": hanging, **(extra_context or {})}
        page: HttpResponse = super().change_view(request, object_id, form_url, shown)
        return page

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form under its own name, with the one way to save that leads on to the list."""
        one_way = {"show_save_and_add_another": False, "show_save_and_continue": False}
        title = "Person" if options.get("obj") else "New person"
        return super().render_change_form(request, {**context, **one_way, "title": title}, *args, **options)

    def password_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the person a link by which they set their password; nobody sets it for them."""
        person = self._looked_after(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._send_link(request, person)
        return redirect("admin:accounts_user_change", pk)

    def second_steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then remove passkeys, app and codes of somebody who lost them."""
        person = self._looked_after(request, pk)
        if request.method == "POST":
            raise_if_reauthentication_required(request, app="allauth.mfa")
            actions.remove_second_steps(person, by=as_person(request), at=timezone.now())
            messages.success(request, f"{person} signs in with the password alone, and was told so by mail.")
            return redirect("admin:accounts_user_change", pk)
        context = {**self.admin_site.each_context(request), "title": f"Second steps of {person}", "person": person}
        return TemplateResponse(request, "accounts/second_steps.html", context)

    def _looked_after(self, request: HttpRequest, pk: int) -> User:
        person = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def _send_link(self, request: HttpRequest, person: User) -> None:
        try:
            actions.send_password_link(person, by=as_person(request), at=timezone.now())
        except actions.NoAddress as missing:
            messages.error(request, str(missing))
        except OSError:
            messages.error(request, f"The mail server did not take the mail to {person}. Send the link again later.")
        else:
            messages.success(request, f"A link to set a password is on its way to {person.email}.{WHERE_MAIL_GOES}")

    def own_details(self, request: HttpRequest) -> HttpResponse:
        """Show and take what a person says of themselves."""
        person = as_person(request)
        form = DetailsForm(request.POST or None, instance=person)
        if form.is_valid():
            actions.change_person(form.save(commit=False), by=person, at=timezone.now())
            self.log_change(request, person, "Changed their own details.")
            messages.success(request, "Saved. What you sign from now on carries these details.")
            return redirect("admin:accounts_user_me")
        shown = AdminForm(form, [(OWN, {"fields": list(DETAILS)})], {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Your details",
            "person": User.objects.get(pk=person.pk),
            "adminform": shown,
            "media": self.media + shown.media,
            "opts": self.opts,
            "interests_are_due": interests_are_due(person, timezone.now().date()),
        }
        return TemplateResponse(request, "accounts/own_details.html", context)
