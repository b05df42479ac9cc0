"""What a mail system reports of a message of ours; in the child, and in a call of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message as Part

from flufl.bounce import all_failures

from mailflow.domain.bounce import Bounce
from mailflow.domain.printable import cleaned
from mailflow.parsers.mime_html import plain_text
from mailflow.parsers.mime_marks import OUR_ID
from mailflow.parsers.mime_tree import parsed

MOST = 20
"""Addresses and numbers taken of one report."""
LONGEST_WHY = 200
LONGEST_TEXT = 64 * 1024
"""Signs of a part in which a number of ours is looked for: reports quote the head of a mail."""
_ADDRESS = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,120}@[\x21-\x3b\x3d\x3f-\x7e]{1,120}")
_QUOTED_BY = frozenset({"text/rfc822-headers", "message/rfc822-headers"})


def bounce_of(raw: bytes) -> Bounce:
    """Raises `MailRefused`."""
    mail = parsed(raw)
    late, lasting = all_failures(mail)
    failed = _addresses(lasting)
    return Bounce(
        message_ids=tuple(dict.fromkeys(_numbers(mail)))[:MOST],
        failed=failed,
        delayed=tuple(a for a in _addresses(late) if a not in failed),
        why=cleaned(next(_reasons(mail), ""), LONGEST_WHY),
    )


def _addresses(found: Iterable[bytes | str]) -> tuple[str, ...]:
    texts = (a.decode("ascii", "ignore") if isinstance(a, bytes) else a for a in found)
    return tuple(sorted({t.casefold() for t in texts if _ADDRESS.fullmatch(t)}))[:MOST]


def _numbers(mail: Part) -> Iterator[str]:
    """Message-IDs of ours below the report's own head: in the mail that came back, in what stands
    of its head, or in the words of a system that knows no such parts."""
    for part in mail.walk():
        if part is not mail:
            yield from OUR_ID.findall(str(part.get("Message-ID", "")))
        if _is_words(part) or part.get_content_type() in _QUOTED_BY:
            yield from OUR_ID.findall(_text(part))


def _reasons(mail: Part) -> Iterator[str]:
    """The other side's words before a bare number (RFC 3464, 2.3.4 and 2.3.6)."""
    fields = [
        block
        for part in mail.walk()
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")
        for block in (part.get_payload() if part.is_multipart() else ())
        if isinstance(block, Part)
    ]
    for name in ("Diagnostic-Code", "Status"):
        for block in fields:
            if said := str(block.get(name, "")).strip():
                yield said.partition(";")[2].strip() or said
    for part in mail.walk():
        if _is_words(part) and part.get_content_type() not in _QUOTED_BY:
            text = _text(part)
            words = plain_text(text) if part.get_content_subtype() == "html" else text
            yield " ".join(words.split())


def _is_words(part: Part) -> bool:
    """A text, or what claims to have parts and has none."""
    return part.get_content_maintype() in ("text", "multipart") and not part.is_multipart()


def _text(part: Part) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode()
    charset = part.get_content_charset() or "utf-8"
    try:
        return data[:LONGEST_TEXT].decode(charset, "replace")
    except LookupError:
        return data[:LONGEST_TEXT].decode("gb18030", "replace")
