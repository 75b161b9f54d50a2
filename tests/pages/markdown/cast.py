"""The references and terms that these tests cite, and short ways to render with them."""

from pages.markdown import Rendered, Renderer

REFERENCES = {
    "first": "Tester and Sample 1973",
    "second": "Sample 2007",
    "third": "Tester and others 2008",
    "known": "Tester 2001",
    "hostile": '"><img src=x onerror=window.__x=1>',
}
NAMES = {"first": "Tester and Sample", "second": "Sample", "hostile": "<img src=x onerror=window.__x=1>"}
TERMS = {
    "cone": "cone",
    "night-blindness": "night blindness",
    "hostile": '"><script>window.__x=1</script>',
}


def new_renderer() -> Renderer:
    """A page that has no text yet."""
    return Renderer(references=REFERENCES, terms=TERMS, names=NAMES)


def render(text: str) -> Rendered:
    """The text as the only one of its page."""
    return new_renderer().render(text)


def codes(text: str) -> list[str]:
    """The codes of the problems in the text."""
    return [problem.code for problem in render(text).problems]
