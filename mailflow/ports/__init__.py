"""The doors: what mailflow asks of mailboxes, databases, printers, carriers and clocks."""

from __future__ import annotations

from mailflow.ports.evidence import Evidence
from mailflow.ports.goods import GoodsWork, Shortages, Stock
from mailflow.ports.journal import Arrival, Journal, MailRow, Shelf
from mailflow.ports.money import MoneyWork
from mailflow.ports.people import CaseWork
from mailflow.ports.post import (
    Clock,
    Listed,
    Mailbox,
    Mint,
    Preparing,
    Sender,
    Spool,
    Token,
    Typesetter,
)
from mailflow.ports.records import Records, Settlements, Sums
from mailflow.ports.store import Store
from mailflow.ports.troubles import (
    LoginRefused,
    MailboxTrouble,
    NotSent,
    PerhapsSent,
    Refusal,
    StoreTrouble,
    TokenRefused,
    TokenTrouble,
    Trouble,
)
from mailflow.ports.work import Work

__all__ = [
    "Arrival",
    "CaseWork",
    "Clock",
    "Evidence",
    "GoodsWork",
    "Journal",
    "Listed",
    "LoginRefused",
    "MailRow",
    "Mailbox",
    "MailboxTrouble",
    "Mint",
    "MoneyWork",
    "NotSent",
    "PerhapsSent",
    "Preparing",
    "Records",
    "Refusal",
    "Sender",
    "Settlements",
    "Shelf",
    "Shortages",
    "Spool",
    "Stock",
    "Store",
    "StoreTrouble",
    "Sums",
    "Token",
    "TokenRefused",
    "TokenTrouble",
    "Trouble",
    "Typesetter",
    "Work",
]
