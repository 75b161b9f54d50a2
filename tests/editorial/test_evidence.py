"""The evidence of an edition: what a stranger can check without the site."""

import io
import json
import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import actions
from alstrom_site.editorial.evidence import file_name_of, pack_of, record_of
from alstrom_site.editorial.evidence.instructions import NAMED
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from tests.breaking import run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import (
    CONTENTS,
    STEP,
    approved,
    changes_requested,
    fresh,
    in_review,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
)

pytestmark = pytest.mark.django_db


def unpacked(edition: Edition, folder: Path) -> Path:
    """Write the pack into a folder and return the one folder that it holds."""
    pack = pack_of(edition)
    with zipfile.ZipFile(io.BytesIO(pack.body)) as opened:
        opened.extractall(folder)
    (inside,) = folder.iterdir()
    assert pack.name == f"{inside.name}.zip"
    return inside


def sha256sum(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program that a stranger has."""
    return subprocess.run(["sha256sum", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def named_by_their_digest(folder: Path) -> list[bool]:
    """Whether each recorded file has the digest that its name holds, as the instructions say to look."""
    recorded = [path for part in NAMED if (folder / part).exists() for path in (folder / part).iterdir()]
    files = sorted(str(path.relative_to(folder)) for path in recorded)
    lines = sha256sum(folder, *files).stdout.splitlines()
    return [line.split()[0] in line.split()[1] for line in lines]


def forge(live: Edition) -> None:
    """Put other words into the review of a live edition, past its guards."""
    with triggers_off("editorial_review"):
        run("UPDATE editorial_review SET comment = %s WHERE edition_id = %s", "Forged afterwards.", live.pk)


def test_every_system_takes_the_names_of_files_and_tells_them_apart() -> None:
    addresses = ["smith2001", "Smith2001", "a/b", "a-b", "a:b", "a?b", "a<b>c", "a~b&c%d", "a.b_c"]

    names = [file_name_of(Document(kind="reference", address=address)) for address in addresses]

    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch("reference-[a-z0-9._-]+", name) for name in names)
    assert (names[0], names[3]) == ("reference-smith2001", "reference-a-b")


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_stranger_finds_the_pack_whole_with_sha256sum_alone(cast: Cast, kind: str, tmp_path: Path) -> None:
    live = published(cast, kind)

    folder = unpacked(live, tmp_path)

    checked = sha256sum(folder, "--check", "SHA256SUMS")
    assert checked.returncode == 0, checked.stdout
    agree = named_by_their_digest(folder)
    assert all(agree)
    sources = {"article": 1}.get(kind, 0)
    assert len(agree) == 2 + sources + live.reviews.count() + live.document.events.count()


def test_it_holds_the_text_the_page_the_sources_and_the_review(cast: Cast, tmp_path: Path) -> None:
    live = published(cast, "article")

    folder = unpacked(live, tmp_path)

    (text,) = (folder / "text").iterdir()
    (review,) = (folder / "approvals").iterdir()
    page = PublishedPage.objects.get(document=live.document)
    assert text.read_text(encoding="utf-8") == live.text.content
    assert (folder / "page.html").read_bytes() == bytes(page.body)
    assert json.loads(review.read_text(encoding="utf-8"))["revision_digest"] == live.text.digest
    (cited,) = json.loads((folder / "sources.json").read_text())
    assert (cited["key"], (folder / "sources" / f"{cited['source']}.json").exists()) == ("sample2001", True)
    assert live.text.digest in (folder / "CHECK.txt").read_text(encoding="utf-8")


def test_what_was_said_of_an_earlier_text_stands_apart_from_the_approvals_of_this_one(
    cast: Cast, tmp_path: Path
) -> None:
    sent_back = changes_requested(cast.reviewer, in_review(cast), at=NOW + 2 * STEP)
    better = {**sent_back.text.fields, "title": "A better title made up for tests"}
    actions.save(sent_back, better, by=cast.editor, at=NOW + 3 * STEP, seen=sent_back.text.digest)
    again = signed(cast, submitted(cast, fresh(sent_back), at=NOW + 4 * STEP), at=NOW + 5 * STEP)
    live = made_live(cast, again, at=NOW + 6 * STEP)

    folder = unpacked(live, tmp_path)

    said = {
        part: [(each["verdict"], each["revision_digest"]) for each in map(_read, (folder / part).iterdir())]
        for part in ("approvals", "verdicts")
    }
    assert said == {
        "approvals": [("approve", live.text.digest)],
        "verdicts": [("request changes", sent_back.text.digest)],
    }
    assert all(named_by_their_digest(folder))


def test_an_edition_that_nobody_approved_says_so_with_the_reason(cast: Cast, tmp_path: Path) -> None:
    edition = in_review(cast)
    actions.publish_in_emergency(
        edition, by=cast.publisher, at=NOW + 2 * STEP, seen=edition.text.digest, reason="A wrong page number."
    )

    folder = unpacked(fresh(edition), tmp_path)

    told = (folder / "CHECK.txt").read_text(encoding="utf-8")
    assert not (folder / "approvals").exists()
    assert "Nobody has approved it so far" in told
    assert "A wrong page number." in told


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def test_it_holds_what_a_carried_answer_cites_too(cast: Cast, tmp_path: Path) -> None:
    other = published(cast, key="other2002", at=NOW - 9 * STEP)
    answer = published(cast, "faq", answer="So it is [@other2002].", at=NOW - 5 * STEP)

    folder = unpacked(published(cast, "article", faqs=[answer.document.address]), tmp_path)

    held = {path.stem for path in (folder / "sources").iterdir()}
    assert {other.text.digest, answer.text.digest} < held


def test_the_same_edition_gives_the_same_bytes(cast: Cast) -> None:
    live = published(cast, "article")

    assert pack_of(live).body == pack_of(fresh(live)).body


def changed(cast: Cast, edition: Edition, at: datetime, **fields: Any) -> None:
    """Publish another edition of a document."""
    new = submitted(cast, next_edition(cast, edition.document, at=at, **fields), at=at + STEP)
    made_live(cast, signed(cast, new, at=at + 2 * STEP), at=at + 3 * STEP)


def test_a_superseded_edition_keeps_its_page_and_its_sources_as_they_stood(cast: Cast, tmp_path: Path) -> None:
    old = published(cast, "article")
    then = bytes(PublishedPage.objects.get(document=old.document).body)
    source = Document.objects.get(kind="reference").live_edition
    assert source is not None
    changed(cast, source, NOW + 10 * STEP, title="A source that says something else now")
    changed(cast, old, NOW + 20 * STEP, quick_answer="Another short answer made up for tests.")

    folder = unpacked(fresh(old), tmp_path)

    assert sha256sum(folder, "-c", "SHA256SUMS").returncode == 0
    assert all(named_by_their_digest(folder))
    assert not (folder / "page.html").exists()
    (page,) = (folder / "page").iterdir()
    assert page.read_bytes() == then
    (cited,) = (folder / "sources").iterdir()
    assert cited.read_text(encoding="utf-8") == source.text.content
    (event,) = [text for path in (folder / "events").iterdir() if page.stem in (text := path.read_text())]
    assert '"verb":"publish"' in event


def test_what_was_published_before_copies_were_kept_says_so(cast: Cast, tmp_path: Path) -> None:
    old = published(cast)
    with triggers_off("editorial_publishedcopy"):
        run("DELETE FROM editorial_publishedcopy WHERE edition_id = %s", old.pk)

    folder = unpacked(old, tmp_path)

    assert sha256sum(folder, "-c", "SHA256SUMS").returncode == 0
    assert "before the site kept copies" in (folder / "CHECK.txt").read_text(encoding="utf-8")


def test_what_was_never_published_has_no_evidence(cast: Cast) -> None:
    with pytest.raises(LookupError, match="never published"):
        pack_of(approved(cast))


@pytest.mark.breaks_the_record
def test_a_review_that_was_altered_no_longer_has_the_digest_in_its_name(cast: Cast, tmp_path: Path) -> None:
    live = published(cast)
    forge(live)

    folder = unpacked(live, tmp_path)

    assert named_by_their_digest(folder).count(False) == 1


def test_the_record_holds_everything_and_says_that_it_is_whole(cast: Cast) -> None:
    live = published(cast)
    actions.hand_over(live.document, to=cast.second_editor, by=cast.editor, at=NOW + 20 * STEP)

    record = record_of(live.document)

    assert record["check"] == []
    assert [event["verb"] for event in record["events"]] == ["start", "submit", "approve", "publish", "hand over"]
    assert [review["revision_digest"] for review in record["reviews"]] == [live.text.digest]
    assert [text["content"] for text in record["texts"]] == [live.text.fields]
    assert json.loads(json.dumps(record)) == record


@pytest.mark.breaks_the_record
def test_the_record_of_a_document_names_a_forged_review(cast: Cast) -> None:
    live = published(cast)
    forge(live)

    (fault,) = record_of(live.document)["check"]
    assert fault == f"Review {live.reviews.get().pk}: it is not what was signed and recorded."


def test_a_record_ten_times_as_long_takes_no_more_queries(cast: Cast) -> None:
    def queries(edition: Edition) -> int:
        document = fresh(edition).document
        with CaptureQueriesContext(connection) as seen:
            record_of(document)
        return len(seen)

    live = published(cast)
    short = queries(live)
    for turn in range(10, 30):
        to = cast.second_editor if turn % 2 == 0 else cast.editor
        actions.hand_over(live.document, to=to, by=cast.administrator, at=NOW + turn * STEP)

    assert queries(live) == short
