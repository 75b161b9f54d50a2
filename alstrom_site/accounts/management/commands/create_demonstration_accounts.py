"""Makes the accounts with which a site on the embedded database can be tried out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from alstrom_site.accounts.demonstration import ACCOUNTS, PASSWORD, NameTaken, make_accounts


class Command(BaseCommand):
    """Make them where they are missing and print who may sign in and how."""

    help = "Make the demonstration accounts, on the embedded database only, and print their names and password."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError on any other database, and where a person has one of the names."""
        if not settings.EMBEDDED_DATABASE:
            raise CommandError(
                "Demonstration accounts have a password that everybody knows, so they are made on the embedded "
                "database only. DATABASE_URL names another one."
            )
        try:
            with transaction.atomic():
                make_accounts()
        except NameTaken as taken:
            raise CommandError(str(taken)) from taken
        self.stdout.write(f"Demonstration accounts, each with the password {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<15}{account.role.purpose}")
