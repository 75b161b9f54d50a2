"""What a kind of document brings to the workflow, and the register of kinds.

The workflow knows documents and not what is in them: a kind tells it how content is cleaned, named, addressed, checked,
shown and composed into a public page. `pages` and `references` register theirs when the site starts.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from alstrom_site.editorial.as_source import AsSource, NewStanding, TakenIn
from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.medical_review import reviewed_at, signed_by_no_clinician
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import UNPUBLISH, WITHDRAW, Issue

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from alstrom_site.editorial.models import Document, Edition, ListPlace, Review, Revision

Content = dict[str, Any]

BY_TWO_PEOPLE = frozenset({WITHDRAW.verb, UNPUBLISH.verb})
"""What one person proposes and another one takes, for kinds that a reader may rely on."""


@dataclass(frozen=True)
class CitationUse:
    """One citing place in a content: see the model Citation."""

    position: int
    key: str
    prefix: str
    locator: str
    suffix: str
    field: str
    line: int


@dataclass(frozen=True)
class Trait:
    """What a content is told apart by, or found to be like another one; see the model of that name."""

    scheme: str
    value: str
    is_own: bool = False
    """Whether no other document may have it, such as an identifier that the world gives to one work."""


class Happened(StrEnum):
    """What readers are told in the history of a page."""

    FIRST = "first published"
    CHANGED = "changed"
    AGAIN = "published again"
    WITHDRAWN = "withdrawn"
    TAKEN_DOWN = "taken down"


@dataclass(frozen=True)
class PublicChange:
    """One entry of the history of a page. `note` says what has changed, or why; `emergency` why it went out unreviewed.

    `reviewed_at`: when what went out in an emergency was approved after all.
    """

    what: Happened
    at: datetime
    edition: int
    note: str = ""
    emergency: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True)
class LiveDocument:
    """All that a public page may be made from: a live edition, its approved text, and who answers for it.

    `carried`: of every other text that the page shows whole, such as an answer, who signed it.
    """

    document: "Document"
    edition: "Edition"
    revision: "Revision"
    content: Content
    approvals: tuple["Review", ...]
    """Who approved this text, and who reaffirmed it since, in the order of signing."""
    authors: tuple[str, ...]
    carried: tuple[tuple["Review", ...], ...] = ()
    history: tuple[PublicChange, ...] = ()
    """What readers are told of its publications, in the order of time."""

    @property
    def reviewed_at(self) -> datetime | None:
        """When its newest medical review was; None while a review after publication is pending."""
        return reviewed_at(self.approvals)

    @property
    def is_demonstration(self) -> bool:
        """Whether its own text, or one that it carries, was signed by no clinician."""
        return any(signed_by_no_clinician(reviews) for reviews in (self.approvals, *self.carried))

    @property
    def awaits_review(self) -> bool:
        """Whether its own text, or one that it carries, was published in an emergency and nobody has signed it yet."""
        return not all((self.approvals, *self.carried))


@dataclass(frozen=True)
class Page:
    """What a kind composes from a live document: bytes for readers and what lists and search need.

    `made_from`: ids of the documents, besides its own, whose texts show in the bytes. `places`: unsaved.
    """

    path: str
    title: str
    description: str
    body: bytes
    body_overdue: bytes
    search_names: Sequence[str]
    search_text: str
    listing: Mapping[str, Any] = field(default_factory=dict)
    made_from: Collection[int] = ()
    places: Sequence["ListPlace"] = ()


@dataclass(frozen=True)
class Picture:
    """A picture that a text shows: its name, and its bytes as they lie in the store, None where it is not there.

    `is_as_stored`: whether they are those that the name was made for.
    """

    name: str
    body: bytes | None
    is_as_stored: bool


class ContentRefused(ValueError):
    """A content does not have the shape of its kind; `issues` says what is wrong with which field."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(" ".join(issue.message for issue in self.issues))


class Kind(Protocol):
    """What the workflow asks of a kind."""

    name: str
    label: str
    label_plural: str
    address_field: str
    address_changes: bool
    """Whether readers may find it at another address later; the old one then leads to the new one for good."""
    review_months: int
    review_policy: Sequence[ReviewStep]
    second_person: Collection[str]
    """The verbs of the steps that one person proposes and another one takes."""
    carries: Collection[str]
    """The kinds of documents whose texts it shows whole on its own page."""
    fields: Sequence[ComparedField]
    checklist: Sequence[str]

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its full shape; raise ContentRefused when `raw` cannot be brought to it."""

    def title(self, content: Content) -> str:
        """Return the name under which lists show it."""

    def address(self, content: Content) -> str:
        """Return the last part of its public address."""

    def path(self, address: str) -> str:
        """Return its public path, from "/"."""

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing; with `for_publication` also what must be live first."""

    def citations(self, content: Content) -> list[CitationUse]:
        """Return the citing places in order."""

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """Return kind and address of every document that it leads to, in order; what it cites is not among them."""

    def shown(self, content: Content, *, for_guests: bool = False) -> "SafeString":
        """Return the content as reviewers read it, rendered; `for_guests` with nothing beside it that is not public."""


Compose = Callable[[LiveDocument], Page]
Traits = Callable[[Content], Sequence[Trait]]
Pictures = Callable[[Content], Sequence[Picture]]


@dataclass(frozen=True)
class _Registered:
    kind: Kind
    compose: Compose
    traits: Traits | None = None
    source: AsSource | None = None
    pictures: Pictures | None = None


_kinds: dict[str, _Registered] = {}


def register(
    kind: Kind,
    *,
    compose: Compose,
    traits: Traits | None = None,
    source: AsSource | None = None,
    pictures: Pictures | None = None,
) -> None:
    """Make a kind known to the workflow, with the function that composes its public pages.

    `traits` tells what its contents are told apart by, `source` what a new text changes for those that rest on it,
    `pictures` what its texts show; a kind without leaves them out. Raises ValueError when a kind of that name is known
    already.
    """
    if kind.name in _kinds:
        raise ValueError(f"There is a kind of document named {kind.name!r} already.")
    _kinds[kind.name] = _Registered(kind, compose, traits, source, pictures)


def kind_named(name: str) -> Kind:
    """Return the kind; raise LookupError when none has that name."""
    try:
        return _kinds[name].kind
    except KeyError:
        raise LookupError(f"There is no kind of document named {name!r}.") from None


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order of registration."""
    return tuple(registered.kind for registered in _kinds.values())


def traits_of(name: str, content: Content) -> Sequence[Trait]:
    """Return what a content of that kind is told apart by."""
    traits = _kinds[name].traits
    return traits(content) if traits is not None else ()


def pictures_of(name: str, content: Content) -> Sequence[Picture]:
    """Return the pictures that a content of that kind shows, each once, as they are in the store now. No query."""
    pictures = _kinds[name].pictures
    return pictures(content) if pictures is not None else ()


def kinds_with_traits() -> frozenset[str]:
    """Return the names of the kinds whose contents are told apart by traits."""
    return frozenset(name for name, registered in _kinds.items() if registered.traits is not None)


def new_standing(document: "Document", before: Content, now: Content) -> NewStanding | None:
    """Return what a text that went live says of the document's standing that the one before did not; None: nothing."""
    source = _kinds[document.kind].source
    return source.standing(document, before, now) if source is not None else None


def learned_by_taking_in(kept: "Document", gone: "Document") -> TakenIn | None:
    """Return what a document takes over of the standing of another one; None when nothing. Before it takes it in."""
    source = _kinds[kept.kind].source
    return source.taking_in(kept, gone) if source is not None else None


def known_otherwise(edition: "Edition") -> str:
    """Return what the document of an edition is known by that is another than in the text it began from; "" nothing."""
    if edition.based_on is None:
        return ""
    return known_by_another(edition.document.kind, edition.based_on.fields, edition.text.fields)


def known_by_another(name: str, before: Content, now: Content) -> str:
    """Return what a document of that kind is known by that is another in the second text than in the first; ""."""
    source = _kinds[name].source
    return source.known_by(before, now) if source is not None else ""


def resting_on(document: "Document") -> Mapping[int, str]:
    """Return the sentences of live texts that rest on a document, in words, by the document that says them."""
    source = _kinds[document.kind].source
    return source.resting(document) if source is not None else {}


def compose(live: LiveDocument) -> Page:
    """Return the public page of a live document."""
    return _kinds[live.document.kind].compose(live)
