"""The parser and the HTML writer all texts go through: CommonMark with tables, raw HTML off, our citation rules."""

from collections.abc import Collection, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import autolink, image, link
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from pages.markdown.citations import NAMES, citation_rule, key_rule
from pages.markdown.limits import MAX_NESTING
from pages.markdown.tokens import remembering_position


class _Writer(RendererHTML):
    """Writes code without its language, and lets the keyboard scroll it; names links that have no words."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre>\n'

    code_block = fence

    def citation_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return tokens[idx].content

    citation_item = citation_joint = citation_close = citation_open

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) + escapeHtml(tokens[idx].meta.get("name", ""))


class _Parser(MarkdownIt):
    """Lets every address through: a link that is refused later can be reported, not printed as source."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 the library gave the rule this name
        return True


def _build() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING}, renderer_cls=_Writer)
    parser.enable("table")
    rules = parser.inline.ruler
    rules.at("link", remembering_position(link, "link_open"))
    rules.at("autolink", remembering_position(autolink, "link_open"))
    rules.at("image", remembering_position(image, "image"))
    rules.before("link", "citation", remembering_position(citation_rule, "citation_open"))
    rules.before("citation", "citation_key", remembering_position(key_rule, "citation_open"))
    parser.parse("")  # compiles the rules now, before several threads could ask for them
    return parser


_PARSER = _build()


def parse(text: str, names: Collection[str]) -> list[Token]:
    """The block tokens of the text, inline tokens as their children. `names`: the keys that a sentence may cite."""
    return _PARSER.parse(text, {NAMES: names})


def keys_in_sentences(text: str, names: Collection[str]) -> set[str]:
    """Which of these keys the text cites in its sentences, outside brackets: those that `parse` has to be given."""
    tokens = [token for block in parse(text, names) for token in block.children or ()]
    opened = [token for token in tokens if token.type == "citation_open" and not token.markup.startswith("[")]
    return {token.meta["items"][0].key for token in opened}


def write(tokens: Sequence[Token]) -> str:
    """The HTML of the tokens, not yet sanitised."""
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))
