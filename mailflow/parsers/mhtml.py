"""Pages packed into one file, as Excel saves a workbook for the web and some name it .xls."""

from __future__ import annotations

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.html_tables import read_html
from mailflow.parsers.mime_limits import MAX_PARTS, MailRefused, check_raw
from mailflow.parsers.mime_parts import payload_of
from mailflow.parsers.mime_tree import parsed

PAGE = "text/html"


def read_mhtml(raw: bytes) -> tuple[Grid, ...]:
    """A grid for every page with anything on it; raises `AttachmentRefused`."""
    try:
        check_raw(raw)
        parts = list(parsed(raw).walk())
    except MailRefused as refusal:
        raise AttachmentRefused(RefusedBecause.CORRUPT, str(refusal)) from refusal
    if len(parts) > MAX_PARTS:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"{len(parts)} parts")
    pages = [payload_of(part) for part in parts if part.get_content_type() == PAGE]
    grids = tuple(grid for page in pages if page.strip() for grid in read_html(page) if grid.rows)
    if not grids:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    return grids
