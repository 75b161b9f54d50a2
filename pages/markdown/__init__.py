"""From Markdown to safe HTML: one pipeline for preview, desk, import and public page; no database, no settings."""

from pages.markdown.citation_syntax import possible_keys
from pages.markdown.limits import MAX_BYTES
from pages.markdown.parser import keys_in_sentences
from pages.markdown.rendered import CitationUse, Cited, Heading, Problem, Rendered
from pages.markdown.renderer import Renderer
from pages.markdown.text import plain_text
from pages.markdown.words import word_count

__all__ = [
    "MAX_BYTES",
    "CitationUse",
    "Cited",
    "Heading",
    "Problem",
    "Rendered",
    "Renderer",
    "keys_in_sentences",
    "plain_text",
    "possible_keys",
    "word_count",
]
