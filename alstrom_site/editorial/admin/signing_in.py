"""Who may enter the desk; the rule is the accounts' own."""

from alstrom_site.accounts.entrance import ENTER, may_enter

__all__ = ["ENTER", "may_enter"]
