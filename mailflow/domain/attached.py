"""What a person attached to a mail, and why something could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from mailflow.domain.only_head import WHOLE
from mailflow.domain.value import dataclass


class RefusedBecause(StrEnum):
    """Why an attachment could not be read; the words are fixed by the contract."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"


ADVISED: Mapping[RefusedBecause, frozenset[str]] = MappingProxyType(
    {
        RefusedBecause.ENCRYPTED: frozenset({"zip"}),
        RefusedBecause.CORRUPT: frozenset({"zip"}),
        RefusedBecause.TOO_LARGE: frozenset({"zip"}),
        RefusedBecause.EMPTY: frozenset({"zip"}),
        RefusedBecause.UNSUPPORTED: frozenset(
            {"image", "pdf", "word", "rtf", "powerpoint", "numbers", "outlook-msg", "macro"}
            | {"rar", "7z", "gzip", "nested-zip", "winmail.dat"}
        ),
    }
)
"""Details for which the sender is told in words of their own what to do."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`attachment` is empty where a table in the words of the mail itself is meant, or all of it
    (domain/only_head.py)."""

    attachment: str
    reason: RefusedBecause
    detail: str = ""

    @property
    def variant(self) -> str:
        """The word that says what was wrong, and of what: `encrypted`, `encrypted-zip`."""
        if self.detail == WHOLE:
            return f"{WHOLE}-{self.reason}"
        if not self.attachment:
            return f"body-{self.reason}"
        if self.detail in ADVISED.get(self.reason, ()):
            return f"{self.reason}-{self.detail}"
        return self.reason.value


@dataclass(frozen=True, slots=True)
class Attached:
    """A part of a mail that a person attached: what its sender called it, where it stands in the mail,
    and what its bytes are; they themselves stay in the child.

    `unfit` says why it is passed on to nobody: it is or holds a `program` or a `macro`.
    """

    name: str
    path: str
    size: int
    sha256: str
    unfit: str = ""
