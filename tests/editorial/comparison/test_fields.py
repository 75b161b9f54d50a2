"""Between contents: every field is there, declared or not, and one sentence sums it up."""

from alstrom_site.editorial.comparison import ComparedField, compare

from .examples import BODY, FAQS, ORIGIN, change_of, marked, remarks

TITLE = ComparedField("title", "Title", "line")


def test_a_field_that_nobody_declared_is_still_shown() -> None:
    comparison = compare({"body": ""}, {"body": "", "as_of": "2008"}, [BODY])

    assert [(change.field.label, change.status) for change in comparison.changed] == [("As of", "added")]


def test_fields_come_in_their_declared_order_and_unchanged_ones_too() -> None:
    comparison = compare({"body": "a", "title": "b"}, {"title": "c", "body": "a"}, [TITLE, BODY])

    assert [(change.field.name, change.status) for change in comparison.changes] == [
        ("title", "changed"),
        ("body", "unchanged"),
    ]


def test_without_an_old_content_everything_that_is_written_is_new() -> None:
    comparison = compare(None, {"title": "A", "body": "B", "faqs": [], "as_of": None}, [TITLE, BODY, FAQS])

    assert comparison.summary() == "Everything is new."
    assert [(change.field.name, change.status) for change in comparison.changes] == [
        ("title", "added"),
        ("body", "added"),
    ]


def test_an_empty_field_beside_an_old_content_that_has_none_is_told() -> None:
    (change,) = compare({"title": "A"}, {"title": "A", "faqs": []}, [TITLE, FAQS]).changed

    assert change.note == "empty list"


def test_a_field_that_is_gone_shows_all_it_held() -> None:
    (change,) = compare({"origin": {"title": "A"}}, {}, [ORIGIN]).changed

    assert (change.status, remarks(change)) == ("removed", ["Item removed"])
    assert marked(change.blocks[0]) == "[-title: -][-A-]"


def test_the_summary_counts_entries_and_names_fields() -> None:
    old = {"title": "A", "body": "B", "faqs": ["a", "b"], "DOI": "1"}
    new = {"title": "A2", "body": "B2", "faqs": ["c", "b", "d"], "PMID": "2"}
    doi, pmid = (ComparedField(name, name, "line") for name in ("DOI", "PMID"))

    comparison = compare(old, new, [TITLE, BODY, FAQS, doi, pmid])

    assert comparison.summary() == "Title, body and 3 questions changed; PMID added; DOI removed."


def test_equal_contents_say_that_nothing_changed() -> None:
    assert compare({"body": "a"}, {"body": "a"}, [BODY]).summary() == "Nothing changed."


def test_a_record_shows_the_part_that_changed() -> None:
    change = change_of({"title": "A", "reviewed": "2008-08"}, {"title": "A", "reviewed": "2008-08-01"}, ORIGIN)

    assert [marked(block) for block in change.blocks] == ["title: A", "reviewed: [-2008-08-]{+2008-08-01+}"]


def test_equal_looks_of_different_types_are_told_apart() -> None:
    change = change_of({"title": 1}, {"title": "1"}, ORIGIN)

    assert [span.note for span in change.blocks[0].spans if span.note] == ["number", "text"]


def test_a_value_of_another_shape_is_shown_as_replaced() -> None:
    assert remarks(change_of("one", ["one"], FAQS)) == ["Line removed", "Question added"]
    assert change_of([], "", FAQS).note == "empty list before, empty text now"
