"""A batch and its expiry, in two cells or in one: `B20260301/2028-03-01`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from mailflow.domain.doubt import DoubtKind
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.report_codes import code_in
from mailflow.parsers.values import date_of, serial_date

_WORDS = re.compile(
    r"(?:产品|生产)?批(?:次|号|次号)|(?:有)?效期至?|有效期至?|到期日?期?|batch|lot|exp(?:iry)?(?:date)?|no\.",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s/|,，;；:：、()（）]+")
_BATCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._#-]*")
_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?|20\d{6})"
_DAY_BEHIND = re.compile(rf"(?<![A-Za-z\d.-]){_DAY}$")
_BARE_DAY = re.compile(r"20\d{6}")


class BatchAndExpiry(str):
    """The text of a cell that may hold both."""

    __slots__ = ()


class PerhapsSerial(BatchAndExpiry):
    """A number that may be a batch, and may be a day whose format was lost."""

    __slots__ = ()


def batch_and_expiry(cell: Cell) -> BatchAndExpiry | date | None:
    if cell.day is not None:
        return cell.day
    text = code_in(cell)
    if text is None:
        return None
    if cell.number is not None and serial_date(cell.number, since_1904=False):
        return PerhapsSerial(text)
    return BatchAndExpiry(text)


def settle_batch(draft: Draft, sent: date | None, *, of_batches: bool) -> None:
    """Batch and expiry of a row whose one cell may hold both.

    `sent` is a day about which goods were sent: a day alone is an expiry where it lies behind it,
    and digits alone are a batch where not. In a column of batches alone (`of_batches`) digits are
    always one, and a day that a program made of one is doubted.
    """
    value = draft.values.get("batch")
    if isinstance(value, date):
        expires = not of_batches and sent is not None and value > sent
        if not expires or not _take_expiry(draft, value):
            draft.doubt("batch", DoubtKind.VALUE_UNREADABLE, str(value))
        else:
            draft.values.pop("batch")
    elif isinstance(value, PerhapsSerial) and not of_batches:
        draft.doubt("batch", DoubtKind.VALUE_UNREADABLE, str(value))
    elif isinstance(value, BatchAndExpiry):
        batch, day, bare = _parted(str(value))
        if batch is None and bare and (of_batches or (sent is not None and day and day <= sent)):
            batch, day = str(value).strip(), None
        unclear = batch is None and (day is None or sent is None or day <= sent)
        if unclear or (day is not None and not _take_expiry(draft, day)):
            draft.doubt("batch", DoubtKind.VALUE_UNREADABLE, str(value))
        elif batch is None:
            draft.values.pop("batch")
        else:
            draft.values["batch"] = batch


def _take_expiry(draft: Draft, day: date) -> bool:
    """False where another cell of the row says otherwise."""
    return draft.values.setdefault("expires", day) == day


def _parted(value: str) -> tuple[str | None, date | None, bool]:
    """Batch and day of a text, and whether the day is eight bare digits; neither where it is no
    such text."""
    plain = _WORDS.sub(" ", unicodedata.normalize("NFKC", value)).strip(" \n:;,/")
    match = _DAY_BEHIND.search(plain)
    if match is None:
        return (plain, None, False) if _BATCH.fullmatch(plain) else (None, None, False)
    day = date_of(match[0])
    rest = _SIGNS.sub(" ", plain[: match.start()]).strip()
    if day is None or (rest and not _BATCH.fullmatch(rest)):
        return None, None, False
    return rest or None, day, bool(_BARE_DAY.fullmatch(match[0]))
