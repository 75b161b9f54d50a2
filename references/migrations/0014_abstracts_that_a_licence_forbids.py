from django.db import migrations


class Migration(migrations.Migration):
    """No abstract is handed on whose licence takes back what it names; where one is open still, making the page anew
    brings it back.
    """

    dependencies = [("references", "0013_abstracts_under_open_licences")]

    operations = [
        migrations.RunSQL(
            r"""
            UPDATE editorial_publishedpage SET listing = listing #- '{reference,abstract}'
            WHERE kind = 'reference' AND listing #>> '{reference,abstract_licence}' ~* (
                '\m(no|not|nor|neither|never|cannot|all rights reserved|can|except|if|may|must|only|requires?|unless)\M'
                || '|\m(without|permission)\M|n[''’]t\M'
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
