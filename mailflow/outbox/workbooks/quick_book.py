"""Books of one make: what is the same in all of them is made once, and the rest is written anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, Generic, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mailflow.domain.value import dataclass
from mailflow.outbox.workbooks.text_book import TextBook, TextPackager

Looks = TypeVar("Looks")

SAME = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/theme/theme1.xml",
)
"""Parts that say nothing of a list: of which parts a book consists, and how it may look."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every part, so that the same content gives the same bytes."""

LEVEL = 4
"""Half the time of the usual level for a package a twentieth larger."""


@dataclass(frozen=True, slots=True)
class Kit(Generic[Looks]):
    """The looks of a make of books, each with its number, and a package of the parts in `SAME`."""

    font: str
    points: int
    looks: Looks
    package: bytes


def kit_of(looks_in: Callable[[TextBook], Looks], font: str, points: int) -> Kit[Looks]:
    """`looks_in` adds every look to a book; it is called once."""
    out = io.BytesIO()
    book = TextBook(out, font, points)
    looks = looks_in(book)
    for look in book.formats:
        # The library numbers them as they come into use; here every book has all of them.
        if look is not book.default_url_format:
            look._get_xf_index()
    book.set_custom_property("of", "a kit")
    book.add_worksheet().write_string(0, 0, "text")
    book.close()
    package = io.BytesIO()
    with ZipFile(out) as whole, ZipFile(package, "w", ZIP_DEFLATED) as kept:
        for name in SAME:
            kept.writestr(ZipInfo(name, FIRST_DAY), whole.read(name), ZIP_DEFLATED)
    return Kit(font, points, looks, package.getvalue())


class QuickBook(TextBook):
    """A book of one sheet, with texts and properties, and with no looks but those of its kit. Its
    parts are those the library writes (tests/outbox/workbooks/test_quick_book.py compares them)."""

    def __init__(self, out: BinaryIO, kit: Kit[Any]) -> None:
        super().__init__(out, kit.font, kit.points)
        self._package = kit.package

    def _prepare_format_properties(self) -> None:
        """They were prepared with the kit."""

    def _get_packager(self) -> TextPackager:
        return _Packager()

    def _store_workbook(self) -> None:
        (sheet,) = self.worksheets()
        sheet.selected = sheet.active = 1
        self._prepare_sst_string_data()
        self._prepare_defined_names()
        packager = self._get_packager()
        packager._add_workbook(self)
        packager._set_in_memory(True)
        self.filename.write(self._package)
        with ZipFile(self.filename, "a") as archive:
            for text, name, _ in packager._create_package():
                part = text.getvalue().encode()
                archive.writestr(ZipInfo(name, FIRST_DAY), part, ZIP_DEFLATED, LEVEL)


class _Packager(TextPackager):
    """Writes the parts in which books of one make differ."""

    def _create_package(self) -> list[tuple[io.StringIO, str, bool]]:
        self._write_worksheet_files()
        self._write_workbook_file()
        self._write_shared_strings_file()
        self._write_custom_file()
        self._write_core_file()
        self._write_app_file()
        files: list[tuple[io.StringIO, str, bool]] = self.filenames
        return files
