import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

OWN = Q(heading="")


class Migration(migrations.Migration):
    """Long lists of readers are counted and gone through by rows of their own, without reading the pages."""

    dependencies = [("editorial", "0022_documents_of_editions")]

    operations = [
        migrations.CreateModel(
            name="ListPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                (
                    "heading",
                    models.TextField(
                        blank=True, help_text="The address of the page under which it stands; empty: its own."
                    ),
                ),
                ("heading_order", models.CharField(blank=True, db_collation="C", max_length=100)),
                ("order", models.CharField(blank=True, db_collation="C", max_length=200)),
                ("year", models.CharField(blank=True, db_collation="C", max_length=4)),
                ("type", models.CharField(blank=True, db_collation="C", max_length=40)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="editorial.publishedpage",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(name="editorial_place_by_order", fields=["kind", "order", "page"], condition=OWN),
                    models.Index(
                        F("kind"),
                        F("year").desc(),
                        F("order"),
                        F("page"),
                        name="editorial_place_by_year",
                        condition=OWN,
                    ),
                    models.Index(
                        name="editorial_place_by_type", fields=["kind", "type", "order", "page"], condition=OWN
                    ),
                    models.Index(
                        name="editorial_place_by_heading",
                        fields=["kind", "heading_order", "heading", "order", "page"],
                        condition=~OWN,
                    ),
                    models.Index(name="editorial_place_under", fields=["kind", "heading"], condition=~OWN),
                ],
            },
        ),
    ]
