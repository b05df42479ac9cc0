"""Every durable effect of the program, and whether a failpoint stands beside it: found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "mailflow"
EFFECTS = {
    "os": {"fsync", "replace", "rename", "link", "renames"},
    "engine": {"begin"},
    "connection": {"commit"},
    "session": {"commit"},
    "client": {"move", "copy", "append", "expunge", "uid_expunge", "delete_messages", "add_flags"},
    "server": {"send", "sendmail", "send_message", "data"},
    "shutil": {"move", "copyfile", "copytree"},
}
"""Method names by the last word of what they are called on: a commit, a flush, a name given, a command
that changes a mailbox, bytes that leave."""
METHODS = {"rename", "replace", "hardlink_to"}
"""Of a path, where it is called with one argument."""
ROOMS = ("store", "outbox", "mailbox", "vigil", "")
"""What has to do with disks and servers; the last is the roof. Commands work by these."""


@dataclass
class Function:
    """`calls`: names of whatever it calls."""

    file: str
    name: str
    effects: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    has_failpoint: bool = False

    @property
    def place(self) -> str:
        return f"{self.file}:{self.name}"


def functions(package: Path = PACKAGE) -> Iterator[Function]:
    for room in ROOMS:
        for path in sorted((package / room).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from _functions_in(tree, str(path.relative_to(package)))


def _functions_in(tree: ast.AST, file: str) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield _looked_at(node, file)


def _looked_at(node: ast.FunctionDef, file: str) -> Function:
    found = Function(file, node.name)
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
        on, name = _called(call)
        found.calls.add(name)
        if (on, name) == ("failpoint", "reached"):
            found.has_failpoint = True
        elif name in EFFECTS.get(on, ()) or (name in METHODS and _is_of_a_path(call)):
            found.effects.append(f"{on}.{name}")
    return found


def _called(call: ast.Call) -> tuple[str, str]:
    """The last word of what something is called on, and what is called."""
    if isinstance(call.func, ast.Name):
        return "", call.func.id
    if isinstance(call.func, ast.Attribute):
        return _last_word(call.func.value).lstrip("_"), call.func.attr
    return "", ""


def _last_word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ""


def _is_of_a_path(call: ast.Call) -> bool:
    """`str.replace` takes two."""
    return len(call.args) == 1 and not call.keywords


def bare(found: list[Function], *, excused: frozenset[str] = frozenset()) -> Iterator[str]:
    """Effects without a failpoint, neither in their own function nor in all that call it."""
    for function in found:
        wanted = function.effects and function.place not in excused
        if wanted and not _is_guarded(function, found, frozenset()):
            yield f"{function.place}: {', '.join(function.effects)}"


def _is_guarded(function: Function, found: list[Function], seen: frozenset[str]) -> bool:
    if function.has_failpoint:
        return True
    if function.place in seen:
        return True
    others = [f for f in found if f.place != function.place and function.name in f.calls]
    near = [f for f in others if f.file == function.file]
    callers = near if function.name.startswith("_") else others
    return bool(callers) and all(
        _is_guarded(caller, found, seen | {function.place}) for caller in callers
    )
