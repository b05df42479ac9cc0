"""No file leaves that does not lie in the library's folder, whatever its index says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailflow.outbox import library as room
from mailflow.outbox.library import Lent, Library, NotInLibrary


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "papers"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "质检.pdf").write_bytes(b"%PDF a report")
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    return Library(folder)


def test_a_file_of_the_folder_is_lent_as_it_is(library: Library) -> None:
    assert library.fault("2026/质检.pdf") == ""
    assert Lent(library, "2026/质检.pdf").result() == b"%PDF a report"


@pytest.mark.parametrize(
    "file", ["../secret.pdf", "2026/../../secret.pdf", "/etc/passwd", "", ".", "2026", "none.pdf"]
)
def test_nothing_else_is(library: Library, file: str) -> None:
    assert library.fault(file)
    with pytest.raises(NotInLibrary):
        library.read(file)


def test_a_link_out_of_the_folder_leads_nowhere(library: Library, tmp_path: Path) -> None:
    (library.folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (library.folder / "away").symlink_to(tmp_path, target_is_directory=True)
    for file in ("link.pdf", "away/secret.pdf"):
        with pytest.raises(NotInLibrary, match="outside"):
            library.read(file)
    (library.folder / "inside.pdf").symlink_to(library.folder / "2026" / "质检.pdf")
    assert library.read("inside.pdf") == b"%PDF a report"


def test_a_pipe_and_a_file_too_large_are_refused(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(library.folder / "pipe.pdf")
    assert "no file" in library.fault("pipe.pdf")
    monkeypatch.setattr(room, "MOST_BYTES", 5)
    assert "larger" in library.fault("2026/质检.pdf")
