"""A web page as it was copied: headings without marks, pairs of question and answer, neighbouring pages."""

import re
from collections import Counter
from collections.abc import Sequence

from pages.exchange.source_lines import Findings, Line, Section, markdown, note_empty, sections_as_markdown
from pages.exchange.source_text import Neighbour, Question, SourceText

LONGEST_HEADING = 100
_QUESTION, _ANSWER = "question", "answer"
_FIELDS = {"quick answer": "quick_answer", "summary": "closing_summary"}
_QUESTIONS_HEADINGS = frozenset({"common questions", "frequently asked questions", "questions and answers", "faq"})
_NEIGHBOURS_HEADING = re.compile(r"(?:continue with|related|nearby|see also|read next)\b.{0,60}", re.IGNORECASE)
_LABELS = frozenset({"overview", "introduction", "contents", *_FIELDS, *_QUESTIONS_HEADINGS})
_LEADING_QUESTION = re.compile(r"[A-Z][^.?!]{4,180}\?(?= |$)")


def is_page(lines: list[Line]) -> bool:
    """Whether the text has this shape: pairs of question and answer under these words."""
    alone = {line.text.lower() for line in lines}
    return _QUESTION in alone and _ANSWER in alone


def read_page(lines: list[Line], findings: Findings) -> SourceText:
    """Take the page apart; `lines` must not be empty."""
    source = SourceText(*_title(lines))
    rest = lines[1:] if lines[0].text == source.title else lines
    rest, neighbours = _split_neighbours(rest)
    source.neighbours = _neighbours(neighbours, findings)
    rest, source.questions = _questions(rest, findings)
    sections = list(note_empty(_sections(rest), findings))
    _note_introductions(sections, findings)
    for section in sections:
        name = _FIELDS.get(section.heading.lower())
        if name:
            setattr(source, name, markdown(section.lines))
    source.body = sections_as_markdown(section for section in sections if section.heading.lower() not in _SET_APART)
    return source


_SET_APART = frozenset({*_FIELDS, *_QUESTIONS_HEADINGS})


def _title(lines: list[Line]) -> tuple[str, int]:
    """The first line, unless it only labels a part of the page: then the question with which the text begins."""
    for line in lines:
        if line.text.lower() in _LABELS:
            continue
        question = _LEADING_QUESTION.match(line.text)
        return (question[0] if question else line.text[:200]), line.number
    return lines[0].text, lines[0].number


def _is_heading(line: Line) -> bool:
    return not line.bullet and len(line.text) <= LONGEST_HEADING and line.text[-1] not in '.?!…:;,”")'


def _sections(lines: Sequence[Line]) -> list[Section]:
    sections = [Section("", 0)]
    for line in lines:
        if _is_heading(line):
            sections.append(Section(line.text, line.number))
        else:
            sections[-1].lines.append(line)
    return sections if sections[0].lines else sections[1:]


def _questions(lines: Sequence[Line], findings: Findings) -> tuple[list[Line], list[Question]]:
    """The lines that belong to no question, and the questions with their answers."""
    rest: list[Line] = []
    pairs: list[tuple[Line, list[Line]]] = []
    place, answering = 0, False
    while place < len(lines):
        line = lines[place]
        following = lines[place + 1] if place + 1 < len(lines) else None
        if line.text.lower() == _QUESTION and following is not None:
            pairs.append((following, []))
            place, answering = place + 2, False
            continue
        if line.text.lower() == _ANSWER and pairs:
            answering = True
        elif answering and not (_is_heading(line) and pairs[-1][1]):
            pairs[-1][1].append(line)
        else:
            answering = False
            rest.append(line)
        place += 1
    return rest, [_question(asked, answer, findings) for asked, answer in pairs]


def _question(asked: Line, answer: list[Line], findings: Findings) -> Question:
    if not answer:
        findings.add("empty-section", asked.number, f"The question “{asked.text}” has no answer.")
    return Question(asked.text, markdown(answer), asked.number)


def _split_neighbours(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    for place, line in enumerate(lines):
        if place and _is_heading(line) and _NEIGHBOURS_HEADING.fullmatch(line.text):
            return lines[:place], lines[place + 1 :]
    return lines, []


def _neighbours(lines: list[Line], findings: Findings) -> list[Neighbour]:
    """The neighbours, without descriptions that say the same of each of them."""
    sections = [section for section in _sections(lines) if section.heading]
    described = [(section, " ".join(line.text for line in section.lines)) for section in sections]
    counted = Counter(description for _, description in described)
    found = []
    for section, description in described:
        repeated = description != "" and counted[description] > 1
        if repeated:
            message = (
                f"The description of “{section.heading}” is the same as that of {counted[description] - 1} other "
                f"neighbours: “{description[:200]}”. It was left out. Say what readers find there."
            )
            findings.add("boilerplate", section.lines[0].number, message)
        elif not description:
            findings.add("empty-section", section.number, f"The neighbour “{section.heading}” has no description.")
        found.append(Neighbour(section.heading, "" if repeated else description, section.number))
    return found


def _note_introductions(sections: list[Section], findings: Findings) -> None:
    for section in sections:
        if section.heading.lower() in _QUESTIONS_HEADINGS:
            message = f"The words before the questions were left out: “{section.lines[0].text[:400]}”"
            findings.add("left-out", section.lines[0].number, message)
