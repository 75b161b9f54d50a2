"""The Markdown field of the forms of `pages`: a text field with a toolbar and a live preview.

It works as plain HTML; the scripts in static/editor/ only make it more comfortable.
"""

from pages.widgets.markdown import MarkdownField, MarkdownWidget

__all__ = ["MarkdownField", "MarkdownWidget"]
