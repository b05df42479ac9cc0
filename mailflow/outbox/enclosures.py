"""What is enclosed in letters: lists are read back before they leave, copies marked in the sandbox."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress

from mailflow.domain.batch import Traced
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.month_grid import MonthGrid
from mailflow.domain.notice import ListFile, MarkedCopy, Pressed
from mailflow.domain.notice_calls import CallSumsFile
from mailflow.domain.notice_clock import WaybillFile
from mailflow.domain.notice_consumers import CallSheet
from mailflow.domain.notice_goods import BatchFile
from mailflow.domain.notice_month import GridFile, StockFile
from mailflow.domain.notice_register import RegisterFile
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.order import DispatchList
from mailflow.domain.statement import Statement, StatementFile, StatementsFile
from mailflow.domain.value import dataclass
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.outbox.workbooks.marks import Mark
from mailflow.parsers.sandbox import (
    ChildError,
    Named,
    Pending,
    ReadingFailed,
    Sandbox,
    SandboxUnavailable,
)
from mailflow.parsers.sandbox_shapes import encoded
from mailflow.ports import Preparing

__all__ = ["CHECKED_LIST", "Enclosures", "ListDiffers", "Workshops"]

CHECKED_LIST = Named("mailflow.outbox.workbooks.checked_list", "checked_list")
MARKED_COPY = Named("mailflow.outbox.workbooks.marked_copy", "marked_copy")
STOCK_BOOK = Named("mailflow.outbox.workbooks.stock_book", "stock_book")
BATCH_FILE = Named("mailflow.outbox.workbooks.batch_file", "batch_file")
STATEMENT_FILE = Named("mailflow.outbox.workbooks.statement_file", "statement_file")
STATEMENTS_FILE = Named("mailflow.outbox.workbooks.statement_file", "statements_file")
MONTH_BOOK = Named("mailflow.outbox.workbooks.month_book", "month_book")
WAYBILL_FILE = Named("mailflow.outbox.workbooks.waybill_file", "waybill_file")
REGISTER_FILE = Named("mailflow.outbox.workbooks.register_file", "register_file")
ATTACHED_FILE = Named("mailflow.parsers.attached", "attached_file")
CALLS_FILE = Named("mailflow.outbox.workbooks.calls_file", "calls_file")
CALL_SHEET = Named("mailflow.outbox.workbooks.call_sheet", "call_sheet")
ROWS_FILE = Named("mailflow.outbox.workbooks.rows_file", "rows_file")
FINDINGS_ALONE = Named("mailflow.outbox.workbooks.marked_copy", "findings_alone")


@dataclass(frozen=True, slots=True)
class Workshops:
    """Child processes for workbooks: the one that opens strangers' files never writes a list."""

    sandbox: Sandbox
    press: Sandbox

    def start(self) -> None:
        """Let the children import while nobody needs them yet. Where one cannot be started, its
        first call says so."""
        with suppress(SandboxUnavailable):
            self.sandbox.start()
            self.press.start()

    def close(self) -> None:
        self.press.close()
        self.sandbox.close()


@dataclass(frozen=True, slots=True)
class _OrElse:
    """A copy that is being marked. A file that was read once and now ends the child costs its
    sender the colours, never the answer: the findings go out by themselves."""

    begun: Pending[bytes]
    instead: Callable[[], Pending[bytes]]

    def result(self) -> bytes:
        try:
            return self.begun.result()
        except (ReadingFailed, ChildError):
            return self.instead().result()


class NotKept(Exception):
    """A file is to be passed on, and nobody has the mail that brought it."""


@dataclass(frozen=True, slots=True)
class _AsItCame:
    """A file that leaves as it came, or not at all: what the child gave is looked at by its hash."""

    begun: Pending[bytes]
    sha256: str

    def result(self) -> bytes:
        data = self.begun.result()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise NotKept(f"file {self.sha256}: not the bytes that came")
        return data


class Enclosures:
    """Makes the workbooks of letters. `language` is what lists for the warehouse are printed in."""

    def __init__(
        self,
        catalogue: Catalogue,
        workshops: Workshops,
        language: str,
        kept: Callable[[str], bytes] | None = None,
    ) -> None:
        """`kept` gives a raw mail by its hash; without it no file of one is passed on."""
        self.catalogue = catalogue
        self._kept = kept
        self._workshops = workshops
        self._language = language

    def prepare(self, enclosure: Pressed, raw: bytes) -> Preparing:
        """A list is never one that differs from its order: its result raises `ListDiffers`."""
        match enclosure:
            case ListFile(sheet):
                return self._pressed(CHECKED_LIST, encoded(sheet, DispatchList), self._language)
            case BatchFile(traced):
                return self._pressed(BATCH_FILE, encoded(traced, Traced), enclosure.language)
            case StatementFile(statement):
                return self._pressed(
                    STATEMENT_FILE, encoded(statement, Statement), enclosure.language
                )
            case StatementsFile():
                crossing = encoded(enclosure, StatementsFile)
                return self._pressed(STATEMENTS_FILE, crossing, enclosure.language)
            case GridFile(grid):
                return self._pressed(MONTH_BOOK, encoded(grid, MonthGrid), enclosure.language)
            case WaybillFile():
                crossing = encoded(enclosure, WaybillFile)
                return self._pressed(WAYBILL_FILE, crossing, enclosure.language)
            case StockFile(stock):
                return self._pressed(STOCK_BOOK, stock.whole, enclosure.language)
            case RegisterFile():
                crossing = encoded(enclosure, RegisterFile)
                return self._pressed(REGISTER_FILE, crossing, enclosure.language)
            case CallSumsFile():
                crossing = encoded(enclosure, CallSumsFile)
                return self._pressed(CALLS_FILE, crossing, enclosure.language)
            case CallSheet():
                crossing = encoded(enclosure, CallSheet)
                return self._pressed(CALL_SHEET, crossing, enclosure.language)
            case RowsFile():
                crossing = encoded(enclosure, RowsFile)
                return self._pressed(ROWS_FILE, crossing, enclosure.language)
            case MailedFile():
                return self._as_it_came(enclosure)
            case MarkedCopy():
                return self._marked(enclosure, raw)

    def _pressed(self, work: Named, crossing: bytes, language: str) -> Preparing:
        """What it is made of crosses as bytes: a hundred frozen lines are encoded in a tenth of the
        time it takes to pickle them."""
        words = dict(self.catalogue.words(language))
        return self._workshops.press.submit(work, crossing, words, returns=bytes)

    def _as_it_came(self, mailed: MailedFile) -> Preparing:
        """Out of the mail that brought it, by the child that opens strangers' mails."""
        if self._kept is None:
            raise NotKept(f"mail {mailed.mail_id}: nobody keeps raw mails here")
        raw, sha256 = self._kept(mailed.mail_sha256), mailed.file.sha256
        begun = self._workshops.sandbox.submit(ATTACHED_FILE, raw, sha256, returns=bytes)
        return _AsItCame(begun, sha256)

    def _marked(self, copy: MarkedCopy, raw: bytes) -> Preparing:
        marks = tuple(self._mark(finding, copy.language) for finding in copy.findings)
        words = dict(self.catalogue.words(copy.language))
        if all(finding.asked is Asked.NOBODY for finding in copy.findings):
            # Nothing is to be mended: it is told what stands there.
            words |= {"findings": words["told"], "findings_count": words["told_count"]}
        press, sandbox = self._workshops.press, self._workshops.sandbox
        begun = sandbox.submit(MARKED_COPY, raw, copy.attachment, marks, words, returns=bytes)
        return _OrElse(begun, lambda: press.submit(FINDINGS_ALONE, marks, words, returns=bytes))

    def _mark(self, finding: Finding, language: str) -> Mark:
        at = finding.at
        return Mark(
            sheet=at.sheet if at else "",
            row=at.row if at else -1,
            column=at.column if at else -1,
            title=self.catalogue.title(finding.code, language),
            text=self.catalogue.message(finding, language),
            proposal=finding.proposal,
            found=finding.found,
            is_error=finding.severity is Severity.ERROR and finding.asked is Asked.SENDER,
        )
