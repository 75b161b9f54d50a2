"""What two people changed in one text, brought together: examples that a person can judge."""

from typing import Any

import pytest

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.merging import Choice, Merged, merge

BODY = ComparedField("body", "Body", "markdown")
TITLE = ComparedField("title", "Title", "line")
FAQS = ComparedField("faqs", "Questions", "list", item="question")
RELATED = ComparedField("related", "Related pages", "rows", "related page", ("address", "description"))
ORIGIN = ComparedField("origin", "Origin", "record", columns=("title", "reviewed"))


def merged(base: Any, mine: Any, theirs: Any, field: ComparedField = BODY) -> Merged:
    """The merge of one field."""
    return merge({field.name: base}, {field.name: mine}, {field.name: theirs}, [field])


def value(outcome: Merged, *choices: Choice) -> Any:
    """The value of the one field."""
    (found,) = outcome.content(choices).values()
    return found


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("One.\n\nTwo.", "One, mine.\n\nTwo.", "One.\n\nTwo, theirs.", "One, mine.\n\nTwo, theirs."),
        ("One.\n\nTwo.", "Mine.\n\nOne.\n\nTwo.", "One.\n\nTwo.\n\nTheirs.", "Mine.\n\nOne.\n\nTwo.\n\nTheirs."),
        ("- a\n- b\n- c", "- b\n- c", "- a\n- b\n- c\n- d", "- b\n- c\n- d"),
        (
            "It is so. It is thus.",
            "It is so now. It is thus.",
            "It is so. It is not thus.",
            "It is so now. It is not thus.",
        ),
        ("# Head\n\nText.", "# Head\n\nText.", "# Head!\n\nText.", "# Head!\n\nText."),
        ("A b c d.\n\nEnd.", "End.", "A b c d.\n\nEnd.\n\nMore.", "End.\n\nMore."),
        ("", "New.", "", "New."),
    ],
)
def test_changes_of_a_text_that_do_not_touch_are_both_there(base: str, mine: str, theirs: str, expected: str) -> None:
    outcome = merged(base, mine, theirs)

    assert outcome.conflicts == ()
    assert value(outcome) == expected
    assert value(merged(base, theirs, mine)) == expected


def test_two_changes_of_one_sentence_touch_though_they_change_other_words() -> None:
    outcome = merged(
        "Rest. Take 5 mg twice a day. Drink.",
        "Rest. Take 10 mg twice a day. Drink.",
        "Rest. Take 5 mg once a day. Drink much.",
    )

    (conflict,) = outcome.conflicts
    assert conflict.base.strip() == "Take 5 mg twice a day."
    assert (conflict.mine.strip(), conflict.theirs.strip()) == ("Take 10 mg twice a day.", "Take 5 mg once a day.")
    assert value(outcome, Choice.MINE) == "Rest. Take 10 mg twice a day. Drink much."
    assert value(outcome, Choice.THEIRS) == "Rest. Take 5 mg once a day. Drink much."


@pytest.mark.parametrize("word", ["approx. 5", "e.g. a", "no. 7"])
def test_an_abbreviation_ends_no_sentence(word: str) -> None:
    base = f"Take {word} thing twice."

    outcome = merged(base, base.replace("Take", "Give"), base.replace("twice", "once"))

    assert len(outcome.conflicts) == 1


def test_what_one_takes_out_and_the_other_changes_is_for_a_person_to_settle() -> None:
    outcome = merged("Keep.\n\nThis is old news.", "Keep.", "Keep.\n\nThis is old news indeed.")

    (conflict,) = outcome.conflicts
    assert (conflict.mine, conflict.theirs) == ("", "This is old news indeed.")
    assert not conflict.can_be_both
    assert value(outcome, Choice.THEIRS) == "Keep.\n\nThis is old news indeed."


def test_two_paragraphs_at_one_place_can_both_stand_there() -> None:
    outcome = merged("One.", "One.\n\nMine is here.", "One.\n\nAnother paragraph of theirs.")

    (conflict,) = outcome.conflicts
    assert conflict.can_be_both
    assert value(outcome, Choice.BOTH) == "One.\n\nMine is here.\n\nAnother paragraph of theirs."


@pytest.mark.parametrize("block", ["```\ncode. More.\n```", "| a | b |"])
def test_a_block_that_is_no_prose_is_taken_whole(block: str) -> None:
    outcome = merged(
        block, block.replace("a", "x").replace("code", "mine"), block.replace("b", "y").replace("ode", "ub")
    )

    assert len(outcome.conflicts) == 1


def test_a_line_is_settled_whole() -> None:
    outcome = merged("Title", "My title", "Their title", TITLE)

    assert [(each.base, each.mine, each.theirs) for each in outcome.conflicts] == [("Title", "My title", "Their title")]
    assert not outcome.conflicts[0].can_be_both
    assert value(outcome, Choice.THEIRS) == "Their title"


def test_entries_of_a_list_come_and_go_on_both_sides() -> None:
    outcome = merged(["a", "b", "c"], ["b", "c"], ["a", "b", "c", "d"], FAQS)

    assert (outcome.conflicts, value(outcome)) == ((), ["b", "c", "d"])


def test_two_entries_added_at_one_place_can_both_be_kept() -> None:
    outcome = merged(["a"], ["a", "mine"], ["a", "theirs"], FAQS)

    assert outcome.conflicts[0].can_be_both
    assert value(outcome, Choice.BOTH) == ["a", "mine", "theirs"]


def test_a_row_is_merged_cell_by_cell() -> None:
    row = {"address": "the-same-page", "description": "What it says", "note": ""}

    outcome = merged([row], [{**row, "description": "What it says now"}], [{**row, "note": "x"}], RELATED)

    assert outcome.conflicts == ()
    assert value(outcome) == [{**row, "description": "What it says now", "note": "x"}]


def test_cells_that_do_not_clash_are_lost_by_neither_choice() -> None:
    base = {"title": "T", "reviewed": "2001", "place": ""}
    mine, theirs = {**base, "title": "Mine", "reviewed": "2002"}, {**base, "title": "Theirs", "place": "here"}

    outcome = merged(base, mine, theirs, ORIGIN)

    assert len(outcome.conflicts) == 1
    assert value(outcome, Choice.MINE) == {"title": "Mine", "reviewed": "2002", "place": "here"}
    assert value(outcome, Choice.THEIRS) == {"title": "Theirs", "reviewed": "2002", "place": "here"}


def test_without_a_base_all_in_which_the_two_differ_is_in_conflict() -> None:
    outcome = merge(None, {"title": "A", "body": "x"}, {"title": "A", "body": "y"}, [TITLE, BODY])

    assert [conflict.field for conflict in outcome.conflicts] == [BODY]
    assert outcome.conflicts[0].base is None
    assert outcome.content([Choice.THEIRS]) == {"title": "A", "body": "y"}


def test_a_key_that_no_field_declares_is_merged_too() -> None:
    outcome = merge({"x": "1"}, {"x": "1"}, {"x": "2", "y": "3"}, [])

    assert outcome.content() == {"x": "2", "y": "3"}


def test_choices_are_taken_in_the_order_of_the_conflicts() -> None:
    base, mine, theirs = {"title": "T", "body": "B."}, {"title": "M", "body": "M."}, {"title": "O", "body": "O."}

    outcome = merge(base, mine, theirs, [TITLE, BODY])

    assert [conflict.number for conflict in outcome.conflicts] == [0, 1]
    assert outcome.content([Choice.THEIRS, Choice.MINE]) == {"title": "O", "body": "M."}
    assert outcome.content([Choice.BY_HAND, Choice.THEIRS]) == {"title": "M", "body": "O."}
