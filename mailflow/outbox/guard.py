"""Nobody gets a message who is not in the register; our own mailbox never gets one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailflow.domain.register import Register

_ADDRESS = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+")


def allowed(recipient: str, register: Register, own: str, redirect_to: str | None = None) -> bool:
    """Staff and customers of the register, or the address of `redirect_to`.

    An address that stands only in a mail's header is never enough. `own` is refused even where
    the register holds it, for we would answer ourselves (reliability L03).
    """
    if not _ADDRESS.fullmatch(recipient) or _same(recipient, own):
        return False
    if redirect_to and _same(recipient, redirect_to):
        return True
    return register.knows(recipient)


def recipients_allowed(
    recipients: Iterable[str], register: Register, own: str, redirect_to: str | None = None
) -> tuple[str, ...]:
    """The recipients that must not get it, each once; empty when all may."""
    once = dict.fromkeys(recipients)
    return tuple(r for r in once if not allowed(r, register, own, redirect_to))


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
