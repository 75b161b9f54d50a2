"""The form of a text: what every kind's form stands on."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from alstrom_site.editorial.admin.addresses import page_of
from alstrom_site.editorial.kinds import Content, ContentRefused, Kind
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.widgets.columns import TypedRow
from alstrom_site.editorial.workflow import Issue
from alstrom_site.partial_dates import PartialDate

BEGAN_FROM = "began_from"
OVER = "over"
"""Sent by the button that saves over a text which somebody else saved meanwhile: the digest of that text."""
DIGEST = re.compile(r"[0-9a-f]{64}")
TAKES_BACK = "take_back"
"""Sent by a form whose saving takes the edition back to draft, as the page around it says."""
STAYS = "Readers know this page as {path}, so it stays."
MOVES = (
    "Readers know this page as {path}. A new address holds from the day this text goes live; the old one then leads "
    "to it for good. Left empty, it stays."
)


class ContentForm(forms.Form):
    """The content of one kind, its fields named as the content's keys.

    `seen` is the digest of the text that the form was made from.
    """

    kind: ClassVar[Kind]
    name_field: ClassVar[str] = "title"
    """The field from which an empty address is made."""
    places: ClassVar[Mapping[str, str]] = {}
    """For content keys that are spread over several fields: the field beside which their faults are shown."""

    # Not a CharField: what is no digest is a text that nobody saw, and no fault that the person could mend.
    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, edition: Edition | None = None, **options: Any) -> None:
        options.setdefault("initial", self.initial_of(edition) if edition else {})
        options.setdefault("label_suffix", "")
        super().__init__(_with_choice(data), **options)
        self._content: Content = {}
        self._known_address = ""
        self._elsewhere: dict[str, str] = {}
        if edition is not None and edition.document.first_published_at:
            self._say_how_readers_know_it(edition.document.address)

    @property
    def seen_digest(self) -> str:
        """The digest of the text that the person had on the screen, or has chosen to save over; "" for none."""
        return _digest(self.data.get("seen"))

    @property
    def base_digest(self) -> str:
        """The digest of the text from which the person began to write; "" for none."""
        return _digest(self.data.get(BEGAN_FROM)) or self.seen_digest

    @property
    def saves_over(self) -> bool:
        """Whether the person has chosen to save over what somebody else saved."""
        return bool(self.data.get(OVER))

    @property
    def takes_back(self) -> bool:
        """Whether the person has chosen that the edition goes back to draft."""
        return bool(self.data.get(TAKES_BACK))

    @classmethod
    def initial_of(cls, edition: Edition) -> dict[str, Any]:
        """Return what the form shows of an edition's text at first."""
        return {**cls.initial_from(edition.text.fields), "seen": edition.text.digest}

    @classmethod
    def initial_from(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the fields for a content."""
        return dict(content)

    def raw(self, cleaned: Mapping[str, Any]) -> Content:
        """Return the content as the fields say it, not yet checked by its kind."""
        return {field.name: cleaned.get(field.name) for field in self.kind.fields}

    def content(self) -> Content:
        """Return the content in its full shape; the form must be valid."""
        return self._content

    def suggested_address(self, cleaned: Mapping[str, Any]) -> str:
        """Return the address that stands for an empty one."""
        raise NotImplementedError  # the form of each kind says it

    def clean(self) -> dict[str, Any]:
        """Bring the content to its shape; everything that is wrong stands beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        address_field = self.kind.address_field
        if not cleaned.get(address_field) and address_field not in self.errors:
            cleaned[address_field] = self._known_address or self.suggested_address(cleaned)
        try:
            self._content = self.kind.clean(self.raw(cleaned))
        except ContentRefused as refused:
            # A field that said itself what is wrong has no value for its kind to judge.
            self.add_issues(issue for issue in refused.issues if self.place_of(issue) not in set(self.errors))
        return cleaned

    def add_issues(self, issues: Iterable[Issue]) -> None:
        """Show each issue beside its field."""
        for issue in list(issues):
            if issue.elsewhere is not None:
                self._elsewhere[issue.message] = page_of(*issue.elsewhere)
            self.add_error(self.place_of(issue) or None, ValidationError(issue.message, code=issue.code))

    def faults(self) -> list[tuple[str, str, str]]:
        """Return everything that stands in the way of saving: the field, "" for the whole form, and a sentence.

        With them the address of the document that has what this one cannot have, "" where none has.
        """
        if not self.is_bound:
            return []
        return [
            (name if name in self.fields else "", str(message), self._elsewhere.get(str(message), ""))
            for name, messages in self.errors.items()
            for message in messages
        ]

    def sent_again(self, seen: str) -> Any:
        """Return what was sent, for a form that is filled with it once more, as begun from another text."""
        sent: Any = copy(self.data)
        sent.pop(OVER, None)
        sent["seen"] = seen
        return sent

    def content_as_typed(self) -> Content:
        """Return the content as far as it can be read, for showing: what has a fault stands as it was typed."""
        if self._content:
            return self._content
        self.is_valid()
        typed = {name: _readable(self[name].value()) for name in self.fields}
        return self.raw({**typed, **self.cleaned_data})

    def place_of(self, issue: Issue) -> str:
        """Return the field beside which an issue is shown; "" when there is none."""
        name = self.places.get(issue.field, issue.field)
        return name if name in self.fields else ""

    def _say_how_readers_know_it(self, address: str) -> None:
        self._known_address = address
        field, path = self.fields[self.kind.address_field], self.kind.path(address)
        field.disabled = not self.kind.address_changes
        field.help_text = (STAYS if field.disabled else MOVES).format(path=path)


def _with_choice(sent: Any) -> Any:
    """Return what was sent, with the digest that the person chose to save over as the one that was seen."""
    if not sent or not sent.get(OVER):
        return sent
    chosen = sent.copy()
    chosen[BEGAN_FROM] = sent.get("seen", "")
    chosen["seen"] = sent[OVER]
    return chosen


def _digest(sent: Any) -> str:
    found = str(sent or "")
    return found if DIGEST.fullmatch(found) else ""


def _readable(value: Any) -> Any:
    """Return what stands in a field, rows as records."""
    if not isinstance(value, list):
        return value or ""
    return [row.cells if isinstance(row, TypedRow) else row for row in value]


def line(label: str, help_text: str = "", *, required: bool = False, wide: bool = True) -> forms.CharField:
    """Return a field of one line; with `required` the form cannot be saved without it, not even as a draft."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": f"{label} is empty. Fill it in."},
        widget=forms.TextInput(attrs={"class": "vTextField" if wide else "short-field", "autocomplete": "off"}),
    )


def short_text(label: str, help_text: str = "", *, rows: int = 3) -> forms.CharField:
    """Return a field for a few sentences."""
    widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def partial_date(typed: str) -> str:
    """Return a partial date as it is kept; raise ValueError with a sentence."""
    return str(PartialDate.parse(typed))


class Choices(forms.RadioSelect):
    """Radio buttons as a group with a name, which Django's own leave without one in the admin."""

    template_name = "editorial/widgets/choices.html"

    def __init__(self, group_label: str) -> None:
        super().__init__()
        self.group_label = group_label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what Django's own takes, and the name of the group."""
        return {**super().get_context(name, value, attrs), "group_label": self.group_label}


class PartialDateField(forms.CharField):
    """A date in the precision that is known."""

    def __init__(self, label: str, help_text: str = "") -> None:
        widget = forms.TextInput(attrs={"class": "short-field", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget)

    def to_python(self, value: Any) -> str:
        """Return the date as it is kept, or ""; raise ValidationError with a sentence."""
        text = super().to_python(value) or ""
        try:
            return partial_date(text) if text else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="partial-date") from wrong
