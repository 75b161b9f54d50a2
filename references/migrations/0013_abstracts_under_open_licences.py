from django.db import migrations


class Migration(migrations.Migration):
    """Readers and their programs are no more handed abstracts but under licences that are plainly open.

    The texts keep them, and making the pages anew brings back what stands under an open licence said in other words.
    """

    dependencies = [
        ("editorial", "0017_requests_are_signed"),
        ("references", "0012_what_a_list_is_asked_for"),
    ]

    operations = [
        migrations.RunSQL(
            r"""
            UPDATE editorial_publishedpage SET listing = listing #- '{reference,abstract}'
            WHERE kind = 'reference' AND COALESCE(listing #>> '{reference,abstract_licence}', '') !~* (
                '^(CC[ -]BY([ -](NC|ND|SA)){0,2}( [1-4]\.0)?|CC0( 1\.0)?|public domain)\.?$'
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
