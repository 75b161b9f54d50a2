"""The pages of a list of documents: which ones stand on a page is asked first, and only those are read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core import paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from alstrom_site.editorial.admin.rows import for_rows
from alstrom_site.editorial.models import Document

# Django's classes take what they hold as a parameter for the type checker only: documents, of which a page has numbers.
if TYPE_CHECKING:
    Paginator = paginator.Paginator[Any]
    Page = paginator.Page[Any]
else:
    Paginator, Page = paginator.Paginator, paginator.Page

# Some documents lack them; those come last in either direction.
_LACKED_BY_SOME = ("due_on",)


class DocumentPages(Paginator):
    """Pages of a queryset of documents; the database counts from that end of the list to which the page is nearer."""

    object_list: QuerySet[Document]

    def page(self, number: int | str) -> Page:
        """Return the numbers in the database of the documents of one page, in the order of the list."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        return Page(keys_between(self.object_list, first, last, self.count), number, self)


def keys_between(documents: QuerySet[Document], first: int, last: int, count: int) -> list[int]:
    """Return the numbers in the database of the documents from place `first` up to `last`, of `count` in all."""
    keys: Any = documents.prefetch_related(None).values_list("pk", flat=True)
    if first <= count - last:
        return list(keys[first:last])
    return list(keys.reverse()[count - last : count - first])[::-1]


def documents_of(keys: Sequence[int]) -> list[Document]:
    """Return the documents with these numbers, in this order, with all that their rows need."""
    found = for_rows(Document.objects.all()).in_bulk(keys)
    return [found[key] for key in keys if key in found]


class DocumentChanges(ChangeList):
    """The list as Django makes it, of numbers until they are read, with what lacks a date last."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the numbers of the documents of the page that was asked for; of a list that fills no page, all.

        Raises IncorrectLookupParameters for what is compared with NUL, which PostgreSQL takes in no text.
        """
        if any("\0" in value for values in self.filter_params.values() for value in values):
            raise IncorrectLookupParameters
        super().get_results(request)
        if isinstance(self.result_list, QuerySet):
            self.result_list = keys_between(self.queryset, 0, self.result_count, self.result_count)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str | Combinable]:
        """Return the columns by which the list is ordered, the title and the number in the database last."""
        return [_nulls_last(each) for each in super().get_ordering(request, queryset)]


def _nulls_last(column: Any) -> Any:
    name = str(column).removeprefix("-")
    if name not in _LACKED_BY_SOME:
        return column
    return F(name).desc(nulls_last=True) if str(column).startswith("-") else F(name).asc(nulls_last=True)
