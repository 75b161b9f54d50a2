"""Forms about people: what an administrator looks after, and what everybody says of themselves."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from alstrom_site.accounts.interests import NEEDED, wrong_with
from alstrom_site.accounts.models import DETAILS, User
from alstrom_site.accounts.names import name_is_taken
from alstrom_site.accounts.orcid import parse_orcid
from alstrom_site.accounts.roles import ROLES
from alstrom_site.unseen import says_something, unseen_in

NAME_TAKEN = (
    "Somebody else who works here has this name. Add what tells the two apart, such as another first name or where"
    " they work."
)
PURPOSES = {role.name: role.purpose for role in ROLES}

# Django's classes take their model as a parameter for the type checker only.
if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
    Groups = forms.ModelMultipleChoiceField[Group]
else:
    UserForm, Groups = forms.ModelForm, forms.ModelMultipleChoiceField


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


class NamedForm(UserForm):
    """What every form about a person asks of what is shown of them. What stands there already is left alone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """Refuse what nobody sees, and the name of somebody else, also for who works here again."""
        typed: dict[str, Any] = super().clean() or {}
        for name in set(DETAILS) & set(self.changed_data) & typed.keys():
            if unseen := unseen_in(str(self.fields[name].label), typed[name]):
                self.add_error(name, unseen)
        if {"display_name", "is_active"} & set(self.changed_data) and typed.get("is_active", True):
            self._check_name(str(typed.get("display_name", "")))
        return typed

    def _check_name(self, name: str) -> None:
        if "display_name" in self.errors:
            return
        if not says_something(name):
            self.add_error("display_name", "Write a name.")
        elif name_is_taken(name, but=self.instance):
            self.add_error("display_name", ValidationError(NAME_TAKEN, code="taken"))


class DetailsForm(NamedForm):
    """What a person says of themselves; a review freezes it when it is signed."""

    class Meta:
        model = User
        fields: tuple[str, ...] = DETAILS
        widgets: dict[str, forms.Widget] = {
            "display_name": forms.TextInput(attrs={"class": "vTextField"}),
            "professional_title": forms.TextInput(attrs={"class": "vTextField"}),
            "credentials": forms.TextInput(attrs={"class": "vTextField"}),
            "affiliation": forms.TextInput(attrs={"class": "vTextField"}),
            "orcid": forms.TextInput(attrs={"class": "vTextField"}),
        }
        help_texts: dict[str, str] = {
            "affiliation": "Hospital, university or organisation.",
            "orcid": "Such as 0000-0002-1825-0097, or its whole address.",
        }

    def clean_orcid(self) -> str:
        """Return the canonical form; raise ValidationError before the person's own cleaning meets what is none."""
        typed = str(self.cleaned_data.get("orcid") or "")
        try:
            return parse_orcid(typed) if typed else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="orcid") from wrong


class PersonForm(DetailsForm):
    """A person as administrators look after them."""

    groups = RolesField()
    # Set where the form is about the person who fills it in: nobody grants a role to themselves.
    is_own = False

    class Meta(DetailsForm.Meta):
        fields = ("username", "email", "is_active", "groups", *DETAILS)
        labels = {"username": "User name", "is_active": "Works here"}
        widgets = {
            **DetailsForm.Meta.widgets,
            "username": forms.TextInput(attrs={"class": "vTextField"}),
            "email": forms.EmailInput(attrs={"class": "vTextField"}),
        }
        help_texts = {
            **DetailsForm.Meta.help_texts,
            "username": "To sign in with.",
            "is_active": "Untick it when somebody leaves. They can no longer sign in; the record keeps their name.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.is_own:
            self.fields["groups"].disabled = True
            self.fields["groups"].help_text = "Another administrator changes yours: nobody grants a role to themselves."


class NewPersonForm(NamedForm):
    """A new person: name, address and roles. The password they set themselves, by a link in a mail."""

    groups = RolesField()

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "groups")
        widgets: dict[str, forms.Widget] = {
            "username": forms.TextInput(attrs={"class": "vTextField"}),
            "display_name": forms.TextInput(attrs={"class": "vTextField"}),
            "email": forms.EmailInput(attrs={"class": "vTextField"}),
        }
        labels = {"username": "User name"}
        help_texts = {"username": "To sign in with."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].required = True
        self.fields["email"].help_text = "The link to set a password is sent to it at once."


class InterestsForm(forms.Form):
    """What somebody declares of their interests today."""

    interests = forms.CharField(
        label="My interests",
        help_text="Grants, fees, shares, or a family or professional tie to what you review. Write “None” if none.",
        error_messages={"required": NEEDED},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_interests(self) -> str:
        """Return the declaration; raise ValidationError when it says nothing, or holds what nobody sees."""
        declared = str(self.cleaned_data["interests"])
        if wrong := wrong_with(declared):
            raise ValidationError(wrong)
        return declared
