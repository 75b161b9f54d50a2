"""Two entries beside each other, field by field: what differs, what may be taken over, and what this person may do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions.merging_documents import takes_the_step, why_not_merge
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.models import Distinction, Document, Edition, Proposal
from alstrom_site.editorial.texts import citing
from references.duplicates import in_common
from references.formatting import nlm_citation
from references.kinds import ReferenceKind
from references.shape import PEOPLE, TYPES


@dataclass(frozen=True)
class Entry:
    """One of the two as it stands now."""

    document: Document
    edition: Edition
    citation: str
    url: str
    tag: StateTag
    cited_on: int
    """How many live pages cite it."""

    @classmethod
    def of(cls, document: Document) -> Self:
        """Read it. Some queries, the same for every entry."""
        edition = document.latest_edition
        edition.document = document
        citation = nlm_citation(edition.text.fields)
        return cls(document, edition, citation, document_url(document), StateTag.of(edition), citing(document).count())

    @property
    def content(self) -> dict[str, Any]:
        """The newest text."""
        return self.edition.text.fields


@dataclass(frozen=True)
class Row:
    """One field of both, each as lines."""

    name: str
    label: str
    kept: list[str]
    gone: list[str]

    @property
    def differs(self) -> bool:
        """Whether the two say something else; “Muster, J.L.” and “Muster, J L” are one name."""
        if self.name in PEOPLE:
            return _signs(self.kept) != _signs(self.gone)
        return self.kept != self.gone


@dataclass(frozen=True)
class SideBySide:
    """The entry that would be kept and the one that would go, for one person."""

    kept: Entry
    gone: Entry
    person: User

    @classmethod
    def of(cls, kept: Document, gone: Document, person: User) -> Self:
        """Read both."""
        return cls(Entry.of(kept), Entry.of(gone), person)

    @property
    def both(self) -> tuple[Entry, Entry]:
        """Both, the kept one first."""
        return self.kept, self.gone

    @cached_property
    def rows(self) -> list[Row]:
        """The fields that one of them fills, in the order of the form."""
        fields = [(each.name, each.label) for each in ReferenceKind.fields]
        rows = [
            Row(name, label, _lines(name, self.kept.content.get(name)), _lines(name, self.gone.content.get(name)))
            for name, label in fields
        ]
        return [row for row in rows if row.kept or row.gone]

    @property
    def differing(self) -> list[Row]:
        """The fields in which they say something else."""
        return [row for row in self.rows if row.differs]

    @property
    def same(self) -> list[Row]:
        """The fields in which they say the same."""
        return [row for row in self.rows if not row.differs]

    @property
    def shared(self) -> list[str]:
        """What they have in common, in words."""
        return [each.removeprefix("has ") for each in in_common(self.kept.content, self.gone.content)]

    @property
    def may_be_taken(self) -> frozenset[str]:
        """The names of the fields that can be taken over: each but the key."""
        return frozenset(row.name for row in self.rows if row.differs and row.gone and row.name != "key")

    @property
    def lacking(self) -> list[str]:
        """The fields that the kept one lacks."""
        return [row.name for row in self.rows if row.name in self.may_be_taken and not row.kept]

    @cached_property
    def is_merged(self) -> bool:
        """Whether the one was merged into the other already."""
        return merged_into(self.gone.document) == self.kept.document

    @cached_property
    def proposal(self) -> Proposal | None:
        """What waits for a second person: to unpublish the one that would go, merged or not."""
        live = self.gone.document.live_edition
        return live.proposals.waiting().select_related("by", "into").first() if live is not None else None

    @property
    def is_proposed(self) -> bool:
        """Whether exactly this merge waits for a second person."""
        return self.proposal is not None and self.proposal.into_id == self.kept.document.pk

    @cached_property
    def refusal(self) -> str:
        """Why this person can neither merge nor propose it; "" when they can."""
        return str(why_not_merge(self.gone.document, self.kept.document, self.person) or "")

    @cached_property
    def act(self) -> str:
        """What this person may do: "merge", "propose" or nothing."""
        if self.is_merged or self.refusal:
            return ""
        return "merge" if takes_the_step(self.gone.document, self.person) else "propose"

    @property
    def may_take_fields(self) -> bool:
        """Whether fields can be taken over now: with the merge, or after it."""
        return policies.may_open_edition(self.person) is None and (self.is_merged or self.act == "merge")

    @property
    def may_tell_apart(self) -> bool:
        """Whether this person may say that they are not the same."""
        return policies.may_open_edition(self.person) is None and not self.is_merged and self.distinction is None

    @cached_property
    def distinction(self) -> Distinction | None:
        """Who told them apart, if anybody did."""
        first, second = sorted((self.kept.document.pk, self.gone.document.pk))
        return Distinction.objects.filter(first=first, second=second).first()

    @property
    def suggested_reason(self) -> str:
        """What stands in the field of the reason at first: what was proposed, else nothing: a person says it."""
        return self.proposal.reason if self.proposal is not None and self.is_proposed else ""


def _lines(name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return [TYPES.get(value, value) if name == "type" else str(value)] if value else []
    return [entry if isinstance(entry, str) else ", ".join(filter(None, map(str, entry.values()))) for entry in value]


def _signs(lines: list[str]) -> list[str]:
    """Names without what stands between their letters."""
    return ["".join(each for each in line if each.isalnum() or each == ",") for line in lines]
