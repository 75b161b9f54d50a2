from django.db import migrations, models


class Migration(migrations.Migration):
    """What was compared with a file of notices is kept as what was brought to draft from."""

    dependencies = [
        ("references", "0009_notice_is_recorded"),
    ]

    operations = [
        migrations.AlterField(
            model_name="intake",
            name="way",
            field=models.CharField(
                choices=[("import", "Imported"), ("look-up", "Looked up"), ("notices", "Compared")], max_length=20
            ),
        ),
        migrations.AlterField(
            model_name="intakerecord",
            name="item",
            field=models.JSONField(help_text="CSL-JSON, or a row of a file of notices."),
        ),
    ]
