"""The ship-to that a sheet states, held against the registered one: which fields are another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.document import WrittenShipTo
from mailflow.domain.naming import plain
from mailflow.domain.register import ShipTo
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass

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


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is dashed, as in codes; `written` None where the sheet is silent."""

    name: str
    written: Written | None
    registered: str
    is_same: bool

    @property
    def differs(self) -> bool:
        return self.written is not None and not self.is_same


def compared(stated: WrittenShipTo, registered: ShipTo) -> Iterator[Field]:
    """Consignee, phone, address and actual delivery address, in this order."""
    name, phone = stated.consignee, stated.phone
    first, second = stated.address, stated.delivery_address
    yield Field(
        "consignee", name, registered.consignee, not name or _same_name(name.text, registered)
    )
    same = not phone or _digits(phone.text) == _digits(registered.phone)
    yield Field("phone", phone, registered.phone, same)
    same = not first or _bare(first.text) in _addresses(registered)
    yield Field("address", first, registered.address, same)
    where = registered.delivery_address or registered.address
    same = not second or _same_place(second.text, registered)
    yield Field("delivery-address", second, where, same)


def as_stated(stated: WrittenShipTo, registered: ShipTo) -> ShipTo:
    """The registered ship-to with what the sheet says otherwise.

    A new address takes the registered actual delivery address away, unless the sheet repeats it:
    that one belonged to the old address.
    """
    found = {field.name: field for field in compared(stated, registered)}
    changed = {
        name.replace("-", "_"): " ".join(field.written.text.split())
        for name, field in found.items()
        if field.written is not None and field.differs
    }
    second = found["delivery-address"].written
    if "address" in changed and (second is None or not _repeats(second.text, registered)):
        changed.setdefault("delivery_address", "")
    if _bare(changed.get("delivery_address", "")) in AS_ABOVE:
        changed["delivery_address"] = ""
    return replace(registered, **changed)


def _repeats(text: str, registered: ShipTo) -> bool:
    return bool(registered.delivery_address) and _bare(text) == _bare(registered.delivery_address)


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
