"""The text that tells a stranger how to check a pack."""

from collections.abc import Sequence

from django.conf import settings

from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition

NAMED = ("text", "page", "approvals", "verdicts", "sources", "events")
"""The folders whose files are named by their digests."""
NOBODY_APPROVED = """
   Nobody has approved it so far, so there is no such folder. It was published in an emergency, with this reason:

       {}
"""
WITHOUT_A_PAGE = """
   This edition was published before the site kept copies, so its event names none and none is here."""
PICTURES = """
   A picture is named by the first 32 digits of its digest. These two columns must agree so far on every line, and the
   event of the publication names the whole digests as "pictures", unless it is older than that:

       sha256sum pictures/*
"""

_TEXT = """HOW TO CHECK THIS PACK

It is about edition {number} of “{title}”
({kind}, {url}), published {published}.

You need nothing from the site that made it: only a program that computes SHA-256, such as sha256sum.

1. Nothing was lost or altered on the way here:

       sha256sum --check SHA256SUMS

2. The approved text, its reviews, its sources, its page and the events are what was recorded. The long name of each of
   their files is the SHA-256 digest under which it stands in the record; these two columns must agree on every line:

       sha256sum {named}

3. approvals/ holds who approved exactly this text, and who reviewed it again later and found nothing to change. Each
   names it as "revision_digest":

       {digest}

   "role", "reviewer_name", "credentials", "interests" and "meaning" are what the person signed with, "at" is when, in
   UTC; "verdict" is "approve", or "reaffirm" for a later review without a change.
{nobody_approved}
   verdicts/ holds what else was said about this edition: advice, requests for changes, and approvals that do not count,
   because changes were requested after them, the text was changed, or it was published before enough had signed. These
   may name the digest of an earlier text.

4. The events were not rearranged. Each event names the one before it as "previous". Between two events of this text may
   lie events about other texts; where none do, "previous" is the digest in the name of the file before. The event of a
   review holds that review's digest, the name of its file, in "details".

5. The page and the sources are as they stood when it was published. The event of the publication names their digests
   in "details", as "page" and "sources".{without_a_page}
{pictures}
6. The pack is the site's own statement. To hold it against what the site says later, note the last of these digests and
   ask an administrator to run:  manage.py verify_record --noted DIGEST

       {last}

What the files are
   text/       the whole content that was approved, as canonical JSON (sorted keys, no spaces, UTF-8)
   page/       the page as it was published
   page.html   the page as readers got it when this pack was made; page-overdue.html the same once its review is late.
               Both are missing when readers do not see this edition any more.
   approvals/  the approvals of exactly this text that count, as they were signed
   verdicts/   every other verdict on this edition, as it was given
   sources/    every text that the page cites or shows whole, as it was published then
   pictures/   the pictures that the page shows, as they lay in the store when this pack was made; what is not here was
               gone
   sources.json  the places that cite, in order, each with the digest of its source
   events/     everything that happened to this document, oldest first
"""


def instructions(edition: Edition, names: Sequence[str]) -> str:
    """Return the instructions for a pack that holds files of these names."""
    document, kind = edition.document, kind_named(edition.document.kind)
    folders = [folder for folder in NAMED if any(name.startswith(f"{folder}/") for name in names)]
    events = [name for name in names if name.startswith("events/")]
    return _TEXT.format(
        number=edition.number,
        title=kind.title(edition.text.fields),
        kind=kind.label,
        url=settings.SITE_URL + kind.path(document.address),
        published=moment_in_utc(edition.published_at) if edition.published_at else "never",
        digest=edition.text.digest,
        named=" ".join(f"{folder}/*" for folder in folders),
        nobody_approved="" if "approvals" in folders else NOBODY_APPROVED.format(edition.emergency_reason),
        without_a_page="" if "page" in folders else WITHOUT_A_PAGE,
        pictures=PICTURES if any(name.startswith("pictures/") for name in names) else "",
        last=events[-1].removeprefix("events/")[10:74] if events else "",
    )
