"""What `explain --json` prints for a file; its shape is fixed by the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mailflow.commands.ahead import Begun, Opened
from mailflow.commands.explain import Failure
from mailflow.commands.explain_reports import may_be_shape, report_shape
from mailflow.commands.explainer import Explained
from mailflow.commands.saying import say
from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.attached import RefusedBecause
from mailflow.domain.decision import Decision
from mailflow.domain.document import Order, Unknown
from mailflow.domain.finding import Finding
from mailflow.domain.money import shown
from mailflow.domain.report import Report
from mailflow.domain.settlement import next_steps
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.typeset_pages import Pages


class JsonTeller:
    """One object a line; a file that could not be read is one with its `error`."""

    def __init__(self, _: Begun, pages: Pages) -> None:
        self._pages = pages

    def tell(self, explained: Explained) -> None:
        say(json.dumps(as_json_object(explained, self._pages), ensure_ascii=False))

    def fail(self, file: Opened, why: Failure) -> None:
        shape = as_failure(file.path, why.text, why.reason)
        say(json.dumps(shape, ensure_ascii=False))


def as_json_object(explained: Explained, pages: Pages) -> dict[str, Any]:
    reading, facts, dealt = explained.reading, explained.facts, explained.dealt
    language = facts.sender.people[0].language if facts.sender.people else None
    words = _Words(pages.catalogue, language or "zh", reading.head.date is not None)
    steps = (
        step
        for decision in dealt.decisions
        for f in decision.findings
        for step in next_steps(f.code, dict(f.details), reading.head.sender)
    )
    return {
        "file": str(explained.file.path),
        "mail": {
            "from": reading.head.sender,
            "subject": reading.head.subject,
            "kind": reading.head.kind.value,
            "trust": facts.sender.trust.value,
        },
        "state": dealt.state.value,
        "reason": dealt.reason,
        "next": list(dict.fromkeys(steps)),
        "documents": [words.document(d) for d in dealt.decisions],
        "refused": [
            {"attachment": r.attachment, "reason": r.reason.value} for r in reading.refused
        ],
        "messages": [
            {
                "to": [*letter.to, *letter.cc],
                "notice": letter.notice.code,
                "subject": pages.subject(letter),
            }
            for letter in explained.letters
        ],
        **({"registers": explained.judged_by} if explained.judged_by else {}),
    }


def as_failure(path: Path, text: str, reason: RefusedBecause | None) -> dict[str, Any]:
    """A file that cannot be told of, in the same shape."""
    refused = [{"attachment": path.name, "reason": reason.value}] if reason else []
    nobody = {"from": None, "subject": None, "kind": None, "trust": None}
    return {
        "file": str(path),
        "mail": nobody,
        "documents": [],
        "refused": refused,
        "messages": [],
        "error": text,
    }


class _Words:
    """Writes documents with the finding's sentences in one language."""

    def __init__(self, catalogue: Catalogue, language: str, dated: bool) -> None:
        self._catalogue = catalogue
        self._dated = dated
        self._language = language

    def document(self, decision: Decision) -> dict[str, Any]:
        document, appraisal = decision.document, decision.appraisal
        shape: dict[str, Any] = {
            "kind": document.kind,
            "where": str(document.where) if document.where else None,
            "attachment": document.attachment,
        }
        if isinstance(document, Order) and appraisal is not None:
            shape |= _order(document, appraisal, dated=self._dated)
        elif isinstance(document, Report):
            shape["distributors"] = [customer.code for customer in decision.customers]
            shape |= report_shape(document)
        elif isinstance(document, Unknown) and document.may_be:
            shape |= may_be_shape(document)
        shape["decision"] = decision.outcome.value
        shape["findings"] = [self._finding(f) for f in decision.findings]
        return shape

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "code": finding.code,
            "severity": finding.severity.value,
            "where": finding.place or None,
            "found": finding.found or None,
            "expected": finding.expected or None,
            "proposal": finding.proposal or None,
            "asked": finding.asked.value,
            "message": self._catalogue.message(finding, self._language),
        }


def _order(order: Order, appraisal: Appraisal, *, dated: bool) -> dict[str, Any]:
    """`dated`: the mail has a date, which is the order's where the sheet states none."""
    customer, written = appraisal.customer, order.ship_to
    ship = {}
    for field in ("consignee", "phone", "address", "delivery_address"):
        stated = getattr(written, field)
        registered = getattr(customer.ship_to, field) if customer else ""
        ship[field] = (stated.text if stated else registered) or None
    has_date = dated or (order.order_date is not None and order.order_date.day is not None)
    return {
        "distributor": customer.code if customer else None,
        "order_date": appraisal.day.isoformat() if has_date else None,
        "ship_to": ship,
        "lines": [_line(item) for item in appraisal.items],
        "totals": {"tins": appraisal.tins, "amount": shown(appraisal.amount)},
        "columns": [
            {"meaning": c.meaning, "header": c.header, "where": str(c.at)} for c in order.columns
        ],
    }


def _line(item: Item) -> dict[str, Any]:
    return {
        "where": str(item.line.where).partition(":")[0],
        "sku": item.product.sku if item.product else None,
        "tins": item.tins,
        "cases": item.cases,
        "unit_price": shown(item.unit_price),
        "amount": shown(item.amount),
        "funding": item.funding.value if item.funding else None,
        **_price_list(item),
    }


def _price_list(item: Item) -> dict[str, Any]:
    """Which list its price stands on, where that is none of the products' own."""
    period = item.period
    if period is None or not period.list or period.since is None:
        return {}
    return {"price_list": period.list, "price_since": period.since.isoformat()}
