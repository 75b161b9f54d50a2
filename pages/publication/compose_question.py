"""The public page of a question."""

from collections.abc import Mapping

from alstrom_site.editorial.composing import bodies
from alstrom_site.editorial.kinds import LiveDocument, Page
from alstrom_site.page_parts import About, Link, Notices
from pages.kinds import FAQ
from pages.kinds.written import Written
from pages.publication import parts
from pages.publication.contexts import QuestionPage
from pages.publication.live_texts import LiveTexts, asked_in
from pages.structured_data import question_page


def compose_question(live: LiveDocument) -> Page:
    """Return the public page of a live question."""
    find = LiveTexts()
    content = live.content
    written = FAQ.written(content, find)
    articles = asked_in(live.document)
    body, body_overdue = bodies(
        "pages/question.html", live, lambda notices, about: _page(live, written, articles, notices, about)
    )
    answer = parts.words(written, "answer")
    return Page(
        path=parts.path_of(live),
        title=content["question"],
        description=parts.described(live, parts.beginning(answer)),
        body=body,
        body_overdue=body_overdue,
        search_names=(),
        search_text=parts.bounded(answer),
        listing=parts.listing(live, {"summary": parts.beginning(answer)}, answer),
        made_from=find.document_ids() | articles.keys(),
    )


def _page(
    live: LiveDocument, written: Written, articles: Mapping[int, Link], notices: Notices, about: About
) -> QuestionPage:
    question, answer = live.content["question"], parts.words(written, "answer")
    sources = parts.sources(written)
    return QuestionPage(
        head=parts.head(live, question, parts.beginning(answer), question_page(live, answer, sources)),
        section="questions",
        breadcrumbs=(Link("Home", "/"), Link("Questions", "/questions/")),
        notices=parts.warned(notices, written),
        about=about,
        question=question,
        answer=parts.readable(written, "answer"),
        references=sources,
        asked_in=tuple(articles.values()),
    )
