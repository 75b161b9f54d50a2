"""What a reviewer is shown as changed: since their own last verdict, against the live text, or all of it as new.

Of a text that went out in an emergency: against the one that readers had before.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from alstrom_site.editorial.admin.addresses import comparison_url
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import Comparison, compare, marked
from alstrom_site.editorial.models import Edition, Review, Revision

WHOLE = "whole"
SOURCE, RENDERED = "source", "rendered"


@dataclass(frozen=True)
class Against:
    """One way to look at the change; `old` is None for the whole text as new."""

    name: str
    label: str
    old: Revision | None
    explanation: str


@dataclass(frozen=True)
class Changes:
    """The ways there are, the one chosen, and what it shows; `shape` is SOURCE or RENDERED."""

    ways: tuple[Against, ...]
    chosen: Against
    shape: str
    visit: Visit
    edition: Edition
    page: str = "review"

    @property
    def is_whole(self) -> bool:
        """Whether the text is compared with nothing."""
        return self.chosen.old is None

    @property
    def is_asked_for(self) -> bool:
        """Whether this way was chosen, and not taken because there is no other."""
        return self.visit.request.GET.get("against") == self.chosen.name

    @cached_property
    def comparison(self) -> Comparison:
        """What changed from the chosen text to the edition's."""
        old = self.chosen.old.fields if self.chosen.old else None
        return compare(old, self.edition.text.fields, self.visit.kind.fields)

    @property
    def is_rendered(self) -> bool:
        """Whether the change is shown in the text as readers will see it."""
        return self.shape == RENDERED and not self.is_whole

    @property
    def rendered(self) -> SafeString:
        """The text as readers will see it, with the words that came and went marked."""
        old = self.visit.kind.shown(self.chosen.old.fields) if self.chosen.old else ""
        return marked(old, self.visit.kind.shown(self.edition.text.fields))

    @property
    def links(self) -> list[tuple[Against, str]]:
        """Each way with its address."""
        return [(way, self._address(way.name, self.shape)) for way in self.ways]

    @property
    def source_url(self) -> str:
        """The address of the change in the text as it was written."""
        return self._address(self.chosen.name, SOURCE)

    @property
    def rendered_url(self) -> str:
        """The address of the change in the text as readers will see it."""
        return self._address(self.chosen.name, RENDERED)

    @property
    def any_two_url(self) -> str:
        """The address at which any two texts of the document are compared."""
        return comparison_url(self.visit.document, self.chosen.old, self.edition.text)

    def _address(self, against: str, shape: str) -> str:
        named = {"against": against, **({"as": shape} if shape == RENDERED else {})}
        chosen = urlencode({**named, "edition": self.edition.pk} if self.edition.is_urgent else named)
        return f"{self.visit.url(self.page)}?{chosen}#part-changes"


def changes_for(visit: Visit, edition: Edition) -> Changes:
    """Return the change as this person asked for it, by default since their own last verdict, then against live."""
    ways = tuple(_ways(visit, edition))
    wanted = visit.request.GET.get("against", "")
    chosen = next((way for way in ways if way.name == wanted), ways[0])
    return Changes(ways, chosen, _shape(visit), visit, edition)


def changes_for_readers(visit: Visit, live: Edition, page: str) -> Changes | None:
    """Return the change of the live text from the one that readers had before, for that page; None without one."""
    if live.published_at is None:
        return None
    before = visit.document.editions.filter(published_at__lt=live.published_at).exclude(pk=live.pk)
    old = before.select_related("head").order_by("-published_at", "-pk").first()
    if old is None:
        return None
    until = f"Readers had the text on the old side, that of edition {old.number}, until {live.published_at:%-d %B %Y}."
    against = Against("before", "Against what readers had before", old.text, until)
    return Changes((against,), against, _shape(visit), visit, live, page)


def _shape(visit: Visit) -> str:
    return RENDERED if visit.request.GET.get("as") == RENDERED else SOURCE


def _ways(visit: Visit, edition: Edition) -> list[Against]:
    ways = []
    verdict = _last_verdict(visit)
    if verdict is not None:
        said = f"{verdict.get_verdict_display().lower()}, on {verdict.at:%-d %B %Y}"
        ways.append(Against("verdict", "Since my last verdict", verdict.revision, f"Your last verdict was: {said}."))
    live = visit.document.live_edition
    if live is not None and live.pk != edition.pk:
        ways.append(Against("live", "Against the live text", live.text, "Readers see the text on the old side now."))
    ways.append(Against(WHOLE, "The whole text as new", None, "Everything here is shown as new."))
    return ways


def _last_verdict(visit: Visit) -> Review | None:
    reviews = Review.objects.filter(edition__document=visit.document, reviewer=visit.person)
    return reviews.select_related("revision").order_by("-at", "-pk").first()
