"""The Markdown field: django-markdownx's, with our own template, script and addresses."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget, MarkdownxWidget

PREVIEW_URL_NAME = "text-preview"
UPLOAD_URL_NAME = "image-upload"
COMPLETIONS_URL_NAME = "text-completions"


def _module(path: str) -> forms.Script:
    return forms.Script(path, type="module")


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class MarkdownWidget(AdminMarkdownxWidget):
    """A text field for Markdown with a toolbar, a live preview and a place to send pictures.

    ``word_limit`` shows how many words of how many are written; ``where`` names the field to the preview.
    """

    template_name = "pages/widgets/markdown.html"

    class Media:
        extend = False  # markdownx's own script and style must not load
        css = {"all": ["editor/editor.css", "editor/preview.css", "editor/citing.css"]}
        js = [_module(f"editor/{name}.js") for name in ("editor", "preview", "pictures", "citing")]

    def __init__(self, attrs: dict[str, Any] | None = None, *, word_limit: int | None = None, where: str = "") -> None:
        super().__init__(attrs)
        self.word_limit = word_limit
        self.where = where

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return what the template takes, without the addresses and classes that markdownx would add."""
        context: dict[str, Any] = super(MarkdownxWidget, self).get_context(name, value, attrs)
        context["editor"] = {
            "preview_url": reverse(PREVIEW_URL_NAME),
            "upload_url": reverse(UPLOAD_URL_NAME),
            "completions_url": reverse(COMPLETIONS_URL_NAME),
            "word_limit": self.word_limit,
            "where": self.where or name.rpartition("-")[2],
        }
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any | None = None
    ) -> SafeString:
        """Return the field as HTML; unlike markdownx's it needs no attributes to be given."""
        html: SafeString = super(MarkdownxWidget, self).render(name, value, attrs, renderer)
        return html


class MarkdownField(MarkdownxFormField):
    """Markdown text with plain newlines. ``word_limit`` is shown, not enforced: requirements are checked elsewhere."""

    def __init__(self, *, word_limit: int | None = None, **options: Any) -> None:
        options.setdefault("widget", MarkdownWidget(word_limit=word_limit))
        # markdownx's own would only look whether the widget is one of its kind.
        super(MarkdownxFormField, self).__init__(**options)

    def to_python(self, value: Any) -> str:
        """Return the text; browsers send line ends as CR LF, we keep LF."""
        return super().to_python(_plain_newlines(value) if isinstance(value, str) else value) or ""
