"""The comments of an edition as the desk shows them: beside the text, detached from it, about all of it, resolved."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import document_url, part_url
from alstrom_site.editorial.anchoring import FieldText, Piece, Quote, Span, carry, field_texts, stretches
from alstrom_site.editorial.comment_rules import Commenter
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Comment, Edition, Revision


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. `place` is where its passage stands now; None when it has none any more."""

    number: int
    comment: Comment
    replies: Sequence[Comment]
    label: str
    place: Span | None
    commenter: Commenter

    @property
    def is_detached(self) -> bool:
        """Whether it was about a passage that the text no longer holds."""
        return bool(self.comment.passage) and self.place is None

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it."""
        return self.comment.resolved_at is None

    @property
    def blocks(self) -> bool:
        """Whether it stands between the text and its approval."""
        return self.is_open and self.comment.must_fix

    @cached_property
    def url(self) -> str:
        """Where it is answered, resolved and opened again."""
        return part_url(self.commenter.edition.document, "comment", self.comment.pk)

    @cached_property
    def not_resolved_because(self) -> str:
        """Why this person may not resolve it; "" when they may."""
        return str(self.commenter.may_resolve(self.comment) or "")

    @cached_property
    def may_answer(self) -> bool:
        """Whether this person may answer, and with it open the thread again."""
        return self.commenter.may_answer() is None


@dataclass(frozen=True)
class CommentedPart:
    """Whole paragraphs of a field, and the open threads on words of them, in the order of their places."""

    pieces: Sequence[Piece]
    threads: Sequence[Thread]


@dataclass(frozen=True)
class CommentedField:
    """One field of the text in parts, with all the open threads that stand on it."""

    name: str
    label: str
    parts: Sequence[CommentedPart]
    threads: Sequence[Thread]


@dataclass(frozen=True)
class Comments:
    """All that is shown of the comments of one edition to one person. `refusal`: why they may begin none, or ""."""

    edition: Edition
    refusal: str
    fields: Sequence[CommentedField]
    whole: Sequence[Thread]
    detached: Sequence[Thread]
    resolved: Sequence[Thread]

    @cached_property
    def url(self) -> str:
        """The page of the comments of exactly this edition, to which new ones are sent too."""
        return f"{document_url(self.edition.document, 'comments')}?edition={self.edition.pk}"

    @cached_property
    def open(self) -> list[Thread]:
        """Every open thread: those on passages first, in the order of the text."""
        placed = [thread for field in self.fields for thread in field.threads]
        return [*placed, *self.detached, *self.whole]

    @cached_property
    def blocking(self) -> int:
        """How many open threads must be fixed before approval."""
        return sum(thread.blocks for thread in self.open)


def comments_of(edition: Edition, person: User) -> Comments:
    """Return the comments of an edition with their passages carried to its latest text. A fixed number of queries."""
    commenter = Commenter.of(edition, person)
    fields = field_texts(edition.text.fields, kind_named(edition.document.kind).fields)
    threads = _threads(edition, fields, commenter)
    still_open = [thread for thread in threads if thread.is_open]
    return Comments(
        edition=edition,
        refusal=str(commenter.may_comment() or ""),
        fields=[_commented(field, still_open) for field in fields],
        whole=[thread for thread in still_open if not thread.comment.passage],
        detached=[thread for thread in still_open if thread.is_detached],
        resolved=[thread for thread in threads if not thread.is_open],
    )


def _threads(edition: Edition, fields: Sequence[FieldText], commenter: Commenter) -> list[Thread]:
    replies: defaultdict[int | None, list[Comment]] = defaultdict(list)
    for comment in edition.comments.select_related("author", "resolved_by", "link__made_by").order_by("at", "pk"):
        replies[comment.answers_id].append(comment)
    begun = replies[None]
    now, before = {field.name: field for field in fields}, _texts_commented_on(edition, begun)
    return [
        Thread(
            number=number,
            comment=comment,
            replies=replies[comment.pk],
            label=now[comment.field].label if comment.field in now else "",
            place=_place(comment, before, now),
            commenter=commenter,
        )
        for number, comment in enumerate(begun, start=1)
    ]


def _texts_commented_on(edition: Edition, comments: Sequence[Comment]) -> dict[int, dict[str, FieldText]]:
    """The fields of each text that a passage was taken from, by the number of the text in the database."""
    fields = kind_named(edition.document.kind).fields
    wanted = {comment.revision_id for comment in comments if comment.passage}
    texts = Revision.objects.filter(pk__in=wanted)
    return {text.pk: {field.name: field for field in field_texts(text.fields, fields)} for text in texts}


def _place(comment: Comment, before: dict[int, dict[str, FieldText]], now: dict[str, FieldText]) -> Span | None:
    if not comment.passage or comment.field not in now or comment.field not in before[comment.revision_id]:
        return None
    words = Quote(comment.passage, comment.before, comment.after)
    return carry(words, before[comment.revision_id][comment.field].text, now[comment.field].text)


def _commented(field: FieldText, threads: Sequence[Thread]) -> CommentedField:
    here = [thread for thread in threads if thread.place is not None and thread.comment.field == field.name]
    places = {thread.number: thread.place for thread in here if thread.place is not None}
    on = {thread.number: thread for thread in here}
    found = stretches(field.text, places)
    parts = [CommentedPart(each.pieces, [on[number] for number in each.numbers]) for each in found]
    return CommentedField(field.name, field.label, parts, [thread for part in parts for thread in part.threads])
