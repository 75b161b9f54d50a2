"""Form fields and widgets of the editor's desk: Markdown with a preview, lists of rows, lists of lines.

Each works as plain HTML; the scripts in static/editor/ only make it more comfortable.
"""

from pages.widgets.columns import Column
from pages.widgets.lines import LinesField
from pages.widgets.markdown import MarkdownField, MarkdownWidget
from pages.widgets.rows import RowsField, RowsWidget

__all__ = ["Column", "LinesField", "MarkdownField", "MarkdownWidget", "RowsField", "RowsWidget"]
