"""What the editor's script asks for while somebody cites: entries that begin so, and what all texts of a form cite."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from pages.cited_sources import by_hand_url, cited_in, cited_live, look_up_url
from pages.views.editor import MAX_PREVIEW_BYTES, Bounds, plain_newlines, within
from references.completion import LONGEST_TYPED, complete

MAX_TYPED_BYTES = 8 * 1024
WRITERS = ("editorial.write_document", "editorial.review_edition")
COMPLETE = Bounds("complete", WRITERS, MAX_TYPED_BYTES, 600)
CITED = Bounds("cited", WRITERS, MAX_PREVIEW_BYTES, 120)


@within(COMPLETE)
def completions(request: HttpRequest) -> HttpResponse:
    """Return the entries that `typed` begins: {"results", "look_up", "by_hand"}.

    A result has what a Suggestion has: key, label, title, citation, standing … `look_up` is where an identifier is
    looked up and drafted, `by_hand` the form for any other key; "" where it is no way, or for who may not write.
    """
    typed = request.POST.get("typed", "")[:LONGEST_TYPED].strip()
    may_draft = typed and request.user.has_perm("editorial.write_document")
    url = look_up_url(typed) if may_draft else ""
    by_hand = by_hand_url(typed) if may_draft and not url and " " not in typed else ""
    return JsonResponse({"results": [asdict(each) for each in complete(typed)], "look_up": url, "by_hand": by_hand})


@within(CITED)
def cited_sources(request: HttpRequest) -> HttpResponse:
    """Return what all `text`s of a form cite, in their order, as the panel beside it shows it: {"html"}.

    `document` is the number of the document that the form is of, if it has one.
    """
    texts = [plain_newlines(text) for text in request.POST.getlist("text")]
    sources = cited_in(texts, instead_of=cited_live(request.GET.get("document", "")))
    return JsonResponse({"html": render_to_string("pages/desk/_cited_sources.html", {"sources": sources})})
