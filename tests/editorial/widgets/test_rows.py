"""The field for rows: what it shows, what it takes, and that nothing typed is lost."""

import re
from collections.abc import Collection
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from alstrom_site.editorial.widgets import Column, RowsField, RowsWidget


def year(typed: str) -> str:
    if not typed.isdigit():
        raise ValueError("Write the year in digits.")
    return str(int(typed))


def no_spaces(typed: str) -> str:
    if " " in typed:
        raise ValidationError("Write it without spaces.")
    return typed


RELATED = [
    Column("address", "Page", choices=lambda: [("what-it-is", "What it is"), ("causes", "Causes")]),
    Column("description", "Description", width="wide", required=False, max_length=20, check=no_spaces),
    Column("year", "Year", required=False, check=year, width="narrow"),
]


class Writing(forms.Form):
    related = RowsField(RELATED, unique="address", row_noun="page", required=False)
    faqs = RowsField([Column("slug", "Question")], flat=True, required=False)


def rows_widget() -> RowsWidget:
    widget = RowsField(RELATED).widget
    assert isinstance(widget, RowsWidget)
    return widget


def row(index: int, **cells: object) -> dict[str, str]:
    return {f"related-{index}-{name}": str(value) for name, value in cells.items()}


def sent(*rows: dict[str, str], **others: str) -> Writing:
    fields: dict[str, str] = {"related-TOTAL": str(len(rows)), "faqs-TOTAL": "0", **others}
    for one in rows:
        fields |= one
    return Writing(MultiValueDict({name: [value] for name, value in fields.items()}))


def cleaned(*rows: dict[str, str]) -> Any:
    form = sent(*rows)
    assert form.is_valid(), form.errors
    return form.cleaned_data["related"]


def inputs(html: str) -> dict[str, str]:
    """What a browser without a script would send back of the text cells."""
    return dict(
        re.findall(r'<input type="text" name="([^"]+)" id="[^"]+" value="([^"]*)"', html.partition("<template")[0])
    )


def test_rows_come_out_in_the_order_of_their_numbers_without_the_removed_and_the_empty() -> None:
    assert cleaned(
        row(0, address="causes", description="Second", ORDER=2),
        row(1, address="what-it-is", description="First", year="02008", ORDER=1),
        row(2, address="causes", description="Gone", ORDER=3, REMOVE="on"),
        row(3, address="", description="  ", ORDER=4),
    ) == [
        {"address": "what-it-is", "description": "First", "year": "2008"},
        {"address": "causes", "description": "Second", "year": ""},
    ]


@pytest.mark.parametrize("order", ["", "x", "-1", "²", "1.5", "9" * 5000])
def test_a_row_without_a_sound_number_comes_last(order: str) -> None:
    rows = cleaned(row(0, address="causes", ORDER=order), row(1, address="what-it-is", ORDER=7))

    assert [one["address"] for one in rows] == ["what-it-is", "causes"]


@pytest.mark.parametrize("total", ["", "x", "-3", "0"])
def test_a_number_of_rows_that_makes_no_sense_means_none(total: str) -> None:
    form = sent(row(0, address="causes"), **{"related-TOTAL": total})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["related"] == []


def test_an_absurd_number_of_rows_costs_no_more_than_the_bound() -> None:
    typed = MultiValueDict({"related-TOTAL": ["999999999999"], "related-1500-address": ["causes"]})

    assert rows_widget().value_from_datadict(typed, {}, "related") == []


def test_a_column_alone_can_come_out_as_strings() -> None:
    form = sent(**{"faqs-TOTAL": "2", "faqs-0-slug": "b", "faqs-0-ORDER": "2", "faqs-1-slug": "a", "faqs-1-ORDER": "1"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["faqs"] == ["a", "b"]
    assert inputs(str(Writing(initial={"faqs": ["x", "y"]})["faqs"]))["faqs-1-slug"] == "y"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"description": "Text"}, "address", "Page is missing. Fill it in, or remove the row."),
        ({"address": "elsewhere"}, "address", "Page: “elsewhere” is not in the list. Choose another."),
        ({"address": "causes", "description": "x" * 21}, "description", "Description is longer than 20 characters."),
        ({"address": "causes", "description": "two words"}, "description", "Write it without spaces."),
        ({"address": "causes", "year": "MMVIII"}, "year", "Write the year in digits."),
    ],
)
def test_what_is_wrong_with_a_cell_stands_beside_it(cells: dict[str, str], column: str, sentence: str) -> None:
    form = sent(row(0, address="what-it-is", ORDER=1), row(1, **cells, ORDER=2))

    html = str(form["related"])

    assert len(form.errors["related"]) == 1
    assert str(form.errors["related"][0]).startswith(f"Row 2. {sentence}")
    assert re.search(rf'<p class="rows__error" id="id_related_1_{column}_error">{re.escape(sentence)}', html)
    assert html.count("aria-invalid") == 1
    assert f'aria-describedby="id_related_1_{column}_error"' in html


def test_every_wrong_cell_is_named_at_once() -> None:
    form = sent(row(0, description="two words", year="x"), row(1, address="nowhere"))

    assert len(form.errors["related"]) == 4


def test_a_repeated_value_names_the_row_it_repeats() -> None:
    form = sent(row(0, address="causes"), row(1, address="what-it-is"), row(2, address="causes"))

    assert form.errors["related"] == ["Row 3. “causes” already stands in row 1. Remove one of them."]


def test_nothing_typed_is_lost_when_the_form_comes_back() -> None:
    form = sent(
        row(0, address="elsewhere", description='"<b>"', year="x", ORDER=2),
        row(1, address="causes", description="Kept", ORDER=5, REMOVE="on"),
        row(2, description="no page", ORDER=1),
    )

    html = str(form["related"])

    assert not form.is_valid()
    assert inputs(html) == {
        "related-0-description": "no page", "related-0-year": "",
        "related-1-description": "&quot;&lt;b&gt;&quot;", "related-1-year": "x",
        "related-2-description": "Kept", "related-2-year": "",
        "related-3-description": "", "related-3-year": "",
        "related-4-description": "", "related-4-year": "",
    }  # fmt: skip
    assert '<option value="elsewhere" selected>elsewhere (not in the list)</option>' in html
    assert re.search(r'name="related-2-REMOVE"[^>]* checked', html)
    assert 'name="related-TOTAL" value="5"' in html


def test_a_required_list_needs_a_row_that_counts() -> None:
    field = RowsField(RELATED)
    typed = MultiValueDict({name: [value] for name, value in row(0, address="causes", REMOVE="on").items()})
    typed["related-TOTAL"] = "1"

    with pytest.raises(ValidationError, match="required"):
        field.clean(rows_widget().value_from_datadict(typed, {}, "related"))


def test_a_list_that_is_too_long_is_given_back_whole() -> None:
    form = sent(*(row(index, address="causes", description=f"n{index}") for index in range(201)))

    assert form.errors["related"] == ["These are more than 200 rows. Remove some."]
    assert inputs(str(form["related"]))["related-200-description"] == "n200"


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        ([row(0, address="causes", description="A", ORDER=9), row(1, ORDER=10)], False),
        ([row(0, address="causes", description="A ")], False),
        ([row(0, address="causes", description="B")], True),
        ([row(0, address="causes", description="A", REMOVE="on")], True),
        ([row(0, address="causes", description="A"), row(1, address="what-it-is")], True),
        ([], True),
    ],
)
def test_only_another_list_of_rows_is_a_change(rows: list[dict[str, str]], changed: bool) -> None:
    form = sent(*rows)
    form.initial = {"related": [{"address": "causes", "description": "A", "year": ""}]}

    assert ("related" in form.changed_data) is changed


def test_the_order_is_part_of_the_list() -> None:
    form = sent(row(0, address="causes", ORDER=2), row(1, address="what-it-is", ORDER=1))
    form.initial = {"related": [{"address": "causes"}, {"address": "what-it-is"}]}

    assert "related" in form.changed_data


def test_without_a_script_two_empty_rows_wait_and_each_can_be_ordered_and_removed() -> None:
    html = str(Writing(initial={"related": [{"address": "causes", "description": "A"}]})["related"])
    plain = html.partition("<template")[0]

    assert plain.count('-ORDER"') == 3
    assert plain.count('type="checkbox"') == 3
    assert plain.count("data-blank") == 2
    assert not re.search(r"<script|style=|\son\w+=", html)
    assert all(f'for="{id_}"' in html for id_ in re.findall(r'<(?:input type="text"|select)[^>]* id="([^"]+)"', html))


def test_the_rows_are_named_by_the_label_of_the_field() -> None:
    assert re.search(r'role="group" aria-label="Related"', str(Writing()["related"]))


def test_two_forms_do_not_share_their_errors() -> None:
    wrong, right = sent(row(0, address="nowhere")), sent(row(0, address="causes"))

    shown = str(wrong["related"]), str(right["related"])

    assert ["rows__error" in html for html in shown] == [True, False]
    assert not RowsWidget.cell_errors


# Known values


class Places:
    """Two known values, one of which is suggested."""

    def suggestions(self) -> list[tuple[str, str]]:
        return [("north", "The <North>")]

    def names(self, values: Collection[str]) -> dict[str, str]:
        assert set(values) <= {"north", "south", "elsewhere"}
        return {"north": "The <North>", "south": "The South"}


class Travelling(forms.Form):
    places = RowsField([Column("place", "Place", known=Places())], flat=True, required=False)


def test_known_values_are_suggested_and_each_stands_with_its_name() -> None:
    html = str(Travelling(initial={"places": ["south", "elsewhere"]})["places"])

    assert '<datalist id="id_places_known_place"><option value="north" label="The &lt;North&gt;"></option>' in html
    assert html.count('list="id_places_known_place"') == 5
    assert re.search(r'id="id_places_0_place_name" data-row-name>The South</p>', html)
    assert re.search(r'id="id_places_1_place_name" data-row-name></p>', html)


def test_a_value_that_is_not_known_is_taken_all_the_same() -> None:
    form = Travelling(MultiValueDict({"places-TOTAL": ["1"], "places-0-place": ["elsewhere"]}))

    assert form.is_valid()
    assert form.cleaned_data["places"] == ["elsewhere"]
