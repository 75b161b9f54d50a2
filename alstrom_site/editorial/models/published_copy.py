"""Published copy: a page as it was when it went live."""

from typing import ClassVar

from django.db import models

from alstrom_site.immutability import kept_for_good

# As PostgreSQL computes it without an extension.
SHA256_OF_THE_BODY = models.Func(
    models.F("body"), template="encode(sha256(%(expressions)s), 'hex')", output_field=models.CharField()
)


class PublishedCopy(models.Model):
    """The bytes that readers got when an edition was published, for its evidence. Never changes; readers get no copy.

    The event of the publication holds the digest. What the page became later, such as with a notice that it was
    withdrawn, follows from the record and from the site as it is then.
    """

    edition = models.OneToOneField("editorial.Edition", on_delete=models.PROTECT, related_name="published_copy")
    body = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        triggers = kept_for_good()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="editorial_published_copy_digest_is_of_its_body", condition=models.Q(digest=SHA256_OF_THE_BODY)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} as published"
