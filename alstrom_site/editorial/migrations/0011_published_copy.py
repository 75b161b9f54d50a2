import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def refusing(name, operation, pgid, hash, level=None):
    """Return the trigger by which the table refuses an operation."""
    options = {"level": level} if level else {}
    sql = pgtrigger.compiler.UpsertTriggerSql(
        execute="refuse_change_of_the_record()",
        func="RETURN NULL;",
        hash=hash,
        operation=operation,
        pgid=pgid,
        table="editorial_publishedcopy",
        when="BEFORE",
        **options,
    )
    return pgtrigger.migrations.AddTrigger(
        model_name="publishedcopy", trigger=pgtrigger.compiler.Trigger(name=name, sql=sql)
    )


class Migration(migrations.Migration):
    """Each page as it was published, for its evidence. Of what was published before, no copy was kept."""

    dependencies = [("editorial", "0010_merges")]

    operations = [
        migrations.CreateModel(
            name="PublishedCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_copy",
                        to="editorial.edition",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            digest=models.Func(
                                models.F("body"),
                                output_field=models.CharField(),
                                template="encode(sha256(%(expressions)s), 'hex')",
                            )
                        ),
                        name="editorial_published_copy_digest_is_of_its_body",
                    ),
                ],
            },
        ),
        refusing("refuse_update", "UPDATE", "pgtrigger_refuse_update_9bb62", "733cd7cf05d166244924d877ed8601128a65cf4c"),
        refusing("refuse_delete", "DELETE", "pgtrigger_refuse_delete_57309", "9093bcfcb95fd821f07631e9977f288fd86fedda"),
        refusing(
            "refuse_truncate",
            "TRUNCATE",
            "pgtrigger_refuse_truncate_70d98",
            "6851d9c3e0203b3f080e9e6816de52af3189eb5d",
            level="STATEMENT",
        ),
    ]
