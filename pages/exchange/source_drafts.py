"""Copied texts into drafts: an article, its questions and its references, at addresses where nothing else stands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Revision
from alstrom_site.folding import slugify
from pages.exchange.files import read_text
from pages.exchange.incoming import Incoming, cleaned
from pages.exchange.report import Report
from pages.exchange.source_lines import Findings, meaningful_lines
from pages.exchange.source_page import is_page, read_page
from pages.exchange.source_summary import is_summary, read_summary
from pages.exchange.source_text import Printed, Question, SourceText
from references.formatting import nlm_citation

MOST_ADDRESSES = 100


def read_source(path: Path, report: Report) -> list[Incoming]:
    """The drafts that a copied text gives; the report says what it has lost, or that its shape is not known."""
    text = read_text(path, report)
    if text is None:
        return []
    findings = Findings(str(path))
    source = take_apart(text, findings)
    if source is None:
        message = (
            "This text has neither shape that is known: a summary with a line “Reviewed …” and headings that ask, or a "
            "page with lines “Question” and “Answer”. Write it as Markdown with front matter instead."
        )
        report.problem(str(path), message, code="unknown-shape")
        return []
    drafts = list(_Drafts(source, str(path), findings, report).all())
    report.notes += sorted(findings.all, key=lambda finding: finding.line)
    return drafts


def take_apart(text: str, findings: Findings) -> SourceText | None:
    """The parts of a copied text, or None when it has no shape that is known here."""
    lines = meaningful_lines(text, findings)
    if is_page(lines):
        return read_page(lines, findings)
    if is_summary(lines):
        return read_summary(lines, findings)
    return None


class _Drafts:
    """Makes the documents of one source text."""

    def __init__(self, source: SourceText, path: str, findings: Findings, report: Report) -> None:
        self.source, self.path, self.findings, self.report = source, path, findings, report
        self.taken: set[tuple[str, str]] = set()

    def all(self) -> Iterator[Incoming]:
        """Give the references, the questions, and the article that asks them."""
        for printed in self.source.references:
            yield from self._some(self._reference(printed))
        asked = [self._question(question) for question in self.source.questions]
        yield from (question for question in asked if question is not None)
        yield from self._some(self._article([each.address for each in asked if each is not None]))

    def _some(self, document: Incoming | None) -> Iterator[Incoming]:
        if document is not None:
            yield document

    def _reference(self, printed: Printed) -> Incoming | None:
        people = printed.fields["author"]
        name = people[0].get("family", "") if people else ""
        stem = slugify(name or printed.fields["title"], 40).replace("-", "")
        key = f"{stem}{printed.fields['issued'][:4]}"
        letters = ["", *"bcdefghijklmnopqrstuvwxyz"]
        return self._placed("reference", printed.fields, (key + letter for letter in letters), printed.line.number)

    def _question(self, question: Question) -> Incoming | None:
        raw = {"question": question.question, "answer": question.answer}
        return self._placed("faq", raw, _numbered(slugify(question.question)), question.line)

    def _article(self, faqs: list[str]) -> Incoming | None:
        source = self.source
        related = [{"address": slugify(each.title), "description": each.description} for each in source.neighbours]
        for neighbour, row in zip(source.neighbours, related, strict=True):
            if not Document.objects.addressed("article", [row["address"]]).exists():
                message = f"No article stands at “{row['address']}” yet, so “{neighbour.title}” leads nowhere."
                self.findings.add("unknown-article", neighbour.line, message)
        raw = {
            "title": source.title,
            "quick_answer": source.quick_answer,
            "body": source.body,
            "closing_summary": source.closing_summary,
            "alternate_names": source.alternate_names,
            "faqs": faqs,
            "related": related,
            "origin": {"title": source.title, "reviewed": source.reviewed, "published": source.published},
        }
        return self._placed("article", raw, _numbered(slugify(source.title)), source.title_line)

    def _placed(self, kind: str, raw: dict[str, Any], addresses: Iterator[str], line: int) -> Incoming | None:
        """The document at the first address that is free or holds this very text; a source covers nothing."""
        name = kind_named(kind).address_field
        first = ""
        for address in addresses:
            first = first or address
            if (kind, address) in self.taken:
                continue
            made = cleaned(kind, {**raw, name: address}, self.report, path=self.path, lines={}, first_line=line)
            if made is None:
                return None
            if _is_free_for(made):
                self.taken.add((kind, address))
                self._note_address(kind, first, address, line)
                return replace(made, only_new=True)
        self.report.problem(
            self.path, f"No address like “{first}” is free.", line=line, name=name, code="address-taken"
        )
        return None

    def _note_address(self, kind: str, wanted: str, address: str, line: int) -> None:
        if address != wanted:
            path = kind_named(kind).path
            self.findings.add(
                "address", line, f"Another text stands at {path(wanted)}, so this is for {path(address)}."
            )


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem[:76].rstrip('-')}-{number}" for number in range(2, MOST_ADDRESSES))


def _is_free_for(made: Incoming) -> bool:
    """Whether nothing stands there, or what stands there came from this very text or is this very source.

    What editors made of an imported text since is theirs, and the bibliography may know more than a text prints.
    """
    document = Document.objects.addressed(made.kind, [made.address]).first()
    if document is None:
        return True
    if made.kind == "reference":
        return nlm_citation(document.latest_edition.text.fields) == nlm_citation(made.content)
    return Revision.objects.filter(edition__document=document, digest=made.digest).exists()
