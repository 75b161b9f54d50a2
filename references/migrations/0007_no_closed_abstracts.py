from django.db import migrations


class Migration(migrations.Migration):
    """Files for other programs were made with abstracts that nobody may hand on; the approved texts keep them."""

    dependencies = [
        ("editorial", "0017_requests_are_signed"),
        ("references", "0006_notices_noted_again"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE editorial_publishedpage SET listing = listing #- '{reference,abstract}'
            WHERE kind = 'reference' AND coalesce(listing #>> '{reference,abstract_licence}', '') = ''
            """,
            migrations.RunSQL.noop,
        ),
    ]
