"""One row of a list of consumers: who may be called back, that he is known already, or what is asked (S10).

No finding repeats who somebody is: of a number it shows the ends, of a name nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailflow.domain.access import customers_open, may_for, regions_open
from mailflow.domain.access_table import Action
from mailflow.domain.consumer_list import Consumer, KnownConsumer
from mailflow.domain.consumers import ConsumerRow, Consumers
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon
from mailflow.domain.personal import masked_phone
from mailflow.domain.register import regions_of
from mailflow.domain.sheet import Place
from mailflow.domain.spelling import plain
from mailflow.rules.phones import Phone, phone_of
from mailflow.rules.report_whose import WhoseReader, whose_finding


class ConsumerReader:
    """Reads the rows of one sheet; `seen` grows by each that is taken."""

    def __init__(
        self,
        sheet: Consumers,
        facts: Facts,
        lexicon: Lexicon,
        known: Mapping[str, KnownConsumer],
        seen: dict[str, Place],
    ) -> None:
        self._sheet, self._facts, self._known = sheet, facts, known
        self.seen = seen
        self._whose = WhoseReader(sheet, facts, lexicon)
        self._regions = regions_of(facts.register.customers)
        self._mine = _regions_of_sender(facts)
        self._store = said.text.strip() if (said := sheet.said("store")) else ""
        self._region = said.text.strip() if (said := sheet.said("region")) else ""

    def read(self, row: ConsumerRow, found: list[Finding]) -> Consumer | Finding | list[Finding]:
        """A consumer, or that he is known already, or all that is asked of the row."""
        found = list(found)
        phone = phone_of(row.phone)
        if phone is None and not any(f.at == self._at(row, "phone") for f in found):
            variant = "invalid" if row.phone.strip() else "missing"
            found.append(self._told(row, "phone", "consumer-phone", variant))
        if not (row.consumer.strip() or row.baby.strip()):
            found.append(self._told(row, "consumer", "consumer-name", ""))
        if not (row.store.strip() or row.store_code.strip() or self._store):
            found.append(self._told(row, "store", "consumer-store", ""))
        whose = self._of_whom(row)
        if isinstance(whose, Finding):
            found.append(whose)
        if found or phone is None or isinstance(whose, Finding):
            return list({(f.code, f.variant, f.at): f for f in found}.values())
        if (again := self._again(row, phone)) is not None:
            return again
        self.seen[phone.key] = self._at(row, "phone")
        return self._consumer(row, phone, whose)

    def _at(self, row: ConsumerRow, slot: str) -> Place:
        return next(self._sheet.places(row, slot), self._sheet.first_cell(row))

    def _told(self, row: ConsumerRow, slot: str, code: str, variant: str) -> Finding:
        found = masked_phone(row.phone) if slot == "phone" else ""
        return consumer_finding(
            self._sheet, code, self._at(row, slot), found=found, variant=variant
        )

    def _again(self, row: ConsumerRow, phone: Phone) -> Finding | None:
        """Whose number was taken before: of this list, or of an earlier one. On whose list somebody
        else's consumer stands is not told."""
        at, masked = self._at(row, "phone"), masked_phone(row.phone)
        if (before := self.seen.get(phone.key)) is not None:
            return consumer_finding(
                self._sheet, "consumer-again", at, found=masked, variant="list", other=str(before)
            )
        known = self._known.get(phone.key)
        if known is None:
            return None
        is_his = known.sender.casefold() == (self._facts.sender.address or "").casefold()
        variant = "own" if is_his else "earlier"
        return consumer_finding(
            self._sheet,
            "consumer-again",
            at,
            found=masked,
            variant=variant,
            other=known.number if is_his else "",
        )

    def _of_whom(self, row: ConsumerRow) -> tuple[str, str] | Finding:
        """The distributor's code, where it is said, and the region; or what is asked."""
        whose = self._whose.of(row)
        said = row.region.strip() or self._region
        at = self._at(row, "region")
        if whose.strange or len(whose.customers) > 1:
            finding = whose_finding(self._sheet, whose, whose.at or self._sheet.first_cell(row))
            return _asked_of_sender(finding)
        named = next((r for r in self._regions if plain(r) == plain(said)), "") if said else ""
        if whose.customers:
            [customer] = whose.customers
            if not may_for(
                self._facts.sender, Action.SEND_CONSUMERS, customer, self._facts.register
            ):
                place = whose.at or self._sheet.first_cell(row)
                return consumer_finding(
                    self._sheet,
                    "consumer-region",
                    place,
                    found=customer.name,
                    variant="distributor",
                )
            if named and named != customer.region:
                return consumer_finding(
                    self._sheet,
                    "consumer-region",
                    at,
                    found=said,
                    variant="differs",
                    other=customer.region,
                )
            return customer.code, customer.region
        if named and named in self._mine:
            return "", named
        if said:
            variant = "other" if named else "unknown"
            return consumer_finding(self._sheet, "consumer-region", at, found=said, variant=variant)
        if len(self._mine) == 1:
            return "", self._mine[0]
        return consumer_finding(self._sheet, "consumer-region", at, found="", variant="missing")

    def _consumer(self, row: ConsumerRow, phone: Phone, whose: tuple[str, str]) -> Consumer:
        sheet, (distributor, region) = self._sheet, whose
        place = self._at(row, "phone")
        return Consumer(
            attachment=sheet.attachment,
            cell=f"{place.sheet}!{place.address}" if place.sheet else place.address,
            region=region,
            name=_line(row.consumer),
            phone=phone.dialled,
            key=phone.key,
            baby=_line(row.baby),
            store_code=_line(row.store_code),
            store=_line(row.store) or ("" if row.store_code.strip() else self._store),
            distributor=distributor,
            product=_line(row.product),
        )


def _regions_of_sender(facts: Facts) -> tuple[str, ...]:
    """Where a row may lie that says no distributor: all regions in which he may send any."""
    action, register = Action.SEND_CONSUMERS, facts.register
    of_customers = (c.region for c in customers_open(facts.sender, (action,), register))
    regions = (*regions_open(facts.sender.people, action, register), *of_customers)
    return tuple(dict.fromkeys(regions))


def _asked_of_sender(finding: Finding) -> Finding:
    return replace(finding, asked=Asked.SENDER)


def _line(text: str) -> str:
    return " ".join(text.split())


def consumer_finding(
    sheet: Consumers,
    code: str,
    at: Place | None,
    *,
    found: str,
    variant: str = "",
    other: str = "",
) -> Finding:
    return Finding(
        code,
        Severity.INFO if code == "consumer-again" else Severity.WARNING,
        Asked.NOBODY if code == "consumer-again" else Asked.SENDER,
        at=at,
        where=sheet.where,
        found=found,
        variant=variant,
        details=(("other", other),) if other else (),
    )
