"""The field for lines: what it shows, what it takes, and which lines it refuses."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from alstrom_site.editorial.widgets import LinesField


class Writing(forms.Form):
    names = LinesField(required=False, max_line_length=10)


def sent(names: str) -> Writing:
    return Writing({"names": names})


def test_lines_come_out_as_a_list() -> None:
    form = sent(names=" Alström \r\n\r\nALMS\r\n")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["names"] == ["Alström", "ALMS"]


def test_a_list_is_shown_as_lines_and_what_was_typed_as_typed() -> None:
    assert ">\nOne\nTwo</textarea>" in str(Writing(initial={"names": ["One", "Two"]})["names"])
    assert ">\n One \n\nTwo</textarea>" in str(sent(names=" One \n\nTwo")["names"])


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (["One", "Two"], "One\r\n\r\nTwo \r\n", False),
        (["One", "Two"], "Two\r\nOne", True),
        ([], "", False),
        (None, None, False),
        (None, "One", True),
    ],
)
def test_only_another_list_is_a_change(initial: list[str] | None, data: str | None, changed: bool) -> None:
    assert LinesField().has_changed(initial, data) is changed


def test_every_line_that_is_too_long_is_named() -> None:
    form = sent(names="short\nmuch too long\nshort\nalso too long")

    assert form.errors["names"] == [
        "Line 2 is longer than 10 characters. Shorten it.",
        "Line 4 is longer than 10 characters. Shorten it.",
    ]


def test_validators_see_each_line() -> None:
    field = LinesField(validators=[RegexValidator(r"^[a-z]+$", "Write small letters only.")])

    assert field.clean("ab\ncd") == ["ab", "cd"]
    with pytest.raises(ValidationError, match="small letters"):
        field.clean("ab\nCD")


@pytest.mark.parametrize("typed", ["", "  \n "])
def test_a_required_list_needs_a_line(typed: str) -> None:
    with pytest.raises(ValidationError, match="required"):
        LinesField().clean(typed)
