from typing import Any

from django.db import migrations

from references.licences import is_open


def take_out(apps: Any, schema_editor: Any) -> None:
    """By the one rule of today: what is listed follows it, and making the page anew brings back what it opens."""
    pages = apps.get_model("editorial", "PublishedPage").objects.filter(
        kind="reference", listing__reference__has_key="abstract"
    )
    for page in pages.iterator():
        shared = page.listing["reference"]
        if not is_open(shared.get("abstract_licence") or ""):
            del shared["abstract"]
            page.save(update_fields=["listing"])


class Migration(migrations.Migration):
    """No abstract is handed on whose licence says more than that it is an open one, such as a permission."""

    dependencies = [
        ("editorial", "0017_requests_are_signed"),
        ("references", "0014_abstracts_that_a_licence_forbids"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
