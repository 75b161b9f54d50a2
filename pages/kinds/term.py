"""Glossary term: a word, what it means, and its other names."""

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


class TermKind:
    """A glossary term."""

    name = "term"
    label = "glossary term"
    label_plural = "glossary terms"
    address_field = "slug"
    address_changes = True
    review_months = 24
    review_policy: Sequence[ReviewStep] = DEFAULT
    second_person: Collection[str] = BY_TWO_PEOPLE
    carries: Collection[str] = ()
    checklist: Sequence[str] = CHECKLIST
    fields: Sequence[ComparedField] = (
        ComparedField("term", "Term", "line"),
        ComparedField("slug", "Address", "line"),
        ComparedField("definition", "Definition", "markdown"),
        ComparedField("alternate_names", "Other names", "list"),
        IN_SENTENCES,
    )

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its full shape; raise ContentRefused with every fault."""
        reader = ContentReader(raw)
        reader.line("term", "Term", longest=120, required=True)
        reader.line("slug", "Address", longest=80, required=True)
        reader.text("definition", "Definition")
        reader.lines("alternate_names", "Other names")
        address_issues(reader)
        content = reader.finish()
        return with_keys(content, [content["definition"]])

    def title(self, content: Content) -> str:
        """Return the term."""
        return str(content["term"])

    def address(self, content: Content) -> str:
        """Return the slug."""
        return str(content["slug"])

    def path(self, address: str) -> str:
        """Return the path under /glossary/."""
        return f"/glossary/{address}/"

    def written(self, content: Content, find: Find) -> Written:
        """Render the definition."""
        return Written([Part("definition", content["definition"], in_sentences=keys_of(content))], find)

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing."""
        written = self.written(content, latest_texts)
        issues = required(content, {"definition": "Definition"}) + written.issues({"definition": "Definition"})
        if for_publication:
            issues += live_first("reference", "definition", [use.key for use in written.renderer.citations])
        return issues

    def citations(self, content: Content) -> list[CitationUse]:
        """Return the citing places in the definition. No query."""
        return self.written(content, nothing_known).citations()

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """Return the terms that the definition links to."""
        return term_links([content["definition"]], keys_of(content))

    def shown(self, content: Content, *, for_guests: bool = False) -> SafeString:
        """Return the term as reviewers read it, or as a guest does."""
        return shown_page("term", content, self.written(content, whose(for_guests=for_guests)))
