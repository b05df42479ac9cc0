"""A configuration file as it stands: its keys with their lines, and what is wrong with its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from mailflow.domain.value import dataclass


class ConfigError(Exception):
    """The configuration cannot be used; one complaint a line, each with the key and the line."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """`values` may still be anything YAML can say; keys that stand twice are complained of."""

    path: Path
    values: Mapping[str, Any]
    node: yaml.MappingNode

    def complaint(self, keys: Sequence[str], text: str) -> str:
        return f"{self.path}:{self.line_of(keys)}: {'.'.join(keys) or 'file'}: {text}"

    def line_of(self, keys: Sequence[str]) -> int:
        """The line of the deepest of `keys` that stands in the file."""
        node: yaml.Node = self.node
        line = node.start_mark.line + 1
        for key in keys:
            if not isinstance(node, yaml.MappingNode):
                break
            for name, value in node.value:
                if name.value == key:
                    line, node = name.start_mark.line + 1, value
                    break
            else:
                break
        return line

    def repeated(self) -> Iterator[str]:
        """YAML lets the last of two keys win without a word."""
        yield from self._repeated(self.node, ())

    def _repeated(self, node: yaml.Node, above: tuple[str, ...]) -> Iterator[str]:
        if not isinstance(node, yaml.MappingNode):
            return
        lines: dict[str, int] = {}
        for name, value in node.value:
            key, line = str(name.value), name.start_mark.line + 1
            if key in lines:
                yield (
                    f"{self.path}:{line}: {'.'.join((*above, key))}: stands in line {lines[key]} "
                    "already: keep one of them"
                )
            lines.setdefault(key, line)
            yield from self._repeated(value, (*above, key))


def read_file(path: Path) -> ConfigFile:
    """Raises `ConfigError` for what is no YAML file with keys."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror}: name the file with --config, or make one with "
            "`mailflow init DIR`"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not a text in UTF-8: save it as one") from error
    try:
        node, values = _parsed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = " ".join(str(error.problem or error.context).split())
        raise ConfigError(f"{path}:{line}: not YAML ({what}): mend it there") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = " ".join(str(error).split())
        raise ConfigError(f"{path}: not YAML ({what}): mend it") from error
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}: holds no keys: see the file made by `mailflow init DIR`")
    return ConfigFile(path, {str(key): value for key, value in values.items()}, node)


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """Read once for both: what stands there, and where."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def explained(problem: Mapping[str, Any], known: Sequence[str]) -> str:
    """What a person can do about one of pydantic's complaints. `known` are the keys that may
    stand where this one stands."""
    context = problem.get("ctx") or {}
    match problem["type"]:
        case "extra_forbidden":
            near = get_close_matches(str(problem["loc"][-1]), known, n=1)
            return f"unknown key: write {near[0]}" if near else "unknown key: remove it"
        case "missing":
            return "missing: add it"
        case "literal_error":
            return f"write {context['expected']}"
        case "greater_than_equal":
            return f"write at least {context['ge']}"
        case "less_than_equal":
            return f"write at most {context['le']}"
        case "int_parsing" | "int_type" | "int_from_float":
            return "write a whole number"
        case "string_type":
            return "write a text, in quotes where it looks like a number or a date"
        case "path_type":
            return "write a path"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "needs keys of its own, indented below it"
        case kind if kind.startswith("time"):
            return 'write a time such as "17:30", in quotes'
        case _:
            return str(problem["msg"]).removeprefix("Value error, ")
