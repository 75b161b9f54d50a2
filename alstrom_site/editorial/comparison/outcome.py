"""The shape of a comparison: what the template shows and what the tests join together again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from .characters import split_unseen

Op = Literal["equal", "insert", "delete"]
FieldStatus = Literal["unchanged", "added", "removed", "changed"]
BlockStatus = Literal["unchanged", "added", "removed", "changed", "moved", "moved-away"]
# How many unchanged blocks stay in sight beside a change, and how many more it takes to fold them away.
CONTEXT, FOLD_FROM = 1, 3
_SIGNS: dict[BlockStatus, str] = {
    "unchanged": "", "added": "+", "removed": "−", "changed": "±", "moved": "↕", "moved-away": "⇢",
}  # fmt: skip
# Characters that may be printed as well as named: they take part in the layout of the text.
_PRINTED_TOO = frozenset("\n\t")


@dataclass(frozen=True)
class ComparedField:
    """One field as its kind describes it for a comparison.

    `item` names one entry of a list ("question"), for the summary; `columns` gives the order of the keys of a row or
    record, the others follow by name. `is_derived`: the kind writes it itself, from the others, whatever it is given.
    """

    name: str
    label: str
    form: Literal["line", "markdown", "list", "rows", "record"]
    item: str = ""
    columns: tuple[str, ...] = ()
    is_derived: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a span for display: text that can be seen, or the name of a character that cannot."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class Span:
    """A run of text with one fate. `note` says in words what the eye may miss.

    The role "label" marks the name of a cell, "gap" the white space between a block and the next. A gap that differs
    only because other neighbours stand there now has no note and is no change of the block.
    """

    op: Op
    text: str
    note: str = ""
    role: Literal["text", "label", "gap"] = "text"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What to show: unseen characters by name, everything else as it is; of a gap only its note."""
        if self.role == "gap":
            return (Piece("", self.note),) if self.note else ()
        if self.role == "label":
            return (Piece(spoken(self.text.removesuffix(": "))),)
        return tuple(self._named_pieces())

    def _named_pieces(self) -> Iterator[Piece]:
        for text, name in split_unseen(self.text, changed=self.op != "equal"):
            yield Piece("" if name else text, name)
            if text in _PRINTED_TOO:
                yield Piece(text)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, entry and so on. Positions count from 1 within the field; None is "not there".

    A moved block stands at its new place with its own changes; its old place holds an empty "moved-away" block.
    """

    kind: str
    status: BlockStatus
    from_position: int | None
    to_position: int | None
    spans: tuple[Span, ...]
    note: str = ""

    @property
    def before(self) -> str:
        """The old text of this block, exactly."""
        return "".join(span.text for span in self.spans if span.op != "insert")

    @property
    def after(self) -> str:
        """The new text of this block, exactly."""
        return "".join(span.text for span in self.spans if span.op != "delete")

    @property
    def is_edited(self) -> bool:
        """Whether anything inside the block differs, wherever it stands."""
        return any(span.op != "equal" and (span.role != "gap" or bool(span.note)) for span in self.spans)

    @property
    def sign(self) -> str:
        """The mark in the margin, so that nothing hangs on colour."""
        return _SIGNS[self.status]

    @property
    def remark(self) -> str:
        """What happened to the block, for people: "Paragraph moved from 3 to 1"."""
        kind = spoken(self.kind)
        if self.status == "moved-away":
            return f"{kind} moved from {self.from_position} to {self.to_position}, shown there"
        if self.status == "moved":
            return f"{kind} moved from {self.from_position} to {self.to_position}" + ", and changed" * self.is_edited
        return f"{kind} {self.status}"


@dataclass(frozen=True)
class Group:
    """Blocks that stand together; folded when all of them are unchanged and far from any change."""

    blocks: tuple[Block, ...]
    is_folded: bool = False

    @property
    def label(self) -> str:
        """For example "6 unchanged paragraphs"; "parts" when the kinds are mixed."""
        kinds = {block.kind for block in self.blocks}
        kind = kinds.pop() if len(kinds) == 1 else "part"
        return f"{len(self.blocks)} unchanged {plural(kind, len(self.blocks))}"


@dataclass(frozen=True)
class FieldChange:
    """One field: its fate and its blocks in reading order."""

    field: ComparedField
    status: FieldStatus
    blocks: tuple[Block, ...]
    note: str = ""

    @property
    def texts_before(self) -> tuple[str, ...]:
        """The old text of each block, in the old order; joined, the old text of a line or Markdown field."""
        there = [block for block in self.blocks if block.from_position and block.status != "moved-away"]
        return tuple(block.before for block in sorted(there, key=lambda block: block.from_position or 0))

    @property
    def texts_after(self) -> tuple[str, ...]:
        """The new text of each block, in the new order."""
        there = [block for block in self.blocks if block.to_position and block.status != "moved-away"]
        return tuple(block.after for block in sorted(there, key=lambda block: block.to_position or 0))

    @property
    def counted(self) -> int:
        """How many blocks changed, a moved one once."""
        return sum(block.status not in {"unchanged", "moved-away"} for block in self.blocks)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The blocks with long unchanged runs folded; what changed is never folded."""
        return tuple(_groups(self.blocks))


def _groups(blocks: Sequence[Block]) -> Iterator[Group]:
    runs = [(same, tuple(run)) for same, run in groupby(blocks, key=_is_untouched)]
    for index, (same, run) in enumerate(runs):
        head = CONTEXT if index else 0
        tail = CONTEXT if index < len(runs) - 1 else 0
        if not same or len(run) - head - tail < FOLD_FROM:
            yield Group(run)
            continue
        parts = (run[:head], run[head : len(run) - tail], run[len(run) - tail :])
        yield from (Group(part, is_folded=part is parts[1]) for part in parts if part)


def _is_untouched(block: Block) -> bool:
    return block.status == "unchanged" and all(span.op == "equal" for span in block.spans)


@dataclass(frozen=True)
class Comparison:
    """All fields in order, with what became of each."""

    changes: tuple[FieldChange, ...]

    @property
    def changed(self) -> tuple[FieldChange, ...]:
        """Only the fields that differ."""
        return tuple(change for change in self.changes if change.status != "unchanged")

    @property
    def unchanged(self) -> tuple[FieldChange, ...]:
        """Only the fields that are the same."""
        return tuple(change for change in self.changes if change.status == "unchanged")

    @property
    def is_empty(self) -> bool:
        """Whether both contents are equal."""
        return not self.changed

    def summary(self) -> str:
        """One sentence: "Body and 2 questions changed."."""
        if self.is_empty:
            return "Nothing changed."
        if all(change.status == "added" for change in self.changes):
            return "Everything is new."
        phrases = [self._phrase(status) for status in ("changed", "added", "removed")]
        sentence = "; ".join(phrase for phrase in phrases if phrase) + "."
        return sentence[0].upper() + sentence[1:]

    def _phrase(self, status: FieldStatus) -> str:
        names = [_name_in_sentence(change) for change in self.changes if change.status == status]
        if not names:
            return ""
        joined = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        return f"{joined} {status}"


def _name_in_sentence(change: FieldChange) -> str:
    if change.field.item and change.field.form in {"list", "rows"} and change.counted:
        return f"{change.counted} {plural(change.field.item, change.counted)}"
    label = change.field.label
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def plural(noun: str, count: int) -> str:
    """The noun for that count: regular English plurals, with "entry" as "entries"."""
    if count == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def spoken(name: str) -> str:
    """A key or kind as the beginning of a phrase: "as_of" gives "As of"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
