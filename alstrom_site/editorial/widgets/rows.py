"""A field for a list of records, edited as rows that can be added, moved and removed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from alstrom_site.editorial.widgets.columns import Column, TypedRow

EMPTY_ROWS = 2
MAX_ROWS = 200
# More than may stand, so that a list that is too long is given back whole with its error.
MAX_ROWS_READ = 1000
# Stands in the template of a new row where the script puts the row's number.
NEW_ROW = "__row__"

Names = Mapping[str, Mapping[str, str]]
"""By the name of its column, what each known value is called."""


@dataclass(frozen=True)
class _Cell:
    column: Column
    name: str
    id: str
    value: str
    error: str
    options: Sequence[tuple[str, str]] | None
    list_id: str = ""
    """Of the list of suggestions, for a column with known values."""
    known_as: str = ""
    """The name of a known value."""


class RowsWidget(forms.Widget):
    """Rows of labelled cells; without a script each has an order number and a box to remove it, and two are empty."""

    template_name = "editorial/widgets/rows.html"
    columns: Sequence[Column] = ()
    row_noun = "row"
    # Both are set for one form at a time, by RowsBoundField.
    group_label = ""
    cell_errors: Mapping[tuple[int, str], str] = {}

    class Media:
        css = {"all": ["editor/rows.css"]}
        js = [forms.Script("editor/rows.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the rows to show, every cell with its error, and one more as the pattern for new rows."""
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        rows = _typed_rows(value, self.columns)
        names = _names(rows, self.columns)
        rows += [TypedRow({}) for _ in range(EMPTY_ROWS)]
        context["rows"] = {
            "id": id_,
            "noun": self.row_noun,
            "label": self.group_label,
            "total": len(rows),
            "shown": [self._row(name, id_, index, row, names) for index, row in enumerate(rows)],
            "pattern": self._row(name, id_, NEW_ROW, TypedRow({}), names),
            "suggestions": [
                (_list_id(id_, column), column.known.suggestions()) for column in self.columns if column.known
            ],
            "described_by": context["widget"]["attrs"].get("aria-describedby", ""),
        }
        return context

    def _row(self, name: str, id_: str, index: int | str, row: TypedRow, names: Names) -> dict[str, Any]:
        number = index + 1 if isinstance(index, int) else ""
        return {
            "number": number,
            "order": row.order or number,
            "removed": row.removed,
            "blank": row.blank,
            "name": f"{name}-{index}",
            "id": f"{id_}_{index}",
            "cells": [
                replace(
                    self._cell(f"{name}-{index}-{column.name}", f"{id_}_{index}_{column.name}", column, row),
                    error=self.cell_errors.get((index, column.name), "") if isinstance(index, int) else "",
                    list_id=_list_id(id_, column) if column.known else "",
                    known_as=names.get(column.name, {}).get(row.cells.get(column.name, ""), ""),
                )
                for column in self.columns
            ],
        }

    def _cell(self, name: str, id_: str, column: Column, row: TypedRow) -> _Cell:
        value = row.cells.get(column.name, "")
        return _Cell(column, name, id_, value, "", _options(column, value))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[TypedRow]:
        """Return every row as it was typed, in the order of the order numbers."""
        rows = [self._typed(data, f"{name}-{index}") for index in range(_total(data, name))]
        return sorted((row for row in rows if not row.blank), key=_order)

    def _typed(self, data: Mapping[str, Any], prefix: str) -> TypedRow:
        cells = {column.name: str(data.get(f"{prefix}-{column.name}", "")).strip() for column in self.columns}
        return TypedRow(cells, str(data.get(f"{prefix}-ORDER", "")).strip(), f"{prefix}-REMOVE" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether the form was sent without this field."""
        return f"{name}-TOTAL" not in data

    def id_for_label(self, id_: str | None) -> str:
        """Return nothing: the label names a group, not one input."""
        return ""


def _list_id(id_: str, column: Column) -> str:
    return f"{id_}_known_{column.name}"


def _names(rows: Iterable[TypedRow], columns: Iterable[Column]) -> Names:
    return {
        column.name: column.known.names({value for row in rows if (value := row.cells.get(column.name, ""))})
        for column in columns
        if column.known
    }


def _total(data: Mapping[str, Any], name: str) -> int:
    try:
        return min(max(int(data.get(f"{name}-TOTAL", 0)), 0), MAX_ROWS_READ)
    except ValueError:
        return 0


def _order(row: TypedRow) -> float:
    # A row without a number comes last, in the order in which the rows stand.
    return float(row.order) if row.order.isascii() and row.order.isdigit() else float("inf")


def _options(column: Column, value: str) -> list[tuple[str, str]] | None:
    offered = column.offered()
    if offered is None:
        return None
    unknown = [(value, f"{value} (not in the list)")] if value and value not in dict(offered) else []
    return [("", "Choose…"), *unknown, *offered]


def _typed_rows(value: Any, columns: Sequence[Column]) -> list[TypedRow]:
    return [_typed_row(row, columns) for row in value or []]


def _typed_row(row: Any, columns: Sequence[Column]) -> TypedRow:
    if isinstance(row, TypedRow):
        return row
    if isinstance(row, str):
        return TypedRow({columns[0].name: row})
    return TypedRow({column.name: str(row.get(column.name, "")) for column in columns})


class RowsBoundField(BoundField):
    """Tells the widget the label, and which cells are wrong, so that each sentence stands beside its cell."""

    def as_widget(
        self, widget: forms.Widget | None = None, attrs: dict[str, Any] | None = None, only_initial: bool = False
    ) -> SafeString:
        """Return the rows as HTML."""
        widget = widget or self.field.widget
        if isinstance(widget, RowsWidget):
            found = self.form.errors.as_data().get(self.name, []) if self.form.is_bound else []
            widget.group_label = str(self.label)
            widget.cell_errors = {
                (error.params["index"], error.params["column"]): error.params["sentence"]
                for error in found
                if isinstance(error.params, dict) and "column" in error.params
            }
        return super().as_widget(widget, attrs, only_initial)


class RowsField(forms.Field):
    """A list of records as rows: cleans to a list of dicts with the columns' names as keys.

    With ``flat`` and one column it cleans to a list of strings. ``unique`` names a column in which no value may come
    twice. ``row_noun`` is what one row is called ("author").
    """

    widget = RowsWidget
    bound_field_class = RowsBoundField

    def __init__(
        self,
        columns: Iterable[Column],
        *,
        flat: bool = False,
        unique: str | None = None,
        row_noun: str = "row",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.columns = tuple(columns)
        self.flat = flat
        self.unique = unique
        if isinstance(self.widget, RowsWidget):
            self.widget.columns = self.columns
            self.widget.row_noun = row_noun

    def clean(self, value: Any) -> list[Any]:
        """Return the rows in order; raise ValidationError with one sentence for each cell that is wrong."""
        typed = _typed_rows(value, self.columns)
        counting = [(index, row) for index, row in enumerate(typed) if row.counts]
        if not counting and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(counting) > MAX_ROWS:
            raise ValidationError(f"These are more than {MAX_ROWS} rows. Remove some.", code="too-many")
        errors: list[ValidationError] = []
        records = [self._record(index, row, errors) for index, row in counting]
        errors += self._repeated([index for index, _ in counting], records)
        if errors:
            raise ValidationError(errors)
        return self._kept(records)

    def _record(self, index: int, row: TypedRow, errors: list[ValidationError]) -> dict[str, str]:
        record = {}
        for column in self.columns:
            typed = row.cells.get(column.name, "")
            try:
                record[column.name] = column.clean(typed)
            except ValidationError as wrong:
                record[column.name] = typed
                errors.append(_at_cell(index, column.name, " ".join(wrong.messages)))
        return record

    def _repeated(self, indexes: list[int], records: list[dict[str, str]]) -> list[ValidationError]:
        if self.unique is None:
            return []
        first: dict[str, int] = {}
        errors = []
        for index, record in zip(indexes, records, strict=True):
            value = record[self.unique]
            if value and value in first:
                sentence = f"“{value}” already stands in row {first[value] + 1}. Remove one of them."
                errors.append(_at_cell(index, self.unique, sentence))
            first.setdefault(value, index)
        return errors

    def _kept(self, records: list[dict[str, str]]) -> list[Any]:
        return [record[self.columns[0].name] for record in records] if self.flat else list(records)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the list itself differs; empty rows and renumbered order fields change nothing."""
        if self.disabled:
            return False
        return self._comparable(initial) != self._comparable(data)

    def _comparable(self, value: Any) -> list[tuple[str, ...]]:
        rows = [row for row in _typed_rows(value, self.columns) if row.counts]
        return [tuple(row.cells.get(column.name, "").strip() for column in self.columns) for row in rows]


def _at_cell(index: int, column: str, sentence: str) -> ValidationError:
    params = {"row": index + 1, "index": index, "column": column, "sentence": sentence}
    return ValidationError("Row %(row)s. %(sentence)s", code="cell", params=params)
