from django.db import migrations


class Migration(migrations.Migration):
    """Pages of what went out in an emergency claimed the signatures that it had by then as its review.

    They are marked to be made anew, with the pages that show them, and say so until they are.
    """

    dependencies = [("editorial", "0019_what_was_sent_back_is_not_approved")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE editorial_publishedpage SET is_stale = TRUE WHERE made_from && (
                SELECT array_agg(DISTINCT e.document_id)
                FROM editorial_edition e JOIN editorial_review v ON v.edition_id = e.id
                WHERE e.status IN ('published', 'withdrawn') AND e.emergency_reason <> ''
                    AND e.approved_afterwards_at IS NULL
                    AND v.verdict = 'approve' AND v.round = e.round AND v.revision_id = e.head_id
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
