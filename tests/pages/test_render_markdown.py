"""The command that prints what readers would see of a Markdown file."""

import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pages.markdown import CitationUse
from tests.cast import Cast
from tests.documents import draft


def printed(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("render_markdown", str(path), stdout=out, **options)
    return out.getvalue()


def test_the_html_is_printed_with_the_sources_and_terms_that_are_known(cast: Cast, tmp_path: Path) -> None:
    draft(cast, "reference", key="known2001")
    draft(cast, "term", slug="word")
    path = tmp_path / "text.md"
    path.write_text("A [word](term:word) [@known2001].\n\n<script>", encoding="utf-8")

    html = printed(path)

    assert '<a class="term" href="/glossary/word/"' in html
    assert 'href="#reference-1"' in html
    assert "<script" not in html


@pytest.mark.usefixtures("cast")
def test_a_text_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("Alström".encode("utf-8-sig"))))

    assert printed(Path("-")).strip() == "<p>Alström</p>"


def test_as_json_it_names_citations_in_order_and_every_problem(cast: Cast, tmp_path: Path) -> None:
    draft(cast, "reference", key="known2001")
    path = tmp_path / "text.md"
    path.write_text("One [@known2001, p. 3].\n\nTwo [@unknown2001]; [gone](term:gone).", encoding="utf-8")

    found = json.loads(printed(path, json=True))

    assert set(found) == {"html", "citations", "problems"}
    assert [(use["key"], use["number"], use["locator"]) for use in found["citations"]] == [
        ("known2001", 1, "p. 3"),
        ("unknown2001", None, ""),
    ]
    assert [(problem["code"], problem["line"]) for problem in found["problems"]] == [
        ("unknown-reference", 3),
        ("unknown-term", 3),
    ]


def test_an_author_in_the_text_is_named_and_a_handle_stays(cast: Cast, tmp_path: Path) -> None:
    draft(cast, "reference", key="known2001")
    path = tmp_path / "text.md"
    path.write_text("@known2001 [p. 3] and @handle, https://example.org/@known2001", encoding="utf-8")

    found = json.loads(printed(path, json=True))

    (use,) = found["citations"]
    assert {**use, "line": 1} == use
    assert (use["key"], use["mode"], use["label"], use["locator"]) == ("known2001", "author-in-text", "page", "p. 3")
    assert set(use) == set(CitationUse.__dataclass_fields__)
    assert "@handle, https://example.org/@known2001" in found["html"]
    assert found["problems"] == []


@pytest.mark.django_db
def test_a_file_that_is_not_there_or_not_text_ends_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "picture.md").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match="is not UTF-8 text"):
        printed(tmp_path / "picture.md")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        printed(tmp_path / "absent.md")
