"""What the main things cost, as medians of one run and as ratios to the cheapest answer Django can give.

`make bench` runs it; machines differ and are shared, so a ratio says more than a time.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from alstrom_site.editorial import projection
from alstrom_site.editorial.comparison import compare
from alstrom_site.editorial.models import Event
from alstrom_site.editorial.verification import faults
from pages.kinds import ARTICLE
from pages.markdown import Renderer
from tests.cast import NOW, Cast
from tests.documents import STEP, article_content, published

ARTICLES = 60
PARAGRAPH = "A sentence made up for measuring, with **bold** words and a source [@sample2001, p. 3].\n\n"
TEXT = "## A part\n\n" + PARAGRAPH * 120


def bare(request: HttpRequest) -> HttpResponse:
    """The cheapest answer: every middleware, no database, no template."""
    return HttpResponse(b"ok")


urlpatterns = [path("bare", bare), path("", include("alstrom_site.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def median_ms(act: Callable[[], object], times: int) -> float:
    """Return the median of so many runs after one that is not counted, in milliseconds."""
    act()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def peak_mb(act: Callable[[], object]) -> float:
    """Return the most memory that Python held more during the act, in megabytes."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


def test_readers(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(ARTICLES):
        published(cast, "article", at=NOW + number * STEP, slug=f"article-{number}", body=TEXT)
    visitor, editor = Client(), Client()
    editor.force_login(cast.editor)
    floor = median_ms(lambda: visitor.get("/bare"), 200)
    rows = {
        "bare Django": floor,
        "a public page": median_ms(lambda: visitor.get("/article-1/"), 200),
        "home": median_ms(lambda: visitor.get("/"), 50),
        "search": median_ms(lambda: visitor.get("/search/?q=measuring"), 50),
        "the desk": median_ms(lambda: editor.get("/admin/"), 20),
        "a list at the desk": median_ms(lambda: editor.get("/admin/pages/article/"), 20),
    }
    with capsys.disabled():
        print(f"\nRequests, {ARTICLES} articles live")
        for name, taken in rows.items():
            print(f"  {name:22} {taken:8.2f} ms   {taken / floor:6.1f} × bare")


def test_work(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        published(cast, "article", at=NOW + number * STEP, slug=f"article-{number}", body=TEXT)
    events = Event.objects.count()
    old = ARTICLE.clean(article_content(body=TEXT))
    new = ARTICLE.clean(article_content(body=TEXT.replace("measuring", "weighing", 40)))
    renderer = Renderer(references={"sample2001": "Sample 2001"}, terms={})
    numbers = iter(range(1000))

    def publish_one() -> None:
        published(cast, "term", at=NOW, slug=f"term-{next(numbers)}")

    rows = {
        f"render {len(TEXT) // 1000} kB": (median_ms(lambda: renderer.render(TEXT), 10), "text"),
        f"compare {len(TEXT) // 1000} kB": (median_ms(lambda: compare(old, new, ARTICLE.fields), 10), "pair"),
        "write, review, publish": (median_ms(publish_one, 10), "term"),
        "rebuild": (median_ms(projection.rebuild, 3) / 21, "page"),
        "verify the record": (median_ms(lambda: list(faults()), 3) / 21, f"page and {events // 21} events"),
    }
    with capsys.disabled():
        print("\nWork")
        for name, (taken, unit) in rows.items():
            print(f"  {name:22} {taken:8.1f} ms a {unit}")
        print(f"  {'memory of a rebuild':22} {peak_mb(projection.rebuild):8.1f} MB")
