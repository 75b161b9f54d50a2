"""What the kinds share: the checklist of reviewers and the checks on addresses and fields."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import unescape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.kinds import Content, kind_named
from alstrom_site.editorial.texts import Text, latest_texts, live_texts, taken_down, texts_for_guests, texts_for_readers
from alstrom_site.editorial.workflow import Issue
from alstrom_site.page_parts import CitedReference, HappenedTo
from pages.kinds.carried import shown_answers
from pages.kinds.checking import shown_source
from pages.kinds.written import Written
from pages.markdown.rendered import Cited
from references.formatting import nlm_citation
from references.publication import as_shown, identifiers, withdrawn_here

CHECKLIST = (
    "The cited sources support what the text says.",
    "The text is in plain language.",
    "Risks, limits and what is not known are stated.",
    "Nothing in the text identifies a person.",
)
ONLY_A_DRAFT = HappenedTo("concern", "Draft only: readers cannot see this entry yet")
NOT_PUBLIC_YET = HappenedTo("concern", "Not public yet")

# As the sanitiser writes it: every attribute in double quotes.
_PICTURE = re.compile(r'<img\b(?:\s+(?!alt=)[a-z-]+="[^"]*")*\s+alt="(?P<alt>[^"]*)"(?:\s+[a-z-]+="[^"]*")*\s*/?>')
_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def address_issues(reader: ContentReader, *, taken: Collection[str] = ()) -> None:
    """Note what is wrong with the slug that `reader` has read."""
    slug = reader.content["slug"]
    if slug and not _ADDRESS.fullmatch(slug):
        reader.fault("slug", f"The address “{slug}” may hold small letters a to z, digits and single hyphens only.")
    if slug in taken:
        reader.fault("slug", f"The address “{slug}” belongs to the site itself. Choose another one.")


def required(content: Content, labels: Mapping[str, str]) -> list[Issue]:
    """Return an issue for each field that is empty."""
    return [
        Issue(name, f"{label} is empty. Fill it in.", "incomplete")
        for name, label in labels.items()
        if not content[name]
    ]


def unknown_addresses(kind: str, field: str, addresses: Collection[str]) -> list[Issue]:
    """Return an issue for each address at which no document of that kind stands."""
    known = latest_texts(kind, addresses)
    unknown = [address for address in dict.fromkeys(addresses) if address not in known]
    gone = taken_down(kind, unknown) if unknown else {}
    return [Issue(field, _why_unknown(kind, address, gone.get(address)), f"unknown-{kind}") for address in unknown]


def _why_unknown(kind: str, address: str, leads_to: str | None) -> str:
    """`leads_to`: where readers get from what was taken down there, "" for nowhere; None where nothing ever was."""
    label = kind_named(kind).label
    if leads_to is None:
        return f"There is no {label} “{address}”. Create it first or take it out."
    if leads_to:
        return f"The {label} “{address}” was taken down and leads to {leads_to}. Name that page or take it out."
    return f"The {label} “{address}” was taken down. Take it out or name another one."


def live_first(kind: str, field: str, addresses: Collection[str]) -> list[Issue]:
    """Return an issue for each document that readers would miss, because it is not live yet, or was withdrawn."""
    live = live_texts(kind, addresses)
    label = kind_named(kind).label
    missing = [
        Issue(field, f"The {label} “{address}” is not live yet. Publish it first.", f"{kind}-not-live", (kind, address))
        for address in dict.fromkeys(addresses)
        if address not in live
    ]
    withdrawn = [
        Issue(field, f"The {label} “{address}” was withdrawn. Put another one in its place.", f"{kind}-withdrawn")
        for address in dict.fromkeys(addresses)
        if address in live and live[address].withdrawn_at is not None
    ]
    return missing + withdrawn


def shown_page(
    name: str, content: Content, written: Written, *, questions: Mapping[str, Text] | None = None
) -> SafeString:
    """Return the content as the desk shows it, with the sources it cites in full, and the answers that it carries.

    `written` holds the answers of the questions too, and says by where it found its sources whether a guest reads it.
    """
    html = {field: with_alt_texts(rendered.html) for field, rendered in written.rendered.items()}
    cited = [
        shown_source(_cited(cited, written.sources[cited.key], marks(written, cited.key)), cited.key, written)
        for cited in written.renderer.cited
        if cited.key in written.sources
    ]
    answers = shown_answers(questions or {}, html)
    context = {
        "content": content,
        "html": html,
        "cited": cited,
        "answers": [(slug, answers.get(slug)) for slug in content.get("faqs", ())],
        "related": _related(content.get("related", ()), for_desk=written.is_for_desk),
        "for_desk": written.is_for_desk,
    }
    return render_to_string(f"editorial/shown/{name}.html", context)


def _related(rows: Sequence[Mapping[str, str]], *, for_desk: bool) -> list[tuple[Mapping[str, str], Text | None]]:
    """Each related page with the text that readers would be led to."""
    found = (texts_for_readers if for_desk else texts_for_guests)("article", [row["address"] for row in rows])
    return [(row, found.get(row["address"])) for row in rows]


def with_alt_texts(html: str) -> SafeString:
    """Return the renderer's HTML with each picture's description under it: reviewers sign words they must see."""

    def described(picture: re.Match[str]) -> str:
        alt = format_html('<span class="alt-text">Described as: “{}”</span>', unescape(picture["alt"]))
        return f"{picture[0]}{alt}"

    return mark_safe(_PICTURE.sub(described, html))  # noqa: S308 sanitised by the renderer, the rest escaped


def marks(written: Written, key: str) -> tuple[HappenedTo, ...]:
    """Return what is to be known of a cited work: that it is a draft or was withdrawn here, and what happened to it."""
    source = written.sources[key]
    if source.is_withheld:
        return (NOT_PUBLIC_YET,)
    drafted = (ONLY_A_DRAFT,) if source.is_draft else ()
    here = withdrawn_here(source.withdrawn_at, source.withdrawal_reason)
    return (*drafted, *here, *as_shown(written.happened[key]))


def _cited(cited: Cited, source: Text, happened: tuple[HappenedTo, ...]) -> CitedReference:
    if source.is_withheld:
        return CitedReference(number=cited.number, citation=source.title, anchors=cited.anchors, happened=happened)
    return CitedReference(
        number=cited.number,
        citation=nlm_citation(source.content),
        identifiers=identifiers(source.content),
        anchors=cited.anchors,
        happened=happened,
    )
