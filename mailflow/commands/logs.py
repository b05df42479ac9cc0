"""The log of a run: one JSON line an event, on standard output."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO, cast

from mailflow.log import structlog


class LogFile(io.TextIOBase):
    """Standard output for lines of the log: one that cannot be written is lost, and nothing else
    is (reliability D03)."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            sys.stdout.flush()
            try:
                os.write(sys.stdout.fileno(), text.encode("utf-8", "replace"))
            except io.UnsupportedOperation:
                sys.stdout.write(text)
        return len(text)


def set_up_logs(*, quiet: bool) -> None:
    """One JSON line a mail on standard output; quiet where a person looks at the summary."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(40 if quiet else 20),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, LogFile())),
        cache_logger_on_first_use=True,
    )
