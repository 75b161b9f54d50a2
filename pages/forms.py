"""The forms in which articles, questions and glossary terms are written."""

from collections.abc import Mapping
from typing import Any

from django import forms

from alstrom_site.editorial.admin.forms import Choices, ContentForm, PartialDateField, line, partial_date, short_text
from alstrom_site.editorial.admin.known import KnownDocuments
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.widgets import Column, LinesField, RowsField
from alstrom_site.folding import slugify
from pages.kinds import ARTICLE, FAQ, TERM
from pages.kinds.article import AUDIENCES, LONGEST_QUICK_ANSWER
from pages.widgets import MarkdownField, MarkdownWidget

ADDRESS_HELP = "The last part of the page’s address. Left empty, it is made from the {name}."
PARTIAL_DATE_HELP = "As precise as it is known: 2008, 2008-08 or 2008-08-15."
ONE_PER_LINE = "One per line, each as it is written elsewhere."


def written(label: str, help_text: str = "", *, rows: int = 10, word_limit: int | None = None) -> MarkdownField:
    """Return a Markdown field that keeps white space as it was typed; a first line of code is indented."""
    widget = MarkdownWidget(attrs={"rows": rows}, word_limit=word_limit)
    return MarkdownField(label=label, help_text=help_text, widget=widget, required=False, strip=False)


class PageForm(ContentForm):
    """What the forms of pages share: an address made from their name."""

    def suggested_address(self, cleaned: Mapping[str, Any]) -> str:
        """Return a slug of the name."""
        return slugify(cleaned.get(self.name_field) or "")


class ArticleForm(PageForm):
    """An article. The source text, one record of the content, is asked in three fields."""

    kind = ARTICLE
    places = {"origin": "origin_title"}

    title = line("Title", "The question that readers bring, or its answer in a few words.", required=True)
    slug = line("Address", ADDRESS_HELP.format(name="title"))
    audience = forms.ChoiceField(
        label="Audience",
        required=False,
        choices=[(name, name.capitalize()) for name in AUDIENCES],
        initial=AUDIENCES[0],
        widget=Choices("Audience"),
        help_text="Whom the words are chosen for.",
    )
    user_need = short_text("User need", "“As a …, I need …, so that …” Shown at the desk only.", rows=2)
    summary = short_text("Summary", "One or two sentences, up to 300 characters, for lists and search engines.")
    quick_answer = written(
        "Quick answer",
        f"Up to {LONGEST_QUICK_ANSWER} words, for those who read nothing else.",
        rows=5,
        word_limit=LONGEST_QUICK_ANSWER,
    )
    body = written(
        "Body", "Cite a source for each fact: [@key] or [@key, p. 3]. Link a term: [word](term:address).", rows=24
    )
    not_known = written("What is not known", "What research has not settled, or nobody has looked into.")
    closing_summary = written("Closing summary", "What readers should take away.")
    faqs = RowsField(
        [Column("address", "Question", known=KnownDocuments("faq"), width="wide", max_length=80)],
        label="Questions",
        help_text="Shown in this order under the article. Type a part of the question or its address.",
        flat=True,
        unique="address",
        row_noun="question",
        required=False,
    )
    related = RowsField(
        [
            Column("address", "Page", known=KnownDocuments("article"), width="whole", max_length=80),
            Column("description", "What readers find there", width="whole", required=False),
        ],
        label="Related pages",
        unique="address",
        row_noun="page",
        required=False,
    )
    alternate_names = LinesField(label="Other names", help_text=ONE_PER_LINE, required=False)
    codes = RowsField(
        [
            Column("system", "System", required=False),
            Column("code", "Code"),
            Column("as_of", "As of", required=False, check=partial_date),
        ],
        label="Codes",
        help_text=f"In classifications such as ICD-11, and when each was looked up. {PARTIAL_DATE_HELP}",
        row_noun="code",
        required=False,
    )
    origin_title = line("Source text", "The text this page grew from, if it did.")
    origin_reviewed = PartialDateField("Reviewed", f"When the source text was reviewed. {PARTIAL_DATE_HELP}")
    origin_published = PartialDateField("Published", f"When it was published. {PARTIAL_DATE_HELP}")

    @classmethod
    def initial_from(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the fields, the record of the source text spread over three."""
        origin = {f"origin_{name}": value for name, value in content["origin"].items()}
        return {**content, **origin}

    def raw(self, cleaned: Mapping[str, Any]) -> Content:
        """Return the content as the fields say it."""
        origin = {name: cleaned.get(f"origin_{name}") for name in ("title", "reviewed", "published")}
        return {**super().raw(cleaned), "origin": origin}


class QuestionForm(PageForm):
    """A question and its answer."""

    kind = FAQ
    name_field = "question"

    question = line("Question", "As a reader would ask it.", required=True)
    slug = line("Address", ADDRESS_HELP.format(name="question"))
    answer = written("Answer", "A few sentences that stand alone. Cite a source for each fact: [@key].")


class TermForm(PageForm):
    """A glossary term."""

    kind = TERM
    name_field = "term"

    term = line("Term", "In its usual spelling, such as “cilium”.", required=True)
    slug = line("Address", ADDRESS_HELP.format(name="term"))
    definition = written("Definition", "One or two sentences in plain words.")
    alternate_names = LinesField(label="Other names", help_text=ONE_PER_LINE, required=False)
