"""What a signature rests on: the sources of a text and the texts that it carries, as they stood when it was given."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import reduce
from operator import or_

from django.db.models import Min, Q

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.kinds import kind_named, known_by_another
from alstrom_site.editorial.models import Change, Document, Edition, Event, Revision
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.texts import CITED, approved_on, standing_signatures
from alstrom_site.editorial.workflow import (
    READY,
    START,
    UNPUBLISH,
    VERBS_OF_NEW_TEXT,
    VERBS_OF_NOTICES,
    VERBS_OF_PUBLICATION,
    WITHDRAW,
    Issue,
)

SIGN_ANEW = (
    "A reviewer must look at this text again. Have a reviewer request changes on the review screen, or take it back and"
    " edit it; then submit it, as it stands or mended, to be signed anew."
)
_RETIRED = {WITHDRAW.verb: "it was withdrawn", UNPUBLISH.verb: "it was taken down"}
_TOLD = (*VERBS_OF_PUBLICATION, *VERBS_OF_NOTICES, *VERBS_OF_NEW_TEXT, *_RETIRED)


def changed_since_signed(edition: Edition) -> list[Issue]:
    """Return an issue for each source or carried text that is another one by now than one that a signature rests on.

    The signatures are those that hold, the first of them counts. What went out in an emergency rests on none.
    """
    signed_at = _signed_at(edition)
    changes = changes_since(edition, signed_at) if signed_at is not None else []
    return [Issue("", f"Since this text was signed, {each} {SIGN_ANEW}", "grounds-changed") for each in changes]


def overtaken_by(event: Event) -> list[tuple[Edition, list[str]]]:
    """Return the approved texts that this event, the newest, keeps from going live, each with what has changed.

    Those that could not go live before, on such grounds, are not among them.
    """
    if event.verb not in _TOLD or event.verb == START:
        return []
    found = []
    resting = approved_on(event.document) | Edition.objects.filter(document=event.document, status__in=READY)
    for edition in resting.distinct().select_related("document__owner", "head", "scheduled_by").order_by("pk"):
        signed_at = _signed_at(edition)
        if signed_at is None or changes_since(edition, signed_at, until=event.position - 1):
            continue
        if changes := changes_since(edition, signed_at):
            found.append((edition, changes))
    return found


def _signed_at(edition: Edition) -> int | None:
    """The place in the chain of the first signature that holds, if any does."""
    first = standing_signatures().filter(edition=edition).aggregate(first=Min("event__position"))["first"]
    return int(first) if first is not None else None


def changes_since(edition: Edition, position: int, *, until: int | None = None) -> list[str]:
    """Return in a sentence each what of all that a text cites or carries has changed since that place in the chain.

    What counts is what flags live texts: a major change, another name, year, title or number of a source, news of its
    work, other words of what is shown whole, and that it was withdrawn or taken down. A text that no reader saw then
    must be the same, but for that of a source, of which only what it is known by counts. `until`: up to that place.
    """
    events: defaultdict[Document, list[Event]] = defaultdict(list)
    grounds = Q(document__in=_rests_on(edition), verb__in=_TOLD)
    itself = Q(document=edition.document_id, verb__in=_RETIRED)
    since = Event.objects.filter(grounds | itself, position__gt=position)
    if until is not None:
        since = since.filter(position__lte=until)
    for event in since.select_related("document", "edition").order_by("position"):
        events[event.document].append(event)
    own = [_taken_from_readers(event) for event in events.pop(edition.document, []) if event.verb in _RETIRED]
    told = ((document, list(_said(document, those, position, until))) for document, those in events.items())
    return own + [f"{_named(document)} has changed: {'; '.join(said)}." for document, said in told if said]


def _taken_from_readers(event: Event) -> str:
    """What became of the text that readers saw of the document itself: who signed the next one knew nothing of it."""
    done = "withdrawn" if event.verb == WITHDRAW.verb else "taken down"
    said = event.fields.get("comment", "")
    return f"edition {event.edition.number} of this document was {done} on {_day(event)}: “{said}”."


def _rests_on(edition: Edition) -> Sequence[int]:
    """The ids of the documents that a text cites, or shows whole."""
    carries = kind_named(edition.document.kind).carries
    named = defaultdict(set, {CITED: set(edition.text.citations.values_list("key", flat=True))})
    for kind, address in edition.text.relations.filter(kind__in=carries).values_list("kind", "address"):
        named[kind].add(address)
    found = [Q(pk__in=standing_at(kind, addresses)) for kind, addresses in named.items() if addresses]
    return list(Document.objects.filter(reduce(or_, found)).values_list("pk", flat=True)) if found else []


def _said(document: Document, events: Sequence[Event], position: int, until: int | None) -> Iterator[str]:
    for event in events:
        if said := _of_itself(event):
            yield f"{said} on {_day(event)}"
    if otherwise := _otherwise(document, position, until):
        yield f"{otherwise}, since {_day(events[-1])}"


def _of_itself(event: Event) -> str:
    """What an event says that counts whatever the text is; "" for what does not."""
    if event.verb in VERBS_OF_PUBLICATION and event.edition.change == Change.MAJOR:
        return f"edition {event.edition.number} went live with a major change (“{event.edition.change_note}”)"
    # Events of the time before they said so are all news.
    if event.verb in VERBS_OF_NOTICES and event.fields.get("news", True):
        return f"this was noted of its work (“{event.fields.get('comment', '')}”)"
    return _RETIRED.get(event.verb, "")


def _otherwise(document: Document, position: int, until: int | None) -> str:
    """How the text that readers would get, now or at `until`, is another than then, beside what was announced."""
    before, was_live = _text_at(document, position)
    now, _ = _text_at(document, until)
    if before is None or now is None:
        return "another text stands there"
    otherwise = known_by_another(document.kind, before.fields, now.fields)
    if document.kind == CITED:
        return f"it is cited otherwise ({otherwise})" if otherwise else ""
    if otherwise:
        return f"it says something else in {otherwise}"
    return "" if was_live or before.digest == now.digest else "it says something else than its draft did"


def _text_at(document: Document, position: int | None = None) -> tuple[Revision | None, bool]:
    """The text that readers saw at that place in the chain, else the newest of then; and whether readers saw it."""
    until = document.events.all() if position is None else document.events.filter(position__lte=position)
    newest = until.select_related("revision").order_by("-position")
    public = newest.filter(verb__in=(*VERBS_OF_PUBLICATION, UNPUBLISH.verb)).first()
    if public is not None and public.verb in VERBS_OF_PUBLICATION:
        return public.revision, True
    text = newest.filter(verb__in=VERBS_OF_NEW_TEXT).first()
    return (text.revision if text is not None else None), False


def _named(document: Document) -> str:
    return f"the {kind_named(document.kind).label} “{title_of(document)}”"


def _day(event: Event) -> str:
    day = event.at.astimezone(UTC)
    return f"{day.day} {day:%B %Y}"
