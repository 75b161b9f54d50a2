"""How fast citations are printed and files are written, on made-up references, as works a second of one processor.

`first` counts every reference once with nothing remembered; `again` is the same list printed again, as lists are.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from references.exports import FORMS, Form
from references.formatting import dates, names, nlm_citation, nlm_citation_html

WORKS = 20_000
GIVEN = ("A. B.", "Jan D", "Test", "Maria de L", "J.L.", "T")


def work(number: int) -> dict[str, Any]:
    """A journal article of five authors; no two works share a family name."""
    return {
        "key": f"work{number}",
        "type": "article-journal",
        "author": [{"family": f"Family{number * 5 + n}", "given": GIVEN[(number + n) % 6]} for n in range(5)],
        "title": f"A title made up for measuring, number {number}: with some words in it",
        "container_title": "Journal of Test Fixtures",
        "container_title_short": "J Test Fixt",
        "issued": f"{1970 + number % 50}-{1 + number % 12:02}",
        "volume": str(number % 90),
        "issue": str(number % 12),
        "page": f"{number}-{number + 9}",
        "epub": f"2001-02-{1 + number % 28:02}" if number % 2 else "",
        "DOI": f"10.1000/work.{number}",
        "PMID": str(number + 1),
        "PMCID": "",
        "notes": ["Review."] if number % 3 == 0 else [],
    }


def per_second(act: Callable[[], object]) -> float:
    """Works a second, by the time of the processor, which other programs do not take."""
    begun = time.process_time()
    act()
    return WORKS / (time.process_time() - begun)


def _written(form: Form, works: list[dict[str, Any]]) -> int:
    return sum(map(len, form.write(works)))


def test_formatting(capsys: pytest.CaptureFixture[str]) -> None:
    works = [work(number) for number in range(WORKS)]
    names._after_the_family_name.cache_clear()
    dates.nlm_date.cache_clear()

    rows = {
        "citation, first": per_second(lambda: [nlm_citation(each) for each in works]),
        "citation, again": per_second(lambda: [nlm_citation(each) for each in works]),
        "citation with DOI": per_second(lambda: [nlm_citation(each, identifiers=("DOI",)) for each in works]),
        "citation as HTML": per_second(lambda: [nlm_citation_html(each) for each in works]),
        **{form.label: per_second(partial(_written, form, works)) for form in FORMS.values()},
    }

    with capsys.disabled():
        print(f"\nReferences, {WORKS:,} made-up articles of five authors")
        for name, rate in rows.items():
            print(f"  {name:22} {rate:10,.0f} a second")
