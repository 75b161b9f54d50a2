from django.db import migrations, models


class Migration(migrations.Migration):
    """A public page says by itself that it was withdrawn, for the lists that leave it out."""

    dependencies = [("editorial", "0007_typing_has_its_time")]

    operations = [
        migrations.AddField(
            model_name="publishedpage",
            name="withdrawn_at",
            field=models.DateTimeField(help_text="Since when it must not be relied on; it stays readable.", null=True),
        ),
    ]
