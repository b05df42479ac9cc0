"""Who may do what by mail, and for whom: the table as people read it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mailflow.commands.saying import say
from mailflow.domain.access_table import TABLE, Action, Scope

SUMMARIES = {
    Action.ORDER: "send orders, correct and change them",
    Action.CANCEL: "ask that an order be called back",
    Action.DECIDE: "decide orders that wait for a sales admin",
    Action.RELEASE_CREDIT: "let orders go that are over the credit limit",
    Action.RELEASE_EXPENSE: "let expense goods go that are over the balance or the budget",
    Action.TELL_STOCK: "tell what lies in a warehouse",
    Action.TELL_SHIPPED: "tell what left by which list",
    Action.TELL_DELIVERED: "tell which goods have arrived",
    Action.ENTER_PAYMENTS: "have payments entered in the ledger",
    Action.ENTER_EXPENSES: "have approved expenses entered in the ledger",
    Action.REPORT_INVENTORY: "send a distributor's monthly inventory report",
    Action.SEE_MONTH: "ask how far the month's inventory reports are",
    Action.WAIVE_SAMPLES: "say that no sample tins are taken off for a store",
    Action.TELL_CALL_BACKS: "tell what call-backs to consumers found",
    Action.CHANGE_REGISTER: "have distributors added, changed and removed",
    Action.ANNOUNCE: "have announcements passed on, and ask who has confirmed them",
    Action.CHANGE_PRODUCTS: "have the catalogue of products changed, where his regions are all",
    Action.CHANGE_PRICES: "have prices listed: of his regions, for all where his regions are all",
    Action.CHANGE_STAFF: "have the register of staff changed but for his own lines, where his regions are all",
    Action.SEND_CONSUMERS: "send lists of consumers to be called back",
    Action.CALL_CONSUMERS: "get those lists, and call",
    Action.STATEMENT: "get a statement of account, and dispute it",
    Action.SETTLE_DISPUTE: "settle an objection to a statement of account",
    Action.STATISTICS: "get the statistics of a period",
    Action.TRACE_BATCH: "get the list of those who have goods of a batch",
    Action.PAPER: "get a document of the library, if its class lets him",
    Action.ARCHIVE: "have contracts and other papers kept",
    Action.FIND: "find kept papers by their words",
    Action.STATUS: "ask where an order stands",
    Action.GOODS: "ask where goods stand: lists and loads, nothing before",
    Action.REQUEST: "ask for what goes through people, of the kinds that the configuration names",
    Action.STEP: "answer for the steps of requests that are put to him",
}
REACHES = {
    Scope.OWN: "itself",
    Scope.NAMED: "distributors whose manager he is in the register",
    Scope.REGIONS: "his regions; none named: those no other of his role names",
    Scope.REGIONS_OR_ALL: "his regions; none named: all",
    Scope.WAREHOUSE: "what his warehouse sends",
    Scope.ALL: "all",
}
NOTES = (
    "what a person may do is the sum of his lines in the staff register, and of the distributors whose",
    "address his is; only a mail that a proven person wrote counts; each question is answered by nobody",
    "but whom it was put to; what somebody else sends a person looks at",
)


def who(*, as_json: bool) -> int:
    """Every action with who may do it, a line each; as JSON one object a line."""
    for line in _as_json() if as_json else _as_text():
        say(line)
    return 0


def _as_text() -> Iterator[str]:
    yield "who may do what by mail, and for whom"
    for action, row in TABLE.items():
        yield f"{action.value:<20}{SUMMARIES[action]}"
        for party, scope in row.items():
            yield f"  {party!s:<22}{REACHES[scope]}"
    yield from NOTES


def _as_json() -> Iterator[str]:
    for action, row in TABLE.items():
        for party, scope in row.items():
            told = {"action": action.value, "who": str(party), "scope": scope.value}
            yield json.dumps({**told, "summary": SUMMARIES[action], "reaches": REACHES[scope]})
