"""The forms of all kinds of report."""

from __future__ import annotations

from mailflow.parsers.kinds import (
    call_backs,
    consumers,
    distributors,
    expenses,
    inventory,
    payments,
    shipment,
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
    shipment.FORM,
    waybills.FORM,
    consumers.FORM,
    call_backs.FORM,
)
