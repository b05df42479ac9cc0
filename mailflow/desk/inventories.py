"""Inventory reports are kept or returned, each distributor's by itself, and answered in one letter (S7)."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.people import language_of
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.effect_goods import KeepInventory
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.kept_inventory import InventoryState, KeptInventory
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Enclosure, Letter, MarkedCopy
from mailflow.domain.notice_month import InventoryNotice, InventoryPart
from mailflow.domain.value import dataclass
from mailflow.rules.inventory_parts import Part

KEPT, RETURNED = "inventory-kept", "inventory-returned"


@dataclass(frozen=True, slots=True)
class InventoryMail:
    """`findings` are those of sheets that are of nobody; `replaced` the parts of whose distributor
    and month another report held until now. `formats` are those of the attachments."""

    mail_id: int
    head: Head
    facts: Facts
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    replaced: frozenset[str]
    formats: tuple[tuple[str, str], ...]
    revision: int = 1
    language: str = "zh"


def effects_of_inventories(mail: InventoryMail) -> tuple[Effect, ...]:
    notice = _notice(mail)
    state, reason = (MailState.DONE, KEPT) if notice.is_valid else (MailState.RETURNED, RETURNED)
    return (*_kept(mail), Post(_answer(mail, notice)), SettleMail(state, reason))


def _kept(mail: InventoryMail) -> Iterator[Effect]:
    """Of a wrong one only that it came: who is reminded reads that it was returned."""
    for part in mail.parts:
        if part.month is None:
            continue
        report = KeptInventory(
            distributor=part.customer.code,
            month=part.month,
            state=InventoryState.RETURNED if part.findings else InventoryState.VALID,
            mail_id=mail.mail_id,
            sender=mail.facts.sender.address or "",
            received=mail.facts.received,
            lines=() if part.findings else part.lines,
        )
        why = ",".join(dict.fromkeys(f.code for f in part.findings))
        yield KeepInventory(report, why or f"M{mail.mail_id}")


def _notice(mail: InventoryMail) -> InventoryNotice:
    return InventoryNotice(
        subject=mail.head.subject,
        parts=tuple(
            InventoryPart(
                customer=part.customer,
                month=part.month,
                attachment=part.report.attachment,
                where=str(part.report.where),
                products=len({line.sku for line in part.lines}),
                closing=sum(line.closing for line in part.lines),
                findings=part.findings,
                corrects=_key(part) in mail.replaced,
            )
            for part in mail.parts
        ),
        findings=mail.findings,
    )


def _key(part: Part) -> str:
    return f"{part.customer.code}/{part.month}"


def _answer(mail: InventoryMail, notice: InventoryNotice) -> Letter:
    """In the sender's thread; a manager reads what others sent of his distributors."""
    sender = mail.facts.sender
    assert sender.address is not None
    managers = (part.customer.regional_manager for part in mail.parts)
    copies = dict.fromkeys(m for m in managers if m.casefold() != sender.address.casefold())
    return Letter(
        notice=notice,
        to=(sender.address,),
        cc=tuple(copies),
        subject_id=f"M{mail.mail_id}",
        revision=mail.revision,
        language=language_of(sender, mail.language),
        thread=thread_of(mail.head),
        enclosures=tuple(_copies(mail)),
        mail_id=mail.mail_id,
    )


def _copies(mail: InventoryMail) -> Iterator[Enclosure]:
    """His own workbook, every wrong cell of it marked once."""
    language = language_of(mail.facts.sender, mail.language)
    wrong = [*mail.findings, *(f for part in mail.parts for f in part.findings)]
    for attachment, kind in mail.formats:
        mine = [f for f in wrong if _attachment(f) == attachment]
        if mine:
            findings = tuple(dict.fromkeys(mine))
            yield MarkedCopy(mail.mail_id, attachment, kind, findings, language)


def _attachment(finding: Finding) -> str | None:
    place = finding.at or finding.where
    return place.attachment if place else None
