"""The filters of the lists: whose, state, owner, due, kind, marks. A value that a filter does not know does nothing."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin import due_dates, selections
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk
from alstrom_site.editorial.admin.states import REACHABLE, slug_of
from alstrom_site.editorial.models import Document

Documents = QuerySet[Document]
Choices = list[tuple[str, str]]


class TabFilter(SimpleListFilter):
    """Waiting for me, mine, all."""

    title = "whose"
    parameter_name = "tab"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the tabs."""
        return list(selections.TABS.items())

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return what the chosen tab shows."""
        if not isinstance(request.user, User):
            return queryset.none()
        return selections.under_tab(self.value() or "", queryset, request.user, timezone.now().date())


class StateFilter(SimpleListFilter):
    """The state of the open or the live edition; unpublished when there is neither."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the states that documents can be in."""
        return [(slug_of(status), status.label) for status in REACHABLE]

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return the documents with an edition in the chosen state."""
        chosen = {slug_of(status): status for status in REACHABLE}.get(self.value() or "")
        return queryset if chosen is None else selections.standing_at(queryset, chosen)


class OwnerFilter(SimpleListFilter):
    """Who answers for the document."""

    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return everybody who owns something."""
        owned = Document.objects.filter(owner=OuterRef("pk"))
        owners = User.objects.filter(Exists(owned)).order_by("display_name", "pk")
        return [(str(owner.pk), str(owner)) for owner in owners]

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return what the chosen person owns."""
        known = {str(value) for value, _ in self.lookup_choices}
        chosen = self.value() or ""
        return queryset.filter(owner=int(chosen)) if chosen in known else queryset


class DueFilter(SimpleListFilter):
    """When somebody should look at the text."""

    title = "due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return what is overdue, what is soon, and the months; a month that a link names stands there too."""
        day = timezone.now().date()
        spans = [*due_dates.spans_on(day)]
        named = due_dates.span_named(request.GET.get("due", ""), day)
        return [(span.slug, span.label) for span in dict.fromkeys([*spans, *([named] if named else [])])]

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return what is due."""
        span = due_dates.span_named(self.value() or "", timezone.now().date())
        return queryset if span is None else selections.due_in(queryset, span)


class MarkFilter(SimpleListFilter):
    """What calls for attention beside the state."""

    title = "marked"
    parameter_name = "mark"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the marks."""
        return [(name, label) for name, (label, _) in selections.MARKS.items()]

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return the documents with the chosen mark."""
        if self.value() not in selections.MARKS or not isinstance(request.user, User):
            return queryset
        _, select = selections.MARKS[self.value() or ""]
        return select(queryset, request.user)


class KindFilter(SimpleListFilter):
    """The kind of document, in the list over all kinds."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return every kind at the desk."""
        labels = {name: kind.label_plural for name, (kind, _) in kinds_at_the_desk().items()}
        return [(name, label[:1].upper() + label[1:]) for name, label in labels.items()]

    def queryset(self, request: HttpRequest, queryset: Documents) -> Documents:
        """Return the documents of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() in kinds_at_the_desk() else queryset
