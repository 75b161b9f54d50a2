import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("editorial", "0001_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("address", models.CharField(max_length=120)),
                ("position", models.PositiveIntegerField(help_text="Counts from 1 through the whole text.")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="editorial.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["kind", "address", "revision"], name="editorial_relation_by_address"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "kind", "address"), name="editorial_relation_once_per_revision"
                    ),
                ],
            },
        ),
    ]
