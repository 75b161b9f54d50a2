"""What readers find: the sources exactly as printed, a way through by keyboard, names in any spelling, late reviews."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cast import Cast
from tests.conftest import PHONE, ContextMaker
from tests.documents import published

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = ["What is Alström syndrome?", "How common is Alström syndrome?"]
"""The two articles that cite every work of the starter bibliography."""

# As the summary of 2008 prints them, letter by letter; typed here once more, so that no code of ours stands between.
PRINTED = {
    "goldstein1973": "Goldstein JL, Fialkow PJ. The Alstrom syndrome. Report of three cases with further delineation "
    "of the clinical, pathophysiological, and genetic aspects of the disorder. Medicine (Baltimore). 1973 "
    "Jan;52(1):53-71. No abstract available.",
    "hoffman2005": "Hoffman JD, Jacobson Z, Young TL, Marshall JD, Kaplan P. Familial variable expression of dilated "
    "cardiomyopathy in Alstrom syndrome: a report of four sibs. Am J Med Genet A. 2005 May 15;135(1):96-8.",
    "joy2007": "Joy T, Cao H, Black G, Malik R, Charlton-Menys V, Hegele RA, Durrington PN. Alstrom syndrome (OMIM "
    "203800): a case report and literature review. Orphanet J Rare Dis. 2007 Dec 21;2:49. Review.",
    "maffei2002": "Maffei P, Munno V, Marshall JD, Scandellari C, Sicolo N. The Alstrom syndrome: is it a rare or "
    "unknown disease? Ann Ital Med Int. 2002 Oct-Dec;17(4):221-8. Review.",
    "marshall2005": "Marshall JD, Bronson RT, Collin GB, Nordstrom AD, Maffei P, Paisey RB, Carey C, Macdermott S, "
    "Russell-Eggitt I, Shea SE, Davis J, Beck S, Shatirishvili G, Mihai CM, Hoeltzenbein M, Pozzan GB, Hopkinson I, "
    "Sicolo N, Naggert JK, Nishina PM. New Alstrom syndrome phenotypes based on the evaluation of 182 cases. Arch "
    "Intern Med. 2005 Mar 28;165(6):675-83.",
    "marshall2007": "Marshall JD, Beck S, Maffei P, Naggert JK. Alström syndrome. Eur J Hum Genet. 2007 "
    "Dec;15(12):1193-202. Epub 2007 Oct 17.",
    "minton2006": "Minton JA, Owen KR, Ricketts CJ, Crabtree N, Shaikh G, Ehtisham S, Porter JR, Carey C, Hodge D, "
    "Paisey R, Walker M, Barrett TG. Syndromic obesity and diabetes: changes in body composition with age and "
    "mutation analysis of ALMS1 in 12 United Kingdom kindreds with Alstrom syndrome. J Clin Endocrinol Metab. 2006 "
    "Aug;91(8):3110-6. Epub 2006 May 23.",
    "russelleggitt1998": "Russell-Eggitt IM, Clayton PT, Coffey R, Kriss A, Taylor DS, Taylor JF. Alstrom syndrome. "
    "Report of 22 cases and literature review. Ophthalmology. 1998 Jul;105(7):1274-80. Review.",
}


MANY = 60
"""More stops of the Tab key than a short page has."""


@pytest.fixture
def reader(new_context: ContextMaker) -> Page:
    """A page of somebody whose browser runs no script."""
    return new_context(java_script_enabled=False).new_page()


def shown(locator: Locator) -> list[str]:
    """Return the texts as a reader sees them: line breaks of the page are spaces, nothing hidden is there."""
    return [" ".join(each.inner_text().split()) for each in locator.all() if each.is_visible()]


@pytest.mark.slow
@pytest.mark.usefixtures("starter_content")
def test_readers_see_who_has_not_reviewed_the_starter_content_and_the_eight_works_as_printed(
    reader: Page,
) -> None:
    reader.goto("/")
    reader.get_by_role("navigation", name="Main").get_by_role("link", name="Bibliography").click()
    listed = reader.get_by_role("main").get_by_role("listitem").locator("p").filter(has_text=re.compile(r";\d"))
    assert sorted(shown(listed)) == sorted(PRINTED.values())

    for title in ARTICLES:
        reader.get_by_role("banner").get_by_role("link", name="Alström syndrome").click()
        reader.get_by_role("main").get_by_role("link", name=title).first.click()
        expect(reader.get_by_role("heading", level=1)).to_have_text(title)
        cited = reader.get_by_role("region", name="References").locator("li > p")
        assert sorted(shown(cited)) == sorted(PRINTED.values())
        expect(reader.get_by_text("No clinician has reviewed this text.")).to_be_visible()
        about = reader.get_by_role("complementary", name="About this page")
        expect(about.get_by_text("Demonstration account, not a clinician").first).to_be_visible()

    for key, citation in PRINTED.items():
        reader.goto(f"/bibliography/{key}/")
        assert shown(reader.get_by_role("region", name="Citation").locator("p").first) == [citation]
        expect(reader.get_by_text("No clinician has reviewed this text.")).to_be_visible()


@pytest.mark.parametrize(
    ("title", "query"),
    [("What Alström wrote", "alstrom"), ("What Alstrom wrote", "alström"), ("What Alström wrote", "ALSTROEM")],
)
def test_a_name_is_found_in_either_spelling_and_shown_in_its_own(
    cast: Cast, reader: Page, title: str, query: str
) -> None:
    published(cast, "article", slug="a-name", title=title)
    reader.goto("/")

    reader.get_by_role("searchbox", name="Search this site").fill(query)
    reader.get_by_role("button", name="Search").click()

    found = reader.get_by_role("region", name=re.compile(f"^[12] results? for “{query}”$"))
    found.get_by_role("link", name=title).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)


def focused(page: Page) -> dict[str, Any]:
    """Return the name of what the keyboard is on, and how its focus is drawn."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
            return {
                name: on === document.body ? "" : on.textContent.trim() || on.getAttribute("aria-label") || on.id,
                inside: on.closest("main") !== null,
                drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth &&
                    box.bottom > 0 && box.top < innerHeight,
            };
        }"""
    )
    return found


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_keyboard_alone_leads_through_a_page_and_is_always_seen(
    cast: Cast, new_context: ContextMaker, viewport: Any
) -> None:
    published(cast, "article")
    page = new_context(viewport=viewport, reduced_motion="reduce").new_page()
    page.goto("/sample-article/")

    page.keyboard.press("Tab")
    first = focused(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    stops: list[dict[str, Any]] = []
    while (stop := focused(page))["name"] and len(stops) < MANY:
        stops.append(stop)
        page.keyboard.press("Tab")

    assert first == {"name": "Skip to main content", "inside": False, "drawn": True, "seen": True}
    assert stops[0]["inside"]
    assert [each for each in stops if not (each["drawn"] and each["seen"])] == []
    assert {"1", "Place 1"} <= {each["name"] for each in stops}
    assert len(stops) < MANY


def test_enter_on_a_citation_leads_to_its_source_and_the_next_tab_goes_on_from_there(
    cast: Cast, new_context: ContextMaker
) -> None:
    published(cast, "article")
    page = new_context().new_page()
    page.goto("/sample-article/")

    page.get_by_role("link", name="Reference 1: Sample 2001").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#reference-1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#reference-1') !== null")


def test_a_page_that_should_have_been_looked_at_again_says_so_and_since_when(cast: Cast, reader: Page) -> None:
    published(cast, "article", slug="an-old-page", at=datetime(2022, 5, 4, 9, tzinfo=UTC))
    published(cast, "article", slug="a-new-page", at=datetime.now(UTC))

    reader.goto("/an-old-page/")

    expect(reader.get_by_text("This page is past its review date.")).to_be_visible()
    expect(reader.get_by_text("It was due to be looked at again on 4 May 2023.")).to_be_visible()
    expect(reader.get_by_role("complementary", name="About this page")).to_contain_text(
        re.compile(r"Next review due\s+4 May 2023\s+Overdue")
    )
    reader.goto("/a-new-page/")
    expect(reader.get_by_role("heading", name="A new page", level=1)).to_be_visible()
    expect(reader.get_by_text("past its review date")).to_be_hidden()
    expect(reader.get_by_text("Overdue")).to_be_hidden()
