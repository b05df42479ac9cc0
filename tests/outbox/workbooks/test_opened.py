"""Every kind of workbook we write is opened by LibreOffice as it is, and prints on few pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, order, sheet
from mailflow.commands.demo_desk.registers import CUSTOMERS, PRODUCTS, STAFF, write_register
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Enclosure, ListFile, Pictures
from mailflow.domain.notice_paper import PaperFile
from mailflow.outbox.enclosures import Enclosures, Workshops
from mailflow.outbox.typeset import LetterSetter
from mailflow.parsers.sandbox import Sandbox
from tests.outbox.letters import STATIONERY, named_letters, pages
from tests.outbox.test_enclosures import mail_with

OFFICE = shutil.which("soffice")
PAGE = re.compile(rb"/Type\s*/Page\b")
MOST_PAGES = 20
"""A workbook of a specimen that prints more is one whose columns do not fit on the paper."""
SPOILED = "spoiled"
pytestmark = pytest.mark.skipif(
    OFFICE is None,
    reason="LibreOffice is not installed: apt-get install --no-install-recommends libreoffice-calc",
)


def enclosures() -> Iterator[tuple[str, Enclosure]]:
    """One of each kind, in both languages where it has one."""
    seen = set()
    for language in ("zh", "en"):
        for letter in named_letters(language).values():
            for enclosure in letter.enclosures:
                if isinstance(enclosure, Pictures | MailedFile | PaperFile):
                    continue
                spoken = "" if isinstance(enclosure, ListFile) else language
                name = f"{type(enclosure).__name__}-{spoken}"
                if name not in seen:
                    seen.add(name)
                    yield name, enclosure


def fill(folder: Path) -> None:
    form = sheet(order("N101", [(A1, 20, "现金"), (A2, 30, "现金")]), "Sheet1")
    workshops = Workshops(Sandbox(), Sandbox())
    every = pages()
    letters = LetterSetter(STATIONERY, every, Enclosures(every.catalogue, workshops, "zh"))
    try:
        for name, enclosure in enclosures():
            made = letters.prepare(enclosure, mail_with(form)).result()
            assert made[:2] == b"PK", name
            (folder / f"{name}.xlsx").write_bytes(made)
    finally:
        workshops.close()
    for kind, rows in (("products", PRODUCTS), ("customers", CUSTOMERS), ("staff", STAFF)):
        write_register(folder, kind, rows)
    (folder / f"{SPOILED}.xlsx").write_bytes(form[:3000])


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("books")
    fill(folder)
    return {path.stem: path for path in folder.glob("*.xlsx")}


@pytest.fixture(scope="module")
def printed(books: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them by one start of the program, with a profile of its own."""
    folder = tmp_path_factory.mktemp("printed")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = (str(OFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder))
    subprocess.run(
        [*command, *map(str, books.values())], check=False, capture_output=True, timeout=300
    )
    return folder


@pytest.mark.timeout(600)
def test_each_is_opened_and_printed_and_a_spoiled_one_is_not(
    books: Mapping[str, Path], printed: Path
) -> None:
    sheets = {
        name: len(load_workbook(p).sheetnames) for name, p in books.items() if name != SPOILED
    }
    assert len(sheets) >= 16
    told = {path.stem: len(PAGE.findall(path.read_bytes())) for path in printed.glob("*.pdf")}
    assert told.keys() == sheets.keys()
    assert not {n: told[n] for n in sheets if not sheets[n] <= told[n] <= MOST_PAGES}
