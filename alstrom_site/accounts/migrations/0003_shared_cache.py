"""The table of the cache that all workers share, as `createcachetable` would make it: attempts are counted there."""

from django.db import migrations

CREATE = """
CREATE TABLE site_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX site_cache_expires ON site_cache (expires);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_orcid_in_canonical_form'),
    ]

    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE site_cache;"),
    ]
