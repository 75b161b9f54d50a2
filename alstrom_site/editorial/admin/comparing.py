"""Reading one text of a document, and what changed between any two, as it was written or as readers see it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from alstrom_site.editorial.admin.addresses import comparison_url
from alstrom_site.editorial.admin.review_changes import RENDERED
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import compare, marked
from alstrom_site.editorial.models import Revision


def read_text(visit: Visit, revision_pk: int) -> HttpResponse:
    """Show one text as it was saved, rendered as today."""
    revision = _texts(visit).filter(pk=revision_pk).first()
    if revision is None:
        raise Http404("The document has no such text.")
    content = revision.fields
    context = {
        "revision": revision,
        "shown": visit.kind.shown(content),
        "name": visit.kind.title(content),
        "change_url": comparison_url(visit.document, revision.parent, revision),
    }
    return visit.show("text", f"Text {revision.number} of edition {revision.edition.number}", context)


def compare_texts(visit: Visit) -> HttpResponse:
    """Show what changed from one text to another; with an empty `from`, all of `to` is new.

    Where no `from` is named, it is the text that readers see, or where that is the newest the one before it. With
    `as=rendered` the changed words are marked in the text as readers see it, if there is an old one.
    """
    texts = list(_texts(visit).order_by("-edition__number", "-number"))
    new = _chosen(texts, visit.request.GET.get("to", "")) or texts[0]
    wanted = visit.request.GET.get("from")
    old = _before(new, visit, texts) if wanted is None else _chosen(texts, wanted)
    context: dict[str, Any] = {
        "old": old,
        "new": new,
        "texts": texts,
        "source_url": comparison_url(visit.document, old, new),
    }
    if old is not None:
        context["rendered_url"] = f"{context['source_url']}&as={RENDERED}"
    if old is not None and visit.request.GET.get("as") == RENDERED:
        context["rendered"] = marked(visit.kind.shown(old.fields), visit.kind.shown(new.fields))
    else:
        context["comparison"] = compare(old.fields if old else None, new.fields, visit.kind.fields)
    return visit.show("compare", "What changed", context)


def _before(new: Revision, visit: Visit, texts: list[Revision]) -> Revision | None:
    """What a text is compared with unless another one is named: what readers see, else what it was made from."""
    live = visit.document.live_edition
    shown = live.head_id if live is not None and live.head_id != new.pk else new.parent_id
    return next((text for text in texts if text.pk == shown), None)


def _texts(visit: Visit) -> QuerySet[Revision]:
    texts = Revision.objects.filter(edition__document=visit.document)
    return texts.select_related("edition", "parent")


def _chosen(texts: list[Revision], wanted: str) -> Revision | None:
    """Return the text with that id; None when none is asked for. Raise Http404 for one that is not among them."""
    if not wanted:
        return None
    for text in texts:
        if str(text.pk) == wanted:
            return text
    raise Http404("The document has no such text.")
