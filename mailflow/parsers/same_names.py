"""Attachments of one mail bear different names, so that a name is enough to say which is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.parsers.mime_parts import Attachment

_ENDING = re.compile(r"\.\w{1,5}$")


def told_apart(attachments: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The second of a name gets a number, as `订单(2).xlsx`; the same mail always the same ones.

    Letters' case makes no other name: to the program that saves them it is the same file.
    """
    return tuple(_told_apart(attachments))


def _told_apart(attachments: Sequence[Attachment]) -> Iterator[Attachment]:
    given = {a.name.casefold() for a in attachments}
    used: set[str] = set()
    for attachment in attachments:
        name = attachment.name
        number = 1
        while name.casefold() in used or (number > 1 and name.casefold() in given):
            number += 1
            name = _numbered(attachment.name, number)
        used.add(name.casefold())
        yield replace(attachment, name=name)


def _numbered(name: str, number: int) -> str:
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    return f"{stem}({number}){ending[0] if ending else ''}"
