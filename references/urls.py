"""Addresses of the bibliography."""

from django.urls import path, register_converter

from references.views import bibliography, entry, one, several


class KeyConverter:
    """A citation key as references.kinds allows it: words of letters and digits, joined by single marks."""

    regex = r"[A-Za-z0-9_]+(?:[:.#$%&\-+?<>~/][A-Za-z0-9_]+)*"

    def to_python(self, value: str) -> str:
        """Return the key."""
        return value

    def to_url(self, value: str) -> str:
        """Return the key; Django escapes it."""
        return value


register_converter(KeyConverter, "citation_key")

urlpatterns = [
    path("bibliography/", bibliography, name="reference-list"),
    path("bibliography/references.<slug:ending>", several, name="reference-several"),
    path("bibliography/<citation_key:key>/", entry, name="reference-read"),
    path("<path:address>/citation.<slug:ending>", one, name="page-citation"),
]
