"""The public templates: rendered from values alone, with no request and no database."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from alstrom_site.page_parts import NOTHING, Notices, ShownDate
from alstrom_site.partial_dates import PartialDate
from tests.pages import samples
from tests.pages.reading import Reading

STYLES = Path(settings.BASE_DIR) / "alstrom_site" / "static" / "public" / "css"
REFERRING = ("aria-labelledby", "aria-describedby", "for")


def render(name: str) -> str:
    """The sample page of this name."""
    template, page = samples.PAGES[name]
    return render_to_string(template, {"page": page} if page else None)


@pytest.fixture(params=samples.PAGES)
def reading(request: pytest.FixtureRequest) -> Reading:
    """Each sample page in turn."""
    return Reading(render(request.param))


def test_every_public_template_has_a_sample() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    found = [*folder.glob("pages/*.html"), *folder.glob("references/*.html")]
    own = {path.relative_to(folder).as_posix() for path in found}

    assert own | {"404.html", "410.html", "500.html"} == {template for template, _ in samples.PAGES.values()}


def test_elements_are_closed_in_order(reading: Reading) -> None:
    assert reading.unbalanced == []


def test_a_page_says_its_language_and_title(reading: Reading) -> None:
    assert reading.all("html")[0].attributes["lang"] == "en-GB"
    assert re.search(r"\w.*Alström syndrome|Alström syndrome: \w", reading.words("title")[0])


def test_a_page_has_one_main_heading_and_skips_no_level(reading: Reading) -> None:
    levels = [int(heading.tag[1]) for heading in reading.all("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_page_has_one_main_landmark_and_no_link_without_words(reading: Reading) -> None:
    assert len(reading.all("main")) == 1
    assert all(reading.words("a"))


def test_nothing_is_inline_and_no_script_runs(reading: Reading) -> None:
    assert reading.all("style") == []
    assert reading.values("style") == []
    assert {script.attributes.get("type") for script in reading.all("script")} <= {"application/ld+json"}
    assert not [name for element in reading.elements for name in element.attributes if name.startswith("on")]


def test_nothing_is_loaded_from_another_host(reading: Reading) -> None:
    sheets = [link for link in reading.all("link") if link.attributes["rel"] != "canonical"]
    loaded = [link.attributes["href"] for link in sheets] + reading.values("src") + reading.values("action")

    assert len(sheets) > 3
    assert [address for address in loaded if not re.match(r"/(?!/)", address)] == []


def test_every_file_that_a_page_loads_exists(reading: Reading) -> None:
    named = [address for address in reading.values("href") if address.startswith(settings.STATIC_URL)]

    assert [name for name in named if finders.find(name.removeprefix(settings.STATIC_URL)) is None] == []


def test_ids_are_unique_and_every_link_inside_the_page_has_its_target(reading: Reading) -> None:
    ids = reading.values("id")
    fragments = [address[1:] for address in reading.values("href") if address.startswith("#")]
    wanted = fragments + [word for name in REFERRING for value in reading.values(name) for word in value.split()]

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_every_time_element_has_a_date_of_the_precision_it_shows(reading: Reading) -> None:
    for time in reading.all("time"):
        parts = [int(part) for part in time.attributes["datetime"].split("-")]
        date(*[*parts, 1, 1][:3])
        assert len(parts) == len(time.text.split())


def test_structured_data_reaches_the_page_as_json() -> None:
    script = Reading(render("article")).all("script")[0]

    assert json.loads(script.text)["name"] == "<sample>"


def test_plain_text_is_shown_and_never_read_as_html() -> None:
    page = replace(samples.article(), title="<b>bold</b>", summary="<script>")

    html = render_to_string("pages/article.html", {"page": page})

    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<script>" not in html


def test_contents_name_every_second_level_heading_of_the_text() -> None:
    reading = Reading(render("article"))
    fixed = {
        "Quick answer",
        "On this page",
        "About this page",
        "This is not medical advice",
        "How pages are reviewed",
        "History of this page",
        "Cite this page",
    }
    headings = [text for text in reading.words("h2") if text not in fixed]

    assert headings == [entry.text for entry in samples.article().contents]


def test_contents_leave_out_what_the_page_does_not_have() -> None:
    page = replace(samples.article(), not_known=NOTHING, faqs=(), alternate_names=(), codes=(), related=())

    assert [entry.text for entry in page.contents] == ["First", "In summary", "References"]


def test_a_reference_is_printed_exactly_and_leads_back_to_each_place_that_cites_it() -> None:
    reading = Reading(render("article"))
    item = next(element for element in reading.all("li") if element.attributes.get("id") == "reference-1")

    assert samples.CITATION in reading.words("p")
    assert "PubMed 1" in item.text
    assert [address for address in reading.values("href") if address.startswith("#citation-")] == [
        "#citation-1",
        "#citation-2",
    ]


def test_the_panel_names_the_reviewer_the_dates_and_what_was_approved() -> None:
    panel = Reading(render("article")).words("aside")[0]

    for words in (
        "Last reviewed 21 November 2026",
        "Next review due 21 November 2026 Overdue",
        "Written by Test Editor",
        "Medical reviewer Test Reviewer, TC Demonstration account, not a clinician Test Hospital",
        "Interests: none declared (as of August 2008)",
        "Edition 3, exactly as you read it here Digest 0123456789ab Written for Families",
        "The source text was last reviewed in August 2008. It was published on 4 May 2009.",
    ):
        assert words in panel


@pytest.mark.parametrize(
    ("notices", "words"),
    [
        (Notices(demonstration=True), "No clinician has reviewed this text."),
        (Notices(demonstration_within=True), "No clinician has reviewed some of the answers on this page."),
        (Notices(overdue_since=samples.DAY), "This page is past its review date."),
        (Notices(withdrawn=samples.EVERY_NOTICE.withdrawn), "This page was withdrawn on 21 November 2026."),
        (Notices(pending=samples.EVERY_NOTICE.pending), "This text is public before its medical review is finished."),
    ],
)
def test_a_page_carries_the_notice_it_needs_and_no_other(notices: Notices, words: str) -> None:
    page = replace(samples.article(), notices=notices)

    reading = Reading(render_to_string("pages/article.html", {"page": page}))

    notes = [element.text.strip() for element in reading.elements if element.attributes.get("class") == "notice__title"]
    assert notes == [words]


def test_the_date_that_is_past_stands_before_who_signed() -> None:
    html = render_to_string(
        "components/notices.html", {"notices": Notices(demonstration=True, overdue_since=samples.DAY)}
    )

    assert html.index("past its review date") < html.index("No clinician")


def test_a_page_without_notices_has_no_empty_box() -> None:
    # What is said while a page is marked stands in a comment till then.
    shown = re.sub("<!--.*?-->", "", render("question"), flags=re.DOTALL)

    assert "notice" not in shown.replace("notices.css", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2008", '<time datetime="2008">2008</time>'),
        ("2008-08", '<time datetime="2008-08">August 2008</time>'),
        ("2009-05-04", '<time datetime="2009-05-04">4 May 2009</time>'),
        ("2002-10/2002-12", "October to December 2002"),
        ("2005-21", "spring 2005"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_known(written: str, shown: str) -> None:
    assert ShownDate.of(PartialDate.parse(written)).html == shown


def test_a_problem_with_the_query_stands_at_the_field_and_keeps_what_was_typed() -> None:
    reading = Reading(render("search with a problem"))
    searched = reading.all("input")[0].attributes

    assert reading.words("title")[0].startswith("Error: ")
    assert searched["value"] == "a"
    assert searched["aria-invalid"] == "true"
    assert searched["aria-describedby"] == "search-problem"
    assert "Error: Type at least 2 characters." in reading.words("p")


def test_a_search_says_how_many_it_found_or_that_it_found_nothing() -> None:
    assert "Results 11 to 11 of 12 for “sample”" in Reading(render("search with results")).words("h2")
    assert "Nothing found for “<b>none”" in Reading(render("search with no results")).words("h2")


def test_the_page_shown_after_a_fault_needs_no_values_at_all() -> None:
    template = (Path(settings.BASE_DIR) / "templates" / "500.html").read_text(encoding="utf-8")

    assert "{{" not in template
    assert "{% extends" not in template
    assert "Something went wrong on our side" in render("server error")


def test_every_stylesheet_is_linked_and_layered() -> None:
    linked = [Path(href).name for href in Reading(render("home")).values("href") if href.endswith(".css")]

    # Guests of a shared link get one more, and nobody else does.
    guests = (Path(settings.BASE_DIR) / "templates" / "shared" / "base.html").read_text(encoding="utf-8")
    assert "public/css/shared.css" in guests
    assert linked[0] == "tokens.css"
    assert sorted([*linked, "shared.css"]) == sorted(path.name for path in STYLES.glob("*.css"))
    assert all("@layer" in path.read_text(encoding="utf-8") for path in STYLES.glob("*.css"))


def test_stylesheets_load_only_files_of_this_site() -> None:
    for sheet in STYLES.glob("*.css"):
        for address in re.findall(r"url\(\"?([^\")]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).resolve().is_file()
