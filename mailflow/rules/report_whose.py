"""Of which distributor each row of a report is: by its cells, its part, labels, names, its sender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailflow.domain.call_backs import CallBackRow, CallBacks
from mailflow.domain.consumers import ConsumerRow, Consumers
from mailflow.domain.customer_names import agreed
from mailflow.domain.expenses import ExpenseRow, Expenses
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.inventory import Inventory, InventoryRow
from mailflow.domain.naming import Lexicon
from mailflow.domain.payments import PaymentRow, Payments
from mailflow.domain.register import Customer
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass

OfDistributors = Inventory | Payments | Expenses | CallBacks | Consumers
Row = InventoryRow | PaymentRow | ExpenseRow | CallBackRow | ConsumerRow
SLOTS = ("distributor_code", "distributor")


@dataclass(frozen=True, slots=True)
class Whose:
    """One customer where it is certain, several where words disagree or mean several. `strange` is
    a word nobody knows."""

    customers: tuple[Customer, ...]
    strange: str = ""
    at: Place | None = None


class WhoseReader:
    """Looks up whose the rows of one report are."""

    def __init__(self, report: OfDistributors, facts: Facts, lexicon: Lexicon) -> None:
        self._report, self._lexicon = report, lexicon
        self._around = self._of_labels() or self._of_surroundings(facts)
        self._known: dict[tuple[str, ...], tuple[tuple[Customer, ...], str]] = {}

    def of(self, row: Row) -> Whose:
        """What stands in the row itself goes first, then the part it is in, then what is around."""
        texts = tuple(text for slot in SLOTS if (text := getattr(row, slot).strip()))
        payer = row.payer.strip() if isinstance(row, PaymentRow) else ""
        if texts:
            customers, strange = self._named(texts)
            if not strange and payer:
                paying = self._lexicon.customers([payer])
                customers = agreed([customers, paying])
            return Whose(customers, strange, self._cell(row))
        section = row.section.strip()
        for text in (section, payer):
            if text and (found := self._lexicon.customers_named(text)):
                return Whose(found, at=self._cell(row))
        return self._around

    def _named(self, texts: tuple[str, ...]) -> tuple[tuple[Customer, ...], str]:
        if texts not in self._known:
            found = [self._lexicon.customers_named(text) for text in texts]
            unknown = (t for t, customers in zip(texts, found, strict=True) if not customers)
            self._known[texts] = (agreed(found), next(unknown, ""))
        return self._known[texts]

    def _cell(self, row: Row) -> Place:
        cells = (at for slot in (*SLOTS, "payer") for at in self._report.places(row, slot))
        return next(cells, self._report.first_cell(row))

    def _of_labels(self) -> Whose | None:
        said = [s for s in self._report.head if s.field in ("distributor", "distributor-code")]
        if not said:
            return None
        customers, strange = self._named_by(s.text for s in said)
        return Whose(customers, strange, said[0].at)

    def _named_by(self, texts: Iterable[str]) -> tuple[tuple[Customer, ...], str]:
        found = [(text, self._lexicon.customers_named(text)) for text in texts]
        unknown = (text for text, customers in found if not customers)
        return agreed([customers for _, customers in found]), next(unknown, "")

    def _of_surroundings(self, facts: Facts) -> Whose:
        """Titles, names of sheet and file, subject; then a distributor who writes means himself."""
        hints = self._report.hints
        found = agreed([self._lexicon.customers_within(hint.text) for hint in hints])
        if not found and not facts.sender.people:
            found = facts.sender.customers
        return Whose(found)


def whose_findings(
    report: OfDistributors, facts: Facts, lexicon: Lexicon
) -> tuple[tuple[Customer, ...], tuple[Finding, ...]]:
    """Every distributor a report is certainly of, and each word about it that is not certain, once."""
    reader = WhoseReader(report, facts, lexicon)
    customers: dict[str, Customer] = {}
    found: dict[tuple[str, str], Finding] = {}
    for row in report.rows:
        whose = reader.of(row)
        if len(whose.customers) == 1 and not whose.strange:
            customers.setdefault(whose.customers[0].code, whose.customers[0])
            continue
        finding = whose_finding(report, whose, whose.at)
        found.setdefault((finding.variant, finding.found), finding)
    return tuple(customers.values()), tuple(_told(found.values()))


MOST_TOLD = 100
"""Names told one by one; a sheet with more of them is of no distributors of ours."""


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    for number, finding in enumerate(findings):
        if number < MOST_TOLD:
            yield finding


def whose_finding(report: OfDistributors, whose: Whose, at: Place | None) -> Finding:
    if whose.strange:
        variant, said = "unknown", whose.strange
    elif whose.customers:
        variant, said = "ambiguous", ", ".join(f"{c.code} {c.name}" for c in whose.customers[:5])
    else:
        variant, said = "nobody", ""
    return Finding(
        "report-whose",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=at,
        where=report.where,
        found=said,
        variant=variant,
    )
