"""What the sheet says of the ship-to is what the register says; absent means as registered."""

import re
from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import plain
from mailflow.domain.sheet import Written
from mailflow.rules.check import Remark, check

FIELDS = ("consignee", "phone", "address", "delivery_address")


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ship_to_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Consignee, phone or address differ from the register: never overwritten, never used."""
    if appraisal.customer is None:
        return
    registered = appraisal.customer.ship_to
    for field in FIELDS:
        written: Written | None = getattr(appraisal.order.ship_to, field)
        expected: str = getattr(registered, field)
        if written is not None and not _same(field, written.text, expected, registered.address):
            yield Remark(
                at=written.at,
                found=written.text,
                expected=expected,
                proposal=expected,
                variant=field.replace("_", "-"),
            )


def _same(field: str, written: str, expected: str, address: str) -> bool:
    if field == "phone":
        return _digits(written) == _digits(expected)
    if field == "delivery_address" and not expected:
        # No second address is registered: the first one, or a word for "the same", says so.
        return _bare(written) in (_bare(address), "同上", "同收货地址", "无", "same", "asabove")
    return _bare(written) == _bare(expected)


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。.;；:：、()（）\-—]+", "", plain(text))


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", plain(text))
    return digits[-11:] if len(digits) in (13, 15) and digits.startswith(("86", "0086")) else digits
