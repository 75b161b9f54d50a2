"""All live content as files: the form that an import reads, the same bytes for the same content."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alstrom_site.editorial.models import Document
from pages.exchange.front_matter import write_document
from pages.exchange.shapes import BIBLIOGRAPHY, SHAPES
from references.csl import write_bibliography


class FolderRefused(Exception):
    """Nothing was written to the folder; the text says why."""


@dataclass(frozen=True)
class Exported:
    """The files written, by their path in the folder, and older files of the same places that nothing live needs."""

    written: tuple[str, ...]
    left_over: tuple[str, ...]


def live_files() -> dict[str, str]:
    """The text of each file by its path in the folder; the bibliography is in the order of its keys."""
    # One query, so that all of it is of one moment.
    live = Document.objects.live().select_related("live_edition__head").order_by("kind", "address")
    files, references = {}, []
    for document in live:
        content = _content(document)
        if document.kind in SHAPES:
            files[f"{SHAPES[document.kind].folder}/{document.address}.md"] = write_document(document.kind, content)
        else:
            references.append(content)
    files[BIBLIOGRAPHY] = write_bibliography(sorted(references, key=lambda each: str(each["key"])))
    return files


def export(folder: Path, *, over: bool = False) -> Exported:
    """Write all live content into the folder, each file whole or not at all.

    Raises FolderRefused when it is no folder or, unless `over`, when something is in it. Nothing is ever deleted.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderRefused(f"{folder} is not a folder.")
    if folder.exists() and any(folder.iterdir()) and not over:
        raise FolderRefused(f"{folder} is not empty. Name another folder, or write over this one with --over.")
    files = live_files()
    before = set(_older_files(folder))
    for name, text in files.items():
        _write_whole(folder / name, text)
    return Exported(tuple(files), tuple(sorted(before - files.keys())))


def _content(document: Document) -> dict[str, object]:
    if document.live_edition is None:
        raise LookupError(f"{document} is not live.")
    return document.live_edition.text.fields


def _older_files(folder: Path) -> Iterator[str]:
    for shape in SHAPES.values():
        yield from (f"{shape.folder}/{path.name}" for path in (folder / shape.folder).glob("*.md"))


def _write_whole(path: Path, text: str) -> None:
    """Write beside it first and put it in place in one step, so that no reader ever finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.being-written")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
