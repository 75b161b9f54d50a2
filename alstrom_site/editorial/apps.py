"""Wiring of the editorial app."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    """The workflow: documents, editions, revisions, reviews, events."""

    name = "alstrom_site.editorial"
    label = "editorial"
    verbose_name = "Editorial record"

    def ready(self) -> None:
        """Have what is derived completed after an upgrade, before any step asks it whom to flag."""
        post_migrate.connect(complete_derived, sender=self, dispatch_uid="editorial-complete-derived")


def complete_derived(*, using: str, plan: Sequence[tuple[object, bool]] = (), **_: Any) -> None:
    """Write the rows that texts of an earlier release lack, once all migrations went forward."""
    from alstrom_site.editorial import derived

    if using != DEFAULT_DB_ALIAS or not plan or any(backwards for _, backwards in plan):
        return
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        derived.complete()
