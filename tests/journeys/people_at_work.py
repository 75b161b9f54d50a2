"""What people do in a browser, as every journey writes it: by clicking and typing what can be seen on the page."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from alstrom_site.accounts.models import User
from tests.cast import PASSWORD


def sign_in(page: Page, person: User, password: str = PASSWORD) -> None:
    """Go to the desk and enter with user name and password, as everybody does."""
    page.goto("/admin/")
    page.get_by_label("User name").fill(person.username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your desk", level=1)).to_be_visible()


def to_the_desk(page: Page) -> None:
    """Go to the front page of the desk by the name of the site."""
    page.get_by_role("link", name="Editors’ desk").click()


def waiting(page: Page) -> Locator:
    """Return what the front page shows as waiting for this person."""
    return page.get_by_role("region", name="Waiting for me")


def type_into(page: Page, label: str, words: str) -> None:
    """Type at the end of the field of this label."""
    field = page.get_by_label(label, exact=True)
    field.click()
    field.press("Control+End")
    page.keyboard.type(words)


def put_picture(page: Page, label: str, alt: str) -> None:
    """Add a grey gradient through the tools of the Markdown field of this label, described by `alt`."""
    editor = page.locator("[data-markdown-editor]").filter(has=page.get_by_label(label, exact=True))
    editor.get_by_role("button", name="Picture").click()
    chosen = FilePayload(name="gradient.png", mimeType="image/png", buffer=gradient())
    editor.get_by_label("Picture file").set_input_files(chosen)
    editor.get_by_label("Description for readers").fill(alt)
    editor.get_by_role("button", name="Insert picture").click()
    expect(editor.get_by_role("img", name=alt)).to_be_visible()


def gradient() -> bytes:
    """Return a PNG of 320 by 160 pixels."""
    out = BytesIO()
    Image.linear_gradient("L").resize((320, 160)).save(out, "PNG")
    return out.getvalue()


def take_step(page: Page, name: str) -> None:
    """Open the step of this name on a document's page and confirm it."""
    page.get_by_role("main").get_by_text(f"{name}…", exact=True).click()
    page.get_by_role("button", name=f"{name} now").click()


def sign_and_record(page: Page, password: str = PASSWORD) -> None:
    """Sign the verdict on the screen with the password."""
    type_password(page, password)
    page.get_by_role("button", name="Sign and record", exact=True).click()


def type_password(page: Page, password: str = PASSWORD) -> None:
    """Write the password into the form that is signed."""
    page.get_by_label("Your password").fill(password)
