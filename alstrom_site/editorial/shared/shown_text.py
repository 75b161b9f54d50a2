"""One text as a guest reads it: rendered, with its sources, and without the ways that lead into the desk."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from alstrom_site.editorial.anchoring import FieldText, field_texts
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Revision
from alstrom_site.editorial.shared.standing import Standing, standing_of

_INTO_THE_DESK = re.compile(r'<a\s[^>]*href="/admin/[^"]*"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class ShownText:
    """A text for a guest, and what it is now."""

    revision: Revision
    kind: str
    title: str
    html: SafeString
    fields: list[FieldText]
    standing: Standing


def shown_text(revision: Revision) -> ShownText:
    """Return exactly this text, whatever was saved after it; beside it stands only what readers see."""
    edition = revision.edition
    kind = kind_named(edition.document.kind)
    content = revision.fields
    html = _INTO_THE_DESK.sub(r"\g<words>", kind.shown(content, for_guests=True))
    return ShownText(
        revision=revision,
        kind=kind.label,
        title=kind.title(content),
        html=mark_safe(html),  # noqa: S308 the kind's own safe HTML, with some links taken out
        fields=field_texts(content, kind.fields),
        standing=standing_of(revision),
    )
