from django.db import migrations, models


class Migration(migrations.Migration):
    """The documents of many editions are found in an index alone, such as those that one person wrote in."""

    dependencies = [("editorial", "0021_owner_and_policy_are_recorded")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["id"], include=["document"], name="editorial_edition_of_document"),
        ),
    ]
