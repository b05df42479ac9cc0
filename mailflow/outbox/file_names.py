"""What a file is called that goes with a letter: by our own numbers and words."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import ListFile, MarkedCopy, Pressed
from mailflow.domain.notice_calls import CallSumsFile
from mailflow.domain.notice_clock import WaybillFile
from mailflow.domain.notice_consumers import CallSheet
from mailflow.domain.notice_goods import BatchFile
from mailflow.domain.notice_month import (
    GridFile,
    StockFile,
)
from mailflow.domain.notice_paper import PaperFile
from mailflow.domain.notice_register import RegisterFile
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.notice_statistics import StatisticsFile
from mailflow.domain.statement import (
    StatementFile,
    StatementsFile,
)
from mailflow.outbox.catalogue import known
from mailflow.outbox.typeset_pages import Pages

Titled = (
    RegisterFile
    | CallSumsFile
    | RowsFile
    | CallSheet
    | StatementsFile
    | GridFile
    | WaybillFile
    | StockFile
    | MarkedCopy
)
"""What bears a title in the language of whoever gets it."""


def name_of(enclosure: Pressed | StatisticsFile | PaperFile, pages: Pages) -> str:
    """With its ending. Of files that came by mail, and of copies of them, their sender's name stays."""
    match enclosure:
        case PaperFile(paper):
            return paper.file_name
        case ListFile(dispatch_list):
            return dispatch_list.file_name
        case MailedFile(file):
            return file.name
        case StatisticsFile(statistics):
            own = pages.words("statistics", known(enclosure.language))
            return own("file", period=str(statistics.period)) + ".xlsx"
        case BatchFile(traced):
            return f"{traced.batch.replace('/', '-')}.xlsx"
        case StatementFile(statement):
            return f"{statement.number}_{statement.name}.xlsx"
        case _:
            return f"{_titled(enclosure, pages.catalogue.words(known(enclosure.language)))}.xlsx"


def _titled(enclosure: Titled, words: Mapping[str, str]) -> str:
    match enclosure:
        case RegisterFile(number, _, _, kind):
            return f"{words[f'rg_title_{kind}']}_{number}"
        case CallSumsFile():
            return f"{words['cb_title']}_{enclosure.number}"
        case RowsFile():
            return f"{words[f'rows_{enclosure.name}']}_{enclosure.number}"
        case CallSheet(number, region):
            return f"{words['call_title']}_{number}_{region}"
        case StatementsFile(statements):
            return f"{statements.period:%Y-%m} {words['st_title']}"
        case GridFile(grid):
            return f"{grid.month:%Y-%m} {words['grid_title']}"
        case WaybillFile(day):
            return f"{words['waybills_title']}-{day:%Y%m%d}"
        case StockFile(stock, _, revised):
            end = f" {words['stock_revised']} {revised:%m%d}" if revised else ""
            return f"{stock.month:%Y-%m} {words['stock_title']}{end}"
        case MarkedCopy():
            name = enclosure.attachment or words["body"]
            stem, dot, _ = name.rpartition(".")
            return f"{stem if dot else name}-{words['marked']}"
