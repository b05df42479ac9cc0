"""What is the same for every mail of a house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from zoneinfo import ZoneInfo

from mailflow.desk.consumers import Calling
from mailflow.desk.statistics_due import Schedule
from mailflow.domain.asking import Asking
from mailflow.domain.facts import CUT_OFF_DAY
from mailflow.domain.month_clock import MonthPlan, PaymentPlan
from mailflow.domain.naming import Lexicon
from mailflow.domain.pace import Rate
from mailflow.domain.request import RequestKind
from mailflow.domain.retention import Terms
from mailflow.domain.shortfall import UseStandard
from mailflow.domain.statement_clock import StatementPlan
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays
from mailflow.rules.check import Weights


@dataclass(frozen=True, slots=True)
class House:
    """The house's language, zone, working calendar and weights of checks."""

    lexicon: Lexicon
    weights: Weights
    language: str
    zone: ZoneInfo
    workdays: Workdays
    asking: Asking = field(default_factory=Asking)
    shadow: bool = False
    month: MonthPlan | None = None
    payments: PaymentPlan | None = None
    statements: StatementPlan | None = None
    releases_supplies: bool = False
    """Whether supplementary lists go without a yes of the sales admin."""
    cut_off: int = CUT_OFF_DAY
    """The last day of a month whose orders count to it."""
    applies_registers: bool = False
    """Whether a register that is mailed holds without being shown back first."""
    lends: Callable[[str], bool] | None = None
    """Whether a file that the library's index names can be sent now; None: there is no library."""
    statistics: Schedule = field(default_factory=Schedule)
    announces_at_once: int = 0
    """Up to so many people get an announcement without its sender being asked first."""
    reminds_of_announcements: int = 2
    """Working days after which whoever has not confirmed one is asked again, and again."""
    desk: str = ""
    """Our own address."""
    standard: UseStandard | None = None
    """How many of its sample tins a store has to use; None: nothing is taken off."""
    given_with: Mapping[str, str] = field(default_factory=dict)
    """Which sample tins go with which product, by its casefolded SKU."""
    requests: tuple[RequestKind, ...] = ()
    """The kinds of requests that it has."""
    rates: tuple[Rate, ...] = ()
    """How many messages may leave within which time."""
    terms: Terms = field(default_factory=Terms)
    """How long mails and letters are kept."""
    calling: Calling = field(default_factory=Calling)
