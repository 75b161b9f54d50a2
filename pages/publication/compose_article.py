"""The public page of an article, with its questions answered on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import bodies, href, shown_day, shown_partial
from alstrom_site.editorial.kinds import Content, LiveDocument, Page
from alstrom_site.editorial.medical_review import reviewed_at, signed_by_no_clinician
from alstrom_site.editorial.models import Edition, Review
from alstrom_site.editorial.texts import Text, approvals_of
from alstrom_site.page_parts import About, CitedReference, Code, ContentsEntry, Link, Notices, Origin
from pages.kinds import ARTICLE, FAQ
from pages.kinds.article import parts_of
from pages.kinds.carried import answer_field
from pages.kinds.written import Written
from pages.publication import parts
from pages.publication.contexts import ArticlePage, FaqItem
from pages.publication.live_texts import LiveTexts
from pages.structured_data import medical_page


@dataclass(frozen=True)
class _Made:
    """All that the page is made from, found and rendered."""

    live: LiveDocument
    written: Written
    questions: Mapping[str, Text]
    approvals: Mapping[int, tuple[Review, ...]]
    related: tuple[Link, ...]

    @property
    def content(self) -> Content:
        return self.live.content

    def signed(self, question: Text) -> tuple[Review, ...]:
        return self.approvals.get(question.document_id, ())


def compose_article(live: LiveDocument) -> Page:
    """Return the public page of a live article; its questions share its numbering of citations."""
    find = LiveTexts()
    made = _make(live, find)
    live, content = made.live, made.content
    body, body_overdue = bodies(
        "pages/article.html", live, lambda notices, about: _page(made, notices, about), origin=_origin(content)
    )
    text = _text(made)
    return Page(
        path=parts.path_of(live),
        title=content["title"],
        description=parts.described(live, content["summary"]),
        body=body,
        body_overdue=body_overdue,
        search_names=_names(content),
        search_text=parts.bounded(text),
        listing=parts.listing(live, _card(made), text),
        made_from=find.document_ids(),
    )


def _make(live: LiveDocument, find: LiveTexts) -> _Made:
    content = live.content
    found = find("faq", content["faqs"])
    questions = {slug: found[slug] for slug in content["faqs"] if slug in found}
    carried = [text.document_id for text in questions.values()]
    approvals = approvals_of(Edition.objects.live().filter(document__in=carried))
    live = replace(live, carried=tuple(approvals.get(document_id, ()) for document_id in carried))
    articles = find("article", [row["address"] for row in content["related"]])
    found_articles = [(articles[row["address"]], row) for row in content["related"] if row["address"] in articles]
    # Nobody is sent on to what must not be relied on.
    related = tuple(
        Link(article.title, href(ARTICLE.path(article.address)), row["description"])
        for article, row in found_articles
        if article.withdrawn_at is None
    )
    return _Made(live, Written(parts_of(content, questions), find), questions, approvals, related)


def _page(made: _Made, notices: Notices, about: About) -> ArticlePage:
    content, written = made.content, made.written
    sources = parts.sources(written)
    return ArticlePage(
        head=parts.head(made.live, content["title"], content["summary"], _machine_readable(made, sources)),
        breadcrumbs=(Link("Home", "/"),),
        notices=parts.warned(notices, written),
        about=about,
        title=content["title"],
        summary=content["summary"],
        audience=content["audience"],
        quick_answer=parts.readable(written, "quick_answer"),
        body=parts.readable(written, "body"),
        body_headings=_headings(written),
        not_known=parts.readable(written, "not_known"),
        faqs=tuple(_faq(slug, text, made) for slug, text in made.questions.items()),
        closing_summary=parts.readable(written, "closing_summary"),
        alternate_names=tuple(content["alternate_names"]),
        codes=_codes(content),
        references=sources,
        related=made.related,
    )


def _machine_readable(made: _Made, sources: tuple[CitedReference, ...]) -> SafeString:
    """No review is claimed of a page that carries an answer which must not be relied on."""
    return medical_page(made.live, sources, reliable=not any(text.withdrawn_at for text in made.questions.values()))


def _headings(written: Written) -> tuple[ContentsEntry, ...]:
    headings = written.rendered["body"].headings
    return tuple(ContentsEntry(heading.text, heading.id) for heading in headings if heading.level == 2)


def _faq(slug: str, text: Text, made: _Made) -> FaqItem:
    signed, gone = made.signed(text), text.withdrawn_at is not None
    unsigned, reviewed = signed_by_no_clinician(signed), reviewed_at(signed)
    return FaqItem(
        question=text.title,
        url=href(FAQ.path(text.address)),
        anchor=f"question-{slug}",
        answer=parts.readable(made.written, answer_field(slug)),
        reviewed=shown_day(reviewed) if reviewed and not (gone or unsigned) else None,
        due=shown_day(text.review_due_on) if text.review_due_on and not gone else None,
        # Where the article itself is unsigned too, the notice above it says so once for all.
        demonstration=unsigned and not signed_by_no_clinician(made.live.approvals),
        pending=not signed,
        withdrawn=parts.withdrawal(text),
    )


def _codes(content: Content) -> tuple[Code, ...]:
    return tuple(Code(row["system"], row["code"], shown_partial(row["as_of"])) for row in content["codes"])


def _origin(content: Content) -> Origin | None:
    origin = content["origin"]
    if not origin["title"]:
        return None
    return Origin(
        title=origin["title"],
        reviewed=shown_partial(origin["reviewed"]),
        published=shown_partial(origin["published"]),
    )


def _card(made: _Made) -> dict[str, Any]:
    return {
        "summary": made.content["summary"],
        "audience": made.content["audience"],
        "quick_answer": parts.words(made.written, "quick_answer"),
    }


def _names(content: Content) -> list[str]:
    codes = [f"{row['system']} {row['code']}".strip() for row in content["codes"]]
    return [*content["alternate_names"], *codes]


def _text(made: _Made) -> str:
    """The words of the page in the order of the page; nobody is to find a withdrawn answer unmarked in a list."""
    asked = {answer_field(slug): text for slug, text in made.questions.items()}
    pieces = []
    for field in made.written.rendered:
        if field not in asked:
            pieces.append(parts.words(made.written, field))
        elif asked[field].withdrawn_at is None:
            pieces += [asked[field].title, parts.words(made.written, field)]
    return " ".join(piece for piece in pieces if piece)
