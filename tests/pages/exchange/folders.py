"""Folders of files made for tests, and the commands run on them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

import pages
from alstrom_site.accounts.demonstration import make_accounts
from pages.exchange.bringing import bring_in_starter
from pages.exchange.report import Report
from pages.exchange.starting import Signers, demonstration_signers
from tests.cast import NOW

STARTER = Path(pages.__file__).parent / "starter_content"

TERM = "---\nkind: term\nterm: Sample term\nslug: sample-term\nalternate_names: []\n---\n\nA word for tests.\n"
FAQ = "---\nkind: faq\nquestion: Is this a test?\nslug: is-this-a-test\n---\n\nYes, as [@sample2001] says.\n"
ARTICLE = """---
kind: article
title: Sample article
slug: sample-article
summary: A page made up for tests.
quick_answer: A short answer made up for tests.
not_known: |-
  One paragraph made up for tests.

  And another one.
closing_summary: ''
user_need: As a test, I need a page, so that I can pass.
audience: families
faqs:
- is-this-a-test
related:
- address: other-article
  description: A page that need not be live.
alternate_names: []
codes:
- system: TEST
  code: '0012'
  as_of: 2007-12
origin:
  title: 'Made up: for tests'
  reviewed: 2008-08
  published: '2009-05-04'
---

## First part

A [word](term:sample-term) made up for tests [@sample2001].
"""
OTHER_ARTICLE = (
    ARTICLE.replace("other-article", "@").replace("sample-article", "other-article").replace("@\n", "sample-article\n")
)
REFERENCE = {
    "id": "sample2001",
    "type": "article-journal",
    "author": [{"family": "Sample", "given": "A.B."}],
    "title": "A made-up source for tests",
    "container-title-short": "J Test Fixt",
    "issued": {"date-parts": [[2001, 4]]},
}
BIBLIOGRAPHY = json.dumps([REFERENCE])


def folder_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Return the folder with these files written into it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what every file of the folder holds, by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def imported(*arguments: Any) -> dict[str, Any]:
    """Run the command and return its report; `failed` says whether it ended with exit 1."""
    printed = StringIO()
    failed = False
    try:
        call_command("import_content", *map(str, arguments), "--json", stdout=printed)
    except CommandError:
        failed = True
    report: dict[str, Any] = json.loads(printed.getvalue())
    return {**report, "failed": failed}


def results(report: dict[str, Any]) -> dict[str, str]:
    """Return what became of each document, by its address."""
    return {each["address"]: each["result"] for each in report["documents"]}


def messages(report: dict[str, Any]) -> list[str]:
    """Return each problem with the name of its file and its line."""
    return [
        f"{Path(each['path']).name}:{each['line']} {each['field']}: {each['message']}" for each in report["problems"]
    ]


def signers() -> Signers:
    """Return the demonstration accounts, made where they are missing."""
    make_accounts()
    return demonstration_signers()


def made_live(folder: Path) -> Report:
    """Bring in a folder as starter content is brought in."""
    return bring_in_starter(folder, signers=signers(), at=NOW)
