from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0005_last_updated'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('live_edition__isnull', True), models.Q(('first_published_at__isnull', False), ('last_updated_at__isnull', False), ('review_due_on__isnull', False)), _connector='OR'), name='editorial_document_live_has_dates'),
        ),
    ]
