"""A condition summary as it was copied: question headings with paragraphs, a list of names, a list of references."""

import re

from pages.exchange.source_lines import Findings, Line, Section, markdown, note_empty, sections_as_markdown
from pages.exchange.source_text import Printed, SourceText, partial_date
from references.formats.nlm_text import parse_nlm_citation
from references.formatting import nlm_citation

LONGEST_HEADING = 200
_DATE_LINE = re.compile(r"(?P<what>Reviewed|Published):? (?P<date>[A-Za-z0-9,. ]{4,40})")
_NAMES_HEADING = re.compile(r"what other names\b", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:links? below|following (?:resources|links|pages)|(?:these|the) (?:resources|links)|resources below)\b",
    re.IGNORECASE,
)


def is_summary(lines: list[Line]) -> bool:
    """Whether the text has this shape: a date line and headings that ask."""
    return any(_DATE_LINE.fullmatch(line.text) for line in lines) and any(_is_heading(line) for line in lines)


def read_summary(lines: list[Line], findings: Findings) -> SourceText:
    """Take the summary apart; `lines` must not be empty."""
    title, *rest = lines
    source = SourceText(title.text, title.number)
    rest = [line for line in rest if not _took_date(line, source, findings)]
    rest, source.references, after = _references(rest, findings)
    sections = list(note_empty(_sections(rest), findings))
    for section in sections:
        _take_names(section, source)
        _note_promise(section, findings)
    source.body = sections_as_markdown(sections)
    source.closing_summary = markdown(after)
    if after:
        message = "The text after the reference list was put into the closing summary. See whether it belongs there."
        findings.add("moved", after[0].number, message)
    return source


def _is_heading(line: Line) -> bool:
    return not line.bullet and line.text.endswith("?") and len(line.text) <= LONGEST_HEADING and line.text[0].isupper()


def _took_date(line: Line, source: SourceText, findings: Findings) -> bool:
    """Keep the date of a line that is one; the text may give it twice, and then in the same way."""
    match = _DATE_LINE.fullmatch(line.text)
    if match is None or line.bullet:
        return False
    name = match["what"].lower()
    try:
        found = partial_date(match["date"])
    except ValueError as error:
        findings.add("date", line.number, str(error))
        return False
    before = getattr(source, name)
    if before and before != found:
        findings.add("date", line.number, f"The text says {name} {before} and here {found}. The first was kept.")
    setattr(source, name, before or found)
    return True


def _references(lines: list[Line], findings: Findings) -> tuple[list[Line], list[Printed], list[Line]]:
    """The lines before the reference list, its entries, and the lines after it."""
    read = {line.number: fields for line in lines if line.bullet and (fields := _citation(line))}
    if not read:
        return lines, [], []
    begin = next(place for place, line in enumerate(lines) if line.number in read)
    # The list begins with its first item, which need not be a citation; an empty line parts it from another list.
    while begin and lines[begin - 1].bullet and lines[begin - 1].number + 1 == lines[begin].number:
        begin -= 1
    end = max(place for place, line in enumerate(lines) if line.number in read) + 1
    entries = []
    for line in lines[begin:end]:
        if line.number in read:
            _note_differences(line, read[line.number], findings)
            entries.append(Printed(line, read[line.number]))
        else:
            message = (
                f"“{line.text[:200]}” stands among the references and is no citation that can be read. Look it up."
            )
            findings.add("unread-reference", line.number, message)
    return lines[:begin], entries, lines[end:]


def _citation(line: Line) -> dict[str, object] | None:
    try:
        return parse_nlm_citation(line.text)
    except ValueError:
        return None


def _note_differences(line: Line, fields: dict[str, object], findings: Findings) -> None:
    printed = nlm_citation(fields)
    if printed != line.text:
        findings.add("printed-otherwise", line.number, f"This reference would be printed otherwise here: “{printed}”")


def _sections(lines: list[Line]) -> list[Section]:
    sections = [Section("", 0)]
    for line in lines:
        if _is_heading(line):
            sections.append(Section(line.text, line.number))
        else:
            sections[-1].lines.append(line)
    return sections if sections[0].lines else sections[1:]


def _take_names(section: Section, source: SourceText) -> None:
    """The names in a list are a field of the article; what else stands there stays."""
    if _NAMES_HEADING.match(section.heading):
        source.alternate_names += [line.text for line in section.lines if line.bullet]
        section.lines = [line for line in section.lines if not line.bullet]


def _note_promise(section: Section, findings: Findings) -> None:
    """A section that only announces links has lost all that it was there for."""
    if section.lines and all(_PROMISE.search(line.text) and not line.bullet for line in section.lines):
        message = f"The section “{section.heading}” only promises links, and none of them is there."
        findings.add("empty-section", section.number, message)
