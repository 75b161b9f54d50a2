from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What documents are found by at the desk; `rebuild_pages` writes the rows of texts that are older than this."""

    dependencies = [("editorial", "0014_request_no_longer_needed")]

    operations = [
        migrations.AddIndex(
            model_name="trait",
            index=GinIndex(
                OpClass("value", name="gin_trgm_ops"), name="editorial_trait_found_by", condition=Q(scheme="found by")
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                "kind", OpClass("address", name="varchar_pattern_ops"), name="editorial_document_beginning"
            ),
        ),
    ]
