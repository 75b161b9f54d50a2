"""BibTeX: entries, fields, names and LaTeX as people and programs write them."""

import json

import pytest

from references.formats.bibtex_names import read_name, split_names
from references.formats.latex import from_latex
from tests.references.formats.samples import item, messages, read


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna Test", {"family": "Test", "given": "Anna"}),
        ("Test, Anna B.", {"family": "Test", "given": "Anna B."}),
        ("Ludwig van der Test", {"family": "van der Test", "given": "Ludwig"}),
        ("van der Test, Ludwig", {"family": "van der Test", "given": "Ludwig"}),
        ("Test, Jr., Anna", {"family": "Test", "given": "Anna", "suffix": "Jr"}),
        ("Test, Anna, Jr.", {"family": "Test", "given": "Anna", "suffix": "Jr"}),
        ("Anna Test III", {"family": "Test", "given": "Anna", "suffix": "III"}),
        (r"{\"O}zlem {van Test}", {"family": "van Test", "given": "Özlem"}),
        ("{World Test Organization}", {"literal": "World Test Organization"}),
        ("anna test", {"family": "test", "given": "anna"}),
        ("Plato", {"literal": "Plato"}),
        ("others", {"literal": "et al"}),
        ("Anna {de Test} Sample", {"family": "Sample", "given": "Anna de Test"}),
        ("Test, JL", {"family": "Test", "given": "J L"}),
        ("family=Test, given=Anna, prefix=van", {"family": "van Test", "given": "Anna"}),
    ],
)
def test_names_follow_the_rules_of_bibtex(written: str, name: dict[str, str]) -> None:
    assert read_name(written) == name


def test_names_are_joined_by_and_outside_of_braces() -> None:
    assert split_names("A Test and {Tests and Sons} and\n B  Test") == ["A Test", "{Tests and Sons}", "B Test"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"Alstr{\"o}m", "Alström"),
        (r"Alstr\"om, Alstr\"{o}m", "Alström, Alström"),
        (r"{\ss}, {\o}, \aa, \L{}, \'{\i}, \c{c}, \v s", "ß, ø, å, Ł, í, ç, š"),
        (r"{DNA} and {\it in vitro}", "DNA and <i>in vitro</i>"),
        (r"\textit{ALMS1} \emph{x} \textbf{y}", "<i>ALMS1</i> <i>x</i> <b>y</b>"),
        (r"H$_2$O, $10^{-3}$, $\alpha$-helix, 37$^\circ$C", "H<sub>2</sub>O, 10<sup>-3</sup>, α-helix, 37°C"),
        (r"A \& B, 5\,\%, a\_b, ``quoted''", "A & B, 5 %, a_b, “quoted”"),
        (r"one--two---three~four", "one–two—three four"),
        (r"plain text_with ^signs", "plain text_with ^signs"),
        (r"{unclosed \'", "unclosed "),
        (r"\~{} and \textasciitilde and {\~}", "~ and ~and ~"),
    ],
)
def test_latex_becomes_the_text_that_it_prints(written: str, text: str) -> None:
    assert from_latex(written) == (text, [])


def test_a_command_that_is_not_known_stays_and_is_named() -> None:
    records, problems = read("@article{a,\n title = {A \\foo{b} title}}")

    assert records[0].item["title"] == r"A \foo b title".replace(r"\foo b", r"\foob")
    assert messages(problems) == [(2, r"The command \foo of LaTeX is not known here.")]


def test_macros_joins_and_parentheses_are_understood() -> None:
    macros = '@string{jt = "J. Test"}\n@STRING(one = {One})\n'

    found = item(macros + '@article(a, Title = "A" # { b } # one, journal = jt, month = 3, year = 2001)')

    assert (found["title"], found["container-title"], found["issued"]) == (
        "A b One",
        "J. Test",
        {"date-parts": [[2001, 3]]},
    )


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2001", [[2001]]),
        ("year = {2001}, month = sep", [[2001, 9]]),
        ("year = {2001}, month = {12-01}", [[2001, 12, 1]]),
        ("year = 2001, month = {September}, day = 3", [[2001, 9, 3]]),
        ('year = 2001, month = sep # "~3"', [[2001, 9, 3]]),
        ('year = 2001, month = "3~" # sep', [[2001, 9, 3]]),
        ("date = {2001-09/2001-10}", [[2001, 9], [2001, 10]]),
        ("year = 2001, month = {Sep.-Oct.}", [[2001, 9], [2001, 10]]),
    ],
)
def test_dates_of_every_spelling_are_read(fields: str, date: list[list[int]]) -> None:
    assert item(f"@article{{a, {fields}}}")["issued"] == {"date-parts": date}


def test_types_and_numbers_mean_what_they_mean_there() -> None:
    report = item("@techreport{a, title={A}, institution={Tests}, number={TR-1}, type={Report}}")
    chapter = item("@incollection{a, title={A}, booktitle={B}, series={S}, number={3}, publisher={P}, address={Q}}")
    preprint = item("@misc{a, title={A}, eprint={2001.00001}, archiveprefix={arXiv}}")

    assert (report["type"], report["number"], report["publisher"], report["genre"]) == (
        "report",
        "TR-1",
        "Tests",
        "Report",
    )
    assert (chapter["container-title"], chapter["collection-title"], chapter["collection-number"]) == ("B", "S", "3")
    assert (preprint["type"], preprint["number"]) == ("article", "arXiv:2001.00001")


def test_addresses_are_no_latex() -> None:
    found = item(r"@misc{a, url = {https://test.example/a\_b~c%20d}, doi = {10.1000/a\_b}}")

    assert (found["URL"], found["DOI"]) == ("https://test.example/a_b~c%20d", "10.1000/a_b")


def test_comments_and_text_between_entries_are_passed_over() -> None:
    records, problems = read(
        "A letter, a@test.example\n@comment{x {y} @article{no}}\n@preamble{p}\n@article{a, title={A}}"
    )

    assert ([one.item["id"] for one in records], problems) == (["a"], [])


def test_an_entry_without_its_last_brace_ends_where_the_next_begins() -> None:
    records, problems = read("@article{a,\n title = {A}\n\n@article{b,\n title = {B}\n}\n")

    assert [one.item["title"] for one in records] == ["A", "B"]
    assert messages(problems) == [(1, "The entry has no closing brace.")]


def test_what_is_no_field_is_named_and_the_others_are_read() -> None:
    records, problems = read("@article{a,\n title {A},\n volume = 12,\n strange-one = {x}\n}")

    assert records[0].item["volume"] == "12"
    assert messages(problems) == [
        (2, "Something here is no field “name = value” and was not read."),
        (4, "The field “strange-one” is not one of BibTeX; it was not read."),
    ]


NOTE = "Number: 12\nPublisher: Test Press\nCitation Key: tester2001\n_eprint: https://example.org/a.pdf\nCited by all."
ENDNOTE = "1018-4813\nTester, Jan D\nJournal Article\nReview\nEngland\n2007/10/18"


@pytest.mark.parametrize(("note", "kept"), [(NOTE, ["Cited by all."]), (ENDNOTE, None), ("Comment in: J Test.", None)])
@pytest.mark.parametrize("form", ["@article{{a, title={{A title}}, note={{{}}}}}", "json"])
def test_what_a_program_keeps_for_itself_is_no_note_and_is_named(form: str, note: str, kept: list[str] | None) -> None:
    written = [{"type": "article-journal", "title": "A title", "note": note}]
    text = json.dumps(written) if form == "json" else form.format(note.replace("_", "\\_"))

    kept = [note] if note.startswith("Comment") else kept
    records, problems = read(text)
    assert records[0].item.get("custom", {}).get("notes") == kept
    assert any("keeps for itself" in each.message for each in problems) is not note.startswith("Comment")


def test_people_whom_another_sign_joins_are_told_apart_and_degrees_left_out() -> None:
    records, problems = read("@article{a, title={A}, author={Smith, J. \\& Jones, B., MD and {Salt & Light; Inc}}}")

    assert [one.get("literal") or one["family"] for one in records[0].item["author"]] == [
        "Smith",
        "Jones",
        "Salt & Light; Inc",
    ]
    assert [each.message[:7] for each in problems] == ["“MD” be"]


@pytest.mark.parametrize(
    "written", [r"10.1002/x\<1661\>3", r"10.1002/x{\textless}1661{\textgreater}3", r"10.1002/x$<$1661$>$3"]
)
def test_commands_for_angle_brackets_in_a_doi_are_the_brackets(written: str) -> None:
    assert item(f"@article{{a, title={{A}}, doi={{{written}}}}}")["DOI"] == "10.1002/x<1661>3"


@pytest.mark.parametrize(
    "seen", ["Accessed: 2010-09-30", "[Online; accessed 30-September-2010]", "Last accessed on 30 Sep 2010."]
)
def test_a_page_is_found_by_the_address_that_tells_how_it_was_published(seen: str) -> None:
    page = rf"@misc{{a, title={{A}}, howpublished={{\url{{https://test.example/a_b}}}}, note={{{seen}}}}}"

    found = item(page)

    assert (found["type"], found["URL"]) == ("webpage", "https://test.example/a_b")
    assert found["accessed"] == {"date-parts": [[2010, 9, 30]]}
    assert not {"medium", "custom"} & found.keys()


PARENT = "@proceedings{p, title={Proceedings of tests}, year=2001, publisher={Press}, doi={10.1000/whole}}"
CHILD = "@inproceedings{%s, title={A paper}, pages={1-2}, crossref={%s}}"


@pytest.mark.parametrize("file", [CHILD % ("c", "P") + PARENT, PARENT + CHILD % ("c", "p")])
def test_an_entry_takes_over_what_its_parent_says_wherever_that_stands(file: str) -> None:
    records, problems = read(file)

    found = next(one.item for one in records if one.item["id"] == "c")
    assert (found["container-title"], found["publisher"]) == ("Proceedings of tests", "Press")
    assert (found["issued"], found.get("DOI"), problems) == ({"date-parts": [[2001]]}, None, [])


def test_entries_keep_their_order_and_a_parent_that_is_not_there_is_named() -> None:
    records, problems = read(CHILD % ("c", "p") + CHILD % ("d", "gone") + PARENT)

    assert [one.item["id"] for one in records] == ["c", "d", "p"]
    assert messages(problems) == [(1, "The entry “gone”, named by “crossref”, was not found.")]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            "@article{a, title={A}, journal={J}, doi={10.1000/x}, url={https://test.example/a}, urldate={2010-09-30}}",
            False,
        ),
        ("@online{a, title={A}, url={https://test.example/a}, urldate={2010-09-30}}", True),
        ("TY  - JOUR\nTI  - A\nDO  - 10.1000/x\nUR  - https://test.example/a\nY2  - 2010/09/30/\nER  - ", False),
    ],
)
def test_the_day_on_which_a_program_saved_an_article_is_named_and_not_kept(written: str, seen: bool) -> None:
    records, problems = read(written)

    assert ("accessed" in records[0].item) is seen
    assert [each.message.startswith("The day on which the article was seen") for each in problems] == [True] * (
        not seen
    )
