"""YAML as front matter uses it: every scalar is the text that was written, and nothing refers to anything.

YAML 1.1 (PyYAML) would read 2009-05-04 as a date, 203800 as a number and "no" as false, and anchors could make a small
file swell to any size. Here there are texts, lists and mappings only.
"""

from collections.abc import Mapping
from typing import Any

import yaml

DEEPEST = 6
# One line however long: what a person edits stays comparable line by line.
_NEVER_BROKEN = 10**6
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
# YAML 1.1 takes these for ends of lines and would read them back as something else.
_LINE_ENDS_OF_YAML = "\x85\u2028\u2029"


class YamlRefused(ValueError):
    """The text is not the YAML we read; `line` counts from 1 within it."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def read_mapping(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The mapping that the text holds, and the line of each of its keys; YamlRefused when it is none."""
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(_reason(error), mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlRefused("A character stands here that YAML cannot hold.", line) from error
    if not isinstance(node, yaml.MappingNode):
        raise YamlRefused("There are no fields here. Write each as “name: text”.", 1)
    fields = _plain(node)
    return fields, {key.value: key.start_mark.line + 1 for key, _ in node.value}


def write_mapping(fields: Mapping[str, Any]) -> str:
    """The canonical YAML of texts, lists and mappings: keys as they come, running text as literal blocks."""
    return yaml.dump(dict(fields), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_NEVER_BROKEN)


class _Loader(yaml.SafeLoader):
    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.depth = 0
        # All that would make a date, a number or a truth value out of a text.
        self.yaml_implicit_resolvers = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.depth >= DEEPEST:
            raise YamlRefused("This is nested too deeply.", self.line + 1)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None:
            self._refuse_what_is_not_plain(node)
        return node

    def _refuse_what_is_not_plain(self, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        if self.anchors:
            raise YamlRefused("Anchors (&) and what refers to them (*) are not read here. Quote the text.", line)
        if node.tag not in _PLAIN_TAGS:
            raise YamlRefused("Types (!) are not read here. Quote the text.", line)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out where it stands."""
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    if any(character in text for character in _LINE_ENDS_OF_YAML):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    return node.value


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise YamlRefused("The name of a field must be a word.", line)
        if key.value in fields:
            raise YamlRefused(f"The field “{key.value}” stands here a second time.", line)
        fields[key.value] = _plain(value)
    return fields


def _reason(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "It cannot be read."
    return f"This is not YAML: {problem}. Quotes around the text may help."
