from django.db import migrations

# What was live before there were minor changes was last updated when it was last published. The triggers that wait for
# the end of the transaction run at once, so that the next migration may alter the table in the same one.
FILL = """
UPDATE editorial_document SET last_updated_at = last_published_at WHERE last_published_at IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0004_whole_workflow'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
