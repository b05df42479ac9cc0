"""Whether a mail brings inventory reports of people who may send them, and what then follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.inventories import InventoryMail, effects_of_inventories
from mailflow.domain.access import may, may_for
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.inventory import Inventory
from mailflow.domain.kept_inventory import month_before
from mailflow.ports import MailRow, Work
from mailflow.rules.inventory_parts import Part, Parts, carried_over, parts_of, said_twice
from mailflow.rules.personal import is_proven_person
from mailflow.rules.reports import judged_report
from mailflow.rules.requests import is_recall


def effects_of_inventory_reports(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail brings none, brings something else too, or its sender may not send them:
    a person then looks at it, as at every other report."""
    sheets = [d for d in reading.documents if isinstance(d, Inventory)]
    if not sheets or not _may_tell(reading, facts):
        return None
    every = [parts_of(judged_report(s, facts, house.lexicon), facts, house.lexicon) for s in sheets]
    parts = said_twice([part for each in every for part in each.parts])
    action, register = Action.REPORT_INVENTORY, facts.register
    if not all(may_for(facts.sender, action, part.customer, register) for part in parts):
        return None
    if not parts and not any(each.findings for each in every):
        return None
    parts = tuple(_with_opening(part, parts, work) for part in parts)
    held = (p for p in parts if p.month and work.inventory(p.customer.code, p.month))
    mail = InventoryMail(
        mail_id=row.id,
        head=reading.head,
        facts=facts,
        parts=parts,
        findings=_findings(every),
        replaced=frozenset(f"{p.customer.code}/{p.month}" for p in held),
        formats=tuple(dict.fromkeys((s.attachment, s.format) for s in sheets)),
        revision=row.revision,
        language=house.language,
    )
    return effects_of_inventories(mail)


def _findings(every: list[Parts]) -> tuple[Finding, ...]:
    return tuple(f for each in every for f in each.findings)


def _may_tell(reading: Reading, facts: Facts) -> bool:
    """A person who is proven, and a mail that brings nothing else."""
    is_his = may(facts.sender, Action.REPORT_INVENTORY) and is_proven_person(reading, facts.sender)
    is_alone = all(isinstance(d, Inventory) for d in reading.documents) and not reading.refused
    return is_his and is_alone and not is_recall(reading)


def _with_opening(part: Part, parts: tuple[Part, ...], work: Work) -> Part:
    """Held against the month before, as it is kept or as the same mail brings it."""
    if part.month is None or any(f.code == "inventory-columns" for f in part.findings):
        return part
    before = _closing(part, parts, work)
    if before is None:
        return part
    return replace(part, findings=(*part.findings, *carried_over(part, before)))


def _closing(part: Part, parts: tuple[Part, ...], work: Work) -> Mapping[str, int] | None:
    assert part.month is not None
    before = month_before(part.month)
    for other in parts:
        if (other.customer.code, other.month) == (part.customer.code, before):
            return None if other.findings else _sums(other)
    kept = work.inventory(part.customer.code, before)
    return kept.closing if kept else None


def _sums(part: Part) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for line in part.lines:
        found[line.sku] = found.get(line.sku, 0) + line.closing
    return found
