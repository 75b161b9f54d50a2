from django.db import migrations

# What `references.publication.list_places` makes of each page from now on.
FILL = """
WITH entry AS (
    SELECT id, kind, listing -> 'card' AS card,
        left(coalesce(listing #>> '{card,order}', ''), 200) AS place,
        left(coalesce(listing #>> '{card,year}', ''), 4) AS year,
        left(coalesce(listing #>> '{card,type}', ''), 40) AS type
    FROM editorial_publishedpage WHERE kind = 'reference'
)
INSERT INTO editorial_listplace (page_id, kind, heading, heading_order, "order", year, type)
SELECT id, kind, '', '', place, year, type FROM entry
UNION ALL
SELECT entry.id, entry.kind, topic ->> 'path', left(coalesce(cited_on.sort_title, lower(topic ->> 'title')), 100),
    place, year, type
FROM entry
CROSS JOIN jsonb_array_elements(coalesce(card -> 'topics', '[]')) AS topic
LEFT JOIN editorial_publishedpage AS cited_on ON cited_on.path = topic ->> 'path'
"""
EMPTY = "DELETE FROM editorial_listplace WHERE kind = 'reference'"


class Migration(migrations.Migration):
    """Each entry that readers get has its places in the list of the bibliography."""

    dependencies = [
        ("editorial", "0023_list_places"),
        ("references", "0010_notices_that_were_compared"),
    ]

    operations = [migrations.RunSQL(FILL, EMPTY)]
