"""Forms about people: what an administrator looks after, and what everybody says of themselves."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from alstrom_site.accounts.models import User
from alstrom_site.accounts.orcid import parse_orcid
from alstrom_site.accounts.roles import ROLES

DETAILS: tuple[str, ...] = (
    "display_name",
    "professional_title",
    "credentials",
    "affiliation",
    "orcid",
    "interests",
    "interests_declared_on",
)
PURPOSES = {role.name: role.purpose for role in ROLES}

# Django's classes take their model as a parameter for the type checker only.
if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
    Creation = BaseUserCreationForm[User]
    Groups = forms.ModelMultipleChoiceField[Group]
else:
    UserForm, Creation, Groups = forms.ModelForm, BaseUserCreationForm, forms.ModelMultipleChoiceField


class RolesField(Groups):
    """The groups that are roles, each with its purpose."""

    def __init__(self) -> None:
        super().__init__(
            queryset=Group.objects.filter(name__in=PURPOSES),
            label="Roles",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="One person may hold several; the four-eyes rule holds all the same. Without a role: no desk.",
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return the role with what it does."""
        return f"{obj.name.capitalize()}: {PURPOSES[obj.name]}"


class DetailsForm(UserForm):
    """What a person says of themselves; a review freezes it when it is signed."""

    interests_declared_on = forms.DateField(
        label="Interests declared on",
        required=False,
        help_text="Such as 2026-01-31. Without a day the declaration does not count.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = DETAILS
        widgets = {
            "display_name": forms.TextInput(attrs={"class": "vTextField"}),
            "professional_title": forms.TextInput(attrs={"class": "vTextField"}),
            "credentials": forms.TextInput(attrs={"class": "vTextField"}),
            "affiliation": forms.TextInput(attrs={"class": "vTextField"}),
            "orcid": forms.TextInput(attrs={"class": "vTextField"}),
            "interests": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def clean_orcid(self) -> str:
        """Return the canonical form; raise ValidationError before the person's own cleaning meets what is none."""
        typed = str(self.cleaned_data.get("orcid") or "")
        try:
            return parse_orcid(typed) if typed else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="orcid") from wrong

    def clean(self) -> dict[str, Any]:
        """Say beside the field that interests need their day."""
        cleaned: dict[str, Any] = super().clean() or {}
        missing = cleaned.get("interests") and not cleaned.get("interests_declared_on")
        if missing and "interests_declared_on" not in self.errors:
            self.add_error("interests_declared_on", "Say on which day the interests were declared.")
        return cleaned


class PersonForm(DetailsForm):
    """A person as administrators look after them."""

    groups = RolesField()

    class Meta(DetailsForm.Meta):
        fields = ("username", "email", "is_active", "groups", *DETAILS)
        labels = {"is_active": "Works here"}
        widgets = {
            **DetailsForm.Meta.widgets,
            "username": forms.TextInput(attrs={"class": "vTextField"}),
            "email": forms.EmailInput(attrs={"class": "vTextField"}),
        }
        help_texts = {
            "username": "To sign in with.",
            "is_active": "Untick it when somebody leaves. They can no longer sign in; the record keeps their name.",
        }


class NewPersonForm(Creation):
    """A new person: name, roles and a first password, which they can change at the desk."""

    groups = RolesField()

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "groups")
        widgets = {
            "display_name": forms.TextInput(attrs={"class": "vTextField"}),
            "email": forms.EmailInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
