"""Of a mail that is larger than a house takes only the header is kept, so that its sender can be told
(reliability D11); a line of ours at its end says so."""

from __future__ import annotations

import re

MOST_HEAD = 256 * 1024
"""Bytes; a longer header is none that a person's program writes."""
MARK = b"X-Mailflow-Only-Head: yes"
WHOLE = "mail"
"""What is refused: all of it."""
_END = re.compile(rb"\r?\n\r?\n")


def only_head(beginning: bytes) -> bytes | None:
    """The mail as it is kept, made of its first bytes; None where its header does not end in them."""
    end = _END.search(beginning, 0, MOST_HEAD)
    if end is None or not end.start():
        return None
    line_end = b"\r\n" if end[0].startswith(b"\r") else b"\n"
    return beginning[: end.start()] + line_end + MARK + 2 * line_end


def is_only_head(raw: bytes) -> bool:
    """Whether nothing else was kept. Who writes our line below a header without a body has sent nothing."""
    lines = raw[-len(MARK) - 8 :].rstrip(b"\r\n")
    end = _END.search(raw)
    return lines.endswith(b"\n" + MARK) and end is not None and not raw[end.end() :].strip()
