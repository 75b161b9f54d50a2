from django.db import migrations


class Migration(migrations.Migration):
    """Readers and their programs are no more handed abstracts under licences that are not open; the texts keep them."""

    dependencies = [("references", "0012_what_a_list_is_asked_for")]

    operations = [
        migrations.RunSQL(
            r"""
            UPDATE editorial_publishedpage SET listing = listing #- '{reference,abstract}'
            WHERE kind = 'reference' AND listing #>> '{reference,abstract_licence}' !~* (
                '\mCC[ -]?(0|BY|zero)\M|\mCreative Commons\M|\mcreativecommons\.org/|\mOpen Government Licen[cs]e\M'
                || '|\mpublic[ -]domain\M|\m(by|with)( the| kind)* permission\M'
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
