"""Pictures in the editor: put in with their description, refused with a reason, never at the cost of the text."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.writing_page import body, choose_picture, picture, text_field

pytestmark = [pytest.mark.urls("tests.journeys.writing_page"), pytest.mark.usefixtures("known_names")]


def test_a_picture_goes_in_at_the_caret_with_its_description(desk: Page) -> None:
    text_field(desk).fill("Before  after.")
    text_field(desk).evaluate("f => f.setSelectionRange(7, 7)")

    choose_picture(desk, picture(), "A grey [gradient]")

    expect(text_field(desk)).to_have_value(
        re.compile(r"^Before !\[A grey \\\[gradient\\\]\]\(/media/images/[0-9a-f]{32}\.png\) after\.$")
    )
    shown = body(desk).get_by_role("img", name="A grey [gradient]")
    expect(shown).to_be_visible()
    assert shown.evaluate("i => i.decode().then(() => i.naturalWidth)") == 320
    desk.keyboard.press("Control+z")
    expect(text_field(desk)).to_have_value("Before  after.")


@pytest.mark.parametrize(
    ("content", "alt", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Words", "SVG drawings cannot be used"),
        (b"GIF89a<script>alert(1)</script>", "Words", "JPEG|damaged"),
        (picture(), " ", "Describe the picture in words"),
    ],
)
def test_a_picture_that_is_refused_writes_nothing_into_the_text(
    desk: Page, content: bytes, alt: str, sentence: str
) -> None:
    text_field(desk).fill("Words.")

    choose_picture(desk, content, alt)

    expect(body(desk).get_by_role("alert")).to_have_text(re.compile(sentence))
    expect(text_field(desk)).to_have_value("Words.")


def test_a_failing_upload_keeps_the_text_the_file_and_the_description(desk: Page) -> None:
    text_field(desk).fill("Words.")
    desk.route("**/editor/upload/", lambda route: route.fulfill(status=500, body="<h1>Server Error</h1>"))

    choose_picture(desk, picture(), "A gradient")

    expect(body(desk).get_by_role("alert")).to_have_text(re.compile("error 500"))
    expect(text_field(desk)).to_have_value("Words.")
    expect(body(desk).get_by_label("Description for readers")).to_have_value("A gradient")
    desk.unroute("**/editor/upload/")
    body(desk).get_by_label("Description for readers").press("Enter")
    expect(text_field(desk)).to_have_value(re.compile(r"!\[A gradient\]"))


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_pasted_or_dropped_picture_asks_for_its_description(desk: Page, kind: str) -> None:
    text_field(desk).evaluate(
        """(field, [kind, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], "pasted.png", {type: "image/png"}));
            const options = {bubbles: true, cancelable: true, clipboardData: transfer, dataTransfer: transfer};
            field.dispatchEvent(kind === "paste" ? new ClipboardEvent(kind, options) : new DragEvent(kind, options));
        }""",
        [kind, list(picture())],
    )

    alt = body(desk).get_by_label("Description for readers")
    expect(alt).to_be_focused()
    alt.fill("Pasted")
    body(desk).get_by_role("button", name="Insert picture").click()
    expect(text_field(desk)).to_have_value(re.compile(r"^!\[Pasted\]\(/media/images/"))
