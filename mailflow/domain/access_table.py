"""Who may do what, by his part: the table that `access.py` asks, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from mailflow.domain.register import Role


class Action(StrEnum):
    """What is done by mail, in the order in which people are told of it."""

    ORDER = "order"
    CANCEL = "cancel-order"
    DECIDE = "decide-order"
    RELEASE_CREDIT = "release-credit"
    RELEASE_EXPENSE = "release-expense"
    TELL_STOCK = "tell-stock"
    TELL_SHIPPED = "tell-shipped"
    TELL_DELIVERED = "tell-delivered"
    ENTER_PAYMENTS = "enter-payments"
    ENTER_EXPENSES = "enter-expenses"
    REPORT_INVENTORY = "report-inventory"
    SEE_MONTH = "ask-month"
    TELL_CALL_BACKS = "tell-call-backs"
    WAIVE_SAMPLES = "waive-samples"
    CHANGE_REGISTER = "change-register"
    ANNOUNCE = "announce"
    CHANGE_PRODUCTS = "change-products"
    CHANGE_PRICES = "change-prices"
    CHANGE_STAFF = "change-staff"
    SEND_CONSUMERS = "send-consumers"
    CALL_CONSUMERS = "call-consumers"
    """Gets consumers' names and numbers; nobody else does."""
    STATEMENT = "ask-statement"
    SETTLE_DISPUTE = "settle-dispute"
    STATISTICS = "ask-statistics"
    TRACE_BATCH = "trace-batch"
    PAPER = "ask-document"
    """A paper of the library; which ones, its class says (`domain/barred.py`)."""
    ARCHIVE = "archive"
    """Have contracts and other papers kept."""
    FIND = "find-archived"
    STATUS = "ask-status"
    """Where an order stands, and on whom it waits."""
    GOODS = "ask-goods"
    """The same of goods alone: what was listed, left and arrived."""
    REQUEST = "make-request"
    """Something that goes through people; which kinds of it, the configuration says."""
    STEP = "work-request"
    """Answer what is asked of him as the owner of a step."""


class Scope(StrEnum):
    """How far it reaches."""

    OWN = "own"
    """Of a distributor: its own matters."""
    NAMED = "named"
    """Distributors that name him as their manager in the register."""
    REGIONS = "regions"
    """The regions that he names; where he names none, those that nobody else of his part names."""
    REGIONS_OR_ALL = "regions-or-all"
    """The regions that he names; where he names none, all."""
    WAREHOUSE = "warehouse"
    """What his own warehouse sends: the regions as above."""
    ALL = "all"


DISTRIBUTOR = "distributor"
"""Beside the roles of staff: whoever writes from a distributor's own address."""


_OWN, _NAMED, _ALL = Scope.OWN, Scope.NAMED, Scope.ALL
_REGIONS, _OR_ALL = Scope.REGIONS, Scope.REGIONS_OR_ALL

TABLE: Mapping[Action, Mapping[str, Scope]] = MappingProxyType(
    {
        Action.ORDER: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _REGIONS,
        },
        Action.CANCEL: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _REGIONS,
        },
        Action.DECIDE: {Role.SALES_ADMIN: _REGIONS},
        Action.RELEASE_CREDIT: {Role.FINANCE: _REGIONS},
        Action.RELEASE_EXPENSE: {Role.MARKETING_GM: _REGIONS},
        Action.TELL_STOCK: {Role.WAREHOUSE: Scope.WAREHOUSE, Role.SALES_ADMIN: _REGIONS},
        Action.TELL_SHIPPED: {Role.WAREHOUSE: Scope.WAREHOUSE},
        Action.TELL_DELIVERED: {Role.LOGISTICS: _ALL, Role.WAREHOUSE: _ALL},
        Action.ENTER_PAYMENTS: {Role.FINANCE: _OR_ALL},
        Action.ENTER_EXPENSES: {Role.FINANCE: _OR_ALL, Role.MARKETING_GM: _OR_ALL},
        Action.REPORT_INVENTORY: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _REGIONS,
        },
        Action.SEE_MONTH: {
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _REGIONS,
            Role.MARKETING_GM: _OR_ALL,
            Role.MARKETING_ASSISTANT: _OR_ALL,
        },
        Action.TELL_CALL_BACKS: {Role.CUSTOMER_SERVICE: _REGIONS},
        Action.WAIVE_SAMPLES: {Role.SALES_ADMIN: _REGIONS},
        Action.CHANGE_REGISTER: {Role.SALES_ADMIN: _REGIONS},
        Action.ANNOUNCE: {
            Role.MARKETING_ASSISTANT: _OR_ALL,
            Role.MARKETING_GM: _OR_ALL,
            Role.SALES_ADMIN: _REGIONS,
        },
        Action.CHANGE_PRODUCTS: {Role.SALES_ADMIN: _OR_ALL, Role.MARKETING_GM: _OR_ALL},
        Action.CHANGE_PRICES: {Role.SALES_ADMIN: _OR_ALL, Role.MARKETING_GM: _OR_ALL},
        Action.CHANGE_STAFF: {Role.SALES_ADMIN: _OR_ALL, Role.IT_ADMIN: _OR_ALL},
        Action.SEND_CONSUMERS: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _REGIONS,
        },
        Action.CALL_CONSUMERS: {Role.CUSTOMER_SERVICE: _REGIONS},
        Action.STATEMENT: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _OR_ALL,
            Role.FINANCE: _OR_ALL,
        },
        Action.SETTLE_DISPUTE: {Role.SALES_ADMIN: _OR_ALL, Role.FINANCE: _OR_ALL},
        Action.STATISTICS: {
            Role.MARKETING_GM: _ALL,
            Role.FINANCE: _ALL,
            Role.SALES_ADMIN: _OR_ALL,
        },
        Action.TRACE_BATCH: {
            Role.SALES_ADMIN: _ALL,
            Role.WAREHOUSE: _ALL,
            Role.MARKETING_GM: _ALL,
            Role.IT_ADMIN: _ALL,
        },
        Action.PAPER: {DISTRIBUTOR: _OWN, **dict.fromkeys(Role, _ALL)},
        Action.ARCHIVE: {
            Role.REGIONAL_MANAGER: _ALL,
            Role.SALES_ADMIN: _ALL,
            Role.FINANCE: _ALL,
            Role.MARKETING_GM: _ALL,
            Role.MARKETING_ASSISTANT: _ALL,
            Role.HR_MANAGER: _ALL,
        },
        Action.FIND: {Role.SALES_ADMIN: _ALL, Role.FINANCE: _ALL, Role.MARKETING_GM: _ALL},
        Action.STATUS: {
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _OR_ALL,
            Role.FINANCE: _OR_ALL,
            Role.MARKETING_GM: _ALL,
        },
        Action.GOODS: {
            Role.WAREHOUSE: Scope.WAREHOUSE,
            Role.LOGISTICS: _ALL,
            Role.CUSTOMER_SERVICE: _OR_ALL,
        },
        Action.REQUEST: {
            **dict.fromkeys(Role, _ALL),
            DISTRIBUTOR: _OWN,
            Role.REGIONAL_MANAGER: _NAMED,
            Role.SALES_ADMIN: _OR_ALL,
        },
        Action.STEP: dict.fromkeys(Role, _ALL),
    }
)
"""Domain S1 to S12 and the rulings of the desk, 15; `mailflow rules --who` shows it."""
