"""The statistics as a workbook in a file; what writes one is loaded for this alone."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.saying import complain
from mailflow.config import Config
from mailflow.domain.statistics import Statistics
from mailflow.house import pages_of
from mailflow.outbox.workbooks.statistics import write


def write_book(statistics: Statistics, config: Config, file: Path) -> int:
    """The exit code; what is wrong has been said."""
    pages, language = pages_of(config), config.language
    titles = {code: pages.catalogue.title(code, language) for code in statistics.codes}
    made = write(statistics, pages.words("statistics", language), titles, config.zone)
    try:
        file.write_bytes(made)
    except OSError as error:
        complain(f"{file}: {error.strerror}: free space, or name a file you may write to")
        return 1
    return 0
