"""FAQ: a question and its answer, on its own page and inside articles."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.kinds import BY_TWO_PEOPLE, CitationUse, Content
from alstrom_site.editorial.review_policy import DEFAULT, ReviewStep
from alstrom_site.editorial.texts import latest_texts
from alstrom_site.editorial.workflow import Issue
from pages.kinds.common import CHECKLIST, address_issues, live_first, required, shown_page
from pages.kinds.in_sentences import IN_SENTENCES, keys_of, nothing_known, with_keys
from pages.kinds.written import Find, Part, Written, term_links, whose

_SHOWN = {"question": "its question", "answer": "its answer"}


def says_otherwise(before: Content, now: Content) -> str:
    """Return where a question says something else than before in what articles show of it, in words; "" nowhere."""
    return " and ".join(words for name, words in _SHOWN.items() if before.get(name) != now.get(name))


class FaqKind:
    """A frequently asked question."""

    name = "faq"
    label = "question"
    label_plural = "questions"
    address_field = "slug"
    address_changes = True
    review_months = 12
    review_policy: Sequence[ReviewStep] = DEFAULT
    second_person: Collection[str] = BY_TWO_PEOPLE
    carries: Collection[str] = ()
    checklist: Sequence[str] = CHECKLIST
    fields: Sequence[ComparedField] = (
        ComparedField("question", "Question", "line"),
        ComparedField("slug", "Address", "line"),
        ComparedField("answer", "Answer", "markdown"),
        IN_SENTENCES,
    )

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its full shape; raise ContentRefused with every fault."""
        reader = ContentReader(raw)
        reader.line("question", "Question", longest=200, required=True)
        reader.line("slug", "Address", longest=80, required=True)
        reader.text("answer", "Answer")
        address_issues(reader)
        content = reader.finish()
        return with_keys(content, [content["answer"]])

    def title(self, content: Content) -> str:
        """Return the question."""
        return str(content["question"])

    def address(self, content: Content) -> str:
        """Return the slug."""
        return str(content["slug"])

    def path(self, address: str) -> str:
        """Return the path under /questions/."""
        return f"/questions/{address}/"

    def written(self, content: Content, find: Find) -> Written:
        """Render the answer."""
        return Written([Part("answer", content["answer"], in_sentences=keys_of(content))], find)

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing."""
        written = self.written(content, latest_texts)
        issues = required(content, {"answer": "Answer"}) + written.issues({"answer": "Answer"})
        if for_publication:
            issues += live_first("reference", "answer", [use.key for use in written.renderer.citations])
        return issues

    def citations(self, content: Content) -> list[CitationUse]:
        """Return the citing places in the answer. No query."""
        return self.written(content, nothing_known).citations()

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """Return the terms that the answer links to."""
        return term_links([content["answer"]], keys_of(content))

    def shown(self, content: Content, *, for_guests: bool = False) -> SafeString:
        """Return the question as reviewers read it, or as a guest does."""
        return shown_page("faq", content, self.written(content, whose(for_guests=for_guests)))
