from django.db import migrations, models
from django.db.models import F, Q

OWN = Q(heading="")
PLACE = "listplace"


class Migration(migrations.Migration):
    """The indexes of places hold all that a list asks for, so that no place before its page is looked up."""

    dependencies = [("editorial", "0024_typing_of_each_opened_form")]

    operations = [
        migrations.RemoveIndex(PLACE, "editorial_place_by_order"),
        migrations.RemoveIndex(PLACE, "editorial_place_by_year"),
        migrations.RemoveIndex(PLACE, "editorial_place_by_type"),
        migrations.RemoveIndex(PLACE, "editorial_place_by_heading"),
        migrations.AddIndex(
            PLACE,
            models.Index(name="editorial_place_in_order", fields=["kind", "order", "id"], condition=OWN),
        ),
        migrations.AddIndex(
            PLACE,
            models.Index(
                F("kind"), F("year").desc(), F("order"), F("id"), name="editorial_place_in_years", condition=OWN
            ),
        ),
        migrations.AddIndex(
            PLACE,
            models.Index(name="editorial_place_in_types", fields=["kind", "type", "order", "id"], condition=OWN),
        ),
        migrations.AddIndex(
            PLACE,
            models.Index(
                name="editorial_place_in_headings",
                fields=["kind", "heading_order", "heading", "order", "id"],
                condition=~OWN,
            ),
        ),
        migrations.AddIndex(
            PLACE,
            models.Index(name="editorial_place_counted", fields=["kind", "year", "type"], condition=OWN),
        ),
    ]
