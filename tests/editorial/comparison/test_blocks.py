"""Between blocks: what came, what went, what moved, and what may be folded away."""

import pytest

from .examples import BODY, FAQS, RELATED, change_of, marked, marked_body, notes, remarks

PARAGRAPHS = [
    f"Paragraph {word} speaks of {word} things." for word in ["one", "two", "three", "four", "five", "six", "seven"]
]


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# Head\ntext\nmore\n\nUnder\n-----\nnext", ["heading", "paragraph", "heading", "paragraph"]),
        ("- a\n  more of a\n- b\n\n1. c\n2) d", ["list item"] * 4),
        ("> a\n> b\n\ntext\n> c", ["quote", "paragraph", "quote"]),
        ("text\n```\n# no head\n\n- no item\n```\nafter", ["paragraph", "code", "paragraph"]),
        ("~~~~\n```\n~~~\n~~~~\nafter", ["code", "paragraph"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nafter", ["table row"] * 3 + ["paragraph"]),
        ("\n\n![eye](/media/images/a.png)", ["blank line", "image"]),
    ],
)
def test_markdown_is_cut_into_its_blocks(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in change_of(text, text).blocks] == kinds


def test_a_moved_paragraph_is_said_as_moved_at_both_places() -> None:
    old, new = _text(*PARAGRAPHS[:3]), _text(PARAGRAPHS[2], *PARAGRAPHS[:2])

    change = change_of(old, new)

    assert remarks(change) == ["Paragraph moved from 3 to 1", "Paragraph moved from 3 to 1, shown there"]
    assert [block.from_position for block in change.blocks] == [3, 1, 2, 3]


def test_a_paragraph_that_moved_and_changed_shows_both() -> None:
    edited = PARAGRAPHS[2].replace("speaks", "does not speak")

    change = change_of(_text(*PARAGRAPHS[:3]), _text(edited, *PARAGRAPHS[:2]))

    assert remarks(change)[0] == "Paragraph moved from 3 to 1, and changed"
    assert marked(change.blocks[0]) == "Paragraph three [-speaks-]{+does not speak+} of three things."


def test_the_longer_block_stays_and_the_shorter_one_moves() -> None:
    assert remarks(change_of(_text("Short.", PARAGRAPHS[0]), _text(PARAGRAPHS[0], "Short.")))[-1] == (
        "Paragraph moved from 1 to 2"
    )


def test_a_paragraph_added_at_the_end_leaves_the_one_before_it_unchanged() -> None:
    assert remarks(change_of(_text(*PARAGRAPHS[:2]), _text(*PARAGRAPHS[:3]))) == ["Paragraph added"]


def test_a_paragraph_replaced_by_another_is_removed_and_added() -> None:
    assert marked_body("The heart is a muscle.", "Nobody knows why, yet.") == [
        "[-The heart is a muscle.-]",
        "{+Nobody knows why, yet.+}",
    ]


def test_an_extra_blank_line_between_the_same_blocks_is_told() -> None:
    assert notes("- a\n- b", "- a\n\n- b") == ["line break after this", "2 line breaks after this"]


def test_two_paragraphs_joined_into_one_are_told() -> None:
    change = change_of("One here.\n\nTwo there.", "One here.\nTwo there.")

    assert sorted(remarks(change)) == ["Paragraph changed", "Paragraph removed"]


def test_the_order_of_questions_is_visible() -> None:
    change = change_of(["what-is-it", "how-common", "who-to-ask"], ["who-to-ask", "what-is-it", "how-common"], FAQS)

    assert remarks(change) == ["Question moved from 3 to 1", "Question moved from 3 to 1, shown there"]


def test_another_address_is_another_question_however_alike() -> None:
    assert remarks(change_of(["what-is-alms1"], ["what-is-alms2"], FAQS)) == ["Question removed", "Question added"]


def test_a_row_shows_which_cell_changed() -> None:
    old, new = {"address": "alms1", "description": "The gene"}, {"address": "alms1", "description": "The one gene"}

    change = change_of([old], [new], RELATED)

    assert marked(change.blocks[0]) == "address: alms1description: The {+one +}gene"


def test_long_unchanged_runs_fold_with_a_neighbour_left_on_each_side() -> None:
    old = _text(*PARAGRAPHS)

    groups = change_of(old, old.replace("seven things", "no things")).groups

    assert [(group.label, group.is_folded) for group in groups] == [
        ("5 unchanged paragraphs", True),
        ("1 unchanged paragraph", False),
        ("1 unchanged paragraph", False),
    ]


def test_two_hundred_kilobytes_of_the_worst_text_still_compare() -> None:
    old, new = "a b " * 50_000, "b a a " * 33_000

    change = change_of(old, new, BODY)

    assert "".join(change.texts_before) == old
    assert "".join(change.texts_after) == new
