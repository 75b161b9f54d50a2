"""What a reviewer is shown as changed: since their own last verdict, against the live text, or all of it as new."""

from dataclasses import dataclass
from functools import cached_property

from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.models import Edition, Review, Revision

WHOLE = "whole"


@dataclass(frozen=True)
class Against:
    """One way to look at the change; `old` is None for the whole text as new."""

    name: str
    label: str
    old: Revision | None
    explanation: str


@dataclass(frozen=True)
class Changes:
    """The ways there are, the one chosen, and what it shows."""

    ways: tuple[Against, ...]
    chosen: Against
    visit: Visit
    edition: Edition

    @property
    def is_whole(self) -> bool:
        """Whether the text is compared with nothing."""
        return self.chosen.old is None

    @cached_property
    def comparison(self) -> Comparison:
        """What changed from the chosen text to the edition's."""
        old = self.chosen.old.fields if self.chosen.old else None
        return compare(old, self.edition.text.fields, self.visit.kind.fields)


def changes_for(visit: Visit, edition: Edition) -> Changes:
    """Return the change as this reviewer asked for it, by default since their own last verdict, then against live."""
    ways = tuple(_ways(visit, edition))
    wanted = visit.request.GET.get("against", "")
    chosen = next((way for way in ways if way.name == wanted), ways[0])
    return Changes(ways, chosen, visit, edition)


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
