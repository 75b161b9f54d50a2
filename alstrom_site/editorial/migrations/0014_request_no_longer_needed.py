"""Requests of which no signature is wanted any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0013_fill_last_change")]

    operations = [
        migrations.AlterField(
            model_name="reviewrequest",
            name="answer",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("declined", "Declined"),
                    ("given", "Verdict given"),
                    ("not needed", "No longer needed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
