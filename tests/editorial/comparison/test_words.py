"""Inside a block: every changed word, number, citation and address stands out whole."""

import pytest

from .examples import marked_body, names, notes


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Give 5 mg a day.", "Give 50 mg a day.", "Give [-5 mg-]{+50 mg+} a day."),
        ("Give 5 mg a day.", "Give 5 g a day.", "Give [-5 mg-]{+5 g+} a day."),
        ("Give 1.5 ml.", "Give 15 ml.", "Give [-1.5 ml-]{+15 ml+}."),
        ("Give 1.5mg/kg/day now.", "Give 1,5mg/kg/day now.", "Give [-1.5mg/kg/day-]{+1,5mg/kg/day+} now."),
        ("Below −2 it is low.", "Below 2 it is low.", "Below [-−2-]{+2+} it is low."),
        ("Give 5–10 mg.", "Give 5–100 mg.", "Give [-5–10 mg-]{+5–100 mg+}."),
        ("Seen in <5% of people.", "Seen in >5% of people.", "Seen in [-<5%-]{+>5%+} of people."),
        ("On 2008-08 it was.", "On 2008-08-01 it was.", "On [-2008-08-]{+2008-08-01+} it was."),
        ("It is safe.", "It is not safe.", "It is {+not +}safe."),
        ("It cannot harm.", "It can harm.", "It [-cannot-]{+can+} harm."),
    ],
)
def test_a_changed_number_unit_sign_or_negation_is_shown_whole(old: str, new: str, shown: str) -> None:
    assert marked_body(old, new) == [shown]


def test_a_changed_dose_stands_by_itself_between_other_changes() -> None:
    assert marked_body("We give 5 mg daily here.", "We give 50 mg weekly here.") == [
        "We give [-5 mg-]{+50 mg+} [-daily-]{+weekly+} here."
    ]


def test_a_minus_that_went_is_said_in_words() -> None:
    assert notes("It lies below -1.5 mmol/L.", "It lies below 1.5 mmol/L.") == ["minus"]


@pytest.mark.parametrize(
    ("old", "new", "shown", "note"),
    [
        ("So [@joy2007, p. 3].", "So [@joy2007, p. 4].", "So [-[@joy2007, p. 3]-]{+[@joy2007, p. 4]+}.", "citation"),
        ("So [@a; @b].", "So [@b; @a].", "So [-[@a; @b]-]{+[@b; @a]+}.", "citation"),
        ("The [gene](/a/) is.", "The [gene](/b/) is.", "The [gene[-](/a/)-]{+](/b/)+} is.", "link address"),
        ("At https://a.test/x?y=1 now.", "At https://a.test/x?y=2 now.",
         "At [-https://a.test/x?y=1-]{+https://a.test/x?y=2+} now.", "link address"),
        ("![eye](/media/images/a.png)", "![eye](/media/images/b.png)",
         "![eye[-](/media/images/a.png)-]{+](/media/images/b.png)+}", "image address"),
        ("![one eye](/media/images/a.png)", "![an eye](/media/images/a.png)",
         "![[-one-]{+an+} eye](/media/images/a.png)", None),
        ("It is *so* here.", "It is so here.", "It is [-*-]so[-*-] here.", "italic"),
        ("It is so here.", "It is **so** here.", "It is {+**+}so{+**+} here.", "bold"),
        ("## A long heading", "### A long heading", "[-##-]{+###+} A long heading", "heading level 3"),
    ],
)  # fmt: skip
def test_formatting_links_images_and_citations_stay_visible(old: str, new: str, shown: str, note: str | None) -> None:
    assert marked_body(old, new) == [shown]
    assert note is None or note in notes(old, new)


def test_words_beside_a_changed_address_are_told_apart_from_it() -> None:
    assert marked_body("See the [gene](/a/) now.", "See the [page](/b/) now.") == [
        "See the [[-gene-]{+page+}[-](/a/)-]{+](/b/)+} now."
    ]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("one two", "one\u00a0two", ["space", "no-break space"]),
        ("one two", "one  two", ["space", "2 spaces"]),
        ("one two", "one\ntwo", ["space", "line break"]),
        ("a sentence ends", "a sentence ends  ", ["2 spaces"]),
        ("one\ttwo", "one two", ["tab", "space"]),
        ("a word here", "a wo\u00adrd here", ["soft hyphen"]),
        ("a word here", "a wo\u200brd here", ["zero width space"]),
        ("a word here", "a \u202eword here", ["right-to-left override"]),
        ("a word\nhere", "a word\r\nhere", ["carriage return"]),
    ],
)
def test_what_cannot_be_seen_is_named(old: str, new: str, named: list[str]) -> None:
    assert names(old, new) == named


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("In Alström syndrome", "In Alstro\u0308m syndrome",
         ["looks the same: latin small letter o with diaeresis",
          "looks the same: latin small letter o, combining diaeresis"]),
        ("A scope here", "A sc\u043epe here",
         ["looks the same: latin small letter o", "looks the same: cyrillic small letter o; cyrillic small letter o"]),
        ("Give 5 mg now", "Give 5\u00a0mg now", ["looks the same: space", "looks the same: no-break space"]),
        ("A 5-10 range", "A 5–10 range", ["looks the same: hyphen-minus", "looks the same: en dash"]),
    ],
)  # fmt: skip
def test_what_looks_the_same_is_told_apart_by_name(old: str, new: str, told: list[str]) -> None:
    assert notes(old, new) == told


def test_a_direction_control_in_unchanged_text_is_named_too() -> None:
    assert names("a \u202eword here", "a \u202eword there") == ["right-to-left override"]


def test_equal_scraps_between_long_changes_join_them() -> None:
    old = "Here we first saw that of old tired nurses there."
    new = "Here we rarely told them of young busy people there."

    assert marked_body(old, new) == [
        "Here we [-first saw that of old tired nurses-]{+rarely told them of young busy people+} there."
    ]


def test_an_added_word_comes_with_the_space_after_it() -> None:
    assert marked_body("Take 5 mg now. It is safe.", "Take 50 mg now. It is not safe.") == [
        "Take [-5 mg-]{+50 mg+} now. It is {+not +}safe."
    ]
