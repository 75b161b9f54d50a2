"""What is typed is kept for each opened form, so that two tabs of one person do not overwrite each other."""

from django.db import migrations, models

NEWEST_OF_EACH = """
DELETE FROM editorial_workingcopy older USING editorial_workingcopy newer
WHERE older.person_id = newer.person_id AND older.kind = newer.kind
  AND older.edition_id IS NOT DISTINCT FROM newer.edition_id
  AND (coalesce(older.typed_at, '-infinity'), older.id) < (coalesce(newer.typed_at, '-infinity'), newer.id)
"""


class Migration(migrations.Migration):
    dependencies = [("editorial", "0023_list_places")]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="tab",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.RemoveConstraint(model_name="workingcopy", name="editorial_working_copy_one_each"),
        migrations.RunSQL(migrations.RunSQL.noop, NEWEST_OF_EACH),
        migrations.AddConstraint(
            model_name="workingcopy",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "edition", "tab"),
                name="editorial_working_copy_one_each",
                nulls_distinct=False,
            ),
        ),
    ]
