"""Names of people, as those who read them tell them apart."""

from unicodedata import category

from alstrom_site.accounts.models import User
from alstrom_site.folding import fold


def name_is_taken(name: str, *, but: User | None = None) -> bool:
    """Return whether an open account other than `but` has this name. Letters, marks and digits count. One query."""
    wanted = _letters(name)
    open_accounts = User.objects.filter(is_active=True)
    return bool(wanted) and any(wanted == _letters(str(person)) for person in open_accounts if person != but)


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if category(letter)[0] in "LMN")
