import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What documents are told apart by; `rebuild_pages` writes the rows of texts that are older than this."""

    dependencies = [("editorial", "0008_page_is_withdrawn")]

    operations = [
        migrations.CreateModel(
            name="Trait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=400)),
                ("is_own", models.BooleanField(help_text="No other document may have it.")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="traits", to="editorial.document"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("value", "scheme", "document"), name="editorial_trait_once"),
                    models.UniqueConstraint(
                        condition=Q(is_own=True), fields=("value", "scheme"), name="editorial_trait_of_one_document"
                    ),
                ],
            },
        ),
    ]
