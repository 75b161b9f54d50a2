"""A step with a notice that is refused loses nothing of what was typed."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from alstrom_site.editorial.workflow import Busy
from references.admin import watching
from tests.cast import Cast
from tests.documents import draft
from tests.editorial.admin.desk_visits import signed_in
from tests.references.watching.test_desk import retract

pytestmark = pytest.mark.django_db


def test_a_step_with_a_notice_that_is_refused_keeps_its_reason_in_the_form(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = retract(draft(cast).document, cast)
    monkeypatch.setattr(watching, "_TAKING_BACK", replace(watching._TAKING_BACK, act=_too_busy))
    address = reverse("admin:references_take_back", args=[notice.document_id, notice.pk])

    response = signed_in(cast.editor).post(address, {"because": "It names “another” work."})

    assert response.status_code == 409
    assert 'name="because" value="It names “another” work."' in response.content.decode()
    assert "kept-comment" not in response.content.decode()
    assert signed_in(cast.editor).get(address).status_code == 302


def _too_busy(*_: Any, **__: Any) -> bool:
    raise Busy("Somebody else is at work.")
