"""What an operator does by hand to anything but mails, orders and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mailflow.domain.barred import KIND as LETTER
from mailflow.domain.kept_inventory import InventoryState, month_in
from mailflow.ports import Refusal
from mailflow.store.announcements_by_hand import close_by_hand
from mailflow.store.connection import Pen
from mailflow.store.held_outbox import ALL, OUTBOX, hold_outbox, release_outbox
from mailflow.store.inventories import found_wrong
from mailflow.store.samples import waive
from mailflow.store.waiting_cases import close_case

Deed = Callable[[Pen, str, str], str]
"""Is given what is meant and why; returns the new state, raises `Refusal` with the way out."""


def _hold_outbox(pen: Pen, text: str, reason: str) -> str:
    _assert_all(text)
    return hold_outbox(pen, reason)


def _release_outbox(pen: Pen, text: str, reason: str) -> str:
    _assert_all(text)
    return release_outbox(pen, reason)


def _assert_all(text: str) -> None:
    if text != ALL:
        raise Refusal(f"outbox {text}: it is held as a whole: write `outbox {ALL}`")


def _close_letter(pen: Pen, number: str, reason: str) -> str:
    """Nobody has to look any more at a letter that was stopped; it stays unsent."""
    close_case(pen, number, reason)
    return "closed"


def _close_announcement(pen: Pen, number: str, reason: str) -> str:
    """Nobody is asked to confirm it any more; one that has not gone never will."""
    return close_by_hand(pen, number, reason)


def _close_inventory(pen: Pen, text: str, reason: str) -> str:
    """A report that was found wrong holds no more: its distributor is asked for it again."""
    distributor, _, said = text.partition("/")
    month = month_in(said)
    if month is None:
        raise Refusal(f"inventory {text}: write distributor and month, such as N101/2026-11")
    if not found_wrong(pen, distributor, month, reason):
        raise Refusal(f"inventory {text}: no valid report of it is kept: nothing to close")
    return InventoryState.RETURNED.value


def _close_shortfall(pen: Pen, number: str, reason: str) -> str:
    """Nothing more is taken off for it; what was taken is set against later ones."""
    if not waive(pen, number, reason):
        raise Refusal(f"shortfall {number}: none is open: see `mailflow list shortfalls`")
    return "waived"


OF_THINGS: Mapping[tuple[str, str], Deed] = MappingProxyType(
    {
        ("close", "inventory"): _close_inventory,
        ("close", LETTER): _close_letter,
        ("close", "shortfall"): _close_shortfall,
        ("close", "announcement"): _close_announcement,
        ("hold", OUTBOX): _hold_outbox,
        ("release", OUTBOX): _release_outbox,
    }
)
