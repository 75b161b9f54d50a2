"""Articles, questions and glossary terms at the desk."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from alstrom_site.editorial.admin.editing import EditingAdmin
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from pages.cited_sources import MARKDOWN, cited_in, cited_live, texts_of
from pages.forms import ArticleForm, QuestionForm, TermForm
from pages.kinds import ARTICLE, FAQ, TERM
from pages.kinds.in_sentences import keys_of
from pages.models import Article, Question, Term


def cited_panel(visit: Visit, at: datetime) -> Panel:
    """Return what the text of the edition that the page is about cites."""
    content = visit.edition.text.fields
    texts, instead_of = texts_of(visit.kind.name, content), cited_live(str(visit.document.pk))
    return Panel("cited_panel", {"sources": cited_in(texts, keys_of(content), instead_of=instead_of)})


class PageAdmin(EditingAdmin):
    """What is written in Markdown: beside the form, and on the page of a document, stands what its text cites."""

    change_form_template = "pages/desk/edit.html"
    panels = (cited_panel,)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **chosen: Any
    ) -> HttpResponse:
        """Add what the texts in the form cite, saved or not."""
        form = context["adminform"].form
        texts = [str(form[name].value() or "") for name in MARKDOWN[self.kind.name]]
        document = context["document"]
        instead_of = cited_live(str(document.pk)) if document is not None else ()
        sources = cited_in(texts, instead_of=instead_of)
        page: HttpResponse = super().render_change_form(request, {**context, "sources": sources}, *args, **chosen)
        return page


@admin.register(Article)
class ArticleAdmin(PageAdmin):
    """Articles."""

    kind = ARTICLE
    content_form = ArticleForm
    fieldsets = (
        (
            "What readers see",
            {
                "fields": (
                    "title",
                    "slug",
                    "audience",
                    "user_need",
                    "summary",
                    "quick_answer",
                    "body",
                    "not_known",
                    "closing_summary",
                )
            },
        ),
        ("Questions and related pages", {"fields": ("faqs", "related")}),
        ("Names and codes", {"fields": ("alternate_names", "codes")}),
        ("Where it comes from", {"fields": ("origin_title", ("origin_reviewed", "origin_published"))}),
    )


@admin.register(Question)
class QuestionAdmin(PageAdmin):
    """Frequently asked questions."""

    kind = FAQ
    content_form = QuestionForm
    fieldsets = ((None, {"fields": ("question", "slug", "answer")}),)


@admin.register(Term)
class TermAdmin(PageAdmin):
    """Glossary terms."""

    kind = TERM
    content_form = TermForm
    fieldsets = ((None, {"fields": ("term", "slug", "definition", "alternate_names")}),)
