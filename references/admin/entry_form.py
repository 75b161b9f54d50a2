"""The form of an entry as the desk shows it: it tells of entries that may be of the same work."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from alstrom_site.editorial.models import Edition
from references.duplicates import Candidate, candidates
from references.forms import ReferenceForm

ALL_THE_SAME = "all_the_same"
LOOKS_ALIKE = "There may be an entry of this work already. Look at it below, or tick that it is another work."


class EntryForm(ReferenceForm):
    """A bibliography entry; a new one that looks like another one is saved when the person has seen that one."""

    def __init__(self, data: Any = None, *, edition: Edition | None = None, **options: Any) -> None:
        super().__init__(data, edition=edition, **options)
        self.edition_shown = edition

    @cached_property
    def alike(self) -> tuple[Candidate, ...]:
        """The entries that may be of the same work as what the form shows; three queries at most."""
        shown = self.edition_shown
        content = self.content() or (shown.text.fields if shown is not None else {})
        document = shown.document if shown is not None else None
        return candidates([content], except_for=document)[0] if content else ()

    @property
    def alike_seen(self) -> str:
        """What a person sends who saves a new entry all the same: the entries that they saw."""
        return ",".join(sorted(str(each.document_id) for each in self.alike))

    @property
    def was_seen(self) -> bool:
        """Whether the person has seen exactly these entries, and says that it is another work."""
        return bool(self.alike) and self.data.get(ALL_THE_SAME, "") == self.alike_seen

    def clean(self) -> dict[str, Any]:
        """Bring the content to its shape, and warn before a new entry is saved."""
        cleaned = super().clean()
        is_unseen = self.edition_shown is None and not self.was_seen
        if is_unseen and any(not each.certain for each in self.alike):
            self.add_error(None, ValidationError(LOOKS_ALIKE, code="looks-alike"))
        return cleaned
