"""The forms of all kinds of report."""

from __future__ import annotations

from mailflow.parsers.kinds import (
    call_backs,
    consumers,
    distributors,
    expenses,
    inventory,
    payments,
    price_list,
    products,
    shipment,
    staff,
    stock,
    waybills,
)
from mailflow.parsers.kinds.form import Form

FORMS: tuple[Form, ...] = (
    stock.FORM,
    inventory.FORM,
    payments.FORM,
    expenses.FORM,
    distributors.FORM,
    products.FORM,
    staff.FORM,
    price_list.FORM,
    shipment.FORM,
    waybills.FORM,
    consumers.FORM,
    call_backs.FORM,
)
