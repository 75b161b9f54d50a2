from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """When a document last changed stands on it, and each order and count of the desk has its index."""

    dependencies = [("editorial", "0011_published_copy")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="changed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When its newest event was; kept here for lists. Empty: it has none yet.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="sort_title",
            field=models.CharField(max_length=400),
        ),
        migrations.RemoveIndex(model_name="document", name="editorial_document_by_kind"),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["sort_title", "id"], name="editorial_document_by_title"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["kind", "sort_title", "id"], name="editorial_document_by_kind"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["changed_at"], name="editorial_document_by_change"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(F("last_published_at").desc(nulls_last=True), name="editorial_document_by_news"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=Q(("status", "in review")),
                fields=["review_due_on", "document"],
                name="editorial_edition_by_review",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=Q(Q(("emergency_reason", ""), _negated=True), ("approved_afterwards_at__isnull", True)),
                fields=["document"],
                name="editorial_edition_emergency",
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["author", "edition"], name="editorial_revision_by_author"),
        ),
    ]
