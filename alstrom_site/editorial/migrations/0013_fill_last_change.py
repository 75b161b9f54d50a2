from django.db import migrations

# A document last changed when its newest event was. The triggers that wait for the end of the transaction run at once,
# so that the next migration may alter the table in the same one.
FILL = """
UPDATE editorial_document SET changed_at = (
    SELECT at FROM editorial_event WHERE document_id = editorial_document.id ORDER BY position DESC LIMIT 1
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [("editorial", "0012_last_change")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
