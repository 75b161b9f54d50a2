"""Article: the page that explains."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.kinds import BY_TWO_PEOPLE, CitationUse, Content
from alstrom_site.editorial.review_policy import DEFAULT, ReviewStep
from alstrom_site.editorial.texts import Text, latest_texts, live_texts, texts_for_readers
from alstrom_site.editorial.workflow import Issue
from alstrom_site.partial_dates import PartialDate
from pages.kinds.carried import answer_parts
from pages.kinds.common import CHECKLIST, address_issues, live_first, required, shown_page, unknown_addresses
from pages.kinds.in_sentences import IN_SENTENCES, keys_of, nothing_known, with_keys
from pages.kinds.written import Find, Part, Written, term_links, whose
from pages.markdown import word_count

LONGEST_QUICK_ANSWER = 60
AUDIENCES = ("families", "professionals")
# First parts of public addresses that are taken by the site itself.
TAKEN_ADDRESSES = frozenset({"admin", "bibliography", "glossary", "media", "questions", "search", "static"})
LABELS = {
    "quick_answer": "Quick answer",
    "body": "Body",
    "not_known": "What is not known",
    "closing_summary": "Closing summary",
}


class ArticleKind:
    """An article about one question that readers bring."""

    name = "article"
    label = "article"
    label_plural = "articles"
    address_field = "slug"
    address_changes = True
    review_months = 12
    review_policy: Sequence[ReviewStep] = DEFAULT
    second_person: Collection[str] = BY_TWO_PEOPLE
    carries: Collection[str] = ("faq",)
    checklist: Sequence[str] = CHECKLIST
    fields: Sequence[ComparedField] = (
        ComparedField("title", "Title", "line"),
        ComparedField("slug", "Address", "line"),
        ComparedField("summary", "Summary", "line"),
        ComparedField("quick_answer", "Quick answer", "markdown"),
        ComparedField("body", "Body", "markdown"),
        ComparedField("not_known", "What is not known", "markdown"),
        ComparedField("faqs", "Questions", "list"),
        ComparedField("closing_summary", "Closing summary", "markdown"),
        ComparedField("user_need", "User need", "line"),
        ComparedField("audience", "Audience", "line"),
        ComparedField("related", "Related pages", "rows"),
        ComparedField("alternate_names", "Other names", "list"),
        ComparedField("codes", "Codes", "rows"),
        ComparedField("origin", "Source text", "record"),
        IN_SENTENCES,
    )

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its full shape; raise ContentRefused with every fault."""
        reader = ContentReader(raw)
        reader.line("title", "Title", longest=200, required=True)
        reader.line("slug", "Address", longest=80, required=True)
        reader.line("summary", "Summary", longest=300)
        for name, label in LABELS.items():
            reader.text(name, label)
        reader.line("user_need", "User need", longest=300)
        reader.choice("audience", "Audience", AUDIENCES)
        reader.lines("faqs", "Questions")
        reader.rows("related", "Related pages", ("address", "description"))
        reader.lines("alternate_names", "Other names")
        reader.rows("codes", "Codes", ("system", "code", "as_of"))
        reader.record("origin", "Source text", ("title", "reviewed", "published"))
        _check_dates(reader)
        address_issues(reader, taken=TAKEN_ADDRESSES)
        content = reader.finish()
        return with_keys(content, _texts(content))

    def title(self, content: Content) -> str:
        """Return the title."""
        return str(content["title"])

    def address(self, content: Content) -> str:
        """Return the slug."""
        return str(content["slug"])

    def path(self, address: str) -> str:
        """Return the path at the root of the site."""
        return f"/{address}/"

    def written(self, content: Content, find: Find) -> Written:
        """Render the article's own texts; questions are rendered by whoever shows them."""
        return Written(parts_of(content, {}), find)

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing."""
        issues = required(content, {"summary": "Summary", "body": "Body", "user_need": "User need"})
        issues += required(content, {"quick_answer": "Quick answer"})
        words = word_count(content["quick_answer"])
        if words > LONGEST_QUICK_ANSWER:
            message = f"The quick answer has {words} words. Shorten it to {LONGEST_QUICK_ANSWER}."
            issues.append(Issue("quick_answer", message, "too-long"))
        written = self.written(content, latest_texts)
        issues += written.issues(LABELS)
        if not written.renderer.citations:
            issues.append(Issue("body", "The article cites nothing. Cite a source for each fact.", "no-citation"))
        issues += unknown_addresses("faq", "faqs", content["faqs"])
        issues += _related_issues(content)
        if for_publication:
            issues += live_first("faq", "faqs", content["faqs"])
            issues += live_first("reference", "body", [use.key for use in written.renderer.citations])
        return issues

    def citations(self, content: Content) -> list[CitationUse]:
        """Return the citing places in the article's own texts. No query."""
        return self.written(content, nothing_known).citations()

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """Return the questions that it carries, its related articles and the terms that its texts link to."""
        questions = [("faq", slug) for slug in content["faqs"]]
        related = [("article", row["address"]) for row in content["related"] if row["address"]]
        return questions + related + term_links(_texts(content), keys_of(content))

    def shown(self, content: Content, *, for_guests: bool = False) -> SafeString:
        """Return the article as reviewers read it, with the answers that it carries as readers would get them now.

        A guest gets those alone that readers have already.
        """
        found = (live_texts if for_guests else texts_for_readers)("faq", content["faqs"])
        questions = {slug: found[slug] for slug in content["faqs"] if slug in found}
        written = Written(parts_of(content, questions), whose(for_guests=for_guests))
        return shown_page("article", content, written, questions=questions)


def parts_of(content: Content, questions: Mapping[str, Text]) -> list[Part]:
    """Return every Markdown text of the page in the order in which readers meet it, and citations are numbered.

    `questions` are those whose answers it carries, by address.
    """
    keys = keys_of(content)
    own = [Part(name, content[name], 2 if name == "body" else 3, keys) for name in _ORDER]
    return [*own[:-1], *answer_parts(questions), own[-1]]


_ORDER = ("quick_answer", "body", "not_known", "closing_summary")


def _texts(content: Content) -> list[str]:
    return [content[name] for name in _ORDER]


def _check_dates(reader: ContentReader) -> None:
    rows = [(f"Codes: {row['system']}", "codes", row["as_of"]) for row in reader.content["codes"]]
    origin = reader.content["origin"]
    rows += [("Source text", "origin", origin["reviewed"]), ("Source text", "origin", origin["published"])]
    for label, name, value in rows:
        try:
            PartialDate.parse(value) if value else None
        except ValueError as error:
            reader.fault(name, f"{label}: {error}")


def _related_issues(content: Content) -> list[Issue]:
    related = content["related"]
    issues = unknown_addresses("article", "related", [row["address"] for row in related])
    for row in related:
        if row["address"] == content["slug"]:
            issues.append(Issue("related", "An article cannot be related to itself. Take it out.", "self"))
        if not row["description"]:
            message = f"Say in a few words what readers find at “{row['address']}”."
            issues.append(Issue("related", message, "incomplete"))
    return issues
