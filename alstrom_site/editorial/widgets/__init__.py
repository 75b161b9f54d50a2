"""Form fields and widgets of the desk for any kind of document: lists of rows, lists of lines.

Each works as plain HTML; the scripts in static/editor/ only make it more comfortable.
"""

from alstrom_site.editorial.widgets.columns import Column
from alstrom_site.editorial.widgets.lines import LinesField
from alstrom_site.editorial.widgets.rows import RowsField, RowsWidget

__all__ = ["Column", "LinesField", "RowsField", "RowsWidget"]
