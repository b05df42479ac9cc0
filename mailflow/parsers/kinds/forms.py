"""The forms of all kinds of report."""

from __future__ import annotations

from mailflow.parsers.kinds import stock
from mailflow.parsers.kinds.form import Form

FORMS: tuple[Form, ...] = (stock.FORM,)
