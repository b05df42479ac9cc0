"""What is enclosed in letters: lists are read back before they leave, copies marked in the sandbox."""

from __future__ import annotations

from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.notice import Enclosure, ListFile, MarkedCopy
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.workbooks import dispatch_list
from mailflow.outbox.workbooks.marked_copy import Mark, from_grids, marked_copy
from mailflow.outbox.workbooks.read_back import assert_same
from mailflow.parsers.sandbox import ChildError, ReadingFailed, Sandbox


class Enclosures:
    """Makes the workbooks of letters. `language` is what lists for the warehouse are printed in."""

    def __init__(self, catalogue: Catalogue, sandbox: Sandbox, language: str) -> None:
        self.catalogue = catalogue
        self._sandbox = sandbox
        self._language = language

    def prepare(self, enclosure: Enclosure, raw: bytes) -> bytes:
        """A list is never one that differs from its order: raises `ListDiffers`."""
        match enclosure:
            case ListFile(sheet):
                workbook = dispatch_list.write(sheet, self.catalogue.words(self._language))
                assert_same(workbook, sheet)
                return workbook
            case MarkedCopy():
                return self._marked(enclosure, raw)

    def _marked(self, copy: MarkedCopy, raw: bytes) -> bytes:
        marks = tuple(self._mark(finding, copy.language) for finding in copy.findings)
        words = dict(self.catalogue.words(copy.language))
        try:
            return self._sandbox.call(
                marked_copy, raw, copy.attachment, marks, words, returns=bytes
            )
        except (ReadingFailed, ChildError):
            # A file that was read once and now ends the child costs its sender the colours,
            # never the answer: the findings go out by themselves.
            return from_grids((), marks, words)

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
