"""What the sheet says of the ship-to is what the register says; absent means as registered."""

import re
from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import WrittenShipTo
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import plain
from mailflow.domain.register import ShipTo
from mailflow.domain.sheet import Written
from mailflow.rules.check import Remark, check

AS_ABOVE = (
    "同上",
    "同收货地址",
    "同地址",
    "同登记地址",
    "无",
    "same",
    "sameasabove",
    "asabove",
    "none",
)


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def ship_to_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Consignee, phone or address differ from the register: never overwritten, never used."""
    if appraisal.customer is None:
        return
    registered = appraisal.customer.ship_to
    for variant, written, expected, same in _compared(appraisal.order.ship_to, registered):
        if written is not None and not same:
            yield Remark(
                at=written.at,
                found=written.text,
                expected=expected,
                proposal=expected,
                variant=variant,
            )


def _compared(
    stated: WrittenShipTo, registered: ShipTo
) -> Iterator[tuple[str, Written | None, str, bool]]:
    """Each field: its name, what is stated, what is registered, whether that is the same."""
    name, phone = stated.consignee, stated.phone
    first, second = stated.address, stated.delivery_address
    yield "consignee", name, registered.consignee, not name or _same_name(name.text, registered)
    same = not phone or _digits(phone.text) == _digits(registered.phone)
    yield "phone", phone, registered.phone, same
    same = not first or _bare(first.text) in _addresses(registered)
    yield "address", first, registered.address, same
    where = registered.delivery_address or registered.address
    yield "delivery-address", second, where, not second or _same_place(second.text, registered)


def _same_name(text: str, registered: ShipTo) -> bool:
    """The name, alone or with the registered phone behind it."""
    bare = _bare(text)
    return bare in (_bare(registered.consignee), _bare(registered.consignee + registered.phone))


def _addresses(registered: ShipTo) -> tuple[str, ...]:
    """The address, alone or as a dispatch list shows it: the real one in brackets behind it."""
    first, second = _bare(registered.address), _bare(registered.delivery_address)
    if not second:
        return (first,)
    return (first, first + second, f"{first}实到地址{second}", f"{first}实到{second}")


def _same_place(text: str, registered: ShipTo) -> bool:
    """The registered second address; where there is none, the first one or a word for it."""
    bare = _bare(text)
    if registered.delivery_address:
        return bare == _bare(registered.delivery_address)
    return bare == _bare(registered.address) or bare in AS_ABOVE


def _bare(text: str) -> str:
    """Without spaces and marks; those between figures stay, `1-23` is not `12-3`."""
    text = re.sub(r"(?<=\d)\s*[-—–_/]\s*(?=\d)", "#", plain(text))
    return re.sub(r"[\s,，。.;；:：、/()（）\[\]【】\-—–_·]+", "", text)


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", plain(text))
    return digits[-11:] if len(digits) in (13, 15) and digits.startswith(("86", "0086")) else digits
