"""One sample of what each public template receives: every field filled, people plainly test people."""

from django.utils.safestring import SafeString

from alstrom_site.page_parts import (
    About,
    CitedReference,
    Code,
    ContentsEntry,
    GonePage,
    HappenedTo,
    Head,
    HistoryEntry,
    Identifier,
    Link,
    Marks,
    Notices,
    Origin,
    Page,
    Pending,
    Reviewer,
    ShownDate,
    Withdrawal,
)
from pages.publication import contexts
from references.contexts import (
    Arrangement,
    BibliographyEntry,
    BibliographyGroup,
    BibliographyPage,
    Choice,
    CitingPage,
    CitingPlace,
    Fact,
    ReferencePage,
)

HOME = Link("Home", "/")
DAY = ShownDate("21 November 2026", "2026-11-21")
MONTH = ShownDate("August 2008", "2008-08")
RANGE = ShownDate("October to December 2002")
ELSEWHERE = Link("Another sample", "/another-sample/", "Why one would read it.")
CITATION = "Writer A, Writer B. A sample work. J Samp. 2002 Oct-Dec;17(4):221-8. Review."
PUBMED = Identifier("PubMed", "1", "https://pubmed.ncbi.nlm.nih.gov/1/")
EVERY_NOTICE = Notices(
    demonstration=True,
    withdrawn=Withdrawal(DAY, "Its source was taken back.", ELSEWHERE),
    overdue_since=DAY,
    pending=Pending(DAY, "A dose in it was wrong."),
)
REFERENCES = (
    CitedReference(
        number=1,
        citation=CITATION,
        url="/bibliography/writer2002/",
        identifiers=(PUBMED, Identifier("DOI", "10.1000/1", "https://doi.org/10.1000/1")),
        anchors=("citation-1", "citation-2"),
    ),
)
ABOUT = About(
    last_reviewed=DAY,
    next_review_due=DAY,
    overdue=True,
    first_published=DAY,
    last_updated=DAY,
    authors=("Test Editor",),
    reviewers=(
        Reviewer(
            name="Test Reviewer",
            role="Medical reviewer",
            professional_title="Test title",
            credentials="TC",
            affiliation="Test Hospital",
            orcid="0000-0002-1825-0097",
            interests_declared=MONTH,
            signed=DAY,
            demonstration=True,
        ),
    ),
    edition=3,
    digest="0123456789abcdef" * 4,
    origin=Origin(title="An older text", reviewed=MONTH, published=ShownDate("4 May 2009", "2009-05-04")),
    audience="families",
    history=(
        HistoryEntry(title="Withdrawn", on=DAY, edition=3, note="Its source was taken back."),
        HistoryEntry(title="Changed", on=DAY, edition=3, note="One dose.", emergency="It was wrong.", reviewed=DAY),
        HistoryEntry(title="First published", on=DAY, edition=1),
    ),
)


def _mark(position: int) -> str:
    return f'<span class="citations">[<a class="citation" id="citation-{position}" href="#reference-1">1</a>]</span>'


def _text(inside: str) -> SafeString:
    return SafeString(f"<p>A paragraph {inside}.</p>")


def head(title: str, path: str = "") -> Head:
    """A head with everything in it, JSON-LD included."""
    return Head(
        title=title,
        description=f"About {title}.",
        canonical_url=f"https://site.test{path}" if path else "",
        structured_data=SafeString('{"@context": "https://schema.org", "name": "\\u003Csample\\u003E"}'),
        indexed=bool(path),
    )


def article() -> contexts.ArticlePage:
    """An article with every section and every notice."""
    return contexts.ArticlePage(
        head=head("A sample", "/a-sample/"),
        breadcrumbs=(HOME,),
        notices=EVERY_NOTICE,
        title="A sample",
        summary="What the sample is for.",
        audience="families",
        about=ABOUT,
        quick_answer=_text(_mark(1)),
        body=SafeString('<h2 id="section-first">First</h2>' + _text(_mark(2)) + '<h3 id="section-part">Part</h3>'),
        body_headings=(ContentsEntry("First", "section-first"),),
        not_known=_text("on what is open"),
        faqs=(
            contexts.FaqItem(
                question="Why?", url="/questions/why/", anchor="question-why", answer=_text("so"), reviewed=DAY
            ),
            contexts.FaqItem(
                question="When?",
                url="/questions/when/",
                anchor="question-when",
                answer=_text("then"),
                pending=True,
                withdrawn=Withdrawal(DAY, "Nobody knows."),
            ),
        ),
        closing_summary=_text("at the end"),
        alternate_names=("Example",),
        codes=(Code("SYSTEM", "1", MONTH), Code("OTHER", "2")),
        references=REFERENCES,
        related=(ELSEWHERE,),
    )


def question() -> contexts.QuestionPage:
    """A question that cites its source twice."""
    return contexts.QuestionPage(
        head=head("Why?", "/questions/why/"),
        section="questions",
        breadcrumbs=(HOME, Link("Questions", "/questions/")),
        question="Why?",
        answer=SafeString(_text(_mark(1)) + _text(_mark(2))),
        about=ABOUT,
        references=REFERENCES,
        asked_in=(ELSEWHERE,),
    )


def term() -> contexts.TermPage:
    """A glossary term that cites its source twice."""
    return contexts.TermPage(
        head=head("sample", "/glossary/sample/"),
        section="glossary",
        breadcrumbs=(HOME, Link("Glossary", "/glossary/")),
        term="sample",
        definition=SafeString(_text(_mark(1)) + _text(_mark(2))),
        about=ABOUT,
        alternate_names=("example",),
        references=REFERENCES,
        used_in=(ELSEWHERE,),
    )


def glossary() -> contexts.GlossaryPage:
    """A glossary of two letters."""
    entries = (contexts.TermEntry("sample", "/glossary/sample/", "A thing shown.", ("example",)),)
    other = (contexts.TermEntry("test", "/glossary/test/", "A thing tried."),)
    groups = (contexts.TermGroup("S", entries), contexts.TermGroup("T", other))
    return contexts.GlossaryPage(head=head("Glossary", "/glossary/"), section="glossary", groups=groups)


def questions() -> contexts.QuestionsPage:
    """A list of one question."""
    cards = (contexts.Card("Why?", "/questions/why/", "Because.", marks=Marks(DAY, True, DAY)),)
    return contexts.QuestionsPage(head=head("Questions", "/questions/"), section="questions", questions=cards)


def home() -> contexts.HomePage:
    """The front page with all its parts."""
    return contexts.HomePage(
        head=head("Alström syndrome: samples", "/"),
        section="home",
        notices=Notices(demonstration=True),
        start=contexts.Card("Begin", "/begin/"),
        start_answer="A short answer.",
        families=(contexts.Card("A sample", "/a-sample/", "What it is for.", DAY),),
        professionals=(contexts.Card("Another", "/another/", "More of it."),),
        questions=(Link("Why?", "/questions/why/"),),
    )


def bibliography() -> BibliographyPage:
    """A bibliography of one work."""
    entry = BibliographyEntry(
        key="writer2002",
        citation=CITATION,
        url="/bibliography/writer2002/",
        identifiers=(PUBMED,),
        cited_on=2,
        happened=(HappenedTo("corrected", "Corrected 2003", "J Samp. 2003;18:1"),),
    )
    return BibliographyPage(
        head=head("Bibliography", "/bibliography/"),
        section="bibliography",
        narrowed=True,
        query="writer",
        by="year",
        total=1,
        arrangements=(Arrangement("Author", "/bibliography/"), Arrangement("Year", "/bibliography/?by=year", True)),
        years=(Choice("2002", "2002", 1),),
        types=(Choice("book", "Book", 1, True),),
        topics=(Choice("/elsewhere/", "Elsewhere", 1),),
        groups=(BibliographyGroup("2002", (entry,)),),
        downloads=(Link("RIS", "/bibliography/references.ris?q=writer"),),
    )


def reference() -> ReferencePage:
    """A work with every detail, published in a range of months."""
    return ReferencePage(
        head=head("A sample work", "/bibliography/writer2002/"),
        section="bibliography",
        title="A sample work",
        kind="Journal article",
        key="writer2002",
        citation=CITATION,
        about=ABOUT,
        happened=(HappenedTo("retracted", "Retracted 2010", "J Samp. 2010;1:1", "https://pubmed.ncbi.nlm.nih.gov/1/"),),
        authors=("A Writer", "B Writer"),
        editors=("C Editor",),
        accessed=DAY,
        facts=(Fact("Publisher", "Sample Press"),),
        url="https://example.org/work",
        abstract=("First.", "Second."),
        abstract_licence="CC BY 4.0",
        downloads=(Link("RIS", "citation.ris"),),
        container_title="Journal of Samples",
        container_title_short="J Samp",
        issued=RANGE,
        epub=MONTH,
        volume="17",
        issue="4",
        pages="221-8",
        notes=("Review.",),
        identifiers=(PUBMED,),
        cited_on=(CitingPage(ELSEWHERE, (CitingPlace("A statement.", "/elsewhere/#citation-1", "p. 3"),)),),
    )


def search(**fields: object) -> contexts.SearchPage:
    """The search page; `fields` say what was asked and found."""
    return contexts.SearchPage(head=head("Search"), section="search", **fields)  # type: ignore[arg-type] # any fields


def found() -> contexts.SearchPage:
    """The second page of results."""
    hit = contexts.SearchResult(
        title="A sample", url="/a-sample/", kind="Article", excerpt=SafeString("a <mark>sample</mark>"), reviewed=DAY
    )
    return search(query="sample", results=(hit,), total=12, first=11, previous_url="/search/?q=sample")


def gone() -> GonePage:
    """A page that was taken down."""
    return GonePage(head=head("Taken down"), path="/an-old-page/", since=DAY)


# Every template with the pages it is shown with; None where it takes nothing.
PAGES: dict[str, tuple[str, Page | None]] = {
    "article": ("pages/article.html", article()),
    "question": ("pages/question.html", question()),
    "term": ("pages/term.html", term()),
    "glossary": ("pages/glossary.html", glossary()),
    "questions": ("pages/questions.html", questions()),
    "home": ("pages/home.html", home()),
    "bibliography": ("references/bibliography.html", bibliography()),
    "reference": ("references/reference.html", reference()),
    "search": ("pages/search.html", search()),
    "search with results": ("pages/search.html", found()),
    "search with no results": ("pages/search.html", search(query="<b>none", suggestions=(ELSEWHERE,))),
    "search with a problem": ("pages/search.html", search(query="a", problem="Type at least 2 characters.")),
    "gone": ("410.html", gone()),
    "not found": ("404.html", None),
    "server error": ("500.html", None),
}
