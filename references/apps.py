"""Wiring of the bibliography."""

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    """The bibliography."""

    name = "references"
    verbose_name = "Bibliography"

    def ready(self) -> None:
        """Make the kind known to the workflow."""
        from alstrom_site.editorial.kinds import register
        from references.completion import traits
        from references.kinds import ReferenceKind
        from references.publication import compose_entry
        from references.watching import new_standing

        register(ReferenceKind(), compose=compose_entry, traits=traits, standing=new_standing)
