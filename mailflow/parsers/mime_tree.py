"""Bytes become a tree of parts, or the mail is refused."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message as Part

from mailflow.parsers.mime_limits import MailRefused


def parsed(raw: bytes) -> Part:
    """The old parser: the modern policy parses every header five times slower."""
    try:
        return message_from_bytes(raw)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise MailRefused(f"not readable as a mail: {type(error).__name__}") from error
