"""Whose name a name is."""

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.names import name_is_taken
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "other", "is_taken"),
    [
        ("Test O’Person", "test o person", True),
        ("Tést Person", "Test Person", True),
        ("रीना", "रानी", False),
        ("กิน", "กัน", False),
        ("রিনা", "রানি", False),
    ],
)
def test_a_name_is_that_of_somebody_else_where_letters_with_their_vowels_are(
    cast: Cast, name: str, other: str, is_taken: bool
) -> None:
    User.objects.filter(pk=cast.reviewer.pk).update(display_name=name)

    assert name_is_taken(other, but=cast.editor) is is_taken
