"""What is kept between two starts is run as code: only what is ours, whole, and of this very template."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment
from jinja2.compiler import CodeGenerator

from mailflow.outbox import typeset_compiled
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.typeset_compiled import folder_of_caches
from mailflow.outbox.typeset_templates import environment_of
from tests.outbox.letters import TEMPLATES

SOURCE = "{{ rows | length }} {{ 'a<' }} {{ name }}"
SAID = "1 a&lt; &lt;b&gt;"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was compiled; each environment is one of a start of its own."""
    names: list[str] = []
    compile_source = Environment._generate

    def noted(self: Environment, source: object, name: str, *rest: object, **more: object) -> str:
        names.append(name)
        return compile_source(self, source, name, *rest, **more)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(Environment, "_generate", noted)
    monkeypatch.setattr(typeset_compiled, "_COMPILED", {})
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "kept"))
    return tmp_path / "kept"


def start(tmp_path: Path, source: str = SOURCE) -> str:
    """What a page says in a process that has just begun."""
    typeset_compiled._COMPILED.clear()
    own = tmp_path / "templates"
    (own / "page").mkdir(parents=True, exist_ok=True)
    (own / "page" / "a.html").write_text(source, encoding="utf-8")
    environment = environment_of((own, TEMPLATES), ZoneInfo("UTC"), Catalogue((TEMPLATES,)))
    return environment.get_template("page/a.html").render(rows=[1], name="<b>")


def test_without_a_folder_nothing_is_kept_and_nothing_is_said(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHE_DIRECTORY", "/dev/null/none")
    assert [start(tmp_path), start(tmp_path)] == [SAID, SAID]
    assert len(compiled) == 2
    monkeypatch.delenv("CACHE_DIRECTORY")
    monkeypatch.setenv("HOME", "/dev/null")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert start(tmp_path) == SAID


def test_the_next_start_compiles_nothing(tmp_path: Path, compiled: list[str], folder: Path) -> None:
    assert [start(tmp_path), start(tmp_path)] == [SAID, SAID]
    assert compiled == ["page/a.html"]
    assert folder.stat().st_mode & 0o777 == 0o700
    [entry] = folder.iterdir()
    assert entry.stat().st_mode & 0o777 == 0o600


def test_another_text_or_another_library_is_compiled_anew(
    tmp_path: Path, compiled: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(tmp_path)
    assert start(tmp_path, "{{ name }}!") == "&lt;b&gt;!"
    monkeypatch.setattr("jinja2.__version__", "3.99")
    assert start(tmp_path) == SAID
    assert len(compiled) == 3


def written_by_others(folder: Path, _entry: Path) -> None:
    folder.chmod(0o770)


def entry_written_by_others(_folder: Path, entry: Path) -> None:
    entry.chmod(0o622)


def damaged(_folder: Path, entry: Path) -> None:
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-40] + bytes(40))


def cut(_folder: Path, entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:50])


def elsewhere(folder: Path, entry: Path) -> None:
    there = folder.parent / "elsewhere"
    entry.rename(there)
    entry.symlink_to(there)


def folder_elsewhere(folder: Path, _entry: Path) -> None:
    there = folder.parent / "moved"
    folder.rename(there)
    folder.symlink_to(there)


@pytest.mark.parametrize(
    "change",
    [written_by_others, entry_written_by_others, damaged, cut, elsewhere, folder_elsewhere],
    ids=lambda change: change.__name__,
)
def test_what_is_odd_is_not_run(
    tmp_path: Path, compiled: list[str], folder: Path, change: Callable[[Path, Path], None]
) -> None:
    start(tmp_path)
    change(folder, *folder.iterdir())
    assert start(tmp_path) == SAID
    assert len(compiled) == 2


def test_what_belongs_to_somebody_else_is_not_run(
    tmp_path: Path, compiled: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(tmp_path)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert start(tmp_path) == SAID
    assert len(compiled) == 2


def test_a_home_of_somebody_else_gets_no_folder(
    tmp_path: Path, compiled: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert start(tmp_path) == SAID
    assert compiled
    assert not folder.exists()


def test_there_is_an_end_of_entries(
    tmp_path: Path, compiled: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset_compiled, "MOST", 3)
    for count in range(5):
        start(tmp_path, f"{count}")
    assert len(list(folder.iterdir())) == 2
    assert len(compiled) == 5


def test_nothing_that_hangs_on_the_house_is_worked_out_while_compiling(folder: Path) -> None:
    environment = environment_of((TEMPLATES,), ZoneInfo("UTC"), Catalogue((TEMPLATES,)))
    calls: list[str] = []
    environment.filters["money"] = lambda value: calls.append(value) or value
    code = environment.from_string("{{ 'a' | money }}{% if 'b' | money %}c{% endif %}")
    assert calls == []
    assert code.render() == "ac"
    assert issubclass(environment.code_generator_class, CodeGenerator)


def test_the_folder_is_systemds_or_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_DIRECTORY", "/var/cache/a:/var/cache/b")
    assert folder_of_caches() == Path("/var/cache/a")
    monkeypatch.delenv("CACHE_DIRECTORY")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert folder_of_caches() == Path("/caches/mailflow")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/who")
    assert folder_of_caches() == Path("/home/who/.cache/mailflow")
