"""Images in a text: only those that editors uploaded, and each with words for people who do not see it."""

from collections.abc import Sequence

from markdown_it.token import Token

from pages.markdown.addresses import is_allowed_image
from pages.markdown.rendered import Findings, shortened
from pages.markdown.tokens import places, text_of


def place_images(tokens: Sequence[Token], findings: Findings) -> None:
    """Give each image its alternative text; leave only that text of an image from elsewhere; report what is amiss."""
    for token, line, _, _ in places(tokens, "image"):
        source, alternative = str(token.attrs["src"]), text_of(token.children)
        named = shortened(source)
        if not alternative:
            findings.report(
                "image-without-alt",
                f"The image “{named}” has no alternative text: say between the square brackets what it shows.",
                line,
            )
        if is_allowed_image(source):
            _show(token, alternative)
            findings.images.append(source)
        else:
            _leave_text(token, alternative)
            findings.report(
                "foreign-image",
                f"The image “{named}” is not one of this site's: upload it and use the address under /media/images/.",
                line,
            )


def _show(token: Token, alternative: str) -> None:
    token.type = "picture"  # not "image", for which the renderer would work out another alternative text
    token.attrs["alt"] = alternative
    token.attrs["loading"] = "lazy"


def _leave_text(token: Token, alternative: str) -> None:
    token.type = "text"
    token.content = alternative
