"""A mail beyond these limits is refused before it is taken apart (reliability M06)."""

from __future__ import annotations

import re

from mailflow.parsers.sandbox_wire import ChildError

MAX_DEPTH = 20
MAX_PARTS = 200
MAX_HEADER = 256 * 1024
MAX_LINE = 1024 * 1024
MAX_BODY = 20_000
MAX_HTML = 1_000_000
MAX_PARAMETERS = 16 * 1024
"""Signs of a Content-Type or Content-Disposition that are looked at."""

_BLANK_LINE = re.compile(rb"\r\n\r\n|\n\r?\n|\r\r")
_BOUNDARY = re.compile(rb"boundary(?:\*[0-9*]*)?\s{0,9}=")


class MailRefused(ChildError):
    """No mail a person sends: too deep, too many parts, a header or a line without end."""


def check_raw(raw: bytes) -> None:
    """Raises `MailRefused`; what is found here would cost the parser far more to find."""
    if len(raw) > MAX_HEADER and not _BLANK_LINE.search(raw, 0, MAX_HEADER + 4):
        raise MailRefused(f"a header of more than {MAX_HEADER} bytes")
    if len(raw) > MAX_LINE and max(map(len, raw.splitlines())) > MAX_LINE:
        raise MailRefused(f"a line of more than {MAX_LINE} bytes")
    # Each level costs the parser a test on every line that follows.
    if raw.count(b"--") > MAX_PARTS:
        announced = len(_BOUNDARY.findall(raw.lower()))
        if announced > MAX_PARTS:
            raise MailRefused(f"{announced} announced boundaries, at most {MAX_PARTS} are read")
