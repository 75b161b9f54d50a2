"""Attempts to sign that come at the same moment, on a connection each: together they are no more than five."""

import threading
from collections import Counter
from contextlib import nullcontext, suppress
from typing import Any

import pytest
from allauth.core import context
from allauth.core.internal import ratelimit
from django.db import connection
from django.test import RequestFactory

from alstrom_site.accounts import signing
from alstrom_site.accounts.models import User
from alstrom_site.accounts.signing import SignatureRefused, confirm_signature
from tests.accounts.test_signing import LATER, request_of
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12


def attempts_at_once(person: User, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Send wrong passwords that all have read the count before any has written it, if nothing keeps them apart."""
    answers: Counter[str] = Counter()
    barrier = threading.Barrier(AT_ONCE)
    apply_rate = ratelimit.apply_rate

    def apply_together(*arguments: Any, **options: Any) -> Any:
        if not barrier.broken:
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=0.3)
        return apply_rate(*arguments, **options)

    monkeypatch.setattr(ratelimit, "apply_rate", apply_together)

    def attempt() -> None:
        try:
            with context.request_context(RequestFactory().get("/")):
                confirm_signature(request_of(person), password="wrong", at=LATER)
        except SignatureRefused as refusal:
            answers[str(refusal)] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_attempts_that_come_at_once_do_not_pass_the_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = attempts_at_once(make_cast().reviewer, monkeypatch)

    assert answers.total() == AT_ONCE
    assert 1 <= answers[signing.WRONG_PASSWORD] <= 5
    assert answers[signing.TOO_MANY] == AT_ONCE - answers[signing.WRONG_PASSWORD]


def test_without_its_lock_the_count_would_be_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "cache_lock", lambda _: nullcontext(True))

    answers = attempts_at_once(make_cast().reviewer, monkeypatch)

    assert answers[signing.WRONG_PASSWORD] > 5
