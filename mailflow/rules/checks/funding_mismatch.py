"""Cash and expense goods are told apart on every line and add up."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Funding, Item
from mailflow.domain.document import Total, TotalOf
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.funding import funding_title
from mailflow.domain.money import ZERO, to_cents
from mailflow.domain.register import ProductKind
from mailflow.domain.sheet import Written
from mailflow.rules.cells import money, product_cell, product_name
from mailflow.rules.check import Remark, check
from mailflow.rules.table_funding import is_from_label, labels_of
from mailflow.rules.wishes import speaks_of_other_funding

FUNDING_OF = {TotalOf.CASH: Funding.CASH, TotalOf.EXPENSE: Funding.EXPENSE}


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def funding_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A funding word is unknown or does not fit its product, or cash and expense do not add up."""
    for item in appraisal.items:
        if not is_from_label(item.line, appraisal.order):
            yield from _of_item(item)
    yield from _of_labels(appraisal)
    yield from _of_hints(appraisal)
    for total in appraisal.order.totals:
        if total.of in FUNDING_OF:
            yield from _of_total(total, appraisal)


def _of_item(item: Item) -> Iterator[Remark]:
    if item.product is None:
        return
    is_sample = item.product.kind is ProductKind.SAMPLE
    if item.funding is None:
        yield replace(_remark(item), variant="word")
    elif item.funding is Funding.SAMPLE and (not is_sample or item.unit_price != ZERO):
        # Somebody may well have promised it; that is not the sender's to settle (rulings, 11).
        yield replace(_remark(item), variant="gift", asked=Asked.SALES_ADMIN)
    elif is_sample and item.funding is not Funding.SAMPLE:
        yield replace(_remark(item), variant="sample")


def _remark(item: Item) -> Remark:
    written = item.line.funding
    return Remark(
        at=written.at if written else product_cell(item.line),
        found=written.text if written else "",
        details=(("product", product_name(item)),),
    )


def _of_labels(appraisal: Appraisal) -> Iterator[Remark]:
    """What is said of the whole table: once, however many lines there are."""
    order, labels = appraisal.order, labels_of(appraisal.order)
    if not labels:
        return
    first, meant = labels[0], funding_title(labels[0].text)
    theirs = [i for i in appraisal.items if is_from_label(i.line, order)]
    if theirs and meant is None:
        yield Remark(at=first.at, where=order.where, found=first.text, variant="label")
    elif theirs and (gifts := [i for i in theirs if i.product and meant is Funding.SAMPLE]):
        remark = replace(_remark(gifts[0]), at=first.at, variant="gift")
        yield replace(remark, asked=Asked.SALES_ADMIN)
    remark = Remark(expected=first.text, variant="two-words")
    for written in (*labels[1:], *_paid_otherwise(appraisal)):
        if meant is not None and funding_title(written.text) is not meant:
            yield replace(remark, at=written.at, found=written.text)


def _paid_otherwise(appraisal: Appraisal) -> Iterator[Written]:
    """What lines of paid goods say themselves, beside what is said of the whole table."""
    for item in appraisal.items:
        written = item.line.funding
        is_own = written is not None and not is_from_label(item.line, appraisal.order)
        if written is not None and is_own and item.funding in (Funding.CASH, Funding.EXPENSE):
            yield written


def _of_hints(appraisal: Appraisal) -> Iterator[Remark]:
    """`费用订单` in the subject over a sheet that says nothing of funding: not cash by silence."""
    items, order = appraisal.items, appraisal.order
    own = [i.line.funding for i in items if not is_from_label(i.line, order)]
    if any(own) or any(funding_title(w.text) is not Funding.CASH for w in labels_of(order)):
        return
    if all(item.funding is Funding.SAMPLE for item in items):
        return
    for words in (*order.hints, *order.remarks):
        if speaks_of_other_funding(words.text):
            yield Remark(at=words.at, where=order.where, found=words.text, variant="hint")
            return


def _of_total(total: Total, appraisal: Appraisal) -> Iterator[Remark]:
    expected = _sum(total, appraisal)
    stated = None if total.number is None else to_cents(total.number)
    if stated is None or (expected is not None and stated != expected):
        yield Remark(
            at=total.at,
            found=total.text,
            expected=money(expected),
            proposal=money(expected),
            variant=f"total-{total.of.value}",
        )


def _sum(total: Total, appraisal: Appraisal) -> Decimal | None:
    """None where a line is not understood yet: its own finding comes first."""
    if any(item.amount is None or item.funding is None for item in appraisal.items):
        return None
    return to_cents(appraisal.amount_of(FUNDING_OF[total.of]))
