"""Every fault by its name."""

from __future__ import annotations

from accuracy.faults.fault import Fault
from accuracy.faults.goods import GOODS
from accuracy.faults.money import MONEY
from accuracy.faults.quantities import QUANTITIES
from accuracy.faults.structure import STRUCTURE
from accuracy.faults.whose import WHOSE

FAULTS: tuple[Fault, ...] = (*QUANTITIES, *GOODS, *MONEY, *WHOSE, *STRUCTURE)
BY_NAME = {fault.name: fault for fault in FAULTS}
