from django.db import migrations

# Expressions over what the pages keep for lists, as Django writes them: pages of other kinds have none of it.
MAKE = """
CREATE INDEX references_page_identifiers ON editorial_publishedpage
    USING gin ((listing #> '{card,identifiers}') jsonb_path_ops) WHERE kind = 'reference';
CREATE INDEX references_page_standing ON editorial_publishedpage
    USING gin ((listing #> '{card,standing}') jsonb_path_ops) WHERE kind = 'reference';
"""
DROP = "DROP INDEX references_page_identifiers; DROP INDEX references_page_standing;"


class Migration(migrations.Migration):
    """An entry is found by its identifier, and what happened to a work, without reading every page."""

    dependencies = [("references", "0011_places_in_the_list")]

    operations = [migrations.RunSQL(MAKE, DROP)]
