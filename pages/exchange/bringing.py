"""From files to drafts, or to live starter content: the whole of an import."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pages.exchange.files import files_in
from pages.exchange.importing import bring_in
from pages.exchange.incoming import in_order, read_files
from pages.exchange.report import Report
from pages.exchange.source_drafts import read_source
from pages.exchange.starting import Signers, bring_in_and_publish

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

SOURCE = ".txt"


def bring_in_files(paths: Sequence[Path], *, by: "User | None", at: datetime) -> Report:
    """Make drafts of what the files and folders hold, and return the report; without `by` nothing is written."""
    report = Report()
    files = list(files_in(paths, report))
    documents = read_files([path for path in files if path.suffix != SOURCE], report)
    bring_in(documents, report, by=by, at=at)
    # One after the other, so that a text finds the addresses that the one before it took.
    for path in files:
        if path.suffix == SOURCE:
            bring_in(in_order(read_source(path, report)), report, by=by, at=at)
    return report


def bring_in_starter(folder: Path, *, signers: Signers, at: datetime) -> Report:
    """Make the content of the folder live where the site has none of it yet, and return the report."""
    report = Report()
    documents = read_files(files_in([folder], report), report)
    bring_in_and_publish(documents, report, signers=signers, at=at)
    return report
