"""The forms of articles, questions and terms: what goes in comes out, and what is wrong stands beside its field."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alstrom_site.editorial.admin.known import MOST_SUGGESTED, KnownDocuments
from alstrom_site.editorial.models import Document
from pages.forms import ArticleForm, QuestionForm, TermForm
from pages.kinds import ARTICLE, FAQ, TERM
from tests.cast import NOW, Cast
from tests.documents import UNSEEN, article_content, draft, faq_content, term_content
from tests.posting import fields_of

pytestmark = pytest.mark.django_db


def address_of(row: Any) -> str:
    return str(row["address"])


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNSEEN), max_size=60)
INDENTED = st.builds(lambda *parts: "".join(parts), st.sampled_from(["", "\n", "    ", "\t"]), TEXT)
LINES = st.lists(TEXT, max_size=3)
ADDRESS = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True)
ARTICLES = st.fixed_dictionaries(
    {
        "title": TEXT.filter(str.strip),
        "slug": ADDRESS.filter(lambda slug: slug not in {"admin", "media", "search", "static", "questions"}),
        "summary": TEXT,
        "quick_answer": INDENTED,
        "body": INDENTED,
        "not_known": INDENTED,
        "closing_summary": INDENTED,
        "user_need": TEXT,
        "audience": st.sampled_from(["families", "professionals"]),
        "faqs": st.lists(ADDRESS, max_size=3, unique=True),
        "related": st.lists(
            st.fixed_dictionaries({"address": ADDRESS, "description": TEXT}),
            max_size=3,
            unique_by=address_of,
        ),
        "alternate_names": LINES,
        "codes": st.lists(
            st.fixed_dictionaries(
                {"system": TEXT, "code": ADDRESS, "as_of": st.sampled_from(["", "2008", "2008-08", "2008-08-15"])}
            ),
            max_size=3,
        ),
        "origin": st.fixed_dictionaries(
            {"title": TEXT, "reviewed": st.sampled_from(["", "2008-08"]), "published": st.sampled_from(["", "2009"])}
        ),
    }
)


def sent_back(form_class: type[Any], content: dict[str, Any]) -> Any:
    """Return the form as a browser sends it back untouched."""
    shown = form_class(initial=form_class.initial_from(content))
    html = "".join(str(field) for field in shown)
    form = form_class({name: _crlf(values) for name, values in fields_of(html).items()} | _rows(html))
    assert form.is_valid(), form.errors
    return form


def _crlf(values: list[str]) -> str:
    return values[-1].replace("\n", "\r\n")


def _rows(html: str) -> dict[str, str]:
    return {name: values[-1] for name, values in fields_of(html).items() if name.endswith("-TOTAL")}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=ARTICLES)
def test_an_article_that_is_opened_and_sent_back_is_the_same(db: None, content: dict[str, Any]) -> None:
    clean = ARTICLE.clean(content)

    assert sent_back(ArticleForm, clean).content() == clean


@pytest.mark.parametrize(
    ("form_class", "content"),
    [
        (QuestionForm, FAQ.clean(faq_content(answer="    code\n\ntext  \n\tmore"))),
        (TermForm, TERM.clean(term_content(alternate_names=["One", "Two, with a comma"]))),
    ],
)
def test_a_question_and_a_term_come_back_the_same(db: None, form_class: type[Any], content: dict[str, Any]) -> None:
    assert sent_back(form_class, content).content() == content


def filled(**fields: str) -> ArticleForm:
    form = ArticleForm({"title": "A title", **fields})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("origin_reviewed", "August 2008", "“August 2008”"),
        ("origin_published", "2008-13", "There is no month 13"),
        ("title", "", "Title is empty. Fill it in."),
        ("title", "x" * 201, "Title has 201 characters. Shorten it to 200."),
        ("slug", "Not An Address", "may hold small letters"),
        ("slug", "glossary", "belongs to the site itself"),
        ("audience", "children", "children"),
        ("summary", "half \ud800", "cannot be stored"),
        ("body", "half \udfff", "cannot be stored"),
        ("origin_title", "half \ud800", "cannot be stored"),
    ],
)
def test_what_is_wrong_is_said_once_and_beside_its_field(field: str, typed: str, sentence: str) -> None:
    errors = filled(slug="a-title", **{field: typed}).errors if field != "slug" else filled(slug=typed).errors

    assert list(errors) == [field]
    assert len(errors[field]) == 1
    assert sentence in errors[field][0]


def test_a_date_in_a_row_is_refused_in_its_cell() -> None:
    form = filled(**{"codes-TOTAL": "1", "codes-0-system": "S", "codes-0-code": "C", "codes-0-as_of": "soon"})

    html = str(form["codes"])

    assert 'id="id_codes_0_as_of_error"' in html
    assert 'value="soon"' in html


def test_questions_keep_the_order_that_was_given() -> None:
    rows = {"faqs-0-address": "second", "faqs-0-ORDER": "2", "faqs-1-address": "first", "faqs-1-ORDER": "1"}

    assert filled(**{"faqs-TOTAL": "2"}, **rows).content()["faqs"] == ["first", "second"]


def test_an_address_that_nobody_knows_is_kept_in_a_draft() -> None:
    form = filled(**{"faqs-TOTAL": "1", "faqs-0-address": "to-be-written"})

    assert form.content()["faqs"] == ["to-be-written"]


def test_the_title_of_a_known_question_stands_below_its_address(cast: Cast) -> None:
    draft(cast, "faq", slug="known-question")

    html = str(ArticleForm(initial={"faqs": ["known-question", "unknown"]})["faqs"])

    assert 'id="id_faqs_0_address_name" data-row-name>Known question?</p>' in html
    assert 'id="id_faqs_1_address_name" data-row-name></p>' in html
    assert '<option value="known-question" label="Known question?">' in html


def test_only_documents_of_the_kind_are_suggested_and_never_too_many(cast: Cast) -> None:
    draft(cast, "term", slug="a-term")
    Document.objects.bulk_create(
        Document(
            kind="faq", address=f"q-{n}", title=f"Q {n}", sort_title=f"q {n:06}", owner=cast.editor, created_at=NOW
        )
        for n in range(MOST_SUGGESTED + 5)
    )
    known = KnownDocuments("faq")

    assert len(known.suggestions()) == MOST_SUGGESTED
    assert known.suggestions()[0] == ("q-0", "Q 0")
    assert known.names(["q-504", "a-term", "\x00"]) == {"q-504": "Q 504"}


def test_the_quick_answer_counts_its_words_and_the_body_has_room() -> None:
    html = str(ArticleForm()["quick_answer"])

    assert 'data-word-limit="60"' in html
    assert article_content()["quick_answer"] not in html
