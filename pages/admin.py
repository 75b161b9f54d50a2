"""Articles, questions and glossary terms at the desk."""

from django.contrib import admin

from alstrom_site.editorial.admin.editing import EditingAdmin
from pages.forms import ArticleForm, QuestionForm, TermForm
from pages.kinds import ARTICLE, FAQ, TERM
from pages.models import Article, Question, Term


@admin.register(Article)
class ArticleAdmin(EditingAdmin):
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
class QuestionAdmin(EditingAdmin):
    """Frequently asked questions."""

    kind = FAQ
    content_form = QuestionForm
    fieldsets = ((None, {"fields": ("question", "slug", "answer")}),)


@admin.register(Term)
class TermAdmin(EditingAdmin):
    """Glossary terms."""

    kind = TERM
    content_form = TermForm
    fieldsets = ((None, {"fields": ("term", "slug", "definition", "alternate_names")}),)
