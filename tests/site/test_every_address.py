"""Every address of the site, walked as everybody: a new one fails here until somebody decides who may see it."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from alstrom_site.editorial.models import Document
from tests.cast import Cast
from tests.documents import in_review, published

pytestmark = pytest.mark.django_db

PEOPLE = ("nobody", "stranger", "editor", "reviewer", "publisher", "administrator")
"""`nobody` has not signed in; `stranger` has, with an account without a role."""

# What each of them is answered, in that order.
READERS = (200, 200, 200, 200, 200, 200)
DESK = ("login", 403, 200, 200, 200, 200)
EDITORS = ("login", 403, 200, 403, 403, 403)
ADMINISTRATORS = ("login", 403, 403, 403, 403, 200)
NO_ONE = ("login", 403, 403, 403, 403, 403)
MOVED_ON = ("login", 403, 302, 302, 302, 302)
ALWAYS_MOVED_ON = (302, 302, 302, 302, 302, 302)
NOTHING_THERE = ("login", 403, 404, 404, 404, 404)
BY_POST_ONLY = (405, 405, 405, 405, 405, 405)

OF_EACH_KIND = {
    "standing": DESK,
    "review": DESK,
    "compare": DESK,
    "record": DESK,
    "evidence": NOTHING_THERE,
    "reaffirm": MOVED_ON,
    "look-again": MOVED_ON,
    "schedule": DESK,
    "emergency": DESK,
    "approve-afterwards": MOVED_ON,
    "withdraw": MOVED_ON,
    "unpublish": MOVED_ON,
    "text": DESK,
    "step": MOVED_ON,
    "owner": MOVED_ON,
    "typing": ("login", 403, 405, 403, 403, 403),
    "add_typing": ("login", 403, 405, 403, 403, 403),
    "submit": MOVED_ON,
    "urgent": DESK,
    "up-to-date": MOVED_ON,
    "comments": DESK,
    "comment": MOVED_ON,
    "share": DESK,
    "link": MOVED_ON,
    "ask": MOVED_ON,
    "claim": MOVED_ON,
    "decline": MOVED_ON,
    "policy": ("login", 403, 403, 403, 200, 200),
    "changelist": DESK,
    "csv": DESK,
    "add": EDITORS,
    "change": EDITORS,
    "history": MOVED_ON,
    "delete": NO_ONE,
}
KINDS = {"pages_article": "article", "pages_question": "faq", "pages_term": "term", "references_reference": "reference"}
EXPECTED = {
    "home": READERS,
    "question-list": READERS,
    "question-read": READERS,
    "term-list": READERS,
    "term-read": READERS,
    "article-read": READERS,
    "reference-list": READERS,
    "reference-read": READERS,
    "reference-several": READERS,
    "page-citation": READERS,
    "page-search": READERS,
    "sitemap-read": READERS,
    "robots-read": READERS,
    "image-read": (404, 404, 404, 404, 404, 404),
    # A link that was never made; one that was is read without signing in.
    "shared-read": (404, 404, 404, 404, 404, 404),
    "text-preview": BY_POST_ONLY,
    "image-upload": BY_POST_ONLY,
    "text-completions": BY_POST_ONLY,
    "text-cited-sources": BY_POST_ONLY,
    "account_login": (200, 302, 302, 302, 302, 302),
    "mfa_login_webauthn": ALWAYS_MOVED_ON,
    "mfa_authenticate": ALWAYS_MOVED_ON,
    "account_logout": (302, 200, 200, 200, 200, 200),
    "account_reset_password": READERS,
    "account_reset_password_done": READERS,
    "account_reset_password_from_key": READERS,
    "account_reset_password_from_key_done": READERS,
    "account_change_password": DESK,
    "account_set_password": MOVED_ON,
    "account_reauthenticate": DESK,
    "mfa_reauthenticate": MOVED_ON,
    "mfa_reauthenticate_webauthn": MOVED_ON,
    "account_signature_options": ("login", 403, 405, 405, 405, 405),
    "account_interests": DESK,
    "mfa_index": DESK,
    "mfa_activate_totp": MOVED_ON,
    "mfa_deactivate_totp": NOTHING_THERE,
    "mfa_view_recovery_codes": NOTHING_THERE,
    "mfa_generate_recovery_codes": MOVED_ON,
    "mfa_download_recovery_codes": NOTHING_THERE,
    "mfa_list_webauthn": MOVED_ON,
    "mfa_add_webauthn": MOVED_ON,
    "mfa_edit_webauthn": MOVED_ON,
    "mfa_remove_webauthn": MOVED_ON,
    "admin:index": DESK,
    "admin:login": ALWAYS_MOVED_ON,
    "admin:logout": (302, 200, 200, 200, 200, 200),
    "admin:password_change": MOVED_ON,
    "admin:password_change_done": MOVED_ON,
    "admin:autocomplete": NO_ONE,
    "admin:jsi18n": DESK,
    "admin:view_on_site": ("login", 403, 404, 404, 404, 404),
    "admin:app_list": DESK,
    "admin:editorial-document": MOVED_ON,
    "admin:editorial-calendar-address": DESK,
    "admin:editorial-hand-over": DESK,
    "admin:editorial-schedule": DESK,
    "admin:editorial-filters": DESK,
    "calendar-feed": (404, 404, 404, 404, 404, 404),
    "admin:editorial_document_changelist": DESK,
    "admin:editorial_document_csv": DESK,
    "admin:editorial_document_add": NO_ONE,
    "admin:editorial_document_change": MOVED_ON,
    "admin:editorial_document_history": DESK,
    "admin:editorial_document_delete": NO_ONE,
    "admin:references_import": EDITORS,
    "admin:references_look_up": EDITORS,
    "admin:references_intake": ("login", 403, 404, 403, 403, 403),
    "admin:references_sources": ("login", 403, 200, 200, 403, 403),
    "admin:references_duplicates": EDITORS,
    "admin:references_compare": DESK,
    "admin:references_watched": DESK,
    "admin:references_take_back": NOTHING_THERE,
    "admin:references_note_again": NOTHING_THERE,
    "admin:accounts_user_me": DESK,
    "admin:accounts_user_changelist": ADMINISTRATORS,
    "admin:accounts_user_add": ADMINISTRATORS,
    "admin:accounts_user_change": ADMINISTRATORS,
    "admin:accounts_user_history": ADMINISTRATORS,
    "admin:accounts_user_delete": NO_ONE,
    "admin:accounts_user_password-link": ("login", 403, 403, 403, 403, 405),
    "admin:accounts_user_second-steps": ADMINISTRATORS,
    **{f"admin:{model}_{view}": row for model in KINDS for view, row in OF_EACH_KIND.items()},
}

LIVE_ADDRESSES = {
    "article-read": "sample-article",
    "question-read": "is-this-a-test",
    "term-read": "sample-term",
    "reference-read": "sample2001",
    "image-read": "nothing-of-ours.png",
}
# A link that was never sent, and a passkey that nobody has.
OTHER_ARGUMENTS: dict[str, Sequence[object]] = {
    "reference-several": ["ris"],
    "page-citation": ["sample-article", "bib"],
    "account_reset_password_from_key": ["1", "never-sent"],
    "calendar-feed": ["never-made"],
    "shared-read": ["never-made"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}


def every_name() -> Iterator[str]:
    """Give the name of every address, with its namespace."""
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def test_somebody_has_decided_about_every_address() -> None:
    assert set(every_name()) == set(EXPECTED)


def test_everybody_is_answered_as_decided(cast: Cast) -> None:
    for kind in ("article", "faq", "term"):
        published(cast, kind)
        in_review(cast, kind, slug="waits-for-review")
    in_review(cast, "reference", key="waits2002")
    addresses = {name: _address(name, cast) for name in EXPECTED}

    answers = dict(zip(EXPECTED, zip(*(_answers(addresses, who, cast) for who in PEOPLE), strict=True), strict=True))

    wrong = {name: answer for name, answer in answers.items() if answer != EXPECTED[name]}
    assert wrong == {}


def _answers(addresses: Mapping[str, str], who: str, cast: Cast) -> list[int | str]:
    client = Client()
    if who != "nobody":
        client.force_login(getattr(cast, who))
    return [_answer(client, address) for address in addresses.values()]


def _answer(client: Client, address: str) -> int | str:
    response = client.get(address)
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    return response.status_code


def _address(name: str, cast: Cast) -> str:
    for arguments in _possible_arguments(name, cast):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"No arguments are known for {name}.")


def _possible_arguments(name: str, cast: Cast) -> Iterator[Sequence[object]]:
    yield []
    if name in LIVE_ADDRESSES:
        yield [LIVE_ADDRESSES[name]]
    if name in OTHER_ARGUMENTS:
        yield OTHER_ARGUMENTS[name]
    if name == "admin:app_list":
        yield ["pages"]
    if name.startswith(("admin:accounts", "admin:auth")):
        yield [cast.editor.pk]
    if name == "admin:references_compare":
        yield list(Document.objects.filter(kind="reference").order_by("pk").values_list("pk", flat=True)[:2])
    if name == "admin:references_sources":
        yield [Document.objects.filter(kind="reference", live_edition=None).get().pk]
    kind = next((kind for model, kind in KINDS.items() if name.startswith(f"admin:{model}_")), "article")
    document = Document.objects.filter(kind=kind, live_edition=None).get()
    yield from ([document.pk], [document.pk, "discard"], [document.pk, document.latest_edition.text.pk])
