"""Wiring of the bibliography."""

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    """The bibliography."""

    name = "references"
    verbose_name = "Bibliography"

    def ready(self) -> None:
        """Make the kind known to the workflow, and what is kept of it here to the check of the record."""
        from alstrom_site.editorial.kinds import register
        from alstrom_site.editorial.verification.rooms import join
        from references.completion import traits
        from references.kinds import ReferenceKind
        from references.publication import compose_entry
        from references.watching import new_standing
        from references.watching.record import ROOM

        register(ReferenceKind(), compose=compose_entry, traits=traits, standing=new_standing)
        join(ROOM)
