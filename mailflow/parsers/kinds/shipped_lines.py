"""The lines of a dispatch list or a shipping report: their batches, and those sent from several."""

from __future__ import annotations

from mailflow.parsers.kinds.batches import settle_batch
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.listed_rows import ListedRows, list_day
from mailflow.parsers.kinds.near_days import KEPT_WITHIN, after, before, settle_day
from mailflow.parsers.kinds.table_facts import TableFacts

LINE = ("line_no", "code", "name")
OF_LINE = (*LINE, "spec", "list_no", "revision", "order_no", "distributor")
"""What a row that goes on with a line has from it."""


class ShippedLines(ListedRows):
    """Settles the rows of one table, from the top."""

    def __init__(self, facts: TableFacts) -> None:
        super().__init__(facts)
        column = facts.columns.get("batch")
        fields = [h.field for h in facts.table.headed if h.column == column]
        self.of_batches = Field.BATCH in fields

    def __call__(self, draft: Draft) -> None:
        super().__call__(draft)
        if self._goes_on(draft):
            for slot in OF_LINE:
                if draft.last.get(slot):
                    draft.values.setdefault(slot, draft.last[slot])
            draft.values["same_line"] = True
        sent = list_day(draft.text("list_no"))
        settle_batch(draft, sent, of_batches=self.of_batches)
        settle_day(draft, "expires", after(sent, KEPT_WITHIN))
        settle_day(draft, "produced", before(sent, KEPT_WITHIN))

    def _goes_on(self, draft: Draft) -> bool:
        """Whether a row is another batch of the line above: it names no product, or the same one,
        and was not ordered by itself."""
        values, last = draft.values, draft.last
        if not last or draft.text("list_no") != last.get("list_no", ""):
            return False
        if any(values.get(slot) not in (None, "", last.get(slot)) for slot in LINE):
            return False
        if values.get("ordered") is not None and not values.get("line_no"):
            return False
        if not values.get("code") and not values.get("name"):
            return bool(values.get("batch") or values.get("waybill"))
        # Where nobody says what was ordered, the same product twice may be two lines.
        return "ordered" in self.facts.columns
