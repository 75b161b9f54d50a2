"""A save that was refused: why, and both texts, merged where they do not touch and side by side where they do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import CHANGED_MEANWHILE
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.saving import CHOICE, choices_in, merged_with, settled, text_of, typed_before
from alstrom_site.editorial.comparison import Block, Comparison, compare
from alstrom_site.editorial.comparison.blocks import paired_block
from alstrom_site.editorial.comparison.parts import as_text, row_text
from alstrom_site.editorial.comparison.words import compare_words
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.merging import Choice, Merged, merge
from alstrom_site.editorial.merging import Conflict as Clash
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.workflow import OPEN, TAKE_BACK, ActionRefused, OutOfDate

MINE_AND_THEIRS = ("Mine", "Theirs")
TWO_TABS = ("Here", "Other tab")
BESIDE_THE_FORM = (MINE_AND_THEIRS, TWO_TABS)
OWN_TAB = "You changed this text in another tab since you opened it here. Nothing was written. Look at both."
BY_HAND = "By hand: I write it in the form below"


@dataclass(frozen=True)
class OfferedChoice:
    """One way to settle a place; `name` and `value` are what the form sends."""

    name: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Place:
    """One place that two people changed: what each made of it, marked against the text from which both began."""

    number: int
    label: str
    field: str
    mine: Block
    theirs: Block
    choices: Sequence[OfferedChoice]
    is_missing: bool


@dataclass(frozen=True)
class Conflict:
    """Why a save was refused, and what is there now. `over`: the digest to save over, when the texts were merged."""

    reason: str
    edition: Edition
    over: str = ""
    comparison: Comparison | None = None
    places: Sequence[Place] = ()
    mine: str = ""
    began_from: str = ""
    """The digest of the text that was the base of the merge; the form sends it again as the one that was seen."""
    content: Content | None = None
    """What the form is filled with; None: it stays as it was typed."""
    sides: tuple[str, str] = MINE_AND_THEIRS
    """What the two texts are called."""

    @property
    def is_own(self) -> bool:
        """Whether all that was saved meanwhile is by the same person."""
        return self.sides == TWO_TABS

    @property
    def is_open(self) -> bool:
        """Whether the edition can still be written in."""
        return self.edition.state in OPEN

    @property
    def takes_back(self) -> bool:
        """Whether saving takes the edition back to draft."""
        return self.edition.state in TAKE_BACK.sources

    @property
    def heading(self) -> str:
        """What happened, in a few words."""
        if not self.is_open:
            return "Not saved: the edition is no longer open"
        if self.over:
            return f"Not saved: {'you saved in another tab' if self.is_own else 'somebody else saved'} meanwhile"
        return f"Not saved: the edition is {self.edition.state.value}" if self.takes_back else "Not saved yet"

    @property
    def choice(self) -> str:
        """What the button does that goes on with what was typed."""
        if not self.is_open:
            return "Begin a new edition with the merged text"
        return "Take it back and save the merged text" if self.takes_back else "Save the merged text"


def conflict_between(now: Edition, form: ContentForm, refused: ActionRefused, by: User) -> Conflict:
    """Return what to show beside a form whose content, sent by this person, was refused."""
    overtaken = now.text.digest != form.seen_digest or form.saves_over or now.state not in OPEN
    if not overtaken or form.errors:
        return Conflict(str(refused), now)
    if form.saves_over and now.text.digest == form.seen_digest:
        return _unsettled(now, form, refused, by)
    mine, began_from = _typed_since(now.document, form)
    base = text_of(now.document, began_from)
    merged = merge(base.fields if base else None, mine, now.text.fields, form.kind.fields)
    sides = _sides(now, began_from, by)
    return Conflict(
        reason=OWN_TAB if sides == TWO_TABS and str(refused) == CHANGED_MEANWHILE else str(refused),
        edition=now,
        over=now.text.digest,
        comparison=compare(now.text.fields, merged.content(), form.kind.fields),
        places=places_of(merged, sides=sides),
        mine=json.dumps(mine),
        began_from=began_from,
        content=merged.content(),
        sides=sides,
    )


def _sides(now: Edition, began_from: str, by: User) -> tuple[str, str]:
    """What to call the two texts: of two people, or of two tabs of one who alone has saved since."""
    base = text_of(now.document, began_from)
    if base is None or base.pk == now.head_id:
        return MINE_AND_THEIRS
    others = Revision.objects.filter(edition=now, pk__gt=base.pk).exclude(author=by)
    return MINE_AND_THEIRS if others.exists() else TWO_TABS


def _unsettled(now: Edition, form: ContentForm, refused: ActionRefused, by: User) -> Conflict:
    """The same merge once more, with what was chosen; the form keeps what was changed in it by hand."""
    merged = merged_with(form, now.text, now.document)
    sides = _sides(now, form.base_digest, by)
    return Conflict(
        reason=str(refused),
        edition=now,
        over=now.text.digest,
        comparison=compare(now.text.fields, form.content(), form.kind.fields),
        places=places_of(merged, choices_in(form, merged), sides=sides),
        mine=json.dumps(typed_before(form)),
        began_from=form.base_digest,
        sides=sides,
    )


def _typed_since(document: Document, form: ContentForm) -> tuple[Content, str]:
    """What the person wrote, and from which text: what they have merged and settled already counts as seen."""
    if form.saves_over:
        try:
            return settled(form, document), form.seen_digest
        except OutOfDate:
            pass  # Not settled: then it is merged anew from where they began.
    return form.content(), form.base_digest


def places_of(
    merged: Merged, chosen: Sequence[Choice | None] = (), *, sides: tuple[str, str] = MINE_AND_THEIRS
) -> list[Place]:
    """Return each place to be settled, with what was chosen for it already; none is chosen beforehand.

    By hand it can be settled where the form of the text is on the same page: see BESIDE_THE_FORM.
    """
    given = [*chosen, *[None] * (len(merged.conflicts) - len(chosen))]
    return [
        Place(
            number=clash.number + 1,
            label=clash.field.label,
            field=clash.field.name if sides in BESIDE_THE_FORM else "",
            mine=_side(clash.base, clash.mine),
            theirs=_side(clash.base, clash.theirs),
            choices=_choices(clash, choice, sides),
            is_missing=bool(chosen) and choice is None,
        )
        for clash, choice in zip(merged.conflicts, given, strict=True)
    ]


def _choices(clash: Clash, chosen: Choice | None, sides: tuple[str, str]) -> list[OfferedChoice]:
    labels = {Choice.MINE: sides[0], Choice.THEIRS: sides[1]}
    if clash.can_be_both:
        labels[Choice.BOTH] = f"Both, {sides[0].lower()} first"
    if sides in BESIDE_THE_FORM:
        labels[Choice.BY_HAND] = BY_HAND
    name = f"{CHOICE}-{clash.number}"
    return [OfferedChoice(name, each.value, label, chosen=each is chosen) for each, label in labels.items()]


def _side(base: Any, side: Any) -> Block:
    return paired_block("text", 1, 1, compare_words(_readable(base), _readable(side)))


def _readable(value: Any) -> str:
    """Return a value as people read it: rows cell by cell, lists line by line."""
    if isinstance(value, dict):
        return row_text(value).rstrip("\n")
    if isinstance(value, list):
        return "\n".join(map(_readable, value))
    return "" if value is None else as_text(value).strip("\n")
