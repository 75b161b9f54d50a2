"""A flag may name the reviewer who was asked to look at a live text again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0026_reviewed_by_medical_reviewers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="flag",
            name="asked",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks_asked",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="flag",
            name="reason",
            field=models.CharField(
                choices=[
                    ("emergency", "Published before its review"),
                    ("dependency", "Something it shows has changed"),
                    ("source", "A source it cites has changed its standing"),
                    ("asked", "Somebody asks a reviewer to look at it again"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint(model_name="flag", name="editorial_flag_once_while_it_stands"),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("document", "reason", "about", "asked"),
                name="editorial_flag_once_while_it_stands",
                nulls_distinct=False,
            ),
        ),
    ]
