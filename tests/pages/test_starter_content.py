"""The starter content keeps its promises: complete files, short sentences, cited facts, links that lead somewhere."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

STARTER = Path(__file__).resolve().parents[2] / "pages" / "starter_content"
FOLDERS = {"article": "articles", "faq": "questions", "term": "glossary"}
BODY = {"article": "body", "faq": "answer", "term": "definition"}
FRONT_MATTER = {
    "article": [
        *["kind", "title", "slug", "summary", "quick_answer", "not_known", "closing_summary", "user_need"],
        *["audience", "faqs", "related", "alternate_names", "codes", "origin"],
    ],
    "faq": ["kind", "question", "slug"],
    "term": ["kind", "term", "slug", "alternate_names"],
}
MARKDOWN = {"quick_answer", "body", "not_known", "closing_summary", "answer", "definition"}
# Sections that name places, questions to ask and words in use. They say nothing about the condition itself.
SECTIONS_WITHOUT_FACTS = {
    ("how-alstrom-syndrome-is-inherited", "Questions you could ask"),
    ("other-names-and-where-to-ask", "People who take questions"),
    ("other-names-and-where-to-ask", "Before you ask"),
}
# These are statements about names and other pages; the page itself says where they come from.
PARAGRAPHS_WITHOUT_FACTS = (
    "This is nothing to feel guilty about.",
    "For this reason, no page can say",
    "The name most often used on this site",
    "The same summary points to several kinds of reading",
    "Some of what it lists is for everyone.",
    "Rare does not have to mean alone.",
    "These are sizes of studies",
)
CITATION = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\](?!\()")
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
SENTENCE_END = re.compile(r"[.!?…][”’\")]*\s+")


class Entry(NamedTuple):
    """One file: the kind its folder says, its front matter and the text that follows, by field name."""

    kind: str
    path: Path
    front: dict[str, Any]
    body: str

    @property
    def slug(self) -> str:
        return self.path.stem

    def prose(self) -> dict[str, str]:
        """Every text a reader sees, by the name of its field."""
        fields = {k: v for k, v in self.front.items() if isinstance(v, str) and k not in {"kind", "slug", "audience"}}
        for number, page in enumerate(self.front.get("related", [])):
            fields[f"related {number}"] = page["description"]
        return fields | {BODY[self.kind]: self.body}

    def markdown(self) -> str:
        return "\n\n".join(text for name, text in self.prose().items() if name in MARKDOWN)


def parse(kind: str, path: Path) -> Entry:
    opening, front, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    assert opening == "", f"{path.name} does not begin with front matter"
    return Entry(kind, path, yaml.safe_load(front), body.strip())


def entries(kind: str) -> list[Entry]:
    return [parse(kind, path) for path in sorted((STARTER / FOLDERS[kind]).glob("*.md"))]


ENTRIES = [entry for kind in FOLDERS for entry in entries(kind)]
ARTICLES = [entry for entry in ENTRIES if entry.kind == "article"]
SLUGS = {kind: {entry.slug for entry in ENTRIES if entry.kind == kind} for kind in FOLDERS}
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind}-{entry.slug}")
each_article = pytest.mark.parametrize("entry", ARTICLES, ids=lambda entry: entry.slug)


def plain(markdown: str) -> str:
    """The words a reader sees: no citations, link addresses, emphasis, heading or list marks."""
    text = LINK.sub(r"\1", CITATION.sub("", markdown))
    return re.sub(r"^(#{1,6}|[-*]|\d+\.) +", "", text, flags=re.MULTILINE).replace("**", "")


def sentences(markdown: str) -> list[str]:
    """Sentences of a text; a paragraph, a heading and an item of a list always end one. A colon does not."""
    blocks = re.split(r"\n\s*\n|\n(?=(?:[-*]|\d+\.) )", markdown)
    found = [part.strip() for block in blocks for part in SENTENCE_END.split(" ".join(plain(block).split()) + " ")]
    return [sentence for sentence in found if sentence]


def paragraphs_by_section(body: str) -> list[tuple[str, str]]:
    """Pairs of heading and paragraph; an introduced list belongs to the paragraph that ends in its colon."""
    heading, pairs = "", []
    for block in re.sub(r":\n\n(?=- )", ":\n", body).split("\n\n"):
        if block.startswith("## "):
            heading = block.removeprefix("## ")
        else:
            pairs.append((heading, block))
    return pairs


def addresses(entry: Entry, start: str) -> list[str]:
    return [target.removeprefix(start) for _, target in LINK.findall(entry.markdown()) if target.startswith(start)]


def test_the_six_subjects_all_have_an_article() -> None:
    expected = {
        "what-is-alstrom-syndrome",
        "what-causes-alstrom-syndrome",
        "how-alstrom-syndrome-is-inherited",
        "how-common-is-alstrom-syndrome",
        "the-alms1-gene",
        "other-names-and-where-to-ask",
    }
    assert expected <= SLUGS["article"]


@each_entry
def test_a_file_holds_every_field_of_its_kind_in_order(entry: Entry) -> None:
    assert list(entry.front) == FRONT_MATTER[entry.kind]
    assert entry.front["kind"] == entry.kind
    assert entry.front["slug"] == entry.slug
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.slug)
    assert all(text and text == text.strip() for text in entry.prose().values())


@each_entry
def test_no_sentence_is_longer_than_twenty_words(entry: Entry) -> None:
    long = [line for text in entry.prose().values() for line in sentences(text) if len(line.split()) > 20]
    assert long == []


@pytest.mark.parametrize("length", [20, 21])
def test_the_sentence_splitter_counts_only_what_a_reader_reads(length: int) -> None:
    words = ["word"] * (length - 2)
    long = f"[{' '.join(words)}](term:gene) **ends** here [see @joy2007, p. 3; @marshall2007]."
    text = f"One short. {long} Next?\n\n- An item"
    assert [len(sentence.split()) for sentence in sentences(text)] == [2, length, 1, 2]


@each_entry
def test_the_name_is_spelled_with_its_dots(entry: Entry) -> None:
    names_without = r"Alstrom-Hallgren syndrome|Alstrom syndrome(?=,? (?:without the dots|written))"
    text = re.sub(names_without, "", " ".join(plain(text) for text in entry.prose().values()))
    assert "alstrom" not in text.lower()


@each_entry
def test_every_link_leads_to_a_page_of_this_content(entry: Entry) -> None:
    targets = [target for _, target in LINK.findall(entry.markdown())]
    known = {f"term:{slug}" for slug in SLUGS["term"]} | {f"/{slug}/" for slug in SLUGS["article"]}
    known |= {f"/questions/{slug}/" for slug in SLUGS["faq"]} | {"/bibliography/"}
    assert set(targets) - known == set()


@each_entry
def test_every_citation_names_an_entry_of_the_bibliography(entry: Entry) -> None:
    bibliography = json.loads((STARTER / "bibliography.json").read_text(encoding="utf-8"))
    cited = set(re.findall(r"(?<!\w)@(\w+)", entry.markdown()))
    assert cited - {item["id"] for item in bibliography} == set()


@each_article
def test_an_article_points_to_questions_and_other_articles_that_exist(entry: Entry) -> None:
    related = [page["address"] for page in entry.front["related"]]
    assert related
    assert set(related) <= SLUGS["article"] - {entry.slug}
    assert entry.front["faqs"]
    assert set(entry.front["faqs"]) <= SLUGS["faq"]
    assert len(set(related)) == len(related)
    assert len(set(entry.front["faqs"])) == len(entry.front["faqs"])


def test_every_glossary_term_is_linked_from_an_article() -> None:
    assert SLUGS["term"] - {slug for entry in ARTICLES for slug in addresses(entry, "term:")} == set()


def test_every_question_is_asked_on_an_article() -> None:
    assert SLUGS["faq"] - {slug for entry in ARTICLES for slug in entry.front["faqs"]} == set()


@each_article
def test_a_glossary_word_is_linked_where_it_first_stands(entry: Entry) -> None:
    spellings = {item.front["term"]: item.slug for item in ENTRIES if item.kind == "term"}
    longest_first = "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
    body = re.sub(r"Al[\w-]+ syndrome|^##.*$|\[[^\]]*\]\(/[^)]*\)", "", entry.body, flags=re.MULTILINE)
    seen: set[str] = set()
    link_or_word = rf"\]\(term:([\w-]+)\)|(?<![\[\w])({longest_first})s?(?![\w\]])"
    for link, word in re.findall(link_or_word, body, re.IGNORECASE):
        seen.add(link)
        assert not word or spellings[word.lower()] in seen, f"“{word}” stands before its link"


@each_article
def test_a_quick_answer_has_at_most_sixty_words(entry: Entry) -> None:
    assert len(plain(entry.front["quick_answer"]).split()) <= 60


@each_article
def test_a_body_has_a_readable_length_and_its_own_headings(entry: Entry) -> None:
    headings = re.findall(r"^(#+) ", entry.body, flags=re.MULTILINE)
    assert 250 <= len(plain(entry.body).split()) <= 600
    assert set(headings) == {"##"}
    assert 3 <= len(headings) <= 6


@each_article
def test_every_paragraph_that_states_a_fact_has_a_citation(entry: Entry) -> None:
    bare = [
        text
        for heading, text in paragraphs_by_section(entry.body)
        if heading
        and not CITATION.search(text)
        and (entry.slug, heading) not in SECTIONS_WITHOUT_FACTS
        and not text.startswith(PARAGRAPHS_WITHOUT_FACTS)
    ]
    assert bare == []


@each_article
def test_an_article_says_whom_it_serves_and_what_it_grew_from(entry: Entry) -> None:
    origins = {
        "Genetics Home Reference: Alström syndrome": ("2008-08", "2009-05-04"),
        "An unsigned web article: What causes Alström syndrome?": ("", ""),
    }
    origin = entry.front["origin"]
    assert list(origin) == ["title", "reviewed", "published"]
    assert (origin["reviewed"], origin["published"]) == origins[origin["title"]]
    assert entry.front["audience"] in {"families", "professionals"}
    assert re.fullmatch(r"As an? [^,]+, I need .+ so that .+\.", entry.front["user_need"])


def test_the_first_article_carries_the_other_names_and_the_omim_number() -> None:
    (first,) = [entry for entry in ARTICLES if entry.slug == "what-is-alstrom-syndrome"]
    assert first.front["alternate_names"] == ["ALMS", "Alstrom-Hallgren syndrome", "Alstrom syndrome"]
    assert first.front["codes"] == [{"system": "OMIM", "code": "203800", "as_of": "2007-12-21"}]


def test_the_figure_of_five_hundred_is_always_given_with_its_year() -> None:
    texts = [(entry.slug, name, text) for entry in ENTRIES for name, text in entry.prose().items()]
    undated = [(slug, name) for slug, name, text in texts if "500" in text and "2008" not in text]
    assert undated == []
