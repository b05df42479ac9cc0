"""The catalogue of faults, and which test proves what: read from the tests' own text, none is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ENTRIES = HERE / "catalogue.yaml"
MARK = "fault"


@dataclass(frozen=True)
class Fault:
    """`missing`: what is not built or not proven yet. `elsewhere`: why it cannot happen here, or who
    else has to see to it. Both are empty where tests prove all of it."""

    id: str
    what: str
    missing: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class Chapter:
    title: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, order=True)
class Proof:
    """A test by the path of its file from the root of the tree, and by its name."""

    path: str
    test: str


def chapters(entries: Path = ENTRIES) -> list[Chapter]:
    read = yaml.safe_load(entries.read_text(encoding="utf-8"))
    return [
        Chapter(title, tuple(Fault(id, **words) for id, words in faults.items()))
        for title, faults in read.items()
    ]


def proofs(tests: Path = ROOT / "tests") -> dict[str, list[Proof]]:
    """For each id that a test is marked with, the tests in order of path and place."""
    found: dict[str, list[Proof]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if f"mark.{MARK}" not in text:
            continue
        for id, test in _marks(ast.parse(text)):
            found.setdefault(id, []).append(Proof(str(path.relative_to(tests.parent)), test))
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in node.decorator_list:
            if ast.unparse(decorator).startswith(f"pytest.mark.{MARK}("):
                assert isinstance(decorator, ast.Call)
                yield from ((ast.literal_eval(id), node.name) for id in decorator.args)


def complaints(entries: list[Chapter], proven: Mapping[str, list[Proof]]) -> list[str]:
    """What keeps the catalogue from being whole, one line each."""
    faults = {fault.id: fault for chapter in entries for fault in chapter.faults}
    wrong = [
        f"{proof.path}::{proof.test} is marked with {id}, which the catalogue does not have"
        for id in sorted(proven.keys() - faults.keys())
        for proof in proven[id]
    ]
    for id, fault in faults.items():
        if fault.elsewhere and (fault.missing or id in proven):
            wrong.append(f"{id} cannot be 'elsewhere' and have tests or something missing")
        elif not (fault.elsewhere or fault.missing or id in proven):
            wrong.append(f"{id} has no test: mark one, or say in {ENTRIES.name} what is missing")
    return wrong
