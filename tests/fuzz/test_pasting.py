"""Whatever is pasted as identifiers is read in steps of its length, and what is recognised stays what it is."""

from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st

from references.identifiers import recognise
from references.lookup import asked_in
from tests.fuzz.counting import steps_of

PIECES = st.sampled_from(
    [
        *(
            "10.1000/",
            "10.",
            "doi:",
            "https://doi.org/",
            "PMID: ",
            "PMC",
            "123",
            "9" * 20,
            "pmid",
            "978-0-",
            "0000-0002-",
        ),
        *(
            "(",
            ")",
            "[1] ",
            "<",
            ">",
            ";",
            ",",
            "|",
            ".",
            "/",
            " ",
            "\n",
            "\t",
            "\x00",
            "\u202e",
            "٣",
            "é",
            "&amp;",
            "%2F",
        ),
    ]
)
PASTED = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(PASTED)
@example("10.1000/" + "(" * 30 + ")")
@example("10.1000/10./")
def test_what_is_recognised_is_recognised_again_as_the_same(text: str) -> None:
    for each in asked_in(text):
        if each.recognised is not None:
            assert recognise(f"{each.recognised.scheme}: {each.recognised.value}") == each.recognised


def test_a_long_text_takes_steps_in_proportion() -> None:
    for piece in ("10.1000/(", "PMC1;", "1 ", "doi: ", "10.1/,", "https://doi.org/", "a;b,c|", "978-"):
        short, long = (steps_of(partial(asked_in, piece * times)) for times in (100, 400))

        assert long < 6 * short + 2000, piece
